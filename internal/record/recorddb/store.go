// Package recorddb keeps records in their tables, the same on SQLite and PostgreSQL. It owns their
// SQL; it knows no rule about them.
package recorddb

import (
	"context"
	"database/sql"
	"sync"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
)

// Store is the record.Store on a database. Commit, Follow and Refresh are the line's.
type Store struct {
	*database.Line[[]record.Change, record.Event]
	db       *database.DB
	prepared sync.Map // *sql.Stmt by its text
}

var _ record.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(ctx context.Context, db *database.DB) (*Store, error) {
	s := &Store{db: db}
	var err error
	s.Line, err = database.NewLine(ctx, db, "records", scribe{db.Dialect})
	return s, err
}

// Close stops writing; what was acknowledged is on disk already.
func (s *Store) Close() {
	s.Line.Close()
	s.prepared.Range(func(query, statement any) bool {
		statement.(*sql.Stmt).Close() //nolint:errcheck // it was only read with
		s.prepared.Delete(query)
		return true
	})
}

// statement is a query, read once: reading a list's costs more than running it.
func (s *Store) statement(ctx context.Context, query string) (*sql.Stmt, error) {
	if known, ok := s.prepared.Load(query); ok {
		return known.(*sql.Stmt), nil
	}
	made, err := s.db.Reader().PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	kept, there := s.prepared.LoadOrStore(query, made)
	if there {
		made.Close() //nolint:errcheck // the other one is used
	}
	return kept.(*sql.Stmt), nil
}
