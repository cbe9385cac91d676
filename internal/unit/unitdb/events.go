package unitdb

import (
	"context"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

// What was done to one unit as a unit, newest first.
const selectEvents = `SELECT id, at, account_id, actor, action, subject, before, after FROM audit_events
	WHERE unit_code = $1 AND action LIKE 'unit.%' ORDER BY id DESC LIMIT 100`

// Events reads what was done to exactly this unit, newest first.
func (s *Store) Events(ctx context.Context, of unit.Code) ([]audit.Event, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectEvents, int64(of))
	if err != nil {
		return nil, fmt.Errorf("unit events: %w", err)
	}
	defer rows.Close()
	var events []audit.Event
	for rows.Next() {
		e := audit.Event{Unit: of}
		var at int64
		if err := rows.Scan(&e.ID, &at, &e.Account, &e.Actor, &e.Action, &e.Subject, &e.Before, &e.After); err != nil {
			return nil, fmt.Errorf("unit events: %w", err)
		}
		e.At = time.UnixMilli(at)
		events = append(events, e)
	}
	return events, rows.Err()
}
