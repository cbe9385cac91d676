package bulletindb

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/unit"
)

const ruleColumns = `unit_code, version, from_month, neutral, name, figures, least, tie, minimum, reason, account_id, actor, at`

const (
	// One version of a rule; nothing when its place is taken.
	insertRule = `INSERT INTO bulletin_rules (` + ruleColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (unit_code, version) DO NOTHING`
	// All versions of a unit's rule, oldest first.
	selectRules = `SELECT ` + ruleColumns + ` FROM bulletin_rules WHERE unit_code = $1 ORDER BY version`
)

// AddRule keeps a version of a rule with its event.
func (s *Store) AddRule(ctx context.Context, r bulletin.Rule, event audit.Event) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, insertRule, int64(r.Unit), r.Version, r.From.Int(), flag(r.Neutral), r.Name, strings.Join(r.Of, " "), flag(r.Least), string(r.Tie),
			r.Minimum, r.Reason, r.Account, r.Actor, r.At.UnixMilli())
		if err != nil {
			return fmt.Errorf("bulletin: %w", err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return fmt.Errorf("bulletin: %w", err)
		}
		if n == 0 {
			return bulletin.ErrRuleMoved.With("version", r.Version)
		}
		return auditdb.Write(ctx, tx, event)
	})
}

// Rules reads all versions of a unit's rule.
func (s *Store) Rules(ctx context.Context, of unit.Code) ([]bulletin.Rule, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectRules, int64(of))
	if err != nil {
		return nil, fmt.Errorf("bulletin: %w", err)
	}
	defer rows.Close()
	var list []bulletin.Rule
	for rows.Next() {
		var r bulletin.Rule
		var from int
		var neutral, least, at int64
		var figures string
		if err := rows.Scan((*int64)(&r.Unit), &r.Version, &from, &neutral, &r.Name, &figures, &least, (*string)(&r.Tie), &r.Minimum, &r.Reason, &r.Account, &r.Actor, &at); err != nil {
			return nil, fmt.Errorf("bulletin: %w", err)
		}
		r.From = bulletin.PeriodOf(from)
		r.Since, r.Of = r.From.String(), append([]string{}, strings.Fields(figures)...)
		r.Neutral, r.Least, r.At = neutral != 0, least != 0, time.UnixMilli(at).UTC()
		list = append(list, r)
	}
	return list, rows.Err()
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
