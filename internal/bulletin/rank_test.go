package bulletin_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// planted is a snapshot of units that have each planned a thousand trees and planted so many, with
// so many villages.
func planted(rule *bulletin.Rule, done, villages []int64) *bulletin.Draft {
	d := &bulletin.Draft{Tables: []bulletin.Table{{Title: "表", Columns: []bulletin.Titled{{Title: "完成率", Of: "planted_trees/planned_trees%"}}}, {Title: "另一张", Columns: []bulletin.Titled{{Title: "已植", Of: "planted_trees"}}}}}
	s := &d.Snapshot
	s.Unit, s.Columns, s.Rule = testkit.Puning, []string{"planned_trees", "planted_trees", "secured_seedlings"}, rule
	s.Total = bulletin.Standing{Code: testkit.Puning, Sums: []int64{0, 0, 0}, Before: []int64{0, 0, 0}}
	for i, n := range done {
		s.Units = append(s.Units, bulletin.Standing{Code: testkit.EastTown + unit.Code(i)*1000, Name: string(rune('A' + i)), Villages: villages[i], Sums: []int64{1000, n, n}, Before: []int64{0, 0, 0}})
	}
	return d
}

func places(d *bulletin.Draft, form *campaign.Form) string {
	var parts []string
	for _, row := range d.Rows(form, d.Tables[0]) {
		switch {
		case row.Total:
		case row.Place == nil:
			parts = append(parts, row.Name+"—")
		default:
			parts = append(parts, row.Name+row.Place.Text)
		}
	}
	return strings.Join(parts, " ")
}

// Ties by each rule. 499.6 and 500.4 are both printed 50.0 %, so they have one place.
func TestTies(t *testing.T) {
	form := campaign.Default().Ledger
	done := []int64{700, 500, 900, 500, 100, 0}
	size := []int64{5, 5, 5, 5, 2, 0}
	for _, c := range []struct {
		rule bulletin.Rule
		want string
	}{
		{bulletin.Rule{Tie: bulletin.TieSkip}, "C1 A2 B3 D3 E5 F—"},
		{bulletin.Rule{Tie: bulletin.TieNext}, "C1 A2 B3 D3 E4 F—"},
		{bulletin.Rule{Tie: bulletin.TieCode}, "C1 A2 B3 D4 E5 F—"},
		{bulletin.Rule{Tie: bulletin.TieSkip, Least: true}, "E1 B2 D2 A4 C5 F—"},
		{bulletin.Rule{Tie: bulletin.TieSkip, Minimum: 3}, "C1 A2 B3 D3 E— F—"},
		{bulletin.Rule{Neutral: true}, "A— B— C— D— E— F—"},
	} {
		c.rule.Of = []string{"planted_trees/planned_trees%"}
		d := planted(&c.rule, done, size)
		if got := places(d, form); got != c.want {
			t.Errorf("%+v: %s, want %s", c.rule, got, c.want)
		}
		if d.Ranked(d.Tables[1]) {
			t.Error("a table without the column is ranked")
		}
	}
	if got := places(planted(nil, done, size), form); got != "A— B— C— D— E— F—" {
		t.Errorf("without a rule: %s", got)
	}
	second := planted(&bulletin.Rule{Tie: bulletin.TieSkip, Of: []string{"planted_trees/planned_trees%", "planted_trees"}}, done, size)
	second.Snapshot.Units[3].Sums = []int64{2000, 1000, 1000}
	if got := places(second, form); got != "C1 A2 D3 B4 E5 F—" {
		t.Errorf("by a second figure: %s", got)
	}
	alike := planted(&bulletin.Rule{Tie: bulletin.TieSkip, Of: []string{"planted_trees/planned_trees%"}}, []int64{4996, 5004}, []int64{1, 1})
	alike.Snapshot.Units[0].Sums[0], alike.Snapshot.Units[1].Sums[0] = 10000, 10000
	if got := places(alike, form); got != "A1 B1" {
		t.Errorf("printed alike: %s", got)
	}
}

