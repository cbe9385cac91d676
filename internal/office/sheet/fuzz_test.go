package sheet

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/problem"
)

// fuzzLimits keep one run small enough that the fuzzer sees many.
var fuzzLimits = Limits{Bytes: 1 << 20, Unzipped: 4 << 20, Cells: 100_000}

// readAny holds what must be so of any input.
func readAny(t *testing.T, data []byte) {
	book, err := Read("f", data, fuzzLimits)
	if err != nil {
		if _, ok := problem.Of(err); !ok || strings.Contains(err.Error(), "reader failed") {
			t.Fatal(err)
		}
		return
	}
	for _, s := range book.Sheets {
		for r, row := range s.Rows {
			if len(row) > 0 && row[len(row)-1] == (Cell{}) {
				t.Fatalf("row %d ends blank", r+1)
			}
			for c, cell := range row {
				if cell.Text != strings.ToValidUTF8(cell.Text, "") || strings.ContainsAny(cell.Text, "\x00\r\x1b\x7f") {
					t.Fatalf("%s holds %q", Ref(r, c), cell.Text)
				}
				if cell.Kind == Blank && cell.Text != "" || cell.Kind > Error {
					t.Fatalf("%s is %+v", Ref(r, c), cell)
				}
			}
		}
		for _, m := range s.Merges {
			s.At(m.R2, m.C2)
		}
	}
}

// FuzzReadXLSX fuzzes the parts; a zip around them would only hide them from the fuzzer.
func FuzzReadXLSX(f *testing.F) {
	f.Add(rows(`<row r="1"><c r="A1" s="1" t="s"><f>1</f><v>0</v></c></row>`)+`<mergeCell ref="A1:B2"/>`, `<sst><si><t>a_x000D_&amp;</t></si></sst>`,
		`<styleSheet><numFmts><numFmt numFmtId="176" formatCode="[h]:mm;@"/></numFmts><cellXfs><xf/><xf numFmtId="176"/></cellXfs></styleSheet>`)
	f.Add(`<?xml version="1.0" encoding="gbk"?><worksheet><sheetData><row><c t="inlineStr"><is><t><![CDATA[x]]></t></is></c></row></sheetData></worksheet>`, utf16XML(`<sst/>`), `<!-- -->`)
	f.Fuzz(func(t *testing.T, sheet, table, styles string) {
		readAny(t, handXLSX(t, sheet, "xl/sharedStrings.xml", table, "xl/styles.xml", styles))
	})
}

// FuzzReadZip fuzzes whole .xlsx files.
func FuzzReadZip(f *testing.F) {
	for _, x := range fixtures {
		f.Add(x.source(f))
	}
	f.Add(readFixture(f, "libreoffice.xlsx"))
	f.Fuzz(readAny)
}

func FuzzReadXLS(f *testing.F) {
	for _, x := range fixtures {
		f.Add(readFixture(f, x.name+".xls"))
	}
	f.Add(handBook(func(b *biffStream) {
		b.record(recXF, 0, 14)
		b.record(recSST, uint32(2), uint32(2), 2, byte(0), "ab", 4, byte(flagRich|flagPhonetic), 0, uint32(0), "cd")
		b.record(recContinue, byte(1), wide("村镇"))
	}, func(b *biffStream) {
		b.record(recLabelSST, 0, 0, 0, uint32(1)).record(recMulRK, 2, 0, 0, uint32(5), 0, uint32(7), 1)
		b.record(recFormula, 3, 0, 0, byte(0), byte(0), uint32(0), 0xffff).record(recString, 3, byte(0), "abc")
		b.record(recMergedCells, 1, 0, 1, 0, 3)
	}))
	f.Fuzz(readAny)
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"a,b\r\n\"c\"\"d\",e", "甲\t乙\n", "sep=;\n1;2", "\xff\xfea\x00,\x00", "\xd6\xd0,\xb9\xfa", "<html>", "\"a,\n\"b,\"c"} {
		f.Add([]byte(s))
	}
	f.Fuzz(readAny)
}
