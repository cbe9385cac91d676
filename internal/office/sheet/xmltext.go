package sheet

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// attr gives the next attribute of attrs: its name with prefix, its raw value, and the rest.
func attr(attrs []byte) (name, value, rest []byte) {
	for len(attrs) > 0 && isSpace(attrs[0]) {
		attrs = attrs[1:]
	}
	eq := bytes.IndexByte(attrs, '=')
	if eq <= 0 {
		return nil, nil, nil
	}
	name = bytes.TrimRight(attrs[:eq], " \t\r\n")
	rest = bytes.TrimLeft(attrs[eq+1:], " \t\r\n")
	if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
		return nil, nil, nil
	}
	end := bytes.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return nil, nil, nil
	}
	return name, rest[1 : end+1], rest[end+2:]
}

// attrNamed gives the text of the attribute with this local name, or "".
func (s *xmlScan) attrNamed(local string) string {
	for name, value, rest := attr(s.attrs); name != nil; name, value, rest = attr(rest) {
		if string(localName(name)) == local {
			return string(appendEntities(nil, value))
		}
	}
	return ""
}

func localName(name []byte) []byte {
	return name[bytes.LastIndexByte(name, ':')+1:]
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// appendEntities appends text with its entities resolved; unknown ones stay as they stand.
func appendEntities(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			return append(dst, raw...)
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i:]
		end := bytes.IndexByte(raw[:min(len(raw), 12)], ';')
		r, ok := rune(0), false
		if end > 0 {
			r, ok = entity(string(raw[1:end]))
		}
		if !ok {
			dst = append(dst, '&')
			raw = raw[1:]
			continue
		}
		dst = utf8.AppendRune(dst, r)
		raw = raw[end+1:]
	}
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > utf8.MaxRune {
		return 0, false
	}
	return rune(n), true
}
