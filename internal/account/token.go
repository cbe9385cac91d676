package account

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	tokenPrefix  = "szt_"
	tokenBytes   = 32
	tokenLongest = 366 * 24 * time.Hour
)

// Token lets a program act for an account, at a unit and in a role that the account could give
// itself. The text of it is not kept.
type Token struct {
	ID        int64
	Name      string
	Role      access.Role
	Unit      unit.Code
	Account   int64
	CreatedAt time.Time
	ExpiresAt time.Time
	RevokedAt time.Time // zero while it is good
}

// TokenInput is what a token is made with.
type TokenInput struct {
	Name      string
	Role      access.Role
	Unit      unit.Code
	ExpiresAt time.Time
}

// CreateToken makes a token and gives its text, this once.
func (s *Service) CreateToken(ctx context.Context, a access.Actor, in TokenInput) (Token, string, error) {
	if a.Account == 0 || a.Token != 0 {
		return Token{}, "", ErrTokenBeyond
	}
	if in.Name = tidy(in.Name); in.Name == "" || utf8.RuneCountInString(in.Name) > tokenMax {
		return Token{}, "", ErrTokenName.With("max", tokenMax)
	}
	if err := s.fits(in.Role, in.Unit); err != nil {
		return Token{}, "", err
	}
	if err := mayGive(a, in.Role, in.Unit); err != nil {
		return Token{}, "", err
	}
	now := s.now()
	if in.ExpiresAt.Before(now) || in.ExpiresAt.After(now.Add(tokenLongest)) {
		return Token{}, "", ErrTokenExpiry.With("max", 366)
	}
	random := make([]byte, tokenBytes)
	if _, err := rand.Read(random); err != nil {
		return Token{}, "", err
	}
	text := tokenPrefix + base64.RawURLEncoding.EncodeToString(random)
	made := Token{Name: in.Name, Role: in.Role, Unit: in.Unit, Account: a.Account, CreatedAt: now, ExpiresAt: in.ExpiresAt}
	err := s.write(ctx, a, func(tx Tx) error {
		var err error
		if made, err = tx.InsertToken(made, hashToken(text)); err != nil {
			return err
		}
		e := tokenEvent(a, "account.create_token", made, now)
		e.After = string(made.Role) + " · " + s.tree().FullName(made.Unit)
		return tx.Audit(e)
	})
	if err != nil {
		return Token{}, "", err
	}
	return made, text, nil
}

func tokenEvent(a access.Actor, action string, t Token, at time.Time) audit.Event {
	e := audit.By(a, action, t.Unit, at)
	e.Subject = t.Name
	return e
}

// mayGive tells whether the actor may let a program act in a role at a unit: there must be
// nothing that the program could do and he could not, save that who manages accounts could
// make himself an account of any role there. Nobody lets a program manage accounts.
func mayGive(a access.Actor, role access.Role, at unit.Code) error {
	if !a.Unit.Contains(at) {
		return access.ErrOutside.With("unit", at.String())
	}
	program := access.Actor{Role: role, Unit: at}
	if role == access.Administrator {
		return ErrTokenBeyond
	}
	if a.May(access.ManageAccounts, at) {
		return nil
	}
	for _, action := range access.Actions() {
		if action == access.KeepPatrons {
			continue // the register is for people: no program is let into it
		}
		if program.May(action, at) && !a.May(action, at) {
			return ErrTokenBeyond
		}
	}
	return nil
}

// Tokens lists the tokens of a unit's subtree for who manages its accounts, for anybody else
// his own, newest first.
func (s *Service) Tokens(ctx context.Context, a access.Actor, of unit.Code) ([]Token, error) {
	if a.Account == 0 || a.Token != 0 {
		return nil, ErrTokenBeyond
	}
	if !a.Unit.Contains(of) {
		return nil, access.ErrOutside.With("unit", of.String())
	}
	all, err := s.store.Tokens(ctx, of)
	if err != nil || a.May(access.ManageAccounts, of) {
		return all, err
	}
	var own []Token
	for _, t := range all {
		if t.Account == a.Account {
			own = append(own, t)
		}
	}
	return own, nil
}

// RevokeToken stops a token: at once on this server, within staleAfter on others.
func (s *Service) RevokeToken(ctx context.Context, a access.Actor, id int64) error {
	return s.write(ctx, a, func(tx Tx) error {
		t, err := tx.Token(id)
		if err != nil {
			return err
		}
		if a.Token != 0 || t.Account != a.Account && !a.May(access.ManageAccounts, t.Unit) {
			return ErrNoToken
		}
		if !t.RevokedAt.IsZero() {
			return nil
		}
		now := s.now()
		return errors.Join(tx.RevokeToken(id, now), tx.Audit(tokenEvent(a, "account.revoke_token", t, now)))
	})
}

// TokenActor is who acts with a token: its account, narrowed to the token's unit and role. It
// is ErrToken when the token or its account is no longer good, or when the account could not
// make the token any more.
func (s *Service) TokenActor(ctx context.Context, text string) (access.Actor, error) {
	if !strings.HasPrefix(text, tokenPrefix) || len(text) > 64 {
		return access.Actor{}, ErrToken
	}
	t, err := s.cache.token(ctx, hashToken(text))
	if err != nil {
		return access.Actor{}, err
	}
	if !t.RevokedAt.IsZero() || !s.now().Before(t.ExpiresAt) {
		return access.Actor{}, ErrToken
	}
	owner, err := s.cache.account(ctx, t.Account)
	if err != nil {
		return access.Actor{}, err
	}
	if owner.Disabled || owner.MustChange || mayGive(owner.Actor(), t.Role, t.Unit) != nil {
		return access.Actor{}, ErrToken
	}
	a := access.Actor{Account: owner.ID, Name: owner.Name + "（" + t.Name + "）", Role: t.Role, Unit: t.Unit, Token: t.ID}
	if t.Role == access.Department && t.Unit == owner.Unit {
		a.Department = owner.Department.Name // it speaks for the department of who made it
	}
	return a, nil
}

func hashToken(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
