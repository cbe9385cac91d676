package keyfile

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/problem"
)

var (
	// ErrUnused: the database has never been used with a key.
	ErrUnused = problem.New(problem.Conflict, "account.key_unused")
	// ErrAtHand: a key is to be forgotten that is there. {path}
	ErrAtHand = problem.New(problem.Conflict, "account.key_at_hand")
	// ErrNotPast: the file does not hold a key that the database had before. {path}
	ErrNotPast = problem.New(problem.Invalid, "account.key_not_past")
	// ErrNoFile: there is no file of an old key. {path}
	ErrNoFile = problem.New(problem.NotFound, "account.key_no_file")
	// ErrRenewed: somebody else has given the database another key meanwhile.
	ErrRenewed = problem.New(problem.Conflict, "account.key_renewed")
)

const (
	// Another key in the place of the one that was seen; who else writes it waits.
	replaceCheck = `UPDATE settings SET value = $1 WHERE name = 'key_check' AND value = $2`
	replacePast  = `INSERT INTO settings (name, value) VALUES ('key_past', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
)

// Work is what else a renewal does in its transaction: old is nil when the key is forgotten. It
// gives how many texts the key had sealed.
type Work func(tx *sql.Tx, old, fresh *account.Box) (sealed int, err error)

// Renew gives a database a new key, as Look saw it: with its key forgotten when s.Trouble says
// that it is not at hand. The new key is written beside the file first and takes its place after
// the commit, so that at no time what the database needs is in no file; what the file held before
// is kept beside it, and kept is where.
func Renew(ctx context.Context, db *database.DB, s State, at time.Time, work Work) (kept string, err error) {
	if s.Check == "" {
		return "", ErrUnused
	}
	key, err := draft(s.Path + draftSuffix)
	if err != nil {
		return "", err
	}
	next := State{Path: s.Path, Check: check(key), Past: append(append([]Past{}, s.Past...), Past{ID: s.ID(), Check: s.Check, Until: at.UTC().Truncate(time.Second), Forgotten: s.Key == nil})}
	fresh, err := next.boxOf(key)
	if err != nil {
		return "", err
	}
	var old *account.Box
	if s.Key != nil {
		if old, err = s.boxOf(s.Key); err != nil {
			return "", err
		}
	}
	err = db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, replaceCheck, next.Check, s.Check)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return errors.Join(ErrRenewed, err)
		}
		if next.Past[len(s.Past)].Sealed, err = work(tx, old, fresh); err != nil {
			return err
		}
		text, err := json.Marshal(next.Past)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, replacePast, string(text))
		return err
	})
	if err != nil {
		if now, lerr := setting(ctx, db, selectCheck); lerr == nil && now != next.Check {
			err = errors.Join(err, os.Remove(s.Path+draftSuffix))
		}
		return "", fmt.Errorf("renew the key: %w", err)
	}
	return settle(s.Path, at)
}

// PastBox is the box of a key that a database had before, from a file that still holds it, and the
// key's name.
func (s *State) PastBox(path string) (old *account.Box, id string, err error) {
	key, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", ErrNoFile.With("path", path)
	}
	if err != nil {
		return nil, "", err
	}
	for _, p := range s.Past {
		if p.Check == check(key) {
			old, err = account.NewLaterBox(key, p.ID, nil)
			return old, p.ID, err
		}
	}
	return nil, "", ErrNotPast.With("path", path)
}

// Box is the box of the database's key; Trouble when that is not at hand.
func (s *State) Box() (*account.Box, error) {
	if s.Trouble != nil {
		return nil, s.Trouble
	}
	return s.boxOf(s.Key)
}

// draft writes a new key to a file, whatever is there.
func draft(path string) ([]byte, error) {
	aside, err := writeKey(path)
	if err != nil {
		return nil, err
	}
	if err := os.Rename(aside, path); err != nil {
		return nil, fmt.Errorf("key: %w", errors.Join(err, os.Remove(aside)))
	}
	if err := syncDir(path); err != nil {
		return nil, err
	}
	return read(path)
}

// settle puts the new key in its place. What the file held is kept beside it, and kept is where.
func settle(path string, at time.Time) (kept string, err error) {
	stem := path + ".until-" + at.Format("20060102-150405")
	kept = stem
	for n := 2; ; n++ {
		if _, err := os.Lstat(kept); err != nil {
			break // most likely there is none
		}
		kept = fmt.Sprintf("%s-%d", stem, n)
	}
	err = os.Link(path, kept)
	if errors.Is(err, fs.ErrNotExist) {
		kept, err = "", nil
	} else if err != nil { // a file system without links
		err = os.Rename(path, kept)
	}
	if err != nil {
		return "", fmt.Errorf("key: %w", err)
	}
	if err := os.Rename(path+draftSuffix, path); err != nil {
		return kept, fmt.Errorf("key: %w", err)
	}
	return kept, syncDir(path)
}

// syncDir brings the names in a file's folder to disk.
func syncDir(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("key: %w", err)
	}
	if err := errors.Join(dir.Sync(), dir.Close()); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	return nil
}
