package account

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Config is what the service is made with.
type Config struct {
	Store Store
	// Tree gives the units of today.
	Tree func() *unit.Tree
	// Now is the machine's clock, not a demonstration's: blocks, sessions and tokens end by it.
	Now func() time.Time
	// Hash is what a hash of a password costs; the zero value is DefaultParams.
	Hash Params
}

// Service is the verbs of accounts. Pages, API and command line call the same ones.
type Service struct {
	store  Store
	tree   func() *unit.Tree
	now    func() time.Time
	hasher *hasher
	cache  *cache
}

// New makes the service.
func New(c Config) (*Service, error) {
	if c.Hash == (Params{}) {
		c.Hash = DefaultParams
	}
	h, err := newHasher(c.Hash)
	if err != nil {
		return nil, err
	}
	return &Service{store: c.Store, tree: c.Tree, now: c.Now, hasher: h, cache: newCache(c.Store, c.Now)}, nil
}

// mayManage is the check before every verb on accounts of a unit. Programs never manage
// accounts: who has got hold of a token must not be able to make himself another.
func (s *Service) mayManage(a access.Actor, at unit.Code) error {
	if err := a.Can(access.ManageAccounts, at); err != nil {
		return err
	}
	if a.Token != 0 {
		return access.ErrForbidden.With("action", string(access.ManageAccounts)).With("role", string(a.Role))
	}
	return nil
}

// write runs a verb's transaction. Who acts is looked at again inside it, so that of two
// administrators who disable each other at one moment one stays, and forgets what was cached.
func (s *Service) write(ctx context.Context, a access.Actor, fn func(tx Tx) error) error {
	err := s.store.Write(ctx, func(tx Tx) error {
		if a.Account != 0 {
			me, err := tx.Account(a.Account)
			if err != nil {
				return err
			}
			if me.Disabled || me.Role != a.Role || me.Unit != a.Unit {
				return access.ErrForbidden.With("role", string(a.Role))
			}
		}
		return fn(tx)
	})
	s.cache.forget()
	return err
}

// load gives an account to be changed, after the check on where it stands. What is outside
// is as good as not there.
func (s *Service) load(tx Tx, a access.Actor, id int64) (Account, error) {
	found, err := tx.Account(id)
	if err != nil {
		return Account{}, err
	}
	err = s.mayManage(a, found.Unit)
	if errors.Is(err, access.ErrOutside) {
		return Account{}, ErrNoAccount
	}
	return found, err
}

func (s *Service) event(a access.Actor, action string, of Account) audit.Event {
	e := audit.By(a, action, of.Unit, s.now())
	e.Subject = of.Login
	return e
}

// Account is one account, for who may manage it.
func (s *Service) Account(ctx context.Context, a access.Actor, id int64) (Account, error) {
	found, err := s.store.Account(ctx, id)
	if err != nil {
		return Account{}, err
	}
	err = s.mayManage(a, found.Unit)
	if errors.Is(err, access.ErrOutside) {
		return Account{}, ErrNoAccount
	}
	if err != nil {
		return Account{}, err
	}
	return found, nil
}

// Accounts lists the accounts of a unit's subtree, by unit. A text that is in no login and no
// name, but is the name of one unit, asks for the accounts there and below.
func (s *Service) Accounts(ctx context.Context, a access.Actor, q Query) (Page, error) {
	if err := s.mayManage(a, q.Of); err != nil {
		return Page{}, err
	}
	q.Text = strings.ToLower(tidy(q.Text))
	page, err := s.store.Accounts(ctx, q)
	if err != nil || page.Total > 0 || q.Text == "" {
		return page, err
	}
	if units := resolve(s.tree(), q.Of, q.Text); len(units) == 1 {
		q.Of, q.Text = units[0].Code, ""
		return s.store.Accounts(ctx, q)
	}
	return page, nil
}