// Whatever the figures: everybody with villages has a place, who is printed ahead stands ahead,
// and by TieSkip a place is one more than how many are ahead.
func TestPlaces(t *testing.T) {
	form := campaign.Default().Ledger
	rapid.Check(t, func(rt *rapid.T) {
		done := rapid.SliceOfN(rapid.Int64Range(0, 12), 1, 20).Draw(rt, "done")
		size := make([]int64, len(done))
		for i := range size {
			size[i] = rapid.Int64Range(0, 3).Draw(rt, "villages")
		}
		d := planted(&bulletin.Rule{Tie: bulletin.TieSkip, Of: []string{"planted_trees/planned_trees%"}}, done, size)
		rows := d.Rows(form, d.Tables[0])
		for _, row := range rows[:len(rows)-1] {
			i := int(row.Name[0] - 'A')
			if (row.Place == nil) != (size[i] == 0) {
				rt.Fatalf("%s has %d villages and the place %v", row.Name, size[i], row.Place)
			}
			ahead := int64(0)
			for k := range done {
				if size[k] > 0 && done[k] > done[i] {
					ahead++
				}
			}
			if row.Place != nil && row.Place.Cell.Part != ahead+1 {
				rt.Fatalf("%v, %v: %s has place %s, %d are ahead", done, size, row.Name, row.Place.Text, ahead)
			}
		}
	})
}

func ruleIn(base int32, from string) bulletin.RuleInput {
	p, err := bulletin.ParsePeriod(from)
	if err != nil {
		panic(err)
	}
	return bulletin.RuleInput{Unit: testkit.Puning, Base: base, From: p, Name: " 完成率\n排名办法 ", Of: []string{"planted_trees/planned_trees%"}, Tie: bulletin.TieSkip, Reason: "比进展"}
}

// A rule is adopted in versions that are only added, by the offices alone, on both databases; what
// is wrong with one is said and nothing kept.
func TestAdoptRule(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		d := sit(t, w, db)
		for _, who := range append(testkit.Cast(), access.Actor{}) {
			_, err := d.AdoptRule(ctx, who, ruleIn(9, "2024-03"))
			want := error(bulletin.ErrRuleMoved)
			switch {
			case who.Role == "" || !who.Unit.Contains(testkit.Puning):
				want = access.ErrOutside
			case who.Role != access.CountyOffice && who.Role != access.CityOffice:
				want = access.ErrForbidden
			}
			if !errors.Is(err, want) {
				t.Errorf("%s: %v, want %v", who.Name, err, want)
			}
		}
		for name, c := range map[string]struct {
			spoil func(*bulletin.RuleInput)
			want  error
		}{
			"a month that is over":    {func(in *bulletin.RuleInput) { in.From.Month = time.February }, bulletin.ErrRuleFrom},
			"a quarter":               {func(in *bulletin.RuleInput) { in.From = bulletin.Period{Year: 2024, Quarter: 2} }, bulletin.ErrRuleFrom},
			"no month":                {func(in *bulletin.RuleInput) { in.From = bulletin.Period{} }, bulletin.ErrRuleFrom},
			"no name":                 {func(in *bulletin.RuleInput) { in.Name = " " }, bulletin.ErrRuleName},
			"by nothing":              {func(in *bulletin.RuleInput) { in.Of = nil }, bulletin.ErrRuleOf},
			"by how people report":    {func(in *bulletin.RuleInput) { in.Of = []string{"on_time/expected%"} }, bulletin.ErrRuleOf},
			"by late reports":         {func(in *bulletin.RuleInput) { in.Of = []string{"late"} }, bulletin.ErrRuleOf},
			"by its own places":       {func(in *bulletin.RuleInput) { in.Of = []string{"rank"} }, bulletin.ErrRuleOf},
			"by too much":             {func(in *bulletin.RuleInput) { in.Of = slices.Repeat(in.Of, 4) }, bulletin.ErrRuleOf},
			"no rule for ties":        {func(in *bulletin.RuleInput) { in.Tie = "" }, bulletin.ErrRuleTie},
			"a size below nothing":    {func(in *bulletin.RuleInput) { in.Minimum = -1 }, bulletin.ErrRuleMinimum},
			"no reason":               {func(in *bulletin.RuleInput) { in.Reason = "" }, bulletin.ErrReason},
			"ends what has not begun": {func(in *bulletin.RuleInput) { in.Neutral = true }, bulletin.ErrNeutral},
			"of a town":               {func(in *bulletin.RuleInput) { in.Unit = testkit.LihuTown }, bulletin.ErrUnit},
		} {
			in := ruleIn(0, "2024-03")
			c.spoil(&in)
			if _, err := d.AdoptRule(ctx, testkit.County, in); !errors.Is(err, c.want) {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		}
		if list, err := d.Rules(ctx, testkit.Village, testkit.Puning); err != nil || len(list) != 0 {
			t.Errorf("%d rules after refusals only, %v", len(list), err)
		}
		first, err := d.AdoptRule(ctx, testkit.County, ruleIn(0, "2024-03"))
		if err != nil || first.Version != 1 || first.Name != "完成率 排名办法" {
			t.Fatalf("%+v, %v", first, err)
		}
		var wait sync.WaitGroup
		won := make([]error, 6)
		for i := range won {
			wait.Go(func() { _, won[i] = d.AdoptRule(ctx, testkit.City, ruleIn(1, "2024-05")) })
		}
		wait.Wait()
		if n := len(slices.DeleteFunc(won, func(err error) bool { return errors.Is(err, bulletin.ErrRuleMoved) })); n != 1 {
			t.Errorf("%d of six adopted the second version", n)
		}
		end := ruleIn(2, "2024-02")
		end.Neutral = true
		if _, err := d.AdoptRule(ctx, testkit.County, end); err != nil {
			t.Fatal(err)
		}
		list, err := d.Rules(ctx, testkit.Leader, testkit.Puning)
		if err != nil || len(list) != 3 || list[0].Name != first.Name || !slices.Equal(list[0].Of, first.Of) || !list[0].At.Equal(first.At) || list[1].Since != "2024-05" || !list[2].Neutral || list[2].Reason != "比进展" {
			t.Errorf("kept %+v, %v", list, err)
		}
		if _, err := d.Rules(ctx, testkit.Outsider, testkit.Puning); !errors.Is(err, access.ErrOutside) {
			t.Errorf("outside: %v", err)
		}
	})
}

