package ledgerdb_test

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestDrafts(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		key := ledger.DraftKey{Unit: village(0), Week: week}
		if _, err := s.Draft(ctx, key); !errors.Is(err, ledger.ErrNoDraft) {
			t.Errorf("no draft: %v", err)
		}
		d := ledger.Draft{Unit: key.Unit, Week: week, Inputs: map[string]string{"a": "１２\n"}, Notes: map[string]string{"b": ""}, Actor: "陈秋月", Account: 1, At: time.UnixMilli(5).UTC()}
		saved, err := s.SaveDraft(ctx, d)
		if err != nil || saved.Revision != 1 {
			t.Fatalf("%+v, %v", saved, err)
		}
		if got, err := s.Draft(ctx, key); err != nil || fmt.Sprint(got) != fmt.Sprint(saved) {
			t.Errorf("%+v, want %+v, %v", got, saved, err)
		}
		if _, err := s.SaveDraft(ctx, d); !errors.Is(err, ledger.ErrDraftMoved) {
			t.Errorf("over a revision not seen: %v", err)
		}
		saved.Base = 2
		if saved, err = s.SaveDraft(ctx, saved); err != nil || saved.Revision != 2 {
			t.Fatalf("%+v, %v", saved, err)
		}
		saved.Base = 1
		if _, err = s.SaveDraft(ctx, saved); !errors.Is(err, ledger.ErrDraftMoved) {
			t.Errorf("typed over an earlier version of the row: %v", err)
		}
		for _, u := range []unit.Code{village(1), 445281001201, 445224100201} {
			if _, err := s.SaveDraft(ctx, ledger.Draft{Unit: u, Week: week}); err != nil {
				t.Fatal(err)
			}
		}
		for of, want := range map[unit.Code]int{village(0): 1, 445281119000: 2, 445281000000: 3, 445200000000: 4, unit.Nation: 4, 445222000000: 0} {
			if got, err := s.Drafts(ctx, of, week); err != nil || len(got) != want {
				t.Errorf("drafts of %s: %v, %v", of, got, err)
			}
		}
		// reported: gone; its neighbour's stays
		if _, err := s.report(key.Unit, 0); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Drafts(ctx, 445281119000, week); err != nil || len(got) != 1 || got[0].Unit != village(1) {
			t.Errorf("after reporting: %v, %v", got, err)
		}
		if err := s.DropDraft(ctx, ledger.DraftKey{Unit: village(1), Week: week}); err != nil {
			t.Error(err)
		}
		if got, err := s.Drafts(ctx, 445281119000, week); err != nil || len(got) != 0 {
			t.Errorf("after discarding: %v, %v", got, err)
		}
	})
}

func TestUploads(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		now := time.UnixMilli(1_711_700_000_000).UTC()
		save := func(id string, at time.Time, content []byte) {
			t.Helper()
			u := ledger.Upload{ID: id, Unit: 445281119000, Week: week, File: "表.xlsx", SHA256: "abc", Content: content, Account: 1, Actor: "黄", At: at}
			if err := s.SaveUpload(ctx, u); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Upload(ctx, id); err != nil || !bytes.Equal(got.Content, content) || got.File != "表.xlsx" || !got.At.Equal(at) || !got.TakenAt.IsZero() || got.Unit != u.Unit || got.Week != week {
				t.Errorf("%+v, %v", got, err)
			}
		}
		save("taken", now.Add(-49*time.Hour), []byte("PK\x00\xff"))
		take := ledger.Change{Unit: village(0), Week: week, Alone: true, Also: []ledger.Aside{{TakeUpload: "taken", At: now}},
			Prepare: func() ([]ledger.Event, error) { return nil, nil }}
		if err := s.Commit(ctx, take); err != nil {
			t.Fatal(err)
		}
		save("empty", now.Add(-48*time.Hour), nil)
		save("old", now.Add(-25*time.Hour), []byte("x"))
		save("young", now.Add(-23*time.Hour), []byte("x"))
		save("now", now, []byte("x"))
		for id, want := range map[string]error{"taken": nil, "empty": ledger.ErrNoUpload, "old": ledger.ErrNoUpload, "young": nil, "now": nil, "none": ledger.ErrNoUpload} {
			if got, err := s.Upload(ctx, id); !errors.Is(err, want) || id == "taken" && !got.TakenAt.Equal(now) {
				t.Errorf("%s: %+v, %v", id, got.TakenAt, err)
			}
		}
	})
}

