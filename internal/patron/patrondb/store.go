// Package patrondb keeps the register of patrons in its table, telephone numbers sealed. It knows
// no rule about them; those are in package patron.
package patrondb

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
	"github.com/sangzi/sangzi/internal/patron"
	"github.com/sangzi/sangzi/internal/unit"
)

// Sealer keeps numbers unreadable in the table.
type Sealer interface {
	Seal(plain string) (string, error)
	Open(sealed string) (string, error)
}

const columns = `id, unit_code, name, lives, relation, contact, consent_day, consent_how, consent_by, phone, revision, erased, actor, at`

const (
	selectPatron = `SELECT ` + columns + ` FROM patrons WHERE id = $1`
	// Those of a range of codes, those erased last.
	selectPatrons = `SELECT ` + columns + ` FROM patrons WHERE unit_code >= $1 AND unit_code < $2 ORDER BY unit_code, erased, name, id`
	selectCounts  = `SELECT unit_code, SUM(1 - erased), SUM(CASE WHEN phone <> '' THEN 1 ELSE 0 END), SUM(erased) FROM patrons
		WHERE unit_code >= $1 AND unit_code < $2 GROUP BY unit_code ORDER BY unit_code`
	insertPatron = `INSERT INTO patrons (unit_code, name, lives, relation, contact, consent_day, consent_how, consent_by, phone, revision, erased, actor, at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id`
	// Over the revision that was seen; the number stays where $14 is 1.
	updatePatron = `UPDATE patrons SET name = $1, lives = $2, relation = $3, contact = $4, consent_day = $5, consent_how = $6, consent_by = $7,
		revision = $8, erased = $9, actor = $10, at = $11, phone = CASE WHEN $14 = 1 THEN phone ELSE $15 END WHERE id = $12 AND revision = $13`
	// Is the name in the unit's register, under another number?
	countName = `SELECT COUNT(*) FROM patrons WHERE unit_code = $1 AND name = $2 AND erased = 0 AND id <> $3`
)

// Store is the patron.Store on a database.
type Store struct {
	db   *database.DB
	seal Sealer
}

var _ patron.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB, seal Sealer) *Store { return &Store{db, seal} }

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

func taken(ctx context.Context, tx *sql.Tx, p *patron.Patron) error {
	var n int
	if err := tx.QueryRowContext(ctx, countName, int64(p.Unit), p.Name, p.ID).Scan(&n); err != nil {
		return err
	}
	if n > 0 && !p.Erased {
		return patron.ErrTaken.With("name", p.Name)
	}
	return nil
}

// Add keeps somebody.
func (s *Store) Add(ctx context.Context, p patron.Patron, e audit.Event) (id int64, err error) {
	phone, err := s.seal.Seal(p.Phone)
	if err != nil {
		return 0, fmt.Errorf("patron: %w", err)
	}
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		if err := taken(ctx, tx, &p); err != nil {
			return err
		}
		err := tx.QueryRowContext(ctx, insertPatron, int64(p.Unit), p.Name, p.Lives, p.Relation, p.Contact, p.Consent.Day.Int(), string(p.Consent.How), p.Consent.By,
			phone, p.Revision, flag(p.Erased), p.Actor, p.At.UnixMilli()).Scan(&id)
		if err != nil {
			return fmt.Errorf("patron: %w", err)
		}
		p.ID = id
		e.Subject = p.Number()
		return auditdb.Write(ctx, tx, e)
	})
	return id, err
}

// Save writes over the revision before.
func (s *Store) Save(ctx context.Context, p patron.Patron, keepPhone bool, e audit.Event) error {
	phone, err := s.seal.Seal(p.Phone)
	if err != nil {
		return fmt.Errorf("patron: %w", err)
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if err := taken(ctx, tx, &p); err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, updatePatron, p.Name, p.Lives, p.Relation, p.Contact, p.Consent.Day.Int(), string(p.Consent.How), p.Consent.By,
			p.Revision, flag(p.Erased), p.Actor, p.At.UnixMilli(), p.ID, p.Revision-1, flag(keepPhone), phone)
		if err != nil {
			return fmt.Errorf("patron: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(patron.ErrMoved, err)
		}
		return auditdb.Write(ctx, tx, e)
	})
}

// Patron reads one.
func (s *Store) Patron(ctx context.Context, id int64) (patron.Patron, error) {
	p, err := s.scan(s.db.Reader().QueryRowContext(ctx, selectPatron, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, patron.ErrNone
	}
	return p, err
}

// Patrons reads those of a unit and all below it.
func (s *Store) Patrons(ctx context.Context, of unit.Code) ([]patron.Patron, error) {
	lo, hi := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectPatrons, int64(lo), int64(hi))
	if err != nil {
		return nil, fmt.Errorf("patrons: %w", err)
	}
	defer rows.Close()
	var list []patron.Patron
	for rows.Next() {
		p, err := s.scan(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	return list, rows.Err()
}

// Counts counts by unit.
func (s *Store) Counts(ctx context.Context, of unit.Code) ([]patron.Count, error) {
	lo, hi := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectCounts, int64(lo), int64(hi))
	if err != nil {
		return nil, fmt.Errorf("patrons: %w", err)
	}
	defer rows.Close()
	var list []patron.Count
	for rows.Next() {
		var c patron.Count
		var code int64
		if err := rows.Scan(&code, &c.Listed, &c.WithPhone, &c.Erased); err != nil {
			return nil, fmt.Errorf("patrons: %w", err)
		}
		c.Unit = unit.Code(code)
		list = append(list, c)
	}
	return list, rows.Err()
}

// Note writes an event.
func (s *Store) Note(ctx context.Context, e audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error { return auditdb.Write(ctx, tx, e) })
}

func (s *Store) scan(row interface{ Scan(dest ...any) error }) (patron.Patron, error) {
	var (
		p                patron.Patron
		code, erased, at int64
		day              int
		how, phone       string
	)
	err := row.Scan(&p.ID, &code, &p.Name, &p.Lives, &p.Relation, &p.Contact, &day, &how, &p.Consent.By, &phone, &p.Revision, &erased, &p.Actor, &at)
	if err != nil {
		return p, fmt.Errorf("patron: %w", err)
	}
	p.Unit, p.Consent.How, p.Erased, p.At = unit.Code(code), patron.How(how), erased != 0, time.UnixMilli(at).UTC()
	if day != 0 {
		if p.Consent.Day, err = date.FromInt(day); err != nil {
			return p, fmt.Errorf("patron %d: %w", p.ID, err)
		}
	}
	if p.Phone, err = s.seal.Open(phone); err != nil {
		return p, fmt.Errorf("phone of patron %d: %w", p.ID, err)
	}
	return p, nil
}
