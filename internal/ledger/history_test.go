package ledger_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Every step of a cell: by whom, by which door, from what to what; versions that left it alone are
// left out, returns that point at it are not.
func TestCellHistory(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	s.report(lihu1, lastWeek, s.row(10))
	s.set("2024-03-29 10:00")
	s.report(lihu1, thisWeek, s.with(s.row(10), "party_members", 41)) // leaves the cell alone
	s.report(lihu1, thisWeek, s.row(12))
	give := func(cells ...string) {
		t.Helper()
		if _, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "请核对", Cells: cells}); err != nil {
			t.Fatal(err)
		}
		s.report(lihu1, thisWeek, s.row(12))
	}
	give("planted_trees")
	give("party_members")
	if _, err := s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Base: ledger.AnyBase, Values: s.row(9),
		Notes: map[string]string{"planted_trees": "更正"}, Source: ledger.Source{Kind: ledger.ByForm}}); err != nil {
		t.Fatal(err)
	}
	h, err := s.CellHistory(ctx, testkit.Town, lihu1, "planted_trees", thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range h {
		got = append(got, fmt.Sprint(c.Week.ShortChinese(), " ", c.Version, " ", c.Status, " ", ledger.Format(&s.Form().Columns[s.col("planted_trees")], c.From), "→", c.To,
			" ", c.Actor, " ", c.Source.Kind, " ", c.Note, c.Reason))
	}
	want := []string{
		"3月29日 7 reported 12→9 黄志明 form 更正",
		"3月29日 3 returned 12→12 黄志明 grid 请核对",
		"3月29日 2 reported 10→12 林晓燕 grid ",
		"3月22日 1 reported →10 林晓燕 grid ",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if h, err := s.CellHistory(ctx, testkit.Town, lihu1, "planted_trees", lastWeek); err != nil || len(h) != 1 {
		t.Errorf("up to last week: %+v, %v", h, err)
	}
	if _, err := s.CellHistory(ctx, testkit.Town, lihu1, "nonsense", thisWeek); !errors.Is(err, ledger.ErrColumn) {
		t.Errorf("no such column: %v", err)
	}
}

// Any two submissions are compared: versions of a town's week, of a county's, and weeks.
func TestCompare(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	s.report(lihu1, lastWeek, s.row(1))
	s.submit(testkit.LihuTown, lastWeek)
	s.set("2024-03-29 10:00")
	s.report(lihu1, thisWeek, s.row(10))
	s.report(lihu2, thisWeek, s.row(20))
	s.submit(testkit.LihuTown, thisWeek) // 1
	if _, err := s.lock(0); err != nil { // county 1
		t.Fatal(err)
	}
	if _, err := s.Reopen(ctx, testkit.County, testkit.Puning, thisWeek, "更正"); err != nil { // county 2
		t.Fatal(err)
	}
	s.report(lihu2, thisWeek, s.with(s.row(25), "party_members", 41))
	s.report(lihu3, thisWeek, s.row(30))
	if _, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	s.submit(testkit.LihuTown, thisWeek) // 2
	if _, err := s.lock(2); err != nil { // county 3
		t.Fatal(err)
	}
	ref := func(version int32) ledger.Ref { return ledger.Ref{Week: thisWeek, Version: version} }
	for _, c := range []struct {
		of   unit.Code
		a, b ledger.Ref
	}{{testkit.LihuTown, ref(1), ref(2)}, {testkit.LihuTown, ref(1), ref(0)}, {testkit.Puning, ref(1), ref(3)}, {testkit.Puning, ref(1), ref(0)}} {
		cmp, err := s.Compare(ctx, testkit.County, c.of, c.a, c.b)
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprint([]ledger.CellDiff{{Village: lihu2, Column: s.col("party_members"), From: 40, To: 41},
			{Village: lihu2, Column: s.col("planted_trees"), From: 20, To: 25}}, []unit.Code{lihu3}, []unit.Code{lihu1})
		if got := fmt.Sprint(cmp.Diffs, cmp.Added, cmp.Removed); got != want {
			t.Errorf("%s %v to %v: %s, want %s", c.of, c.a, c.b, got, want)
		}
	}
	cmp, err := s.Compare(ctx, testkit.Town, testkit.LihuTown, ledger.Ref{Week: lastWeek}, ref(1))
	if err != nil || len(cmp.Diffs) != 1 || cmp.Diffs[0].From != 1 || cmp.Diffs[0].To != 10 || len(cmp.Added) != 1 || len(cmp.Removed) != 0 {
		t.Errorf("two weeks: %+v, %v", cmp, err)
	}
	for _, missing := range []ledger.Ref{ref(9), {Week: lastWeek, Version: 2}} {
		if _, err := s.Compare(ctx, testkit.Town, testkit.LihuTown, ref(1), missing); !errors.Is(err, ledger.ErrNoVersion) {
			t.Errorf("%v: %v", missing, err)
		}
	}
	if _, err := s.Compare(ctx, testkit.County, testkit.Puning, ref(1), ref(2)); !errors.Is(err, ledger.ErrNoVersion) {
		t.Errorf("a reopening was compared: %v", err)
	}
	if _, err := s.Compare(ctx, testkit.Town, testkit.EastTown, ref(1), ref(2)); !errors.Is(err, access.ErrOutside) {
		t.Errorf("another town's: %v", err)
	}
}
