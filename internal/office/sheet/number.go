package sheet

import (
	"bytes"
	"math"
	"strconv"
)

// appendNumber writes a number the way Excel keeps it for people: rounded to 15 significant
// digits, so that 0.1+0.2 is 0.3, in plain decimals below 1e21.
func appendNumber(dst []byte, x float64) []byte {
	if x == 0 {
		return append(dst, '0')
	}
	if x == math.Trunc(x) && math.Abs(x) < 1e15 {
		return strconv.AppendInt(dst, int64(x), 10)
	}
	var room [32]byte
	sci := strconv.AppendFloat(room[:0], x, 'e', 14, 64)
	if sci[0] == '-' {
		dst = append(dst, '-')
		sci = sci[1:]
	}
	mantissa, exponent, _ := bytes.Cut(sci, []byte("e"))
	exp, err := strconv.Atoi(string(exponent))
	if err != nil { // cannot be: x is finite
		return dst
	}
	var digits [16]byte
	d := append(digits[:0], mantissa[0])
	d = append(d, mantissa[2:]...)
	d = bytes.TrimRight(d, "0")
	switch {
	case exp >= 21:
		dst = append(dst, d[0])
		if len(d) > 1 {
			dst = append(append(dst, '.'), d[1:]...)
		}
		dst = append(dst, "E+"...)
		return strconv.AppendInt(dst, int64(exp), 10)
	case exp < 0:
		dst = append(dst, "0."...)
		for range -exp - 1 {
			dst = append(dst, '0')
		}
		return append(dst, d...)
	case len(d) <= exp+1:
		dst = append(dst, d...)
		for range exp + 1 - len(d) {
			dst = append(dst, '0')
		}
		return dst
	}
	dst = append(dst, d[:exp+1]...)
	dst = append(dst, '.')
	return append(dst, d[exp+1:]...)
}

// appendCellNumber writes a stored number under its format and says what kind of cell it makes.
func appendCellNumber(dst []byte, x float64, as numberFormat, epoch1904 bool) ([]byte, Kind) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return append(dst, "#NUM!"...), Error
	}
	if as != plainNumber {
		if out, ok := appendSerial(dst, x, as, epoch1904); ok {
			return out, Date
		}
	}
	return appendNumber(dst, x), Number
}
