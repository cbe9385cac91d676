package ledgerdb

import (
	"context"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
)

// What is asked in every request or at every start steps through the keys; none of it reads a
// table from end to end, however large the ledger has grown.
func TestNothingReadsWholeTables(t *testing.T) {
	db := testkit.SQLite(t)
	for name, q := range map[string]struct {
		sql  string
		args []any
	}{
		"weeks":       {selectWeeks, []any{0, 1, 0, 1}},
		"counties":    {selectCounties, []any{20240329, 0, 1}},
		"latest rows": {selectLatestRows, []any{1, 20240329, 0, 1}},
		"history":     {selectRowHistory, []any{1, 20240329, 1}},
		"rows since":  {selectRowsBetween, []any{1, 2}},
		"submissions": {selectSubmissions, []any{1, 20240329, 1}},
		"drafts":      {selectDrafts, []any{20240329, 0, 1}},
		"take drafts": {takeDrafts, []any{1}},
		"old uploads": {deleteStaleUploads, []any{1}},
	} {
		rows, err := db.Writer().QueryContext(context.Background(), "EXPLAIN QUERY PLAN "+q.sql, q.args...)
		if err != nil {
			t.Fatal(name, err)
		}
		for rows.Next() {
			var id, parent, unused int
			var what string
			if err := rows.Scan(&id, &parent, &unused, &what); err != nil {
				t.Fatal(err)
			}
			for _, table := range []string{"row_versions", "submissions", "grants", "drafts", "uploads", "r", "s", "g", "l"} {
				if what == "SCAN "+table || strings.HasPrefix(what, "SCAN "+table+" ") {
					t.Errorf("%s: %s", name, what)
				}
			}
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
