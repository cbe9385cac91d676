package task

import (
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// demandCase is one demand, worked out by hand from the notice: at whom it is measured, its first
// and last day, and the least that meets it. DAY stands for a day.
type demandCase struct {
	duty, demand string
	party        record.Party
	from, last   string   // last empty: ongoing
	enough       []string // each is needed
	near         []string // all together are not enough
	also         []string // what makes it apply at all
}

func at(code unit.Code) record.Party  { return record.Party{Unit: code} }
func office(name string) record.Party { return record.Party{Unit: puning, Department: name} }
func list(texts ...string) []string   { return texts }

var cases = []demandCase{
	{"1", "six_measures", at(lihu3), "2024-01-01", "2024-03-10",
		list("445281119201 DAY plan trees=100", "445281119201 DAY branch_measure measure=letter", "445281119201 DAY party_lecture",
			"445281119201 DAY party_day", "445281119201 DAY branch_measure measure=points", "445281119201 DAY branch_measure measure=posts"),
		list("445281119201 DAY plan trees=100 status=standing", "445281119201 DAY branch_measure measure=letter", "445281119201 DAY party_lecture",
			"445281119201 DAY party_day", "445281119201 DAY branch_measure measure=points", "445281119201 DAY branch_measure measure=posts"), nil},
	{"2", "guidance", at(lihu3), "2024-01-01", "2024-01-31", list("445281119201 DAY guidance topic=plan +市委组织部"), list("445281119000 DAY guidance topic=plan", "445281119001 DAY guidance topic=plan"), nil},
	{"3", "weekly", at(lihu3), "2024-03-04", "2024-03-10", list("445281119201 DAY planting work=new trees=5"), list("445281119001 DAY planting work=new trees=5", "445281119000 DAY planting work=new trees=5"), nil},
	{"3", "weekly", at(lihu3), "2024-03-25", "2024-03-31", list("445281119201 DAY planting work=tending trees=5"), list("445281119201 2024-03-24 planting work=new trees=5"), nil},
	{"4", "park", at(lihu3), "2024-01-01", "2024-03-31", list("445281119201 DAY grove kind=park"), list("445281119201 DAY grove kind=pioneer"), nil},
	{"5", "brand", at(lihu), "2024-01-01", "2024-03-31", list("445281119201 DAY grove kind=brand"), list("445281001202 DAY grove kind=brand", "445281119201 DAY grove kind=park"), nil},
	{"6", "groves", office("市教育局"), "2024-01-01", "2024-03-31", list("445281119201 DAY grove kind=youth +普宁市教育局"), list("445281119201 DAY grove kind=youth +市林业局", "445281119201 DAY grove kind=park +市教育局"), nil},
	{"7", "school", office("市教育局"), "2024-01-01", "2024-12-31", list("445281000000 DAY grove kind=school +市教育局"), list("445281000000 DAY grove kind=doctors +市教育局"), nil},
	{"7", "doctors", office("市卫健局"), "2024-01-01", "2024-12-31", list("445281119201 DAY grove kind=doctors +市卫健局"), list("445281119201 DAY grove kind=school +市卫健局"), nil},
	{"7", "companies", office("市工商联"), "2024-01-01", "2024-12-31", list("445281119201 DAY grove kind=companies +市工商联"), list("445281119201 DAY grove kind=companies"), nil},
	{"8", "grid", at(lihu3), "2024-01-01", "2024-01-31", list("445281119201 DAY grid areas=3 responsible=3"), list("445281119201 DAY grid areas=3 responsible=3 status=withdrawn"), nil},
	{"9", "offices", office("市人大办"), "2024-01-01", "2024-03-31",
		list("445281119201 DAY briefing by=county_leader +市人大办", "445281119201 DAY guidance +市人大办", "445281119201 DAY adoption through=online trees=1 +市人大办", "445281119201 DAY planting work=new trees=3 +市人大办"),
		list("445281119201 DAY briefing by=county_leader +市人大办", "445281119201 DAY guidance +市人大办", "445281119201 DAY adoption through=online trees=1 +市人大办", "445281119201 DAY planting work=new trees=3 +市政协办"), nil},
	{"9", "towns", at(lihu), "2024-01-01", "2024-03-31",
		list("445281119201 DAY briefing by=town_leader", "445281119201 DAY guidance", "445281119000 DAY adoption through=offline trees=1", "445281119001 DAY planting work=new trees=3 occasion=leaders"),
		list("445281119201 DAY guidance", "445281119201 DAY briefing by=county_leader", "445281119000 DAY adoption through=offline trees=1", "445281119001 DAY planting work=new trees=3 occasion=leaders"), nil},
	{"10", "seconding", at(lihu3), "2024-01-01", "2024-03-31", list("445281119201 DAY planting work=new trees=3 occasion=leaders"), list("445281119201 DAY planting work=new trees=3 occasion=weekly"),
		list("445281119201 2024-01-01 liaison level=first_secretary")},
	{"11", "leads", at(lihu3), "2024-01-01", "", list("445281119201 DAY five_leads members=1"), list("445281119201 DAY five_leads members=0"), nil},
	{"12", "team", at(lihu3), "2024-01-01", "", list("445281119201 DAY team kind=members members=10"), list("445281119201 DAY team kind=experts members=10"), nil},
	{"12", "service", at(lihu3), "2024-01-01", "2024-03-31", list("445281119201 DAY service"), list("445281119000 DAY service"), nil},
	{"12", "service", at(lihu3), "2024-04-01", "2024-06-30", list("445281119201 DAY service"), list("445281119201 2024-03-31 service"), nil},
	{"13", "members", at(lihu3), "2024-01-01", "2024-03-31", list("445281119201 DAY adoption through=online trees=3 members=1"), list("445281119201 DAY adoption through=online trees=300 members=0"), nil},
	{"14", "arbour_day", at(lihu), "2024-03-01", "2024-03-20", list("445281119201 DAY planting work=new trees=3"), list("445281119201 2024-02-29 planting work=new trees=3", "445281001202 DAY planting work=new trees=3"), nil},
	{"15", "festivals", at(lihu3), "2024-02-03", "2024-02-24", list("445281119201 DAY planting work=new trees=3"), list("445281119201 2024-02-02 planting work=new trees=3"), nil},
	{"15", "festivals", at(lihu3), "2024-03-28", "2024-04-11", list("445281119201 DAY planting work=tending trees=3"), list("445281119201 2024-03-27 planting work=new trees=3"), nil},
	{"16", "town_seminar", at(lihu), "2024-01-01", "2024-02-29", list("445281119000 DAY seminar with=patrons"), list("445281119201 DAY seminar with=patrons", "445281119000 DAY seminar with=members_away"), nil},
	{"16", "village_seminar", at(lihu3), "2024-01-01", "2024-02-29", list("445281119201 DAY seminar with=patrons"), list("445281119201 DAY seminar with=members_away", "445281119000 DAY seminar with=patrons"), nil},
	{"16", "visits", at(lihu3), "2024-01-01", "2024-02-29", list("445281119201 DAY visit patrons=陈木清"), list("445281119001 DAY visit patrons=陈木清,黄秀英"), nil},
	{"17", "companies", office("市国资管理中心"), "2024-01-01", "", list("445281000000 DAY companies companies=某公司 +市国资管理中心"), list("445281000000 DAY companies companies=某公司 +市工商联"), nil},
	{"18", "students", office("团市委"), "2024-01-15", "2024-02-25", list("445281119201 DAY students students=6 +团市委"), list("445281119201 2024-01-14 students students=6 +团市委", "445281119201 DAY students students=6 +市教育局"), nil},
	{"18", "students", office("市教育局"), "2024-07-01", "2024-08-31", list("445281000000 DAY students students=6 +市教育局"), list("445281119201 2024-06-30 students students=6 +市教育局"), nil},
	{"19", "base", at(puning), "2024-01-01", "2024-02-29", list("445281119000 DAY base kind=onsite"), list("445281119000 DAY base kind=online"), nil},
	{"20", "bases", at(puning), "2024-01-01", "", list("445281119201 DAY base kind=online"), list("445281119000 DAY base kind=onsite"), nil},
	{"21", "half_month", at(lihu), "2024-02-01", "2024-02-15", list("445281119201 DAY planting work=new trees=8 occasion=adoption"), list("445281119201 DAY planting work=new trees=8 occasion=weekly"), nil},
	{"21", "half_month", at(lihu), "2024-02-16", "2024-02-29", list("445281119000 DAY planting work=new trees=8 occasion=adoption"), list("445281119201 2024-02-15 planting work=new trees=8 occasion=adoption"), nil},
	{"22", "adopted", at(puning), "2024-01-01", "2024-02-20", list("445281119201 DAY adoption through=online trees=29999", "445281001202 DAY adoption through=online trees=1"),
		list("445281119201 DAY adoption through=online trees=29999", "445281119201 DAY adoption through=offline trees=500"), nil},
	{"23", "certificates", at(puning), "2024-01-01", "", list("445281000000 DAY honour kind=certificate count=1"), list("445281000000 DAY honour kind=certificate count=0"), nil},
	{"25", "model_village", at(lihu), "2024-01-01", "2024-12-31", list("445281119201 DAY model kind=village"), list("445281119201 DAY model kind=household"), nil},
	{"25", "models", at(lihu3), "2024-01-01", "2024-12-31", list("445281119201 DAY model kind=garden"), list("445281119201 DAY model kind=village"), nil},
	{"26", "belt", at(lihu), "2024-01-01", "2024-12-31", list("445281119000 DAY model kind=belt"), list("445281119000 DAY model kind=village"), nil},
	{"27", "mutual", at(lihu), "2024-01-01", "2024-03-31", list("445281119000 DAY exchange form=mutual"), list("445281119000 DAY exchange form=contest"), nil},
	{"27", "mutual", at(lihu), "2024-10-01", "2024-12-31", list("445281119000 DAY exchange form=mutual"), list("445281119000 2024-09-30 exchange form=mutual"), nil},
	{"27", "contest", at(lihu), "2024-01-01", "2024-06-30", list("445281119000 DAY exchange form=contest"), list("445281119000 DAY exchange form=mutual"), nil},
	{"28", "study", at(puning), "2024-07-01", "2024-12-31", list("445281000000 DAY study"), list("445281000000 2024-06-30 study"), nil},
	{"29", "lecture", at(lihu), "2024-01-01", "2024-12-31", list("445281119201 DAY training attendances=30 form=lecture"), list("445281119201 DAY training attendances=30 form=on_site"), nil},
	{"30", "team", at(puning), "2024-01-01", "2024-12-31", list("445281000000 DAY team kind=experts members=5"), list("445281000000 DAY team kind=advisers members=5"), nil},
	{"30", "training", at(lihu), "2024-01-01", "2024-12-31", list("445281119201 DAY training attendances=30 form=observation"), list("445281119201 DAY training attendances=30 form=party_school"), nil},
	{"31", "cases", at(lihu), "2024-01-01", "2024-12-31", list("445281119201 DAY case"), list("445281001202 DAY case"), nil},

	{"leaders_liaison", "typical", at(lihu3), "2024-01-01", "", list("445281119201 DAY liaison level=county_leader"), list("445281119201 DAY liaison level=town_leader"),
		list("445281119201 2024-01-01 profile typical=1 members=50")},
	{"town_leaders_briefing", "briefing", at(lihu3), "2024-01-01", "2024-02-29", list("445281119201 DAY briefing by=town_leader"), list("445281119201 DAY briefing by=taskforce", "445281119000 DAY briefing by=town_leader"), nil},
	{"town_leaders_planting", "planting", at(lihu3), "2024-01-01", "2024-03-31", list("445281119201 DAY planting work=new trees=3 occasion=leaders"), list("445281119201 DAY planting work=new trees=3"), nil},
	{"typical_villages_as_models", "typical", at(lihu3), "2024-01-01", "", list("445281119201 DAY model kind=village"), list("445281119201 DAY model kind=area"),
		list("445281119201 2024-01-01 profile typical=1 members=50")},
	{"forest_villages_and_homesteads", "villages", at(puning), "2024-01-01", "2025-12-31", repeat("445281119201 DAY model kind=forest_village", 12), repeat("445281119201 DAY model kind=forest_village", 11), nil},
	{"forest_villages_and_homesteads", "homesteads", at(puning), "2024-01-01", "2025-12-31", repeat("445281119201 DAY model kind=forest_homestead", 2), repeat("445281119201 DAY model kind=forest_homestead", 1), nil},
	{"advisers_volunteers", "team", at(puning), "2024-01-01", "", list("445281000000 DAY team kind=advisers members=5"), list("445281000000 DAY team kind=members members=5"), nil},
	{"cases", "cases", at(lihu), "2024-01-01", "", list("445281119000 DAY case"), list("445281000000 DAY case"), nil},
	{"village_plans", "plan", at(lihu3), "2024-01-01", "2024-01-31", list("445281119201 DAY plan trees=300"), list("445281119201 DAY plan trees=300 status=standing"), nil},
	{"county_leaders_briefing", "briefing", at(lihu), "2024-01-01", "2024-02-29", list("445281119201 DAY briefing by=county_leader"), list("445281119201 DAY briefing by=town_leader"), nil},
	{"planting_after_adoption", "planting", at(lihu), "2024-01-01", "", list("445281119201 DAY planting work=new trees=2 occasion=adoption"), list("445281119201 DAY planting work=new trees=2 occasion=weekly"),
		list("445281119201 2024-01-01 adoption through=online trees=2")},
	{"electronic_certificates", "certificates", at(lihu), "2024-01-01", "", list("445281119201 DAY honour kind=certificate count=3"), list("445281119201 DAY honour kind=title count=3"), nil},
}

func repeat(text string, n int) []string { return slices.Repeat([]string{text}, n) }

// on puts a day into records.
func on(texts []string, day date.Date) []string {
	var all []string
	for _, text := range texts {
		all = append(all, strings.Replace(text, "DAY", day.String(), 1))
	}
	return all
}

// state is where the case's demand stands on a day with records.
func (c *demandCase) state(t *testing.T, day date.Date, texts []string) Item {
	t.Helper()
	f := facts(day.String(), recs(t, append(slices.Clone(c.also), texts...)...)...)
	d, x, p := demand(t, f, c.duty, c.demand, c.from)
	if p.To.String() != c.last {
		t.Fatalf("%s %s from %s ends on %v, want %s", c.duty, c.demand, c.from, p.To, c.last)
	}
	return f.Item(d, x, c.party, p)
}

// Each demand on both sides of its days and amounts.
func TestDemands(t *testing.T) {
	for i := range cases {
		c := &cases[i]
		t.Run(c.duty+" "+c.demand+" "+c.from, func(t *testing.T) {
			want := func(what string, day date.Date, texts []string, state State, done date.Date) Item {
				t.Helper()
				item := c.state(t, day, texts)
				if item.State != state || item.On != done {
					t.Errorf("%s: on %v it is %s %v, want %s %v", what, day, item.State, item.On, state, done)
				}
				if item.State.Owed() == (len(item.Lacks) == 0) {
					t.Errorf("%s: %s lacks %v", what, item.State, item.Lacks)
				}
				return item
			}
			none := date.Date{}
			first := date.MustParse(c.from)
			want("before its time", first.Add(-1), on(c.enough, first), NotYet, none)
			want("on the first day, nothing done", first, nil, InProgress, none)
			want("done on the first day", first, on(c.enough, first), Done, first)
			want("planned for tomorrow", first, on(c.enough, first.Add(1)), InProgress, none)
			for n := range c.enough {
				less := slices.Delete(slices.Clone(c.enough), n, n+1)
				want("one thing missing", first, on(less, first), InProgress, none)
			}
			last := first.Add(20)
			if c.last != "" {
				last = date.MustParse(c.last)
			}
			near := want("something near it", last, on(c.near, last), InProgress, none)
			if len(near.Lacks) == 0 || near.Lacks[0].Want < 1 {
				t.Errorf("it does not say what is missing: %+v", near.Lacks)
			}
			done := want("done on the last day", last, on(c.enough, last), Done, last)
			if len(done.Proofs) == 0 || done.Proofs[0].Record == "" {
				t.Errorf("no proof: %+v", done.Proofs)
			}
			if c.last == "" {
				want("long after", last.Add(400), on(c.near, last), InProgress, none)
				return
			}
			want("a day over", last.Add(1), nil, Overdue, none)
			want("a day over, something near it", last.Add(1), on(c.near, last), Overdue, none)
			want("done on the last day, seen later", last.Add(30), on(c.enough, last), Done, last)
			late, when := DoneLate, last.Add(1)
			if _, x, _ := demand(t, facts("2024-01-01"), c.duty, c.demand, c.from); x.Every != campaign.Once {
				late, when = Overdue, none // the next period is another matter
			}
			want("done a day late", last.Add(1), on(c.enough, last.Add(1)), late, when)
		})
	}
}

// Every demand of every task and order that records show has a case.
func TestEveryDemandHasACase(t *testing.T) {
	for _, d := range pack.Duties() {
		for _, x := range d.Demands {
			if x.Reported || x.Checks[0].Submitted {
				continue // in report_test.go and rows_test.go
			}
			if !slices.ContainsFunc(cases, func(c demandCase) bool { return c.duty == d.Key && c.demand == x.Key }) {
				t.Errorf("%s %s has no case", d.Key, x.Key)
			}
		}
	}
}
