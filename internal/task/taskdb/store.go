// Package taskdb keeps what is said about tasks in its table, the same on SQLite and PostgreSQL.
// It knows no rule about it; those are in package task.
package taskdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

const columns = `id, kind, refers, duty, demand, unit_code, department, period, day, content, from_unit, account_id, actor, at`

const (
	// All that was said in a county, in order.
	selectEvents = `SELECT ` + columns + ` FROM task_events WHERE county = $1 ORDER BY id`
	selectEvent  = `SELECT ` + columns + ` FROM task_events WHERE id = $1`
	// One line; nothing when the report it decides on has been decided on.
	insertEvent = `INSERT INTO task_events (county, kind, refers, duty, demand, unit_code, department, period, day, content, from_unit, account_id, actor, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING RETURNING id`
)

// Store is the task.Store on a database.
type Store struct{ db *database.DB }

var _ task.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB) *Store { return &Store{db} }

// Events reads all that was said in a county.
func (s *Store) Events(ctx context.Context, county unit.Code) ([]task.Event, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectEvents, int64(county))
	if err != nil {
		return nil, fmt.Errorf("task events: %w", err)
	}
	defer rows.Close()
	var list []task.Event
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("task events: %w", err)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Event reads one line.
func (s *Store) Event(ctx context.Context, id int64) (task.Event, error) {
	e, err := scan(s.db.Reader().QueryRowContext(ctx, selectEvent, id))
	if errors.Is(err, sql.ErrNoRows) {
		return task.Event{}, task.ErrNone
	}
	if err != nil {
		return task.Event{}, fmt.Errorf("task event: %w", err)
	}
	return e, nil
}

// Add keeps a line, and that of the history beside it.
func (s *Store) Add(ctx context.Context, e task.Event, line audit.Event) (task.Event, error) {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, insertEvent, int64(e.Party.Unit.At(unit.LevelCounty)), string(e.Kind), e.Refers, e.Duty, e.Demand,
			int64(e.Party.Unit), e.Party.Department, e.From.Int(), e.Day.Int(), e.Text, int64(e.By), e.Account, e.Actor, e.At.UnixMilli()).Scan(&e.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return task.ErrDecided
		}
		if err != nil {
			return fmt.Errorf("task event: %w", err)
		}
		return auditdb.Write(ctx, tx, line)
	})
	if err != nil {
		return task.Event{}, err
	}
	return e, nil
}

func scan(row interface{ Scan(...any) error }) (e task.Event, err error) {
	var period, day int
	var at int64
	if err = row.Scan(&e.ID, (*string)(&e.Kind), &e.Refers, &e.Duty, &e.Demand, (*int64)(&e.Party.Unit), &e.Party.Department, &period, &day,
		&e.Text, (*int64)(&e.By), &e.Account, &e.Actor, &at); err != nil {
		return e, err
	}
	e.At = time.UnixMilli(at)
	if e.From, err = date.FromInt(period); err != nil {
		return e, err
	}
	e.Day, err = date.FromInt(day)
	return e, err
}
