package accountdb

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/database"
)

// Sessions is the store and the codec of browser sessions. The token in the cookie is not
// kept, only its hash.
type Sessions struct {
	db  *database.DB
	now func() time.Time
}

var (
	_ scs.CtxStore = (*Sessions)(nil)
	_ scs.Codec    = (*Sessions)(nil)
)

// OpenSessions makes the store on a migrated database.
func OpenSessions(db *database.DB, now func() time.Time) *Sessions { return &Sessions{db, now} }

const (
	// A session that has not ended.
	selectSession = `SELECT data FROM sessions WHERE token_hash = $1 AND expires_at > $2`
	upsertSession = `INSERT INTO sessions (token_hash, account_id, data, expires_at) VALUES ($1, $2, $3, $4)
		ON CONFLICT (token_hash) DO UPDATE SET data = excluded.data, expires_at = excluded.expires_at`
	deleteSession = `DELETE FROM sessions WHERE token_hash = $1`
	// Sessions that have ended.
	sweepSessions = `DELETE FROM sessions WHERE expires_at <= $1`
)

type sessionData struct {
	Deadline int64            `json:"deadline"`
	Values   map[string]int64 `json:"values"`
}

// Encode writes a session as JSON.
func (s *Sessions) Encode(deadline time.Time, values map[string]any) ([]byte, error) {
	data := sessionData{Deadline: deadline.UnixMilli(), Values: make(map[string]int64, len(values))}
	for key, v := range values {
		n, ok := v.(int64)
		if !ok {
			return nil, fmt.Errorf("session: %s is a %T, not an int64", key, v)
		}
		data.Values[key] = n
	}
	return json.Marshal(data)
}

// Decode reads what Encode wrote.
func (s *Sessions) Decode(b []byte) (time.Time, map[string]any, error) {
	var data sessionData
	if err := json.Unmarshal(b, &data); err != nil {
		return time.Time{}, nil, fmt.Errorf("session: %w", err)
	}
	values := make(map[string]any, len(data.Values))
	for key, n := range data.Values {
		values[key] = n
	}
	return time.UnixMilli(data.Deadline).UTC(), values, nil
}

// FindCtx reads a session; found is false when there is none or it has ended.
func (s *Sessions) FindCtx(ctx context.Context, token string) (b []byte, found bool, err error) {
	var data string
	err = s.db.Reader().QueryRowContext(ctx, selectSession, hash(token), s.now().UnixMilli()).Scan(&data)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("session: %w", err)
	}
	return []byte(data), true, nil
}

// CommitCtx stores a session until an instant.
func (s *Sessions) CommitCtx(ctx context.Context, token string, b []byte, expiry time.Time) error {
	var data sessionData
	if err := json.Unmarshal(b, &data); err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return s.exec(ctx, upsertSession, hash(token), data.Values[account.SessionAccount], string(b), expiry.UnixMilli())
}

// DeleteCtx ends a session.
func (s *Sessions) DeleteCtx(ctx context.Context, token string) error {
	return s.exec(ctx, deleteSession, hash(token))
}

// Sweep removes sessions that have ended; the server calls it now and then.
func (s *Sessions) Sweep(ctx context.Context) error {
	return s.exec(ctx, sweepSessions, s.now().UnixMilli())
}

func (s *Sessions) exec(ctx context.Context, query string, args ...any) error {
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return fmt.Errorf("session: %w", err)
		}
		return nil
	})
}

// Find, Commit and Delete are for callers without a context; scs has the other three.
func (s *Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}
func (s *Sessions) Commit(token string, b []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, b, expiry)
}
func (s *Sessions) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }

func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
