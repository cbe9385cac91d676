package database_test

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var update = flag.Bool("update", false, "write the schema files anew")

var ctx = context.Background()

// tables lists tables with their columns: "counters name value".
func tables(t *testing.T, db *database.DB) []string {
	t.Helper()
	query := `SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY 1, c.cid`
	if db.Dialect == database.Postgres {
		query = `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, ordinal_position`
	}
	rows, err := db.Reader().QueryContext(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		if table == "goose_db_version" {
			continue
		}
		if len(out) == 0 || !strings.HasPrefix(out[len(out)-1]+" ", table+" ") {
			out = append(out, table)
		}
		out[len(out)-1] += " " + column
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// From nothing to the program's schema, once; again it changes nothing.
func TestMigrate(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, url string) {
		db, err := database.Open(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		before, after, err := db.Migrate(ctx)
		if err != nil || before != 0 || after < 1 {
			t.Fatalf("%d to %d, %v", before, after, err)
		}
		if again, still, err := db.Migrate(ctx); err != nil || again != after || still != after {
			t.Errorf("again: %d to %d, %v", again, still, err)
		}
	})
}

// Servers that start at the same moment on a new database all come up.
func TestMigrateAtOnce(t *testing.T) {
	testkit.URLs(t, func(t *testing.T, url string) {
		var wait sync.WaitGroup
		for range 6 {
			wait.Go(func() {
				db, err := database.Open(ctx, url)
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close()
				if _, _, err := db.Migrate(ctx); err != nil {
					t.Error(err)
				}
				var n int
				if err := db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM counters`).Scan(&n); err != nil || n != 5 {
					t.Errorf("%d counters, %v", n, err)
				}
			})
		}
		wait.Wait()
	})
}

// contested are migrations that another process takes as well: each Up ends with an error or nil
// and leaves the schema at a version.
type contested struct {
	ends   []error
	stands []int64
	calls  int
}

func (c *contested) Up(context.Context) ([]*goose.MigrationResult, error) {
	c.calls++
	return nil, c.ends[c.calls-1]
}

func (c *contested) GetDBVersion(context.Context) (int64, error) { return c.stands[c.calls-1], nil }

// Who fails at a step that another process was first to take goes on from there; a step that
// cannot be taken is tried three times.
func TestMigrateGoesOnAfterOthers(t *testing.T) {
	taken := errors.New("table counters already exists")
	for name, tc := range map[string]struct {
		contested
		calls int
		fails bool
	}{
		"alone":                           {contested{ends: []error{nil}, stands: []int64{9}}, 1, false},
		"another did all":                 {contested{ends: []error{taken}, stands: []int64{9}}, 1, false},
		"another was faster, five times":  {contested{ends: []error{taken, taken, taken, taken, taken, nil}, stands: []int64{1, 2, 4, 5, 7, 9}}, 6, false},
		"both made the table of versions": {contested{ends: []error{taken, taken, nil}, stands: []int64{0, 0, 9}}, 3, false},
		"a step that cannot be taken":     {contested{ends: []error{taken, taken, taken, nil}, stands: []int64{0, 0, 0, 9}}, 3, true},
		"after some by another":           {contested{ends: []error{taken, taken, taken, taken, nil}, stands: []int64{3, 3, 3, 3, 9}}, 4, true},
	} {
		err := database.Up(ctx, &tc.contested, 0, 9)
		if (err != nil) != tc.fails || tc.contested.calls != tc.calls {
			t.Errorf("%s: %v after %d", name, err, tc.contested.calls)
		}
	}
}

// A file that another connection writes while it is turned to the write-ahead log is waited for;
// SQLite itself would refuse at once.
func TestOpenWaitsForTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sangzi.db")
	plain, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	if _, err := plain.ExecContext(ctx, `CREATE TABLE a (b)`); err != nil {
		t.Fatal(err)
	}
	write, err := plain.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(ctx, 50*time.Millisecond)
	defer cancel()
	if db, err := database.Open(short, "sqlite:"+path); err == nil {
		db.Close()
		t.Error("opened while it is written")
	} else if short.Err() == nil {
		t.Errorf("it did not wait: %v", err)
	}
	if err := write.Rollback(); err != nil {
		t.Fatal(err)
	}
	db, err := database.Open(ctx, "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
}

// A database that a newer program has migrated is refused and left alone.
func TestMigrateRefusesNewer(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		_, now, err := db.Migrate(ctx)
		if err != nil {
			t.Fatal(err)
		}
		insert := fmt.Sprintf(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (%d, %s)`, now+1,
			map[database.Dialect]string{database.SQLite: "1", database.Postgres: "TRUE"}[db.Dialect])
		if _, err := db.Writer().ExecContext(ctx, insert); err != nil {
			t.Fatal(err)
		}
		before := tables(t, db)
		if _, _, err := db.Migrate(ctx); !errors.Is(err, database.ErrNewer) {
			t.Errorf("got %v", err)
		}
		if after := tables(t, db); !slices.Equal(before, after) {
			t.Errorf("it was changed: %v", after)
		}
	})
}

func TestEnginesHaveTheSameTables(t *testing.T) {
	lite, pg := tables(t, testkit.SQLite(t)), tables(t, testkit.Postgres(t))
	if !slices.Equal(lite, pg) {
		t.Errorf("SQLite has\n%s\nPostgreSQL\n%s", strings.Join(lite, "\n"), strings.Join(pg, "\n"))
	}
	if len(lite) < 10 {
		t.Errorf("only %d tables", len(lite))
	}
}

// The schema as each engine has it is kept beside the migrations, so that a change shows.
func TestSchemaFiles(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		file := filepath.Join("schema", string(db.Dialect)+".sql")
		got := schema(t, db)
		if *update {
			if err := os.MkdirAll("schema", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		want, err := os.ReadFile(file)
		if err != nil || got != string(want) {
			t.Errorf("%s is not the schema (%v); go test ./internal/database -update writes it. It is now:\n%s", file, err, got)
		}
	})
}

// schema writes out tables, keys and indexes in a fixed order.
func schema(t *testing.T, db *database.DB) string {
	t.Helper()
	if db.Dialect == database.SQLite {
		return lines(t, db, `SELECT sql || ';' FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE '%goose%' AND name NOT LIKE 'sqlite_%' ORDER BY tbl_name, type DESC, name`)
	}
	return lines(t, db, `SELECT 'TABLE ' || table_name || ' ' || column_name || ' ' || data_type || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END
			|| CASE is_identity WHEN 'YES' THEN ' IDENTITY' ELSE '' END
			FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '%goose%' ORDER BY table_name, ordinal_position`) +
		lines(t, db, `SELECT 'CONSTRAINT ' || conname || ' ON ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
			WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid::regclass::text NOT LIKE '%goose%' ORDER BY conrelid::regclass::text, conname`) +
		lines(t, db, `SELECT indexdef || ';' FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE '%goose%' ORDER BY tablename, indexname`)
}

func lines(t *testing.T, db *database.DB, query string) string {
	t.Helper()
	rows, err := db.Reader().QueryContext(ctx, query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var line sql.NullString
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		b.WriteString(line.String + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
