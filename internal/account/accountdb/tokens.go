package accountdb

import (
	"context"
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
)

const tokenColumns = `id, name, role, unit_code, account_id, created_at, expires_at, revoked_at`

const (
	// The tokens of a range of codes, newest first.
	selectTokens = `SELECT ` + tokenColumns + ` FROM tokens WHERE unit_code >= $1 AND unit_code < $2 ORDER BY id DESC`
	// The token whose text hashes to this.
	selectTokenByHash = `SELECT ` + tokenColumns + ` FROM tokens WHERE hash = $1`
	selectToken       = `SELECT ` + tokenColumns + ` FROM tokens WHERE id = $1`
	insertToken       = `INSERT INTO tokens (hash, name, role, unit_code, account_id, created_at, expires_at, revoked_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, 0) RETURNING id`
	revokeToken = `UPDATE tokens SET revoked_at = $1 WHERE id = $2 AND revoked_at = 0`
)

func scanToken(row scanner) (account.Token, error) {
	var (
		t                               account.Token
		role                            string
		code, created, expires, revoked int64
	)
	err := row.Scan(&t.ID, &t.Name, &role, &code, &t.Account, &created, &expires, &revoked)
	t.Role, t.Unit = access.Role(role), unit.Code(code)
	t.CreatedAt, t.ExpiresAt, t.RevokedAt = fromMillis(created), fromMillis(expires), fromMillis(revoked)
	return t, err
}

// Tokens reads the tokens of a subtree.
func (s *Store) Tokens(ctx context.Context, of unit.Code) ([]account.Token, error) {
	lo, hi := of.Range()
	rows, err := s.db.Reader().QueryContext(ctx, selectTokens, int64(lo), int64(hi))
	if err != nil {
		return nil, fmt.Errorf("tokens: %w", err)
	}
	defer rows.Close()
	var list []account.Token
	for rows.Next() {
		t, err := scanToken(rows)
		if err != nil {
			return nil, fmt.Errorf("tokens: %w", err)
		}
		list = append(list, t)
	}
	return list, rows.Err()
}

// TokenByHash reads a token by the hash of its text.
func (s *Store) TokenByHash(ctx context.Context, hash string) (account.Token, error) {
	t, err := scanToken(s.db.Reader().QueryRowContext(ctx, selectTokenByHash, hash))
	return t, oneOf(err, account.ErrToken, "token")
}

func (t *transaction) Token(id int64) (account.Token, error) {
	found, err := scanToken(t.tx.QueryRowContext(t.ctx, selectToken, id))
	return found, oneOf(err, account.ErrNoToken, "token")
}

func (t *transaction) InsertToken(made account.Token, hash string) (account.Token, error) {
	err := t.tx.QueryRowContext(t.ctx, insertToken, hash, made.Name, string(made.Role), int64(made.Unit), made.Account,
		millis(made.CreatedAt), millis(made.ExpiresAt)).Scan(&made.ID)
	if err != nil {
		return made, fmt.Errorf("new token: %w", err)
	}
	return made, nil
}

func (t *transaction) RevokeToken(id int64, at time.Time) error {
	if _, err := t.tx.ExecContext(t.ctx, revokeToken, millis(at), id); err != nil {
		return fmt.Errorf("token %d: %w", id, err)
	}
	return nil
}
