package record_test

import (
	"context"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx   = context.Background()
	today = date.MustParse("2024-03-29")
	// EastClerk is the clerk of the village's own town.
	eastClerk = access.Actor{Account: 10, Name: "杨海", Role: access.TownClerk, Unit: testkit.EastTown}
	neighbour = access.Actor{Account: 11, Name: "邻村", Role: access.VillageReporter, Unit: 445281001201}
	fishery   = access.Actor{Account: 12, Name: "水务局", Role: access.Department, Unit: testkit.Puning, Department: "普宁市水务局"}
)

// stage is the service on a database, with a clock that is set by hand.
type stage struct {
	*record.Service
	t     testing.TB
	clock *testkit.Clock
	db    *database.DB
}

func newStage(t testing.TB, db *database.DB) *stage {
	return serve(t, db, testkit.NewClock("2024-03-29 16:18"))
}

func serve(t testing.TB, db *database.DB, clock *testkit.Clock) *stage {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	store, err := recorddb.Open(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	s := &stage{t: t, clock: clock, db: db}
	if s.Service, err = record.New(ctx, campaign.Default(), registry.At, store, clock.Now); err != nil {
		t.Fatal(err)
	}
	return s
}

// planting is what a village enters most.
func planting(trees string) record.Input {
	return record.Input{Kind: "planting", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"work": "new", "trees": trees}}
}

func visit(names string) record.Input {
	return record.Input{Kind: "visit", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"patrons": names}}
}

func (s *stage) enter(a access.Actor, in record.Input) record.Version {
	s.t.Helper()
	v, err := s.Enter(ctx, a, in)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func at(v record.Version) record.At { return record.At{ID: v.ID, Base: v.Number} }

// list is a unit's records as an actor sees them.
func (s *stage) list(a access.Actor, q record.Query) []record.Version {
	s.t.Helper()
	list, err := s.List(ctx, a, q)
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

// code is the problem of an error, or what else it is.
func code(err error) string {
	if err == nil {
		return ""
	}
	if p, ok := problem.Of(err); ok {
		return p.Code
	}
	return err.Error()
}

func mustDay(text string) date.Date { return date.MustParse(text) }

// campaignColumns are the keys of the ledger's columns, in order.
func campaignColumns() []string {
	var keys []string
	for _, c := range campaign.Default().Ledger.Columns {
		keys = append(keys, c.Key)
	}
	return keys
}
