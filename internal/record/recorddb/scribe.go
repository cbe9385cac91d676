package recorddb

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
)

// scribe writes commits of records as their line asks.
type scribe struct{ dialect database.Dialect }

// Together lets two commits that touch the same record, or enter with the same key, not share a
// transaction.
func (scribe) Together(commits [][]record.Change) int {
	touched, keys := map[int64]bool{}, map[string]bool{}
	for i, changes := range commits {
		for _, c := range changes {
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
	return len(commits)
}

// Expect is a version a change.
func (scribe) Expect(changes []record.Change) int { return len(changes) }

// Prepare asks each change of one commit for its version; one that is refused ends the commit.
func (scribe) Prepare(ctx context.Context, tx *sql.Tx, changes []record.Change) ([]record.Event, error) {
	var events []record.Event
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

// Insert writes versions and moves their records on.
func (w scribe) Insert(ctx context.Context, tx *sql.Tx, _ int64, events []record.Event, _ [][]record.Change) error {
	if len(events) == 0 {
		return database.ErrNothing
	}
	return insert(ctx, tx, w.dialect, events)
}

// Between reads the versions in (after, upto] in their order, each with the one before it.
func (scribe) Between(ctx context.Context, tx *sql.Tx, after, upto int64) ([]record.Event, error) {
	versions, err := read(ctx, tx, selectBetween, after, upto)
	if err != nil {
		return nil, err
	}
	events := make([]record.Event, len(versions))
	for i := range versions {
		events[i].Version = &versions[i]
		if versions[i].Number == 1 {
			continue
		}
		before, err := read(ctx, tx, selectVersion, versions[i].ID, versions[i].Number-1)
		if err != nil {
			return nil, err
		}
		if len(before) != 1 {
			return nil, fmt.Errorf("record %d has no version %d", versions[i].ID, versions[i].Number-1)
		}
		events[i].Before = &before[0]
	}
	return events, nil
}
