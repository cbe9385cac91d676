package ledgerdb

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

const rowColumns = `county, week, unit_code, version, seq, status, unchanged, on_behalf, cell_values, notes,
	source, source_detail, reason, return_due, account_id, actor, at, derived`

const (
	// Every version of every row of a week, so that chains can be folded.
	selectWeekRows = `SELECT ` + rowColumns + ` FROM row_versions WHERE county = $1 AND week = $2 ORDER BY unit_code, version`
	// The latest version of each row in a range of codes.
	selectLatestRows = `SELECT ` + rowColumns + ` FROM row_versions r WHERE county = $1 AND week = $2 AND unit_code >= $3 AND unit_code < $4
		AND version = (SELECT MAX(version) FROM row_versions l WHERE l.county = r.county AND l.week = r.week AND l.unit_code = r.unit_code)
		ORDER BY unit_code`
	// Every version of one row.
	selectRowHistory = `SELECT ` + rowColumns + ` FROM row_versions WHERE county = $1 AND week = $2 AND unit_code = $3 ORDER BY version`
	// One town's rows of a week in every version, from which a submission's are picked.
	selectTownRows = `SELECT ` + rowColumns + ` FROM row_versions WHERE county = $1 AND week = $2 AND unit_code >= $3 AND unit_code < $4
		ORDER BY unit_code, version`
	// What was written after a position.
	selectRowsBetween = `SELECT ` + rowColumns + ` FROM row_versions WHERE seq > $1 AND seq <= $2 ORDER BY seq`
	// The counties that have rows, submissions or grants in a week. The primary keys begin with
	// the county: each county is found from the one before it, whatever number of rows lie between.
	selectCounties = `WITH RECURSIVE c (county) AS (
			SELECT MIN(county) FROM (SELECT MIN(county) AS county FROM row_versions WHERE county >= $2
				UNION ALL SELECT MIN(county) FROM submissions WHERE county >= $2
				UNION ALL SELECT MIN(county) FROM grants WHERE county >= $2) AS first
			UNION ALL
			SELECT (SELECT MIN(county) FROM (SELECT MIN(county) AS county FROM row_versions WHERE county > c.county
				UNION ALL SELECT MIN(county) FROM submissions WHERE county > c.county
				UNION ALL SELECT MIN(county) FROM grants WHERE county > c.county) AS next)
			FROM c WHERE c.county < $3)
		SELECT county FROM c WHERE county < $3 AND (EXISTS (SELECT 1 FROM row_versions r WHERE r.county = c.county AND r.week = $1)
			OR EXISTS (SELECT 1 FROM submissions s WHERE s.county = c.county AND s.week = $1)
			OR EXISTS (SELECT 1 FROM grants g WHERE g.county = c.county AND g.week = $1))
		ORDER BY county`
)

// detail is what of a row version is kept as JSON beside its source.
type detail struct {
	File    string   `json:"file,omitempty"`
	Upload  string   `json:"upload,omitempty"`
	Sheet   string   `json:"sheet,omitempty"`
	Row     int      `json:"row,omitempty"`
	Columns string   `json:"columns,omitempty"`
	Points  []string `json:"returned_cells,omitempty"`
}

func county(c unit.Code) int64 { return int64(c.At(unit.LevelCounty)) }

// queryer is a transaction or a pool.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// eachRow scans row versions.
func eachRow(ctx context.Context, q queryer, fn func(r *ledger.RowVersion) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		r, err := scanRow(rows)
		if err != nil {
			return err
		}
		if err := fn(&r); err != nil {
			return err
		}
	}
	return rows.Err()
}

