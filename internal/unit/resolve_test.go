package unit_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

var friday = date.Of(2024, 3, 29)

const (
	jieyang = unit.Code(445200000000)
	puning  = unit.Code(445281000000)
)

var jieyangRegistry = sync.OnceValue(func() *unit.Registry {
	units, err := divisions.Jieyang()
	if err != nil {
		panic(err)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		panic(err)
	}
	return r
})

func jieyangTree() *unit.Tree { return jieyangRegistry().At(friday) }

// named finds a unit by its registered name, for readable tests.
func named(t testing.TB, tree *unit.Tree, of unit.Code, name string) unit.Unit {
	t.Helper()
	var found []unit.Unit
	for u := range tree.All {
		if of.Contains(u.Code) && u.Name == name {
			found = append(found, u)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d units called %s in %s", len(found), name, of)
	}
	return found[0]
}

func namesOf(units []unit.Unit) string {
	var names []string
	for _, u := range units {
		names = append(names, u.Name)
	}
	return strings.Join(names, " ")
}

func TestResolve(t *testing.T) {
	tree := jieyangTree()
	street := named(t, tree, puning, "流沙东街道").Code
	daba := named(t, tree, puning, "大坝镇").Code
	hongyang := named(t, tree, puning, "洪阳镇").Code
	denggang := named(t, tree, jieyang, "登岗镇").Code
	cases := []struct {
		within unit.Code
		text   string
		want   string
	}{
		{street, "新坛村", "新坛村委会"},
		{street, "新坛", "新坛村委会"},
		{street, "新坛村委会", "新坛村委会"},
		{street, "新坛村村委会", "新坛村委会"},
		{street, "新坛村村民委员会", "新坛村委会"},
		{street, "新 坛　村\r\n", "新坛村委会"},
		{street, "\ufeff新\u200b坛\u00a0村", "新坛村委会"},
		{street, "流沙东街道新坛村", "新坛村委会"},
		{street, "流沙东新坛村", "新坛村委会"},
		{street, "流沙东街道办事处新坛村", "新坛村委会"},
		{street, "流沙东办事处新坛", "新坛村委会"},
		{street, "普宁市流沙东街道新坛村", "新坛村委会"},
		{street, "广东省揭阳市普宁市流沙东街道新坛村民委员会", "新坛村委会"},
		{street, "广东揭阳普宁流沙东新坛", "新坛村委会"},
		{puning, "普宁市流沙东街道新坛村", "新坛村委会"},
		{jieyang, "普宁流沙东新坛", "新坛村委会"},
		{unit.Nation, "广东省揭阳市普宁市流沙东街道新坛村", "新坛村委会"},
		{street, "新坛村党支部", "新坛村委会"},
		{street, "新坛村党总支", "新坛村委会"},
		{street, "中共新坛村支部委员会", "新坛村委会"},
		{street, "1.新坛村", "新坛村委会"},
		{street, "１、新坛村", "新坛村委会"},
		{street, "（12）新坛村", "新坛村委会"},
		{street, "一、新坛村", "新坛村委会"},
		{street, "③新坛村", "新坛村委会"},
		{street, "7 新坛村", "新坛村委会"},
		{street, "新坛村。", "新坛村委会"},
		{street, "里湖镇新坛村", ""},
		{street, "惠来县新坛村", ""},
		{street, "汕头市普宁市流沙东街道新坛村", ""},
		{street, "新坛居委会", ""},
		{street, "新坛社区", ""},
		{street, "新", ""},
		{street, "村", ""},
		{street, "村委会", ""},
		{street, "流沙东街道", ""},
		{street, "", ""},
		{street, "合计", ""},
		{daba, "大坝", "大坝居委会 大坝村委会"},
		{daba, "大坝村", "大坝村委会"},
		{daba, "大坝居委会", "大坝居委会"},
		{daba, "大坝社区", "大坝居委会"},
		{daba, "大坝居", "大坝居委会"},
		{daba, "大坝镇大坝村", "大坝村委会"},
		{daba, "大坝大坝村", "大坝村委会"},
		{hongyang, "东村", "东村村委会"},
		{hongyang, "东村村", "东村村委会"},
		{hongyang, "东村村委会", "东村村委会"},
		{hongyang, "东村委会", "东村村委会"},
		{hongyang, "东", ""},
		{denggang, "登岗居委会", "登岗居委会"},
		{denggang, "登岗社区居民委员会", "登岗社区居民委员会"},
		{denggang, "登岗社区", "登岗居委会 登岗社区居民委员会"},
		{denggang, "登岗", "登岗居委会 登岗社区居民委员会"},
	}
	for _, c := range cases {
		if got := namesOf(tree.Resolve(c.within, c.text)); got != c.want {
			t.Errorf("%q within %s: %q, want %q", c.text, tree.FullName(c.within), got, c.want)
		}
	}
	v := named(t, tree, street, "新坛村委会")
	if got := tree.Resolve(puning, v.Code.String()); len(got) != 1 || got[0].Code != v.Code {
		t.Errorf("by code: %v", got)
	}
	if got := tree.Resolve(daba, v.Code.String()); len(got) != 0 {
		t.Errorf("by code from another town: %v", got)
	}
	if got := tree.Resolve(v.Code, "流沙东街道新坛村"); namesOf(got) != "新坛村委会" {
		t.Errorf("within itself: %v", got)
	}
}

// usualForms is how people write a registered name, made by other means than the program
// reads them with.
func usualForms(name string) []string {
	if strings.Contains(name, "虚拟") {
		return []string{name}
	}
	cut := func(endings ...string) (string, bool) {
		for _, e := range endings {
			if s, ok := strings.CutSuffix(name, e); ok {
				return s, true
			}
		}
		return "", false
	}
	with := func(stem string, endings ...string) []string {
		forms := []string{name}
		for _, e := range endings {
			forms = append(forms, stem+e)
		}
		return forms
	}
	if x, ok := cut("村民委员会", "村委会"); ok {
		return with(x, "", "村", "村委", "村委会", "村民委员会", "村村委会", "村村民委员会", "村党支部", "党总支", "村委会党支部")
	}
	if x, ok := cut("社区居民委员会", "社区居委会", "社区居委", "居民委员会", "居委会"); ok {
		return with(x, "", "居", "居委", "居委会", "居民委员会", "社区", "社区居委会", "社区居民委员会", "社区党支部", "居委会党总支")
	}
	return []string{name}
}

// formsByTown is which villages of a town can be meant by a form.
var formsByTown = sync.OnceValue(func() map[unit.Code]map[string][]unit.Code {
	all := map[unit.Code]map[string][]unit.Code{}
	for _, v := range jieyangTree().Villages(unit.Nation) {
		town := v.Code.At(unit.LevelTown)
		if all[town] == nil {
			all[town] = map[string][]unit.Code{}
		}
		for _, f := range usualForms(v.Name) {
			if !slices.Contains(all[town][f], v.Code) {
				all[town][f] = append(all[town][f], v.Code)
			}
		}
	}
	return all
})

// meant is the villages a form of one of a town's villages has to resolve to: those
// registered under that very name, else all whose forms it is.
func meant(tree *unit.Tree, town unit.Code, form string) []unit.Code {
	form = strings.TrimSuffix(strings.TrimSuffix(form, "党支部"), "党总支")
	var exact []unit.Code
	for _, v := range tree.Villages(town) {
		if v.Name == form {
			exact = append(exact, v.Code)
		}
	}
	if len(exact) > 0 {
		return exact
	}
	return formsByTown()[town][form]
}

func codesOf(units []unit.Unit) []unit.Code {
	var codes []unit.Code
	for _, u := range units {
		codes = append(codes, u.Code)
	}
	return codes
}

func TestEveryUsualFormOfEveryVillage(t *testing.T) {
	tree := jieyangTree()
	checked, shared := 0, 0
	for _, v := range tree.Villages(unit.Nation) {
		town := v.Code.At(unit.LevelTown)
		townName, countyName := tree.FullName(town), tree.FullName(v.Code.At(unit.LevelCounty))
		for i, form := range usualForms(v.Name) {
			want := meant(tree, town, form)
			if len(want) > 1 {
				shared++
			}
			type question struct {
				within unit.Code
				text   string
			}
			qualified := []question{
				{town, strings.TrimPrefix(townName, countyName) + form},
				{jieyang, townName + form},
				{unit.Nation, "广东省" + townName + form},
				{v.Code.At(unit.LevelCounty), strings.TrimPrefix(townName, "揭阳市") + form},
			}
			// Each form behind one of the qualifications, each qualification before some forms.
			for _, c := range []question{{town, form}, qualified[(i+int(v.Code))%len(qualified)]} {
				checked++
				if got := codesOf(tree.Resolve(c.within, c.text)); !slices.Equal(got, want) {
					t.Errorf("%s (%s): %q within %s gives %v, want %v", v.Name, v.Code, c.text, c.within, got, want)
				}
			}
		}
		if got := codesOf(tree.Resolve(jieyang, tree.FullName(v.Code))); !slices.Equal(got, []unit.Code{v.Code}) {
			t.Errorf("%s is printed as %s and reads back as %v", v.Name, tree.FullName(v.Code), got)
		}
		if got := codesOf(tree.Resolve(town, tree.ShortName(v.Code))); !slices.Equal(got, []unit.Code{v.Code}) {
			t.Errorf("%s is printed as %s and reads back as %v", v.Name, tree.ShortName(v.Code), got)
		}
	}
	if checked < 30_000 || shared == 0 {
		t.Errorf("only %d forms tried, %d of them shared", checked, shared)
	}
}

func TestTypedNamesProperty(t *testing.T) {
	tree := jieyangTree()
	villages := tree.Villages(unit.Nation)
	towns := tree.Towns(jieyang)
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(villages).Draw(t, "village")
		town := v.Code.At(unit.LevelTown)
		form := rapid.SampledFrom(usualForms(v.Name)).Draw(t, "form")
		want := meant(tree, town, form)

		var b strings.Builder
		b.WriteString(rapid.SampledFrom([]string{"", "3.", "3、", "（3）", "3 ", " ", "\n"}).Draw(t, "before"))
		for _, r := range form {
			b.WriteString(rapid.SampledFrom([]string{"", "", " ", "　", "\n", "\u200b", "\t"}).Draw(t, "gap"))
			b.WriteRune(r)
		}
		if got := codesOf(tree.Resolve(town, b.String())); !slices.Equal(got, want) {
			t.Fatalf("%q within %s gives %v, want %v", b.String(), tree.FullName(town), got, want)
		}

		elsewhere := rapid.SampledFrom(towns).Draw(t, "other town")
		if elsewhere.Code != town {
			if got := tree.Resolve(town, elsewhere.Name+form); len(got) != 0 {
				t.Fatalf("%s%s found inside %s: %s", elsewhere.Name, form, tree.FullName(town), namesOf(got))
			}
		}
	})
}

