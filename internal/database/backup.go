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
	"os"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/problem"
)

// A backup is a zip: manifest.json, then for each table one JSON array a line. It is the same
// for both engines, so it also moves a database from one to the other. Telephone numbers in it
// stay sealed; the key is kept apart.

// ErrNotBackup: the file is not a backup, or it is damaged.
var ErrNotBackup = problem.New(problem.Invalid, "database.not_backup")

// Tables lists all tables, those referred to before those that refer.
func Tables() []string {
	return []string{"counters", "settings", "units", "unit_names", "departments", "accounts", "sessions", "login_failures", "tokens",
		"audit_events", "row_versions", "submissions", "grants", "drafts", "uploads", "feedback"}
}

// skipped are tables whose content is of no use elsewhere: sign-ins end with a restore.
var skipped = map[string]bool{"sessions": true, "login_failures": true}

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

// Backup writes one state of the database, which may be in use meanwhile. progress, when not
// nil, is told each table that is done.
func (db *DB) Backup(ctx context.Context, w io.Writer, made time.Time, progress func(table string, rows int64)) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	m := manifest{Format: backupFormat, Made: made.UTC(), Tables: map[string]table{}}
	if m.Schema, err = p.GetDBVersion(ctx); err != nil {
		return err
	}
	z := zip.NewWriter(w)
	err = db.View(ctx, func(tx *sql.Tx) error {
		for _, name := range Tables() {
			if skipped[name] {
				continue
			}
			f, err := z.Create("tables/" + name + ".jsonl")
			if err != nil {
				return err
			}
			t, err := dump(ctx, tx, f, name)
			if err != nil {
				return fmt.Errorf("table %s: %w", name, err)
			}
			m.Tables[name] = t
			if progress != nil {
				progress(name, t.Rows)
			}
		}
		return nil
	})
	if err != nil {
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

func dump(ctx context.Context, tx *sql.Tx, w io.Writer, name string) (table, error) {
	rows, err := tx.QueryContext(ctx, `SELECT * FROM `+name)
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

// Restore makes the database at rawURL from a backup. A database that holds anything is
// refused with ErrExists and left alone.
func Restore(ctx context.Context, rawURL, path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return ErrNotBackup.With("path", path).Because(err)
	}
	defer z.Close()
	var m manifest
	if err := readManifest(&z.Reader, &m); err != nil {
		return ErrNotBackup.With("path", path).Because(err)
	}
	if file, ok := strings.CutPrefix(rawURL, "sqlite:"); ok {
		if _, err := os.Stat(file); err == nil {
			return ErrExists.With("path", file)
		}
	}
	db, err := Open(ctx, rawURL)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // the writes are committed
	p, err := db.provider()
	if err != nil {
		return err
	}
	if v, err := p.GetDBVersion(ctx); err != nil || v > 0 {
		return errors.Join(err, ErrExists.With("path", redact(rawURL)))
	}
	if m.Schema > newestMigration(p) {
		return ErrNewer.With("database", m.Schema).With("program", newestMigration(p))
	}
	if _, err := p.UpTo(ctx, m.Schema); err != nil {
		return err
	}
	if err := db.Write(ctx, func(tx *sql.Tx) error { return fillAll(ctx, tx, &z.Reader, m, db.Dialect) }); err != nil {
		return ErrNotBackup.With("path", path).Because(err)
	}
	_, err = p.Up(ctx)
	return err
}

func readManifest(z *zip.Reader, m *manifest) error {
	f, err := z.Open("manifest.json")
	if err != nil {
		return err
	}
	defer f.Close()
	if err := json.NewDecoder(f).Decode(m); err != nil {
		return err
	}
	if m.Format != backupFormat {
		return fmt.Errorf("format %q", m.Format)
	}
	return nil
}

func fillAll(ctx context.Context, tx *sql.Tx, z *zip.Reader, m manifest, dialect Dialect) error {
	for _, name := range Tables() {
		t, ok := m.Tables[name]
		if !ok {
			continue
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+name); err != nil {
			return err
		}
		n, err := fill(ctx, tx, z, name, t)
		if err != nil {
			return fmt.Errorf("table %s, line %d: %w", name, n+1, err)
		}
		if n != t.Rows {
			return fmt.Errorf("table %s has %d lines, the manifest says %d", name, n, t.Rows)
		}
	}
	if dialect != Postgres {
		return nil
	}
	for _, name := range []string{"departments", "accounts", "tokens", "audit_events", "feedback"} {
		q := `SELECT setval(pg_get_serial_sequence('` + name + `', 'id'), COALESCE((SELECT MAX(id) FROM ` + name + `), 0) + 1, false)`
		if _, err := tx.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func fill(ctx context.Context, tx *sql.Tx, z *zip.Reader, name string, t table) (n int64, err error) {
	for _, c := range t.Columns {
		if strings.Trim(c, "abcdefghijklmnopqrstuvwxyz0123456789_") != "" {
			return 0, fmt.Errorf("column %q", c)
		}
	}
	f, err := z.Open("tables/" + name + ".jsonl")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	marks := make([]string, len(t.Columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	stmt, err := tx.PrepareContext(ctx, `INSERT INTO `+name+` (`+strings.Join(t.Columns, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`)
	if err != nil {
		return 0, err
	}
	defer stmt.Close()
	dec := json.NewDecoder(f)
	dec.UseNumber()
	for {
		var values []any
		if err := dec.Decode(&values); errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return n, err
		}
		for i, v := range values {
			switch v := v.(type) {
			case json.Number:
				if values[i], err = v.Int64(); err != nil {
					return n, err
				}
			case map[string]any:
				var b struct {
					Bytes []byte `json:"bytes"`
				}
				raw, err := json.Marshal(v)
				if err == nil {
					err = json.Unmarshal(raw, &b)
				}
				if err != nil {
					return n, err
				}
				values[i] = b.Bytes
			}
		}
		if _, err := stmt.ExecContext(ctx, values...); err != nil {
			return n, err
		}
		n++
	}
}
