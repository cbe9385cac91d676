package task

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// item is one item of a party.
func item(t *testing.T, f *Facts, key, name, from string, p record.Party) Item {
	t.Helper()
	d, x, period := demand(t, f, key, name, from)
	return f.Item(d, x, p, period)
}

func villagesOf(town unit.Code) []unit.Code {
	var all []unit.Code
	for _, v := range tree().Villages(town) {
		if v.Kind == unit.Ordinary {
			all = append(all, v.Code)
		}
	}
	return all
}

// A town's state of a task of each village is that of its villages: n of m, the others named.
func TestTownFromItsVillages(t *testing.T) {
	all := villagesOf(lihu)
	if len(all) != 25 {
		t.Fatalf("里湖镇 has %d villages", len(all))
	}
	var some []record.Version
	for i, v := range all[2:] {
		some = append(some, rec(t, fmt.Sprintf("%s 2024-02-%02d grove kind=park", v, i+1)))
	}
	got := item(t, facts("2024-03-31", some...), "4", "park", "2024-01-01", at(lihu))
	if got.State != InProgress || got.Of != 25 || got.Met != 23 || !slices.Equal(got.Missing, []record.Party{at(all[0]), at(all[1])}) {
		t.Errorf("%s, %d of %d, without %v", got.State, got.Met, got.Of, got.Missing)
	}
	if len(got.Lacks) != 1 || got.Lacks[0].Have != 23 || got.Lacks[0].Want != 25 {
		t.Errorf("lacks %+v", got.Lacks)
	}
	if got = item(t, facts("2024-04-01", some...), "4", "park", "2024-01-01", at(lihu)); got.State != Overdue {
		t.Errorf("a day over it is %s", got.State)
	}
	some = append(some, rec(t, all[0].String()+" 2024-03-05 grove kind=park"), rec(t, all[1].String()+" 2024-03-31 grove kind=park"))
	if got = item(t, facts("2024-05-01", some...), "4", "park", "2024-01-01", at(lihu)); got.State != Done || got.On.String() != "2024-03-31" || len(got.Missing) != 0 {
		t.Errorf("with all of them %s on %v", got.State, got.On)
	}
	some[len(some)-1] = rec(t, all[1].String()+" 2024-04-01 grove kind=park")
	if got = item(t, facts("2024-05-01", some...), "4", "park", "2024-01-01", at(lihu)); got.State != DoneLate || got.On.String() != "2024-04-01" {
		t.Errorf("with one late %s on %v", got.State, got.On)
	}
}

// A department that answers for what villages do stands as the county's villages stand; a town
// without villages has nothing to do there.
func TestDepartmentOverVillages(t *testing.T) {
	f := facts("2024-03-31", recs(t, "445281119201 2024-02-01 grove kind=park", "445224100001 2024-02-01 grove kind=park")...)
	got := item(t, f, "4", "park", "2024-01-01", office("市林业局"))
	if want := len(villagesOf(puning)); got.State != InProgress || got.Of != want || got.Met != 1 || len(got.Missing) != want-1 {
		t.Errorf("%s, %d of %d, %d missing; the county has %d", got.State, got.Met, got.Of, len(got.Missing), want)
	}
	if got = item(t, f, "4", "park", "2024-01-01", at(empty)); got.State != NotApplicable || got.Reason == "" {
		t.Errorf("a town without villages: %s %q", got.State, got.Reason)
	}
	if got = item(t, f, "22", "adopted", "2024-01-01", at(lihu)); got.Party != at(lihu) || got.Lacks[0].Want != 30_000 {
		t.Errorf("a town's state of the county's quota: %+v", got)
	}
}

// Who answers for what, from the printed list.
func TestAnswerable(t *testing.T) {
	f := facts("2024-03-01")
	towns := len(tree().Towns(puning))
	for _, c := range []struct {
		duty, demand string
		departments  []string
		towns        int
	}{
		{"1", "six_measures", nil, towns},
		{"2", "guidance", []string{"市委组织部"}, 0},
		{"4", "park", []string{"市农业农村局", "市林业局"}, towns},
		{"7", "doctors", []string{"市卫健局"}, 0},
		{"9", "offices", []string{"市委办", "市人大办", "市政府办", "市政协办"}, 0},
		{"10", "seconding", []string{"驻镇帮镇扶村工作队和驻村第一书记派出单位"}, towns},
		{"17", "companies", []string{"市委统战部", "市工商联", "市国资管理中心"}, 0},
		{"27", "contest", []string{"市委组织部"}, towns},
	} {
		for _, d := range f.Duties {
			if d.Key != c.duty {
				continue
			}
			x, _ := d.Demand(c.demand)
			var departments []string
			n := 0
			for _, p := range f.Answerable(x, puning) {
				if p.Department != "" {
					departments = append(departments, p.Department)
				} else {
					n++
				}
			}
			if !slices.Equal(departments, c.departments) || n != c.towns {
				t.Errorf("%s %s: %v and %d towns", c.duty, c.demand, departments, n)
			}
		}
	}
	f.Departments = []string{"普宁市林业局", "普宁市水利局"}
	d, x, _ := demand(t, f, "6", "groves", "2024-01-01")
	if got := f.Answerable(x, puning); len(got) != len(pack.Departments)+1 || got[len(got)-1].Department != "普宁市水利局" {
		t.Errorf("%s asks %v", d.Key, got)
	}
}

