package quarter

import (
	"path/filepath"
	"testing"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/week"
)

// The demonstration's quarter: what the books say of every village and week is what a plain count
// of its deeds says, whatever was entered late, corrected or withdrawn on the way.
func TestDemonstration(t *testing.T) {
	a, fresh, err := app.OpenDemo(ctx, app.DemoOptions{DB: "sqlite:" + filepath.Join(t.TempDir(), "demo.db"), Today: demo.Today})
	if err != nil || !fresh {
		t.Fatal(fresh, err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	weeks := a.Ledger.Calendar().Until(date.MustParse("2024-03-29"))
	tree := a.Units.Tree(weeks[8].Due)
	villages, apart := 0, 0
	for _, v := range tree.Villages(demo.County) {
		if a.Records.Derived(v.Code, weeks[8].Due) == nil {
			continue // keeps to workbooks
		}
		villages++
		for _, w := range weeks {
			got, want := a.Records.Derived(v.Code, w.Due), demo.Figures(a.Pack.Ledger, v.Code, w.No)
			for i := range want {
				said := ledger.Value(0)
				if got != nil && got[i] != ledger.Empty {
					said = got[i]
				}
				if said != want[i] {
					if apart++; apart < 10 {
						t.Errorf("%s week %d: %s is %d, counted %d", v.Name, w.No, a.Pack.Ledger.Columns[i].Key, said, want[i])
					}
				}
			}
		}
	}
	if villages < 500 {
		t.Errorf("%d villages record", villages)
	}
	total := 0
	if err := a.DB.Reader().QueryRowContext(ctx, "SELECT count(*) FROM records").Scan(&total); err != nil {
		t.Fatal(err)
	}
	if total < 36_000 || total > 44_000 {
		t.Errorf("%d records, want about 40,000", total)
	}
	reported(t, a, weeks)
	photographed(t, a, weeks)
}

// reported wants every kind of week in the quarter: towns in time, late and missing, a town sent
// back, villages carried along.
func reported(t *testing.T, a *app.App, weeks []week.Week) {
	t.Helper()
	late, missing, carried := 0, 0, 0
	for _, w := range weeks[:8] {
		sheet, err := a.Ledger.Sheet(ctx, testkit.County, demo.County, w.Due)
		if err != nil {
			t.Fatal(err)
		}
		f := sheet.Figures(demo.County)
		if f.OnTime < 450 || f.OnTime+f.Late != f.Reported {
			t.Errorf("week %d: %+v", w.No, f)
		}
		late, missing, carried = late+f.Late, missing+f.Villages-f.Reported, carried+f.Carried
	}
	if late < 50 || missing < 50 || carried < 8 {
		t.Errorf("late %d, missing %d, carried %d", late, missing, carried)
	}
}
