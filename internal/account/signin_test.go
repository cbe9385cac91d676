package account_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/words"
)

func TestSignIn(t *testing.T) {
	houses(t, func(h *house) {
		h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "13812341234")
		got, err := h.SignIn(ctx, " Huang ", password, "10.1.1.1")
		if err != nil || got.Name != "黄志明" || got.Unit != testkit.LihuTown || got.Role != access.TownClerk || got.MustChange || got.Phone != "13812341234" {
			h.t.Fatalf("%+v, %v", got, err)
		}
		for _, c := range [][2]string{{"huang", "wrong"}, {"huang", ""}, {"nobody", password}, {"", password}, {"huang' --", password},
			{"huang", password + strings.Repeat("x", 1<<20)}} {
			if err := h.signsIn(c[0], c[1]); !errors.Is(err, account.ErrSignIn) {
				h.t.Errorf("%.20q: %v", c, err)
			}
		}
	})
}

// From the fifth failure on the wait doubles; the message says until when; another login from
// the same place is not held up; a success starts anew; a second server counts the same.
func TestThrottleByLogin(t *testing.T) {
	houses(t, func(h *house) {
		h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning, "")
		second := h.another()
		for i := range 5 {
			if _, err := second.SignIn(ctx, "huang", "wrong", "10.1.1.1"); !errors.Is(err, account.ErrSignIn) {
				h.t.Fatalf("failure %d: %v", i+1, err)
			}
		}
		err := h.signsIn("huang", password)
		if !errors.Is(err, account.ErrBlocked) {
			h.t.Fatalf("the right password during the block: %v", err)
		}
		if said, _ := words.Of(err); !strings.Contains(said, "30 秒") || !strings.Contains(said, "3月29日 16:30") {
			h.t.Errorf("the message: %s", said)
		}
		h.must(h.signsIn("lin", password))

		h.clock.Advance(31 * time.Second)
		if err := h.signsIn("huang", "wrong"); !errors.Is(err, account.ErrSignIn) {
			h.t.Fatalf("after the block: %v", err)
		}
		p, _ := problem.Of(h.signsIn("huang", password))
		if p == nil || p.Params["wait"] != minute {
			h.t.Fatalf("the sixth failure waits %v", p)
		}
		h.clock.Advance(minute)
		h.must(h.signsIn("huang", password))
		if err := h.signsIn("huang", "wrong"); !errors.Is(err, account.ErrSignIn) {
			h.t.Error("the success did not start anew")
		}
		h.must(h.signsIn("huang", password))
	})
}

// Logins that do not exist are counted and blocked like those that do: the block tells nothing.
func TestThrottleTellsNothing(t *testing.T) {
	houses(t, func(h *house) {
		for range 5 {
			if err := h.signsIn("nobody", "wrong"); !errors.Is(err, account.ErrSignIn) {
				h.t.Fatal(err)
			}
		}
		if err := h.signsIn("nobody", "wrong"); !errors.Is(err, account.ErrBlocked) {
			h.t.Error(err)
		}
	})
}

// An address that tries many logins is held up, whoever it tries next; elsewhere one signs in.
func TestThrottleByAddress(t *testing.T) {
	houses(t, func(h *house) {
		h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		for i := range 30 {
			if err := h.signsIn(fmt.Sprintf("guess%d", i), "wrong"); !errors.Is(err, account.ErrSignIn) {
				h.t.Fatalf("guess %d: %v", i, err)
			}
		}
		if err := h.signsIn("huang", password); !errors.Is(err, account.ErrBlocked) {
			h.t.Errorf("from the blocked address: %v", err)
		}
		if _, err := h.SignIn(ctx, "huang", password, "10.2.2.2"); err != nil {
			h.t.Errorf("from another address: %v", err)
		}
		h.clock.Advance(13 * time.Hour)
		h.must(h.signsIn("huang", password))
		h.must(h.Sweep(ctx))
		var left int
		h.must(h.db.Reader().QueryRowContext(ctx, `SELECT count(*) FROM login_failures WHERE subject LIKE 'login:guess%'`).Scan(&left))
		if left != 0 {
			h.t.Errorf("%d counters were not swept", left)
		}
	})
}

// Many guesses at one moment are many failures: none slips through before the counter rises.
func TestThrottleHoldsAgainstParallelGuesses(t *testing.T) {
	houses(t, func(h *house) {
		h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		var wg sync.WaitGroup
		var mu sync.Mutex
		looked := 0
		for i := range 20 {
			wg.Go(func() {
				_, err := h.SignIn(ctx, "huang", "wrong", fmt.Sprintf("10.9.0.%d", i))
				mu.Lock()
				defer mu.Unlock()
				if errors.Is(err, account.ErrSignIn) {
					looked++
				} else if !errors.Is(err, account.ErrBlocked) {
					h.t.Error(err)
				}
			})
		}
		wg.Wait()
		if looked != 5 {
			h.t.Errorf("%d guesses were looked at, want 5", looked)
		}
	})
}

