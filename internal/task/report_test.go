package task

import (
	"testing"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// What no record can show stands by its reports, on both sides of the day.
func TestReportedDemands(t *testing.T) {
	for _, c := range []struct {
		duty, demand string
		party        record.Party
		last         string
	}{
		{"24", "forestry", office("市林业局"), ""},
		{"24", "towns", at(lihu), ""},
		{"29", "course", office("市委组织部"), "2024-12-31"},
		{"training_course", "done", at(puning), ""},
		{"work_album", "done", at(puning), ""},
		{"county_office", "done", at(puning), ""},
		{"assessment", "done", at(puning), ""},
		{"publicity", "done", at(puning), ""},
	} {
		stand := func(day string, reports ...Report) Item {
			f := facts(day)
			d, x, p := demand(t, f, c.duty, c.demand, "2024-01-01")
			if p.To.String() != c.last || !x.Reported {
				t.Fatalf("%s %s ends on %v", c.duty, c.demand, p.To)
			}
			point := Point{c.duty, c.demand, c.party, p.From}
			f.Reports = Reports{point: reports}
			return f.Item(d, x, c.party, p)
		}
		report := func(day string, decision EventKind) Report {
			r := Report{Event: Event{Day: date.MustParse(day)}}
			if decision != "" {
				r.Decision = &Event{Kind: decision}
			}
			return r
		}
		for _, s := range []struct {
			what, day string
			reports   []Report
			want      State
			on        string
		}{
			{"before", "2023-12-31", nil, NotYet, ""},
			{"nothing reported", "2024-12-31", nil, InProgress, ""},
			{"waiting", "2024-12-31", []Report{report("2024-05-01", "")}, InProgress, ""},
			{"declined", "2024-12-31", []Report{report("2024-05-01", Declines)}, InProgress, ""},
			{"confirmed", "2024-12-31", []Report{report("2024-05-01", Declines), report("2024-05-02", Confirms)}, Done, "2024-05-02"},
			{"confirmed, later declined another", "2024-12-31", []Report{report("2024-05-02", Confirms), report("2024-06-02", Declines)}, Done, "2024-05-02"},
			{"of a later day", "2024-05-01", []Report{report("2024-05-02", Confirms)}, InProgress, ""},
			{"on the last day", "2025-03-01", []Report{report("2024-12-31", Confirms)}, Done, "2024-12-31"},
		} {
			if got := stand(s.day, s.reports...); got.State != s.want || got.On.String() != s.on {
				t.Errorf("%s %s, %s: %s on %v", c.duty, c.demand, s.what, got.State, got.On)
			}
		}
		over, late := Overdue, DoneLate
		if c.last == "" {
			over, late = InProgress, Done
		}
		if got := stand("2025-01-01"); got.State != over {
			t.Errorf("%s: a day over it is %s", c.duty, got.State)
		}
		if got := stand("2025-01-01", report("2025-01-01", Confirms)); got.State != late || got.On.String() != "2025-01-01" {
			t.Errorf("%s: done a day late it is %s", c.duty, got.State)
		}
	}
}

// What was declared not to apply is left out, with its reason: for one village of a town, in one
// period or in all, until the declaration is lifted.
func TestExemptions(t *testing.T) {
	f := facts("2024-03-31")
	march := Point{"3", "weekly", at(lihu3), date.MustParse("2024-03-04")}
	always := Point{"4", "park", at(lihu3), date.Date{}}
	said := []Event{{Kind: Exempts, Point: march, Text: "村在搬迁"}, {Kind: Exempts, Point: always, Text: "没有空地"}}
	f.Exempt = fold(said).exempt
	for _, c := range []struct {
		duty, demand, from string
		party              unit.Code
		want               State
		reason             string
		of                 int
	}{
		{"3", "weekly", "2024-03-04", lihu3, NotApplicable, "村在搬迁", 0},
		{"3", "weekly", "2024-03-11", lihu3, Overdue, "", 0},
		{"4", "park", "2024-01-01", lihu3, NotApplicable, "没有空地", 0},
		{"4", "park", "2024-01-01", lihu1, InProgress, "", 0},
		{"4", "park", "2024-01-01", lihu, InProgress, "", 24},
	} {
		if got := item(t, f, c.duty, c.demand, c.from, at(c.party)); got.State != c.want || got.Reason != c.reason || got.Of != c.of {
			t.Errorf("%s of %v: %s %q, of %d", c.duty, c.party, got.State, got.Reason, got.Of)
		}
	}
	if lifted := fold(append(said, Event{Kind: Lifts, Point: always})).exempt; len(lifted) != 1 {
		t.Errorf("in force: %v", lifted)
	}
}

func TestQuotas(t *testing.T) {
	of := func(day string, texts ...string) map[string]QuotaLine {
		all := map[string]QuotaLine{}
		for _, q := range facts(day, recs(t, texts...)...).Quotas(puning) {
			all[q.Quota.Key] = q
		}
		return all
	}
	adopted := list("445281119201 2024-02-09 adoption through=online trees=29999", "445281001202 2024-02-10 adoption through=online trees=1")
	for _, c := range []struct {
		what, day string
		texts     []string
		have      int64
		on        string
		late      bool
	}{
		{"nothing yet", "2024-02-09", nil, 0, "", false},
		{"nothing, too late", "2024-02-10", nil, 0, "", true},
		{"one short", "2024-02-10", adopted[:1], 29999, "", true},
		{"on the first day too late", "2024-02-20", adopted, 30000, "2024-02-10", true},
		{"in time", "2024-02-20", list("445281119201 2024-02-09 adoption through=online trees=30000"), 30000, "2024-02-09", false},
	} {
		q := of(c.day, c.texts...)["online_adoption"]
		if q.Have != c.have || q.On.String() != c.on || q.Late != c.late || q.Share.Amount != 30_000 {
			t.Errorf("%s: %+v", c.what, q)
		}
	}
	all := of("2024-06-01", "445281119201 2024-01-05 profile typical=1 members=9", "445281119201 2024-05-01 model kind=village", "445281119001 2024-05-01 model kind=village",
		"445281119201 2024-05-01 model kind=forest_village", "445281119201 2024-05-01 model kind=forest_homestead")
	for key, want := range map[string]int64{"typical_villages": 1, "forest_villages": 1, "forest_homesteads": 1} {
		if all[key].Have != want || all[key].Record != "model" {
			t.Errorf("%s: %+v", key, all[key])
		}
	}
}
