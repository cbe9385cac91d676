// Package linebreak cuts Chinese text into lines by the rules of GB/T 15834 and of Chinese
// typesetting (kinsoku): no closing punctuation begins a line, no opening punctuation ends one,
// dashes and ellipses of two characters, words of Latin letters and numbers stay whole.
//
// It knows characters and widths, nothing of fonts or pages.
package linebreak

import "unicode"

// Break cuts text into lines and gives the index behind each line's last character; every
// character is in exactly one line. width gives the width of text[i]; first and rest are the
// widths of the first line and of the others. Spaces at the end of a line do not count.
//
// A piece that is wider than a line must be cut somewhere: inside a word if that helps, else
// wherever the line is full.
func Break(text []rune, width func(i int) float64, first, rest float64) []int {
	var ends []int
	for start, room := 0, first; start < len(text); room = rest {
		end := lineEnd(text, start, width, room)
		ends = append(ends, end)
		start = end
	}
	return ends
}

func lineEnd(text []rune, start int, width func(i int) float64, room float64) int {
	full, used := start, 0.0 // text[start:full] fits
	for full < len(text) {
		used += width(full)
		if used > room+1e-6 && full > start && !Space(text[full]) {
			break
		}
		full++
	}
	if full == len(text) {
		return full
	}
	for _, may := range []func(a, b rune) bool{Allowed, withinWord, withinCharacter} {
		for i := full; i > start; i-- {
			if may(text[i-1], text[i]) {
				return i
			}
		}
	}
	return full
}

// Allowed tells whether a line may end behind a and the next begin with b.
func Allowed(a, b rune) bool {
	switch {
	case !withinWord(a, b):
		return false
	case Space(a):
		return true
	}
	return !inWord(a) || !inWord(b)
}

// withinWord is what holds even where a word must be cut.
func withinWord(a, b rune) bool {
	return withinCharacter(a, b) && !Space(b) && !NoStart(b) && !NoEnd(a) && (a != b || !pairs(a))
}

// withinCharacter is what always holds: a mark stays with the character it belongs to.
func withinCharacter(_, b rune) bool {
	return !unicode.In(b, unicode.Mn, unicode.Me, unicode.Cf)
}

// Space tells the spaces that may hang over the end of a line. The ideographic space is not one
// of them: it is typed to be seen.
func Space(r rune) bool { return r == ' ' || r == '\t' }

const (
	closing = "，。、；：？！）〕】》〉」』］｝”’…—～·％‰℃°,.;:?!)]}%>»"
	opening = "（〔【《〈「『［｛“‘¥￥＄$#＃№([{<«"
)

var noStart, noEnd = set(closing), set(opening)

func set(s string) map[rune]bool {
	m := map[rune]bool{}
	for _, r := range s {
		m[r] = true
	}
	return m
}

// NoStart tells characters that must not begin a line.
func NoStart(r rune) bool { return noStart[r] }

// NoEnd tells characters that must not end a line.
func NoEnd(r rune) bool { return noEnd[r] }

// pairs are the characters that make one sign when written twice.
func pairs(r rune) bool { return r == '—' || r == '…' }

// inWord tells characters of words and numbers: 1,234.5, A4, 2024-03-29, an address.
func inWord(r rune) bool {
	if r > ' ' && r < 0x7f {
		return true
	}
	return r >= 0xa1 && r < 0x2000 && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
