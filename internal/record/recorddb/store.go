// Package recorddb keeps records in their tables, the same on SQLite and PostgreSQL. It owns the
// SQL of record versions and the order in which they are written; it knows no rule about them.
package recorddb

import (
	"context"
	"database/sql"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
)

// Store is the record.Store on a database.
type Store struct {
	db    *database.DB
	group *database.Group[*pending]
	apply func([]record.Event)
	mu    sync.Mutex // held while events are written or taken in, so that they stay in order
	seen  int64      // the last event that has been applied

	prepared sync.Map // *sql.Stmt by its text
}

var _ record.Store = (*Store)(nil)

// batch is how many commits share one transaction at most.
const batch = 256

// advanceCounter moves the number line of records on and locks it until the transaction ends.
const advanceCounter = `UPDATE counters SET value = value + $1 WHERE name = 'records' RETURNING value`

// selectCounter is where the number line stands.
const selectCounter = `SELECT value FROM counters WHERE name = 'records'`

// Open makes the store on a migrated database.
func Open(ctx context.Context, db *database.DB) (*Store, error) {
	s := &Store{db: db, apply: func([]record.Event) {}}
	if err := db.Reader().QueryRowContext(ctx, selectCounter).Scan(&s.seen); err != nil {
		return nil, fmt.Errorf("position of the records: %w", err)
	}
	s.group = database.NewGroup(batch, s.commitBatch)
	return s, nil
}

// Close stops writing; what was acknowledged is on disk already.
func (s *Store) Close() {
	s.group.Close()
	s.prepared.Range(func(query, statement any) bool {
		statement.(*sql.Stmt).Close() //nolint:errcheck // it was only read with
		s.prepared.Delete(query)
		return true
	})
}

// statement is a query, read once: reading a list's costs more than running it.
func (s *Store) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if known, ok := s.prepared.Load(query); ok {
		return known.(*sql.Stmt), nil
	}
	made, err := s.db.Reader().PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	kept, there := s.prepared.LoadOrStore(query, made)
	if there {
		made.Close() //nolint:errcheck // the other one is used
	}
	return kept.(*sql.Stmt), nil
}

// Follow names the function that is told every event.
func (s *Store) Follow(apply func([]record.Event)) { s.apply = apply }

type pending struct {
	changes []record.Change
	events  []record.Event
	err     error
}

// Commit waits until the changes are on disk and applied.
func (s *Store) Commit(ctx context.Context, changes []record.Change) error {
	if len(changes) == 0 {
		return nil
	}
	return s.group.Do(ctx, &pending{changes: changes})
}

// commitBatch writes commits in as few transactions as it may: two that touch the same record,
// or enter with the same key, do not share one.
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
	touched, keys := map[int64]bool{}, map[string]bool{}
	for i, p := range items {
		for _, c := range p.changes {
			switch {
			case c.ID != 0 && touched[c.ID] && i > 0, c.Once != nil && keys[c.Once.Key] && i > 0:
				return i
			case c.ID != 0:
				touched[c.ID] = true
			case c.Once != nil:
				keys[c.Once.Key] = true
			}
		}
	}
	return len(items)
}

// write writes commits in one transaction; when something in it cannot be written, each is tried
// by itself, so that it spoils no other. Not so when the commit itself failed: nobody knows then
// whether it was kept.
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

// patience is how long one transaction may take before the database counts as gone.
const patience = 2 * time.Minute

// transact prepares and writes one transaction under the lock on the number line; what another
// process has written since is taken in first.
func (s *Store) transact(ctx context.Context, items []*pending) (err error, attempted bool) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var events []record.Event
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		events = events[:0]
		expected := 0
		for _, p := range items {
			expected += len(p.changes)
		}
		last, err := advance(ctx, tx, expected)
		if err != nil {
			return err
		}
		if last > s.seen {
			if err := s.catchUp(ctx, tx, last); err != nil {
				return err
			}
		}
		for _, p := range items {
			if p.events, p.err = prepare(ctx, tx, p.changes); p.err == nil {
				events = append(events, p.events...)
			}
		}
		if len(events) != expected {
			if _, err := advance(ctx, tx, len(events)-expected); err != nil {
				return err
			}
		}
		for i, e := range events {
			e.Version.Seq = last + int64(i) + 1
			if e.Version.Number == 1 {
				e.Version.ID = e.Version.Seq
			}
		}
		if err := insert(ctx, tx, s.db.Dialect, events); err != nil {
			return err
		}
		attempted = true
		return nil
	})
	if err == nil && len(events) > 0 {
		s.seen = events[len(events)-1].Version.Seq
		s.apply(events)
	}
	return err, attempted
}

// advance moves the number line by n and gives where it was.
func advance(ctx context.Context, tx *sql.Tx, n int) (last int64, err error) {
	if err = tx.QueryRowContext(ctx, advanceCounter, n).Scan(&last); err != nil {
		return 0, fmt.Errorf("counter: %w", err)
	}
	return last - int64(n), nil
}

// prepare asks each change of one commit for its version; one that gives none ends the commit.
func prepare(ctx context.Context, tx *sql.Tx, changes []record.Change) (events []record.Event, err error) {
	defer func() {
		if p := recover(); p != nil {
			events, err = nil, fmt.Errorf("prepare: %v\n%s", p, debug.Stack())
		}
	}()
	for _, c := range changes {
		before, err := standing(ctx, tx, c)
		if err != nil {
			return nil, err
		}
		v, err := c.Prepare(before)
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		events = append(events, record.Event{Before: before, Version: v})
	}
	return events, nil
}

// standing is what a change is prepared over: the latest version of its record, or the record
// that was entered with its key.
func standing(ctx context.Context, tx *sql.Tx, c record.Change) (*record.Version, error) {
	if c.ID != 0 {
		versions, err := read(ctx, tx, selectLatest, c.ID)
		if err != nil {
			return nil, err
		}
		if len(versions) == 0 {
			return nil, record.ErrNone
		}
		return &versions[0], nil
	}
	if c.Once == nil {
		return nil, nil
	}
	o := c.Once
	versions, err := read(ctx, tx, selectSent, int64(o.Unit), o.Day.Int(), o.Kind, string(record.Withdrawn), o.Account)
	for i := range versions {
		if versions[i].Key == o.Key {
			return &versions[i], nil
		}
	}
	return nil, err
}

// Refresh takes in what other processes have written.
func (s *Store) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var last int64
	if err := s.db.Reader().QueryRowContext(ctx, selectCounter).Scan(&last); err != nil || last <= s.seen {
		return err
	}
	return s.db.View(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, selectCounter).Scan(&last); err != nil {
			return err
		}
		return s.catchUp(ctx, tx, last)
	})
}

// catchUp applies the events in (seen, last].
func (s *Store) catchUp(ctx context.Context, tx *sql.Tx, last int64) error {
	versions, err := read(ctx, tx, selectBetween, s.seen, last)
	if err != nil {
		return fmt.Errorf("records after %d: %w", s.seen, err)
	}
	events := make([]record.Event, len(versions))
	for i := range versions {
		events[i].Version = &versions[i]
		if versions[i].Number == 1 {
			continue
		}
		before, err := read(ctx, tx, selectVersion, versions[i].ID, versions[i].Number-1)
		if err != nil {
			return err
		}
		if len(before) != 1 {
			return fmt.Errorf("record %d has no version %d", versions[i].ID, versions[i].Number-1)
		}
		events[i].Before = &before[0]
	}
	s.apply(events)
	s.seen = last
	return nil
}
