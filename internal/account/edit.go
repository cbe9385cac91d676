package account

import (
	"context"
	"errors"

	"github.com/sangzi/sangzi/internal/access"
)

// Edit changes an account's name, role, unit, department and telephone number; its login stays.
func (s *Service) Edit(ctx context.Context, a access.Actor, id int64, in Input) (Account, error) {
	var after Account
	err := s.write(ctx, a, func(tx Tx) error {
		before, err := s.load(tx, a, id)
		if err != nil {
			return err
		}
		in.Login = ""
		if in, err = s.clean(a, in); err != nil {
			return err
		}
		if before.ID == a.Account && (in.Role != before.Role || in.Unit != before.Unit) {
			return ErrSelf
		}
		after = before
		after.Name, after.Role, after.Unit, after.Phone = in.Name, in.Role, in.Unit, in.Phone
		if in.Phone == "" && !access.Readable(before.Phone) { // it was not shown to be taken away
			after.Phone = before.Phone
		}
		if after.Department, err = departmentOf(tx, in); err != nil {
			return err
		}
		if !sameSeat(before, after) {
			if err := duplicate(tx, after); err != nil {
				return err
			}
		}
		e := s.event(a, "account.edit", after)
		e.Before, e.After = s.describe(before), s.describe(after)
		return errors.Join(tx.Update(after), tx.Audit(e))
	})
	return after, err
}

// Disable keeps an account from signing in, ends its sessions and stops its tokens.
func (s *Service) Disable(ctx context.Context, a access.Actor, id int64) error {
	return s.switchTo(ctx, a, id, true, "account.disable")
}

// Enable lets a disabled account sign in again, with the password it had.
func (s *Service) Enable(ctx context.Context, a access.Actor, id int64) error {
	return s.switchTo(ctx, a, id, false, "account.enable")
}

func (s *Service) switchTo(ctx context.Context, a access.Actor, id int64, disabled bool, action string) error {
	return s.write(ctx, a, func(tx Tx) error {
		one, err := s.load(tx, a, id)
		if err != nil {
			return err
		}
		if one.ID == a.Account {
			return ErrSelf
		}
		if one.Disabled == disabled {
			return nil
		}
		one.Disabled = disabled
		one.Epoch++
		return errors.Join(tx.Update(one), tx.Audit(s.event(a, action, one)))
	})
}

// ResetPassword gives an account a new first password, ends its sessions and forgets its
// failed sign-ins. One's own password is changed, not reset.
func (s *Service) ResetPassword(ctx context.Context, a access.Actor, id int64) (Issued, error) {
	if _, err := s.Account(ctx, a, id); err != nil { // before the hash is paid for
		return Issued{}, err
	}
	password, hash, err := s.issue(ctx)
	if err != nil {
		return Issued{}, err
	}
	var one Account
	err = s.write(ctx, a, func(tx Tx) error {
		if one, err = s.load(tx, a, id); err != nil {
			return err
		}
		if one.ID == a.Account {
			return ErrSelf
		}
		one.MustChange = true
		one.Epoch++
		return errors.Join(tx.Update(one), tx.SetPassword(one.ID, hash), tx.Audit(s.event(a, "account.reset_password", one)))
	})
	if err != nil {
		return Issued{}, err
	}
	err = s.store.Failures(ctx, func(tx FailureTx) error { return tx.Clear(subjects(one.Login, "")[0].name) })
	return Issued{one, password}, err
}
