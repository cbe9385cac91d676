package recorddb

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Records reads the latest version of each record asked for, the latest day first.
func (s *Store) Records(ctx context.Context, q record.Query) ([]record.Version, error) {
	var where []string
	var args []any
	place := func(v any) string {
		args = append(args, v)
		return "$" + strconv.Itoa(len(args))
	}
	first, end := q.Of.Range()
	where = append(where, "r.unit_code >= "+place(int64(first)), "r.unit_code < "+place(int64(end)))
	if q.Kind != "" {
		where = append(where, "r.kind = "+place(q.Kind))
	}
	if !q.From.IsZero() {
		where = append(where, "r.day >= "+place(q.From.Int()))
	}
	if !q.To.IsZero() {
		where = append(where, "r.day <= "+place(q.To.Int()))
	}
	if !q.Withdrawn {
		where = append(where, "r.status <> "+place(string(record.Withdrawn)))
	}
	if q.Pointed {
		where = append(where, "r.pointed <> 0")
	}
	if q.Open != 0 {
		where = append(where, "r.pointed <> 0", "(r.pointed & "+place(int64(q.Open))+") <> 0")
	}
	if len(q.Awaiting) > 0 {
		var kinds []string
		for _, k := range q.Awaiting {
			kinds = append(kinds, place(k))
		}
		where = append(where, "r.status = "+place(string(record.Standing)), "r.kind IN ("+strings.Join(kinds, ", ")+")")
	}
	if q.With != "" {
		// The list is JSON: the name stands in it as JSON writes it, between quotes.
		name, err := json.Marshal(q.With)
		if err != nil {
			return nil, err
		}
		where = append(where, "v.took_part LIKE "+place("%"+literally.Replace(string(name))+"%")+" ESCAPE '!'")
	}
	query := `SELECT ` + columns + `, f.from_unit, f.account_id, f.actor, f.at FROM records r
		JOIN record_versions v ON v.county = r.county AND v.id = r.id AND v.version = r.version
		JOIN record_versions f ON f.county = r.county AND f.id = r.id AND f.version = 1
		WHERE ` + strings.Join(where, " AND ") + ` ORDER BY r.day DESC, r.id DESC LIMIT ` + place(q.Limit) + ` OFFSET ` + place(q.Offset)
	rows, err := s.db.Reader().QueryContext(ctx, query, args...)
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

// literally writes a text so that LIKE finds itself only.
var literally = strings.NewReplacer("!", "!!", "%", "!%", "_", "!_")

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
