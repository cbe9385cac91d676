package statistics_test

import (
	"context"
	"errors"
	"math/big"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var ctx = context.Background()

// recount is what a unit's villages come to, added up one by one in exact fractions of 万元.
type recount struct {
	rows, carried int
	sums          []*big.Rat
}

func plain(t *testing.T, w *ledgertest.World, of unit.Code, due date.Date) recount {
	t.Helper()
	l, err := w.Ledger.Consolidated(ctx, testkit.Head, of, due, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	form := w.Pack.Ledger
	r := recount{sums: make([]*big.Rat, len(form.Columns))}
	for i := range r.sums {
		r.sums[i] = new(big.Rat)
	}
	for _, row := range l.Rows {
		if row.Values == nil {
			continue
		}
		r.rows++
		if row.Carried {
			r.carried++
		}
		for i, v := range row.Values {
			if v == ledger.Empty {
				continue
			}
			x, ok := new(big.Rat).SetString(map[bool]string{true: "1", false: "0"}[v == ledger.Yes])
			if form.Columns[i].Type != campaign.YesNo {
				x, ok = new(big.Rat).SetString(ledger.Exact(&form.Columns[i], v))
			}
			if !ok {
				t.Fatalf("%v is no number", v)
			}
			r.sums[i].Add(r.sums[i], x)
		}
	}
	return r
}

// The figures of nine busy weeks, at every level, are those of a plain recount, and every table's
// rows sum to its total.
func TestTableAgreesWithAPlainRecount(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 16:18")
	s := statistics.New(w.Ledger)
	form := w.Pack.Ledger
	counted := 0
	for _, due := range []date.Date{ledgertest.FirstWeek, ledgertest.LastWeek, ledgertest.ThisWeek, ledgertest.NextWeek} {
		for _, by := range []unit.Level{unit.LevelCity, unit.LevelCounty, unit.LevelTown, unit.LevelVillage} {
			table, err := s.Table(ctx, testkit.Head, testkit.Jieyang, due, by)
			if err != nil {
				t.Fatal(err)
			}
			if n := map[unit.Level]int{unit.LevelCity: 1, unit.LevelCounty: 5, unit.LevelTown: 108}[by]; n > 0 && len(table.Rows) != n {
				t.Errorf("%v by %v: %d rows", due, by, len(table.Rows))
			}
			sums(t, &table)
			if table, err = s.Table(ctx, testkit.County, testkit.Puning, due, max(by, unit.LevelCounty)); err != nil {
				t.Fatal(err)
			}
			sums(t, &table)
			if by != unit.LevelTown {
				continue
			}
			for _, row := range append(table.Rows, table.Total) {
				want := plain(t, w, row.Unit.Code, due)
				if row.Now.Reported+row.Now.Carried != want.rows || row.Now.Carried != want.carried {
					t.Errorf("%s in %v: %+v, recounted %d rows, %d carried", row.Unit.Name, due, row.Now, want.rows, want.carried)
				}
				for i, sum := range want.sums {
					if form.Columns[i].Type == campaign.Money {
						sum = new(big.Rat).Mul(sum, big.NewRat(campaign.FenPerWan, 1))
					}
					if sum.Cmp(big.NewRat(row.Now.Sums[i], 1)) != 0 {
						t.Errorf("%s in %v, %s: %d, recounted %s", row.Unit.Name, due, form.Columns[i].Key, row.Now.Sums[i], sum.FloatString(0))
					}
				}
				counted += want.rows
			}
		}
	}
	if counted < 1000 {
		t.Errorf("only %d rows were counted: the weeks are not busy", counted)
	}
}

// sums holds a table's total against the sum of its rows, cell by cell; of a share both parts.
func sums(t *testing.T, table *statistics.Table) {
	t.Helper()
	for i, column := range table.Form.Columns {
		var part, whole int64
		for _, row := range table.Rows {
			part, whole = part+row.Cells[i].Part, whole+row.Cells[i].Whole
		}
		if total := table.Total.Cells[i]; total.Part != part || total.Whole != whole {
			t.Errorf("%v by %v, %s: the rows sum to %d of %d, the total is %+v", table.Week.Due, table.By, column.Key, part, whole, total)
		}
	}
	for _, row := range append(table.Rows, table.Total) {
		f := row.Now
		if f.OnTime+f.Late != f.Reported || f.Reported > f.Villages || f.Excused > f.Carried {
			t.Errorf("%s: %+v", row.Unit.Name, f)
		}
	}
}

func TestTableLevels(t *testing.T) {
	w := ledgertest.Empty(t, "2024-03-29 16:18")
	s := statistics.New(w.Ledger)
	for _, c := range []struct {
		who      access.Actor
		of       unit.Code
		by, want unit.Level
		rows     int
		err      error
	}{
		{testkit.Head, testkit.Jieyang, unit.LevelNation, unit.LevelCounty, 5, nil},
		{testkit.County, testkit.Puning, unit.LevelNation, unit.LevelTown, 33, nil},
		{testkit.County, testkit.Puning, unit.LevelCounty, unit.LevelCounty, 1, nil},
		{testkit.Town, testkit.LihuTown, unit.LevelNation, unit.LevelVillage, 25, nil},
		{testkit.Village, testkit.Xintan, unit.LevelNation, unit.LevelVillage, 1, nil},
		{testkit.Village, testkit.Xintan, unit.LevelVillage, unit.LevelVillage, 1, nil},
		{testkit.County, testkit.Puning, unit.LevelCity, 0, 0, statistics.ErrLevel},
		{testkit.Village, testkit.Xintan, unit.LevelTown, 0, 0, statistics.ErrLevel},
		{testkit.Town, testkit.Puning, unit.LevelTown, 0, 0, access.ErrOutside},
		{testkit.Outsider, testkit.LihuTown, unit.LevelVillage, 0, 0, access.ErrOutside},
		{testkit.Head, 445281999000, unit.LevelVillage, 0, 0, ledger.ErrNoVillage},
	} {
		table, err := s.Table(ctx, c.who, c.of, ledgertest.ThisWeek, c.by)
		if !errors.Is(err, c.err) || table.By != c.want || len(table.Rows) != c.rows {
			t.Errorf("%s of %s by %v: by %v, %d rows, %v", c.who.Name, c.of, c.by, table.By, len(table.Rows), err)
		}
	}
	if _, err := s.Table(ctx, testkit.Head, testkit.Jieyang, ledgertest.ThisWeek.Add(1), unit.LevelTown); !errors.Is(err, ledger.ErrNoWeek) {
		t.Errorf("no due day: %v", err)
	}
}
