// Package notifydb keeps what was decided, the inbox, the robots and what is to go out in their
// tables. It knows no rule about them; those are in package notify.
package notifydb

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
	"github.com/sangzi/sangzi/internal/notify"
)

// Sealer keeps addresses and secrets of robots unreadable in the table.
type Sealer interface {
	Seal(plain string) (string, error)
	Open(sealed string) (string, error)
}

// Store is the notify.Store on a database.
type Store struct {
	db   *database.DB
	seal Sealer
}

var _ notify.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB, seal Sealer) *Store { return &Store{db, seal} }

// Record keeps an event.
func (s *Store) Record(ctx context.Context, event audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error { return auditdb.Write(ctx, tx, event) })
}

func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// missing is the error for a row that is not there.
func missing(err, none error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return none
	}
	return err
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func day(n int64) (date.Date, error) { return date.FromInt(int(n)) }

type scanner interface{ Scan(...any) error }

// list reads all rows of a query.
func list[T any](rows *sql.Rows, err error, scan func(scanner) (T, error)) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
