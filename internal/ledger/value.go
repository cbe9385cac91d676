package ledger

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
)

// Value is one cell of the ledger as a whole number: yes/no is 1 or 0, a count is itself,
// money is in 分 (one 万元 is 1,000,000 分). What it means is said by its column's type.
type Value int64

// Empty is a cell that holds nothing; it is not zero.
const Empty Value = math.MinInt64

// Yes and No are the values of a yes/no column.
const (
	No  Value = 0
	Yes Value = 1
)

// Values is a village's row: one value per column, in the order of the form.
type Values []Value

// NewValues is a row of n empty cells.
func NewValues(n int) Values {
	v := make(Values, n)
	for i := range v {
		v[i] = Empty
	}
	return v
}

// Blank tells whether no cell holds anything.
func (v Values) Blank() bool {
	for _, x := range v {
		if x != Empty {
			return false
		}
	}
	return true
}

// Format writes a value as the form shows it: 是 or 否, 1318, 5.76 (万元, rounded half away
// from zero to two places). Empty is the empty string.
func Format(col *campaign.Column, v Value) string {
	switch {
	case v == Empty:
		return ""
	case col.Type == campaign.YesNo:
		if v == Yes {
			return "是"
		}
		return "否"
	case col.Type == campaign.Money:
		return FormatMoney(int64(v))
	}
	return strconv.FormatInt(int64(v), 10)
}

// Exact is Format without rounding: money with two to six places, which Parse reads back to
// the same value.
func Exact(col *campaign.Column, v Value) string {
	if v == Empty || col.Type != campaign.Money {
		return Format(col, v)
	}
	s := strings.TrimRight(decimal(int64(v), 6), "0")
	if dot := strings.IndexByte(s, '.'); len(s)-dot < 3 {
		s += strings.Repeat("0", 3-(len(s)-dot))
	}
	return s
}

// FormatMoney writes 分 as 万元 with two places.
func FormatMoney(fen int64) string {
	const step = campaign.FenPerWan / 100
	n := fen / step
	switch rest := fen % step; {
	case rest >= step/2:
		n++
	case rest <= -step/2:
		n--
	}
	return decimal(n, 2)
}

// decimal writes n / 10^places.
func decimal(n int64, places int) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	if len(s) <= places {
		s = strings.Repeat("0", places+1-len(s)) + s
	}
	return sign + s[:len(s)-places] + "." + s[len(s)-places:]
}

// AppendJSON appends the row as a JSON array of whole numbers and nulls, the form in which
// tables keep it.
func (v Values) AppendJSON(b []byte) []byte {
	b = append(b, '[')
	for i, x := range v {
		if i > 0 {
			b = append(b, ',')
		}
		if x == Empty {
			b = append(b, "null"...)
		} else {
			b = strconv.AppendInt(b, int64(x), 10)
		}
	}
	return append(b, ']')
}

// ParseValues reads what AppendJSON wrote.
func ParseValues(s string) (Values, error) {
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return nil, fmt.Errorf("not a row: %q", s)
	}
	if s = s[1 : len(s)-1]; s == "" {
		return Values{}, nil
	}
	row := make(Values, 0, strings.Count(s, ",")+1)
	for cell := range strings.SplitSeq(s, ",") {
		if cell == "null" {
			row = append(row, Empty)
			continue
		}
		n, err := strconv.ParseInt(cell, 10, 64)
		if err != nil || Value(n) == Empty {
			return nil, fmt.Errorf("not a cell: %q", cell)
		}
		row = append(row, Value(n))
	}
	return row, nil
}

// at is cell i, Empty beyond the end: rows kept before the form had the column are shorter.
func (v Values) at(i int) Value {
	if i < len(v) {
		return v[i]
	}
	return Empty
}

// padded is the row with as many cells as the form has columns.
func (v Values) padded(columns int) Values {
	if len(v) >= columns {
		return v
	}
	out := NewValues(columns)
	copy(out, v)
	return out
}

// sealedText is what of a row goes into a hash: its cells without the empty ones at the end,
// so that a column added to the form later changes no hash.
func (v Values) sealedText() string {
	for len(v) > 0 && v[len(v)-1] == Empty {
		v = v[:len(v)-1]
	}
	return string(v.AppendJSON(nil))
}
