package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

var errFont = errors.New("not a TrueType font this command can read")

var be = binary.BigEndian

// trueType is a font taken apart: its tables, and where each glyph's outline stands.
type trueType struct {
	tables   map[string][]byte
	loca     []uint32
	hMetrics int
}

// open reads the directory. The fonts are our own choice, so broken ones are refused, not mended.
func open(data []byte) (*trueType, error) {
	if len(data) < 12 || be.Uint32(data) != 0x00010000 {
		return nil, errFont
	}
	f := &trueType{tables: map[string][]byte{}}
	for i := range int(be.Uint16(data[4:])) {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, errFont
		}
		offset, length := be.Uint32(data[at+8:]), be.Uint32(data[at+12:])
		if uint64(offset)+uint64(length) > uint64(len(data)) {
			return nil, errFont
		}
		f.tables[string(data[at:at+4])] = data[offset : offset+length]
	}
	for tag, least := range map[string]int{"head": 54, "hhea": 36, "maxp": 6, "hmtx": 4, "loca": 4, "glyf": 1, "cmap": 4, "name": 6, "OS/2": 78, "post": 32} {
		if len(f.tables[tag]) < least {
			return nil, fmt.Errorf("%w: table %q", errFont, tag)
		}
	}
	f.hMetrics = int(be.Uint16(f.tables["hhea"][34:]))
	glyphs := int(be.Uint16(f.tables["maxp"][4:]))
	long := be.Uint16(f.tables["head"][50:]) == 1
	loca := f.tables["loca"]
	for i := range glyphs + 1 {
		switch {
		case long && 4*i+4 <= len(loca):
			f.loca = append(f.loca, be.Uint32(loca[4*i:]))
		case !long && 2*i+2 <= len(loca):
			f.loca = append(f.loca, 2*uint32(be.Uint16(loca[2*i:])))
		default:
			return nil, errFont
		}
	}
	return f, nil
}

func (f *trueType) outline(glyph int) []byte {
	return f.tables["glyf"][f.loca[glyph]:f.loca[glyph+1]]
}

// metric gives the advance and the left side bearing.
func (f *trueType) metric(glyph int) (advance, bearing uint16) {
	h := f.tables["hmtx"]
	if glyph < f.hMetrics {
		return be.Uint16(h[4*glyph:]), be.Uint16(h[4*glyph+2:])
	}
	return be.Uint16(h[4*(f.hMetrics-1):]), be.Uint16(h[4*f.hMetrics+2*(glyph-f.hMetrics):])
}

// glyphOf finds the glyph of a character in the Windows cmap of format 4.
func (f *trueType) glyphOf() (func(r rune) int, error) {
	cmap := f.tables["cmap"]
	var t []byte
	for i := range int(be.Uint16(cmap[2:])) {
		e := cmap[4+8*i:]
		if sub := cmap[be.Uint32(e[4:]):]; be.Uint16(e) == 3 && be.Uint16(e[2:]) == 1 && be.Uint16(sub) == 4 {
			t = sub
		}
	}
	if t == nil {
		return nil, fmt.Errorf("%w: no cmap of format 4", errFont)
	}
	n := int(be.Uint16(t[6:])) / 2
	ends, starts, deltas, ranges := t[14:], t[16+2*n:], t[16+4*n:], t[16+6*n:]
	return func(r rune) int {
		if r > 0xffff {
			return 0
		}
		for i := range n {
			if uint16(r) > be.Uint16(ends[2*i:]) {
				continue
			}
			start := be.Uint16(starts[2*i:])
			if uint16(r) < start {
				return 0
			}
			at := be.Uint16(ranges[2*i:])
			if at == 0 {
				return int(uint16(r) + be.Uint16(deltas[2*i:]))
			}
			glyph := be.Uint16(ranges[2*i+int(at)+2*int(uint16(r)-start):])
			if glyph == 0 {
				return 0
			}
			return int(glyph + be.Uint16(deltas[2*i:]))
		}
		return 0
	}, nil
}

// components calls visit with the place of each glyph number inside a composite outline.
func components(outline []byte, visit func(number []byte)) {
	if len(outline) < 10 || int16(be.Uint16(outline)) >= 0 {
		return
	}
	for at := 10; at+4 <= len(outline); {
		flags := be.Uint16(outline[at:])
		visit(outline[at+2 : at+4])
		at += 6
		if flags&0x0001 != 0 { // offsets are words
			at += 2
		}
		switch {
		case flags&0x0008 != 0: // one scale
			at += 2
		case flags&0x0040 != 0: // two scales
			at += 4
		case flags&0x0080 != 0: // a matrix
			at += 8
		}
		if flags&0x0020 == 0 { // no more components
			return
		}
	}
}