// Counties and weeks are found by stepping from one to the next; they are those a plain reading
// of the tables gives.
func TestWeeksAndLatestRows(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		if weeks, err := s.Weeks(ctx, unit.Nation); err != nil || len(weeks) != 0 {
			t.Errorf("an empty ledger: %v, %v", weeks, err)
		}
		weeks := []date.Date{date.MustParse("2024-01-30"), date.MustParse("2024-02-02"), week}
		var events []ledger.Event
		for i, u := range []unit.Code{110101001001, 445224100201, 445281001201, 445281119201, 445281119202, 441900003001, 659012500201} {
			for k, w := range weeks {
				for v := range (i + k) % 3 {
					r := row(u, int32(v+1))
					r.Week = w
					events = append(events, ledger.Event{Row: r})
				}
			}
		}
		events = append(events, ledger.Event{Submission: &ledger.Submission{Unit: 445222100000, Week: weeks[1], Version: 1, Status: ledger.Sealed, At: time.UnixMilli(1)}})
		for _, of := range []unit.Code{unit.Nation, 440000000000, 445222000000} {
			events = append(events, ledger.Event{Grant: &ledger.Grant{Unit: of, Week: weeks[2], Kind: ledger.Waiver, At: time.UnixMilli(1)}})
		}
		if err := s.Commit(ctx, ledger.Change{Alone: true, Prepare: func() ([]ledger.Event, error) { return events, nil }}); err != nil {
			t.Fatal(err)
		}
		for _, of := range []unit.Code{unit.Nation, 110000000000, 440000000000, 441900000000, 441900003000, 445200000000, 445222000000, 445222100000,
			445281000000, 445281119000, 445281119201, 445281119202, 659012500201, 999999999999} {
			found := map[date.Date]bool{}
			latest := map[date.Date]map[unit.Code]int32{}
			for _, e := range events {
				switch {
				case e.Row != nil && of.Contains(e.Row.Unit):
					found[e.Row.Week] = true
					if latest[e.Row.Week] == nil {
						latest[e.Row.Week] = map[unit.Code]int32{}
					}
					latest[e.Row.Week][e.Row.Unit] = e.Row.Version
				case e.Submission != nil && of.Contains(e.Submission.Unit):
					found[e.Submission.Week] = true
				}
			}
			want := slices.SortedFunc(maps.Keys(found), date.Date.Compare)
			if got, err := s.Weeks(ctx, of); err != nil || !slices.Equal(got, want) {
				t.Errorf("weeks of %s: %v, want %v, %v", of, got, want, err)
			}
			for _, w := range weeks {
				rows, err := s.Rows(ctx, of, w)
				got := map[unit.Code]int32{}
				for _, r := range rows {
					got[r.Unit] = r.Version
				}
				if err != nil || len(got) != len(rows) || !maps.Equal(got, latest[w]) {
					t.Errorf("rows of %s in %v: %v, want %v, %v", of, w, got, latest[w], err)
				}
			}
		}
		for _, w := range weeks {
			n := 0
			err := s.LoadWeek(ctx, w, func(subs []ledger.Submission, grants []ledger.Grant) { n += len(subs) + len(grants) },
				func(*ledger.RowVersion) error { n++; return nil })
			want := 0
			for _, e := range events {
				if e.Week() == w {
					want++
				}
			}
			if err != nil || n != want {
				t.Errorf("%v holds %d, want %d, %v", w, n, want, err)
			}
		}
	})
}
