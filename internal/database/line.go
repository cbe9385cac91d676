package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Line is the one order in which events of a kind are written, by however many servers share the
// database. Who hands in a change learns how it ended once it is on disk and everybody in this
// process who follows has been told; changes that arrive meanwhile share the next commit.
//
// A change C is decided when its turn has come: then everything before it, other servers' events
// as well, has been told to the follower. It becomes any number of events E, each with its place
// in the order; places follow one another without a gap.
type Line[C any, E Placed] struct {
	db      *DB
	scribe  Scribe[C, E]
	group   *Group[*turn[C, E]]
	advance *sql.Stmt
	where   string // the query of where the line stands

	mu    sync.Mutex // held while events are written or taken in, so that they stay in order
	seen  int64      // the last place that has been told
	apply func([]E)
}

// Placed is an event that can be told its place.
type Placed interface{ SetSeq(place int64) }

// Scribe is what a Line must be told of its changes and their tables. All but Together are called
// inside the transaction that holds the line.
type Scribe[C any, E Placed] interface {
	// Together gives how many of the changes, counted from the first, may share a transaction: at
	// least one. Two of which the second must see what became of the first may not.
	Together(changes []C) int
	// Expect is how many events the change will most likely become; another number costs one more
	// statement and nothing else.
	Expect(change C) int
	// Prepare decides on a change: its events, or why not. It may be called again when the
	// transaction could not be written, and after who asked has gone.
	Prepare(ctx context.Context, tx *sql.Tx, change C) ([]E, error)
	// Insert writes the events, which have their places, the first being the one after the given,
	// and whatever else the changes they came from say. ErrNothing when there was nothing to write.
	Insert(ctx context.Context, tx *sql.Tx, after int64, events []E, changes []C) error
	// Between reads the events behind one place up to another, in order.
	Between(ctx context.Context, tx *sql.Tx, after, upto int64) ([]E, error)
}

// ErrNothing is Insert's answer when nothing was to be written: the transaction then costs no
// commit.
var ErrNothing = errors.New("database: nothing to write")

const (
	// together is how many changes share one transaction at most.
	together = 256
	// patience is how long one transaction may take before the database counts as gone.
	patience = 2 * time.Minute
)

// turn is a change that waits for its turn, and what became of it.
type turn[C any, E Placed] struct {
	change C
	events []E
	err    error
}

// NewLine opens the line that has the name in the table counters. Nobody follows it yet.
func NewLine[C any, E Placed](ctx context.Context, db *DB, name string, scribe Scribe[C, E]) (*Line[C, E], error) {
	l := &Line[C, E]{db: db, scribe: scribe, apply: func([]E) {}, where: `SELECT value FROM counters WHERE name = '` + name + `'`}
	if err := db.reader.QueryRowContext(ctx, l.where).Scan(&l.seen); err != nil {
		return nil, fmt.Errorf("where %s stand: %w", name, err)
	}
	var err error
	// The counter's row stays locked until the transaction ends, so that places appear in the
	// order of commits.
	if l.advance, err = db.writer.PrepareContext(ctx, `UPDATE counters SET value = value + $1 WHERE name = '`+name+`' RETURNING value`); err != nil {
		return nil, fmt.Errorf("prepare: %w", err)
	}
	l.group = NewGroup(together, l.commit)
	return l, nil
}

// Close ends writing; what was acknowledged is on disk already.
func (l *Line[C, E]) Close() {
	l.group.Close()
	l.advance.Close() //nolint:errcheck // nothing is written with it any more
}

// Follow names the function that is told every event in order, this process's and others'. It is
// named once, before anything is written.
func (l *Line[C, E]) Follow(apply func([]E)) { l.apply = apply }

// Commit hands in a change and returns when it is on disk and told, or why it is not.
func (l *Line[C, E]) Commit(ctx context.Context, change C) error {
	return l.group.Do(ctx, &turn[C, E]{change: change})
}

// Refresh takes in what other processes have written.
func (l *Line[C, E]) Refresh(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var last int64
	if err := l.db.reader.QueryRowContext(ctx, l.where).Scan(&last); err != nil || last <= l.seen {
		return err
	}
	return l.db.View(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, l.where).Scan(&last); err != nil {
			return err
		}
		return l.catchUp(ctx, tx, last)
	})
}

// Start reads what a follower begins with, in one state of the database; it is told what comes
// after that state.
func (l *Line[C, E]) Start(ctx context.Context, read func(tx *sql.Tx) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.db.View(ctx, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, l.where).Scan(&l.seen); err != nil {
			return err
		}
		return read(tx)
	})
}

