package sheet

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestNumberText(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", math.Copysign(0, -1): "0", 1: "1", -17: "-17", 0.1: "0.1", 0.1 + 0.2: "0.3", 1234.5: "1234.5",
		-0.05: "-0.05", 1e-7: "0.0000001", 123456789012345: "123456789012345", 999999999999999: "999999999999999",
		99999999999999.9: "99999999999999.9", 1e15: "1000000000000000", 445281198001011234: "445281198001011000",
		1e20: "100000000000000000000", 1e21: "1E+21", -1.5e300: "-1.5E+300", 1.0 / 3: "0.333333333333333",
		2.0 / 3: "0.666666666666667", 4.35 * 100: "435", 1.1 * 3: "3.3", 999999999999999.9: "1000000000000000",
	} {
		if got := string(appendNumber(nil, x)); got != want {
			t.Errorf("%v is %s, want %s", x, got, want)
		}
	}
}

// TestNumberTextIsExact: up to 15 digits come back as they were typed.
func TestNumberTextIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "digits")
		places := rapid.IntRange(0, 18).Draw(t, "places")
		digits := strconv.FormatInt(max(n, -n), 10)
		digits = strings.Repeat("0", max(0, places+1-len(digits))) + digits
		typed := digits[:len(digits)-places]
		if rest := strings.TrimRight(digits[len(digits)-places:], "0"); rest != "" {
			typed += "." + rest
		}
		if n < 0 {
			typed = "-" + typed
		}
		x, err := strconv.ParseFloat(typed, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(appendNumber(nil, x)); got != typed {
			t.Fatalf("%s reads %s", typed, got)
		}
	})
}

func TestSerials(t *testing.T) {
	for _, c := range []struct {
		x    float64
		as   numberFormat
		mac  bool
		want string // "" when it is no date
	}{
		{1, dateTime, false, "1900-01-01"},
		{59, dateTime, false, "1900-02-28"},
		{60, dateTime, false, "1900-02-29"},
		{61, dateTime, false, "1900-03-01"},
		{45380, dateTime, false, "2024-03-29"},
		{45380.999999, dateTime, false, "2024-03-30"},
		{45380.25, clockTime, false, "2024-03-29 06:00:00"},
		{0.5, dateTime, false, "12:00:00"},
		{0.999999, clockTime, false, "00:00:00"},
		{0, clockTime, false, "00:00:00"},
		{0, dateTime, false, ""},
		{-1, dateTime, false, ""},
		{2958465, dateTime, false, "9999-12-31"},
		{2958465.9999999, dateTime, false, ""},
		{2958466, dateTime, false, ""},
		{1.5, elapsedTime, false, "36:00:00"},
		{0, dateTime, true, "1904-01-01"},
		{43918, dateTime, true, "2024-03-29"},
		{0.25, clockTime, true, "06:00:00"},
		{2958465, dateTime, true, ""},
	} {
		out, ok := appendSerial(nil, c.x, c.as, c.mac)
		if ok != (c.want != "") || ok && string(out) != c.want {
			t.Errorf("%v as %d (1904 %v) is %q %v, want %q", c.x, c.as, c.mac, out, ok, c.want)
		}
	}
}

func TestFormats(t *testing.T) {
	for code, want := range map[string]numberFormat{
		"General": plainNumber, "G/通用格式": plainNumber, "0": plainNumber, "#,##0.00_);[Red](#,##0.00)": plainNumber,
		`"yyyy"0`: plainNumber, `\y0`: plainNumber, "[Magenta]0": plainNumber, "0.00E+00": plainNumber, "@": plainNumber,
		`_ "￥"* #,##0_ ;_ "￥"* -#,##0_ ;_ "￥"* "-"_ ;_ @_ `: plainNumber, `0"年"`: plainNumber, "": plainNumber,
		"[DBNum1]General": plainNumber, "0;yyyy": plainNumber, `"open`: plainNumber, "[open": plainNumber,
		"yyyy-mm-dd": dateTime, "YYYY/M/D": dateTime, `yyyy"年"m"月"`: dateTime, "[$-804]aaaa": dateTime, "m-d": dateTime,
		"[DBNum1][$-804]yyyy年m月d日;@": dateTime, "mmm": dateTime, "aaa;@": dateTime, "d h:mm": dateTime, "[<1]yyyy": dateTime,
		"h:mm": clockTime, "上午/下午h时mm分": clockTime, "mm:ss.0": clockTime,
		"[h]:mm": elapsedTime, "[MM]:ss": elapsedTime, "[ss]": elapsedTime,
	} {
		if got := parseFormat(code); got != want {
			t.Errorf("%q is %d, want %d", code, got, want)
		}
	}
}

func TestRef(t *testing.T) {
	for ref, place := range map[string][2]int{"A1": {0, 0}, "C7": {6, 2}, "Z1": {0, 25}, "AA10": {9, 26}, "XFD1048576": {1<<20 - 1, 16383}} {
		if got := Ref(place[0], place[1]); got != ref {
			t.Errorf("Ref%v is %s, want %s", place, got, ref)
		}
	}
	if Ref(-1, 0) != "" || Ref(0, -1) != "" {
		t.Error("a negative place has a name")
	}
	for _, bad := range []string{"", "A", "7", "A0", "A01", "1A", "XFE1", "A1048577", "A1 ", "甲1", "A-1", "$", "A1:B2", "AAAAAAAAAAAA1"} {
		if r, c, ok := ParseRef(bad); ok {
			t.Errorf("%q reads as %d, %d", bad, r, c)
		}
	}
	if r, c, ok := ParseRef("$c$7"); !ok || r != 6 || c != 2 {
		t.Errorf("$c$7 is %d, %d, %v", r, c, ok)
	}
	rapid.Check(t, func(t *rapid.T) {
		row, col := rapid.IntRange(0, 1<<20-1).Draw(t, "row"), rapid.IntRange(0, 16383).Draw(t, "col")
		if r, c, ok := ParseRef(Ref(row, col)); !ok || r != row || c != col {
			t.Fatalf("%s reads as %d, %d, %v", Ref(row, col), r, c, ok)
		}
	})
}
