package recorddb

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

const columns = `v.county, v.id, v.version, v.seq, v.kind, v.unit_code, v.took_part, v.day, v.until_day, v.facts, v.status, v.pointed, v.reason,
	v.dispute, v.from_unit, v.source, v.source_detail, v.account_id, v.actor, v.at, v.photos, v.latitude, v.longitude, v.answer, v.looked, v.checked`

const places = 26

const (
	// The latest version of one record. The county of a record is found through the records.
	selectLatest = `SELECT ` + columns + ` FROM records r JOIN record_versions v ON v.county = r.county AND v.id = r.id AND v.version = r.version WHERE r.id = $1`
	// One version of one record.
	selectVersion = `SELECT ` + columns + ` FROM records r JOIN record_versions v ON v.county = r.county AND v.id = r.id WHERE r.id = $1 AND v.version = $2`
	// Every version of one record.
	selectVersions = `SELECT ` + columns + ` FROM records r JOIN record_versions v ON v.county = r.county AND v.id = r.id WHERE r.id = $1 ORDER BY v.version`
	// The records that an account has entered for a unit on a day and that are not withdrawn, as it
	// entered them.
	selectSent = `SELECT ` + columns + ` FROM records r JOIN record_versions v ON v.county = r.county AND v.id = r.id AND v.version = 1
		WHERE r.unit_code = $1 AND r.day = $2 AND r.kind = $3 AND r.status <> $4 AND v.account_id = $5 ORDER BY v.id`
	// What was written after a position.
	selectBetween = `SELECT ` + columns + ` FROM record_versions v WHERE v.seq > $1 AND v.seq <= $2 ORDER BY v.seq`
	// Everything, by record and version, for the book.
	selectAll = `SELECT ` + columns + ` FROM record_versions v ORDER BY v.county, v.id, v.version`
	// Every version of one unit's own records of a kind.
	selectHistories = `SELECT ` + columns + ` FROM records r JOIN record_versions v ON v.county = r.county AND v.id = r.id
		WHERE r.unit_code = $1 AND r.kind = $2 ORDER BY v.id, v.version`
	// The record's latest version moves on; a new record gets its line.
	upsertRecord = `INSERT INTO records (id, county, version, kind, unit_code, town, day, status, pointed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, day = excluded.day, status = excluded.status, pointed = excluded.pointed`
	// Who took part in the version before no longer does.
	deleteParties = `DELETE FROM record_parties WHERE id = $1`
	// Who took part in a record's latest version.
	insertParty = `INSERT INTO record_parties (id, name, county, day, unit_code) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id, name) DO NOTHING`
)

// detail is what of a source is kept as JSON.
type detail struct {
	File  string `json:"file,omitempty"`
	Sheet string `json:"sheet,omitempty"`
	Row   int    `json:"row,omitempty"`
	Key   string `json:"key,omitempty"` // of the form
}

func county(c unit.Code) int64 { return int64(c.At(unit.LevelCounty)) }

// insert writes versions and moves their records on.
func insert(ctx context.Context, tx *sql.Tx, d database.Dialect, events []record.Event) error {
	const together = 32
	q := `INSERT INTO record_versions (county, id, version, seq, kind, unit_code, took_part, day, until_day, facts, status, pointed, reason,
		dispute, from_unit, source, source_detail, account_id, actor, at, photos, latitude, longitude, answer, looked, checked) VALUES `
	for rest := events; len(rest) > 0; {
		n := min(together, len(rest))
		args := make([]any, 0, n*places)
		for _, e := range rest[:n] {
			var err error
			if args, err = appendArgs(args, e.Version); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, q+d.Places(n, places), args...); err != nil {
			return fmt.Errorf("record versions: %w", err)
		}
		rest = rest[n:]
	}
	for _, e := range events {
		v := e.Version
		if err := takePhotos(ctx, tx, e); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, upsertRecord, v.ID, county(v.Unit), v.Number, v.Kind, int64(v.Unit), int64(v.Unit.At(unit.LevelTown)), v.Day.Int(), string(v.Status), int64(v.Open())); err != nil {
			return fmt.Errorf("records: %w", err)
		}
		if err := moveParties(ctx, tx, e); err != nil {
			return fmt.Errorf("record parties: %w", err)
		}
	}
	return nil
}

// moveParties writes who took part in a version in the place of who took part in the one before.
func moveParties(ctx context.Context, tx *sql.Tx, e record.Event) error {
	v := e.Version
	if e.Before != nil {
		if e.Before.Day == v.Day && slices.Equal(e.Before.With, v.With) {
			return nil
		}
		if _, err := tx.ExecContext(ctx, deleteParties, v.ID); err != nil {
			return err
		}
	}
	for _, name := range v.With {
		if _, err := tx.ExecContext(ctx, insertParty, v.ID, name, county(v.Unit), v.Day.Int(), int64(v.Unit)); err != nil {
			return err
		}
	}
	return nil
}

