// Package keyfile finds, or makes, the key that telephone numbers of one database are sealed
// with. The key lies in a file outside the database, so that a copy of the database alone
// tells no numbers; the database keeps a check value, so that a wrong key is noticed at start.
// When the file is lost, or its key is to be used no longer, Renew gives the database another.
package keyfile

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/problem"
)

var (
	// ErrMissing: the database has been used with a key, and the file is not there. {path}
	ErrMissing = problem.New(problem.Unavailable, "account.key_missing")
	// ErrWrong: the file holds another key than the database was used with. {path}
	ErrWrong = problem.New(problem.Conflict, "account.key_wrong")
	// ErrBad: the file does not hold a key. {path}
	ErrBad = problem.New(problem.Invalid, "account.key_bad")
)

// CheckSetting is the setting that tells one key of a database from another.
const CheckSetting = "key_check"

const (
	// The check value of the key that this database is used with.
	selectCheck = `SELECT value FROM settings WHERE name = 'key_check'`
	// The first to come names the key; who comes second is held against it.
	insertCheck = `INSERT INTO settings (name, value) VALUES ('key_check', $1) ON CONFLICT (name) DO NOTHING`
)

// KeyFor gives the key of a migrated database: from the named file, or where none is named
// from PathFor. When neither the file nor a check value exists yet, both are made; a key is made
// for no other reason than that, or by Renew.
func KeyFor(ctx context.Context, db *database.DB, named string) ([]byte, error) {
	s, err := Look(ctx, db, named)
	if err != nil {
		return nil, err
	}
	if s.Check == "" {
		return first(ctx, db, s)
	}
	return s.Key, s.Trouble
}

// BoxFor is the box of a migrated database, with the key that KeyFor gives.
func BoxFor(ctx context.Context, db *database.DB, named string) (*account.Box, error) {
	key, err := KeyFor(ctx, db, named)
	if err != nil {
		return nil, err
	}
	s, err := Look(ctx, db, named)
	if err != nil {
		return nil, err
	}
	return s.boxOf(key)
}

// first makes the first key of a database, or takes the one in its file, and claims the database
// for it.
func first(ctx context.Context, db *database.DB, s State) (key []byte, err error) {
	switch {
	case s.Key != nil:
		key = s.Key
	case errors.Is(s.Trouble, ErrMissing):
		if key, err = create(s.Path); err != nil {
			return nil, err
		}
	default:
		return nil, s.Trouble
	}
	want, err := claim(ctx, db, check(key))
	if err != nil {
		return nil, err
	}
	if !hmac.Equal([]byte(want), []byte(check(key))) {
		return nil, ErrWrong.With("path", s.Path)
	}
	return key, nil
}

// PathFor is where the key of a database is: the named file; beside a SQLite file as
// PATH.key; for PostgreSQL what SANGZI_KEY_FILE names, or a file of its own in the user's
// configuration folder.
func PathFor(db *database.DB, named string) (string, error) {
	if named != "" {
		return named, nil
	}
	if db.Dialect == database.SQLite {
		return db.Path + ".key", nil
	}
	if path := os.Getenv("SANGZI_KEY_FILE"); path != "" {
		return path, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("where to keep the key: %w", err)
	}
	u, err := url.Parse(db.URL)
	if err != nil {
		return "", database.ErrURL
	}
	sum := sha256.Sum256([]byte(u.Host + "|" + u.Query().Get("host") + "|" + u.Path))
	return filepath.Join(dir, "sangzi", hex.EncodeToString(sum[:8])+".key"), nil
}

func read(path string) ([]byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != account.KeyBytes {
		return nil, ErrBad.With("path", path)
	}
	return key, nil
}

// create makes the file whole or not at all; of two servers that start at once the second
// reads the file of the first.
func create(path string) ([]byte, error) {
	aside, err := writeKey(path)
	if err != nil {
		return nil, err
	}
	defer os.Remove(aside) //nolint:errcheck // of no use after the link
	if err := os.Link(aside, path); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("key: %w", err)
	}
	return read(path)
}

// writeKey writes a new key to a file of its own beside path, readable by its owner alone.
func writeKey(path string) (aside string, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fmt.Errorf("key: %w", err)
	}
	key := make([]byte, account.KeyBytes)
	if _, err := rand.Read(key); err != nil {
		return "", err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // mode 0600
	if err != nil {
		return "", fmt.Errorf("key: %w", err)
	}
	_, err = f.WriteString(hex.EncodeToString(key) + "\n")
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("key: %w", errors.Join(err, os.Remove(f.Name())))
	}
	return f.Name(), nil
}

func claim(ctx context.Context, db *database.DB, mine string) (string, error) {
	var kept string
	err := db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, insertCheck, mine); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, selectCheck).Scan(&kept)
	})
	if err != nil {
		return "", fmt.Errorf("key check: %w", err)
	}
	return kept, nil
}

// check tells one key from another and says nothing about either.
func check(key []byte) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("sangzi key check"))
	return hex.EncodeToString(mac.Sum(nil))
}
