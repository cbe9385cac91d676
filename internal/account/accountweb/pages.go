// Package accountweb is the pages of accounts: signing in and out, changing a password, the
// accounts, departments and tokens of a subtree, their import from a workbook, and what
// happened. It also tells the server who sends a request. It decides nothing: every rule is in
// package account.
package accountweb

//go:generate go tool -modfile=../../../tools/go.mod templ generate -path .

import (
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// Config is what the pages are made with.
type Config struct {
	Accounts *account.Service
	Audit    *audit.Service
	Sessions *Sessions
	Tree     func() *unit.Tree
	Zone     *time.Location    // whose times are shown
	Demo     []web.DemoAccount // offered at the door of a demonstration
	// Proxied: the server stands behind a proxy of its own, whose X-Forwarded-For is believed.
	Proxied bool
}

// Pages is the wing's pages.
type Pages struct {
	Config
}

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Register adds the wing's routes.
func (p *Pages) Register(m *web.Mux) {
	m.Page("GET /login", web.Public, p.door)
	m.Page("POST /login", web.Public, p.signIn)
	m.Page("POST /logout", web.SignedIn, p.signOut)
	m.Page("POST /logout/everywhere", web.SignedIn, p.signOutEverywhere)
	m.Page("GET /password", web.SignedIn, p.password)
	m.Page("POST /password", web.SignedIn, p.changePassword)

	manage := web.Can(access.ManageAccounts)
	m.Page("GET /accounts", manage, p.home)
	m.Page("GET /accounts/{unit}", manage, p.list)
	m.Page("GET /accounts/{unit}/new", manage, p.blank)
	m.Page("POST /accounts/{unit}/new", manage, p.create)
	m.Page("GET /accounts/{unit}/import", manage, p.upload)
	m.Page("POST /accounts/{unit}/import", manage, p.preview, web.Body(rosterBody))
	m.Page("POST /accounts/{unit}/import/confirm", manage, p.confirm, web.Body(rosterBody))
	m.Page("POST /accounts/{unit}/import/passwords", manage, p.passwords, web.Body(rosterBody))
	m.Page("GET /accounts/{unit}/import/template", manage, p.template)
	m.Page("GET /account/{id}", manage, p.show)
	m.Page("POST /account/{id}", manage, p.edit)
	m.Page("POST /account/{id}/reset", manage, p.reset)
	m.Page("POST /account/{id}/disable", manage, p.disable)
	m.Page("POST /account/{id}/enable", manage, p.enable)
	m.Page("GET /departments/{unit}", manage, p.departments)
	m.Page("POST /departments/{unit}", manage, p.createDepartment)

	m.Page("GET /tokens", web.SignedIn, p.tokens)
	m.Page("POST /tokens", web.SignedIn, p.createToken)
	m.Page("POST /tokens/{id}/revoke", web.SignedIn, p.revokeToken)

	m.Page("GET /audit/{unit}", web.Can(access.ReadAudit), p.events)
}

const rosterBody = 8 << 20

// say redirects with a notice for the next page.
func (p *Pages) say(w http.ResponseWriter, r *http.Request, title, to string) error {
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: title, At: time.Now().In(p.Zone)}); err != nil {
		return err
	}
	return web.Redirect(w, r, to)
}

// unitName is a unit as pages call it.
func (p *Pages) unitName(code unit.Code) string {
	tree := p.Tree()
	if name := tree.FullName(code); name != "" {
		return name
	}
	if u, ok := tree.Unit(code); ok {
		return u.Name
	}
	return code.String()
}

// crumbs leads from the actor's unit down to a unit, each step to its own page under a prefix.
func (p *Pages) crumbs(r *http.Request, at unit.Code, prefix string, last ...string) []ui.Crumb {
	own := web.ActorOf(r.Context()).Unit
	var list []ui.Crumb
	for _, u := range p.Tree().Ancestors(at) {
		if own.Contains(u.Code) {
			list = append(list, ui.Crumb{Label: u.Name, Href: prefix + u.Code.String()})
		}
	}
	for _, label := range last {
		list = append(list, ui.Crumb{Label: label})
	}
	if len(last) == 0 && len(list) > 0 {
		list[len(list)-1].Href = ""
	}
	return list
}

func roleName(role access.Role) string { return words.Text("role."+string(role), nil) }

func actionName(action string) string {
	if code := "event." + action; words.Has(code) {
		return words.Text(code, nil)
	}
	if code := "action." + action; words.Has(code) {
		return words.Text(code, nil)
	}
	return action
}

// faults gathers what is wrong with a form, by field.
type faults []ui.FieldError

func (f faults) of(field string) string {
	for _, e := range f {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

// fault turns a problem into the fault of a field; what is no problem, or belongs to no field,
// is for the error page.
func fault(err error, field func(*problem.Problem) string) (faults, error) {
	p, ok := problem.Of(err)
	if !ok {
		return nil, err
	}
	name := field(p)
	if name == "" {
		return nil, err
	}
	return faults{{Field: name, Message: words.Text(p.Code, p.Params)}}, nil
}
