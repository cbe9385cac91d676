package ledgerdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/ledger"
)

const rowPlaces = 18

// takeDrafts deletes the drafts of the rows reported after a position: what was typed is in the
// row's versions now.
const takeDrafts = `DELETE FROM drafts WHERE (unit_code, week) IN
	(SELECT unit_code, week FROM row_versions WHERE seq > $1 AND status = 'reported')`

// inserter has the statements that write 64, 16, 8, 4, 2 and 1 row versions: over a network each
// statement is a round trip, so many rows go in one.
type inserter struct {
	sizes      []int
	stmts      []*sql.Stmt
	takeDrafts *sql.Stmt
}

func prepareInserts(ctx context.Context, db *database.DB) (inserter, error) {
	in := inserter{sizes: []int{64, 16, 8, 4, 2, 1}}
	for _, n := range in.sizes {
		stmt, err := db.Writer().PrepareContext(ctx, `INSERT INTO row_versions (`+rowColumns+`) VALUES `+db.Dialect.Places(n, rowPlaces))
		if err != nil {
			return in, fmt.Errorf("prepare: %w", err)
		}
		in.stmts = append(in.stmts, stmt)
	}
	var err error
	if in.takeDrafts, err = db.Writer().PrepareContext(ctx, takeDrafts); err != nil {
		return in, fmt.Errorf("prepare: %w", err)
	}
	return in, nil
}

// insertRowVersions writes the row versions among events whose places begin behind one, and takes
// the drafts away that they were typed in.
func (s *Store) insertRowVersions(ctx context.Context, tx *sql.Tx, after int64, events []ledger.Event) error {
	rows := make([]*ledger.RowVersion, 0, len(events))
	for _, e := range events {
		if e.Row != nil {
			rows = append(rows, e.Row)
		}
	}
	if len(rows) == 0 {
		return nil
	}
	args := make([]any, 0, 64*rowPlaces)
	var buf []byte
	for k, n := range s.insert.sizes {
		if len(rows) < n {
			continue
		}
		stmt := tx.StmtContext(ctx, s.insert.stmts[k])
		for len(rows) >= n {
			args = args[:0]
			for _, r := range rows[:n] {
				var err error
				if args, buf, err = rowArgs(args, buf, r); err != nil {
					return err
				}
			}
			if _, err := stmt.ExecContext(ctx, args...); err != nil {
				return fmt.Errorf("row versions: %w", err)
			}
			rows = rows[n:]
		}
	}
	if _, err := tx.StmtContext(ctx, s.insert.takeDrafts).ExecContext(ctx, after); err != nil {
		return fmt.Errorf("take drafts: %w", err)
	}
	return nil
}

func rowArgs(args []any, buf []byte, r *ledger.RowVersion) ([]any, []byte, error) {
	notes, err := jsonOrEmpty(len(r.Notes) > 0, r.Notes)
	if err != nil {
		return nil, nil, err
	}
	d := detail{r.Source.File, r.Source.Upload, r.Source.Sheet, r.Source.Row, r.Source.Columns, r.Cells}
	det, err := jsonOrEmpty(d.File != "" || d.Upload != "" || d.Sheet != "" || d.Row != 0 || len(d.Points) > 0, d)
	if err != nil {
		return nil, nil, err
	}
	derived := ""
	if r.Derived != nil {
		derived = string(r.Derived.AppendJSON(nil))
	}
	buf = r.Values.AppendJSON(buf[:0])
	return append(args, county(r.Unit), r.Week.Int(), int64(r.Unit), r.Version, r.Seq, string(r.Status), flag(r.Unchanged), flag(r.OnBehalf),
		string(buf), notes, string(r.Source.Kind), det, r.Reason, millis(r.ReturnDue), r.Account, r.Actor, millis(r.At), derived), buf, nil
}

func jsonOrEmpty(some bool, v any) (string, error) {
	if !some {
		return "", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
