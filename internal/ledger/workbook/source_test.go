package workbook

import (
	"slices"
	"strings"
	"testing"
)

// What is kept with a row names the very cells it was read from.
func TestSourceNamesTheCellsRead(t *testing.T) {
	heads := titles()
	slices.Reverse(heads) // columns in another order, the last one missing
	heads = heads[:len(heads)-1]
	file := "填报单位：流沙东街道\n序号,村名," + strings.Join(heads, ",") + "\n" +
		"1,新坛村" + strings.Repeat(",1", len(heads)) + "\n2,斗文村" + strings.Repeat(",1", len(heads)) + "\n"
	got := readFor(t, puning, "流沙东街道.csv", []byte(file))
	if len(got.Rows) != 2 {
		t.Fatalf("%d rows, %+v", len(got.Rows), got.Findings)
	}
	for i := range got.Rows {
		row := &got.Rows[i]
		s := got.Source(row)
		for c := range form.Columns {
			if s.Cell(c) != row.Cell(c) {
				t.Errorf("row %d, column %d: %q, was read from %q", i, c, s.Cell(c), row.Cell(c))
			}
		}
		if i > 0 && s.Columns != got.Source(&got.Rows[0]).Columns {
			t.Errorf("row %d names other columns", i)
		}
	}
	if first := got.Source(&got.Rows[0]); first.Cell(0) != "" || first.Cell(len(form.Columns)-1) != "C3" {
		t.Errorf("source %+v", first)
	}
}
