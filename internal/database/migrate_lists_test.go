package database_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

// Records of a database from before the lists had their own columns get the town and who took
// part in their latest version.
func TestMigrateRecordLists(t *testing.T) {
	const before = 9
	testkit.URLs(t, func(t *testing.T, url string) {
		db, err := database.Open(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if err := db.MigrateTo(ctx, before); err != nil {
			t.Fatal(err)
		}
		for _, r := range []struct {
			id, version, unit int64
			with              string
		}{
			{1, 1, 445281001202, `["甲局"]`}, {1, 2, 445281001202, `["乙局","引\"号"]`},
			{2, 1, 445281001000, `null`}, {3, 1, 445281000000, `[]`}, {4, 1, 445224100201, `["甲局"]`},
		} {
			for _, q := range []string{
				`INSERT INTO record_versions (county, id, version, seq, kind, unit_code, took_part, day, until_day, facts, status, pointed, reason, dispute, from_unit, source, source_detail, account_id, actor, at)
					VALUES (CAST($1 AS BIGINT) / 1000000 * 1000000, CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($2 AS BIGINT) * 10 + CAST($3 AS BIGINT), 'planting', CAST($1 AS BIGINT), $4, 20240301, 0, '{}', 'standing', '[]', '', '', CAST($1 AS BIGINT), 'form', '{}', 1, '', 0)`,
				`INSERT INTO records (id, county, version, kind, unit_code, day, status, pointed) VALUES (CAST($2 AS BIGINT), CAST($1 AS BIGINT) / 1000000 * 1000000, CAST($3 AS BIGINT), 'planting', CAST($1 AS BIGINT), 20240301, 'standing', CASE WHEN CAST($4 AS TEXT) = '' THEN 1 ELSE 0 END)
					ON CONFLICT (id) DO UPDATE SET version = excluded.version`,
			} {
				if _, err := db.Writer().ExecContext(ctx, q, r.unit, r.id, r.version, r.with); err != nil {
					t.Fatal(err)
				}
			}
		}
		if _, _, err := db.Migrate(ctx); err != nil {
			t.Fatal(err)
		}
		for q, want := range map[string]string{
			`SELECT CAST(id AS TEXT) || ' ' || CAST(town AS TEXT) FROM records ORDER BY id`:                                                           "1 445281001000, 2 445281001000, 3 445281000000, 4 445224100000",
			`SELECT CAST(id AS TEXT) || name || CAST(county AS TEXT) || ' ' || CAST(unit_code AS TEXT) FROM record_parties ORDER BY id, length(name)`: `1乙局445281000000 445281001202, 1引"号445281000000 445281001202, 4甲局445224000000 445224100201`,
		} {
			rows, err := db.Reader().QueryContext(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for rows.Next() {
				var text string
				if err := rows.Scan(&text); err != nil {
					t.Fatal(err)
				}
				got = append(got, text)
			}
			if err := rows.Close(); err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(strings.Join(got, ", ")) != want {
				t.Errorf("%v, want %s", got, want)
			}
		}
	})
}