func appendArgs(args []any, v *record.Version) ([]any, error) {
	checked, err := checkText(v.Check)
	if err != nil {
		return nil, err
	}
	var texts [5]string
	for i, part := range []any{v.With, v.Facts, v.Pointed, detail{v.Source.File, v.Source.Sheet, v.Source.Row, v.Key}, v.Photos} {
		b, err := json.Marshal(part)
		if err != nil {
			return nil, err
		}
		texts[i] = string(b)
	}
	var at picture.Place
	if v.Position != nil {
		at = *v.Position
	}
	return append(args, county(v.Unit), v.ID, v.Number, v.Seq, v.Kind, int64(v.Unit), texts[0], v.Day.Int(), v.Until.Int(), texts[1], string(v.Status), texts[2],
		v.Reason, v.Dispute, int64(v.From), string(v.Source.Kind), texts[3], v.Account, v.Actor, v.At.UnixMilli(), texts[4], int64(at.Latitude), int64(at.Longitude), v.Answer, v.Looked, checked), nil
}

// queryer is a transaction or a pool.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func read(ctx context.Context, q queryer, query string, args ...any) ([]record.Version, error) {
	var list []record.Version
	err := each(ctx, q, func(v *record.Version) error {
		list = append(list, *v)
		return nil
	}, query, args...)
	return list, err
}

func each(ctx context.Context, q queryer, fn func(v *record.Version) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return err
		}
		if err := fn(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

// scan reads columns, and behind them what else was asked for.
func scan(rows *sql.Rows, more ...any) (*record.Version, error) {
	var (
		v                                       record.Version
		countyCode, code, from, at              int64
		day, until                              int
		with, facts, pointed, det, kind, status string
		photos, checked                         string
		position                                picture.Place
	)
	err := rows.Scan(append([]any{&countyCode, &v.ID, &v.Number, &v.Seq, &v.Kind, &code, &with, &day, &until, &facts, &status, &pointed, &v.Reason,
		&v.Dispute, &from, &kind, &det, &v.Account, &v.Actor, &at, &photos, &position.Latitude, &position.Longitude, &v.Answer, &v.Looked, &checked}, more...)...)
	if err != nil {
		return nil, err
	}
	v.Unit, v.From, v.Status, v.Source.Kind, v.At = unit.Code(code), unit.Code(from), record.Status(status), ledger.SourceKind(kind), time.UnixMilli(at).UTC()
	if v.Day, err = date.FromInt(day); err != nil {
		return nil, err
	}
	if until != 0 {
		if v.Until, err = date.FromInt(until); err != nil {
			return nil, err
		}
	}
	if position != (picture.Place{}) {
		v.Position = &position
	}
	if v.Check, err = readCheck(checked); err != nil {
		return nil, fmt.Errorf("record %d version %d: %w", v.ID, v.Number, err)
	}
	var d detail
	for _, part := range []struct {
		text string
		into any
	}{{with, &v.With}, {pointed, &v.Pointed}, {facts, &v.Facts}, {det, &d}, {photos, &v.Photos}} {
		switch part.text {
		case "null", "[]", "{}": // of most records nothing is said there
			continue
		}
		if err := json.Unmarshal([]byte(part.text), part.into); err != nil {
			return nil, fmt.Errorf("record %d version %d: %w", v.ID, v.Number, err)
		}
	}
	v.Source.File, v.Source.Sheet, v.Source.Row, v.Key = d.File, d.Sheet, d.Row, d.Key
	return &v, nil
}

// Load gives every version of every record, with the one before it.
func (s *Store) Load(ctx context.Context, fn func(record.Event) error) error {
	return s.Start(ctx, func(tx *sql.Tx) error {
		var before *record.Version
		return each(ctx, tx, func(v *record.Version) error {
			e := record.Event{Version: v}
			if before != nil && before.ID == v.ID {
				e.Before = before
			}
			before = v
			return fn(e)
		}, selectAll)
	})
}

// Versions reads every version of a record.
func (s *Store) Versions(ctx context.Context, id int64) ([]record.Version, error) {
	list, err := read(ctx, s.db.Reader(), selectVersions, id)
	if err == nil && len(list) == 0 {
		return nil, record.ErrNone
	}
	entered(list)
	return list, err
}

// entered tells each version of records, read by record and version, who entered it.
func entered(list []record.Version) {
	first := 0
	for i := range list {
		if list[i].ID != list[first].ID {
			first = i
		}
		list[i].Entered = list[first].Entry()
	}
}

// Histories reads every version of a unit's own records of a kind.
func (s *Store) Histories(ctx context.Context, of unit.Code, kind string) ([]record.Version, error) {
	list, err := read(ctx, s.db.Reader(), selectHistories, int64(of), kind)
	entered(list)
	return list, err
}
