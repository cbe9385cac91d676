package ledgerdb_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx     = context.Background()
	week    = date.MustParse("2024-03-29")
	errStop = errors.New("stopped")
)

type plain struct{}

func (plain) Seal(s string) (string, error) { return s, nil }
func (plain) Open(s string) (string, error) { return s, nil }

// server is a store with what it has been told.
type server struct {
	*ledgerdb.Store
	mu       sync.Mutex
	versions map[unit.Code]int32
	seqs     []int64
}

func open(t testing.TB, db *database.DB) *server {
	t.Helper()
	store, err := ledgerdb.Open(ctx, db, plain{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	s := &server{Store: store, versions: map[unit.Code]int32{}}
	store.Follow(func(events []ledger.Event) {
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, e := range events {
			s.seqs = append(s.seqs, e.Seq())
			if e.Row != nil {
				s.versions[e.Row.Unit] = e.Row.Version
			}
		}
	})
	return s
}

func (s *server) version(u unit.Code) int32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.versions[u]
}

// row is a row version; what else it has does not matter to the store.
func row(u unit.Code, version int32) *ledger.RowVersion {
	return &ledger.RowVersion{Unit: u, Week: week, Version: version, Status: ledger.Reported, Values: ledger.Values{ledger.Value(version), ledger.Empty},
		Source: ledger.Source{Kind: ledger.ByAPI}, Actor: "某人", At: time.UnixMilli(1_711_700_000_000)}
}

// report writes the next version of a row; it must be over base unless base is -1.
func (s *server) report(u unit.Code, base int32) (version int32, err error) {
	err = s.Commit(ctx, ledger.Change{Unit: u, Week: week, Prepare: func() ([]ledger.Event, error) {
		if v := s.version(u); base >= 0 && v != base {
			return nil, ledger.ErrMoved
		}
		version = s.version(u) + 1
		return []ledger.Event{{Row: row(u, version)}}, nil
	}})
	return version, err
}

func village(i int) unit.Code { return 445281119201 + unit.Code(i) }

// history reads a row's versions and fails the test when one is missing or out of order.
func (s *server) history(t *testing.T, u unit.Code) []ledger.RowVersion {
	t.Helper()
	rows, err := s.RowHistory(ctx, u, week)
	if err != nil {
		t.Fatal(err)
	}
	for i, r := range rows {
		if r.Version != int32(i+1) || r.Values[0] != ledger.Value(i+1) || i > 0 && r.Seq <= rows[i-1].Seq {
			t.Errorf("version %d of %s is %+v", i+1, u, r)
		}
	}
	return rows
}

// Many clients, one commit for many: each acknowledged version is there, without gaps, numbered
// in the order in which everybody is told.
func TestManyClients(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		const clients, each, rows = 32, 10, 7
		var acknowledged sync.Map
		var wait sync.WaitGroup
		for c := range clients {
			wait.Go(func() {
				for k := range each {
					u := village((c + k) % rows)
					v, err := s.report(u, -1)
					if err != nil {
						t.Error(err)
						return
					}
					if _, twice := acknowledged.LoadOrStore(fmt.Sprint(u, " ", v), true); twice {
						t.Errorf("version %d of %s was given twice", v, u)
					}
				}
			})
		}
		wait.Wait()
		var seqs []int64
		for i := range rows {
			for _, r := range s.history(t, village(i)) {
				if _, ok := acknowledged.Load(fmt.Sprint(r.Unit, " ", r.Version)); !ok {
					t.Errorf("version %d of %s was never acknowledged", r.Version, r.Unit)
				}
				seqs = append(seqs, r.Seq)
			}
		}
		slices.Sort(seqs)
		if len(seqs) != clients*each || seqs[0] != 1 || seqs[len(seqs)-1] != clients*each || len(slices.Compact(slices.Clone(seqs))) != len(seqs) {
			t.Errorf("%d numbers from %d to %d", len(seqs), seqs[0], seqs[len(seqs)-1])
		}
		if !slices.Equal(s.seqs, seqs) {
			t.Errorf("told in the order %v", s.seqs)
		}
	})
}

