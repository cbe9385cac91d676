// Package dispatchdb keeps what is said in the weekly dispatch in its table, the same on SQLite
// and PostgreSQL. It knows no rule about it; those are in package dispatch.
package dispatchdb

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
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/unit"
)

const columns = `county, seq, kind, refers, rule, unit_code, department, to_unit, to_department, day, week, amount, units, content, from_unit, account_id, actor, at`

const (
	// A county's log behind a place, in order.
	selectEvents = `SELECT id, ` + columns + ` FROM dispatch_events WHERE county = $1 AND seq > $2 ORDER BY seq`
	selectSince  = `SELECT id, ` + columns + ` FROM dispatch_events WHERE at >= $1 ORDER BY id`
	selectEvent  = `SELECT id, ` + columns + ` FROM dispatch_events WHERE id = $1`
	// One line; nothing when its place is taken.
	insertEvent = `INSERT INTO dispatch_events (` + columns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) ON CONFLICT DO NOTHING RETURNING id`
)

// Store is the dispatch.Store on a database.
type Store struct{ db *database.DB }

var _ dispatch.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB) *Store { return &Store{db} }

// Events reads a county's log behind a place.
func (s *Store) Events(ctx context.Context, county unit.Code, after int64) ([]dispatch.Event, error) {
	return s.list(ctx, selectEvents, int64(county), after)
}

// Since reads what all counties said since a time.
func (s *Store) Since(ctx context.Context, since time.Time) ([]dispatch.Event, error) {
	return s.list(ctx, selectSince, since.UnixMilli())
}

func (s *Store) list(ctx context.Context, query string, args ...any) ([]dispatch.Event, error) {
	rows, err := s.db.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("dispatch events: %w", err)
	}
	defer rows.Close()
	var list []dispatch.Event
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("dispatch events: %w", err)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Find reads one line.
func (s *Store) Find(ctx context.Context, id int64) (dispatch.Event, error) {
	e, err := scan(s.db.Reader().QueryRowContext(ctx, selectEvent, id))
	if errors.Is(err, sql.ErrNoRows) {
		return dispatch.Event{}, dispatch.ErrNone
	}
	if err != nil {
		return dispatch.Event{}, fmt.Errorf("dispatch event: %w", err)
	}
	return e, nil
}

// Add keeps a line at its place, and that of the history beside it.
func (s *Store) Add(ctx context.Context, e dispatch.Event, line audit.Event) (dispatch.Event, error) {
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, insertEvent, int64(e.County), e.Seq, string(e.Kind), e.Refers, e.Rule, int64(e.Party.Unit), e.Party.Department,
			int64(e.To.Unit), e.To.Department, e.Day.Int(), e.Week.Int(), e.Figure.Amount, e.Figure.Units, e.Text, int64(e.By), e.Account, e.Actor, e.At.UnixMilli()).Scan(&e.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return dispatch.ErrMoved
		}
		if err != nil {
			return fmt.Errorf("dispatch event: %w", err)
		}
		return auditdb.Write(ctx, tx, line)
	})
	if err != nil {
		return dispatch.Event{}, err
	}
	return e, nil
}

func scan(row interface{ Scan(...any) error }) (e dispatch.Event, err error) {
	var day, week int
	var at int64
	if err = row.Scan(&e.ID, (*int64)(&e.County), &e.Seq, (*string)(&e.Kind), &e.Refers, &e.Rule, (*int64)(&e.Party.Unit), &e.Party.Department,
		(*int64)(&e.To.Unit), &e.To.Department, &day, &week, &e.Figure.Amount, &e.Figure.Units, &e.Text, (*int64)(&e.By), &e.Account, &e.Actor, &at); err != nil {
		return e, err
	}
	e.At = time.UnixMilli(at)
	if e.Day, err = date.FromInt(day); err != nil {
		return e, err
	}
	e.Week, err = date.FromInt(week)
	return e, err
}
