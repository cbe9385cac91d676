package document

import (
	"strings"
	"unicode"
)

// Clean makes text fit to be written: bytes that are no UTF-8 become U+FFFD, line breaks and
// tabs a space, and what has no place on paper is dropped: control characters, characters no
// XML may hold, marks that turn the direction of reading.
func Clean(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(cleanRune, strings.ToValidUTF8(strings.ReplaceAll(s, "\r\n", "\n"), "\ufffd"))
}

func plain(s string) bool {
	for _, r := range s {
		if r == unicode.ReplacementChar || cleanRune(r) != r {
			return false
		}
	}
	return true
}

func cleanRune(r rune) rune {
	switch {
	case r == '\n' || r == '\r' || r == '\t' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return ' '
	case unicode.IsControl(r), r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
		return -1
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c, r == 0xfeff:
		return -1
	}
	return r
}

// Clean gives the text with every span cleaned and empty ones left out.
func (t Text) Clean() Text {
	out := make(Text, 0, len(t))
	for _, s := range t {
		if s.Text = Clean(s.Text); s.Text != "" {
			out = append(out, s)
		}
	}
	return out
}
