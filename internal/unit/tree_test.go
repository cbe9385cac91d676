package unit_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/unit"
)

func TestNamesOfJieyang(t *testing.T) {
	tree := jieyangTree()
	v := named(t, tree, puning, "新坛村委会").Code
	if got := tree.FullName(v); got != "揭阳市普宁市流沙东街道新坛村" {
		t.Errorf("full name %s", got)
	}
	if got := strings.Join(tree.Path(v), ">"); got != "广东省>揭阳市>普宁市>流沙东街道>新坛村" {
		t.Errorf("path %s", got)
	}
	short := map[string]string{
		"玉环居委会": "玉环居委会", "登岗居委会": "登岗居委会",
		"登岗社区居民委员会":       "登岗社区居民委员会", // 登岗社区 would fit 登岗居委会 too
		"桃树岗村委会虚拟生活区":     "桃树岗村委会虚拟生活区",
		"和双村村委会":          "和双村村",
		"县苗圃场虚拟生活区":       "县苗圃场虚拟生活区",
		"珠海揭阳产业转移工业园虚拟社区": "珠海揭阳产业转移工业园虚拟社区",
	}
	for name, want := range short {
		if got := tree.ShortName(named(t, tree, jieyang, name).Code); got != want {
			t.Errorf("%s is printed as %s, want %s", name, got, want)
		}
	}
	for _, v := range tree.Villages(puning) {
		switch got := tree.ShortName(v.Code); {
		case strings.HasSuffix(v.Name, "村委会") && got != strings.TrimSuffix(v.Name, "委会"),
			strings.HasSuffix(v.Name, "社区居委会") && got != strings.TrimSuffix(v.Name, "居委会"):
			t.Errorf("%s is printed as %s", v.Name, got)
		}
	}
	for c, want := range map[unit.Code]string{0: "全国", 440000000000: "广东省", jieyang: "揭阳市", puning: "揭阳市普宁市", 999999999999: ""} {
		if got := tree.FullName(c); got != want {
			t.Errorf("%s is %q, want %q", c, got, want)
		}
	}
}

