package app

import (
	"context"
	"errors"
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
	var err error
	if a.box, err = keyfile.BoxFor(ctx, a.DB, o.KeyFile); err != nil {
		return err
	}
	if a.KeyFile, err = keyfile.PathFor(a.DB, o.KeyFile); err != nil {
		return err
	}
	if a.keyCheck, err = a.DB.Setting(ctx, keyfile.CheckSetting); err != nil {
		return err
	}
	a.Accounts, err = account.New(account.Config{
		Store: accountdb.Open(a.DB, a.box),
		Tree:  func() *unit.Tree { return a.Units.Tree(a.today()) },
		Now:   a.machineTime,
		Hash:  o.Hash,
	})
	return err
}

func (a *App) sealer() ledgerdb.Sealer { return a.box }

// machineTime is the machine's own clock, told in the campaign's zone.
func (a *App) machineTime() time.Time { return time.Now().In(a.Pack.Spec().Location) }

// sweepEvery is how often ended sessions and old failures are cleared away.
const sweepEvery = time.Hour

// sweep clears ended sessions and old failed sign-ins away until ctx ends.
func (a *App) sweep(ctx context.Context, sessions *accountdb.Sessions) {
	tick := time.NewTicker(sweepEvery)
	defer tick.Stop()
	for {
		if err := errors.Join(a.Accounts.Sweep(ctx), sessions.Sweep(ctx)); err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "sweeping", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
