package record_test

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

func plan(fields ...string) record.Input {
	in := record.Input{Kind: "plan", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"where": "村口"}}
	for i := 0; i+1 < len(fields); i += 2 {
		in.Fields[fields[i]] = fields[i+1]
	}
	return in
}

// The county checks a plan: it counts as before whatever is said, the words stay with what was
// checked, and a correction begins anew.
func TestCountyChecksAPlan(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		v := s.enter(testkit.Village, plan("plots", `[{"place":"村口","trees":120,"shape":"0,0 500,0 500,500"}]`))
		v, err := s.Approve(ctx, eastClerk, at(v))
		if err != nil {
			t.Fatal(err)
		}
		week := mustDay("2024-03-29")
		before := s.Derived(testkit.Xintan, week)
		for _, c := range []struct {
			by      access.Actor
			verdict record.Verdict
			words   string
			want    string
		}{
			{testkit.Village, record.Agreed, "", "access.forbidden"}, {eastClerk, record.Agreed, "", "access.forbidden"},
			{testkit.City, record.Agreed, "", "access.forbidden"}, {testkit.Forestry, record.Agreed, "", "access.forbidden"},
			{testkit.Outsider, record.Agreed, "", "record.none"}, {testkit.County, record.Remarks, " ", "record.reason"},
			{testkit.County, "perhaps", "", "record.verdict"},
		} {
			if _, err := s.Check(ctx, c.by, at(v), c.verdict, c.words); code(err) != c.want {
				t.Errorf("%s says %s: %v", c.by.Name, c.verdict, err)
			}
		}
		checked, err := s.Check(ctx, testkit.County, at(v), record.Remarks, "避开行洪断面")
		if err != nil {
			t.Fatal(err)
		}
		if checked.Status != record.Approved || checked.Number != v.Number+1 || checked.Check.Words != "避开行洪断面" {
			t.Errorf("%+v", checked)
		}
		if after := s.Derived(testkit.Xintan, week); !slices.Equal(after, before) {
			t.Errorf("a check changes the row from %v to %v", before, after)
		}
		if _, err := s.Check(ctx, testkit.County, at(v), record.Agreed, ""); code(err) != "record.moved" {
			t.Errorf("checked as it was: %v", err)
		}
		again, err := s.Check(ctx, testkit.County, at(checked), record.Agreed, "")
		if err != nil {
			t.Fatal(err)
		}
		plans, err := s.Plans(ctx, testkit.Leader, testkit.Puning)
		if err != nil {
			t.Fatal(err)
		}
		have := 0
		for i := range plans {
			if p := &plans[i]; p.Latest != nil {
				have++
				if !p.Approved() || p.Verdict() != record.Agreed || p.Plots != 1 || p.Drawn != 1 {
					t.Errorf("%+v", p)
				}
			}
		}
		if have != 1 || len(plans) < 500 {
			t.Errorf("%d of %d villages have a plan", have, len(plans))
		}
		next, err := s.Correct(ctx, testkit.Village, at(again), plan("plots", `[{"place":"村口","trees":100}]`), "少种些")
		if err != nil || next.Check != nil || next.Status != record.Standing {
			t.Errorf("corrected: %+v, %v", next, err)
		}
		versions, err := s.Show(ctx, testkit.Village, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		acts := []record.Act{record.DidEnter, record.DidApprove, record.DidCheck, record.DidCheck, record.DidCorrect}
		for i := range versions {
			var before *record.Version
			if i > 0 {
				before = &versions[i-1]
			}
			if got := versions[i].Act(before); got != acts[i] {
				t.Errorf("version %d %s, want %s", i+1, got, acts[i])
			}
		}
		planting := s.enter(testkit.Village, planting("5"))
		if _, err := s.Check(ctx, testkit.County, at(planting), record.Agreed, ""); code(err) != "record.check" {
			t.Errorf("a planting is checked: %v", err)
		}
	})
}

// What those who answer for a place owe: by whom it is done, where, in whose time.
func TestWhatLiaisonsOwe(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		liaison := func(level, post, sentBy, from, until string) record.Version {
			in := record.Input{Kind: "liaison", Unit: testkit.Xintan, Typed: record.TypedDays{Day: from, Until: until}, Fields: map[string]string{"level": level, "post": post, "sent_by": sentBy}}
			if level == "county_leader" {
				in.Unit = testkit.EastTown
			}
			return s.enter(eastClerk, in)
		}
		liaison("county_leader", "市委常委", "", "2024-01-10", "")
		liaison("town_leader", "旧委员", "", "2024-01-10", "2024-02-10")
		liaison("town_leader", "新委员", "", "2024-02-11", "")
		liaison("town_leader", "再后来", "", "2024-03-05", "")
		liaison("first_secretary", "第一书记", "普宁市林业局", "2023-06-01", "")
		liaison("department", "普宁市水务局", "", "2024-01-10", "")
		states := func(want ...string) {
			t.Helper()
			list, err := s.Liaisons(testkit.Leader, testkit.Puning)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]bool{}
			for _, l := range list {
				line := l.Post
				for _, o := range l.Owed {
					line += " " + string(o.State)
				}
				got[line] = true
			}
			for _, line := range want {
				if !got[line] {
					t.Errorf("lacks %q: %v", line, got)
				}
			}
		}
		states("市委常委 overdue open", "旧委员 spared spared", "新委员 overdue open", "再后来 spared open", "第一书记 open", "普宁市水务局")

		briefing := func(by, day string) record.Version {
			return s.enter(eastClerk, record.Input{Kind: "briefing", Unit: testkit.Xintan, Typed: record.TypedDays{Day: day}, Fields: map[string]string{"by": by}})
		}
		first := briefing("town_leader", "2024-02-05") // in the former one's time
		briefing("county_leader", "2024-03-02")
		planted := s.enter(testkit.Village, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: mustDay("2024-03-20"), With: []string{"普宁市林业局"}, Fields: map[string]string{"work": "new", "trees": "5"}})
		states("市委常委 late open", "旧委员 done spared", "新委员 overdue open", "第一书记 done")
		s.enter(testkit.Village, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: mustDay("2024-03-21"), Fields: map[string]string{"work": "new", "trees": "5", "occasion": "leaders"}})
		states("市委常委 late done", "新委员 overdue done", "再后来 spared done", "第一书记 done")
		if _, err := s.Withdraw(ctx, eastClerk, at(first), "记错"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Withdraw(ctx, testkit.Village, at(planted), "记错"); err != nil {
			t.Fatal(err)
		}
		states("旧委员 spared spared", "第一书记 done")

		// After a restart, and for a village, it is the same; a neighbour is told nothing.
		s = serve(t, db, s.clock)
		states("市委常委 late done", "新委员 overdue done", "第一书记 done")
		own, err := s.Liaisons(testkit.Village, testkit.Xintan)
		if err != nil || len(own) != 5 {
			t.Errorf("%d at the village, %v", len(own), err)
		}
		if _, err := s.Liaisons(neighbour, testkit.Xintan); code(err) != "access.outside" {
			t.Errorf("a neighbour: %v", err)
		}
		values := s.Derived(testkit.Xintan, today)
		for i, key := range campaignColumns() {
			want := map[string]string{"county_leader": "", "town_leader": "1", "taskforce": "", "first_secretary": "1"}
			if w, ok := want[key]; ok && (w == "1") != (values[i] == 1) {
				t.Errorf("%s is %v", key, values[i])
			}
		}
	})
}
