package sheet

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// townBook is a workbook as a town sends it: a head and 19 villages, 22 columns.
func townBook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	for r := range 20 {
		for c := range 22 {
			switch {
			case r == 0:
				set(t, f, "Sheet1", Ref(r, c), fmt.Sprintf("列名称%d", c))
			case c < 3:
				set(t, f, "Sheet1", Ref(r, c), fmt.Sprintf("村委会%d-%d", r, c))
			default:
				set(t, f, "Sheet1", Ref(r, c), float64(r*c)+0.5)
			}
		}
	}
	b, err := f.WriteToBuffer()
	check(t, err)
	return b.Bytes()
}

func benchmark(b *testing.B, data []byte, lim Limits) {
	b.Helper()
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if _, err := Read("", data, lim); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTownXLSX(b *testing.B) { benchmark(b, townBook(b), Limits{}) }

func BenchmarkTownExcelize(b *testing.B) {
	data := townBook(b)
	b.ReportAllocs()
	for b.Loop() {
		f, err := excelize.OpenReader(bytes.NewReader(data))
		check(b, err)
		_, err = f.GetRows("Sheet1", excelize.Options{RawCellValue: true})
		check(b, err)
		check(b, f.Close())
	}
}

func BenchmarkXLS(b *testing.B) { benchmark(b, readFixture(b, "strings.xls"), Limits{}) }

// BenchmarkNationCSV is the size of the nation's list of villages: 620,000 rows, about 60 MB.
func BenchmarkNationCSV(b *testing.B) {
	var text strings.Builder
	for i := range 620_000 {
		fmt.Fprintf(&text, "%012d,第%d村民委员会的一个比较长的名称,%09d,%d,%d,备注%d\n", i, i, i/10, i/1000, i/100, i)
	}
	benchmark(b, []byte(text.String()), Limits{Bytes: 100 << 20})
}

// BenchmarkCountyXLSX is 10,000 rows of 22 columns.
func BenchmarkCountyXLSX(b *testing.B) {
	var cells strings.Builder
	for r := range 10_000 {
		fmt.Fprintf(&cells, `<row r="%d">`, r+1)
		for c := range 22 {
			fmt.Fprintf(&cells, `<c r="%s" s="0"><v>%d.5</v></c>`, Ref(r, c), r*c)
		}
		cells.WriteString("</row>")
	}
	benchmark(b, handXLSX(b, rows(cells.String())), Limits{})
}
