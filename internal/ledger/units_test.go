package ledger_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Two villages become one in the middle of the campaign: old weeks keep both and their sums, new
// weeks have one.
func TestVillagesMerge(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	s.report(lihu1, lastWeek, s.row(10))
	s.report(lihu2, lastWeek, s.row(20))
	s.submit(testkit.LihuTown, lastWeek)
	s.view() // this week is in memory before the units change, with 25 villages
	old := s.figures(testkit.LihuTown, lastWeek)
	merged, _, err := s.registry.Load().Merge([]unit.Code{lihu1, lihu2}, lihu1, "里湖居委会", lastWeek.Add(3))
	if err != nil {
		t.Fatal(err)
	}
	s.registry.Store(merged)
	s.UnitsChanged()
	s.set("2024-03-29 10:00")

	if f := s.figures(testkit.LihuTown, lastWeek); f.Villages != 25 || f.Reported != 2 || f.Sums[s.col("planted_trees")] != old.Sums[s.col("planted_trees")] {
		t.Errorf("the old week has changed: %+v, was %+v", f, old)
	}
	if f := s.figures(testkit.LihuTown, thisWeek); f.Villages != 24 {
		t.Errorf("the new week: %+v", f)
	}
	for _, week := range []struct {
		of   ledger.ReportInput
		want error
	}{
		{ledger.ReportInput{Unit: lihu2, Week: lastWeek, Base: 1, Values: s.row(21)}, nil}, // a correction of the old week
		{ledger.ReportInput{Unit: lihu2, Week: thisWeek, Values: s.row(21)}, ledger.ErrNoVillage},
		{ledger.ReportInput{Unit: lihu1, Week: thisWeek, Values: s.row(31)}, nil},
	} {
		if _, err := s.Report(ctx, testkit.Town, week.of); !errors.Is(err, week.want) {
			t.Errorf("%s in %v: %v, want %v", week.of.Unit, week.of.Week, err, week.want)
		}
	}
	s.submit(testkit.LihuTown, lastWeek)
	if sub := s.submit(testkit.LihuTown, thisWeek); len(sub.Members) != 24 {
		t.Errorf("%d members", len(sub.Members))
	}
	if f := s.figures(testkit.LihuTown, lastWeek); f.Sums[s.col("planted_trees")] != 31 {
		t.Errorf("the corrected old week: %+v", f)
	}
	if f := s.figures(testkit.LihuTown, thisWeek); f.Reported != 1 || f.Sums[s.col("planted_trees")] != 31 {
		t.Errorf("the new week: %+v", f)
	}
	// another server, which reads everything from the tables, has the same
	o := s.another()
	for _, week := range []date.Date{lastWeek, thisWeek} {
		if got, want := o.all(week), s.all(week); got != want {
			t.Errorf("%v: %s\nand\n%s", week, got, want)
		}
	}
}

// What is under way when units change goes by the new units, and takes no number twice.
func TestUnitsChangeWhileReporting(t *testing.T) {
	s := onSQLite(t, "2024-03-29 10:00")
	s.report(lihu1, thisWeek, s.row(10))
	store := &between{Store: s.store}
	s.Service = ledger.New(s.Pack(), s.tree, store, s.clock.Now)
	store.before = func() { // the verb has looked at the week; now the units change and somebody reports
		store.before = nil
		s.UnitsChanged()
		s.report(lihu1, thisWeek, s.row(11))
	}
	if r, err := s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Base: ledger.AnyBase, Values: s.row(12)}); err != nil || r.Version != 3 {
		t.Errorf("%+v, %v", r, err)
	}
	store.before = func() {
		store.before = nil
		merged, _, err := s.registry.Load().Merge([]unit.Code{lihu1, lihu2}, lihu2, "石牌居委会", thisWeek.Add(-3))
		if err != nil {
			t.Fatal(err)
		}
		s.registry.Store(merged)
		s.UnitsChanged()
	}
	if _, err := s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Base: ledger.AnyBase, Values: s.row(13)}); !errors.Is(err, ledger.ErrNoVillage) {
		t.Errorf("reported for a village that is no longer: %v", err)
	}
}

// between does something before the next change comes to its turn.
type between struct {
	ledger.Store
	before func()
}

func (b *between) Commit(ctx context.Context, c ledger.Change) error {
	if b.before != nil {
		b.before()
	}
	return b.Store.Commit(ctx, c)
}
