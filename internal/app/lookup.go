package app

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
)

// AccountByLogin finds an account the actor may manage.
func (a *App) AccountByLogin(ctx context.Context, actor access.Actor, login string) (account.Account, error) {
	page, err := a.Accounts.Accounts(ctx, actor, account.Query{Of: actor.Unit, Text: login})
	if err != nil {
		return account.Account{}, err
	}
	for _, one := range page.Accounts {
		if one.Login == login {
			return one, nil
		}
	}
	return account.Account{}, account.ErrNoAccount
}
