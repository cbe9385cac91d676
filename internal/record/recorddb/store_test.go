package recorddb_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx     = context.Background()
	errStop = errors.New("stopped")
	day     = date.MustParse("2024-03-24")
)

// server is a store with what it has been told, in order.
type server struct {
	*recorddb.Store
	mu   sync.Mutex
	told []record.Event
}

func open(t testing.TB, db *database.DB) *server {
	t.Helper()
	store, err := recorddb.Open(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	s := &server{Store: store}
	store.Follow(func(events []record.Event) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.told = append(s.told, events...)
	})
	return s
}

// events is what the store has been told, each as record.version@seq, with the version before it.
func (s *server) events() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for _, e := range s.told {
		before := int32(0)
		if e.Before != nil {
			before = e.Before.Number
		}
		out = append(out, fmt.Sprintf("%d.%d@%d over %d", e.Version.ID, e.Version.Number, e.Version.Seq, before))
	}
	return out
}

// planting is a first version; what it says does not matter to the store.
func planting(of unit.Code, on date.Date, trees int64) *record.Version {
	return &record.Version{Number: 1, Kind: "planting", Unit: of, With: []string{"普宁市林业局"}, Day: on, Status: record.Standing,
		Facts: record.Facts{Numbers: map[string]int64{"trees": trees}, Answers: map[string]string{"work": "new"}, Texts: map[string]string{"place": "<村口> & '河边'"},
			Names: map[string][]string{"patrons": {"陈木清"}}, Species: []record.Species{{Name: "荔枝", Count: trees}}, People: map[string]int64{"members": 12}},
		From: of, Account: 1, Actor: "陈秋月", At: time.UnixMilli(1_711_700_000_123).UTC(),
		Source: ledger.Source{Kind: ledger.ByWorkbook, File: "三月.xlsx", Sheet: "义务植树", Row: 4}}
}

// enter writes a new record and gives its number.
func (s *server) enter(t testing.TB, v *record.Version) int64 {
	t.Helper()
	if err := s.Commit(ctx, []record.Change{{Prepare: func(*record.Version) (*record.Version, error) { return v, nil }}}); err != nil {
		t.Fatal(err)
	}
	return v.ID
}

// next writes the version after the latest of a record, if that is base.
func (s *server) next(id int64, base int32, change func(v *record.Version)) error {
	return s.Commit(ctx, []record.Change{{ID: id, Prepare: func(before *record.Version) (*record.Version, error) {
		if before.Number != base {
			return nil, record.ErrMoved
		}
		v := *before
		v.Number++
		change(&v)
		return &v, nil
	}}})
}

// A version comes back as it was written, and the chain of corrections in order, each with who
// entered the record.
func TestVersionsComeBack(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		first := planting(testkit.Xintan, day, 120)
		first.Key, first.Until, first.Pointed = "K1", day.Add(9), []string{record.Unusual}
		id := s.enter(t, first)
		for n := int32(1); n < 4; n++ {
			if err := s.next(id, n, func(v *record.Version) {
				v.Key, v.Actor, v.From, v.Reason, v.Facts = "", "黄志明", testkit.EastTown, fmt.Sprintf("数错 %d", n), record.Facts{Numbers: map[string]int64{"trees": int64(n)}}
			}); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.next(id, 2, func(*record.Version) {}); !errors.Is(err, record.ErrMoved) {
			t.Errorf("over an older version: %v", err)
		}
		list, err := s.Versions(ctx, id)
		if err != nil || len(list) != 4 {
			t.Fatalf("%d versions, %v", len(list), err)
		}
		want := *first
		want.Entered = first.Entry()
		if !reflect.DeepEqual(list[0], want) {
			t.Errorf("came back as\n%+v\nwant\n%+v", list[0], want)
		}
		for i, v := range list {
			if v.Number != int32(i+1) || v.ID != id || v.Seq != id+int64(i) || v.Entered != first.Entry() {
				t.Errorf("version %d: number %d, seq %d, entered %+v", i+1, v.Number, v.Seq, v.Entered)
			}
		}
		if list[3].Reason != "数错 3" || list[3].Facts.Numbers["trees"] != 3 || list[3].From != testkit.EastTown {
			t.Errorf("the last is %+v", list[3])
		}
		if _, err := s.Versions(ctx, id+1); !errors.Is(err, record.ErrNone) {
			t.Errorf("no record: %v", err)
		}
		if err := s.next(999, 1, func(*record.Version) {}); !errors.Is(err, record.ErrNone) {
			t.Errorf("the next version of no record: %v", err)
		}
		histories, err := s.Histories(ctx, testkit.Xintan, "planting")
		if err != nil || !reflect.DeepEqual(histories, list) {
			t.Errorf("histories: %v, %d", err, len(histories))
		}
		if other, err := s.Histories(ctx, testkit.Xintan, "visit"); err != nil || len(other) != 0 {
			t.Errorf("of another kind: %d, %v", len(other), err)
		}
	})
}

