package ledger

import (
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
)

// What counts as typed, cell by cell.
func TestTypedCells(t *testing.T) {
	form := campaign.Default().Ledger
	at := func(key string) int {
		i, ok := form.ColumnIndex(key)
		if !ok {
			t.Fatalf("no column %s", key)
		}
		return i
	}
	trees, plan, seedlings := at("planted_trees"), at("plan_made"), at("secured_seedlings")
	row := func(cells map[int]Value) Values {
		if cells == nil {
			return nil
		}
		v := NewValues(len(form.Columns))
		for i, n := range cells {
			v[i] = n
		}
		return v
	}
	type cells = map[int]Value
	for name, c := range map[string]struct {
		values, derived       cells
		wasValues, wasDerived cells
		want                  int
	}{
		"as the records say":                     {cells{trees: 40, plan: Yes}, cells{trees: 40, plan: Yes}, nil, nil, 0},
		"over the records":                       {cells{trees: 60, plan: Yes}, cells{trees: 40, plan: Yes}, nil, nil, 1},
		"no records, nothing before":             {cells{trees: 60, plan: No}, nil, nil, nil, 2},
		"no records, as before":                  {cells{trees: 60, plan: No}, nil, cells{trees: 60, plan: No}, nil, 0},
		"no records, one cell changed":           {cells{trees: 70, plan: No}, nil, cells{trees: 60, plan: No}, nil, 1},
		"none recorded beside what is":           {cells{trees: 40, seedlings: 0}, cells{trees: 40}, nil, nil, 0},
		"zero typed where nothing is recorded":   {cells{trees: 0}, nil, nil, nil, 1},
		"typed before, moved on by the records":  {cells{trees: 180}, cells{trees: 120}, cells{trees: 160}, cells{trees: 100}, 0},
		"typed before, moved on by another":      {cells{trees: 190}, cells{trees: 120}, cells{trees: 160}, cells{trees: 100}, 1},
		"records withdrawn, the row as it stood": {cells{trees: 40}, nil, cells{trees: 40}, cells{trees: 40}, 0},
		"left empty":                             {cells{}, cells{trees: 40}, nil, nil, 0},
	} {
		r := &RowVersion{Values: row(c.values), Derived: row(c.derived)}
		if got := typedCells(form, r, stood{row(c.wasValues), row(c.wasDerived)}); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
