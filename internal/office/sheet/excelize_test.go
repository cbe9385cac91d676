package sheet

import (
	"bytes"
	"math"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

// TestReadsAsExcelizeDoes writes random workbooks with excelize and reads them with both.
func TestReadsAsExcelizeDoes(t *testing.T) {
	const name = "表 <1>"
	text := rapid.StringMatching(`[a-z村镇Üé😀 &<>"'_xX0-9\n]{1,8}`)
	rapid.Check(t, func(t *rapid.T) {
		f := excelize.NewFile()
		must(t, f.SetSheetName("Sheet1", name))
		want := map[string]Cell{}
		for range rapid.IntRange(1, 30).Draw(t, "cells") {
			ref := Ref(rapid.IntRange(0, 40).Draw(t, "row"), rapid.IntRange(0, 30).Draw(t, "col"))
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
				v := text.Draw(t, "text")
				must(t, f.SetCellStr(name, ref, v))
				want[ref] = Cell{Kind: Text, Text: v}
			case 1:
				// excelize cuts what is beyond 15 digits where Excel rounds, so write no more.
				v := float64(rapid.Int64Range(-1e14, 1e14).Draw(t, "digits"))
				v /= math.Pow10(rapid.IntRange(0, 12).Draw(t, "places"))
				must(t, f.SetCellValue(name, ref, v))
				want[ref] = Cell{Kind: Number, Text: string(appendNumber(nil, v))}
			case 2:
				v := rapid.Bool().Draw(t, "bool")
				must(t, f.SetCellBool(name, ref, v))
				want[ref] = Cell{Kind: Bool, Text: boolText(v)}
			case 3:
				v := rapid.IntRange(-1000, 1_000_000).Draw(t, "int")
				must(t, f.SetCellInt(name, ref, int64(v)))
				want[ref] = Cell{Kind: Number, Text: strconv.Itoa(v)}
			}
		}
		var b bytes.Buffer
		must(t, f.Write(&b))
		book, err := Read("", b.Bytes(), Limits{})
		must(t, err)
		s := book.Sheets[0]
		if s.Name != name {
			t.Fatalf("sheet %q", s.Name)
		}
		for r, row := range s.Rows {
			for c, cell := range row {
				if cell != want[Ref(r, c)] {
					t.Fatalf("%s is %+v, written %+v", Ref(r, c), cell, want[Ref(r, c)])
				}
				delete(want, Ref(r, c))
			}
		}
		if len(want) > 0 {
			t.Fatalf("not read: %v", want)
		}

		again, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
		must(t, err)
		theirs, err := again.GetRows(name, excelize.Options{RawCellValue: true})
		must(t, err)
		for r, row := range theirs {
			for c, value := range row {
				cell := s.At(r, c)
				switch cell.Kind {
				case Bool:
					value = boolText(value == "1" || value == "TRUE")
				case Number:
					x, err := strconv.ParseFloat(value, 64)
					must(t, err)
					value = string(appendNumber(nil, x))
				}
				if value != cell.Text {
					t.Fatalf("%s is %q here and %q there", Ref(r, c), cell.Text, value)
				}
			}
		}
	})
}

func must(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