// One that cannot be prepared spoils all of its commit and nothing of others; no number is lost.
func TestAllOrNone(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		give := func(v *record.Version) record.Change {
			return record.Change{Prepare: func(*record.Version) (*record.Version, error) { c := *v; return &c, nil }}
		}
		stop := record.Change{Prepare: func(*record.Version) (*record.Version, error) { return nil, errStop }}
		panics := record.Change{Prepare: func(*record.Version) (*record.Version, error) { panic("no") }}
		if err := s.Commit(ctx, []record.Change{give(planting(testkit.Xintan, day, 1)), stop}); !errors.Is(err, errStop) {
			t.Errorf("with one that stops: %v", err)
		}
		if err := s.Commit(ctx, []record.Change{panics, give(planting(testkit.Xintan, day, 2))}); err == nil {
			t.Error("with one that panics: no error")
		}
		if err := s.Commit(ctx, nil); err != nil {
			t.Errorf("nothing: %v", err)
		}
		if err := s.Commit(ctx, []record.Change{give(planting(testkit.Xintan, day, 3)), give(planting(testkit.LihuTown, day, 4))}); err != nil {
			t.Fatal(err)
		}
		if got := s.events(); !slices.Equal(got, []string{"1.1@1 over 0", "2.1@2 over 0"}) {
			t.Errorf("told %v", got)
		}
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if err := s.Commit(gone, []record.Change{give(planting(testkit.Xintan, day, 5))}); err == nil {
			t.Error("who has gone is told that it is written")
		}
	})
}

// What is entered twice with one key is one record, whoever of two servers is asked first; a key
// is one account's, one unit's, kind's and day's, and is free again when the record is withdrawn.
func TestKeyIsUsedOnce(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		a, b := open(t, db), open(t, db)
		enter := func(s *server, v *record.Version) (int64, error) {
			var id int64
			sent := v
			err := s.Commit(ctx, []record.Change{{Once: v, Prepare: func(before *record.Version) (*record.Version, error) {
				if before != nil {
					sent = before
					return nil, nil
				}
				c := *v
				sent = &c
				return &c, nil
			}}})
			if err == nil {
				id = sent.ID
			}
			return id, err
		}
		keyed := func(key string) *record.Version {
			v := planting(testkit.Xintan, day, 120)
			v.Key = key
			return v
		}
		var wait sync.WaitGroup
		ids := make([]int64, 16)
		for i := range ids {
			wait.Add(1)
			go func() {
				defer wait.Done()
				var err error
				if ids[i], err = enter([]*server{a, b}[i%2], keyed("same")); err != nil {
					t.Error(err)
				}
			}()
		}
		wait.Wait()
		for _, id := range ids {
			if id != ids[0] || id == 0 {
				t.Fatalf("sixteen times with one key: %v", ids)
			}
		}
		other := keyed("same")
		other.Account = 2
		for what, v := range map[string]*record.Version{"another key": keyed("other"), "another account": other} {
			if id, err := enter(a, v); err != nil || id == ids[0] {
				t.Errorf("%s: %d, %v", what, id, err)
			}
		}
		if err := a.next(ids[0], 1, func(v *record.Version) { v.Status = record.Withdrawn }); err != nil {
			t.Fatal(err)
		}
		if id, err := enter(b, keyed("same")); err != nil || id == ids[0] {
			t.Errorf("after it was withdrawn: %d, %v", id, err)
		}
		list, err := a.Records(ctx, record.Query{Of: testkit.Puning, Withdrawn: true, Limit: 100})
		if err != nil || len(list) != 4 {
			t.Errorf("%d records, %v", len(list), err)
		}
	})
}

