package accountdb

import (
	"context"
	"database/sql"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/unit"
)

// Reseal hands the sealed number of every account to change and keeps what it gives.
func Reseal(ctx context.Context, tx *sql.Tx, change func(sealed string) (string, error)) error {
	return database.Rewrite(ctx, tx, database.Column{Table: "accounts", Name: "phone", Key: []string{"id"}}, database.Plain(change))
}

// Touch lets servers that hold accounts in memory read them again.
func Touch(ctx context.Context, tx *sql.Tx) error {
	_, err := database.NextID(ctx, tx, counter, 1)
	return err
}

// Where administrators stand who can sign in.
const selectAdministered = `SELECT DISTINCT unit_code FROM accounts WHERE role = $1 AND disabled = 0 ORDER BY unit_code`

// Administered is the units that have an administrator of their own.
func Administered(ctx context.Context, tx *sql.Tx) ([]unit.Code, error) {
	rows, err := tx.QueryContext(ctx, selectAdministered, string(access.Administrator))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []unit.Code
	for rows.Next() {
		var code int64
		if err := rows.Scan(&code); err != nil {
			return nil, err
		}
		list = append(list, unit.Code(code))
	}
	return list, rows.Err()
}
