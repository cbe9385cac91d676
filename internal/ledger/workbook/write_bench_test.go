package workbook

import (
	"io"
	"testing"
)

func BenchmarkWriteCounty(b *testing.B) {
	c := filled(realTree(b), puning, 1)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(io.Discard, form, c); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(c.Lines)), "rows")
}
