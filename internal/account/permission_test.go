package account_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// verbs is every verb that an actor calls on accounts of a unit, with what it is called on.
var verbs = map[string]func(h *house, a access.Actor, at place) error{
	"list": func(h *house, a access.Actor, at place) error {
		_, err := h.Accounts(ctx, a, account.Query{Of: at.unit})
		return err
	},
	"show": func(h *house, a access.Actor, at place) error {
		_, err := h.Account(ctx, a, h.id(at.login))
		return err
	},
	"create": func(h *house, a access.Actor, at place) error {
		_, err := h.Create(ctx, a, account.Input{Name: "新人" + h.fresh(), Role: access.TownClerk, Unit: at.unit})
		return err
	},
	"edit": func(h *house, a access.Actor, at place) error {
		_, err := h.Edit(ctx, a, h.id(at.login), account.Input{Name: "改名" + h.fresh(), Role: access.TownClerk, Unit: at.unit})
		return err
	},
	"disable": func(h *house, a access.Actor, at place) error { return h.Disable(ctx, a, h.id(at.login)) },
	"enable":  func(h *house, a access.Actor, at place) error { return h.Enable(ctx, a, h.id(at.login)) },
	"reset": func(h *house, a access.Actor, at place) error {
		_, err := h.ResetPassword(ctx, a, h.id(at.login))
		return err
	},
	"preview": func(h *house, a access.Actor, at place) error {
		_, err := h.Preview(ctx, a, at.unit, h.line())
		return err
	},
	"import": func(h *house, a access.Actor, at place) error {
		_, _, err := h.Import(ctx, a, at.unit, h.line())
		return err
	},
	"department": func(h *house, a access.Actor, at place) error {
		_, err := h.CreateDepartment(ctx, a, at.unit, "站"+h.fresh())
		return err
	},
	"departments": func(h *house, a access.Actor, at place) error {
		_, err := h.Departments(ctx, a, at.unit)
		return err
	},
}

type place struct {
	unit  unit.Code
	login string // an account there
}

var serial int

func (h *house) fresh() string { serial++; return fmt.Sprint(serial) }

// line is a workbook whose one unit is the town it is imported for.
func (h *house) line() []account.Line {
	return []account.Line{{Row: 2, Name: "新人" + h.fresh(), Role: string(access.TownClerk), Unit: "里湖镇"}, {Row: 3, Name: "新人" + h.fresh(), Role: string(access.TownClerk), Unit: "惠城镇"}}
}

// Every verb, every role, inside and outside: administrators in their subtree, nobody else
// anywhere; and what was refused has changed nothing.
func TestEveryVerbByRole(t *testing.T) {
	houses(t, func(h *house) {
		cast := h.cast()
		h.person("inside", "里湖另一人", access.TownClerk, testkit.LihuTown, "")
		h.person("outside", "惠城另一人", access.TownClerk, testkit.Huicheng, "")
		inside, outside := place{testkit.LihuTown, "inside"}, place{testkit.Huicheng, "outside"}
		for verb, call := range verbs {
			for login, actor := range cast {
				isAdministrator := login == "head" || login == "top"
				before := h.state()
				err := call(h, actor, inside)
				if isAdministrator != (err == nil) {
					h.t.Errorf("%s inside by %s: %v", verb, login, err)
				}
				if err != nil && !errors.Is(err, access.ErrForbidden) && !errors.Is(err, access.ErrOutside) && !errors.Is(err, account.ErrNoAccount) {
					h.t.Errorf("%s inside by %s: refused with %v", verb, login, err)
				}
				if err != nil && h.state() != before {
					h.t.Errorf("%s inside by %s was refused and changed something", verb, login)
				}
				before = h.state()
				err = call(h, actor, outside)
				if (login == "top") != (err == nil) {
					h.t.Errorf("%s outside by %s: %v", verb, login, err)
				}
				if login != "top" && h.state() != before {
					h.t.Errorf("%s outside by %s was refused and changed something", verb, login)
				}
			}
			// The same administrator through a program's token: never.
			program := cast["top"]
			program.Token = 1
			if err := call(h, program, inside); !errors.Is(err, access.ErrForbidden) {
				h.t.Errorf("%s by a token: %v", verb, err)
			}
			if err := call(h, access.Actor{}, inside); err == nil {
				h.t.Errorf("%s by nobody", verb)
			}
		}
	})
}

