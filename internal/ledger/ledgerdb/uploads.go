package ledgerdb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

const uploadColumns = `id, unit_code, week, file_name, sha256, content, account_id, actor, at, taken_at`

const (
	// Keeps a workbook for its preview.
	insertUpload = `INSERT INTO uploads (` + uploadColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0)`
	// A workbook with its content.
	selectUpload = `SELECT ` + uploadColumns + ` FROM uploads WHERE id = $1`
	// Marks a workbook as the proof of what was taken from it.
	takeUpload = `UPDATE uploads SET taken_at = $2 WHERE id = $1`
	// Previews that nobody confirmed are forgotten after a day.
	deleteStaleUploads = `DELETE FROM uploads WHERE taken_at = 0 AND at < $1`

	insertAudit = `INSERT INTO audit_events (at, account_id, actor, action, unit_code, subject, before, after) VALUES ($1, $2, $3, $4, $5, $6, '', $7)`
)

const day = 24 * 60 * 60 * 1000 // milliseconds

// SaveUpload keeps a workbook for its preview and forgets previews older than a day.
func (s *Store) SaveUpload(ctx context.Context, u ledger.Upload) error {
	if u.Content == nil {
		u.Content = []byte{} // an empty file, not the absence of one
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, deleteStaleUploads, millis(u.At)-day); err != nil {
			return fmt.Errorf("stale uploads: %w", err)
		}
		_, err := tx.ExecContext(ctx, insertUpload, u.ID, int64(u.Unit), u.Week.Int(), u.File, u.SHA256, u.Content, u.Account, u.Actor, millis(u.At))
		if err != nil {
			return fmt.Errorf("upload: %w", err)
		}
		return nil
	})
}

// Upload reads a workbook.
func (s *Store) Upload(ctx context.Context, id string) (ledger.Upload, error) {
	var (
		u         ledger.Upload
		code      int64
		week      int
		at, taken int64
	)
	err := s.db.Reader().QueryRowContext(ctx, selectUpload, id).Scan(&u.ID, &code, &week, &u.File, &u.SHA256, &u.Content, &u.Account, &u.Actor, &at, &taken)
	if errors.Is(err, sql.ErrNoRows) {
		return u, ledger.ErrNoUpload
	}
	if err != nil {
		return u, err
	}
	u.Unit, u.At, u.TakenAt = unit.Code(code), fromMillis(at), fromMillis(taken)
	u.Week, err = date.FromInt(week)
	return u, err
}

func writeAsides(ctx context.Context, tx *sql.Tx, also []ledger.Aside) error {
	for _, a := range also {
		if a.TakeUpload != "" {
			res, err := tx.ExecContext(ctx, takeUpload, a.TakeUpload, millis(a.At))
			if err != nil {
				return fmt.Errorf("take upload: %w", err)
			}
			if n, err := res.RowsAffected(); err != nil || n == 0 {
				return errors.Join(err, ledger.ErrNoUpload)
			}
		}
		if n := a.Audit; n != nil {
			if _, err := tx.ExecContext(ctx, insertAudit, millis(n.At), n.Account, n.Actor, n.Action, int64(n.Unit), n.Subject, n.Detail); err != nil {
				return fmt.Errorf("audit: %w", err)
			}
		}
	}
	return nil
}
