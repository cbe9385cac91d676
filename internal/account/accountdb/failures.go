package accountdb

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/account"
)

const (
	// A subject's counter, made when there is none. Writing it, if only over itself, holds it
	// until the transaction ends.
	lockFailures = `INSERT INTO login_failures (subject, failures, first_at, blocked_until) VALUES ($1, 0, 0, 0)
		ON CONFLICT (subject) DO UPDATE SET failures = login_failures.failures
		RETURNING failures, first_at, blocked_until`
	saveFailures  = `UPDATE login_failures SET failures = $1, first_at = $2, blocked_until = $3 WHERE subject = $4`
	clearFailures = `DELETE FROM login_failures WHERE subject = $1`
	// Counters that no longer count.
	sweepFailures = `DELETE FROM login_failures WHERE first_at < $1 AND blocked_until < $1`
)

// Failures runs fn in one transaction on the counters.
func (s *Store) Failures(ctx context.Context, fn func(account.FailureTx) error) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error { return fn(&failures{ctx, tx}) })
}

// SweepFailures removes counters begun, and unblocked, before an instant.
func (s *Store) SweepFailures(ctx context.Context, before time.Time) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, sweepFailures, millis(before))
		return err
	})
}

type failures struct {
	ctx context.Context //nolint:containedctx // lives as long as one transaction
	tx  *sql.Tx
}

func (f *failures) Lock(subject string) (account.Failures, error) {
	var (
		found          account.Failures
		first, blocked int64
	)
	if err := f.tx.QueryRowContext(f.ctx, lockFailures, subject).Scan(&found.Count, &first, &blocked); err != nil {
		return found, fmt.Errorf("failures: %w", err)
	}
	found.First, found.BlockedUntil = fromMillis(first), fromMillis(blocked)
	return found, nil
}

func (f *failures) Save(subject string, c account.Failures) error {
	_, err := f.tx.ExecContext(f.ctx, saveFailures, c.Count, millis(c.First), millis(c.BlockedUntil), subject)
	return err
}

func (f *failures) Clear(subject string) error {
	_, err := f.tx.ExecContext(f.ctx, clearFailures, subject)
	return err
}
