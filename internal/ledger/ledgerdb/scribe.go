package ledgerdb

import (
	"context"
	"database/sql"
	"sort"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
)

// scribe writes the ledger's changes as its line asks.
type scribe struct{ s *Store }

// Together lets changes that stand alone, and second changes of the same row, begin a new
// transaction.
func (w scribe) Together(changes []ledger.Change) int {
	if changes[0].Alone {
		return 1
	}
	rows := make(map[ledger.DraftKey]bool, len(changes))
	for i, c := range changes {
		key := ledger.DraftKey{Unit: c.Unit, Week: c.Week}
		if c.Alone || rows[key] {
			return i
		}
		rows[key] = true
	}
	return len(changes)
}

// Expect is one event a change, most of the time.
func (w scribe) Expect(ledger.Change) int { return 1 }

// Prepare lets the change decide over the book.
func (w scribe) Prepare(_ context.Context, _ *sql.Tx, c ledger.Change) ([]ledger.Event, error) {
	return c.Prepare()
}

// Insert writes events, and after them what is kept beside.
func (w scribe) Insert(ctx context.Context, tx *sql.Tx, after int64, events []ledger.Event, changes []ledger.Change) error {
	wrote := len(events) > 0
	if err := w.s.insertRowVersions(ctx, tx, after, events); err != nil {
		return err
	}
	for _, e := range events {
		var err error
		switch {
		case e.Submission != nil:
			err = w.s.insertSubmission(ctx, tx, e.Submission)
		case e.Grant != nil:
			err = insertGrant(ctx, tx, e.Grant)
		}
		if err != nil {
			return err
		}
	}
	for _, c := range changes {
		wrote = wrote || len(c.Also) > 0
		if err := writeAsides(ctx, tx, c.Also); err != nil {
			return err
		}
	}
	if !wrote {
		return database.ErrNothing
	}
	return nil
}

// Between reads the events in (after, upTo] in their order.
func (w scribe) Between(ctx context.Context, tx *sql.Tx, after, upTo int64) ([]ledger.Event, error) {
	var out []ledger.Event
	err := eachRow(ctx, tx, func(r *ledger.RowVersion) error {
		row := *r
		out = append(out, ledger.Event{Row: &row})
		return nil
	}, selectRowsBetween, after, upTo)
	if err != nil {
		return nil, err
	}
	subs, err := w.s.submissions(ctx, tx, selectSubmissionsBetween, after, upTo)
	if err != nil {
		return nil, err
	}
	for i := range subs {
		out = append(out, ledger.Event{Submission: &subs[i]})
	}
	granted, err := grants(ctx, tx, selectGrantsBetween, after, upTo)
	if err != nil {
		return nil, err
	}
	for i := range granted {
		out = append(out, ledger.Event{Grant: &granted[i]})
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Seq() < out[j].Seq() })
	return out, nil
}