// The first password opens the door to choosing another, and only the new one is good after.
func TestFirstPasswordIsChanged(t *testing.T) {
	houses(t, func(h *house) {
		issued, err := h.Create(ctx, operator, account.Input{Login: "huang", Name: "黄志明", Role: access.TownClerk, Unit: testkit.LihuTown})
		h.must(err)
		in, err := h.SignIn(ctx, "huang", issued.Password, "")
		if err != nil || !in.MustChange {
			h.t.Fatalf("%+v, %v", in, err)
		}
		for bad, want := range map[string]error{"short": account.ErrPasswordShort, "1234567890": account.ErrPasswordCommon, issued.Password: account.ErrPasswordSame} {
			if _, err := h.ChangePassword(ctx, in.Actor(), account.PasswordInput{Present: issued.Password, New: bad}); !errors.Is(err, want) {
				h.t.Errorf("%q: %v, want %v", bad, err, want)
			}
		}
		if _, err := h.ChangePassword(ctx, in.Actor(), account.PasswordInput{Present: "wrong", New: password}); !errors.Is(err, account.ErrWrongPassword) {
			h.t.Errorf("a wrong present password: %v", err)
		}
		after, err := h.ChangePassword(ctx, in.Actor(), account.PasswordInput{Present: issued.Password, New: password})
		if err != nil || after.MustChange || after.Epoch == in.Epoch {
			h.t.Fatalf("%+v, %v", after, err)
		}
		if err := h.signsIn("huang", issued.Password); !errors.Is(err, account.ErrSignIn) {
			h.t.Errorf("the first password still: %v", err)
		}
		h.must(h.signsIn("huang", password))
		if _, err := h.Present(ctx, in.ID, in.Epoch); !errors.Is(err, account.ErrNoAccount) {
			h.t.Errorf("a session from before: %v", err)
		}
		if _, err := h.Present(ctx, in.ID, after.Epoch); err != nil {
			h.t.Errorf("the session that goes on: %v", err)
		}
	})
}

// Guessing the present password is guessing a password.
func TestChangePasswordIsThrottled(t *testing.T) {
	houses(t, func(h *house) {
		huang := h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		for range 5 {
			if _, err := h.ChangePassword(ctx, huang, account.PasswordInput{Present: "wrong", New: "another-password"}); !errors.Is(err, account.ErrWrongPassword) {
				h.t.Fatal(err)
			}
		}
		if _, err := h.ChangePassword(ctx, huang, account.PasswordInput{Present: password, New: "another-password"}); !errors.Is(err, account.ErrBlocked) {
			h.t.Error(err)
		}
	})
}

func TestSignOutEverywhere(t *testing.T) {
	houses(t, func(h *house) {
		huang := h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		second := h.another()
		for _, s := range []*account.Service{h.Service, second} {
			if _, err := s.Present(ctx, huang.Account, 1); err != nil {
				h.t.Fatal(err)
			}
		}
		h.must(h.SignOutEverywhere(ctx, huang))
		if _, err := h.Present(ctx, huang.Account, 1); !errors.Is(err, account.ErrNoAccount) {
			h.t.Errorf("on this server: %v", err)
		}
		h.clock.Advance(2 * time.Second)
		if _, err := second.Present(ctx, huang.Account, 1); !errors.Is(err, account.ErrNoAccount) {
			h.t.Errorf("on another server after two seconds: %v", err)
		}
	})
}

// Only who knew the password is told that the account is disabled.
func TestDisabled(t *testing.T) {
	houses(t, func(h *house) {
		huang := h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		head := h.person("head", "管理员", access.Administrator, testkit.Puning, "")
		h.must(h.Disable(ctx, head, huang.Account))
		if err := h.signsIn("huang", password); !errors.Is(err, account.ErrDisabled) {
			h.t.Errorf("with the password: %v", err)
		}
		if err := h.signsIn("huang", "wrong"); !errors.Is(err, account.ErrSignIn) {
			h.t.Errorf("without it: %v", err)
		}
		if _, err := h.Present(ctx, huang.Account, 1); !errors.Is(err, account.ErrNoAccount) {
			h.t.Errorf("the session goes on: %v", err)
		}
		h.must(h.Enable(ctx, head, huang.Account))
		h.must(h.signsIn("huang", password))
	})
}
