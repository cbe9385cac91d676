package unitweb

import (
	"net/url"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// section is the entry of the main navigation.
const section = "units"

// Pages is the pages of units.
type Pages struct{ register *register.Service }

// New makes the pages.
func New(r *register.Service) *Pages { return &Pages{r} }

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read, manage := web.Can(access.ReadLedger), web.Can(access.ManageUnits)
	m.Page("GET /units", read, p.list)
	m.Page("GET /units/{unit}", read, p.show)
	for _, v := range register.Verbs() {
		m.Page("GET /units/{unit}/"+string(v), manage, p.ask(v))
		m.Page("POST /units/{unit}/"+string(v), manage, p.answer(v))
	}
}

// listURL is the tree at a unit as of a day; the zero day is today.
func listURL(of unit.Code, on date.Date) string {
	q := url.Values{"of": {of.String()}}
	if !on.IsZero() {
		q.Set("on", on.String())
	}
	return "/units?" + q.Encode()
}

func showURL(of unit.Code) string { return "/units/" + of.String() }

func changeURL(of unit.Code, v register.Verb) string { return showURL(of) + "/" + string(v) }

// crumbs leads from the actor's own unit to one below it.
func crumbs(a access.Actor, t *unit.Tree, of unit.Code, on date.Date, last string) []ui.Crumb {
	var list []ui.Crumb
	for _, u := range t.Ancestors(of) {
		if a.Unit.Contains(u.Code) && u.Code != of {
			list = append(list, ui.Crumb{Label: u.Name, Href: listURL(u.Code, on)})
		}
	}
	return append(list, ui.Crumb{Label: last})
}