// subset keeps the characters of wanted that the font has. Glyphs are numbered anew in the order
// of their characters, so that the cmap is short; the parts of composite glyphs follow them.
func (f *trueType) subset(wanted []rune) (font []byte, kept int, err error) {
	glyphOf, err := f.glyphOf()
	if err != nil {
		return nil, 0, err
	}
	old := []int{0}             // old[new] is a glyph's number in the full font
	number := map[int]int{0: 0} // the other way round, for parts of composites
	var pairs []pair
	for _, r := range wanted {
		g := glyphOf(r)
		if g == 0 {
			continue
		}
		if r >= '0' && r <= '9' {
			g = f.form(g, halfDigits)
		}
		// Two characters may share a glyph; each gets its own so that the cmap runs on.
		pairs = append(pairs, pair{uint16(r), uint16(len(old))})
		if _, ok := number[g]; !ok {
			number[g] = len(old)
		}
		old = append(old, g)
	}
	for i := 0; i < len(old); i++ {
		components(f.outline(old[i]), func(part []byte) {
			g := int(be.Uint16(part))
			if _, ok := number[g]; !ok {
				number[g] = len(old)
				old = append(old, g)
			}
		})
	}
	if len(old) > 0xffff {
		return nil, 0, errFont
	}
	return f.build(old, number, pairs), len(pairs), nil
}

type pair struct{ char, glyph uint16 }

func (f *trueType) build(old []int, number map[int]int, pairs []pair) []byte {
	var glyf, hmtx, loca []byte
	for _, g := range old {
		loca = be.AppendUint32(loca, uint32(len(glyf)))
		outline := slices.Clone(f.outline(g))
		components(outline, func(part []byte) { be.PutUint16(part, uint16(number[int(be.Uint16(part))])) })
		glyf = append(glyf, outline...)
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
		advance, bearing := f.metric(g)
		hmtx = be.AppendUint16(be.AppendUint16(hmtx, advance), bearing)
	}
	loca = be.AppendUint32(loca, uint32(len(glyf)))

	head := slices.Clone(f.tables["head"])
	be.PutUint32(head[8:], 0)  // checksum, set when all is together
	be.PutUint16(head[50:], 1) // long loca
	hhea := slices.Clone(f.tables["hhea"])
	be.PutUint16(hhea[34:], uint16(len(old)))
	maxp := slices.Clone(f.tables["maxp"])
	be.PutUint16(maxp[4:], uint16(len(old)))
	post := slices.Clone(f.tables["post"][:32])
	be.PutUint32(post, 0x00030000) // no glyph names

	tables := map[string][]byte{
		"head": head, "hhea": hhea, "maxp": maxp, "hmtx": hmtx, "loca": loca, "glyf": glyf,
		"cmap": cmapOf(pairs), "name": f.tables["name"], "OS/2": f.tables["OS/2"], "post": post,
	}
	for _, tag := range []string{"cvt ", "fpgm", "prep"} {
		if t, ok := f.tables[tag]; ok {
			tables[tag] = t
		}
	}
	return assemble(tables)
}

// cmapOf writes a cmap of format 4, one segment for each run of neighbours.
func cmapOf(pairs []pair) []byte {
	type segment struct{ start, end, delta uint16 }
	var segments []segment
	for _, p := range pairs {
		delta := p.glyph - p.char
		if n := len(segments); n > 0 && segments[n-1].end+1 == p.char && segments[n-1].delta == delta {
			segments[n-1].end = p.char
			continue
		}
		segments = append(segments, segment{p.char, p.char, delta})
	}
	segments = append(segments, segment{0xffff, 0xffff, 1})
	n := len(segments)
	power, log := 1, 0
	for power*2 <= n {
		power *= 2
		log++
	}
	t := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12}
	for _, v := range []int{4, 16 + 8*n, 0, 2 * n, 2 * power, log, 2*n - 2*power} {
		t = be.AppendUint16(t, uint16(v))
	}
	for _, s := range segments {
		t = be.AppendUint16(t, s.end)
	}
	t = be.AppendUint16(t, 0)
	for _, s := range segments {
		t = be.AppendUint16(t, s.start)
	}
	for _, s := range segments {
		t = be.AppendUint16(t, s.delta)
	}
	return append(t, make([]byte, 2*n)...)
}

// assemble puts tables behind a directory and sets the checksums.
func assemble(tables map[string][]byte) []byte {
	tags := make([]string, 0, len(tables))
	for tag := range tables {
		tags = append(tags, tag)
	}
	slices.Sort(tags)
	power, log := 1, 0
	for power*2 <= len(tags) {
		power *= 2
		log++
	}
	font := []byte{0, 1, 0, 0}
	for _, v := range []int{len(tags), 16 * power, log, 16 * (len(tags) - power)} {
		font = be.AppendUint16(font, uint16(v))
	}
	offset := 12 + 16*len(tags)
	headAt := 0
	for _, tag := range tags {
		t := tables[tag]
		if tag == "head" {
			headAt = offset
		}
		font = append(font, tag...)
		font = be.AppendUint32(font, checksum(t))
		font = be.AppendUint32(font, uint32(offset))
		font = be.AppendUint32(font, uint32(len(t)))
		offset += (len(t) + 3) &^ 3
	}
	for _, tag := range tags {
		font = append(font, tables[tag]...)
		for len(font)%4 != 0 {
			font = append(font, 0)
		}
	}
	be.PutUint32(font[headAt+8:], 0xb1b0afba-checksum(font))
	return font
}

func checksum(data []byte) uint32 {
	var sum uint32
	for ; len(data) >= 4; data = data[4:] {
		sum += be.Uint32(data)
	}
	if len(data) > 0 {
		var last [4]byte
		copy(last[:], data)
		sum += be.Uint32(last[:])
	}
	return sum
}
