package sheet

import "strconv"

// maxRefColumn is XFD, the last column a workbook can have, one based.
const maxRefColumn = 16384

// maxRefRow is the last row a workbook can have, one based.
const maxRefRow = 1 << 20

// Ref names a cell the way people do: Ref(6, 2) is "C7". Row and column are zero based; a
// negative one gives "".
func Ref(row, col int) string {
	if row < 0 || col < 0 {
		return ""
	}
	var letters [16]byte
	i := len(letters)
	for n := col + 1; n > 0; n = (n - 1) / 26 {
		i--
		letters[i] = byte('A' + (n-1)%26)
	}
	return string(letters[i:]) + strconv.Itoa(row+1)
}

// ParseRef reads what Ref writes, in either case and with or without dollar signs. It accepts
// rows up to 1,048,576 and columns up to XFD, as Excel does.
func ParseRef(ref string) (row, col int, ok bool) { return parseRef(ref) }

func parseRef[S ~string | ~[]byte](ref S) (row, col int, ok bool) {
	i := 0
	if i < len(ref) && ref[i] == '$' {
		i++
	}
	letters := i
	for ; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		col = col*26 + int(c-'A') + 1
		if col > maxRefColumn {
			return 0, 0, false
		}
	}
	if i == letters {
		return 0, 0, false
	}
	if i < len(ref) && ref[i] == '$' {
		i++
	}
	digits := i
	for ; i < len(ref); i++ {
		c := ref[i]
		if c < '0' || c > '9' || (i == digits && c == '0') {
			return 0, 0, false
		}
		row = row*10 + int(c-'0')
		if row > maxRefRow {
			return 0, 0, false
		}
	}
	if i == digits {
		return 0, 0, false
	}
	return row - 1, col - 1, true
}

// parseRange reads "B2:D4", or "B2" as the rectangle of one cell.
func parseRange(ref []byte) (Range, bool) {
	first, last := ref, ref
	for i, c := range ref {
		if c == ':' {
			first, last = ref[:i], ref[i+1:]
			break
		}
	}
	r1, c1, ok1 := parseRef(first)
	r2, c2, ok2 := parseRef(last)
	return Range{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)}, ok1 && ok2
}