func scanRow(rows *sql.Rows) (ledger.RowVersion, error) {
	var (
		r                          ledger.RowVersion
		countyCode, code           int64
		week                       int
		unchanged, onBehalf        int
		values, notes, det, status string
		derived                    string
		returnDue, at              int64
	)
	err := rows.Scan(&countyCode, &week, &code, &r.Version, &r.Seq, &status, &unchanged, &onBehalf, &values, &notes,
		&r.Source.Kind, &det, &r.Reason, &returnDue, &r.Account, &r.Actor, &at, &derived)
	if err != nil {
		return r, err
	}
	if r.Week, err = date.FromInt(week); err != nil {
		return r, err
	}
	r.Unit, r.Status = unit.Code(code), ledger.Status(status)
	r.Unchanged, r.OnBehalf = unchanged == 1, onBehalf == 1
	r.ReturnDue, r.At = fromMillis(returnDue), fromMillis(at)
	if r.Values, err = ledger.ParseValues(values); err != nil {
		return r, fmt.Errorf("row %s of %s version %d: %w", r.Unit, r.Week, r.Version, err)
	}
	if derived != "" {
		if r.Derived, err = ledger.ParseValues(derived); err != nil {
			return r, fmt.Errorf("row %s of %s version %d: %w", r.Unit, r.Week, r.Version, err)
		}
	}
	if notes != "" {
		if err := json.Unmarshal([]byte(notes), &r.Notes); err != nil {
			return r, err
		}
	}
	if det != "" {
		var d detail
		if err := json.Unmarshal([]byte(det), &d); err != nil {
			return r, err
		}
		r.Source = ledger.Source{Kind: r.Source.Kind, File: d.File, Upload: d.Upload, Sheet: d.Sheet, Row: d.Row, Columns: d.Columns}
		r.Cells = d.Points
	}
	return r, nil
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// LoadWeek reads one state of a week, county by county.
func (s *Store) LoadWeek(ctx context.Context, week date.Date, begin func([]ledger.Submission, []ledger.Grant), row func(*ledger.RowVersion) error) error {
	return s.db.View(ctx, func(tx *sql.Tx) error {
		counties, err := s.counties(ctx, tx, unit.Nation, week)
		if err != nil {
			return err
		}
		var subs []ledger.Submission
		var grants []ledger.Grant
		for _, c := range counties {
			found, err := s.weekSubmissions(ctx, tx, c, week)
			if err != nil {
				return err
			}
			granted, err := weekGrants(ctx, tx, c, week)
			if err != nil {
				return err
			}
			subs, grants = append(subs, found...), append(grants, granted...)
		}
		begin(subs, grants)
		for _, c := range counties {
			if err := eachRow(ctx, tx, row, selectWeekRows, c, week.Int()); err != nil {
				return err
			}
		}
		return nil
	})
}

// counties are those in which a unit may have anything in a week: the one it is or lies in, or
// those of a city, a province, the nation that have.
func (s *Store) counties(ctx context.Context, q queryer, of unit.Code, week date.Date) ([]int64, error) {
	if of.Level() >= unit.LevelCounty {
		return []int64{county(of)}, nil
	}
	lo, hi := countyRange(of)
	rows, err := q.QueryContext(ctx, selectCounties, week.Int(), lo, hi)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var c int64
		if err := rows.Scan(&c); err != nil {
			return nil, err
		}
		out = append(out, c)
	}
	return out, rows.Err()
}

// countyRange is the counties a unit touches: those in it, or the one it is in.
func countyRange(of unit.Code) (lo, hi int64) {
	if of.Level() <= unit.LevelCounty {
		l, h := of.Range()
		return int64(l), int64(h)
	}
	c := county(of)
	return c, c + 1
}

// Rows reads the latest version of each row.
func (s *Store) Rows(ctx context.Context, of unit.Code, week date.Date) ([]ledger.RowVersion, error) {
	counties, err := s.counties(ctx, s.db.Reader(), of, week)
	if err != nil {
		return nil, err
	}
	lo, hi := of.Range()
	var out []ledger.RowVersion
	keep := func(r *ledger.RowVersion) error { out = append(out, *r); return nil }
	for _, c := range counties {
		if err := eachRow(ctx, s.db.Reader(), keep, selectLatestRows, c, week.Int(), int64(lo), int64(hi)); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// RowHistory reads every version of one row.
func (s *Store) RowHistory(ctx context.Context, village unit.Code, week date.Date) ([]ledger.RowVersion, error) {
	var out []ledger.RowVersion
	keep := func(r *ledger.RowVersion) error { out = append(out, *r); return nil }
	err := eachRow(ctx, s.db.Reader(), keep, selectRowHistory, county(village), week.Int(), int64(village))
	return out, err
}

// SealedRows reads the versions a town's submission holds.
func (s *Store) SealedRows(ctx context.Context, sub *ledger.Submission) ([]ledger.RowVersion, error) {
	in := make(map[unit.Code]int32, len(sub.Members))
	for _, m := range sub.Members {
		in[m.Unit] = m.Version
	}
	var out []ledger.RowVersion
	lo, hi := sub.Unit.Range()
	err := eachRow(ctx, s.db.Reader(), func(r *ledger.RowVersion) error {
		if in[r.Unit] == r.Version {
			out = append(out, *r)
		}
		return nil
	}, selectTownRows, county(sub.Unit), sub.Week.Int(), int64(lo), int64(hi))
	return out, err
}
