package ledger_test

import (
	"errors"
	"maps"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
)

func (s *stage) typeIn(base int32, inputs map[string]string) (ledger.Draft, error) {
	return s.SaveDraft(ctx, testkit.Town, ledger.DraftInput{Unit: lihu1, Week: thisWeek, Base: base, Inputs: inputs})
}

func (s *stage) view() ledger.RowView {
	s.t.Helper()
	v, err := s.Row(ctx, testkit.Town, lihu1, thisWeek)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func TestDraft(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 16:18")
		s.report(lihu1, thisWeek, s.row(100))
		// cells are merged one by one; what is no value is kept as typed
		if _, err := s.typeIn(1, map[string]string{"planted_trees": "１５０株"}); err != nil {
			t.Fatal(err)
		}
		d, err := s.typeIn(1, map[string]string{"party_members": "约50"})
		if err != nil || d.Revision != 2 || d.Inputs["planted_trees"] != "１５０株" || d.Inputs["party_members"] != "约50" {
			t.Fatalf("%+v, %v", d, err)
		}
		v := s.view()
		if v.Draft == nil || v.Filled[s.col("planted_trees")] != 150 || v.Typed[s.col("party_members")] != "约50" || v.Filled[s.col("party_members")] != ledger.Empty {
			t.Fatalf("view %+v", v)
		}
		if f, ok := v.Finding(s.col("party_members")); !ok || f.Code != ledger.NotANumber {
			t.Errorf("finding %+v", f)
		}
		if _, err := s.ReportDraft(ctx, testkit.Town, lihu1, thisWeek, ledger.ByForm); !errors.Is(err, ledger.ErrFindings) {
			t.Errorf("a draft that is no row was reported: %v", err)
		}
		// typing back what stands takes the cell out of the draft
		if d, err = s.typeIn(1, map[string]string{"party_members": "40"}); err != nil || len(d.Inputs) != 1 {
			t.Errorf("%+v, %v", d, err)
		}
		// who only reads does not see what is only typed
		if v, err := s.Row(ctx, testkit.Leader, lihu1, thisWeek); err != nil || v.Draft != nil || v.Filled[s.col("planted_trees")] != 100 {
			t.Errorf("the leader sees %+v, %v", v, err)
		}
		r, err := s.ReportDraft(ctx, testkit.Town, lihu1, thisWeek, ledger.ByForm)
		if err != nil || r.Version != 2 || r.Values[s.col("planted_trees")] != 150 {
			t.Fatalf("%+v, %v", r, err)
		}
		if v := s.view(); v.Draft != nil {
			t.Errorf("the reported draft is still there: %+v", v.Draft)
		}
		if _, err := s.store.Draft(ctx, ledger.DraftKey{Unit: lihu1, Week: thisWeek}); !errors.Is(err, ledger.ErrNoDraft) {
			t.Errorf("the reported draft is still stored: %v", err)
		}
		if _, err := s.typeIn(1, map[string]string{"planted_trees": "5"}); !ledger.IsMoved(err) {
			t.Errorf("typed over a version that is gone: %v", err)
		}
	})
}

// What was typed belongs to the version it was typed over, and survives that version's return.
func TestDraftOutlivesReturn(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	s.report(lihu1, thisWeek, s.row(100))
	if _, err := s.typeIn(1, map[string]string{"planted_trees": "150"}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "请核对"}); err != nil {
		t.Fatal(err)
	}
	if v := s.view(); v.Draft == nil || v.Filled[s.col("planted_trees")] != 150 {
		t.Fatalf("the draft is gone: %+v", v)
	}
	if d, err := s.typeIn(1, map[string]string{"party_members": "41"}); err != nil || len(d.Inputs) != 2 || d.Base != 2 {
		t.Fatalf("%+v, %v", d, err)
	}
	s.report(lihu1, thisWeek, s.row(160))
	if v := s.view(); v.Draft != nil || v.Filled[s.col("planted_trees")] != 160 {
		t.Errorf("the draft lies over a later report: %+v", v)
	}
}

