package recorddb

import (
	"context"
	"database/sql"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Records reads the latest version of each record asked for, the latest day first.
func (s *Store) Records(ctx context.Context, q record.Query) ([]record.Version, error) {
	query, args := selectRecords(s.db.Dialect, q)
	rows, err := s.query(ctx, q, query, args)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []record.Version
	for rows.Next() {
		var from, account, at int64
		var actor string
		v, err := scan(rows, &from, &account, &actor, &at)
		if err != nil {
			return nil, err
		}
		v.Entered = record.Entry{From: unit.Code(from), Account: account, Actor: actor, At: time.UnixMilli(at).UTC()}
		list = append(list, *v)
	}
	return list, rows.Err()
}

// query runs a list. What is read for every record entered is kept as a statement.
func (s *Store) query(ctx context.Context, q record.Query, text string, args []any) (*sql.Rows, error) {
	if !q.Own || q.Offset > 0 {
		return s.db.Reader().QueryContext(ctx, text, args...)
	}
	statement, err := s.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(ctx, args...)
}

// OpenPoints counts records by what is open in them.
func (s *Store) OpenPoints(ctx context.Context, of unit.Code) (map[record.Points]int, error) {
	const query = `SELECT pointed, COUNT(*) FROM records WHERE unit_code >= $1 AND unit_code < $2 AND pointed <> 0 GROUP BY pointed`
	first, end := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, query, int64(first), int64(end))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[record.Points]int{}
	for rows.Next() {
		var set int64
		var n int
		if err := rows.Scan(&set, &n); err != nil {
			return nil, err
		}
		out[record.Points(set)] = n
	}
	return out, rows.Err()
}

// conditions are what a line has to meet, with the values for their places.
type conditions struct {
	list []string
	args []any
}

func (c *conditions) place(v any) string {
	c.args = append(c.args, v)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *conditions) add(condition string, v any) { c.list = append(c.list, condition+c.place(v)) }

// selectRecords is the query of a list. The lines are found first and only then their versions
// read.
func selectRecords(d database.Dialect, q record.Query) (query string, args []any) {
	found, args := selectFound(d, q)
	return `SELECT ` + columns + `, f.from_unit, f.account_id, f.actor, f.at FROM (` + found + `) l
		JOIN record_versions v ON v.county = l.county AND v.id = l.id AND v.version = l.version
		JOIN record_versions f ON f.county = l.county AND f.id = l.id AND f.version = 1
		ORDER BY l.day DESC, l.id DESC`, args
}

// selectFound finds the lines of a list, backwards from the end of an index in which the unit and
// the day stand: a page costs the same however many records there are.
func selectFound(d database.Dialect, q record.Query) (query string, args []any) {
	var c conditions
	from, at := "records r", "r"
	if q.With != "" {
		from, at = "record_parties p JOIN records r ON r.id = p.id", "p"
	}
	c.within(d, at, q)
	if q.With != "" {
		c.add("p.name = ", q.With)
	}
	if q.Kind != "" {
		c.add("r.kind = ", q.Kind)
	}
	if !q.From.IsZero() {
		c.add(at+".day >= ", q.From.Int())
	}
	if !q.To.IsZero() {
		c.add(at+".day <= ", q.To.Int())
	}
	if !q.Withdrawn {
		c.add("r.status <> ", string(record.Withdrawn))
	}
	if q.Pointed || q.Open != 0 {
		c.list = append(c.list, "r.pointed <> 0")
	}
	if q.Open != 0 {
		c.list = append(c.list, "(r.pointed & "+c.place(int64(q.Open))+") <> 0")
	}
	if len(q.Awaiting) > 0 {
		c.add("r.status = ", string(record.Standing))
		var kinds []string
		for _, k := range q.Awaiting {
			kinds = append(kinds, c.place(k))
		}
		c.list = append(c.list, "r.kind IN ("+strings.Join(kinds, ", ")+")")
	}
	where := ""
	if len(c.list) > 0 {
		where = ` WHERE ` + strings.Join(c.list, " AND ")
	}
	return `SELECT r.county, r.id, r.version, r.day FROM ` + from + where +
		` ORDER BY ` + at + `.day DESC, ` + at + `.id DESC` + c.part(q), c.args
}

// part is which part of a list is wanted. As a number in the text it lets SQLite keep a statement
// as it is; with a place for it the statement is read anew whenever it is run.
func (c *conditions) part(q record.Query) string {
	text := " LIMIT " + strconv.Itoa(q.Limit)
	if q.Offset > 0 {
		text += " OFFSET " + c.place(q.Offset)
	}
	return text
}

// within keeps to a unit and all below it, by the column of its level.
func (c *conditions) within(d database.Dialect, at string, q record.Query) {
	level := q.Of.Level()
	switch {
	case q.Own, level == unit.LevelVillage:
		c.add(at+".unit_code = ", int64(q.Of))
	case at == "r" && level == unit.LevelTown && !q.Pointed && q.Open == 0:
		c.add("r.town = ", int64(q.Of))
		return
	case level == unit.LevelCounty:
		c.add(at+".county = ", int64(q.Of))
		return
	case level == unit.LevelNation:
	default:
		// With the sign SQLite uses no index for the unit: a city's records, out of several
		// counties in code order, would have to be sorted by day. PostgreSQL chooses by what is
		// there.
		if d == database.SQLite {
			at = "+" + at
		}
		first, end := q.Of.Range()
		c.add(at+".unit_code >= ", int64(first))
		c.add(at+".unit_code < ", int64(end))
		at = strings.TrimPrefix(at, "+")
	}
	if level >= unit.LevelCounty && (at == "p" || q.Pointed || q.Open != 0) {
		c.add(at+".county = ", county(q.Of))
	}
}
