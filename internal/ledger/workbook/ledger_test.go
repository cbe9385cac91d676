package workbook_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

// TestLedgerStandsOnceForEachVillage lays out a ledger with a village that reported, one carried
// along, one missing and one let off.
func TestLedgerStandsOnceForEachVillage(t *testing.T) {
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	register, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree := register.At(date.MustParse("2024-03-29"))
	town, _ := tree.Unit(445281119000)
	v := tree.Villages(town.Code)
	values := ledger.NewValues(20)
	values[1] = 3
	l := ledger.Ledger{Unit: town, Tree: tree, Missing: []unit.Unit{v[2]}, Rows: []ledger.LedgerRow{
		{Village: v[0], Values: values}, {Village: v[1], Values: values, Carried: true}, {Village: v[2]}, {Village: v[3]}}}
	want := []workbook.Standing{workbook.Reported, workbook.Carried, workbook.Missing, workbook.Unfilled}
	got := workbook.Of(&l).Lines
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].Standing != want[i] || got[i].Village != v[i].Code {
			t.Errorf("line %d: %+v, want standing %d of %s", i, got[i], want[i], v[i].Name)
		}
	}
	for _, line := range workbook.ToFill(&l).Lines {
		if line.Standing != workbook.Unfilled {
			t.Errorf("to fill: %+v", line)
		}
	}
}
