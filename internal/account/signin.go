package account

import (
	"context"
	"errors"

	"github.com/sangzi/sangzi/internal/access"
)

// SignIn gives the account of a login and its password. After too many failures, of the login
// or from the address, it is ErrBlocked until a time that the problem tells; a login that does
// not exist costs the same time and gives the same answer as a wrong password.
func (s *Service) SignIn(ctx context.Context, login, password, address string) (Account, error) {
	clean, err := cleanLogin(login)
	who := subjects(clean, address)
	if err != nil {
		who = who[1:] // no account can have it; what is counted is the address
	}
	if err := s.begin(ctx, who); err != nil {
		return Account{}, err
	}
	found, err := s.check(ctx, clean, password)
	if err != nil {
		return Account{}, err
	}
	if err := s.succeed(ctx, who); err != nil {
		return Account{}, err
	}
	if found.Account.Disabled {
		return Account{}, ErrDisabled
	}
	return found.Account, nil
}

func (s *Service) check(ctx context.Context, login, password string) (Credentials, error) {
	if len(password) > PasswordMax {
		password = password[:PasswordMax] + "…" // cannot be right, and need not be hashed whole
	}
	found, err := s.store.Credentials(ctx, login)
	if errors.Is(err, ErrNoAccount) {
		return Credentials{}, errors.Join(ErrSignIn, s.hasher.pretend(ctx, password))
	}
	if err != nil {
		return Credentials{}, err
	}
	ok, err := s.hasher.matches(ctx, password, found.Password)
	if err != nil {
		return Credentials{}, err
	}
	if !ok {
		return Credentials{}, ErrSignIn
	}
	return found, nil
}

// Present is the account of a session that was begun at an epoch, as it is now. ErrNoAccount
// when the account is disabled or has signed out everywhere since.
func (s *Service) Present(ctx context.Context, id, epoch int64) (Account, error) {
	found, err := s.cache.account(ctx, id)
	if err != nil {
		return Account{}, err
	}
	if found.Disabled || found.Epoch != epoch {
		return Account{}, ErrNoAccount
	}
	return found, nil
}

// SignOutEverywhere ends all sessions of the actor's own account.
func (s *Service) SignOutEverywhere(ctx context.Context, a access.Actor) error {
	if a.Account == 0 || a.Token != 0 {
		return ErrNoAccount
	}
	return s.write(ctx, a, func(tx Tx) error {
		me, err := tx.Account(a.Account)
		if err != nil {
			return err
		}
		me.Epoch++
		return errors.Join(tx.Update(me), tx.Audit(s.event(a, "account.sign_out_everywhere", me)))
	})
}

// PasswordInput is a person's own change of password.
type PasswordInput struct {
	Present string
	New     string
	Address string // where it comes from; wrong present passwords count as failed sign-ins
}

// ChangePassword sets the actor's own password. Other sessions of the account end: the epoch
// of the account that it gives is the one for the session that goes on.
func (s *Service) ChangePassword(ctx context.Context, a access.Actor, in PasswordInput) (Account, error) {
	if a.Account == 0 || a.Token != 0 {
		return Account{}, ErrNoAccount
	}
	me, err := s.store.Account(ctx, a.Account)
	if err != nil {
		return Account{}, err
	}
	if err := checkPassword(in.New, me.Login); err != nil {
		return Account{}, err
	}
	who := subjects(me.Login, in.Address)
	if err := s.begin(ctx, who); err != nil {
		return Account{}, err
	}
	before, err := s.check(ctx, me.Login, in.Present)
	if errors.Is(err, ErrSignIn) {
		return Account{}, ErrWrongPassword
	}
	if err == nil {
		err = s.succeed(ctx, who)
	}
	if err != nil {
		return Account{}, err
	}
	if in.New == in.Present {
		return Account{}, ErrPasswordSame
	}
	hash, err := s.hasher.hash(ctx, in.New)
	if err != nil {
		return Account{}, err
	}
	err = s.write(ctx, a, func(tx Tx) error {
		now, err := tx.Credentials(me.ID)
		if err != nil {
			return err
		}
		if now.Password != before.Password { // changed or reset while this one was being checked
			return ErrWrongPassword
		}
		me = now.Account
		me.MustChange = false
		me.Epoch++
		return errors.Join(tx.Update(me), tx.SetPassword(me.ID, hash), tx.Audit(s.event(a, "account.change_password", me)))
	})
	return me, err
}
