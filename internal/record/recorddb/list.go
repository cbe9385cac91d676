package recorddb

import (
	"context"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/record"
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
		where = append(where, "r.pointed = 1")
	}
	if len(q.Awaiting) > 0 {
		var kinds []string
		for _, k := range q.Awaiting {
			kinds = append(kinds, place(k))
		}
		where = append(where, "r.status = "+place(string(record.Standing)), "r.kind IN ("+strings.Join(kinds, ", ")+")")
	}
	query := `SELECT ` + columns + ` FROM records r JOIN record_versions v ON v.county = r.county AND v.id = r.id AND v.version = r.version
		WHERE ` + strings.Join(where, " AND ") + ` ORDER BY r.day DESC, r.id DESC LIMIT ` + place(q.Limit) + ` OFFSET ` + place(q.Offset)
	return read(ctx, s.db.Reader(), query, args...)
}
