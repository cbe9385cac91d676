package workbook

import "testing"

// An ordinary town's file, as the program itself writes it.
func BenchmarkReadTown(b *testing.B) {
	tree := realTree(b)
	data := written(b, filled(tree, liushaD, 1))
	r := NewReader(form, tree, puning)
	b.ReportAllocs()
	for b.Loop() {
		reading, err := r.Read("流沙东街道.xlsx", data)
		if err != nil || len(reading.Rows) < 15 {
			b.Fatal(err, len(reading.Rows))
		}
		reading.Check(nil)
	}
}

func BenchmarkReadCounty(b *testing.B) {
	tree := realTree(b)
	data := written(b, filled(tree, puning, 1))
	r := NewReader(form, tree, puning)
	b.ReportAllocs()
	for b.Loop() {
		if reading, err := r.Read("普宁市.xlsx", data); err != nil || len(reading.Rows) < 500 {
			b.Fatal(err)
		}
	}
}
