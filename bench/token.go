package main

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/unit"
)

// token makes an account and a token for it in a database, which is made when it is new.
func (b *bench) token(ctx context.Context, db string, role access.Role, at unit.Code) (string, error) {
	a, err := app.Open(ctx, app.Options{DB: db, Today: today})
	if err != nil {
		return "", err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	made, err := a.Accounts.Provide(ctx, access.Operator("bench", unit.Nation), []account.Given{
		{Input: account.Input{Login: "bench", Name: "压测", Role: role, Unit: at}, Password: "bench-2024-03-29"}})
	if err != nil {
		return "", err
	}
	_, text, err := a.Accounts.CreateToken(ctx, made[0].Actor(), account.TokenInput{
		Name: "bench", Role: role, Unit: at, ExpiresAt: time.Now().Add(24 * time.Hour)})
	return text, err
}
