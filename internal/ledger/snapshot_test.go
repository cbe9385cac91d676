package ledger_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// snapshot is every stored line of the tables that are never changed, by key.
type snapshot map[string]string

func (s *stage) snapshot() snapshot {
	s.t.Helper()
	out := snapshot{}
	for _, table := range []string{"row_versions", "submissions", "grants"} {
		for key, line := range s.lines(table) {
			out[table+" "+key] = line
		}
	}
	return out
}

// lines reads a table, by sequence number when it has one.
func (s *stage) lines(table string) map[string]string {
	s.t.Helper()
	rows, err := s.db.Reader().QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		s.t.Fatal(err)
	}
	out := map[string]string{}
	for rows.Next() {
		cells, ptrs := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			ptrs[i] = &cells[i]
		}
		if err := rows.Scan(ptrs...); err != nil {
			s.t.Fatal(err)
		}
		var line strings.Builder
		key := fmt.Sprint(len(out))
		for i, name := range names {
			fmt.Fprintf(&line, "%s=%v ", name, cells[i])
			if name == "seq" {
				key = fmt.Sprint(cells[i])
			}
		}
		out[key] = line.String()
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return out
}

// same fails the test when anything was added or changed.
func (before snapshot) same(t testing.TB, after snapshot) {
	t.Helper()
	before.kept(t, after)
	if len(after) != len(before) {
		t.Errorf("%d lines were added: %v", len(after)-len(before), slices.Sorted(maps.Keys(after)))
	}
}

// kept fails the test when a line that was there is no longer there as it was.
func (before snapshot) kept(t testing.TB, after snapshot) {
	t.Helper()
	for key, line := range before {
		if after[key] != line {
			t.Errorf("%s was\n%s and is\n%s", key, line, after[key])
		}
	}
}
