package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// codes gives the codes of the findings behind an error.
func codes(err error) string {
	var f *ledger.Findings
	if !errors.As(err, &f) {
		return ""
	}
	var out []string
	for _, x := range f.List {
		out = append(out, strings.TrimPrefix(x.Code, "ledger."))
	}
	return strings.Join(out, " ")
}

func TestReport(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 16:18")
		in := ledger.ReportInput{Unit: testkit.Xintan, Week: thisWeek, Values: s.row(100), Source: ledger.Source{Kind: ledger.ByForm}}
		r, err := s.Report(ctx, testkit.Village, in)
		if err != nil {
			t.Fatal(err)
		}
		if r.Version != 1 || r.Status != ledger.Reported || r.OnBehalf || r.Unchanged || r.Actor != "陈秋月" || r.Account != 1 || !r.At.Equal(s.Now()) {
			t.Errorf("version %+v", r)
		}
		v, err := s.Row(ctx, testkit.Village, testkit.Xintan, thisWeek)
		if err != nil {
			t.Fatal(err)
		}
		if v.State != ledger.OnTime || v.Latest == nil || v.Latest.Version != 1 || !slices.Equal(v.Filled, in.Values) || v.Sealed != nil || len(v.Findings) != 0 {
			t.Errorf("view %+v", v)
		}
		if _, offset := v.Latest.At.Zone(); offset != 8*60*60 {
			t.Errorf("the time read back is %v, not on the campaign's clock", v.Latest.At)
		}
		// on behalf, over version 1
		in.Base, in.Values = 1, s.row(120)
		if r, err = s.Report(ctx, eastClerk, in); err != nil || r.Version != 2 || !r.OnBehalf {
			t.Errorf("on behalf: %+v, %v", r, err)
		}
		// somebody who still looks at version 1
		_, err = s.Report(ctx, testkit.Village, in)
		if p, ok := problem.Of(err); !errors.Is(err, ledger.ErrMoved) || !ok || p.Params["version"] != int32(2) {
			t.Errorf("a stale base: %v", err)
		}
		history, err := s.RowHistory(ctx, testkit.Village, testkit.Xintan, thisWeek)
		if err != nil || len(history) != 2 || !slices.Equal(history[0].Values, s.row(100)) || !slices.Equal(history[1].Values, s.row(120)) {
			t.Errorf("history %+v, %v", history, err)
		}
	})
}

func TestReportRefuses(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	ok := s.row(100)
	over := s.with(ok, "planted_trees", 950) // over secured: a warning
	long := strings.Repeat("长", 501)
	for _, c := range []struct {
		name  string
		in    ledger.ReportInput
		want  error
		codes string
	}{
		{name: "no row", in: ledger.ReportInput{}, want: ledger.ErrColumn},
		{name: "a short row", in: ledger.ReportInput{Values: ok[:3]}, want: ledger.ErrColumn},
		{name: "blank cells", in: ledger.ReportInput{Values: s.with(ok, "planted_trees", ledger.Empty)}, want: ledger.ErrFindings, codes: "blank"},
		{name: "negative", in: ledger.ReportInput{Values: s.with(ok, "planted_trees", -1)}, want: ledger.ErrFindings, codes: "negative"},
		{name: "absurd", in: ledger.ReportInput{Values: s.with(ok, "party_members", 5001)}, want: ledger.ErrFindings, codes: "absurd"},
		{name: "a warning", in: ledger.ReportInput{Values: over}, want: ledger.ErrFindings, codes: "planted_over_secured"},
		{name: "an empty word", in: ledger.ReportInput{Values: over, Notes: map[string]string{"planted_trees": " \x00　"}}, want: ledger.ErrFindings, codes: "planted_over_secured"},
		{name: "a word at another cell", in: ledger.ReportInput{Values: over, Notes: map[string]string{"planned_trees": "补植"}}, want: ledger.ErrFindings, codes: "planted_over_secured"},
		{name: "a word does not lift an error", in: ledger.ReportInput{Values: s.with(ok, "planted_trees", -1), Notes: map[string]string{"planted_trees": "真的"}}, want: ledger.ErrFindings, codes: "negative"},
		{name: "a word at no column", in: ledger.ReportInput{Values: ok, Notes: map[string]string{"nonsense": "x"}}, want: ledger.ErrColumn},
		{name: "too long a word", in: ledger.ReportInput{Values: over, Notes: map[string]string{"planted_trees": long}}, want: ledger.ErrTooLong},
		{name: "nothing changed, the first time", in: ledger.ReportInput{Unchanged: true}, want: ledger.ErrNoLast},
		{name: "a base that is not there", in: ledger.ReportInput{Values: ok, Base: 3}, want: ledger.ErrMoved},
		{name: "no due day", in: ledger.ReportInput{Values: ok, Week: thisWeek.Add(1)}, want: ledger.ErrNoWeek},
		{name: "next week", in: ledger.ReportInput{Values: ok, Week: thisWeek.Add(5)}, want: ledger.ErrNotOpen},
		{name: "a town", in: ledger.ReportInput{Values: ok, Unit: testkit.LihuTown}, want: ledger.ErrNoVillage},
		{name: "no such village", in: ledger.ReportInput{Values: ok, Unit: 445281119999}, want: ledger.ErrNoVillage},
	} {
		if c.in.Unit == 0 {
			c.in.Unit = lihu1
		}
		if c.in.Week.IsZero() {
			c.in.Week = thisWeek
		}
		_, err := s.Report(ctx, testkit.County, c.in)
		if !errors.Is(err, c.want) || codes(err) != c.codes {
			t.Errorf("%s: %v %q, want %v %q", c.name, err, codes(err), c.want, c.codes)
		}
	}
	if rows, err := s.store.Rows(ctx, unit.Nation, thisWeek); err != nil || len(rows) != 0 {
		t.Errorf("refused rows were written: %v, %v", rows, err)
	}
	if r, err := s.Report(ctx, testkit.County, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Values: over,
		Notes: map[string]string{"planted_trees": " 补植\x00 "}}); err != nil || r.Notes["planted_trees"] != "补植" {
		t.Errorf("with a word: %+v, %v", r, err)
	}
}

