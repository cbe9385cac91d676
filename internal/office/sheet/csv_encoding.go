package sheet

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// decodeText turns a text file into a string: by its byte order mark, else as UTF-8 where it
// is valid, else as GB18030 where it plausibly is. Anything else is not a table.
func decodeText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		if len(data)%2 != 0 {
			return "", ErrTruncated
		}
		text, err := decode(unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), data)
		if err == nil && (hasBinary(text) || strings.Contains(text, "\ufffd")) {
			err = notWorkbook("")
		}
		return text, err
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
		if hasBinary(data) {
			return "", notWorkbook("")
		}
		if err := checkUTF8(data); err != nil {
			return "", err
		}
		return string(data), nil
	}
	if hasBinary(data) {
		return "", notWorkbook("")
	}
	switch err := checkUTF8(data); {
	case err == nil:
		return string(data), nil
	case errors.Is(err, ErrTruncated):
		return "", err
	}
	if err := checkGB18030(data); err != nil {
		return "", err
	}
	return decode(simplifiedchinese.GB18030, data)
}

func decode(e encoding.Encoding, data []byte) (string, error) {
	var b strings.Builder
	b.Grow(len(data) + len(data)/2)
	w := transform.NewWriter(&b, e.NewDecoder())
	if _, err := w.Write(data); err != nil {
		return "", err
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return b.String(), nil
}

// hasBinary reports a zero byte, or more control characters than a text has by accident.
func hasBinary[S ~string | ~[]byte](s S) bool {
	odd := 0
	for i := range len(s) {
		c := s[i]
		if c == 0 {
			return true
		}
		if c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0x7f {
			odd++
		}
	}
	return odd > 2 && odd > len(s)/100
}

// checkUTF8 accepts valid UTF-8; a text that only lacks the end of its last character was cut.
func checkUTF8(data []byte) error {
	if utf8.Valid(data) {
		return nil
	}
	for cut := 1; cut <= min(3, len(data)); cut++ {
		head, tail := data[:len(data)-cut], data[len(data)-cut:]
		if utf8.RuneStart(tail[0]) {
			if !utf8.FullRune(tail) && utf8.Valid(head) && hasWide(head) {
				return ErrTruncated
			}
			break
		}
	}
	return notWorkbook("")
}

// hasWide reports a character beyond ASCII: without one, a stray last byte proves nothing.
func hasWide(s []byte) bool {
	for _, c := range s {
		if c >= utf8.RuneSelf {
			return true
		}
	}
	return false
}

// checkGB18030 accepts well-formed GB18030 whose two-byte characters mostly are those of
// GB 2312, as real Chinese is; other encodings and noise spread over all of GBK.
func checkGB18030(data []byte) error {
	pairs, common := 0, 0
	for i := 0; i < len(data); {
		c := data[i]
		if c < 0x80 {
			i++
			continue
		}
		if c == 0x80 || c == 0xff {
			return notWorkbook("")
		}
		if i+1 == len(data) {
			return cutOff(pairs, common)
		}
		switch d := data[i+1]; {
		case d >= 0x40 && d <= 0xfe && d != 0x7f:
			pairs++
			if c >= 0xa1 && c <= 0xf7 && d >= 0xa1 {
				common++
			}
			i += 2
		case d >= 0x30 && d <= 0x39:
			if i+4 > len(data) {
				return cutOff(pairs, common)
			}
			if data[i+2] < 0x81 || data[i+2] > 0xfe || data[i+3] < 0x30 || data[i+3] > 0x39 {
				return notWorkbook("")
			}
			i += 4
		default:
			return notWorkbook("")
		}
	}
	if !plausible(pairs, common) {
		return notWorkbook("")
	}
	return nil
}

func plausible(pairs, common int) bool { return common*3 > pairs*2 || pairs < 4 && common*2 >= pairs }

func cutOff(pairs, common int) error {
	if pairs > 0 && plausible(pairs, common) {
		return ErrTruncated
	}
	return notWorkbook("")
}
