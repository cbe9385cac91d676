package database

import "context"

// MigrateTo brings the schema forward to a version and no further.
func (db *DB) MigrateTo(ctx context.Context, version int64) error {
	p, err := db.provider()
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, version)
	return err
}

// Up is the migrating of steps that others may take at the same time.
func Up(ctx context.Context, p steps, seen, newest int64) error { return up(ctx, p, seen, newest) }
