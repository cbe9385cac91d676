package unitdb

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

const (
	// Spans, new or in the place of what was known of the same span; the values come between.
	insertUnits  = `INSERT INTO units (code, valid_from, valid_to, name, kind, successor) VALUES `
	onKnownUnits = ` ON CONFLICT (code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, name = excluded.name,
		kind = excluded.kind, successor = excluded.successor`
	// A name from a day on, new or in the place of the one given from that day before.
	upsertName = `INSERT INTO unit_names (unit_code, valid_from, name) VALUES ($1, $2, $3)
		ON CONFLICT (unit_code, valid_from) DO UPDATE SET name = excluded.name`
)

// Apply lets decide look at the register as it stands in the database and stores what it
// decides, all in one transaction; changes of several servers take turns. Nothing is stored
// when decide gives an error, which is handed back as it is.
func (s *Store) Apply(ctx context.Context, decide func(*unit.Registry) (register.Decision, error)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var d register.Decision
	var version int64
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		var err error
		if version, err = database.NextID(ctx, tx, "units", 1); err != nil {
			return err
		}
		r := s.Registry()
		if version != s.version+1 {
			// Another server has changed the register, and nobody can while the counter is held.
			if r, err = read(ctx, tx); err != nil {
				return fmt.Errorf("units: %w", err)
			}
		}
		if d, err = decide(r); err != nil {
			return err
		}
		if err := s.write(ctx, tx, d.Changes); err != nil {
			return fmt.Errorf("units: %w", err)
		}
		return auditdb.Write(ctx, tx, d.Event)
	})
	if err != nil {
		return err
	}
	s.version = version
	s.registry.Store(d.Next)
	return nil
}

func (s *Store) write(ctx context.Context, tx *sql.Tx, c unit.Changes) error {
	if err := s.writeUnits(ctx, tx, c.Spans); err != nil {
		return err
	}
	for _, n := range c.Names {
		if _, err := tx.ExecContext(ctx, upsertName, int64(n.Code), n.From.Int(), n.Name); err != nil {
			return err
		}
	}
	return nil
}

// writeUnits writes spans, many to a statement, which is prepared once for each size.
func (s *Store) writeUnits(ctx context.Context, tx *sql.Tx, units []unit.Unit) error {
	const places = 6
	args := make([]any, 0, 64*places)
	for _, n := range []int{64, 1} {
		if len(units) < n {
			continue
		}
		stmt, err := tx.PrepareContext(ctx, insertUnits+s.db.Dialect.Places(n, places)+onKnownUnits)
		if err != nil {
			return err
		}
		defer stmt.Close()
		for len(units) >= n {
			args = args[:0]
			for _, u := range units[:n] {
				args = append(args, int64(u.Code), u.From.Int(), u.To.Int(), u.Name, u.Kind.String(), int64(u.Successor))
			}
			if _, err := stmt.ExecContext(ctx, args...); err != nil {
				return err
			}
			units = units[n:]
		}
	}
	return nil
}