// commit writes changes in as few transactions as the scribe allows.
func (l *Line[C, E]) commit(ctx context.Context, turns []*turn[C, E]) []error {
	l.mu.Lock()
	defer l.mu.Unlock()
	changes := make([]C, len(turns))
	for i, t := range turns {
		changes[i] = t.change
	}
	for done := 0; done < len(turns); {
		n := max(1, l.scribe.Together(changes[done:]))
		l.write(ctx, turns[done:done+n])
		done += n
	}
	errs := make([]error, len(turns))
	for i, t := range turns {
		errs[i] = t.err
	}
	return errs
}

// write writes changes in one transaction. When something in it cannot be written, each is tried
// by itself, so that it spoils no other; not so when the commit itself failed, for then nobody
// knows whether it was kept, nor when the database gave no answer in time.
func (l *Line[C, E]) write(ctx context.Context, turns []*turn[C, E]) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	inserted, err := l.transact(ctx, turns)
	if err == nil {
		return
	}
	if !inserted && len(turns) > 1 && ctx.Err() == nil {
		for i := range turns {
			l.write(context.WithoutCancel(ctx), turns[i:i+1])
		}
		return
	}
	for _, t := range turns {
		if t.err == nil {
			t.err = err
		}
	}
}

// transact decides on changes and writes them in one transaction, under the lock that all writers
// of the line share; what another process has written since is taken in first. inserted tells
// whether it came to the commit.
func (l *Line[C, E]) transact(ctx context.Context, turns []*turn[C, E]) (inserted bool, err error) {
	var events []E
	var last int64
	err = l.db.Write(ctx, func(tx *sql.Tx) (err error) {
		expected := 0
		for _, t := range turns {
			expected += l.scribe.Expect(t.change)
		}
		if last, err = l.move(ctx, tx, expected); err != nil {
			return err
		}
		if last > l.seen {
			if err := l.catchUp(ctx, tx, last); err != nil {
				return err
			}
		}
		var from []C
		if events, from, err = l.decide(ctx, tx, last, turns); err != nil {
			return err
		}
		if len(events) != expected {
			if _, err := l.move(ctx, tx, len(events)-expected); err != nil {
				return err
			}
		}
		if err := l.scribe.Insert(ctx, tx, last, events, from); err != nil {
			return err
		}
		inserted = true
		return nil
	})
	if errors.Is(err, ErrNothing) {
		return false, nil
	}
	if err == nil && len(events) > 0 {
		l.seen = last + int64(len(events))
		l.apply(events)
	}
	return inserted, err
}

// decide asks for the events of each change and gives them their places. The changes that are
// refused keep their reason; the others are given back.
func (l *Line[C, E]) decide(ctx context.Context, tx *sql.Tx, last int64, turns []*turn[C, E]) (events []E, from []C, err error) {
	for _, t := range turns {
		if t.events, t.err = l.prepare(ctx, tx, t.change); t.err == nil {
			events, from = append(events, t.events...), append(from, t.change)
		}
	}
	for i, e := range events {
		e.SetSeq(last + int64(i) + 1)
	}
	return events, from, ctx.Err()
}

// prepare asks for one change's events; a panic in it is that change's error and nobody else's.
func (l *Line[C, E]) prepare(ctx context.Context, tx *sql.Tx, change C) (events []E, err error) {
	defer func() {
		if p := recover(); p != nil {
			events, err = nil, fmt.Errorf("prepare: %v\n%s", p, debug.Stack())
		}
	}()
	return l.scribe.Prepare(ctx, tx, change)
}

// move moves the line on by n places and gives where it stood.
func (l *Line[C, E]) move(ctx context.Context, tx *sql.Tx, n int) (last int64, err error) {
	if err = tx.StmtContext(ctx, l.advance).QueryRowContext(ctx, n).Scan(&last); err != nil {
		return 0, fmt.Errorf("counter: %w", err)
	}
	return last - int64(n), nil
}

// catchUp tells the events up to a place.
func (l *Line[C, E]) catchUp(ctx context.Context, tx *sql.Tx, last int64) error {
	events, err := l.scribe.Between(ctx, tx, l.seen, last)
	if err != nil {
		return fmt.Errorf("events after %d: %w", l.seen, err)
	}
	l.apply(events)
	l.seen = last
	return nil
}