// A village that explained a figure once is not asked again, and "nothing changed" is one tap.
func TestReportUnchanged(t *testing.T) {
	s := onSQLite(t, "2024-03-22 10:00")
	over := s.with(s.row(0), "planted_trees", 950)
	if _, err := s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: lastWeek, Values: over,
		Notes: map[string]string{"planted_trees": "补植"}, Source: ledger.Source{Kind: ledger.ByForm}}); err != nil {
		t.Fatal(err)
	}
	s.set("2024-03-29 18:00")
	r, err := s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Unchanged: true, Source: ledger.Source{Kind: ledger.ByForm}})
	if err != nil || !r.Unchanged || !slices.Equal(r.Values, over) {
		t.Fatalf("%+v, %v", r, err)
	}
	v, err := s.Row(ctx, testkit.Town, lihu1, thisWeek)
	if err != nil || v.State != ledger.Late || v.LastWeek != lastWeek || !slices.Equal(v.Last, over) || v.Changed(s.col("planted_trees")) {
		t.Errorf("%+v, %v", v, err)
	}
	// less than last time wants a word
	less := s.with(over, "planted_trees", 900)
	_, err = s.Report(ctx, testkit.Town, ledger.ReportInput{Unit: lihu1, Week: thisWeek, Base: 1, Values: less})
	if codes(err) != "less_than_last" {
		t.Errorf("less than last week: %v %q", err, codes(err))
	}
	if last, due, err := s.Last(ctx, lihu2, thisWeek); err != nil || last != nil || !due.IsZero() {
		t.Errorf("a village that never reported: %v, %v, %v", last, due, err)
	}
}

// The states through a week, from the first day to after the deadline.
func TestReportStates(t *testing.T) {
	s := onSQLite(t, "2024-03-25 09:00")
	state := func() ledger.State {
		v, err := s.Row(ctx, testkit.Town, lihu1, thisWeek)
		if err != nil {
			t.Fatal(err)
		}
		return v.State
	}
	want := func(w ledger.State) {
		t.Helper()
		if got := state(); got != w {
			t.Errorf("at %v: %s, want %s", s.Now(), got, w)
		}
	}
	want(ledger.NotDue)
	s.set("2024-03-29 17:30")
	want(ledger.NotDue)
	s.set("2024-03-29 17:31")
	want(ledger.Missing)
	s.report(lihu1, thisWeek, s.row(1))
	want(ledger.Late)
	if _, err := s.Grant(ctx, testkit.County, ledger.GrantInput{Unit: testkit.LihuTown, Week: thisWeek, Kind: ledger.Extension,
		Until: s.at("2024-03-30 12:00"), Reason: "台风"}); err != nil {
		t.Fatal(err)
	}
	want(ledger.OnTime)
}