// odd places: 东莞 without counties, a county right under its province, a municipality.
func oddPlaces(t testing.TB) *unit.Tree {
	t.Helper()
	units := []unit.Unit{
		{Code: 110000000000, Name: "北京市"}, {Code: 110100000000, Name: "市辖区"}, {Code: 110101000000, Name: "东城区"},
		{Code: 110101001000, Name: "东华门街道"}, {Code: 110101001001, Name: "多福巷社区居委会"},
		{Code: 420000000000, Name: "湖北省"}, {Code: 429000000000, Name: "省直辖县级行政区划"}, {Code: 429004000000, Name: "仙桃市"},
		{Code: 429004001000, Name: "沙嘴街道"}, {Code: 429004001001, Name: "何坝社区"},
		{Code: 440000000000, Name: "广东省"}, {Code: 441900000000, Name: "东莞市"},
		{Code: 441900003000, Name: "东城街道"}, {Code: 441900003001, Name: "岗贝社区居民委员会"},
		{Code: 350000000000, Name: "福建省"}, {Code: 350500000000, Name: "泉州市"}, {Code: 350527000000, Name: "金门县"},
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	return r.At(friday)
}

func TestOddPlaces(t *testing.T) {
	tree := oddPlaces(t)
	for c, want := range map[unit.Code]string{
		110101001001: "北京市东城区东华门街道多福巷社区", 429004001001: "仙桃市沙嘴街道何坝社区",
		441900003001: "东莞市东城街道岗贝社区", 441900003000: "东莞市东城街道", 350527000000: "泉州市金门县",
	} {
		if got := tree.FullName(c); got != want {
			t.Errorf("%s is %s, want %s", c, got, want)
		}
		if c.Level() == unit.LevelVillage {
			if got := codesOf(tree.Resolve(unit.Nation, want)); !slices.Equal(got, []unit.Code{c}) {
				t.Errorf("%s resolves to %v", want, got)
			}
		}
	}
	if got := namesOf(tree.Children(441900000000)); got != "东城街道" {
		t.Errorf("below 东莞: %s", got)
	}
	if got := namesOf(tree.Descendants(unit.Nation, unit.LevelCounty)); got != "东城区 金门县 仙桃市 东莞市" {
		t.Errorf("counties: %s", got)
	}
	if got := namesOf(tree.Descendants(unit.Nation, unit.LevelTown)); got != "东华门街道 沙嘴街道 东城街道" {
		t.Errorf("towns: %s", got)
	}
	if p, ok := tree.Parent(441900003000); !ok || p.Name != "东莞市" {
		t.Errorf("above 东城街道: %v", p)
	}
	if p, ok := tree.Parent(440000000000); !ok || p.Code != unit.Nation {
		t.Errorf("above 广东省: %v", p)
	}
	if _, ok := tree.Parent(unit.Nation); ok {
		t.Error("something is above the nation")
	}
}

// TestTreeAgreesWithScanning holds every look-up against going through all units.
func TestTreeAgreesWithScanning(t *testing.T) {
	tree := jieyangTree()
	var all []unit.Unit
	for u := range tree.All {
		all = append(all, u)
	}
	if len(all) != 1767 || tree.Len() != 1767 {
		t.Fatalf("%d units, %d counted", len(all), tree.Len())
	}
	scan := func(keep func(unit.Unit) bool) []unit.Code {
		var codes []unit.Code
		for _, u := range all {
			if keep(u) {
				codes = append(codes, u.Code)
			}
		}
		slices.Sort(codes)
		return codes
	}
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.SampledFrom(all).Draw(t, "unit").Code
		level := unit.Level(rapid.IntRange(0, 5).Draw(t, "level"))
		want := scan(func(u unit.Unit) bool { return u.Level() == unit.LevelVillage && of.Contains(u.Code) })
		if got := codesOf(tree.Villages(of)); !slices.Equal(got, want) {
			t.Fatalf("villages of %s: %v, want %v", of, got, want)
		}
		lo, hi := tree.VillageSpan(of)
		if hi-lo != len(want) {
			t.Fatalf("span of %s: %d to %d for %d villages", of, lo, hi, len(want))
		}
		for i, c := range want {
			if at, ok := tree.VillageIndex(c); !ok || at != lo+i || tree.Villages(unit.Nation)[at].Code != c {
				t.Fatalf("index of %s: %d", c, at)
			}
		}
		if got, want := codesOf(tree.Children(of)), scan(func(u unit.Unit) bool { return u.Code != of && u.Code.Up() == of }); !slices.Equal(got, want) {
			t.Fatalf("children of %s: %v, want %v", of, got, want)
		}
		if got, want := codesOf(tree.Descendants(of, level)), scan(func(u unit.Unit) bool { return u.Level() == level && of.Contains(u.Code) }); !slices.Equal(got, want) {
			t.Fatalf("descendants of %s by %s: %v, want %v", of, level, got, want)
		}
		if got, want := codesOf(tree.Ancestors(of)), scan(func(u unit.Unit) bool { return u.Code != unit.Nation && u.Code.Contains(of) }); !slices.Equal(got, want) {
			t.Fatalf("ancestors of %s: %v, want %v", of, got, want)
		}
		if u, ok := tree.Unit(of); !ok || u.Code != of {
			t.Fatalf("unit %s: %v", of, u)
		}
		if u, ok := tree.Unit(of + 999); ok && u.Code != of+999 {
			t.Fatalf("unit %s: %v", of+999, u)
		}
	})
}

func BenchmarkVillageSpan(b *testing.B) {
	tree := jieyangTree()
	for b.Loop() {
		tree.VillageSpan(puning)
	}
}

func BenchmarkFullName(b *testing.B) {
	tree := jieyangTree()
	v := tree.Villages(puning)[100].Code
	b.ReportAllocs()
	for b.Loop() {
		tree.FullName(v)
	}
}
