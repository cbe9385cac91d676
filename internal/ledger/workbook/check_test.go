package workbook

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// What needs last week, or two columns, is found at its cell too, and the row is taken.
func TestWarningsAgainstLastWeekAndBetweenColumns(t *testing.T) {
	s := newSketch(t)
	planted, _ := form.ColumnIndex("planted_trees")
	fiscal, _ := form.ColumnIndex("fiscal_funds")
	last := slices.Clone(s.lines[2].Values)
	last[planted]++
	s.lines[3].Values[fiscal]++
	s.draw()
	got := s.read()
	got.Check(func(c unit.Code) ledger.Values {
		if c == s.lines[2].Village {
			return last
		}
		return nil
	})
	wantFound(t, got, "P8 ledger.less_than_last", "S9 sources_not_adding_up")
	for _, f := range got.Findings {
		if f.Severity != ledger.Warning || f.Message == "" || f.Sheet != "Sheet1" {
			t.Errorf("%+v", f)
		}
	}
	if len(got.Rows) != len(s.lines) {
		t.Errorf("%d rows", len(got.Rows))
	}
}

func TestWhereARowCameFrom(t *testing.T) {
	s := newSketch(t)
	s.left, s.above = 2, 5
	slices.Reverse(s.order)
	s.flat = true
	got := s.draw().read()
	row := &got.Rows[1]
	if row.Cell(0) != "X8" || row.Cell(19) != "E8" || row.NameCell() != "D8" {
		t.Errorf("%s %s %s", row.Cell(0), row.Cell(19), row.NameCell())
	}
	if source := got.Source(row); source.Kind != ledger.ByWorkbook || source.File != "台账.xlsx" || source.Sheet != "Sheet1" {
		t.Errorf("%+v", source)
	}
}

// Two lines of one village that say two things say nothing.
func TestTwoLinesThatDiffer(t *testing.T) {
	s := newSketch(t).draw()
	must(s, s.file.InsertRows(s.sheet, 8, 1))
	s.set(8, 4, 77)
	s.merge(7, 2, 8, 2)
	got := s.read()
	wantFound(t, got, "D8 ledger.two_values")
	if len(got.Rows) != len(s.lines) || got.Rows[1].Values[1] != ledger.Empty {
		t.Errorf("%d rows, %v", len(got.Rows), got.Rows[1].Values)
	}
}

// Two sheets with the same villages: no one can tell which is meant, and both are named.
func TestTheSameVillagesOnTwoSheets(t *testing.T) {
	s := newSketch(t).draw()
	n, err := s.file.NewSheet("上周")
	must(s, err)
	must(s, s.file.CopySheet(0, n))
	must(s, s.file.SetCellValue("上周", "D6", 1))
	got := s.read()
	if len(got.Rows) != len(s.lines)-1 || got.Errors() != 2 {
		t.Errorf("%d rows, %d errors: %v", len(got.Rows), got.Errors(), messages(got))
	}
}
