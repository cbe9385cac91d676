// Package ledgerdb keeps the ledger in tables, the same on SQLite and PostgreSQL. It owns the
// SQL of row versions, submissions, grants, drafts and uploads; it knows no rule of the ledger.
package ledgerdb

import (
	"context"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
)

// Sealer keeps telephone numbers unreadable in the tables.
type Sealer interface {
	Seal(plain string) (string, error)
	Open(sealed string) (string, error)
}

// Store is the ledger.Store on a database. Commit, Follow, Refresh and Close are the line's.
type Store struct {
	*database.Line[ledger.Change, ledger.Event]
	db     *database.DB
	seal   Sealer
	insert inserter
}

var _ ledger.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(ctx context.Context, db *database.DB, seal Sealer) (*Store, error) {
	s := &Store{db: db, seal: seal}
	var err error
	if s.insert, err = prepareInserts(ctx, db); err != nil {
		return nil, err
	}
	s.Line, err = database.NewLine(ctx, db, "ledger", scribe{s})
	return s, err
}
