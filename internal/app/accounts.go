package app

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/unit"
)

// openAccounts finds the key that seals telephone numbers and builds the service of accounts.
// Sessions, blocks and tokens end by the machine's clock, also in a demonstration set in the
// past.
func (a *App) openAccounts(ctx context.Context, o Options) error {
	key, err := keyfile.KeyFor(ctx, a.DB, o.KeyFile)
	if err != nil {
		return err
	}
	if a.KeyFile, err = keyfile.PathFor(a.DB, o.KeyFile); err != nil {
		return err
	}
	if a.box, err = account.NewBox(key); err != nil {
		return err
	}
	a.Accounts, err = account.New(account.Config{
		Store: accountdb.Open(a.DB, a.box),
		Tree:  func() *unit.Tree { return a.Units.Tree(a.today()) },
		Now:   time.Now,
		Hash:  o.Hash,
	})
	return err
}

func (a *App) sealer() ledgerdb.Sealer { return a.box }
