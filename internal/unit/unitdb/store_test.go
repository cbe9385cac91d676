package unitdb_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/unit/unitdb"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var ctx = context.Background()

const county, lihu, meitang unit.Code = 445281000000, 445281119000, 445281121000

func open(t *testing.T, db *database.DB) *unitdb.Store {
	t.Helper()
	s, err := unitdb.Open(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	if s.Empty() {
		err := s.Install(ctx, []unit.Unit{
			{Code: 440000000000, Name: "广东省"}, {Code: 445200000000, Name: "揭阳市"}, {Code: county, Name: "普宁市"},
			{Code: lihu, Name: "里湖镇"}, {Code: lihu + 1, Name: "里湖居委会"}, {Code: lihu + 201, Name: "新松村委会"}, {Code: lihu + 202, Name: "竹林村委会"},
			{Code: meitang, Name: "梅塘镇"}, {Code: meitang + 201, Name: "大宅村委会"}, {Code: meitang + 498, Name: "虚拟社区", Kind: unit.Virtual},
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func same(t interface{ Fatalf(string, ...any) }, a, b *unit.Registry) {
	list := func(r *unit.Registry) (l []unit.Unit) {
		for u := range r.All {
			l = append(l, u)
		}
		return l
	}
	if !slices.Equal(list(a), list(b)) || !slices.Equal(a.Names(), b.Names()) {
		t.Fatalf("in memory %v %v, in the tables %v %v", list(a), a.Names(), list(b), b.Names())
	}
}

// Whatever the rules make of the register, the tables hold the same; the second store is
// always behind, and decides on what the first has written.
func TestAnyChanges(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		stores := []*unitdb.Store{open(t, db), open(t, db)}
		day := date.Of(2024, 4, 1)
		stored := 0
		rapid.Check(t, func(rt *rapid.T) {
			s := stores[rapid.IntRange(0, 1).Draw(rt, "server")]
			day = day.Add(rapid.IntRange(0, 2).Draw(rt, "days"))
			err := s.Apply(ctx, func(r *unit.Registry) (register.Decision, error) {
				towns := r.At(day).Towns(county)
				villages := r.At(day).Villages(county)
				pick := func(label string, from []unit.Unit) unit.Code {
					return from[rapid.IntRange(0, len(from)-1).Draw(rt, label)].Code
				}
				name := rapid.SampledFrom([]string{"甲村委会", "乙村委会", "丙社区居委会", "虚拟丁"}).Draw(rt, "name")
				fresh := pick("town", towns) + unit.Code(rapid.IntRange(1, 999).Draw(rt, "number"))
				var d register.Decision
				var err error
				switch rapid.IntRange(0, 4).Draw(rt, "verb") {
				case 0:
					d.Next, d.Changes, err = r.Rename(pick("unit", villages), name, day)
				case 1:
					d.Next, d.Changes, err = r.Add(unit.Unit{Code: fresh, Name: name, Kind: unit.KindOf(name)}, day)
				case 2:
					a, b := pick("a", villages), pick("b", villages)
					d.Next, d.Changes, err = r.Merge([]unit.Code{a, b}, a, name, day)
				case 3:
					d.Next, d.Changes, err = r.Move(pick("unit", villages), fresh, day)
				case 4:
					a := pick("unit", villages)
					d.Next, d.Changes, err = r.Split(a, []unit.Unit{{Code: a, Name: name}, {Code: fresh, Name: "戊村委会"}}, day)
				}
				d.Event = audit.Event{At: time.UnixMilli(1), Action: "unit.test", Unit: county}
				return d, err
			})
			if err == nil {
				stored++
			}
			again, err := unitdb.Open(ctx, db)
			if err != nil {
				rt.Fatal(err)
			}
			for _, s := range stores {
				if _, err := s.Refresh(ctx); err != nil {
					rt.Fatal(err)
				}
				same(rt, s.Registry(), again.Registry())
			}
		})
		if stored < 20 {
			t.Fatalf("only %d changes were stored", stored)
		}
		events, err := auditdb.Open(db).Events(ctx, audit.Query{Of: county, Limit: 200})
		if err != nil || len(events) != stored {
			t.Errorf("%d events of %d changes, %v", len(events), stored, err)
		}
	})
}

// A change that cannot be stored leaves the register, the tables and the counter alone.
func TestRefusedChange(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		before := s.Registry()
		refused := errors.New("refused")
		if err := s.Apply(ctx, func(*unit.Registry) (register.Decision, error) { return register.Decision{}, refused }); !errors.Is(err, refused) {
			t.Fatal(err)
		}
		next, set, err := before.Rename(lihu, "里湖街道", date.Of(2024, 5, 1))
		if err != nil {
			t.Fatal(err)
		}
		gone, cancel := context.WithCancel(ctx)
		err = s.Apply(gone, func(*unit.Registry) (register.Decision, error) {
			cancel()
			return register.Decision{Next: next, Changes: set}, nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("a client that is gone: %v", err)
		}
		if s.Registry() != before {
			t.Error("the register has changed in memory")
		}
		same(t, before, open(t, db).Registry())
		if changed, err := s.Refresh(ctx); changed || err != nil {
			t.Errorf("refresh: %v, %v", changed, err)
		}
		// And it still works.
		err = s.Apply(ctx, func(*unit.Registry) (register.Decision, error) {
			return register.Decision{Next: next, Changes: set}, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		same(t, next, open(t, db).Registry())
	})
}

// Events are those of exactly the unit, and of units only.
func TestEvents(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		err := db.Write(ctx, func(tx *sql.Tx) error {
			for _, e := range []audit.Event{{Action: "unit.rename", Unit: lihu, Subject: "1"}, {Action: "account.create", Unit: lihu, Subject: "2"},
				{Action: "unit.add", Unit: lihu + 1, Subject: "3"}, {Action: "unit.merge", Unit: lihu, Subject: "4"}} {
				if err := auditdb.Write(ctx, tx, e); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		events, err := s.Events(ctx, lihu)
		if err != nil || len(events) != 2 || events[0].Subject != "4" || events[1].Subject != "1" {
			t.Errorf("%+v, %v", events, err)
		}
	})
}
