package sheet

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func readBook(t testing.TB, name string, data []byte) *Book {
	t.Helper()
	book, err := Read(name, data, Limits{})
	check(t, err)
	return book
}

// TestXLSReadsAsItsSource holds each .xls against the .xlsx it was made from.
func TestXLSReadsAsItsSource(t *testing.T) {
	for _, x := range fixtures {
		t.Run(x.name, func(t *testing.T) {
			old := readBook(t, x.name, readFixture(t, x.name+".xls"))
			if old.Format != XLS {
				t.Errorf("format %v", old.Format)
			}
			source := readBook(t, x.name, x.source(t))
			if len(old.Sheets) != len(source.Sheets) {
				t.Fatalf("%d sheets, the source has %d", len(old.Sheets), len(source.Sheets))
			}
			for i, s := range source.Sheets {
				got := old.Sheets[i]
				if got.Name != s.Name || got.Hidden != s.Hidden || !slices.Equal(got.Merges, s.Merges) {
					t.Errorf("sheet %q hidden %v merges %v, the source has %q %v %v",
						got.Name, got.Hidden, got.Merges, s.Name, s.Hidden, s.Merges)
				}
				if x.name != "formulas" { // their source has no values yet
					sameCells(t, got.Rows, s.Rows)
				}
			}
		})
	}
}

// sameCells compares kinds and texts; LibreOffice keeps a boolean as a formula.
func sameCells(t testing.TB, got, want [][]Cell) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for r := range want {
		if len(got[r]) != len(want[r]) {
			t.Errorf("row %d has %d cells, want %d", r+1, len(got[r]), len(want[r]))
			continue
		}
		for c, w := range want[r] {
			if g := got[r][c]; g.Kind != w.Kind || g.Text != w.Text {
				t.Errorf("%s is %v %q, want %v %q", Ref(r, c), g.Kind, g.Text, w.Kind, w.Text)
			}
		}
	}
}

func TestXLSFormulas(t *testing.T) {
	s := readBook(t, "", readFixture(t, "formulas.xls")).Sheets[0]
	for ref, want := range map[string]Cell{
		"A1": {Kind: Number, Text: "3"},
		"B1": {Kind: Number, Text: "7", Formula: true},
		"B2": {Kind: Text, Text: "共3棵", Formula: true},
		"B3": {Kind: Bool, Text: "FALSE", Formula: true},
		"B4": {Kind: Error, Text: "#DIV/0!", Formula: true},
		"B5": {Kind: Text, Formula: true},
		"B6": {Kind: Text, Text: strings.Repeat("长", 9000), Formula: true},
		"C1": {Kind: Error, Text: "#N/A", Formula: true},
		"C2": {Kind: Number, Text: "0.3", Formula: true},
	} {
		r, c, _ := ParseRef(ref)
		if got := s.At(r, c); got != want {
			t.Errorf("%s is %+v, want %+v", ref, got, want)
		}
	}
}

func TestDatesByFormat(t *testing.T) {
	for _, name := range []string{"dates.xls", "dates.xlsx"} {
		data := fixtures[2].source(t)
		if name == "dates.xls" {
			data = readFixture(t, name)
		}
		s := readBook(t, name, data).Sheets[0]
		for i, f := range dateFormats {
			if got := s.At(i, 0); got != f.want {
				t.Errorf("%s: %v under %s is %+v, want %+v", name, f.value, f.code, got, f.want)
			}
		}
	}
	s := readBook(t, "", readFixture(t, "epoch1904.xls")).Sheets[0]
	if got := s.At(0, 0).Text; got != "2024-03-28" {
		t.Errorf("43917 days after 1904-01-01 is %s, want 2024-03-28", got)
	}
}

func TestXLSStrings(t *testing.T) {
	s := readBook(t, "", readFixture(t, "strings.xls")).Sheets[0]
	if len(s.Rows) != 280 {
		t.Fatalf("%d rows", len(s.Rows))
	}
	for r := range s.Rows {
		want := fmt.Sprintf("第%d号村民委员会绿化美化台账说明文字", r)
		if got := s.At(r, 0).Text; got != want {
			t.Fatalf("row %d: %q, want %q", r+1, got, want)
		}
	}
	if got := s.At(0, 3).Text; got != "红花绿叶" {
		t.Errorf("rich text is %q", got)
	}
}

func TestLibreOfficeXLSX(t *testing.T) {
	got := readBook(t, "", readFixture(t, "libreoffice.xlsx"))
	want := readBook(t, "", fixtures[0].source(t))
	sameCells(t, got.Sheets[0].Rows, want.Sheets[0].Rows)
}

func TestMergedAreas(t *testing.T) {
	for _, data := range [][]byte{readFixture(t, "merges.xls"), fixtures[4].source(t)} {
		s := readBook(t, "", data).Sheets[0]
		byHand := Sheet{Rows: s.Rows, Merges: s.Merges}
		for ref, want := range map[string]string{
			"A1": "占陇镇", "A2": "占陇镇", "A3": "占陇镇", "A4": "", "B2": "内", "F6": "7", "E5": "7", "G6": "", "C5": "",
		} {
			r, c, _ := ParseRef(ref)
			if got := s.At(r, c).Text; got != want {
				t.Errorf("%s is %q, want %q", ref, got, want)
			}
			if got := byHand.At(r, c).Text; got != want {
				t.Errorf("by hand %s is %q, want %q", ref, got, want)
			}
		}
		if got := s.At(-1, 0); got != (Cell{}) {
			t.Errorf("outside is %+v", got)
		}
	}
}