// state is everything the accounts' tables hold, as one text.
func (h *house) state() string {
	h.t.Helper()
	const q = `SELECT (SELECT count(*) FROM accounts) * 1000000 + (SELECT sum(epoch + disabled * 7 + must_change * 13 + length(name)) FROM accounts),
		(SELECT count(*) FROM departments) * 1000 + (SELECT count(*) FROM tokens), (SELECT count(*) FROM audit_events)`
	var a, b, c int64
	h.must(h.db.Reader().QueryRowContext(ctx, q).Scan(&a, &b, &c))
	return fmt.Sprint(a, " ", b, " ", c)
}

// An account stands where its role fits, inside the unit of who makes it.
func TestNobodyMakesOneAboveHimself(t *testing.T) {
	houses(t, func(h *house) {
		head := h.person("head", "普宁市管理员", access.Administrator, testkit.Puning, "")
		victim := h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown, "")
		for _, c := range []struct {
			role access.Role
			at   unit.Code
			want error
		}{
			{access.VillageReporter, testkit.Xintan, nil}, {access.TownClerk, testkit.EastTown, nil}, {access.CountyOffice, testkit.Puning, nil},
			{access.Leader, testkit.Puning, nil}, {access.Administrator, testkit.LihuTown, nil}, {access.Administrator, testkit.Puning, nil},
			{access.CityOffice, testkit.Jieyang, access.ErrOutside}, {access.Administrator, testkit.Jieyang, access.ErrOutside},
			{access.Administrator, unit.Nation, access.ErrOutside}, {access.TownClerk, testkit.Huicheng, access.ErrOutside},
			{access.CityOffice, testkit.Puning, account.ErrRoleLevel}, {access.CountyOffice, testkit.LihuTown, account.ErrRoleLevel},
			{access.TownClerk, testkit.Xintan, account.ErrRoleLevel}, {access.VillageReporter, testkit.LihuTown, account.ErrRoleLevel},
			{access.Administrator, testkit.Xintan, account.ErrRoleLevel}, {"god", testkit.LihuTown, account.ErrRole},
			{access.TownClerk, 445281999000, account.ErrUnit},
		} {
			in := account.Input{Name: "某人" + h.fresh(), Role: c.role, Unit: c.at}
			if _, err := h.Create(ctx, head, in); !errors.Is(err, c.want) {
				h.t.Errorf("create %s at %s: %v, want %v", c.role, c.at, err, c.want)
			}
			in.Name = "某人" + h.fresh()
			if _, err := h.Edit(ctx, head, victim.Account, in); !errors.Is(err, c.want) {
				h.t.Errorf("edit to %s at %s: %v, want %v", c.role, c.at, err, c.want)
			}
		}
	})
}

func TestAdministratorCannotLockHimselfOut(t *testing.T) {
	houses(t, func(h *house) {
		head := h.person("head", "普宁市管理员", access.Administrator, testkit.Puning, "")
		other := h.person("other", "另一位管理员", access.Administrator, testkit.Puning, "")
		for what, err := range map[string]error{
			"disable": h.Disable(ctx, head, head.Account),
			"role":    second(h.Edit(ctx, head, head.Account, account.Input{Name: "我", Role: access.Leader, Unit: testkit.Puning})),
			"unit":    second(h.Edit(ctx, head, head.Account, account.Input{Name: "我", Role: access.Administrator, Unit: testkit.LihuTown})),
			"reset":   second(h.ResetPassword(ctx, head, head.Account)),
		} {
			if !errors.Is(err, account.ErrSelf) {
				h.t.Errorf("%s himself: %v", what, err)
			}
		}
		if _, err := h.Edit(ctx, head, head.Account, account.Input{Name: "新名字", Role: access.Administrator, Unit: testkit.Puning, Phone: "13812341234"}); err != nil {
			h.t.Errorf("his own name and number: %v", err)
		}
		// Of two who disable each other at one moment one stays.
		h.must(h.Disable(ctx, head, other.Account))
		if err := h.Disable(ctx, other, head.Account); !errors.Is(err, access.ErrForbidden) {
			h.t.Errorf("the disabled one: %v", err)
		}
		h.must(h.signsIn("head", password))
	})
}

