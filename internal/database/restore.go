package database

import (
	"archive/zip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sangzi/sangzi/internal/problem"
)

// ErrNotBackup: the file is not a backup, or it is damaged. {path}
var ErrNotBackup = problem.New(problem.Invalid, "database.not_backup")

// Restore makes the database at rawURL from a backup. A database that holds anything is
// refused with ErrExists and left alone; a backup that is damaged is noticed before anything is
// made. A SQLite file appears when it is whole, or not at all.
func Restore(ctx context.Context, rawURL, path string) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return ErrNotBackup.With("path", path).Because(err)
	}
	defer z.Close() //nolint:errcheck // only read
	var m manifest
	if err := verify(&z.Reader, &m); err != nil {
		return ErrNotBackup.With("path", path).Because(err)
	}
	file, ok := sqlitePath(rawURL)
	if !ok {
		return restoreInto(ctx, rawURL, &z.Reader, m)
	}
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return ErrExists.With("path", file)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return ErrOpen.With("url", rawURL).Because(err)
	}
	aside, err := os.MkdirTemp(filepath.Dir(file), ".restoring-*")
	if err != nil {
		return ErrOpen.With("url", rawURL).Because(err)
	}
	defer os.RemoveAll(aside) //nolint:errcheck // what is left over is of no use, and hidden
	draft := filepath.Join(aside, "restored.db")
	if err := restoreInto(ctx, "sqlite:"+draft, &z.Reader, m); err != nil {
		return err
	}
	err = os.Link(draft, file)
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrExists.With("path", file)
	case err != nil: // a file system without links
		if err := os.Rename(draft, file); err != nil {
			return ErrOpen.With("url", rawURL).Because(err)
		}
	}
	return nil
}

func sqlitePath(rawURL string) (string, bool) {
	path, ok := strings.CutPrefix(rawURL, "sqlite:")
	return strings.TrimPrefix(path, "//"), ok
}

// restoreInto fills a database that is empty, in one transaction.
func restoreInto(ctx context.Context, rawURL string, z *zip.Reader, m manifest) (err error) {
	db, err := Open(ctx, rawURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	newest, err := db.newest()
	if err != nil {
		return err
	}
	if m.Schema > newest {
		return ErrNewer.With("database", m.Schema).With("program", newest)
	}
	if err := db.View(ctx, func(tx *sql.Tx) error { return mayFill(ctx, tx, db, m) }); err != nil {
		return err
	}
	p, err := db.provider()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, m.Schema); err != nil {
		return err
	}
	if err := db.Write(ctx, func(tx *sql.Tx) error { return fillAll(ctx, tx, z, m, db.Dialect) }); err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// mayFill is ErrExists for a database that holds anything.
func mayFill(ctx context.Context, tx *sql.Tx, db *DB, m manifest) error {
	there, err := present(ctx, tx, db.Dialect)
	if err != nil {
		return err
	}
	version, err := schemaOf(ctx, tx, there)
	if err != nil {
		return err
	}
	empty, err := isEmpty(ctx, tx, there)
	if err != nil {
		return err
	}
	if !empty || version > m.Schema {
		return ErrExists.With("path", Redact(db.URL))
	}
	return nil
}

// verify reads the whole backup once, so that what is damaged is known before anything is made.
func verify(z *zip.Reader, m *manifest) error {
	f, err := z.Open("manifest.json")
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	if err := json.NewDecoder(f).Decode(m); err != nil {
		return err
	}
	if m.Format != backupFormat || m.Schema < 1 || len(m.Tables) == 0 {
		return fmt.Errorf("format %q, schema %d, %d tables", m.Format, m.Schema, len(m.Tables))
	}
	for name, t := range m.Tables {
		for _, c := range t.Columns {
			if err := columnName(c); err != nil {
				return err
			}
		}
		n := int64(0)
		err := each(z, name, func(values []any) error {
			if n++; len(values) != len(t.Columns) {
				return fmt.Errorf("%d values", len(values))
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("table %s, line %d: %w", name, n+1, err)
		}
		if n != t.Rows {
			return fmt.Errorf("table %s has %d lines, the manifest says %d", name, n, t.Rows)
		}
	}
	return nil
}

// each reads the lines of a table.
func each(z *zip.Reader, name string, row func(values []any) error) error {
	f, err := z.Open(entryOf(name))
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // only read
	dec := json.NewDecoder(f)
	dec.UseNumber()
	for {
		var values []any
		if err := dec.Decode(&values); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		for i := range values {
			if values[i], err = restored(values[i]); err != nil {
				return err
			}
		}
		if err := row(values); err != nil {
			return err
		}
	}
}

// restored is a value as the tables keep it: whole numbers, texts, byte strings.
func restored(v any) (any, error) {
	switch v := v.(type) {
	case nil, string:
		return v, nil
	case json.Number:
		return v.Int64()
	case map[string]any:
		text, ok := v["bytes"].(string)
		if !ok || len(v) != 1 {
			return nil, errors.New("neither a number, a text nor bytes")
		}
		var b []byte
		err := json.Unmarshal([]byte(`"`+text+`"`), &b)
		return b, err
	}
	return nil, errors.New("neither a number, a text nor bytes")
}

func fillAll(ctx context.Context, tx *sql.Tx, z *zip.Reader, m manifest, dialect Dialect) error {
	there, err := present(ctx, tx, dialect)
	if err != nil {
		return err
	}
	for _, t := range keptTables {
		from, ok := m.Tables[t.name]
		switch {
		case t.passing || !ok && !there[t.name]:
			continue
		case !ok:
			return fmt.Errorf("the backup has no table %s", t.name)
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM `+t.name); err != nil {
			return err
		}
		if err := fill(ctx, tx, z, t.name, from); err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
		if t.identity && dialect == Postgres {
			q := `SELECT setval(pg_get_serial_sequence('` + t.name + `', 'id'), COALESCE((SELECT MAX(id) FROM ` + t.name + `), 0) + 1, false)`
			if _, err := tx.ExecContext(ctx, q); err != nil {
				return err
			}
		}
	}
	return nil
}

func fill(ctx context.Context, tx *sql.Tx, z *zip.Reader, name string, t table) error {
	marks := make([]string, len(t.Columns))
	for i := range marks {
		marks[i] = fmt.Sprintf("$%d", i+1)
	}
	stmt, err := tx.PrepareContext(ctx, `INSERT INTO `+name+` (`+strings.Join(t.Columns, ", ")+`) VALUES (`+strings.Join(marks, ", ")+`)`)
	if err != nil {
		return err
	}
	defer stmt.Close() //nolint:errcheck // ends with the transaction
	return each(z, name, func(values []any) error {
		_, err := stmt.ExecContext(ctx, values...)
		return err
	})
}
