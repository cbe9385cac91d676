// Package unitdb keeps the units and their names through time in tables, and the register made
// of them in memory. It knows no rule about units; those are in package unit.
package unitdb

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	// All spans of all units.
	selectUnits = `SELECT code, valid_from, valid_to, name, kind, successor FROM units ORDER BY code, valid_from`
	// All changes of names.
	selectNames = `SELECT unit_code, valid_from, name FROM unit_names ORDER BY unit_code, valid_from`
	// How many changes the register has seen; other servers read it again when it moves.
	selectVersion = `SELECT value FROM counters WHERE name = 'units'`
)

// Store is the register of units of one database.
type Store struct {
	db       *database.DB
	registry atomic.Pointer[unit.Registry]
	mu       sync.Mutex // held while the register is read or changed
	version  int64
}

// Open reads the register; it may be empty on a new database.
func Open(ctx context.Context, db *database.DB) (*Store, error) {
	s := &Store{db: db}
	return s, s.load(ctx)
}

// Registry is the register as it stands.
func (s *Store) Registry() *unit.Registry { return s.registry.Load() }

// Tree is the units valid on a day.
func (s *Store) Tree(day date.Date) *unit.Tree { return s.Registry().At(day) }

// Empty tells whether there are no units yet.
func (s *Store) Empty() bool { return s.Registry().Len() == 0 }

// Refresh reads the register again when another process has changed it; it tells whether.
func (s *Store) Refresh(ctx context.Context) (changed bool, err error) {
	var v int64
	if err := s.db.Reader().QueryRowContext(ctx, selectVersion).Scan(&v); err != nil {
		return false, fmt.Errorf("units: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if v == s.version {
		return false, nil
	}
	return true, s.load(ctx)
}

// load reads the register in one state of the database.
func (s *Store) load(ctx context.Context) error {
	return s.db.View(ctx, func(tx *sql.Tx) error {
		var v int64
		if err := tx.QueryRowContext(ctx, selectVersion).Scan(&v); err != nil {
			return fmt.Errorf("units: %w", err)
		}
		r, err := read(ctx, tx)
		if err != nil {
			return fmt.Errorf("units: %w", err)
		}
		s.version = v
		s.registry.Store(r)
		return nil
	})
}

// read makes the register of what a transaction sees.
func read(ctx context.Context, tx *sql.Tx) (*unit.Registry, error) {
	units, err := readUnits(ctx, tx)
	if err != nil {
		return nil, err
	}
	names, err := readNames(ctx, tx)
	if err != nil {
		return nil, err
	}
	return unit.NewRegistry(units, names)
}

func readUnits(ctx context.Context, tx *sql.Tx) (units []unit.Unit, err error) {
	rows, err := tx.QueryContext(ctx, selectUnits)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var u unit.Unit
		var from, to int
		var kind string
		if err := rows.Scan((*int64)(&u.Code), &from, &to, &u.Name, &kind, (*int64)(&u.Successor)); err != nil {
			return nil, err
		}
		if kind == unit.Virtual.String() {
			u.Kind = unit.Virtual
		}
		if u.From, err = date.FromInt(from); err != nil {
			return nil, err
		}
		if u.To, err = date.FromInt(to); err != nil {
			return nil, err
		}
		units = append(units, u)
	}
	return units, rows.Err()
}

func readNames(ctx context.Context, tx *sql.Tx) (names []unit.NameChange, err error) {
	rows, err := tx.QueryContext(ctx, selectNames)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var n unit.NameChange
		var from int
		if err := rows.Scan((*int64)(&n.Code), &from, &n.Name); err != nil {
			return nil, err
		}
		if n.From, err = date.FromInt(from); err != nil {
			return nil, err
		}
		names = append(names, n)
	}
	return names, rows.Err()
}

// Install writes the first units of a new database.
func (s *Store) Install(ctx context.Context, units []unit.Unit) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	err := s.db.Write(ctx, func(tx *sql.Tx) error {
		if err := s.writeUnits(ctx, tx, units); err != nil {
			return err
		}
		_, err := database.NextID(ctx, tx, "units", 1)
		return err
	})
	if err != nil {
		return fmt.Errorf("install units: %w", err)
	}
	return s.load(ctx)
}