func second[T any](_ T, err error) error { return err }

// Only the command line hands out passwords of its own choosing.
func TestProvideIsTheOperators(t *testing.T) {
	houses(t, func(h *house) {
		top := h.person("top", "管理员", access.Administrator, testkit.Jieyang, "")
		given := []account.Given{{Input: account.Input{Login: "x-y-z", Name: "某人", Role: access.TownClerk, Unit: testkit.LihuTown}, Password: password}}
		if _, err := h.Provide(ctx, top, given); !errors.Is(err, access.ErrForbidden) {
			h.t.Error(err)
		}
		narrow := access.Operator("命令行", testkit.Huilai)
		if _, err := h.Provide(ctx, narrow, given); !errors.Is(err, access.ErrOutside) {
			h.t.Error(err)
		}
	})
}

// A token can do nothing that its maker cannot, and stops with the token, its account, or its
// account's right to it.
func TestTokens(t *testing.T) {
	houses(t, func(h *house) {
		cast := h.cast()
		until := h.clock.Now().AddDate(0, 1, 0)
		make := func(by string, role access.Role, at unit.Code) (account.Token, string, error) {
			return h.CreateToken(ctx, cast[by], account.TokenInput{Name: "对接" + h.fresh(), Role: role, Unit: at, ExpiresAt: until})
		}
		for _, c := range []struct {
			by   string
			role access.Role
			at   unit.Code
			want error
		}{
			{"huang", access.TownClerk, testkit.LihuTown, nil}, {"huang", access.Leader, testkit.LihuTown, nil},
			{"huang", access.CountyOffice, testkit.LihuTown, account.ErrRoleLevel}, {"huang", access.TownClerk, testkit.EastTown, access.ErrOutside},
			{"chen", access.VillageReporter, testkit.Xintan, nil}, {"chen", access.TownClerk, testkit.EastTown, access.ErrOutside},
			{"lin", access.TownClerk, testkit.LihuTown, nil}, {"lin", access.CountyOffice, testkit.Puning, nil}, {"lin", access.Administrator, testkit.Puning, account.ErrTokenBeyond},
			{"forest", access.Leader, testkit.Puning, nil}, {"forest", access.TownClerk, testkit.LihuTown, account.ErrTokenBeyond},
			{"leader", access.VillageReporter, testkit.Xintan, account.ErrTokenBeyond}, {"zheng", access.TownClerk, testkit.LihuTown, account.ErrTokenBeyond},
			{"head", access.TownClerk, testkit.LihuTown, nil}, {"head", access.Administrator, testkit.Puning, account.ErrTokenBeyond},
			{"head", access.CityOffice, testkit.Jieyang, access.ErrOutside},
		} {
			if _, _, err := make(c.by, c.role, c.at); !errors.Is(err, c.want) {
				h.t.Errorf("%s gives %s at %s: %v, want %v", c.by, c.role, c.at, err, c.want)
			}
		}

		made, text, err := make("lin", access.TownClerk, testkit.LihuTown)
		h.must(err)
		actor, err := h.TokenActor(ctx, text)
		if err != nil || actor.Account != cast["lin"].Account || actor.Token != made.ID || actor.Role != access.TownClerk || actor.Unit != testkit.LihuTown {
			h.t.Fatalf("%+v, %v", actor, err)
		}
		for _, bad := range []string{"", "szt_", text + "x", text[:len(text)-1], "Bearer " + text} {
			if _, err := h.TokenActor(ctx, bad); !errors.Is(err, account.ErrToken) {
				h.t.Errorf("%q: %v", bad, err)
			}
		}
		if _, _, err := h.CreateToken(ctx, actor, account.TokenInput{Name: "a", Role: access.TownClerk, Unit: testkit.LihuTown, ExpiresAt: until}); !errors.Is(err, account.ErrTokenBeyond) {
			h.t.Errorf("a token made a token: %v", err)
		}
		if err := h.RevokeToken(ctx, cast["huang"], made.ID); !errors.Is(err, account.ErrNoToken) {
			h.t.Errorf("a stranger revoked it: %v", err)
		}
		own, err := h.Tokens(ctx, cast["huang"], testkit.LihuTown)
		h.must(err)
		all, err := h.Tokens(ctx, cast["head"], testkit.LihuTown)
		h.must(err)
		// 里湖镇 has two of huang's, two of lin's and one of the head's own.
		if len(own) != 2 || len(all) != 5 || all[0].ID != made.ID {
			h.t.Errorf("huang sees %d tokens, the administrator %d, the newest %+v", len(own), len(all), all[0])
		}
		for _, token := range own {
			if token.Account != cast["huang"].Account {
				h.t.Errorf("huang sees the token %+v", token)
			}
		}

		// Revoked: at once here, within two seconds elsewhere.
		elsewhere := h.another()
		_, err = elsewhere.TokenActor(ctx, text)
		h.must(err)
		h.must(h.RevokeToken(ctx, cast["head"], made.ID))
		if _, err := h.TokenActor(ctx, text); !errors.Is(err, account.ErrToken) {
			h.t.Errorf("revoked, here: %v", err)
		}
		h.clock.Advance(2 * time.Second)
		if _, err := elsewhere.TokenActor(ctx, text); !errors.Is(err, account.ErrToken) {
			h.t.Errorf("revoked, elsewhere: %v", err)
		}
	})
}

