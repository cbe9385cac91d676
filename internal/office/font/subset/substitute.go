package main

import "slices"

// halfDigits are the digits of half a square. Documents want them so that figures stand in
// columns and a number leaves the hanzi behind it in theirs; the fonts have them, but their first
// choice is digits of many widths. (Their square dash was left: two of them do not join.)
const halfDigits = "hwid"

// form gives the glyph of a feature for a glyph, or the glyph itself: single
// substitutions of GSUB, also where an extension leads to them.
func (f *trueType) form(glyph int, feature string) int {
	gsub := f.tables["GSUB"]
	if len(gsub) < 10 {
		return glyph
	}
	features, lookups := gsub[be.Uint16(gsub[6:]):], gsub[be.Uint16(gsub[8:]):]
	for i := range int(be.Uint16(features)) {
		record := features[2+6*i:]
		if string(record[:4]) != feature {
			continue
		}
		ft := features[be.Uint16(record[4:]):]
		for k := range int(be.Uint16(ft[2:])) {
			lookup := lookups[be.Uint16(lookups[2+2*int(be.Uint16(ft[4+2*k:])):]):]
			for s := range int(be.Uint16(lookup[4:])) {
				kind, sub := be.Uint16(lookup), lookup[be.Uint16(lookup[6+2*s:]):]
				if kind == 7 {
					kind, sub = be.Uint16(sub[2:]), sub[be.Uint32(sub[4:]):]
				}
				if to, ok := single(sub, glyph); kind == 1 && ok {
					return to
				}
			}
		}
	}
	return glyph
}

// single reads a single substitution.
func single(sub []byte, glyph int) (int, bool) {
	at, ok := covered(sub[be.Uint16(sub[2:]):], glyph)
	if !ok {
		return 0, false
	}
	if be.Uint16(sub) == 1 {
		return int(uint16(glyph) + be.Uint16(sub[4:])), true
	}
	return int(be.Uint16(sub[6+2*at:])), true
}

// covered finds a glyph in a coverage table.
func covered(c []byte, glyph int) (int, bool) {
	n := int(be.Uint16(c[2:]))
	if be.Uint16(c) == 1 {
		list := make([]int, n)
		for i := range n {
			list[i] = int(be.Uint16(c[4+2*i:]))
		}
		at := slices.Index(list, glyph)
		return at, at >= 0
	}
	for i := range n {
		r := c[4+6*i:]
		if first := int(be.Uint16(r)); glyph >= first && glyph <= int(be.Uint16(r[2:])) {
			return int(be.Uint16(r[4:])) + glyph - first, true
		}
	}
	return 0, false
}
