package database_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
)

// The log of a SQLite database begins anew while commits go on and others read: many small
// commits never reach the length at which they would have to copy it themselves.
func TestLogBeginsAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := database.Open(ctx, "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Writer().ExecContext(ctx, `CREATE TABLE pages (id INTEGER PRIMARY KEY, filling BLOB NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	const commits, pages = 2000, 8 // over 64 MB of log in all
	var wg sync.WaitGroup
	read := make(chan struct{}, 1)
	wg.Go(func() {
		for range read {
			var n int
			if err := db.Reader().QueryRowContext(ctx, `SELECT count(*) FROM (SELECT id FROM pages LIMIT 9)`).Scan(&n); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range commits {
		err := db.Write(ctx, func(tx *sql.Tx) error {
			for p := range pages {
				if _, err := tx.ExecContext(ctx, `INSERT INTO pages VALUES ($1, zeroblob(3600))`, i*pages+p); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		select {
		case read <- struct{}{}:
		default:
		}
	}
	close(read)
	wg.Wait()
	info, err := os.Stat(path + "-wal")
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() > 48<<20 {
		t.Errorf("the log grew to %d MB", info.Size()>>20)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path + "-wal"); !os.IsNotExist(err) {
		t.Errorf("the log stayed behind: %v", err)
	}
}
