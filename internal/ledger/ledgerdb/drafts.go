package ledgerdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

const draftColumns = `unit_code, week, base_version, revision, inputs, notes, account_id, actor, at`

const (
	// The drafts of a range of codes in a week.
	selectDrafts = `SELECT ` + draftColumns + ` FROM drafts WHERE week = $1 AND unit_code >= $2 AND unit_code < $3 ORDER BY unit_code`
	// Saves a draft over the revision it was read at, or a first one; never over one that was
	// typed over a later version of the row.
	upsertDraft = `INSERT INTO drafts (` + draftColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (unit_code, week) DO UPDATE SET base_version = excluded.base_version, revision = excluded.revision,
			inputs = excluded.inputs, notes = excluded.notes, account_id = excluded.account_id, actor = excluded.actor, at = excluded.at
		WHERE drafts.revision = excluded.revision - 1 AND drafts.base_version <= excluded.base_version`
	// A discarded draft is gone.
	deleteDraft = `DELETE FROM drafts WHERE unit_code = $1 AND week = $2`
)

// Draft reads one draft.
func (s *Store) Draft(ctx context.Context, key ledger.DraftKey) (ledger.Draft, error) {
	found, err := drafts(ctx, s.db.Reader(), key.Week, int64(key.Unit), int64(key.Unit)+1)
	if err != nil {
		return ledger.Draft{}, err
	}
	if len(found) == 0 {
		return ledger.Draft{}, ledger.ErrNoDraft
	}
	return found[0], nil
}

// Drafts reads the drafts of a unit's week.
func (s *Store) Drafts(ctx context.Context, of unit.Code, week date.Date) ([]ledger.Draft, error) {
	lo, hi := of.Range()
	return drafts(ctx, s.db.Reader(), week, int64(lo), int64(hi))
}

func drafts(ctx context.Context, q queryer, week date.Date, lo, hi int64) ([]ledger.Draft, error) {
	rows, err := q.QueryContext(ctx, selectDrafts, week.Int(), lo, hi)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ledger.Draft
	for rows.Next() {
		var (
			d             ledger.Draft
			code, at      int64
			weekInt       int
			inputs, notes string
		)
		if err := rows.Scan(&code, &weekInt, &d.Base, &d.Revision, &inputs, &notes, &d.Account, &d.Actor, &at); err != nil {
			return nil, err
		}
		d.Unit, d.Week, d.At = unit.Code(code), week, fromMillis(at)
		if err := errors.Join(json.Unmarshal([]byte(inputs), &d.Inputs), json.Unmarshal([]byte(notes), &d.Notes)); err != nil {
			return nil, fmt.Errorf("draft of %s: %w", d.Unit, err)
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// SaveDraft stores the draft as the revision after the one it was read at.
func (s *Store) SaveDraft(ctx context.Context, d ledger.Draft) (ledger.Draft, error) {
	inputs, err := json.Marshal(d.Inputs)
	if err != nil {
		return d, err
	}
	notes, err := json.Marshal(d.Notes)
	if err != nil {
		return d, err
	}
	d.Revision++
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, upsertDraft, int64(d.Unit), d.Week.Int(), d.Base, d.Revision, string(inputs), string(notes),
			d.Account, d.Actor, millis(d.At))
		if err != nil {
			return fmt.Errorf("draft: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ledger.ErrDraftMoved)
		}
		return nil
	})
	return d, err
}

// DropDraft forgets a draft.
func (s *Store) DropDraft(ctx context.Context, key ledger.DraftKey) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, deleteDraft, int64(key.Unit), key.Week.Int())
		return err
	})
}
