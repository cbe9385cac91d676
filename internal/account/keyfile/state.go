package keyfile

import (
	"context"
	"crypto/hmac"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/database"
)

// Past is a key that a database had before.
type Past struct {
	ID        string    `json:"id"`        // its name in what it sealed; empty for the first
	Check     string    `json:"check"`     // its check value
	Until     time.Time `json:"until"`     // when another took its place
	Forgotten bool      `json:"forgotten"` // it was not at hand then
	Sealed    int       `json:"sealed"`    // how many texts it had sealed then
}

// State is how a database and its key file stand to each other.
type State struct {
	Path    string // of the key file
	Check   string // the check value of the database's key; empty: it never had one
	Past    []Past // the oldest first
	Key     []byte // what the file holds, when it is the database's key or the database has none
	Trouble error  // why there is no Key: ErrMissing, ErrWrong, ErrBad
}

const (
	selectPast = `SELECT value FROM settings WHERE name = 'key_past'`
	// What a renewal that was broken off has left beside the file; see Renew.
	draftSuffix = ".new"
)

// Look tells how a migrated database and its key file stand, and changes nothing; only a renewal
// that was broken off between the database and the file is ended.
func Look(ctx context.Context, db *database.DB, named string) (s State, err error) {
	if s.Path, err = PathFor(db, named); err != nil {
		return s, err
	}
	if s.Check, err = setting(ctx, db, selectCheck); err != nil {
		return s, err
	}
	past, err := setting(ctx, db, selectPast)
	if err != nil {
		return s, err
	}
	if past != "" {
		if err := json.Unmarshal([]byte(past), &s.Past); err != nil {
			return s, fmt.Errorf("past keys: %w", err)
		}
	}
	err = s.readFile()
	if s.Trouble != nil && err == nil && s.fits(s.Path+draftSuffix) {
		_, serr := settle(s.Path, time.Now())
		if err = s.readFile(); s.Trouble != nil { // not done by somebody else either
			err = errors.Join(err, serr)
		}
	}
	return s, err
}

func (s *State) readFile() error {
	key, err := read(s.Path)
	s.Key, s.Trouble = nil, nil
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.Trouble = ErrMissing.With("path", s.Path)
	case errors.Is(err, ErrBad):
		s.Trouble = err
	case err != nil:
		return err
	case s.Check != "" && !hmac.Equal([]byte(s.Check), []byte(check(key))):
		s.Trouble = ErrWrong.With("path", s.Path)
	default:
		s.Key = key
	}
	return nil
}

// fits tells whether a file holds the database's key.
func (s *State) fits(path string) bool {
	key, err := read(path)
	return err == nil && s.Check != "" && hmac.Equal([]byte(s.Check), []byte(check(key)))
}

// ID is the name of the database's key.
func (s *State) ID() string { return nameOf(s.Check, len(s.Past)) }

// nameOf is the name of a key that so many came before.
func nameOf(checked string, before int) string {
	if before == 0 {
		return ""
	}
	return checked[:12]
}

// boxOf is the box of the database's key.
func (s *State) boxOf(key []byte) (*account.Box, error) {
	past := make([]string, len(s.Past))
	for i, p := range s.Past {
		past[i] = p.ID
	}
	return account.NewLaterBox(key, s.ID(), past)
}

func setting(ctx context.Context, db *database.DB, query string) (value string, err error) {
	err = db.Reader().QueryRowContext(ctx, query).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("key check: %w", err)
	}
	return value, nil
}
