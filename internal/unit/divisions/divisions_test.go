package divisions_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestJieyang(t *testing.T) {
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	count := map[unit.Level]int{}
	virtual := 0
	for _, u := range units {
		count[u.Level()]++
		if u.Kind == unit.Virtual {
			virtual++
		}
	}
	want := map[unit.Level]int{unit.LevelProvince: 1, unit.LevelCity: 1, unit.LevelCounty: 5, unit.LevelTown: 108, unit.LevelVillage: 1651}
	for level, n := range want {
		if count[level] != n {
			t.Errorf("%s: %d units, want %d", level, count[level], n)
		}
	}
	if virtual != 18 {
		t.Errorf("%d virtual units, want 18", virtual)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree := r.At(date.Of(2024, 3, 29))
	if n := len(tree.Villages(445281000000)); n != 580 {
		t.Errorf("普宁 has %d villages, want 580", n)
	}
	if n := len(tree.Children(445281000000)); n != 33 {
		t.Errorf("普宁 has %d towns, want 33", n)
	}
}

func small() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		"provinces.csv": file("code,name\n44,\"广东省\"\n35,\"福建省\"\n"),
		"cities.csv":    file("code,name,provinceCode\n4419,\"东莞市\",44\n3505,\"泉州市\",35\n"),
		"areas.csv":     file("code,name,cityCode,provinceCode\n441900,\"东莞市\",4419,44\n350527,\"金门县\",3505,35\n"),
		"streets.csv":   file("code,name,areaCode\n441900003,\"东城街道\",441900\n350527000,\"金门县\",350527\n"),
		"villages.csv":  file("code,name,streetCode\n441900003001,\"岗贝社区居委会\",441900003\n350527000000,\"金门县\",350527000\n"),
	}
}

func TestReadChinaDivision(t *testing.T) {
	units, err := divisions.ReadChinaDivision(small(), unit.Nation)
	if err != nil {
		t.Fatal(err)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree := r.At(date.Of(2024, 3, 29))
	if tree.VillageCount() != 1 || tree.Len() != 8 {
		t.Errorf("%d villages, %d units, want 1 and 8", tree.VillageCount(), tree.Len())
	}
	if kids := tree.Children(441900000000); len(kids) != 1 || kids[0].Name != "东城街道" {
		t.Errorf("children of 东莞: %v", kids)
	}
	only, err := divisions.ReadChinaDivision(small(), 441900003000)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, u := range only {
		names = append(names, u.Name)
	}
	if got := strings.Join(names, " "); got != "广东省 东莞市 东城街道 岗贝社区居委会" {
		t.Errorf("within 东城街道: %s", got)
	}
}

func TestReadChinaDivisionRefuses(t *testing.T) {
	cases := map[string]struct {
		change func(fstest.MapFS)
		want   *problem.Problem
		line   int
	}{
		"a file is missing": {func(m fstest.MapFS) { delete(m, "streets.csv") }, divisions.ErrNoFile, 0},
		"another head":      {func(m fstest.MapFS) { m["areas.csv"].Data = []byte("编码,名称\n") }, divisions.ErrBadRow, 1},
		"a code too short":  {func(m fstest.MapFS) { m["areas.csv"].Data = []byte("code,name\n4419,\"东莞市\"\n") }, divisions.ErrBadRow, 2},
		"letters in a code": {func(m fstest.MapFS) {
			m["cities.csv"].Data = []byte("code,name\n4419,\"东莞市\"\n44x9,\"东莞市\"\n")
		}, divisions.ErrBadRow, 3},
		"no name":             {func(m fstest.MapFS) { m["cities.csv"].Data = []byte("code,name\n4419,\"\"\n") }, divisions.ErrBadRow, 2},
		"an open quote":       {func(m fstest.MapFS) { m["cities.csv"].Data = []byte("code,name\n4419,\"东莞市\n") }, divisions.ErrBadRow, 2},
		"an empty line":       {func(m fstest.MapFS) { m["cities.csv"].Data = []byte("code,name\n\n4419,\"东莞市\"\n") }, divisions.ErrBadRow, 2},
		"code nought":         {func(m fstest.MapFS) { m["villages.csv"].Data = []byte("code,name\n000000000000,\"全国\"\n") }, divisions.ErrBadRow, 2},
		"a web page not data": {func(m fstest.MapFS) { m["villages.csv"].Data = []byte("<html>") }, divisions.ErrBadRow, 1},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			dir := small()
			c.change(dir)
			_, err := divisions.ReadChinaDivision(dir, unit.Nation)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if p, _ := problem.Of(err); c.line > 0 && p.Params["line"] != c.line {
				t.Errorf("line %v, want %d", p.Params["line"], c.line)
			}
		})
	}
	if _, err := divisions.ReadChinaDivision(small(), 110000000000); !errors.Is(err, divisions.ErrNothingWithin) {
		t.Errorf("another place: %v", err)
	}
}
