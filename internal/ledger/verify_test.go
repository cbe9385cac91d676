package ledger_test

import (
	"slices"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// A hand in the tables is found: whatever of a sealed week is changed, the version no longer
// agrees with its hash, or the next one not with it.
func TestVerifyFindsTampering(t *testing.T) {
	town := func(version int32) ledger.Flaw { return ledger.Flaw{Unit: testkit.LihuTown, Version: version} }
	county := ledger.Flaw{Unit: testkit.Puning, Version: 1}
	for _, c := range []struct {
		name, sql string
		want      []ledger.Flaw
	}{
		{"nothing", `UPDATE row_versions SET actor = actor`, nil},
		{"a value", `UPDATE row_versions SET cell_values = replace(cell_values, ',20,', ',21,') WHERE unit_code = 445281119002 AND version = 1`, []ledger.Flaw{town(1), town(3)}},
		{"a value that only the last version holds", `UPDATE row_versions SET cell_values = replace(cell_values, ',15,', ',16,') WHERE unit_code = 445281119001 AND version = 3`, []ledger.Flaw{town(3)}},
		{"a row away", `DELETE FROM row_versions WHERE unit_code = 445281119002`, []ledger.Flaw{town(1), town(3)}},
		{"a member's state", `UPDATE submissions SET members = replace(members, 'on_time', 'late') WHERE unit_code = 445281119000 AND version = 3`, []ledger.Flaw{town(3)}},
		{"a head", `UPDATE submissions SET head = replace(head, '黄志明', '别人') WHERE unit_code = 445281119000 AND version = 1`, []ledger.Flaw{town(1)}},
		{"a hash", `UPDATE submissions SET hash = 'ab' WHERE unit_code = 445281119000 AND version = 3`, []ledger.Flaw{county, town(3)}},
		{"the hash that a return carries on", `UPDATE submissions SET hash = 'ab' WHERE unit_code = 445281119000 AND version = 2`, []ledger.Flaw{town(2), town(3)}},
		{"a version away", `DELETE FROM submissions WHERE unit_code = 445281119000 AND version = 2`, []ledger.Flaw{town(2)}},
		{"the county's members", `UPDATE submissions SET members = replace(members, '"version":3', '"version":1') WHERE unit_code = 445281000000`, []ledger.Flaw{county}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := onSQLite(t, "2024-03-29 10:00")
			s.sealedWeek()
			if err := s.tamper(c.sql); err != nil {
				t.Fatal(err)
			}
			got, err := s.Verify(ctx, testkit.County, testkit.Puning, thisWeek)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("got %v, %v, want %v", got, err, c.want)
			}
		})
	}
}

// sealedWeek is a town sealed, returned and sealed again, and its county's lock.
func (s *stage) sealedWeek() {
	s.t.Helper()
	s.report(lihu1, thisWeek, s.row(10))
	s.report(lihu2, thisWeek, s.row(20))
	s.submit(testkit.LihuTown, thisWeek)
	if _, err := s.ReturnTown(ctx, testkit.County, ledger.ReturnInput{Unit: testkit.LihuTown, Week: thisWeek, Reason: "x"}); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.Return(ctx, testkit.Town, ledger.ReturnInput{Unit: lihu1, Week: thisWeek, Reason: "x"}); err != nil {
		s.t.Fatal(err)
	}
	s.report(lihu1, thisWeek, s.row(15))
	s.submit(testkit.LihuTown, thisWeek)
	if _, err := s.lock(0); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) tamper(query string) error {
	_, err := s.db.Writer().ExecContext(ctx, query)
	return err
}

// Untouched weeks verify on both databases, one server's as another's.
func TestVerify(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db, "2024-03-29 10:00")
		s.sealedWeek()
		for _, of := range []unit.Code{testkit.Puning, testkit.LihuTown, testkit.EastTown} {
			if flaws, err := s.another().Verify(ctx, testkit.County, of, thisWeek); err != nil || len(flaws) != 0 {
				t.Errorf("%s: %v, %v", of, flaws, err)
			}
		}
	})
}
