package sheet

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// texts keeps the characters of many cells in few allocations. A returned string stays valid:
// a builder that cannot take the next text is left alone and a new one begun.
type texts struct {
	b    strings.Builder
	size int
	max  int // characters kept of one cell
	work []byte
}

// keep cleans a text and stores it.
func (t *texts) keep(raw []byte) string {
	if !isPlain(raw) || len(raw) > t.max {
		t.work = appendClean(t.work[:0], raw, t.max)
		raw = t.work
	}
	return t.store(raw)
}

// store stores bytes that are clean already.
func (t *texts) store(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if t.b.Cap()-t.b.Len() < len(b) {
		t.size = min(max(1<<10, t.size*2), 1<<16)
		t.b = strings.Builder{}
		t.b.Grow(max(t.size, len(b)))
	}
	start := t.b.Len()
	t.b.Write(b)
	return t.b.String()[start:]
}

// isPlain reports valid UTF-8 without control characters, which is nearly every text.
func isPlain(s []byte) bool {
	for i, c := range s {
		if c < 0x20 || c == 0x7f {
			return false
		}
		if c >= utf8.RuneSelf {
			rest := s[i:]
			return utf8.Valid(rest) && !hasControl(rest)
		}
	}
	return true
}

// hasControl reports a control character in valid UTF-8.
func hasControl[S ~string | ~[]byte](s S) bool {
	for i := range len(s) {
		c := s[i]
		if c < 0x20 || c == 0x7f || c == 0xc2 && i+1 < len(s) && s[i+1] < 0xa0 {
			return true
		}
	}
	return false
}

// appendClean appends a text as people may see it: CR LF and CR are \n, other control
// characters but tab are dropped, broken UTF-8 becomes U+FFFD, and only the first max
// characters are kept.
func appendClean(dst, src []byte, limit int) []byte {
	for kept := 0; len(src) > 0 && kept < limit; {
		r, n := utf8.DecodeRune(src)
		switch {
		case r == '\r':
			if n < len(src) && src[n] == '\n' {
				n++
			}
			r = '\n'
		case r != '\n' && r != '\t' && (r < 0x20 || r >= 0x7f && r < 0xa0):
			src = src[n:]
			continue
		}
		dst = utf8.AppendRune(dst, r)
		kept++
		src = src[n:]
	}
	return dst
}

// appendUnescaped appends a text with the _xHHHH_ escapes of Office resolved: _x000D_ is a
// carriage return, _x005F_ an underscore that would otherwise begin an escape.
func appendUnescaped(dst, src []byte) []byte {
	for {
		i := bytes.Index(src, []byte("_x"))
		if i < 0 {
			return append(dst, src...)
		}
		unit, ok := officeEscape(src[i:])
		if !ok {
			dst = append(dst, src[:i+2]...)
			src = src[i+2:]
			continue
		}
		dst = append(dst, src[:i]...)
		src = src[i+7:]
		if unit >= 0xd800 && unit < 0xdc00 {
			if low, ok := officeEscape(src); ok && low >= 0xdc00 && low < 0xe000 {
				unit = (unit-0xd800)<<10 + (low - 0xdc00) + 0x10000
				src = src[7:]
			}
		}
		dst = utf8.AppendRune(dst, unit)
	}
}

// officeEscape reads _xHHHH_ at the start of s.
func officeEscape(s []byte) (rune, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	var v rune
	for _, c := range s[2:6] {
		d, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		v = v<<4 | rune(d)
	}
	return v, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
