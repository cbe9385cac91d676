package accountdb_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func TestSessions(t *testing.T) {
	ctx := context.Background()
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		clock := testkit.NewClock("2024-03-29 16:30")
		s := accountdb.OpenSessions(db, clock.Now)
		deadline := clock.Now().Add(7 * 24 * time.Hour)
		data, err := s.Encode(deadline, map[string]any{account.SessionAccount: int64(7), account.SessionEpoch: int64(3)})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.CommitCtx(ctx, "secret-token", data, clock.Now().Add(12*time.Hour)); err != nil {
			t.Fatal(err)
		}
		var stored string
		var owner int64
		if err := db.Reader().QueryRowContext(ctx, `SELECT token_hash, account_id FROM sessions`).Scan(&stored, &owner); err != nil {
			t.Fatal(err)
		}
		if owner != 7 || len(stored) != 64 || strings.Contains(stored, "secret") {
			t.Errorf("stored %q of account %d", stored, owner)
		}
		b, found, err := s.FindCtx(ctx, "secret-token")
		if err != nil || !found {
			t.Fatalf("%t, %v", found, err)
		}
		at, values, err := s.Decode(b)
		if err != nil || !at.Equal(deadline) || values[account.SessionAccount] != int64(7) || values[account.SessionEpoch] != int64(3) {
			t.Errorf("%v %v, %v", at, values, err)
		}
		if _, found, err := s.FindCtx(ctx, "another"); found || err != nil {
			t.Errorf("a stranger's token: %t, %v", found, err)
		}

		clock.Advance(12 * time.Hour)
		if _, found, err := s.FindCtx(ctx, "secret-token"); found || err != nil {
			t.Errorf("after twelve idle hours: %t, %v", found, err)
		}
		if err := s.Sweep(ctx); err != nil {
			t.Fatal(err)
		}
		var left int
		if err := db.Reader().QueryRowContext(ctx, `SELECT count(*) FROM sessions`).Scan(&left); err != nil || left != 0 {
			t.Errorf("%d left, %v", left, err)
		}
	})
}

func TestDeleteSession(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		clock := testkit.NewClock("2024-03-29 16:30")
		s := accountdb.OpenSessions(db, clock.Now)
		for _, token := range []string{"one", "two"} {
			if err := s.Commit(token, []byte(`{"deadline":1,"values":{}}`), clock.Now().Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Delete("one"); err != nil {
			t.Fatal(err)
		}
		for token, want := range map[string]bool{"one": false, "two": true} {
			if _, found, err := s.Find(token); err != nil || found != want {
				t.Errorf("%s: %t, %v", token, found, err)
			}
		}
		if _, err := s.Encode(time.Time{}, map[string]any{"name": "text"}); err == nil {
			t.Error("a session took a text")
		}
		if _, _, err := s.Decode([]byte("x")); err == nil {
			t.Error("a broken session was read")
		}
	})
}
