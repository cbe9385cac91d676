package recorddb

import (
	"context"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/record"
)

// mostAlike is how many photos are looked at that may be the same, for each way of finding them.
const mostAlike = 50

// Alike lists photos of records that look like one: by their file, and by each quarter of the
// hash, of which in one that is near some differ in at most one place. Each is a short look into
// an index.
func (s *Store) Alike(ctx context.Context, q record.Alike) ([]record.Use, error) {
	var args arguments
	c := args.place(county(q.County))
	find := func(what string) string {
		return `SELECT * FROM (SELECT p.id FROM photos p JOIN record_photos rp ON rp.photo_id = p.id WHERE p.county = ` + c + ` AND ` + what +
			` AND rp.record_id <> ` + args.place(q.Except) + ` ORDER BY p.id DESC LIMIT ` + args.place(mostAlike) + `) x`
	}
	ways := []string{find(`p.file_hash = ` + args.place(q.File))}
	if q.Hash.Telling() {
		for i, band := range q.Hash.Bands() {
			var near []int64
			for _, n := range picture.Neighbours(band) {
				near = append(near, int64(n))
			}
			ways = append(ways, find(`p.band`+strconv.Itoa(i)+` IN (`+args.list(near)+`)`))
		}
	}
	query := `SELECT ` + columns + `, ` + photoColumns + fromPhotos + `
		JOIN records r ON r.id = rp.record_id
		JOIN record_versions v ON v.county = r.county AND v.id = r.id AND v.version = r.version
		WHERE p.id IN (` + strings.Join(ways, ` UNION `) + `) ORDER BY p.id DESC`
	rows, err := s.db.Reader().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []record.Use
	for rows.Next() {
		var r photoRow
		v, err := scan(rows, r.into()...)
		if err != nil {
			return nil, err
		}
		p, err := r.photo()
		if err != nil {
			return nil, err
		}
		list = append(list, record.Use{Photo: p, Version: *v})
	}
	return list, rows.Err()
}

// arguments are the values of a query made piece by piece.
type arguments []any

func (a *arguments) place(v any) string {
	*a = append(*a, v)
	return "$" + strconv.Itoa(len(*a))
}

func (a *arguments) list(values []int64) string {
	places := make([]string, len(values))
	for i, v := range values {
		places[i] = a.place(v)
	}
	return strings.Join(places, ", ")
}