func TestDraftNotes(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	note := func(text string) map[string]string { return map[string]string{"planted_trees": text} }
	in := ledger.ReportInput{Unit: lihu1, Week: thisWeek, Values: s.with(s.row(0), "planted_trees", 950), Notes: note("补植")}
	if _, err := s.Report(ctx, testkit.Town, in); err != nil {
		t.Fatal(err)
	}
	if v := s.view(); !maps.Equal(v.Notes, note("补植")) || len(v.Findings) != 0 {
		t.Errorf("notes %v, findings %v", v.Notes, v.Findings)
	}
	if _, err := s.SaveDraft(ctx, testkit.Town, ledger.DraftInput{Unit: lihu1, Week: thisWeek, Base: 1, Notes: note("")}); err != nil {
		t.Fatal(err)
	}
	if v := s.view(); len(v.Notes) != 0 || len(v.Findings) != 1 {
		t.Errorf("the note taken back still stands: %v, findings %v", v.Notes, v.Findings)
	}
	if err := s.DropDraft(ctx, testkit.Town, lihu1, thisWeek); err != nil {
		t.Fatal(err)
	}
	if v := s.view(); !maps.Equal(v.Notes, note("补植")) || v.Draft != nil {
		t.Errorf("after discarding: %v, %+v", v.Notes, v.Draft)
	}
}

// Two people typing in different cells at once lose nothing.
func TestDraftMergesConcurrentTyping(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		one := newStage(t, db, "2024-03-29 16:18")
		two := one.another()
		keys := []string{"planted_trees", "party_members", "patrons_visited", "training_attendances"}
		var wait sync.WaitGroup
		for i, key := range keys {
			wait.Go(func() {
				s := []*stage{one, two}[i%2]
				for {
					_, err := s.typeIn(ledger.AnyBase, map[string]string{key: "7"})
					if err == nil {
						return
					}
					if !errors.Is(err, ledger.ErrDraftMoved) {
						t.Error(err)
						return
					}
				}
			})
		}
		wait.Wait()
		v := one.view()
		for _, key := range keys {
			if v.Filled[one.col(key)] != 7 {
				t.Errorf("what was typed in %s is lost: %+v", key, v.Draft)
			}
		}
	})
}

// A server that has not yet seen another's report does not wipe what was typed over it.
func TestDraftOverVersionOfAnotherServer(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		one := newStage(t, db, "2024-03-29 16:18")
		two := one.another()
		two.view() // has the week in memory, without the report
		one.report(lihu1, thisWeek, one.row(100))
		if _, err := one.typeIn(1, map[string]string{"party_members": "41"}); err != nil {
			t.Fatal(err)
		}
		if _, err := two.typeIn(0, map[string]string{"planted_trees": "5"}); !errors.Is(err, ledger.ErrMoved) {
			t.Errorf("typed over no version: %v", err)
		}
		if d, err := two.typeIn(1, map[string]string{"planted_trees": "150"}); err != nil || len(d.Inputs) != 2 {
			t.Errorf("after that: %+v, %v", d, err)
		}
	})
}

func TestDraftRefuses(t *testing.T) {
	s := onSQLite(t, "2024-03-29 16:18")
	if _, err := s.typeIn(0, map[string]string{"nonsense": "5"}); !errors.Is(err, ledger.ErrColumn) {
		t.Errorf("no such column: %v", err)
	}
	if _, err := s.typeIn(4, map[string]string{"planted_trees": "5"}); !errors.Is(err, ledger.ErrMoved) {
		t.Errorf("a version that is not there: %v", err)
	}
	if _, err := s.ReportDraft(ctx, testkit.Town, lihu1, thisWeek, ledger.ByForm); !errors.Is(err, ledger.ErrFindings) {
		t.Errorf("an empty row was reported: %v", err)
	}
}
