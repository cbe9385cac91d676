package keyfile_test

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

var noon = time.Date(2024, 3, 29, 12, 0, 0, 0, testkit.Shanghai)

func nothing(*sql.Tx, *account.Box, *account.Box) (int, error) { return 7, nil }

func look(t *testing.T, db *database.DB, path string) keyfile.State {
	t.Helper()
	s, err := keyfile.Look(t.Context(), db, path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func box(t *testing.T, db *database.DB, path string) *account.Box {
	t.Helper()
	b, err := keyfile.BoxFor(t.Context(), db, path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sealed(t *testing.T, b *account.Box, plain string) string {
	t.Helper()
	text, err := b.Seal(plain)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// A key is forgotten: what it sealed is told apart from what was touched, and the settings keep
// that it was there. The one that follows can be forgotten as well.
func TestRenew(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		path := filepath.Join(t.TempDir(), "a.key")
		if _, err := keyfile.Renew(t.Context(), db, look(t, db, path), noon, nothing); !errors.Is(err, keyfile.ErrUnused) {
			t.Errorf("a database without a key: %v", err)
		}
		var texts []string
		for n := range 3 {
			texts = append(texts, sealed(t, box(t, db, path), "13800138001"))
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if _, err := keyfile.BoxFor(t.Context(), db, path); !errors.Is(err, keyfile.ErrMissing) {
				t.Errorf("without the file: %v", err)
			}
			if kept, err := keyfile.Renew(t.Context(), db, look(t, db, path), noon, nothing); err != nil || kept != "" {
				t.Fatalf("kept %q, %v", kept, err)
			}
			s := look(t, db, path)
			if len(s.Past) != n+1 || s.Past[n].Sealed != 7 || !s.Past[n].Forgotten || !s.Past[n].Until.Equal(noon) || s.Past[n].Check == s.Check || s.Trouble != nil {
				t.Fatalf("%+v", s)
			}
		}
		b := box(t, db, path)
		for _, text := range texts {
			if got, err := b.Open(text); err != nil || got != access.Unreadable {
				t.Errorf("%q, %v", got, err)
			}
		}
		mine := sealed(t, b, "13800138001")
		if got, err := b.Open(mine); err != nil || got != "13800138001" {
			t.Errorf("%q, %v", got, err)
		}
		for _, bad := range []string{mine[:len(mine)-2], mine + "A", "s2.000000000000.AAAA", "13800138001", "s2.", "s3.x"} {
			if got, err := b.Open(bad); err == nil {
				t.Errorf("%s was read as %q", bad, got)
			}
		}
	})
}

// What fails in the transaction leaves the database, its key and the folder as they were; who
// looked at another key than there is is refused.
func TestRenewFails(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		path := filepath.Join(t.TempDir(), "a.key")
		text := sealed(t, box(t, db, path), "13800138001")
		before := look(t, db, path)
		full := errors.New("the disk is full")
		if _, err := keyfile.Renew(t.Context(), db, before, noon, func(*sql.Tx, *account.Box, *account.Box) (int, error) { return 0, full }); !errors.Is(err, full) {
			t.Errorf("%v", err)
		}
		if got, err := box(t, db, path).Open(text); err != nil || got != "13800138001" {
			t.Errorf("%q, %v", got, err)
		}
		if left, err := os.ReadDir(filepath.Dir(path)); err != nil || len(left) != 1 {
			t.Errorf("left behind: %v, %v", left, err)
		}
		if _, err := keyfile.Renew(t.Context(), db, before, noon, nothing); err != nil {
			t.Fatal(err)
		}
		if _, err := keyfile.Renew(t.Context(), db, before, noon, nothing); !errors.Is(err, keyfile.ErrRenewed) {
			t.Errorf("renewed twice from one look: %v", err)
		}
	})
}

// A program that ends between the database and the file leaves the new key beside it; the next
// start puts it in its place. A key that is not the database's is never put there.
func TestRenewBrokenOff(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		path := filepath.Join(t.TempDir(), "a.key")
		box(t, db, path)
		kept, err := keyfile.Renew(t.Context(), db, look(t, db, path), noon, nothing)
		if err != nil {
			t.Fatal(err)
		}
		if kept != path+".until-20240329-120000" {
			t.Errorf("kept at %s", kept)
		}
		if err := errors.Join(os.Rename(path, path+".new"), os.Rename(kept, path)); err != nil {
			t.Fatal(err)
		}
		text := sealed(t, box(t, db, path), "13800138001")
		if got, err := box(t, db, path).Open(text); err != nil || got != "13800138001" {
			t.Errorf("%q, %v", got, err)
		}
		if _, err := os.Stat(path + ".new"); err == nil {
			t.Error("it is still beside it")
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		write(t, path+".new", strings.Repeat("ab", 32))
		if _, err := keyfile.BoxFor(t.Context(), db, path); !errors.Is(err, keyfile.ErrMissing) {
			t.Errorf("a strange key: %v", err)
		}
		if _, err := os.Stat(path); err == nil {
			t.Error("a strange key was put in place")
		}
	})
}

// Only a key that the database had before opens what it sealed.
func TestPastBox(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		path := filepath.Join(t.TempDir(), "a.key")
		text := sealed(t, box(t, db, path), "13800138001")
		kept, err := keyfile.Renew(t.Context(), db, look(t, db, path), noon, nothing)
		if err != nil {
			t.Fatal(err)
		}
		s := look(t, db, path)
		old, id, err := s.PastBox(kept)
		if err != nil || id != "" {
			t.Fatalf("%q, %v", id, err)
		}
		if got, err := old.Open(text); err != nil || got != "13800138001" {
			t.Errorf("%q, %v", got, err)
		}
		if _, _, err := s.PastBox(path); !errors.Is(err, keyfile.ErrNotPast) {
			t.Errorf("the present key: %v", err)
		}
		if _, _, err := s.PastBox(path + ".none"); !errors.Is(err, keyfile.ErrNoFile) {
			t.Errorf("no file: %v", err)
		}
	})
}
