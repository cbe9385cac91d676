package database_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

// Files of any name are opened, folders made; both ways of opening reach the same file.
func TestOpenSQLite(t *testing.T) {
	for _, name := range []string{"sangzi.db", "data/sangzi.db", "桑梓 2024?.db", "a%20b#c&d=e.db"} {
		path := filepath.Join(t.TempDir(), name)
		for _, url := range []string{"sqlite:" + path, "sqlite://" + path} {
			db, err := database.Open(ctx, url)
			if err != nil {
				t.Fatalf("%s: %v", url, err)
			}
			if _, _, err := db.Migrate(ctx); err != nil {
				t.Errorf("%s: %v", url, err)
			}
			var mode string
			var level int
			if err := errors.Join(db.Writer().QueryRowContext(ctx, `PRAGMA journal_mode`).Scan(&mode),
				db.Writer().QueryRowContext(ctx, `PRAGMA synchronous`).Scan(&level)); err != nil || mode != "wal" || level != 2 {
				t.Errorf("%s: journal %s, synchronous %d, %v", url, mode, level, err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
			if _, err := os.Stat(path); err != nil || db.Path != path {
				t.Errorf("%s: %v, path %s", url, err, db.Path)
			}
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	blocked := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(blocked, []byte("this is no database, but text that is long enough to be looked at"), 0o600); err != nil {
		t.Fatal(err)
	}
	for url, want := range map[string]error{
		"": database.ErrURL, "sangzi.db": database.ErrURL, "mysql://x": database.ErrURL, "sqlite:": database.ErrURL, "sqlite::memory:": database.ErrURL,
		"sqlite:" + blocked + "/sangzi.db": database.ErrOpen, "sqlite:" + blocked: database.ErrOpen,
		"postgres://u:geheim@127.0.0.1:1/none?connect_timeout=1": database.ErrOpen,
	} {
		db, err := database.Open(ctx, url)
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", url, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "geheim") {
			t.Errorf("the password is in the error: %v", err)
		}
		if db != nil {
			t.Errorf("%s: a database besides the error", url)
		}
	}
}

func count(t *testing.T, db *database.DB) (n int) {
	t.Helper()
	if err := db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM settings`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// What fails, panics or is called off leaves nothing behind, and the next write goes through.
func TestWriteKeepsAllOrNothing(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		insert := func(tx *sql.Tx, name string) {
			if _, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES ($1, 'x')`, name); err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Write(ctx, func(tx *sql.Tx) error { insert(tx, "a"); return errRefused }); !errors.Is(err, errRefused) {
			t.Errorf("got %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = db.Write(ctx, func(tx *sql.Tx) error { insert(tx, "b"); panic("broken") })
		}()
		off, cancel := context.WithCancel(ctx)
		if err := db.Write(off, func(tx *sql.Tx) error { insert(tx, "c"); cancel(); return nil }); err == nil {
			t.Error("a write that was called off went through")
		}
		if n := count(t, db); n != 0 {
			t.Errorf("%d lines were left behind", n)
		}
		if err := db.Write(ctx, func(tx *sql.Tx) error { insert(tx, "d"); return nil }); err != nil || count(t, db) != 1 {
			t.Errorf("the next write: %v", err)
		}
	})
}

// A view sees one state of the database, whatever is written meanwhile, and writes nothing.
func TestView(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		err := db.View(ctx, func(tx *sql.Tx) error {
			var before, after int
			if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM settings`).Scan(&before); err != nil {
				return err
			}
			if err := db.SetSettings(ctx, map[string]string{"a": "1", "b": "2"}); err != nil {
				return err
			}
			if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM settings`).Scan(&after); err != nil {
				return err
			}
			if before != 0 || after != 0 {
				t.Errorf("the view saw %d, then %d", before, after)
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES ('c', '3')`); err == nil {
				t.Error("a view has written")
			}
			return nil
		})
		if err != nil || count(t, db) != 2 {
			t.Errorf("%v, %d lines", err, count(t, db))
		}
	})
}

func TestSettings(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		if v, err := db.Setting(ctx, "campaign"); err != nil || v != "" {
			t.Errorf("%q, %v", v, err)
		}
		for _, want := range []string{"党旗红", ""} {
			if err := db.SetSettings(ctx, map[string]string{"campaign": want}); err != nil {
				t.Fatal(err)
			}
			if v, err := db.Setting(ctx, "campaign"); err != nil || v != want {
				t.Errorf("%q, %v", v, err)
			}
		}
	})
}

// A counter gives numbers in the order in which transactions commit, without gaps.
func TestNextID(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		next := func(n int, end error) (last int64) {
			err := db.Write(ctx, func(tx *sql.Tx) (err error) {
				if last, err = database.NextID(ctx, tx, "ledger", n); err != nil {
					return err
				}
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			return last
		}
		if a, b, c := next(1, nil), next(5, errRefused), next(3, nil); a != 1 || b != 6 || c != 4 {
			t.Errorf("%d, %d (not kept), %d", a, b, c)
		}
		if err := db.Write(ctx, func(tx *sql.Tx) error { _, err := database.NextID(ctx, tx, "nonsense", 1); return err }); err == nil {
			t.Error("a counter that does not exist counted")
		}
	})
}