// Two servers on one database end with the same events in the same order, and so does one that
// reads it all.
func TestServersFollowEachOther(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		a, b := open(t, db), open(t, db)
		id := a.enter(t, planting(testkit.Xintan, day, 1))
		if err := b.next(id, 1, func(v *record.Version) { v.Facts.Numbers = map[string]int64{"trees": 2} }); err != nil {
			t.Fatal(err) // b has not seen version 1 and takes it in on its way
		}
		var wait sync.WaitGroup
		for i := range 20 {
			wait.Add(1)
			go func() {
				defer wait.Done()
				s := []*server{a, b}[i%2]
				if err := s.Commit(ctx, []record.Change{{Prepare: func(*record.Version) (*record.Version, error) {
					return planting(testkit.Xintan, day.Add(i), int64(i)), nil
				}}}); err != nil {
					t.Error(err)
				}
			}()
		}
		wait.Wait()
		for _, s := range []*server{a, b} {
			if err := s.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
		}
		got := a.events()
		if len(got) != 22 || !slices.Equal(got, b.events()) {
			t.Errorf("one was told\n%v\nthe other\n%v", got, b.events())
		}
		if got[0] != fmt.Sprintf("%d.1@%d over 0", id, id) || got[1] != fmt.Sprintf("%d.2@%d over 1", id, id+1) {
			t.Errorf("began with %v", got[:2])
		}
		c := open(t, db)
		var loaded []string
		if err := c.Load(ctx, func(e record.Event) error {
			before := int32(0)
			if e.Before != nil {
				before = e.Before.Number
			}
			loaded = append(loaded, fmt.Sprintf("%d.%d@%d over %d", e.Version.ID, e.Version.Number, e.Version.Seq, before))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(loaded)
		slices.Sort(got)
		if !slices.Equal(loaded, got) {
			t.Errorf("loaded\n%v\nwant\n%v", loaded, got)
		}
		if err := c.Refresh(ctx); err != nil || len(c.events()) != 0 {
			t.Errorf("after loading, told again %v, %v", c.events(), err)
		}
		if err := c.Load(ctx, func(record.Event) error { return errStop }); !errors.Is(err, errStop) {
			t.Errorf("a load that is stopped: %v", err)
		}
	})
}

