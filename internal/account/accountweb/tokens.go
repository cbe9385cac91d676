package accountweb

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// tokenPage is the tokens one may see and the form for another.
type tokenPage struct {
	Rows   []tokenRow
	Fresh  string // the text of one just made, shown this once
	Name   string
	Role   string
	Unit   string
	Until  string // a day
	Faults faults
}

type tokenRow struct {
	account.Token
	Place string
	Until string
	State string
	Good  bool
}

const tokenDays = 90

func (p *Pages) tokens(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r.Context())
	today := date.FromTime(time.Now().In(p.Zone))
	role := actor.Role
	if role == access.Administrator {
		role = "" // no program manages accounts
	}
	return p.showTokens(w, r, http.StatusOK, tokenPage{Role: string(role), Unit: p.unitName(actor.Unit), Until: today.Add(tokenDays).String()})
}

func (p *Pages) showTokens(w http.ResponseWriter, r *http.Request, status int, page tokenPage) error {
	actor := web.ActorOf(r.Context())
	list, err := p.Accounts.Tokens(r.Context(), actor, actor.Unit)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, t := range list {
		row := tokenRow{Token: t, Place: p.unitName(t.Unit), Until: date.FromTime(t.ExpiresAt.In(p.Zone).Add(-time.Second)).Chinese(), State: "有效", Good: true}
		switch {
		case !t.RevokedAt.IsZero():
			row.State, row.Good = "已停用", false
		case !now.Before(t.ExpiresAt):
			row.State, row.Good = "已过期", false
		}
		page.Rows = append(page.Rows, row)
	}
	return web.Render(w, r, web.Page{Title: "程序令牌", Sub: "让别的程序按接口读写台账，权限不超过您自己", Section: "accounts", Status: status}, tokensBody(page))
}

func (p *Pages) createToken(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	page := tokenPage{Name: r.PostFormValue("name"), Role: r.PostFormValue("role"), Unit: r.PostFormValue("unit"), Until: r.PostFormValue("until")}
	in := account.TokenInput{Name: page.Name, Role: access.Role(page.Role)}
	var err error
	if in.Unit, err = p.Accounts.UnitWithin(actor, in.Role, page.Unit); err == nil {
		// Good through the whole of the last day; no day at all is a day long past.
		if day, derr := date.Parse(page.Until); derr == nil {
			in.ExpiresAt = day.Add(1).In(p.Zone)
		}
		_, page.Fresh, err = p.Accounts.CreateToken(r.Context(), actor, in)
	}
	if err != nil {
		f, other := fault(err, tokenField)
		if other != nil {
			return other
		}
		page.Faults = f
		return p.showTokens(w, r, web.StatusOf(err), page)
	}
	return p.showTokens(w, r, http.StatusOK, page)
}

// tokenRoles are the roles that a program can act in.
func tokenRoles() []ui.Choice {
	return slices.DeleteFunc(roleChoices("请选择"), func(c ui.Choice) bool { return c.Value == string(access.Administrator) })
}

func tokenField(e *problem.Problem) string {
	for field, list := range map[string][]error{
		"name":  {account.ErrTokenName},
		"role":  {account.ErrRole, account.ErrRoleLevel, account.ErrTokenBeyond},
		"unit":  {account.ErrUnit, account.ErrUnitAmbiguous, access.ErrOutside},
		"until": {account.ErrTokenExpiry},
	} {
		for _, known := range list {
			if errors.Is(e, known) {
				return field
			}
		}
	}
	return ""
}

func (p *Pages) revokeToken(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return web.ErrNotFound.Because(err)
	}
	if err := p.Accounts.RevokeToken(r.Context(), web.ActorOf(r.Context()), id); err != nil {
		return err
	}
	return p.say(w, r, "令牌已停用", "/tokens")
}