// Two servers writing the same rows: each is told everything once and in order, nothing is lost,
// and who comes second is told so by the rule, not by the tables.
func TestTwoServers(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		servers := []*server{open(t, db), open(t, db)}
		const each, rows = 40, 3
		var wait sync.WaitGroup
		var mu sync.Mutex
		written, moved := 0, 0
		for c := range 8 {
			wait.Go(func() {
				s := servers[c%2]
				for k := range each {
					u := village(k % rows)
					_, err := s.report(u, s.version(u))
					mu.Lock()
					switch {
					case err == nil:
						written++
					case errors.Is(err, ledger.ErrMoved):
						moved++
					default:
						t.Errorf("neither written nor moved: %v", err)
					}
					mu.Unlock()
				}
			})
		}
		wait.Wait()
		stored := 0
		for i := range rows {
			stored += len(servers[0].history(t, village(i)))
		}
		if stored != written || written == 0 || written+moved != 8*each {
			t.Errorf("%d stored, %d acknowledged, %d moved", stored, written, moved)
		}
		for n, s := range servers {
			if err := s.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
			if len(s.seqs) != stored || !slices.IsSorted(s.seqs) || s.seqs[0] != 1 || s.seqs[stored-1] != int64(stored) {
				t.Errorf("server %d was told %v", n+1, s.seqs)
			}
		}
		if fresh := open(t, db); fresh.Refresh(ctx) != nil || len(fresh.seqs) != 0 {
			t.Errorf("a server that starts is told what it will read: %v", fresh.seqs)
		}
	})
}

// One change that cannot be written, refuses or breaks does not spoil those beside it.
func TestBrokenChangesSpoilNoOther(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		if _, err := s.report(village(0), -1); err != nil {
			t.Fatal(err)
		}
		// hold the group up, so that what follows shares a commit
		began, pass := make(chan bool), make(chan bool)
		held := make(chan error)
		go func() {
			held <- s.Commit(ctx, ledger.Change{Alone: true, Unit: village(99), Week: week, Prepare: func() ([]ledger.Event, error) {
				close(began)
				<-pass
				return nil, errStop
			}})
		}()
		<-began
		changes := map[string]func() ([]ledger.Event, error){
			"taken":   func() ([]ledger.Event, error) { return []ledger.Event{{Row: row(village(0), 1)}}, nil },
			"refused": func() ([]ledger.Event, error) { return nil, errStop },
			"broken":  func() ([]ledger.Event, error) { panic("broken") },
			"status": func() ([]ledger.Event, error) {
				r := row(village(2), 1)
				r.Status = "nonsense"
				return []ledger.Event{{Row: r}}, nil
			},
			"fine":   func() ([]ledger.Event, error) { return []ledger.Event{{Row: row(village(3), 1)}}, nil },
			"fine 2": func() ([]ledger.Event, error) { return []ledger.Event{{Row: row(village(4), 1)}}, nil },
		}
		errs := map[string]error{}
		var mu sync.Mutex
		var wait sync.WaitGroup
		for name, prepare := range changes {
			wait.Go(func() {
				err := s.Commit(ctx, ledger.Change{Unit: village(len(name)), Week: week, Prepare: prepare})
				mu.Lock()
				defer mu.Unlock()
				errs[name] = err
			})
		}
		close(pass)
		if err := <-held; !errors.Is(err, errStop) {
			t.Error(err)
		}
		wait.Wait()
		for name, err := range errs {
			if fine := name == "fine" || name == "fine 2"; fine != (err == nil) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if !errors.Is(errs["refused"], errStop) {
			t.Errorf("refused: %v", errs["refused"])
		}
		if len(s.history(t, village(0))) != 1 || len(s.history(t, village(3))) != 1 || len(s.history(t, village(4))) != 1 || len(s.history(t, village(2))) != 0 {
			t.Error("not just the fine ones are stored")
		}
		if v, err := s.report(village(5), 0); err != nil || v != 1 {
			t.Errorf("after that: %d, %v", v, err)
		}
		if !slices.Equal(s.seqs, []int64{1, 2, 3, 4}) {
			t.Errorf("numbers %v", s.seqs)
		}
	})
}

// A change that fails half way leaves nothing, and is not told to anybody.
func TestHalfWay(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		err := s.Commit(ctx, ledger.Change{Unit: village(0), Week: week, Alone: true, Also: []ledger.Aside{{TakeUpload: "gone"}},
			Prepare: func() ([]ledger.Event, error) { return []ledger.Event{{Row: row(village(0), 1)}}, nil }})
		if !errors.Is(err, ledger.ErrNoUpload) {
			t.Errorf("got %v", err)
		}
		if len(s.history(t, village(0))) != 0 || len(s.seqs) != 0 {
			t.Error("half of it was kept")
		}
		if v, err := s.report(village(0), 0); err != nil || v != 1 || s.seqs[0] != 1 {
			t.Errorf("after that: %d, %v, numbers %v", v, err, s.seqs)
		}
	})
}
