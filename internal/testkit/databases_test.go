package testkit

import (
	"context"
	"database/sql"
	"testing"

	"github.com/sangzi/sangzi/internal/database"
)

func TestMain(m *testing.M) { Main(m) }

// Each test's database is its own: what one writes the next does not find.
func TestDatabasesAreFresh(t *testing.T) {
	ctx := context.Background()
	for range 2 {
		Databases(t, func(t *testing.T, db *database.DB) {
			var n int
			if err := db.Reader().QueryRowContext(ctx, `SELECT count(*) FROM settings`).Scan(&n); err != nil || n != 0 {
				t.Fatalf("%d settings, %v", n, err)
			}
			err := db.Write(ctx, func(tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, `INSERT INTO settings (name, value) VALUES ('a', 'b')`)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestURLsAreEmpty(t *testing.T) {
	URLs(t, func(t *testing.T, url string) {
		db, err := database.Open(context.Background(), url)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		before, after, err := db.Migrate(context.Background())
		if err != nil || before != 0 || after == 0 {
			t.Fatalf("migrated from %d to %d, %v", before, after, err)
		}
	})
}
