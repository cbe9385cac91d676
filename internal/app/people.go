package app

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// people tells the register of units who stands where.
type people struct{ accounts *account.Service }

// Accounts lists the accounts of a unit and all below it.
func (p people) Accounts(ctx context.Context, a access.Actor, of unit.Code) ([]register.Account, error) {
	page, err := p.accounts.Accounts(ctx, a, account.Query{Of: of})
	if err != nil {
		return nil, err
	}
	out := make([]register.Account, 0, len(page.Accounts))
	for _, one := range page.Accounts {
		out = append(out, register.Account{Login: one.Login, Name: one.Name, Role: one.Role, Unit: one.Unit})
	}
	return out, nil
}
