// Package accountdb keeps accounts, departments, tokens, failed sign-ins and browser sessions
// in tables, the same on SQLite and PostgreSQL. Telephone numbers are sealed on the way in and
// opened on the way out; it knows no rule of accounts.
package accountdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
)

// Sealer keeps telephone numbers unreadable in the tables.
type Sealer interface {
	Seal(plain string) (string, error)
	Open(sealed string) (string, error)
}

// Store is the account.Store on a database.
type Store struct {
	db   *database.DB
	seal Sealer
}

var _ account.Store = (*Store)(nil)

// Open makes the store on a migrated database.
func Open(db *database.DB, seal Sealer) *Store { return &Store{db, seal} }

// counter is the number that every write of accounts raises. Its row is locked by the first
// statement of a write, so that writes of several servers take turns.
const counter = "accounts"

// Has anything here been written since?
const selectVersion = `SELECT value FROM counters WHERE name = 'accounts'`

// Version rises with every write.
func (s *Store) Version(ctx context.Context) (version int64, err error) {
	if err = s.db.Reader().QueryRowContext(ctx, selectVersion).Scan(&version); err != nil {
		err = fmt.Errorf("version of the accounts: %w", err)
	}
	return version, err
}

// Write runs fn in one transaction, one at a time over all servers.
func (s *Store) Write(ctx context.Context, fn func(account.Tx) error) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := database.NextID(ctx, tx, counter, 1); err != nil {
			return err
		}
		return fn(&transaction{ctx, tx, s.seal})
	})
}

// transaction is the account.Tx.
type transaction struct {
	ctx  context.Context //nolint:containedctx // lives as long as one Write
	tx   *sql.Tx
	seal Sealer
}

// Audit writes an event beside the verb.
func (t *transaction) Audit(e audit.Event) error { return auditdb.Write(t.ctx, t.tx, e) }

type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// oneOf turns an empty result into the problem that says so.
func oneOf(err, none error, what string) error {
	if errors.Is(err, sql.ErrNoRows) {
		return none
	}
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
