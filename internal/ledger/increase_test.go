package ledger_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// added is what the board of 普宁 says the week added to 已植树 in 里湖镇, and over how many villages.
func (s *stage) added(due date.Date) (trees int64, villages int) {
	s.t.Helper()
	town, _ := s.tree(due).Unit(testkit.LihuTown)
	in, err := s.Increase(ctx, testkit.County, testkit.Puning, due, []unit.Unit{town})
	if err != nil {
		s.t.Fatal(err)
	}
	return in[0].Sums[s.col("planted_trees")], in[0].Villages
}

func TestIncreaseIsSinceEachVillageWasLastSealed(t *testing.T) {
	s := onSQLite(t, "2024-03-15 09:00")
	early := date.MustParse("2024-03-15")
	s.report(lihu1, early, s.row(100))
	s.report(lihu2, early, s.row(50))
	s.submit(testkit.LihuTown, early)
	if n, of := s.added(early); n != 0 || of != 0 {
		t.Errorf("first week added %d over %d villages; there is nothing to compare with", n, of)
	}
	s.set("2024-03-22 09:00")
	s.report(lihu1, lastWeek, s.row(130)) // lihu2 is missing
	s.submit(testkit.LihuTown, lastWeek)
	s.set("2024-03-29 09:00")
	s.report(lihu1, thisWeek, s.row(140))
	s.report(lihu2, thisWeek, s.row(90))
	s.report(lihu3, thisWeek, s.row(7)) // never before
	s.submit(testkit.LihuTown, thisWeek)
	if n, of := s.added(lastWeek); n != 30 || of != 1 {
		t.Errorf("week 8 added %d over %d, want 30 over 1", n, of)
	}
	if n, of := s.added(thisWeek); n != 10+40 || of != 2 {
		t.Errorf("week 9 added %d over %d, want 50 over 2", n, of)
	}
	// the missing one comes late and the earlier week is sealed anew
	s.report(lihu2, lastWeek, s.row(85))
	s.submit(testkit.LihuTown, lastWeek)
	if n, of := s.added(lastWeek); n != 30+35 || of != 2 {
		t.Errorf("week 8 with the late one added %d over %d, want 65 over 2", n, of)
	}
	if n, of := s.added(thisWeek); n != 10+5 || of != 2 {
		t.Errorf("week 9 after that added %d over %d, want 15 over 2", n, of)
	}
}

// TestIncreaseAgreesWithAPlainRecount reports and seals at random in three weeks, asking in
// between, and compares with walking back village by village.
func TestIncreaseAgreesWithAPlainRecount(t *testing.T) {
	db := testkit.SQLite(t)
	weeks := []date.Date{date.MustParse("2024-03-15"), lastWeek, thisWeek}
	villages := []unit.Code{lihu1, lihu2, lihu3}
	s := newStage(t, db, "2024-03-29 18:00")
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			due := rapid.SampledFrom(weeks).Draw(t, "week")
			village := rapid.SampledFrom(villages).Draw(t, "village")
			if _, err := s.Report(ctx, office(village), ledger.ReportInput{Unit: village, Week: due, Base: ledger.AnyBase,
				Values: s.row(rapid.IntRange(0, 90).Draw(t, "planted")), Notes: map[string]string{"planted_trees": "更正"}}); err != nil {
				t.Fatal(err)
			}
			if rapid.Bool().Draw(t, "seal") {
				s.submit(testkit.LihuTown, due)
			}
			if rapid.Bool().Draw(t, "ask") {
				s.added(rapid.SampledFrom(weeks).Draw(t, "asked"))
			}
		}
		for _, due := range weeks {
			var want int64
			n := 0
			for _, v := range villages {
				sheet, err := s.Sheet(ctx, testkit.County, testkit.Puning, due)
				if err != nil {
					t.Fatal(err)
				}
				row, _ := sheet.Row(v, s.Now())
				before, _, err := s.LastSealed(ctx, v, due)
				if err != nil {
					t.Fatal(err)
				}
				if row.Sealed != nil && before != nil {
					want, n = want+int64(row.Sealed[s.col("planted_trees")]-before[s.col("planted_trees")]), n+1
				}
			}
			if got, of := s.added(due); got != want || of != n {
				t.Fatalf("%s added %d over %d, want %d over %d", due, got, of, want, n)
			}
		}
	})
}
