package ledgerweb_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// The villages of 里湖镇 on the Friday of week 9, by how they stand.
const (
	Reported  unit.Code = 445281119001 // reported by phone
	Draft     unit.Code = 445281119202 // has typed 已植树 and not reported
	Unchanged unit.Code = 445281119204 // declared that nothing changed
	Nothing   unit.Code = 445281119205 // has done nothing
	Returned  unit.Code = 445281119208 // reported and was given back
)

// reporter is who reports for a village.
func reporter(village unit.Code) access.Actor {
	return access.Actor{Account: 77, Name: "填报员", Role: access.VillageReporter, Unit: village}
}

// last is what a village reported last, in week 8.
func (s *site) last(village unit.Code, key string) ledger.Value {
	s.t.Helper()
	i, ok := s.Pack.Ledger.ColumnIndex(key)
	if !ok {
		s.t.Fatal("no column " + key)
	}
	return demo.Figures(s.Pack.Ledger, village, 8)[i]
}

// more is 已植树 with so many trees more than last week, as it is typed: within what is planned
// and secured, so that nothing is wrong with it.
func (s *site) more(village unit.Code, n ledger.Value) string {
	s.t.Helper()
	trees := s.last(village, "planted_trees") + n
	if trees > min(s.last(village, "planned_trees"), s.last(village, "secured_seedlings")) {
		s.t.Fatalf("%s has no room for %d trees more", village, n)
	}
	return strconv.FormatInt(int64(trees), 10)
}

// doubtful is how many villages of 里湖镇 have typed more trees than they plan or have secured,
// which is all that is wrong in its grid.
func (s *site) doubtful() int {
	s.t.Helper()
	views, err := s.Ledger.Rows(s.t.Context(), testkit.County, testkit.LihuTown, ledgertest.ThisWeek)
	if err != nil {
		s.t.Fatal(err)
	}
	column := func(key string) int { i, _ := s.Pack.Ledger.ColumnIndex(key); return i }
	planned, secured, planted := column("planned_trees"), column("secured_seedlings"), column("planted_trees")
	n := 0
	for _, v := range views {
		if v.Draft != nil && v.Filled[planted] > min(v.Filled[planned], v.Filled[secured]) {
			n++
		}
	}
	if n == 0 {
		s.t.Fatal("nothing is wrong in 里湖镇 that could be counted")
	}
	return n
}

// friday is 16:18 on the Friday of week 9: the other towns have handed in, in 里湖镇 and
// 流沙东街道 some villages have reported, some have begun, some have done nothing.
func friday(t *testing.T) *ledgertest.World { return fridayAt(t, "2024-03-29 16:18") }

func fridayAt(t *testing.T, at string) *ledgertest.World {
	t.Helper()
	data, err := fridayFile()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "friday.db")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := ledgertest.Open(context.Background(), "sqlite:"+file, testkit.NewClock(at))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	return w
}

var fridayFile = sync.OnceValues(func() (data []byte, err error) {
	dir, err := os.MkdirTemp("", "sangzi-friday-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "friday.db")
	w, err := ledgertest.Open(context.Background(), "sqlite:"+file, testkit.NewClock("2024-01-30 09:00"))
	if err != nil {
		return nil, err
	}
	stage := demo.Stage{Pack: w.Pack, Tree: w.Tree, Ledger: w.Ledger, Set: w.Clock.Set, Open: []unit.Code{testkit.LihuTown, testkit.EastTown}}
	err = stage.Fill(context.Background(), testkit.NewClock("2024-03-29 16:18").Now())
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})