// somewhere are plain records of any kind, in a few places and any time of the year.
func somewhere(t *rapid.T) record.Version {
	kind := &pack.Records.Kinds[rapid.IntRange(0, len(pack.Records.Kinds)-1).Draw(t, "kind")]
	v := record.Version{Kind: kind.Key, Unit: rapid.SampledFrom([]unit.Code{lihu1, lihu3, xintan, lihu, puning}).Draw(t, "place"), Number: 1,
		Day:    date.MustParse("2024-01-01").Add(rapid.IntRange(0, 200).Draw(t, "day")),
		Status: rapid.SampledFrom([]record.Status{record.Standing, record.Approved}).Draw(t, "status"),
		Facts:  record.Facts{Numbers: map[string]int64{}, Answers: map[string]string{}, Names: map[string][]string{}}}
	for _, f := range kind.Fields {
		switch {
		case len(f.Choices) > 0:
			v.Facts.Answers[f.Key] = rapid.SampledFrom(f.Choices).Draw(t, f.Key).Key
		case f.Type == "names":
			v.Facts.Names[f.Key] = []string{rapid.SampledFrom([]string{"甲", "乙"}).Draw(t, f.Key)}
		case f.Type == "count" || f.Type == "money" || f.Type == "yes_no":
			v.Facts.Numbers[f.Key] = rapid.Int64Range(0, 1).Draw(t, f.Key)
		}
	}
	if rapid.Bool().Draw(t, "with") {
		v.With = []string{rapid.SampledFrom([]string{"市林业局", "市教育局", "市人大办"}).Draw(t, "department")}
	}
	return v
}

// standing is every item of a few parties, by what it is about.
func standing(f *Facts) map[Point]Item {
	all := map[Point]Item{}
	for _, p := range []record.Party{at(lihu3), at(xintan), at(lihu), office("市教育局"), office("市人大办")} {
		for _, i := range f.Of(p) {
			all[Point{i.Duty.Key, i.Demand.Key, p, i.Period.From}] = i
		}
	}
	return all
}

// Adding a record undoes nothing: what was met stays met, no later than before, and no amount
// falls; only what a demand applies to can grow.
func TestMoreRecordsUndoNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var versions []record.Version
		for range rapid.IntRange(0, 12).Draw(t, "records") {
			versions = append(versions, somewhere(t))
		}
		day := date.MustParse("2024-01-01").Add(rapid.IntRange(0, 200).Draw(t, "asked")).String()
		before := standing(facts(day, versions...))
		after := standing(facts(day, append(versions, somewhere(t))...))
		if len(before) != len(after) {
			t.Fatalf("%d items, then %d", len(before), len(after))
		}
		for point, was := range before {
			is := after[point]
			if len(was.Demand.Only) > 0 {
				continue // more may make it apply
			}
			if was.State.Met() && (!is.State.Met() || is.On.After(was.On) || was.State == Done && is.State != Done) {
				t.Fatalf("%v was %s on %v, is %s on %v", point, was.State, was.On, is.State, is.On)
			}
			if is.Met < was.Met || is.Of != was.Of || len(is.Lacks) > len(was.Lacks) {
				t.Fatalf("%v: %d of %d lacking %v, then %d of %d lacking %v", point, was.Met, was.Of, was.Lacks, is.Met, is.Of, is.Lacks)
			}
		}
	})
}

// The order of entry does not matter.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var versions []record.Version
		for i := range rapid.IntRange(1, 15).Draw(t, "records") {
			v := somewhere(t)
			v.Seq = int64(i + 1)
			versions = append(versions, v)
		}
		day := date.MustParse("2024-01-01").Add(rapid.IntRange(0, 200).Draw(t, "asked")).String()
		want := standing(facts(day, versions...))
		got := standing(facts(day, rapid.Permutation(versions).Draw(t, "order")...))
		for point, w := range want {
			if g := got[point]; g.State != w.State || g.On != w.On || g.Met != w.Met || fmt.Sprint(g.Lacks) != fmt.Sprint(w.Lacks) {
				t.Fatalf("%v is %s %v %v, in another order %s %v %v", point, w.State, w.On, w.Lacks, g.State, g.On, g.Lacks)
			}
		}
	})
}

// What is owed stands in order of its last day, and what has none comes last.
func TestOwed(t *testing.T) {
	list := Owed(facts("2024-03-12", recs(t, "445281119201 2024-03-12 planting work=new trees=3")...).Of(at(lihu3)))
	if len(list) < 10 {
		t.Fatalf("only %d", len(list))
	}
	last := 0
	for _, i := range list {
		if !i.State.Owed() || lastDay(&i) < last {
			t.Errorf("%s %s %v after %d", i.Duty.Key, i.Demand.Key, i.Period, last)
		}
		last = lastDay(&i)
		if i.Duty.Key == "3" && i.Period.From.String() == "2024-03-11" {
			t.Error("this week's planting is done, yet owed")
		}
	}
	if list[len(list)-1].Demand.Every != "ongoing" || list[0].State != Overdue {
		t.Errorf("from %s %s to %s", list[0].Duty.Key, list[0].State, list[len(list)-1].Duty.Key)
	}
}