func FuzzResolve(f *testing.F) {
	tree := jieyangTree()
	for _, s := range []string{"新坛村", "1、流沙东街道新坛村民委员会", "（3）玉环居", "445281001201", "市市市市县县", "\xff\xfe村", "里湖镇里湖镇里湖镇"} {
		f.Add(int64(445281000000), s)
	}
	f.Fuzz(func(t *testing.T, code int64, text string) {
		of := unit.Code(code)
		if !of.Valid() {
			of = jieyang
		}
		for _, u := range tree.Resolve(of, text) {
			if !of.Contains(u.Code) || u.Level() != unit.LevelVillage {
				t.Errorf("%q within %s gives %s", text, of, u.Code)
			}
		}
		for _, list := range [][]unit.Unit{tree.ResolveTown(of, text), tree.FindTown(of, text)} {
			for _, u := range list {
				if !of.At(unit.LevelTown).Contains(u.Code) || u.Level() != unit.LevelTown {
					t.Errorf("%q within %s gives town %s", text, of, u.Code)
				}
			}
		}
	})
}

func TestResolveFromManySides(t *testing.T) {
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	errs := make(chan error, 8)
	for range cap(errs) {
		wg.Go(func() {
			if got := namesOf(r.At(friday).Resolve(puning, "流沙东新坛")); got != "新坛村委会" {
				errs <- fmt.Errorf("found %q", got)
			}
		})
	}
	wg.Wait()
	close(errs)
	for err := range errs {
		t.Error(err)
	}
}

func BenchmarkResolve(b *testing.B) {
	tree := jieyangTree()
	street := tree.ResolveTown(puning, "流沙东街道")[0].Code
	for _, c := range []struct {
		name   string
		within unit.Code
		text   string
	}{
		{"own town", street, "新坛村"},
		{"own town, full", street, "广东省揭阳市普宁市流沙东街道新坛村民委员会"},
		{"county", puning, "新坛村"},
		{"city", jieyang, "新坛村"},
		{"city, full", jieyang, "揭阳市普宁市流沙东街道新坛村"},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if len(tree.Resolve(c.within, c.text)) != 1 {
					b.Fatal("not found")
				}
			}
		})
	}
}
