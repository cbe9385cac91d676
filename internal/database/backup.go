package database

import (
	"archive/zip"
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/sangzi/sangzi/internal/problem"
)

// A backup is a zip: for each table one JSON array a line, in the order of its key, then
// manifest.json. It is the same for both engines, so it also moves a database from one to the
// other. Telephone numbers in it stay sealed; the key is kept apart.

// ErrNotThere: the database to be backed up does not exist, or is none of this program. {url}
var ErrNotThere = problem.New(problem.NotFound, "database.not_there")

type manifest struct {
	Format string           `json:"format"`
	Schema int64            `json:"schema"`
	Made   time.Time        `json:"made"`
	Tables map[string]table `json:"tables"`
}

type table struct {
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
}

const backupFormat = "sangzi backup 1"

// OpenThere opens a database that must exist already, and changes nothing in it.
func OpenThere(ctx context.Context, rawURL string) (*DB, error) {
	if path, ok := sqlitePath(rawURL); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, ErrNotThere.With("url", rawURL)
		}
	}
	return Open(ctx, rawURL)
}

// Backup writes one state of the database, which may be in use meanwhile. progress, when not
// nil, is told each table that is done.
func (db *DB) Backup(ctx context.Context, w io.Writer, made time.Time, progress func(table string, rows int64)) error {
	z := zip.NewWriter(w)
	m := manifest{Format: backupFormat, Made: made.UTC(), Tables: map[string]table{}}
	if err := db.View(ctx, func(tx *sql.Tx) error { return db.dumpAll(ctx, tx, z, &m, progress) }); err != nil {
		return err
	}
	f, err := z.Create("manifest.json")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(m); err != nil {
		return err
	}
	return z.Close()
}

func (db *DB) dumpAll(ctx context.Context, tx *sql.Tx, z *zip.Writer, m *manifest, progress func(table string, rows int64)) error {
	there, err := present(ctx, tx, db.Dialect)
	if err != nil {
		return err
	}
	if m.Schema, err = schemaOf(ctx, tx, there); err != nil {
		return err
	}
	newest, err := db.newest()
	switch {
	case err != nil:
		return err
	case m.Schema == 0:
		return ErrNotThere.With("url", Redact(db.URL))
	case m.Schema > newest: // it has tables that this program does not know
		return ErrNewer.With("database", m.Schema).With("program", newest)
	}
	for _, t := range keptTables {
		if t.passing || !there[t.name] {
			continue
		}
		f, err := z.Create(entryOf(t.name))
		if err != nil {
			return err
		}
		done, err := dump(ctx, tx, f, t.inOrder(db.Dialect))
		if err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		m.Tables[t.name] = done
		if progress != nil {
			progress(t.name, done.Rows)
		}
	}
	return nil
}

// entryOf is where a table stands in the zip.
func entryOf(table string) string { return "tables/" + table + ".jsonl" }

func dump(ctx context.Context, tx *sql.Tx, w io.Writer, query string) (table, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return table{}, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return table{}, err
	}
	t := table{Columns: columns}
	out := bufio.NewWriter(w)
	enc := json.NewEncoder(out)
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return t, err
		}
		for i, v := range values {
			if b, ok := v.([]byte); ok {
				values[i] = map[string][]byte{"bytes": b}
			}
		}
		if err := enc.Encode(values); err != nil {
			return t, err
		}
		t.Rows++
	}
	return t, errors.Join(rows.Err(), out.Flush())
}
