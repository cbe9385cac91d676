// Package bulletindb keeps the versions of bulletins in their table, the same on SQLite and
// PostgreSQL. It knows no rule about them; those are in package bulletin.
package bulletindb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/unit"
)

const head = `unit_code, period, version, status, doc_number, reason, erratum, hash, account_id, actor, at`

const (
	// One version; nothing when its place is taken.
	insertVersion = `INSERT INTO bulletin_versions (` + head + `, draft)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (unit_code, period, version) DO NOTHING`
	// All versions of a unit, by period and number.
	selectHeads = `SELECT ` + head + `, '' FROM bulletin_versions WHERE unit_code = $1 ORDER BY period, version`
	// Those of one period.
	selectPeriod = `SELECT ` + head + `, '' FROM bulletin_versions WHERE unit_code = $1 AND period = $2 ORDER BY version`
	// One with its draft.
	selectVersion = `SELECT ` + head + `, draft FROM bulletin_versions WHERE unit_code = $1 AND period = $2 AND version = $3`
	// Whether a unit has issued any.
	selectIssued = `SELECT COUNT(*) FROM (SELECT 1 FROM bulletin_versions WHERE unit_code = $1 AND status = 'issued' LIMIT 1) AS any_row`
)

// Store is the bulletin.Store on a database.
type Store struct{ db *database.DB }

var _ bulletin.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB) *Store { return &Store{db} }

// Add keeps a version and its files with its event.
func (s *Store) Add(ctx context.Context, v bulletin.Version, event audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, insertVersion, int64(v.Unit), v.Period.Int(), v.Number, string(v.Status), v.DocNumber, v.Reason, v.Erratum, v.Hash,
			v.Account, v.Actor, v.At.UnixMilli(), v.Text)
		if err != nil {
			return fmt.Errorf("bulletin: %w", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fmt.Errorf("bulletin: %w", err)
		}
		if n == 0 {
			return bulletin.ErrMoved.With("version", v.Number)
		}
		for _, f := range v.Files {
			if _, err := tx.ExecContext(ctx, insertFile, int64(v.Unit), v.Period.Int(), v.Number, string(f.Kind), f.Hash, f.Content); err != nil {
				return fmt.Errorf("bulletin: %w", err)
			}
		}
		return auditdb.Write(ctx, tx, event)
	})
}

// Heads reads versions without their drafts.
func (s *Store) Heads(ctx context.Context, of unit.Code, periods ...bulletin.Period) ([]bulletin.Version, error) {
	if len(periods) == 0 {
		return s.list(ctx, selectHeads, int64(of))
	}
	var all []bulletin.Version
	for _, m := range periods {
		list, err := s.list(ctx, selectPeriod, int64(of), m.Int())
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

func (s *Store) list(ctx context.Context, query string, args ...any) ([]bulletin.Version, error) {
	rows, err := s.db.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("bulletin: %w", err)
	}
	defer rows.Close()
	var list []bulletin.Version
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("bulletin: %w", err)
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// Version reads one with its draft.
func (s *Store) Version(ctx context.Context, of unit.Code, m bulletin.Period, number int32) (bulletin.Version, error) {
	v, err := scan(s.db.Reader().QueryRowContext(ctx, selectVersion, int64(of), m.Int(), number))
	if errors.Is(err, sql.ErrNoRows) {
		return bulletin.Version{}, bulletin.ErrNoVersion.With("version", number)
	}
	if err == nil {
		err = json.Unmarshal([]byte(v.Text), &v.Draft)
	}
	if err != nil {
		return bulletin.Version{}, fmt.Errorf("bulletin: %w", err)
	}
	return v, nil
}

// Issued tells whether a unit has issued any.
func (s *Store) Issued(ctx context.Context, of unit.Code) (bool, error) {
	var n int
	if err := s.db.Reader().QueryRowContext(ctx, selectIssued, int64(of)).Scan(&n); err != nil {
		return false, fmt.Errorf("bulletin: %w", err)
	}
	return n > 0, nil
}

func scan(row interface{ Scan(...any) error }) (v bulletin.Version, err error) {
	var period int
	var at int64
	err = row.Scan((*int64)(&v.Unit), &period, &v.Number, (*string)(&v.Status), &v.DocNumber, &v.Reason, &v.Erratum, &v.Hash, &v.Account, &v.Actor, &at, &v.Text)
	v.Period, v.At = bulletin.PeriodOf(period), time.UnixMilli(at)
	return v, err
}
