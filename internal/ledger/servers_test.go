package ledger_test

import (
	"errors"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// What one server has written is seen by the other before it writes: a lock, a version, a return.
func TestOtherServerIsSeenBeforeWriting(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		one := newStage(t, db, "2024-03-29 16:18")
		two := one.another()
		two.view() // both have the week in memory
		one.report(lihu1, thisWeek, one.row(10))
		in := ledger.ReportInput{Unit: lihu1, Week: thisWeek, Values: two.row(11)}
		if _, err := two.Report(ctx, testkit.Town, in); !errors.Is(err, ledger.ErrMoved) {
			t.Errorf("over a version of the other server: %v", err)
		}
		in.Base = 1
		if r, err := two.Report(ctx, testkit.Town, in); err != nil || r.Version != 2 {
			t.Errorf("%+v, %v", r, err)
		}
		if sub := one.submit(testkit.LihuTown, thisWeek); sub.Members[0].Version != 2 {
			t.Errorf("submitted without the other server's version: %+v", sub.Members[0])
		}
		if _, err := one.lock(0); err != nil {
			t.Fatal(err)
		}
		before := one.snapshot()
		for verb, err := range two.everyWrite() {
			// a draft is typed, not written: that server learns of the lock with the next change
			if verb != "draft" && !errors.Is(err, ledger.ErrLocked) {
				t.Errorf("%s in a week that the other server has locked: %v", verb, err)
			}
		}
		before.same(t, one.snapshot())
	})
}

// A page that is read right after the other server's write shows row and version together.
func TestPageAfterOtherServersWrite(t *testing.T) {
	one := onSQLite(t, "2024-03-29 16:18")
	two := one.another()
	two.view()
	one.report(lihu1, thisWeek, one.row(10))
	if v := two.view(); v.Latest == nil || v.Latest.Version != v.Chain.Version || v.Filled[two.col("planted_trees")] != 10 {
		t.Errorf("the page shows version %d of %+v", v.Chain.Version, v.Latest)
	}
}

// A ledger opened again has everything as it was.
func TestRestart(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, url string) {
		want := ""
		for start := range 2 {
			db, err := database.Open(ctx, url)
			if err != nil {
				t.Fatal(err)
			}
			if _, _, err := db.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
			s := newStage(t, db, "2024-03-29 16:18")
			if start == 0 {
				s.report(lihu1, lastWeek, s.row(5))
				s.submit(testkit.LihuTown, lastWeek)
				if _, err := s.typeInto(lihu3, "planted_trees", "7"); err != nil {
					t.Fatal(err)
				}
				s.sealedWeek()
				if _, err := s.Grant(ctx, testkit.City, ledger.GrantInput{Unit: testkit.Jieyang, Week: thisWeek, Kind: ledger.Extension, Until: s.at("2024-03-30 12:00"), Reason: "台风"}); err != nil {
					t.Fatal(err)
				}
				want = s.all(lastWeek) + s.all(thisWeek)
			} else if got := s.all(lastWeek) + s.all(thisWeek); got != want {
				t.Errorf("after the restart\n%s\nbefore it\n%s", got, want)
			}
			if v, err := s.Row(ctx, testkit.County, lihu3, thisWeek); err != nil || v.Draft == nil || v.Filled[s.col("planted_trees")] != 7 {
				t.Errorf("start %d: the draft is %+v, %v", start+1, v.Draft, err)
			}
			s.store.Close()
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func (s *stage) typeInto(village unit.Code, key, text string) (ledger.Draft, error) {
	return s.SaveDraft(ctx, office(village), ledger.DraftInput{Unit: village, Week: thisWeek, Base: ledger.AnyBase, Inputs: map[string]string{key: text}})
}
