package database

import (
	"context"
	"database/sql"
	"errors"
)

// Setting reads one of the small facts kept with the database; the empty text when there is
// none.
func (db *DB) Setting(ctx context.Context, name string) (value string, err error) {
	err = db.reader.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = $1`, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// SetSettings writes several in one transaction.
func (db *DB) SetSettings(ctx context.Context, values map[string]string) error {
	const q = `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	return db.Write(ctx, func(tx *sql.Tx) error {
		for name, value := range values {
			if _, err := tx.ExecContext(ctx, q, name, value); err != nil {
				return err
			}
		}
		return nil
	})
}
