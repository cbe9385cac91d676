package ledgertest

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/unit/unitdb"
)

// The weeks of the world.
var (
	FirstWeek = date.MustParse("2024-01-30") // the first of the campaign
	LastWeek  = date.MustParse("2024-03-22") // week 8: locked, then opened again
	ThisWeek  = date.MustParse("2024-03-29") // week 9
	NextWeek  = date.MustParse("2024-04-03") // nothing in it yet
)

// World is a ledger on a database of its own.
type World struct {
	Clock  *testkit.Clock
	Pack   *campaign.Pack
	Units  *unitdb.Store
	Store  *ledgerdb.Store
	Ledger *ledger.Service

	db *database.DB
}

// Tree is the units on a day.
func (w *World) Tree(day date.Date) *unit.Tree { return w.Units.Tree(day) }

// Empty is a world in which nobody has reported anything, at a time written as
// 2024-03-29 16:18.
func Empty(t testing.TB, at string) *World { return copyOf(t, emptyFile, at) }

// Busy is a world with nine weeks behind it: the demonstration's.
func Busy(t testing.TB, at string) *World { return copyOf(t, busyFile, at) }

func copyOf(t testing.TB, template func() ([]byte, error), at string) *World {
	t.Helper()
	data, err := template()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "sangzi.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := Open(context.Background(), "sqlite:"+path, testkit.NewClock(at))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Errorf("closing the world: %v", err)
		}
	})
	return w
}

var emptyFile = sync.OnceValues(func() ([]byte, error) {
	return build(func(context.Context, *World) error { return nil })
})

var busyFile = sync.OnceValues(func() ([]byte, error) {
	return build(func(ctx context.Context, w *World) error {
		stage := demo.Stage{Pack: w.Pack, Tree: w.Tree, Ledger: w.Ledger, Set: w.Clock.Set}
		return stage.Fill(ctx, testkit.NewClock("2024-03-29 16:18").Now())
	})
})

func build(fill func(context.Context, *World) error) (data []byte, err error) {
	dir, err := os.MkdirTemp("", "sangzi-world-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "world.db")
	w, err := Open(context.Background(), "sqlite:"+path, testkit.NewClock("2024-01-30 09:00"))
	if err != nil {
		return nil, err
	}
	err = fill(context.Background(), w)
	if cerr := w.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// Open opens a world's database, making it with the units of 揭阳市 when it is new.
func Open(ctx context.Context, url string, clock *testkit.Clock) (*World, error) {
	w := &World{Clock: clock, Pack: campaign.Default()}
	var err error
	if w.db, err = database.Open(ctx, url); err != nil {
		return nil, err
	}
	if _, _, err = w.db.Migrate(ctx); err != nil {
		return nil, err
	}
	if w.Units, err = unitdb.Open(ctx, w.db); err != nil {
		return nil, err
	}
	if w.Units.Empty() {
		units, err := divisions.Jieyang()
		if err != nil {
			return nil, err
		}
		if err := w.Units.Install(ctx, units); err != nil {
			return nil, err
		}
	}
	if w.Store, err = ledgerdb.Open(ctx, w.db, plain{}); err != nil {
		return nil, err
	}
	w.Ledger = ledger.New(w.Pack, w.Units.Tree, w.Store, clock.Now)
	return w, nil
}

// Close closes the database.
func (w *World) Close() error {
	w.Store.Close()
	return w.db.Close()
}

// plain leaves telephone numbers as they are; how they are sealed is not what is tested here.
type plain struct{}

func (plain) Seal(s string) (string, error) { return s, nil }
func (plain) Open(s string) (string, error) { return s, nil }