// Lists hold what is asked for, the latest day first.
func TestLists(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		make := func(of unit.Code, kind string, on date.Date, change func(v *record.Version)) int64 {
			v := planting(of, on, 1)
			v.Kind = kind
			if change != nil {
				change(v)
			}
			return s.enter(t, v)
		}
		neighbour := testkit.Xintan + 1
		one := make(testkit.Xintan, "planting", day, nil)
		two := make(testkit.Xintan, "planting", day, nil)
		older := make(testkit.Xintan, "visit", day.Add(-20), nil)
		beside := make(neighbour, "planting", day.Add(1), func(v *record.Version) { v.With = []string{"100%_局", `引"号`} })
		odd := make(testkit.Xintan, "planting", day.Add(-1), func(v *record.Version) { v.Pointed = []string{record.Unusual} })
		plan := make(testkit.Xintan, "plan", day.Add(-40), nil)
		town := make(testkit.EastTown, "seminar", day.Add(-2), nil)
		gone := make(testkit.Xintan, "planting", day.Add(2), nil)
		foreign := make(testkit.Huicheng, "planting", day, nil)
		if err := s.next(gone, 1, func(v *record.Version) { v.Status, v.Actor = record.Withdrawn, "别人" }); err != nil {
			t.Fatal(err)
		}
		if err := s.next(older, 1, func(v *record.Version) { v.Dispute = "没有来过" }); err != nil {
			t.Fatal(err)
		}
		all := record.Query{Of: testkit.EastTown, Limit: 100}
		with := func(change func(q *record.Query)) record.Query { q := all; change(&q); return q }
		for _, c := range []struct {
			name string
			q    record.Query
			want []int64
		}{
			{"a town and below", all, []int64{beside, two, one, odd, town, older, plan}},
			{"a village", with(func(q *record.Query) { q.Of = testkit.Xintan }), []int64{two, one, odd, older, plan}},
			{"the town itself", with(func(q *record.Query) { q.Own = true }), []int64{town}},
			{"the city", with(func(q *record.Query) { q.Of = testkit.Jieyang }), []int64{beside, foreign, two, one, odd, town, older, plan}},
			{"all there are", with(func(q *record.Query) { q.Of, q.Withdrawn = unit.Nation, true }), []int64{gone, beside, foreign, two, one, odd, town, older, plan}},
			{"pointed in the county", with(func(q *record.Query) { q.Of, q.Pointed = testkit.Puning, true }), []int64{odd, older}},
			{"pointed in a village", with(func(q *record.Query) { q.Of, q.Pointed = testkit.Xintan, true }), []int64{odd, older}},
			{"who took part, in a village, of a kind", with(func(q *record.Query) { q.Of, q.With, q.Kind = testkit.Xintan, "普宁市林业局", "visit" }), []int64{older}},
			{"who took part, in the city", with(func(q *record.Query) { q.Of, q.With = testkit.Jieyang, "普宁市林业局" }), []int64{foreign, two, one, odd, town, older, plan}},
			{"elsewhere", with(func(q *record.Query) { q.Of = testkit.Huilai }), []int64{foreign}},
			{"a kind", with(func(q *record.Query) { q.Kind = "visit" }), []int64{older}},
			{"from a day", with(func(q *record.Query) { q.From = day }), []int64{beside, two, one}},
			{"to a day", with(func(q *record.Query) { q.To = day.Add(-20) }), []int64{older, plan}},
			{"one day", with(func(q *record.Query) { q.From, q.To = day, day }), []int64{two, one}},
			{"with those withdrawn", with(func(q *record.Query) { q.Withdrawn = true }), []int64{gone, beside, two, one, odd, town, older, plan}},
			{"pointed or objected", with(func(q *record.Query) { q.Pointed = true }), []int64{odd, older}},
			{"awaiting approval", with(func(q *record.Query) { q.Awaiting = []string{"plan", "other"} }), []int64{plan}},
			{"who took part", with(func(q *record.Query) { q.With = "普宁市林业局" }), []int64{two, one, odd, town, older, plan}},
			{"part of a name", with(func(q *record.Query) { q.With = "林业局" }), nil},
			{"signs in a name", with(func(q *record.Query) { q.With = "100%_局" }), []int64{beside}},
			{"quotes in a name", with(func(q *record.Query) { q.With = `引"号` }), []int64{beside}},
			{"signs stand for themselves", with(func(q *record.Query) { q.With = "100%%局" }), nil},
			{"the first page", with(func(q *record.Query) { q.Limit = 3 }), []int64{beside, two, one}},
			{"the second page", with(func(q *record.Query) { q.Limit, q.Offset = 3, 3 }), []int64{odd, town, older}},
			{"beyond the last", with(func(q *record.Query) { q.Offset = 99 }), nil},
		} {
			list, err := s.Records(ctx, c.q)
			if err != nil {
				t.Fatal(err)
			}
			var got []int64
			for _, v := range list {
				got = append(got, v.ID)
				if v.Entered.Actor != "陈秋月" {
					t.Errorf("%s: entered by %+v", c.name, v.Entered)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
			}
		}
		if err := s.next(plan, 1, func(v *record.Version) { v.Status = record.Approved }); err != nil {
			t.Fatal(err)
		}
		if list, err := s.Records(ctx, with(func(q *record.Query) { q.Awaiting = []string{"plan"} })); err != nil || len(list) != 0 {
			t.Errorf("approved and still awaiting: %d, %v", len(list), err)
		}
	})
}
