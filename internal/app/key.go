package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/account/keyfile"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/feedback/feedbackdb"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/notify/notifydb"
	"github.com/sangzi/sangzi/internal/patron/patrondb"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// ErrKeyChanged ends a server whose database has been given another key.
var ErrKeyChanged = problem.New(problem.Unavailable, "account.key_changed")

// sealedKinds is everything that is sealed, in the order in which it is told.
var sealedKinds = []struct {
	name, measure string
	reseal        func(context.Context, *sql.Tx, func(string) (string, error)) error
}{
	{"账号电话", "个", accountdb.Reseal},
	{"台账报送的联系电话", "个", ledgerdb.Reseal},
	{"群机器人地址和加签密钥", "项", notifydb.Reseal},
	{"乡贤电话", "个", patrondb.Reseal},
	{"投诉与建议的联系方式", "项", feedbackdb.Reseal},
}

// SealedCount is how many texts of a kind are sealed under the key in question.
type SealedCount struct {
	Kind, Measure string
	N             int
}

// KeyChange is what renewing a key, or recovering what an old one sealed, comes to.
type KeyChange struct {
	Path   string // of the key file
	Kept   string // where the key that was in it is kept; empty: there was none
	Counts []SealedCount
}

// Sealed is how many texts there are of all kinds.
func (c *KeyChange) Sealed() (n int) {
	for _, one := range c.Counts {
		n += one.N
	}
	return n
}

// Said lists the kinds of which there are any.
func (c *KeyChange) Said() string {
	var parts []string
	for _, one := range c.Counts {
		if one.N > 0 {
			parts = append(parts, one.Kind+" "+strconv.Itoa(one.N)+" "+one.Measure)
		}
	}
	if len(parts) == 0 {
		return "没有存过号码"
	}
	return strings.Join(parts, "、")
}

// reseal opens what was sealed under the key of that name with old and seals it with fresh; where
// old is nil it only counts.
func (c *KeyChange) reseal(ctx context.Context, tx *sql.Tx, id string, old, fresh *account.Box) error {
	c.Counts = nil
	for _, kind := range sealedKinds {
		count := SealedCount{kind.name, kind.measure, 0}
		err := kind.reseal(ctx, tx, func(sealed string) (string, error) {
			under, ok := account.SealedUnder(sealed)
			if !ok || under != id {
				return sealed, nil
			}
			count.N++
			if old == nil {
				return sealed, nil
			}
			plain, err := old.Open(sealed)
			if err != nil {
				return "", err
			}
			return fresh.Seal(plain)
		})
		if err != nil {
			return err
		}
		c.Counts = append(c.Counts, count)
	}
	return nil
}

// RenewKey gives a database another key and seals everything anew under it; with forget, which is
// for a key that is lost, what it sealed is left as it is and can be read no more. Without do it
// only tells what that would come to. Servers on the database are to be stopped before.
func RenewKey(ctx context.Context, o Options, forget, do bool) (c KeyChange, err error) {
	err = withKey(ctx, o, func(db *database.DB, s keyfile.State) error {
		c.Path = s.Path
		switch {
		case s.Check == "":
			return keyfile.ErrUnused
		case forget && s.Key != nil:
			return keyfile.ErrAtHand.With("path", s.Path)
		case !forget && s.Trouble != nil:
			return s.Trouble
		}
		if !do {
			return db.View(ctx, func(tx *sql.Tx) error { return c.reseal(ctx, tx, s.ID(), nil, nil) })
		}
		var witnessed ledgerdb.Witnessed
		if forget {
			if witnessed, err = ledgerdb.Witnesses(ctx, db); err != nil {
				return err
			}
		}
		at := time.Now()
		c.Kept, err = keyfile.Renew(ctx, db, s, at, func(tx *sql.Tx, old, fresh *account.Box) (int, error) {
			if err := c.reseal(ctx, tx, s.ID(), old, fresh); err != nil {
				return 0, err
			}
			action, after := "account.renew_key", "已用新密钥重新加密："
			if forget {
				if err := witnessed.Witness(ctx, tx, func(sealed string) bool {
					under, ok := account.SealedUnder(sealed)
					return ok && under == s.ID()
				}); err != nil {
					return 0, err
				}
				action, after = "account.forget_key", "已无法读取："
			}
			return c.Sealed(), noteKey(ctx, tx, action, after+c.Said(), at)
		})
		return err
	})
	return c, err
}

// RecoverKey opens what was sealed under a key that the database had before, from a file that
// turned up again, and seals it under the present one.
func RecoverKey(ctx context.Context, o Options, from string) (c KeyChange, err error) {
	err = withKey(ctx, o, func(db *database.DB, s keyfile.State) error {
		c.Path = s.Path
		fresh, err := s.Box()
		if err != nil {
			return err
		}
		old, id, err := s.PastBox(from)
		if err != nil {
			return err
		}
		return db.Write(ctx, func(tx *sql.Tx) error {
			if err := c.reseal(ctx, tx, id, old, fresh); err != nil {
				return err
			}
			return noteKey(ctx, tx, "account.recover_key", "已找回："+c.Said(), time.Now())
		})
	})
	return c, err
}

// withKey opens a database that is there, brings its schema forward and looks for its key.
func withKey(ctx context.Context, o Options, do func(*database.DB, keyfile.State) error) (err error) {
	db, err := database.OpenThere(ctx, o.DB)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, _, err := db.Migrate(ctx); err != nil {
		return err
	}
	s, err := keyfile.Look(ctx, db, o.KeyFile)
	if err != nil {
		return err
	}
	return do(db, s)
}

// noteKey writes down what was done to the key, wherever an administrator reads the history.
func noteKey(ctx context.Context, tx *sql.Tx, action, after string, at time.Time) error {
	if err := accountdb.Touch(ctx, tx); err != nil {
		return err
	}
	places, err := accountdb.Administered(ctx, tx)
	if err != nil {
		return err
	}
	if len(places) == 0 {
		places = []unit.Code{unit.Nation}
	}
	for _, place := range places {
		e := audit.By(access.Operator("命令行", unit.Nation), action, place, at)
		e.After = after
		if err := auditdb.Write(ctx, tx, e); err != nil {
			return err
		}
	}
	return nil
}

// keyEvery is how often a server looks whether its database has been given another key.
const keyEvery = 5 * time.Second

// holdKey returns when ctx ends, or with ErrKeyChanged when the database has been given another
// key than the one this server seals with.
func (a *App) holdKey(ctx context.Context) error {
	tick := time.NewTicker(keyEvery)
	defer tick.Stop()
	for {
		if err := a.keyHolds(ctx); errors.Is(err, ErrKeyChanged) {
			return err
		} else if err != nil && ctx.Err() == nil {
			a.Log.WarnContext(ctx, "looking after the key", slog.Any("err", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

func (a *App) keyHolds(ctx context.Context) error {
	now, err := a.DB.Setting(ctx, keyfile.CheckSetting)
	if err != nil {
		return fmt.Errorf("key check: %w", err)
	}
	if now != a.keyCheck {
		return ErrKeyChanged
	}
	return nil
}
