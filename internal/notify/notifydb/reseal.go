package notifydb

import (
	"context"
	"database/sql"

	"github.com/sangzi/sangzi/internal/database"
)

// Reseal hands the sealed address and secret of every robot to change and keeps what it gives.
func Reseal(ctx context.Context, tx *sql.Tx, change func(sealed string) (string, error)) error {
	for _, name := range []string{"url", "secret"} {
		if err := database.Rewrite(ctx, tx, database.Column{Table: "robots", Name: name, Key: []string{"id"}}, database.Plain(change)); err != nil {
			return err
		}
	}
	return nil
}
