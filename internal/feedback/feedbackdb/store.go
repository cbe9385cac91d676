// Package feedbackdb keeps complaints and suggestions in their table. It knows no rule about
// them; those are in package feedback.
package feedbackdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/unit"
)

// Sealer keeps contacts unreadable in the table.
type Sealer interface {
	Seal(plain string) (string, error)
	Open(sealed string) (string, error)
}

const columns = `id, reference, at, unit_code, account_id, contact, content, answer, answered_by, answered_unit, answered_at`

const (
	// One entry; nothing when another has the reference.
	insertEntry = `INSERT INTO feedback (reference, at, unit_code, account_id, contact, content, answer, answered_by, answered_unit, answered_at)
		VALUES ($1, $2, $3, $4, $5, $6, '', '', 0, 0) ON CONFLICT (reference) DO NOTHING RETURNING id`
	selectEntry       = `SELECT ` + columns + ` FROM feedback WHERE id = $1`
	selectByReference = `SELECT ` + columns + ` FROM feedback WHERE reference = $1`
	// Those of a range of codes without an answer, the oldest first.
	selectOpen = `SELECT ` + columns + ` FROM feedback WHERE unit_code >= $1 AND unit_code < $2 AND answered_at = 0
		ORDER BY id LIMIT $3 OFFSET $4`
	// Those with one, the last answered first.
	selectAnswered = `SELECT ` + columns + ` FROM feedback WHERE unit_code >= $1 AND unit_code < $2 AND answered_at > 0
		ORDER BY answered_at DESC, id DESC LIMIT $3 OFFSET $4`
	selectCounts = `SELECT COUNT(*), COALESCE(SUM(CASE WHEN answered_at > 0 THEN 1 ELSE 0 END), 0) FROM feedback
		WHERE unit_code >= $1 AND unit_code < $2`
	// An answer over the one that was seen.
	updateAnswer = `UPDATE feedback SET answer = $1, answered_by = $2, answered_unit = $3, answered_at = $4 WHERE id = $5 AND answered_at = $6`
)

// Store is the feedback.Store on a database.
type Store struct {
	db   *database.DB
	seal Sealer
}

var _ feedback.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB, seal Sealer) *Store { return &Store{db, seal} }

// Add keeps an entry.
func (s *Store) Add(ctx context.Context, e feedback.Entry) (feedback.Entry, error) {
	contact, err := s.seal.Seal(e.Contact)
	if err != nil {
		return feedback.Entry{}, fmt.Errorf("feedback: %w", err)
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, insertEntry, e.Reference, e.At.UnixMilli(), int64(e.Unit), e.Account, contact, e.Content).Scan(&e.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return feedback.ErrTaken
		}
		return err
	})
	if err != nil {
		return feedback.Entry{}, fmt.Errorf("feedback: %w", err)
	}
	return e, nil
}

// Entry reads one.
func (s *Store) Entry(ctx context.Context, id int64) (feedback.Entry, error) {
	return s.one(ctx, feedback.ErrNone, selectEntry, id)
}

// ByReference reads the one with a reference.
func (s *Store) ByReference(ctx context.Context, reference string) (feedback.Entry, error) {
	return s.one(ctx, feedback.ErrReference, selectByReference, reference)
}

func (s *Store) one(ctx context.Context, none error, query string, key any) (feedback.Entry, error) {
	e, sealed, err := scan(s.db.Reader().QueryRowContext(ctx, query, key))
	if errors.Is(err, sql.ErrNoRows) {
		return feedback.Entry{}, none
	}
	if err == nil {
		e.Contact, err = s.seal.Open(sealed)
	}
	if err != nil {
		return feedback.Entry{}, fmt.Errorf("feedback: %w", err)
	}
	return e, nil
}

// Entries reads a part of the list, without contacts.
func (s *Store) Entries(ctx context.Context, q feedback.Query) ([]feedback.Entry, error) {
	query := selectOpen
	if q.Answered {
		query = selectAnswered
	}
	lo, hi := q.Of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, query, int64(lo), int64(hi), q.Limit, q.Offset)
	if err != nil {
		return nil, fmt.Errorf("feedback: %w", err)
	}
	defer rows.Close()
	var list []feedback.Entry
	for rows.Next() {
		e, _, err := scan(rows)
		if err != nil {
			return nil, fmt.Errorf("feedback: %w", err)
		}
		list = append(list, e)
	}
	return list, rows.Err()
}

// Counts is how many have no answer, and have one.
func (s *Store) Counts(ctx context.Context, of unit.Code) (open, answered int, err error) {
	lo, hi := of.Range()
	if err := s.db.Reader().QueryRowContext(ctx, selectCounts, int64(lo), int64(hi)).Scan(&open, &answered); err != nil {
		return 0, 0, fmt.Errorf("feedback: %w", err)
	}
	return open - answered, answered, nil
}

// Answer keeps an answer with its event.
func (s *Store) Answer(ctx context.Context, e feedback.Entry, before time.Time, event audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, updateAnswer, e.Answer, e.AnsweredBy, int64(e.AnsweredUnit), e.AnsweredAt.UnixMilli(), e.ID, milli(before))
		if err != nil {
			return fmt.Errorf("feedback: %w", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fmt.Errorf("feedback: %w", err)
		}
		if n == 0 {
			return feedback.ErrMoved
		}
		return auditdb.Write(ctx, tx, event)
	})
}

func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func scan(row interface{ Scan(...any) error }) (e feedback.Entry, sealed string, err error) {
	var at, answered int64
	err = row.Scan(&e.ID, &e.Reference, &at, (*int64)(&e.Unit), &e.Account, &sealed, &e.Content, &e.Answer, &e.AnsweredBy, (*int64)(&e.AnsweredUnit), &answered)
	e.At = time.UnixMilli(at)
	if answered > 0 {
		e.AnsweredAt = time.UnixMilli(answered)
	}
	return e, sealed, err
}
