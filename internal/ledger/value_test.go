package ledger

import (
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
)

func TestFormat(t *testing.T) {
	money, count, yesno := column(t, "invested_funds"), column(t, "planted_trees"), column(t, "plan_made")
	for _, c := range []struct {
		col           *campaign.Column
		v             Value
		format, exact string
	}{
		{yesno, Yes, "是", "是"}, {yesno, No, "否", "否"}, {yesno, Empty, "", ""},
		{count, 0, "0", "0"}, {count, 1318, "1318", "1318"}, {count, Empty, "", ""},
		{money, 0, "0.00", "0.00"}, {money, Empty, "", ""},
		{money, 5_760_000, "5.76", "5.76"}, {money, 5_700_000, "5.70", "5.70"},
		{money, 1, "0.00", "0.000001"}, {money, 4_999, "0.00", "0.004999"}, {money, 5_000, "0.01", "0.005"},
		{money, 14_999, "0.01", "0.014999"}, {money, 15_000, "0.02", "0.015"}, {money, 994_999, "0.99", "0.994999"},
		{money, 995_000, "1.00", "0.995"}, {money, 123_456_789, "123.46", "123.456789"},
		{money, -5_000, "-0.01", "-0.005"}, {money, -15_000, "-0.02", "-0.015"}, {money, -4_999, "0.00", "-0.004999"},
		{money, math.MaxInt64, "9223372036854.78", "9223372036854.775807"},
		{money, math.MinInt64 + 1, "-9223372036854.78", "-9223372036854.775807"},
	} {
		if got := Format(c.col, c.v); got != c.format {
			t.Errorf("Format(%s, %d) = %q, want %q", c.col.Key, c.v, got, c.format)
		}
		if got := Exact(c.col, c.v); got != c.exact {
			t.Errorf("Exact(%s, %d) = %q, want %q", c.col.Key, c.v, got, c.exact)
		}
	}
}

// Rounding half away from zero, against exact arithmetic.
func TestFormatMoneyAgreesWithExactArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fen := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-2_000_000, 2_000_000),
			rapid.Map(rapid.Int64Range(-1000, 1000), func(n int64) int64 { return n * 5_000 })).Draw(t, "fen")
		want := big.NewRat(fen, campaign.FenPerWan).FloatString(2) // rounds halves away from zero
		if want == "-0.00" {
			want = "0.00"
		}
		if got := FormatMoney(fen); got != want {
			t.Fatalf("%d: got %s, want %s", fen, got, want)
		}
		exact, ok := new(big.Rat).SetString(decimal(fen, 6))
		if !ok || exact.Cmp(big.NewRat(fen, campaign.FenPerWan)) != 0 {
			t.Fatalf("%d is written %s", fen, decimal(fen, 6))
		}
	})
}

func TestValuesReadBackAsWritten(t *testing.T) {
	cell := rapid.OneOf(rapid.Just(Empty), rapid.Map(rapid.Int64(), func(n int64) Value { return Value(n) }))
	rapid.Check(t, func(t *rapid.T) {
		row := Values(rapid.SliceOf(cell).Draw(t, "row"))
		got, err := ParseValues(string(row.AppendJSON(nil)))
		if err != nil || !slices.Equal(got, row) {
			t.Fatalf("%v is written %s and read %v, %v", row, row.AppendJSON(nil), got, err)
		}
	})
}

func TestParseValuesRefuses(t *testing.T) {
	for _, s := range strings.Split("|[|]|1,2|[1,]|[,]|[1.5]|[\"1\"]|[true]|[1 2]|[nul]|{}|[-9223372036854775808]|[9223372036854775808]", "|") {
		if row, err := ParseValues(s); err == nil {
			t.Errorf("%q was read as %v", s, row)
		}
	}
}

// A row kept before a column was added to the form seals to the same text with it.
func TestPaddingChangesNoSeal(t *testing.T) {
	row := Values{1, Empty, 5}
	padded := row.padded(5)
	if !slices.Equal(padded, Values{1, Empty, 5, Empty, Empty}) || len(row) != 3 {
		t.Fatalf("padded %v, row %v", padded, row)
	}
	if row.sealedText() != padded.sealedText() || row.sealedText() != "[1,null,5]" {
		t.Errorf("%s and %s", row.sealedText(), padded.sealedText())
	}
	if (Values{1, Empty, 5, 0}).sealedText() == row.sealedText() {
		t.Error("a zero counts as empty")
	}
}
