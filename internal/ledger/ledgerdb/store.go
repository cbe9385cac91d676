// Package ledgerdb keeps the ledger in tables, the same on SQLite and PostgreSQL. It owns the
// SQL of row versions, submissions, grants, drafts and uploads, and the order in which they are
// written; it knows no rule of the ledger.
package ledgerdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
)

// Sealer keeps telephone numbers unreadable in the tables.
type Sealer interface {
	Seal(plain string) (string, error)
	Open(sealed string) (string, error)
}

// Store is the ledger.Store on a database.
type Store struct {
	db     *database.DB
	seal   Sealer
	group  *database.Group[*pending]
	apply  func([]ledger.Event)
	mu     sync.Mutex // held while events are written or taken in, so that they stay in order
	seen   int64      // the last event that has been applied
	insert inserter
}

var _ ledger.Store = (*Store)(nil)

// batch is how many changes share one commit at most.
const batch = 256

// Open makes the store on a migrated database.
func Open(ctx context.Context, db *database.DB, seal Sealer) (*Store, error) {
	s := &Store{db: db, seal: seal, apply: func([]ledger.Event) {}}
	const q = `SELECT value FROM counters WHERE name = 'ledger'`
	if err := db.Reader().QueryRowContext(ctx, q).Scan(&s.seen); err != nil {
		return nil, fmt.Errorf("position of the ledger: %w", err)
	}
	var err error
	if s.insert, err = prepareInserts(ctx, db); err != nil {
		return nil, err
	}
	s.group = database.NewGroup(batch, s.commitBatch)
	return s, nil
}

// Close stops writing; what was acknowledged is on disk already.
func (s *Store) Close() { s.group.Close() }

// Follow names the function that is told every event.
func (s *Store) Follow(apply func([]ledger.Event)) { s.apply = apply }

type pending struct {
	ledger.Change
	events []ledger.Event
	err    error
}

// Commit waits until the change is on disk and applied.
func (s *Store) Commit(ctx context.Context, c ledger.Change) error {
	return s.group.Do(ctx, &pending{Change: c})
}

// commitBatch writes changes in as few transactions as it may: changes that stand alone, and
// second changes of the same row, begin a new one.
func (s *Store) commitBatch(ctx context.Context, items []*pending) []error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for rest := items; len(rest) > 0; {
		n := together(rest)
		s.write(ctx, rest[:n])
		rest = rest[n:]
	}
	errs := make([]error, len(items))
	for i, p := range items {
		errs[i] = p.err
	}
	return errs
}

func together(items []*pending) int {
	if items[0].Alone {
		return 1
	}
	rows := make(map[ledger.DraftKey]bool, len(items))
	for i, p := range items {
		key := ledger.DraftKey{Unit: p.Unit, Week: p.Week}
		if p.Alone || rows[key] {
			return i
		}
		rows[key] = true
	}
	return len(items)
}

// write writes changes in one transaction. When something in it cannot be written, each is
// tried by itself, so that it spoils no other; not so when the commit itself failed, for then
// nobody knows whether it was kept.
func (s *Store) write(ctx context.Context, items []*pending) {
	err, attempted := s.transact(ctx, items)
	if err == nil {
		return
	}
	if !attempted && len(items) > 1 {
		for i := range items {
			s.write(ctx, items[i:i+1])
		}
		return
	}
	for _, p := range items {
		if p.err == nil {
			p.err = err
		}
	}
}

// errNothing ends a transaction in which nothing was to be written, so that it costs no commit.
var errNothing = errors.New("nothing to write")

// patience is how long one transaction may take before the database counts as gone.
const patience = 2 * time.Minute

// transact prepares and writes one transaction. Whatever another process has written since is
// taken in first, under the lock on the counter that all writers share. attempted tells whether
// it came to the commit.
func (s *Store) transact(ctx context.Context, items []*pending) (err error, attempted bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var events []ledger.Event
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		expected := len(items) // one event each, most of the time
		last, err := s.advance(ctx, tx, expected)
		if err != nil {
			return err
		}
		if last > s.seen {
			if err := s.catchUp(ctx, tx, last); err != nil {
				return err
			}
		}
		for _, p := range items {
			if p.events, p.err = prepare(p.Prepare); p.err == nil {
				events = append(events, p.events...)
			}
		}
		if len(events) != expected {
			if _, err := s.advance(ctx, tx, len(events)-expected); err != nil {
				return err
			}
		}
		for i, e := range events {
			e.SetSeq(last + int64(i) + 1)
		}
		if err := s.insertEvents(ctx, tx, last, events); err != nil {
			return err
		}
		asides := false
		for _, p := range items {
			if p.err == nil && len(p.Also) > 0 {
				asides = true
				if err := s.writeAsides(ctx, tx, p.Also); err != nil {
					return err
				}
			}
		}
		if len(events) == 0 && !asides {
			return errNothing
		}
		attempted = true
		return nil
	})
	if errors.Is(err, errNothing) {
		return nil, false
	}
	if err == nil && len(events) > 0 {
		s.seen = events[len(events)-1].Seq()
		s.apply(events)
	}
	return err, attempted
}

// prepare calls a change's Prepare; a panic in it is that change's error and nobody else's.
func prepare(fn func() ([]ledger.Event, error)) (events []ledger.Event, err error) {
	defer func() {
		if p := recover(); p != nil {
			events, err = nil, fmt.Errorf("prepare: %v\n%s", p, debug.Stack())
		}
	}()
	return fn()
}

// Refresh takes in what other processes have written.
func (s *Store) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.db.View(ctx, func(tx *sql.Tx) error {
		var last int64
		if err := tx.QueryRowContext(ctx, `SELECT value FROM counters WHERE name = 'ledger'`).Scan(&last); err != nil {
			return err
		}
		if last <= s.seen {
			return nil
		}
		return s.catchUp(ctx, tx, last)
	})
}

// catchUp applies the events in (seen, last].
func (s *Store) catchUp(ctx context.Context, tx *sql.Tx, last int64) error {
	events, err := s.between(ctx, tx, s.seen, last)
	if err != nil {
		return fmt.Errorf("events after %d: %w", s.seen, err)
	}
	s.apply(events)
	s.seen = last
	return nil
}
