package keyfile_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestKeyFor(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		t.Setenv("SANGZI_KEY_FILE", "")
		t.Setenv("XDG_CONFIG_HOME", t.TempDir())
		first, err := keyfile.KeyFor(t.Context(), db, "")
		if err != nil {
			t.Fatal(err)
		}
		path, err := keyfile.PathFor(db, "")
		if err != nil {
			t.Fatal(err)
		}
		if db.Dialect == database.SQLite && path != db.Path+".key" || db.Dialect == database.Postgres && !strings.HasPrefix(path, os.Getenv("XDG_CONFIG_HOME")) {
			t.Errorf("the key is in %s", path)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		again, err := keyfile.KeyFor(t.Context(), db, "")
		if err != nil || !bytes.Equal(first, again) {
			t.Errorf("another key the second time: %v", err)
		}

		moved := filepath.Join(t.TempDir(), "elsewhere.key")
		if err := os.Rename(path, moved); err != nil {
			t.Fatal(err)
		}
		if _, err := keyfile.KeyFor(t.Context(), db, ""); !errors.Is(err, keyfile.ErrMissing) {
			t.Errorf("without the file: %v", err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("a new key was made for a database that had one")
		}
		if named, err := keyfile.KeyFor(t.Context(), db, moved); err != nil || !bytes.Equal(first, named) {
			t.Errorf("named: %v", err)
		}
		write(t, path, strings.Repeat("ab", 32))
		if _, err := keyfile.KeyFor(t.Context(), db, ""); !errors.Is(err, keyfile.ErrWrong) {
			t.Errorf("another key: %v", err)
		}
		for _, bad := range []string{"", "not a key", strings.Repeat("ab", 31)} {
			write(t, path, bad)
			if _, err := keyfile.KeyFor(t.Context(), db, ""); !errors.Is(err, keyfile.ErrBad) {
				t.Errorf("%q: %v", bad, err)
			}
		}
	})
}

// Servers that start at one moment on a new database agree on one key.
func TestKeyForAtOnce(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		path := filepath.Join(t.TempDir(), "new", "sangzi.key")
		keys := make([][]byte, 8)
		var wg sync.WaitGroup
		for i := range keys {
			wg.Go(func() {
				var err error
				if keys[i], err = keyfile.KeyFor(t.Context(), db, path); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, k := range keys {
			if !bytes.Equal(k, keys[0]) {
				t.Fatal("two keys")
			}
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Errorf("left behind: %v, %v", left, err)
		}
	})
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
