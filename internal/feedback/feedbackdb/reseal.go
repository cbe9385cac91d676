package feedbackdb

import (
	"context"
	"database/sql"

	"github.com/sangzi/sangzi/internal/database"
)

// Reseal hands the sealed contact of every entry to change and keeps what it gives.
func Reseal(ctx context.Context, tx *sql.Tx, change func(sealed string) (string, error)) error {
	return database.Rewrite(ctx, tx, database.Column{Table: "feedback", Name: "contact", Key: []string{"id"}}, database.Plain(change))
}