// Which version is in force when: the latest that had begun; a quarter is ranked only by a rule
// that was in force in all of it.
func TestInForce(t *testing.T) {
	rule := func(version int32, from string, neutral bool) bulletin.Rule {
		p, err := bulletin.ParsePeriod(from)
		if err != nil {
			t.Fatal(err)
		}
		return bulletin.Rule{Version: version, From: p, Neutral: neutral}
	}
	list := []bulletin.Rule{rule(1, "2024-03", false), rule(2, "2024-08", false), rule(3, "2025-01", true)}
	for text, want := range map[string]int32{"2024-01": 0, "2024-02": 0, "2024-03": 1, "2024-07": 1, "2024-08": 2, "2024-12": 2, "2025-01": 0, "2026-05": 0, "2024-Q1": 0, "2024-Q2": 1, "2024-Q3": 0, "2024-Q4": 2, "2025-Q1": 0} {
		p, err := bulletin.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		got := int32(0)
		if r := bulletin.InForce(list, p); r != nil {
			got = r.Version
		}
		if got != want {
			t.Errorf("%s: version %d, want %d", text, got, want)
		}
	}
}

// A bulletin is neutral until a rule is adopted, ranked while one is in force, and keeps the rule
// it was made by.
func TestRankedBulletin(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	d := sit(t, w, testkit.SQLite(t))
	v := d.begin()
	codes := func(v *bulletin.Version) (names []string) {
		for _, row := range v.Draft.Rows(d.Form(), v.Draft.Tables[0]) {
			names = append(names, row.Name)
		}
		return names
	}
	var byCode []string
	for _, u := range v.Draft.Snapshot.Units {
		if u.Villages > 0 {
			byCode = append(byCode, u.Name)
		}
	}
	if v.Draft.Snapshot.Rule != nil || !slices.Equal(codes(&v)[:len(byCode)], byCode) || v.Draft.RankNote(v.Draft.Tables[0], d.Names()) != "" {
		t.Error("it is ranked though nobody asked for it")
	}
	if _, err := d.AdoptRule(ctx, testkit.County, ruleIn(0, "2024-03")); err != nil {
		t.Fatal(err)
	}
	v = d.must(bulletin.ToRedraft, testkit.County)
	if slices.Equal(codes(&v)[:len(byCode)], byCode) || !slices.Equal(codes(&v)[len(byCode):], []string{"合计"}) {
		t.Error("it is not ranked")
	}
	note := v.Draft.RankNote(v.Draft.Tables[0], d.Names())
	for _, want := range []string{"《完成率 排名办法》第1版（2024年3月起施行）", "按完成率（已植树/计划植树）从高到低排名", "名次并列，占用后面的名次"} {
		if !strings.Contains(note, want) {
			t.Errorf("%q is not in %q", want, note)
		}
	}
	paper := v.Draft.Paper(d.Form(), d.Names())
	if text := paperText(paper); !strings.Contains(text, note) {
		t.Error("the document does not print the rule")
	}
}