func TestTokenEndsWithItsAccount(t *testing.T) {
	for what, end := range map[string]func(h *house, head, lin access.Actor) error{
		"expired":  func(h *house, _, _ access.Actor) error { h.clock.Advance(31 * 24 * time.Hour); return nil },
		"disabled": func(h *house, head, lin access.Actor) error { return h.Disable(ctx, head, lin.Account) },
		"reset":    func(h *house, head, lin access.Actor) error { return second(h.ResetPassword(ctx, head, lin.Account)) },
		"demoted": func(h *house, head, lin access.Actor) error {
			return second(h.Edit(ctx, head, lin.Account, account.Input{Name: "林晓燕", Role: access.Leader, Unit: testkit.Puning}))
		},
		"moved": func(h *house, _, lin access.Actor) error {
			return second(h.Edit(ctx, operator, lin.Account, account.Input{Name: "林晓燕", Role: access.CountyOffice, Unit: testkit.Huilai}))
		},
	} {
		t.Run(what, func(t *testing.T) {
			h := newHouse(t, testkit.SQLite(t))
			head := h.person("head", "管理员", access.Administrator, testkit.Puning, "")
			lin := h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning, "")
			_, text, err := h.CreateToken(ctx, lin, account.TokenInput{Name: "对接", Role: access.TownClerk, Unit: testkit.LihuTown, ExpiresAt: h.clock.Now().Add(30 * 24 * time.Hour)})
			h.must(err)
			_, err = h.TokenActor(ctx, text)
			h.must(err)
			h.must(end(h, head, lin))
			if _, err := h.TokenActor(ctx, text); !errors.Is(err, account.ErrToken) {
				t.Errorf("still good: %v", err)
			}
		})
	}
}

func TestTokenInput(t *testing.T) {
	h := newHouse(t, testkit.SQLite(t))
	lin := h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning, "")
	for name, until := range map[string]time.Duration{"过去": -time.Hour, "太久": 367 * 24 * time.Hour} {
		in := account.TokenInput{Name: name, Role: access.TownClerk, Unit: testkit.LihuTown, ExpiresAt: h.clock.Now().Add(until)}
		if _, _, err := h.CreateToken(ctx, lin, in); !errors.Is(err, account.ErrTokenExpiry) {
			t.Errorf("%s: %v", name, err)
		}
	}
	in := account.TokenInput{Name: "  ", Role: access.TownClerk, Unit: testkit.LihuTown, ExpiresAt: h.clock.Now().Add(time.Hour)}
	if _, _, err := h.CreateToken(ctx, lin, in); !errors.Is(err, account.ErrTokenName) {
		t.Error(err)
	}
}
