package accountweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

const perPage = 50

// home leads to the accounts of the actor's own unit.
func (p *Pages) home(w http.ResponseWriter, r *http.Request) error {
	return web.Redirect(w, r, "/accounts/"+web.ActorOf(r.Context()).Unit.String())
}

// accountList is a page of a subtree's accounts.
type accountList struct {
	Unit  unit.Code
	Text  string
	Role  access.Role
	Rows  []accountRow
	Pages ui.PagesData
}

type accountRow struct {
	account.Account
	Place string
}

// Asked tells whether something is looked for.
func (l accountList) Asked() bool { return l.Text != "" || l.Role != "" }

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	q := r.URL.Query()
	number, err := strconv.Atoi(q.Get("page"))
	if err != nil || number < 1 {
		number = 1
	}
	l := accountList{Unit: at, Text: q.Get("q"), Role: access.Role(q.Get("role"))}
	page, err := p.Accounts.Accounts(r.Context(), web.ActorOf(r.Context()),
		account.Query{Of: at, Text: l.Text, Role: l.Role, Limit: perPage, Offset: (number - 1) * perPage})
	if err != nil {
		return err
	}
	for _, one := range page.Accounts {
		l.Rows = append(l.Rows, accountRow{one, p.unitName(one.Unit)})
	}
	l.Pages = ui.PagesData{Page: number, Last: max(1, (page.Total+perPage-1)/perPage), Total: "共 " + words.Grouped(int64(page.Total)) + " 个账号",
		Href: func(n int) string {
			return "/accounts/" + at.String() + "?" + url.Values{"q": {l.Text}, "role": {string(l.Role)}, "page": {strconv.Itoa(n)}}.Encode()
		}}
	return web.Render(w, r, web.Page{Title: "账号", Sub: p.unitName(at), Section: "accounts", Crumbs: p.crumbs(r, at, "/accounts/"), Actions: accountActions(at)}, accountsBody(l))
}

// roleChoices are the roles to choose from; the first is any, or none yet.
func roleChoices(first string) []ui.Choice {
	list := []ui.Choice{{Value: "", Label: first}}
	for _, role := range access.Roles() {
		list = append(list, ui.Choice{Value: string(role), Label: roleName(role)})
	}
	return list
}
