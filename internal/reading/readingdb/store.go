// Package readingdb keeps what offices say of readings in its table, the same on SQLite and
// PostgreSQL. It knows no rule about it; those are in package reading.
package readingdb

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/unit"
)

const columns = `unit_code, reading, number, verdict, content, print, wording, account_id, actor, at`

const (
	// All that was said for a unit, in order.
	selectOf = `SELECT ` + columns + ` FROM reading_sayings WHERE unit_code = $1 ORDER BY number, at`
	// The last line about each reading of every unit in a range of codes.
	selectWithin = `SELECT ` + columns + ` FROM reading_sayings s WHERE unit_code >= $1 AND unit_code < $2
		AND number = (SELECT MAX(number) FROM reading_sayings l WHERE l.unit_code = s.unit_code AND l.reading = s.reading) ORDER BY unit_code, at`
	// One line; nothing when there is one of that number.
	insertSaying = `INSERT INTO reading_sayings (` + columns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`
)

// Store is the reading.Store on a database.
type Store struct{ db *database.DB }

var _ reading.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB) *Store { return &Store{db} }

// Of reads all that was said for a unit.
func (s *Store) Of(ctx context.Context, at unit.Code) ([]reading.Saying, error) {
	return s.list(ctx, selectOf, int64(at))
}

// Within reads the last lines of the units in a range.
func (s *Store) Within(ctx context.Context, of unit.Code) ([]reading.Saying, error) {
	lo, hi := of.Range()
	return s.list(ctx, selectWithin, int64(lo), int64(hi))
}

func (s *Store) list(ctx context.Context, query string, args ...any) ([]reading.Saying, error) {
	rows, err := s.db.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("readings: %w", err)
	}
	defer rows.Close()
	var list []reading.Saying
	for rows.Next() {
		var x reading.Saying
		var at int64
		if err := rows.Scan((*int64)(&x.Unit), &x.Key, &x.Number, (*string)(&x.Verdict), &x.Text, &x.Print, &x.Wording, &x.Account, &x.Actor, &at); err != nil {
			return nil, fmt.Errorf("readings: %w", err)
		}
		x.At = time.UnixMilli(at)
		list = append(list, x)
	}
	return list, rows.Err()
}

// Add keeps a line, and that of the history beside it.
func (s *Store) Add(ctx context.Context, x reading.Saying, event audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, insertSaying, int64(x.Unit), x.Key, x.Number, string(x.Verdict), x.Text, x.Print, x.Wording, x.Account, x.Actor, x.At.UnixMilli())
		if err != nil {
			return fmt.Errorf("readings: %w", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fmt.Errorf("readings: %w", err)
		}
		if n == 0 {
			return reading.ErrMoved
		}
		return auditdb.Write(ctx, tx, event)
	})
}
