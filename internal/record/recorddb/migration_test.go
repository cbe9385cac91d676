package recorddb_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

// Before there were photos, records.pointed was 1 where something was pointed out or objected to.
// What the migration makes of it is what the program would write.
func TestPointedIsMigrated(t *testing.T) {
	found, err := filepath.Glob("../../database/migrations/*_photos.sql")
	if err != nil || len(found) != 1 {
		t.Fatalf("migrations %v, %v", found, err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	var updates []string
	for statement := range strings.SplitSeq(string(text), ";\n") {
		if at := strings.Index(statement, "UPDATE records SET"); at >= 0 {
			updates = append(updates, statement[at:])
		}
	}
	if len(updates) != 2 {
		t.Fatalf("%d updates of records", len(updates))
	}
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		for _, change := range []func(v *record.Version){
			func(*record.Version) {},
			func(v *record.Version) { v.Pointed = []string{record.FutureDay} },
			func(v *record.Version) { v.Pointed = []string{record.Unusual, record.Again} },
			func(v *record.Version) { v.Dispute = "没有来过" },
			func(v *record.Version) { v.Dispute, v.Pointed = "没有来过", []string{record.Again} },
			func(v *record.Version) { v.Pointed, v.Status = []string{record.Unusual}, record.Withdrawn },
		} {
			v := planting(testkit.Xintan, day, 1)
			change(v)
			s.enter(t, v)
		}
		sets := func() (list []int64) {
			rows, err := db.Reader().QueryContext(ctx, `SELECT pointed FROM records ORDER BY id`)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			for rows.Next() {
				var n int64
				if err := rows.Scan(&n); err != nil {
					t.Fatal(err)
				}
				list = append(list, n)
			}
			return list
		}
		want := sets()
		for _, statement := range append([]string{`UPDATE records SET pointed = 1 WHERE pointed <> 0 OR status = 'withdrawn'`}, updates...) {
			if _, err := db.Writer().ExecContext(ctx, statement); err != nil {
				t.Fatal(err)
			}
		}
		got := sets()
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("record %d: %d, want %d", i+1, got[i], want[i])
			}
		}
		if want[1] != int64(record.PointFuture) || want[4] != int64(record.PointObjected|record.PointAgain) || want[5] != 0 {
			t.Errorf("written %v", want)
		}
	})
}
