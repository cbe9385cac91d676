package patrondb

import (
	"context"
	"database/sql"

	"github.com/sangzi/sangzi/internal/database"
)

// Reseal hands the sealed number of every patron to change and keeps what it gives.
func Reseal(ctx context.Context, tx *sql.Tx, change func(sealed string) (string, error)) error {
	return database.Rewrite(ctx, tx, database.Column{Table: "patrons", Name: "phone", Key: []string{"id"}}, database.Plain(change))
}
