package ledger_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx = context.Background()

	lastWeek = date.MustParse("2024-03-22")
	thisWeek = date.MustParse("2024-03-29") // due Friday 17:30

	// villages of 里湖镇
	lihu1 unit.Code = 445281119001
	lihu2 unit.Code = 445281119002
	lihu3 unit.Code = 445281119201
	// a virtual area, alone in its town
	virtual     unit.Code = 445281405598
	virtualTown unit.Code = 445281405000
	huilai1     unit.Code = 445224100001

	eastClerk = access.Actor{Account: 12, Name: "吴晓东", Role: access.TownClerk, Unit: testkit.EastTown}
)

// stage is the ledger of a few towns on a database, with the clock set by hand.
type stage struct {
	*ledger.Service
	t        testing.TB
	db       *database.DB
	clock    *testkit.Clock
	store    *ledgerdb.Store
	registry *atomic.Pointer[unit.Registry]
}

// towns are those that most tests need: 流沙东街道 (17 villages), 里湖镇 (25), 三坑农场 (a virtual
// area) and, outside 普宁, 惠城镇.
var towns = []unit.Code{testkit.EastTown, testkit.LihuTown, virtualTown, testkit.Huicheng}

var fewUnits = sync.OnceValues(func() (*unit.Registry, error) {
	all, err := divisions.Jieyang()
	if err != nil {
		return nil, err
	}
	return unit.NewRegistry(slices.DeleteFunc(all, func(u unit.Unit) bool {
		return u.Level() >= unit.LevelTown && !slices.Contains(towns, u.Code.At(unit.LevelTown))
	}), nil)
})

// newStage opens the ledger on a migrated database at a time such as "2024-03-29 16:18".
func newStage(t testing.TB, db *database.DB, at string) *stage {
	units, err := fewUnits()
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, db: db, clock: testkit.NewClock(at), registry: &atomic.Pointer[unit.Registry]{}}
	s.registry.Store(units)
	s.open()
	return s
}

// onSQLite is newStage on a SQLite database of its own.
func onSQLite(t testing.TB, at string) *stage { return newStage(t, testkit.SQLite(t), at) }

func (s *stage) tree(day date.Date) *unit.Tree { return s.registry.Load().At(day) }

func (s *stage) open() {
	s.t.Helper()
	store, err := ledgerdb.Open(ctx, s.db, turned{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(store.Close)
	s.store = store
	s.Service = ledger.New(campaign.Default(), s.tree, store, s.clock.Now)
}

// another is one more server on the same database, with the same clock and units.
func (s *stage) another() *stage {
	s.t.Helper()
	o := *s
	o.open()
	return &o
}

// turned seals telephone numbers so that a test sees when one is stored as it is.
type turned struct{}

func (turned) Seal(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	return "sealed:" + reversed(s), nil
}

func (turned) Open(s string) (string, error) {
	plain, ok := strings.CutPrefix(s, "sealed:")
	if !ok && s != "" {
		return "", errors.New("not sealed")
	}
	return reversed(plain), nil
}

func reversed(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

func (s *stage) set(at string) { s.clock.Set(testkit.NewClock(at).Now()) }

func (s *stage) at(text string) time.Time { return testkit.NewClock(text).Now() }

// col is a column's place in the form.
func (s *stage) col(key string) int {
	i, ok := s.Form().ColumnIndex(key)
	if !ok {
		s.t.Fatalf("no column %q", key)
	}
	return i
}

// row is a village's row without findings: plan made, so many members, trees planned, secured and
// planted, and 万元 invested.
func (s *stage) row(planted int) ledger.Values {
	row := ledger.NewValues(len(s.Form().Columns))
	for i := range row {
		row[i] = 0
	}
	for key, v := range map[string]int{"plan_made": 1, "party_members": 40, "planned_trees": 1000, "secured_seedlings": 900,
		"planted_trees": planted, "planned_funds": 5 * campaign.FenPerWan, "invested_funds": 2 * campaign.FenPerWan,
		"fiscal_funds": 2 * campaign.FenPerWan} {
		row[s.col(key)] = ledger.Value(v)
	}
	return row
}

// with changes one cell of a copy.
func (s *stage) with(row ledger.Values, key string, v ledger.Value) ledger.Values {
	row = slices.Clone(row)
	row[s.col(key)] = v
	return row
}

func (s *stage) head(name string) ledger.Head {
	return ledger.Head{Unit: name, Contact: "黄志明", Phone: "13800001234", FilledOn: s.Today()}
}

// office is the county office above a unit.
func office(of unit.Code) access.Actor {
	return access.Actor{Account: 3, Name: "林晓燕", Role: access.CountyOffice, Unit: of.At(unit.LevelCounty)}
}

// report reports a village's row on its behalf, and fails the test when that fails.
func (s *stage) report(village unit.Code, week date.Date, row ledger.Values) ledger.RowVersion {
	s.t.Helper()
	r, err := s.Report(ctx, office(village), ledger.ReportInput{Unit: village, Week: week, Base: ledger.AnyBase, Values: row,
		Source: ledger.Source{Kind: ledger.ByGrid}})
	if err != nil {
		s.t.Fatalf("report %s: %v", village, err)
	}
	return r
}
