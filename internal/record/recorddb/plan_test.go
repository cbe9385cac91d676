package recorddb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// many fills the tables with records of two counties' villages, so that an engine that plans by
// what is there has something to plan by.
func many(t *testing.T, db *database.DB) {
	t.Helper()
	numbers := `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) `
	town := `445281001000 + 1000 * (i % 20) - 57000000 * (i % 2)`
	village := `(` + town + `) + 201 + (i / 40) % 20`
	kind := `CASE WHEN i % 300 = 0 THEN 'plan' ELSE 'planting' END`
	day := `20240101 + (i / 7) % 28 + 100 * (i % 3)`
	for _, q := range []string{
		`INSERT INTO records (id, county, version, kind, unit_code, town, day, status, pointed) ` + numbers +
			`SELECT i, 445281000000 - 57000000 * (i % 2), 1, ` + kind + `, ` + village + `, ` + town + `, ` + day + `, 'standing', CASE WHEN i % 100 = 0 THEN 1 ELSE 0 END FROM n`,
		`INSERT INTO record_versions (county, id, version, seq, kind, unit_code, took_part, day, until_day, facts, status, pointed, reason, dispute, from_unit, source, source_detail, account_id, actor, at)
			SELECT county, id, 1, id, kind, unit_code, '[]', day, 0, '{}', 'standing', '[]', '', '', unit_code, 'form', '{}', 1, '', 0 FROM records`,
		`INSERT INTO record_parties (id, name, county, day, unit_code) SELECT id, CASE WHEN id % 50 = 0 THEN '市林业局' ELSE '市教育局' END, county, day, unit_code FROM records WHERE id % 5 = 0`,
	} {
		if db.Dialect == database.Postgres { // the list of numbers stands before the whole statement
			if rest, ok := strings.CutPrefix(q, `INSERT INTO records (id, county, version, kind, unit_code, town, day, status, pointed) `+numbers); ok {
				q = numbers + `INSERT INTO records (id, county, version, kind, unit_code, town, day, status, pointed) ` + rest
			}
		}
		if _, err := db.Writer().ExecContext(context.Background(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if db.Dialect == database.Postgres {
		if _, err := db.Writer().ExecContext(context.Background(), `ANALYZE`); err != nil {
			t.Fatal(err)
		}
	}
}

// plan is how the engine goes about a query, in its own words.
func plan(t *testing.T, db *database.DB, query string, args ...any) string {
	t.Helper()
	explain := map[database.Dialect]string{database.SQLite: "EXPLAIN QUERY PLAN ", database.Postgres: "EXPLAIN "}[db.Dialect]
	rows, err := db.Reader().QueryContext(context.Background(), explain+query, args...)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	var lines []string
	for rows.Next() {
		var id, parent, unused sql.NullInt64
		var what string
		into := []any{&what}
		if db.Dialect == database.SQLite {
			into = []any{&id, &parent, &unused, &what}
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, what)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// whole tells whether a plan reads one of the tables from end to end.
func whole(plan string) bool {
	for line := range strings.Lines(plan) {
		line = strings.TrimSpace(line)
		if strings.Contains(line, "Seq Scan on record") {
			return true
		}
		for _, table := range []string{"r", "p", "v", "f", "records", "record_parties", "record_versions"} {
			// A scan of an index in order stops at the end of the page.
			if line == "SCAN "+table {
				return true
			}
		}
	}
	return false
}

// sorts tells whether a plan puts lines in order by itself.
func sorts(plan string) bool {
	return strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "Sort")
}

// Each page of a list is read from an index that is in the list's order: none reads a table from
// end to end, and none sorts, however many records there are.
func TestListsStepThroughIndexes(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		many(t, db)
		day := date.MustParse("2024-02-10")
		county, town, village := unit.Code(445281000000), unit.Code(445281001000), unit.Code(445281001202)
		// PostgreSQL knows that of these there are few, and finds them all.
		few := map[string]bool{"a village": true, "a town": true, "a town itself": true, "a town's kind": true, "a county's kind": true, "pointed out": true, "pointed out at a town": true,
			"with a department": true, "with a department at a town": true}
		for name, q := range map[string]record.Query{
			"a village":                   {Of: village},
			"a village's day":             {Of: village, From: day, To: day, Kind: "planting"},
			"a town":                      {Of: town},
			"a town itself":               {Of: town, Own: true},
			"a town's kind":               {Of: town, Kind: "plan"},
			"a county":                    {Of: county},
			"a county from a day":         {Of: county, From: day},
			"a county's kind":             {Of: county, Kind: "plan"},
			"pointed out":                 {Of: county, Pointed: true},
			"pointed out at a town":       {Of: town, Pointed: true},
			"with a department":           {Of: county, With: "市林业局"},
			"with a department at a town": {Of: town, With: "市林业局"},
			"a city":                      {Of: 445200000000},
			"the nation":                  {Of: unit.Nation},
			"far back":                    {Of: county, Offset: 5000},
		} {
			q.Limit = 51
			query, args := selectRecords(db.Dialect, q)
			if got := plan(t, db, query, args...); whole(got) {
				t.Errorf("%s reads a whole table:\n%s", name, got)
			}
			found, args := selectFound(db.Dialect, q)
			if got := plan(t, db, found, args...); whole(got) || sorts(got) && (db.Dialect == database.SQLite || !few[name]) {
				t.Errorf("%s is not read in order:\n%s", name, got)
			}
		}
		query, args := selectRecords(db.Dialect, record.Query{Of: county, Awaiting: []string{"plan"}, Limit: 51})
		if got := plan(t, db, query, args...); whole(got) {
			t.Errorf("those awaiting approval:\n%s", got)
		}
	})
}

// What is asked with every record that is entered steps through keys.
func TestEnteringReadsNoWholeTable(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		many(t, db)
		for name, q := range map[string]struct {
			sql  string
			args []any
		}{
			"latest":    {selectLatest, []any{7}},
			"version":   {selectVersion, []any{7, 1}},
			"versions":  {selectVersions, []any{7}},
			"sent":      {selectSent, []any{445281001202, 20240110, "planting", "withdrawn", 1}},
			"between":   {selectBetween, []any{7, 9}},
			"histories": {selectHistories, []any{445281001202, "planting"}},
			"parties":   {`SELECT * FROM record_parties WHERE id = $1`, []any{7}},
		} {
			if got := plan(t, db, q.sql, q.args...); whole(got) {
				t.Errorf("%s:\n%s", name, got)
			}
		}
	})
}

