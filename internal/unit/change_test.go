package unit_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

var (
	april = date.Of(2024, 4, 1)
	may   = date.Of(2024, 5, 1)
	june  = date.Of(2024, 6, 1)
)

const (
	county  = unit.Code(445281000000)
	lihuT   = unit.Code(445281119000)
	meitang = unit.Code(445281121000)
)

func smallRegistry(t testing.TB) *unit.Registry {
	t.Helper()
	r, err := unit.NewRegistry([]unit.Unit{
		{Code: 440000000000, Name: "广东省"}, {Code: 445200000000, Name: "揭阳市"}, {Code: county, Name: "普宁市"},
		{Code: lihuT, Name: "里湖镇"}, {Code: lihuT + 1, Name: "里湖居委会"}, {Code: lihuT + 201, Name: "新松村委会"}, {Code: lihuT + 202, Name: "竹林村委会"},
		{Code: meitang, Name: "梅塘镇"}, {Code: meitang + 1, Name: "梅塘居委会"}, {Code: meitang + 201, Name: "大宅村委会"}, {Code: meitang + 203, Name: "长美村委会"},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// snapshot is the tree of a day as people see it.
func snapshot(r *unit.Registry, day date.Date) map[unit.Code]string {
	m := map[unit.Code]string{}
	for u := range r.At(day).All {
		m[u.Code] = u.Name + " " + u.Kind.String()
	}
	return m
}

func TestRename(t *testing.T) {
	r := smallRegistry(t)
	next, set, err := r.Rename(lihuT+201, "新松社区居委会", may)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Names) != 1 || len(set.Spans) != 0 {
		t.Errorf("stored: %+v", set)
	}
	for day, want := range map[date.Date]string{may.Add(-1): "新松村委会", may: "新松社区居委会", june: "新松社区居委会"} {
		if u, _ := next.At(day).Unit(lihuT + 201); u.Name != want {
			t.Errorf("on %s it is %s", day, u.Name)
		}
	}
	// A name found later, for a day before the one already known.
	next, _, err = next.Rename(lihuT+201, "新松村民委员会", april)
	if err != nil {
		t.Fatal(err)
	}
	if got := namesOf(next.History(lihuT + 201)); got != "新松村委会 新松村民委员会 新松社区居委会" {
		t.Errorf("history: %s", got)
	}
	h := next.History(lihuT + 201)
	if h[0].To != april || h[1].From != april || h[1].To != may || h[2].From != may || !h[2].To.IsZero() {
		t.Errorf("history has gaps: %+v", h)
	}
}

func TestMergeVillages(t *testing.T) {
	r := smallRegistry(t)
	next, set, err := r.Merge([]unit.Code{lihuT + 201, lihuT + 202}, lihuT+201, "新竹村委会", may)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Spans) != 1 || len(set.Names) != 1 {
		t.Errorf("stored: %+v", set)
	}
	if got := namesOf(next.At(may).Villages(lihuT)); got != "里湖居委会 新竹村委会" {
		t.Errorf("villages after: %s", got)
	}
	if got := namesOf(next.At(april).Villages(lihuT)); got != "里湖居委会 新松村委会 竹林村委会" {
		t.Errorf("villages before: %s", got)
	}
	if heir, ok := next.Heir(lihuT+202, june); !ok || heir != lihuT+201 {
		t.Errorf("heir %s", heir)
	}
	if heir, ok := next.Heir(lihuT+202, april); !ok || heir != lihuT+202 {
		t.Errorf("heir in april %s", heir)
	}
	next, _, err = next.Merge([]unit.Code{lihuT + 201, lihuT + 1}, lihuT+2, "里湖社区居委会", june)
	if err != nil {
		t.Fatal(err)
	}
	if heir, ok := next.Heir(lihuT+202, june); !ok || heir != lihuT+2 {
		t.Errorf("heir after two merges %s", heir)
	}
}

func TestMergeTowns(t *testing.T) {
	r := smallRegistry(t)
	next, _, err := r.Merge([]unit.Code{lihuT, meitang}, lihuT, "里湖镇", may)
	if err != nil {
		t.Fatal(err)
	}
	tree := next.At(may)
	if got := namesOf(tree.Children(county)); got != "里湖镇" {
		t.Errorf("towns after: %s", got)
	}
	want := map[unit.Code]string{
		lihuT + 1: "里湖居委会", lihuT + 2: "梅塘居委会", lihuT + 201: "新松村委会", lihuT + 202: "竹林村委会", lihuT + 203: "长美村委会", lihuT + 204: "大宅村委会",
	}
	got := map[unit.Code]string{}
	for _, v := range tree.Villages(county) {
		got[v.Code] = v.Name
	}
	if !maps.Equal(got, want) {
		t.Errorf("villages after: %v", got)
	}
	if got := namesOf(next.At(may.Add(-1)).Villages(meitang)); got != "梅塘居委会 大宅村委会 长美村委会" {
		t.Errorf("villages before: %s", got)
	}
	if heir, _ := next.Heir(meitang+203, may); tree.ShortName(heir) != "长美村" {
		t.Errorf("heir of 长美 is %s", heir)
	}
}

func TestSplitAbolishAddMove(t *testing.T) {
	r := smallRegistry(t)
	next, _, err := r.Split(lihuT+201, []unit.Unit{{Code: lihuT + 201, Name: "新松村委会"}, {Code: lihuT + 210, Name: "新松南村委会"}}, may)
	if err != nil {
		t.Fatal(err)
	}
	if got := namesOf(next.At(may).Villages(lihuT)); got != "里湖居委会 新松村委会 竹林村委会 新松南村委会" {
		t.Errorf("after the split: %s", got)
	}
	next, _, err = next.Split(lihuT+202, []unit.Unit{{Code: lihuT + 211, Name: "竹东村委会"}, {Code: lihuT + 212, Name: "竹西村委会"}}, may)
	if err != nil {
		t.Fatal(err)
	}
	if heir, _ := next.Heir(lihuT+202, may); heir != lihuT+211 {
		t.Errorf("heir of 竹林 is %s", heir)
	}
	next, _, err = next.Abolish(lihuT+210, lihuT+201, june)
	if err != nil {
		t.Fatal(err)
	}
	next, _, err = next.Add(unit.Unit{Code: lihuT + 210, Name: "新村委会"}, june)
	if err != nil {
		t.Fatal(err)
	}
	if got := namesOf(next.History(lihuT + 210)); got != "新松南村委会 新村委会" {
		t.Errorf("the code used again: %s", got)
	}
	next, _, err = next.Move(lihuT, county+300_000, june.Add(1))
	if err != nil {
		t.Fatal(err)
	}
	if got := len(next.At(june.Add(1)).Villages(county + 300_000)); got != 5 {
		t.Errorf("%d villages moved", got)
	}
	if got := namesOf(next.At(june.Add(1)).Villages(lihuT)); got != "" {
		t.Errorf("left behind: %s", got)
	}
	if got := len(next.At(june).Villages(lihuT)); got != 5 {
		t.Errorf("%d villages the day before", got)
	}
}

func TestChangesRefused(t *testing.T) {
	r := smallRegistry(t)
	gone, _, err := r.Abolish(lihuT+202, lihuT+201, may)
	if err != nil {
		t.Fatal(err)
	}
	only := func(_ *unit.Registry, _ unit.Changes, err error) error { return err }
	cases := map[string]struct {
		err  error
		want *problem.Problem
	}{
		"a name for nobody":            {only(r.Rename(lihuT+299, "某村委会", may)), unit.ErrUnknown},
		"a name for one gone":          {only(gone.Rename(lihuT+202, "某村委会", may)), unit.ErrNotValidThen},
		"the name it has":              {only(r.Rename(lihuT+201, "新松村委会", may)), unit.ErrSameName},
		"an empty name":                {only(r.Rename(lihuT+201, " ", may)), unit.ErrBadName},
		"a name on no day":             {only(r.Rename(lihuT+201, "某村委会", date.Date{})), unit.ErrNoDay},
		"a name for the nation":        {only(r.Rename(0, "天下", may)), unit.ErrNation},
		"a name two lines long":        {only(r.Rename(lihuT+201, "某\n村", may)), unit.ErrBadName},
		"a merge of one":               {only(r.Merge([]unit.Code{lihuT + 201, lihuT + 201}, lihuT+201, "某", may)), unit.ErrNothingToDo},
		"a merge across levels":        {only(r.Merge([]unit.Code{lihuT + 201, lihuT}, lihuT, "某", may)), unit.ErrLevelMismatch},
		"a merge into a third":         {only(r.Merge([]unit.Code{lihuT + 201, lihuT + 202}, lihuT+1, "某", may)), unit.ErrCodeTaken},
		"a merge of one gone":          {only(gone.Merge([]unit.Code{lihuT + 201, lihuT + 202}, lihuT+201, "某", june)), unit.ErrNotValidThen},
		"a merge of one gone later":    {only(gone.Merge([]unit.Code{lihuT + 201, lihuT + 202}, lihuT+201, "新松村委会", april)), unit.ErrLaterChange},
		"a split into one":             {only(r.Split(lihuT+201, []unit.Unit{{Code: lihuT + 210, Name: "某"}}, may)), unit.ErrNothingToDo},
		"a split into the same twice":  {only(r.Split(lihuT+201, []unit.Unit{{Code: lihuT + 210, Name: "某"}, {Code: lihuT + 210, Name: "某"}}, may)), unit.ErrCodeTaken},
		"a split into itself twice":    {only(r.Split(lihuT+201, []unit.Unit{{Code: lihuT + 201, Name: "某"}, {Code: lihuT + 201, Name: "某"}}, may)), unit.ErrCodeTaken},
		"a split into a town":          {only(r.Split(lihuT+201, []unit.Unit{{Code: lihuT + 210, Name: "某"}, {Code: county + 500_000, Name: "某"}}, may)), unit.ErrLevelMismatch},
		"a town split from under":      {only(r.Split(lihuT, []unit.Unit{{Code: county + 500_000, Name: "甲镇"}, {Code: county + 501_000, Name: "乙镇"}}, may)), unit.ErrHasChildren},
		"a town abolished with people": {only(r.Abolish(lihuT, meitang, may)), unit.ErrHasChildren},
		"abolished into itself":        {only(r.Abolish(lihuT+201, lihuT+201, may)), unit.ErrItself},
		"abolished into nothing known": {only(r.Abolish(lihuT+201, lihuT+299, may)), unit.ErrUnknown},
		"abolished twice":              {only(gone.Abolish(lihuT+202, 0, june)), unit.ErrNotValidThen},
		"a code in use":                {only(r.Add(unit.Unit{Code: lihuT + 201, Name: "某"}, may)), unit.ErrCodeTaken},
		"a code in use until later":    {only(gone.Add(unit.Unit{Code: lihuT + 202, Name: "某"}, april)), unit.ErrCodeTaken},
		"a village in no town":         {only(r.Add(unit.Unit{Code: county + 500_001, Name: "某"}, may)), unit.ErrNoParent},
		"a city in no province":        {only(r.Add(unit.Unit{Code: 330100000000, Name: "某"}, may)), unit.ErrNoParent},
		"a code of five digits":        {only(r.Add(unit.Unit{Code: 44528, Name: "某"}, may)), unit.ErrBadCode},
		"moved to where it is":         {only(r.Move(lihuT, lihuT, may)), unit.ErrItself},
		"moved to a taken code":        {only(r.Move(lihuT, meitang, may)), unit.ErrCodeTaken},
	}
	for name, c := range cases {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%s: %v, want %v", name, c.err, c.want)
		}
	}
	if _, _, err := r.Add(unit.Unit{Code: 330000000000, Name: "浙江省"}, may); err != nil {
		t.Errorf("a new province: %v", err)
	}
}

