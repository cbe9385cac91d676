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

const submissionColumns = `county, week, unit_code, version, seq, status, head, members, hash, source, reason, return_due, account_id, actor, at`

const (
	// A county's submissions of a week: its towns' and its own.
	selectWeekSubmissions = `SELECT ` + submissionColumns + ` FROM submissions WHERE county = $1 AND week = $2 ORDER BY unit_code, version`
	// Every version of one unit's week.
	selectSubmissions = `SELECT ` + submissionColumns + ` FROM submissions WHERE county = $1 AND week = $2 AND unit_code = $3 ORDER BY version`
	// What was sealed or returned after a position.
	selectSubmissionsBetween = `SELECT ` + submissionColumns + ` FROM submissions WHERE seq > $1 AND seq <= $2 ORDER BY seq`
	// Seals, returns or reopens; never an update.
	insertSubmission = `INSERT INTO submissions (` + submissionColumns + `)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`

	grantColumns = `county, week, unit_code, seq, kind, until, reason, account_id, actor, at`
	// The extensions and waivers of a county's week.
	selectWeekGrants = `SELECT ` + grantColumns + ` FROM grants WHERE county = $1 AND week = $2 ORDER BY seq`
	// What was granted after a position.
	selectGrantsBetween = `SELECT ` + grantColumns + ` FROM grants WHERE seq > $1 AND seq <= $2 ORDER BY seq`
	// An extension or a waiver.
	insertGrantRow = `INSERT INTO grants (` + grantColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	// The weeks for which a range of codes has rows or submissions: every (county, week) is found
	// from the one before it, as in selectCounties.
	selectWeeks = `WITH RECURSIVE c (county) AS (
			SELECT MIN(county) FROM (SELECT MIN(county) AS county FROM row_versions WHERE county >= $1
				UNION ALL SELECT MIN(county) FROM submissions WHERE county >= $1) AS first
			UNION ALL
			SELECT (SELECT MIN(county) FROM (SELECT MIN(county) AS county FROM row_versions WHERE county > c.county
				UNION ALL SELECT MIN(county) FROM submissions WHERE county > c.county) AS next)
			FROM c WHERE c.county < $2),
		w (county, week) AS (
			SELECT county, CAST(0 AS BIGINT) FROM c WHERE county < $2
			UNION ALL
			SELECT w.county, (SELECT MIN(week) FROM (SELECT MIN(week) AS week FROM row_versions r WHERE r.county = w.county AND r.week > w.week
				UNION ALL SELECT MIN(week) FROM submissions s WHERE s.county = w.county AND s.week > w.week) AS next)
			FROM w WHERE w.week IS NOT NULL)
		SELECT DISTINCT week FROM w WHERE week > 0 AND (
			EXISTS (SELECT 1 FROM row_versions r WHERE r.county = w.county AND r.week = w.week AND r.unit_code >= $3 AND r.unit_code < $4)
			OR EXISTS (SELECT 1 FROM submissions s WHERE s.county = w.county AND s.week = w.week AND s.unit_code >= $3 AND s.unit_code < $4))
		ORDER BY week`
)

func (s *Store) insertSubmission(ctx context.Context, tx *sql.Tx, sub *ledger.Submission) error {
	stored := sub.Head
	var err error
	if stored.Phone, err = s.seal.Seal(stored.Phone); err != nil {
		return err
	}
	head, err := json.Marshal(stored)
	if err != nil {
		return err
	}
	members, err := json.Marshal(sub.Members)
	if err != nil {
		return err
	}
	source, err := json.Marshal(sub.Source)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, insertSubmission, county(sub.Unit), sub.Week.Int(), int64(sub.Unit), sub.Version, sub.Seq, string(sub.Status),
		string(head), string(members), sub.Hash, string(source), sub.Reason, millis(sub.ReturnDue), sub.Account, sub.Actor, millis(sub.At)); err != nil {
		return fmt.Errorf("submission: %w", err)
	}
	return nil
}

func insertGrant(ctx context.Context, tx *sql.Tx, g *ledger.Grant) error {
	_, err := tx.ExecContext(ctx, insertGrantRow, county(g.Unit), g.Week.Int(), int64(g.Unit), g.Seq, string(g.Kind), millis(g.Until), g.Reason,
		g.Account, g.Actor, millis(g.At))
	if err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	return nil
}

func (s *Store) submissions(ctx context.Context, q queryer, query string, args ...any) ([]ledger.Submission, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ledger.Submission
	for rows.Next() {
		var (
			sub                   ledger.Submission
			countyCode, code      int64
			week                  int
			head, members, source string
			returnDue, at         int64
		)
		if err := rows.Scan(&countyCode, &week, &code, &sub.Version, &sub.Seq, &sub.Status, &head, &members, &sub.Hash, &source,
			&sub.Reason, &returnDue, &sub.Account, &sub.Actor, &at); err != nil {
			return nil, err
		}
		if sub.Week, err = date.FromInt(week); err != nil {
			return nil, err
		}
		sub.Unit, sub.ReturnDue, sub.At = unit.Code(code), fromMillis(returnDue), fromMillis(at)
		if err := errors.Join(json.Unmarshal([]byte(head), &sub.Head), json.Unmarshal([]byte(members), &sub.Members),
			json.Unmarshal([]byte(source), &sub.Source)); err != nil {
			return nil, fmt.Errorf("submission %s of %s version %d: %w", sub.Unit, sub.Week, sub.Version, err)
		}
		if sub.Head.Phone, err = s.seal.Open(sub.Head.Phone); err != nil {
			return nil, fmt.Errorf("telephone of %s: %w", sub.Unit, err)
		}
		out = append(out, sub)
	}
	return out, rows.Err()
}

func (s *Store) weekSubmissions(ctx context.Context, q queryer, county int64, week date.Date) ([]ledger.Submission, error) {
	return s.submissions(ctx, q, selectWeekSubmissions, county, week.Int())
}

// Submissions reads every version of a town's or county's week.
func (s *Store) Submissions(ctx context.Context, of unit.Code, week date.Date) ([]ledger.Submission, error) {
	return s.submissions(ctx, s.db.Reader(), selectSubmissions, county(of), week.Int(), int64(of))
}

func weekGrants(ctx context.Context, q queryer, county int64, week date.Date) ([]ledger.Grant, error) {
	return grants(ctx, q, selectWeekGrants, county, week.Int())
}

func grants(ctx context.Context, q queryer, query string, args ...any) ([]ledger.Grant, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []ledger.Grant
	for rows.Next() {
		var (
			g                ledger.Grant
			countyCode, code int64
			week             int
			until, at        int64
		)
		if err := rows.Scan(&countyCode, &week, &code, &g.Seq, &g.Kind, &until, &g.Reason, &g.Account, &g.Actor, &at); err != nil {
			return nil, err
		}
		if g.Week, err = date.FromInt(week); err != nil {
			return nil, err
		}
		g.Unit, g.Until, g.At = unit.Code(code), fromMillis(until), fromMillis(at)
		out = append(out, g)
	}
	return out, rows.Err()
}

// Weeks lists the weeks for which a unit has anything, oldest first.
func (s *Store) Weeks(ctx context.Context, of unit.Code) ([]date.Date, error) {
	from, to := countyRange(of)
	lo, hi := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectWeeks, from, to, int64(lo), int64(hi))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []date.Date
	for rows.Next() {
		var n int
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		d, err := date.FromInt(n)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, rows.Err()
}