// The list of who took part moves on with the latest version, and goes no further than it.
func TestPartiesFollowTheLatest(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s, err := Open(context.Background(), db)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		day := date.MustParse("2024-03-01")
		v := &record.Version{Number: 1, Kind: "planting", Unit: testkit.Xintan, Day: day, Status: record.Standing, With: []string{"甲局", "乙局"}}
		write := func(id int64, change func(v *record.Version)) {
			t.Helper()
			err := s.Commit(context.Background(), []record.Change{{ID: id, Prepare: func(before *record.Version) (*record.Version, error) {
				if before == nil {
					return v, nil
				}
				next := *before
				next.Number++
				change(&next)
				return &next, nil
			}}})
			if err != nil {
				t.Fatal(err)
			}
		}
		listed := func() (out []string) {
			for _, name := range []string{"甲局", "乙局", "丙局"} {
				list, err := s.Records(context.Background(), record.Query{Of: testkit.Puning, With: name, Withdrawn: true, Limit: 9})
				if err != nil {
					t.Fatal(err)
				}
				for i := range list {
					out = append(out, name+" "+list[i].Day.String())
				}
			}
			return out
		}
		for _, step := range []struct {
			change func(v *record.Version)
			want   []string
		}{
			{nil, []string{"甲局 2024-03-01", "乙局 2024-03-01"}},
			{func(v *record.Version) { v.With = []string{"丙局", "甲局"} }, []string{"甲局 2024-03-01", "丙局 2024-03-01"}},
			{func(v *record.Version) { v.Day = day.Add(1) }, []string{"甲局 2024-03-02", "丙局 2024-03-02"}},
			{func(v *record.Version) { v.Status = record.Withdrawn }, []string{"甲局 2024-03-02", "丙局 2024-03-02"}},
			{func(v *record.Version) { v.With = nil }, nil},
		} {
			if step.change == nil {
				write(0, nil)
			} else {
				write(v.ID, step.change)
			}
			if got := listed(); fmt.Sprint(got) != fmt.Sprint(step.want) {
				t.Errorf("%v, want %v", got, step.want)
			}
		}
	})
}