func TestRegistryRefuses(t *testing.T) {
	cases := map[string]struct {
		units []unit.Unit
		names []unit.NameChange
		want  *problem.Problem
	}{
		"two at a time":       {[]unit.Unit{{Code: lihuT, Name: "甲镇"}, {Code: lihuT, Name: "乙镇", From: may}}, nil, unit.ErrOverlap},
		"a day too early":     {[]unit.Unit{{Code: lihuT, Name: "甲镇", To: june}, {Code: lihuT, Name: "乙镇", From: may}}, nil, unit.ErrOverlap},
		"ends before it was":  {[]unit.Unit{{Code: lihuT, Name: "甲镇", From: june, To: may}}, nil, unit.ErrBadSpan},
		"the nation":          {[]unit.Unit{{Name: "全国"}}, nil, unit.ErrBadCode},
		"no name":             {[]unit.Unit{{Code: lihuT}}, nil, unit.ErrBadName},
		"a name for nobody":   {nil, []unit.NameChange{{Code: lihuT, Name: "甲镇", From: may}}, unit.ErrStrayName},
		"a name after it all": {[]unit.Unit{{Code: lihuT, Name: "甲镇", To: may}}, []unit.NameChange{{Code: lihuT, Name: "乙镇", From: may}}, unit.ErrStrayName},
		"two names in a day":  {[]unit.Unit{{Code: lihuT, Name: "甲镇"}}, []unit.NameChange{{Code: lihuT, Name: "乙镇", From: may}, {Code: lihuT, Name: "丙镇", From: may}}, unit.ErrStrayName},
	}
	for name, c := range cases {
		if _, err := unit.NewRegistry(c.units, c.names); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if _, err := unit.NewRegistry([]unit.Unit{{Code: lihuT, Name: "乙镇", From: may}, {Code: lihuT, Name: "甲镇", To: may}}, nil); err != nil {
		t.Errorf("one after the other: %v", err)
	}
}

// TestOldWeeksKeepTheirUnits makes changes at random, in any order of days, and holds after
// each that no day before it has changed, that the old registry has not, and that the set of
// changes alone leads to the same registry.
func TestOldWeeksKeepTheirUnits(t *testing.T) {
	base := smallRegistry(t)
	rapid.Check(t, func(t *rapid.T) {
		r := base
		done := 0
		for i := range rapid.IntRange(1, 12).Draw(t, "changes") {
			day := april.Add(rapid.IntRange(0, 20).Draw(t, "day"))
			tree := r.At(day)
			pick := func(what string) unit.Code {
				towns := []unit.Code{lihuT, meitang, county + 500_000}
				if rapid.IntRange(0, 3).Draw(t, what+" town") == 0 {
					return rapid.SampledFrom(towns).Draw(t, what)
				}
				return rapid.SampledFrom(towns).Draw(t, what) + rapid.SampledFrom([]unit.Code{1, 2, 201, 202, 203, 204}).Draw(t, what+" village")
			}
			name := fmt.Sprintf("第%d村委会", i)
			var next *unit.Registry
			var set unit.Changes
			var err error
			villages := len(tree.Villages(unit.Nation))
			expected := villages
			switch rapid.IntRange(0, 5).Draw(t, "operation") {
			case 0:
				next, set, err = r.Rename(pick("renamed"), name, day)
			case 1:
				codes := []unit.Code{pick("merged"), pick("with")}
				into := pick("into")
				if codes[0].Level() == unit.LevelVillage {
					expected--
					if !slices.Contains(codes, into) {
						expected = villages - 1
					}
				}
				next, set, err = r.Merge(codes, into, name, day)
			case 2:
				code, a, b := pick("split"), pick("one"), pick("other")
				if code.Level() == unit.LevelVillage {
					expected++
				}
				next, set, err = r.Split(code, []unit.Unit{{Code: a, Name: name}, {Code: b, Name: name + "二"}}, day)
			case 3:
				code := pick("abolished")
				if code.Level() == unit.LevelVillage {
					expected--
				}
				next, set, err = r.Abolish(code, rapid.SampledFrom([]unit.Code{0, pick("heir")}).Draw(t, "or none"), day)
			case 4:
				code := pick("added")
				if code.Level() == unit.LevelVillage {
					expected++
				}
				next, set, err = r.Add(unit.Unit{Code: code, Name: name}, day)
			case 5:
				next, set, err = r.Move(pick("moved"), pick("to"), day)
			}
			if err != nil {
				if _, ok := problem.Of(err); !ok {
					t.Fatalf("not a problem: %v", err)
				}
				continue
			}
			done++
			if got := len(next.At(day).Villages(unit.Nation)); got != expected {
				t.Fatalf("%d villages on %s, want %d (before %d)", got, day, expected, villages)
			}
			for d := april.Add(-1); d.Before(day); d = d.Add(1) {
				if before, after := snapshot(r, d), snapshot(next, d); !maps.Equal(before, after) {
					t.Fatalf("%s changed by a change on %s: %v, %v", d, day, before, after)
				}
			}
			again, err := r.With(set)
			if err != nil {
				t.Fatal(err)
			}
			for d := april.Add(-1); d.Before(april.Add(22)); d = d.Add(1) {
				if !maps.Equal(snapshot(again, d), snapshot(next, d)) {
					t.Fatalf("the set of changes leads elsewhere on %s", d)
				}
				for u := range next.At(d).All {
					if u.Code == unit.Nation {
						continue
					}
					if _, ok := next.At(d).Parent(u.Code); !ok {
						t.Fatalf("%s hangs nowhere on %s", u.Code, d)
					}
					if heir, ok := next.Heir(u.Code, d); !ok || heir != u.Code {
						t.Fatalf("heir of %s on its own day %s is %s", u.Code, d, heir)
					}
					found := false
					for _, h := range next.History(u.Code) {
						found = found || h.ValidOn(d) && h.Name == u.Name
					}
					if !found {
						t.Fatalf("%s on %s is not in its history", u.Name, d)
					}
				}
			}
			r = next
		}
		if got := namesOf(base.At(june).Villages(lihuT)); got != "里湖居委会 新松村委会 竹林村委会" {
			t.Fatalf("the first registry changed: %s", got)
		}
	})
}
