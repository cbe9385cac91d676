package bulletindb

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	// A file of a version that is issued.
	insertFile = `INSERT INTO bulletin_files (unit_code, period, version, kind, hash, content) VALUES ($1, $2, $3, $4, $5, $6)`
	// Those of a version, without their contents.
	selectFiles = `SELECT kind, hash, LENGTH(content) FROM bulletin_files WHERE unit_code = $1 AND period = $2 AND version = $3 ORDER BY kind`
	// One, whole.
	selectFile = `SELECT kind, hash, content FROM bulletin_files WHERE unit_code = $1 AND period = $2 AND version = $3 AND kind = $4`
)

// Files lists what was kept of a version.
func (s *Store) Files(ctx context.Context, of unit.Code, m bulletin.Period, number int32) ([]bulletin.File, error) {
	rows, err := s.db.Reader().QueryContext(ctx, selectFiles, int64(of), m.Int(), number)
	if err != nil {
		return nil, fmt.Errorf("bulletin: %w", err)
	}
	defer rows.Close()
	var list []bulletin.File
	for rows.Next() {
		f := bulletin.File{Kept: true}
		if err := rows.Scan((*string)(&f.Kind), &f.Hash, &f.Size); err != nil {
			return nil, fmt.Errorf("bulletin: %w", err)
		}
		list = append(list, f)
	}
	return list, rows.Err()
}

// File reads a file that was kept.
func (s *Store) File(ctx context.Context, of unit.Code, m bulletin.Period, number int32, kind bulletin.FileKind) (bulletin.File, error) {
	f := bulletin.File{Kept: true}
	err := s.db.Reader().QueryRowContext(ctx, selectFile, int64(of), m.Int(), number, string(kind)).Scan((*string)(&f.Kind), &f.Hash, &f.Content)
	f.Size = len(f.Content)
	if errors.Is(err, sql.ErrNoRows) {
		return bulletin.File{}, bulletin.ErrNoFile
	}
	if err != nil {
		return bulletin.File{}, fmt.Errorf("bulletin: %w", err)
	}
	return f, nil
}
