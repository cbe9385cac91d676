// Package auditdb keeps the audit's events in their table. Wings write with Write inside their
// own transactions.
package auditdb

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	// One event, in the transaction of what it tells of.
	insertEvent = `INSERT INTO audit_events (at, account_id, actor, action, unit_code, subject, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	// The events of a range of codes before one of them, newest first.
	selectEvents = `SELECT id, at, account_id, actor, action, unit_code, subject, before, after FROM audit_events
		WHERE unit_code >= $1 AND unit_code < $2 AND id < $3 ORDER BY id DESC LIMIT $4`
)

// Write adds an event in the transaction of the verb that it tells of.
func Write(ctx context.Context, tx *sql.Tx, e audit.Event) error {
	_, err := tx.ExecContext(ctx, insertEvent, e.At.UnixMilli(), e.Account, e.Actor, e.Action, int64(e.Unit), e.Subject, e.Before, e.After)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// Store is the audit.Store on a database.
type Store struct{ db *database.DB }

var _ audit.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB) *Store { return &Store{db} }

// Events reads events newest first.
func (s *Store) Events(ctx context.Context, q audit.Query) ([]audit.Event, error) {
	before := q.Before
	if before <= 0 {
		before = math.MaxInt64
	}
	lo, hi := q.Of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectEvents, int64(lo), int64(hi), before, q.Limit)
	if err != nil {
		return nil, fmt.Errorf("audit events: %w", err)
	}
	defer rows.Close()
	var events []audit.Event
	for rows.Next() {
		var (
			e        audit.Event
			at, code int64
		)
		if err := rows.Scan(&e.ID, &at, &e.Account, &e.Actor, &e.Action, &code, &e.Subject, &e.Before, &e.After); err != nil {
			return nil, fmt.Errorf("audit events: %w", err)
		}
		e.At, e.Unit = time.UnixMilli(at), unit.Code(code)
		events = append(events, e)
	}
	return events, rows.Err()
}
