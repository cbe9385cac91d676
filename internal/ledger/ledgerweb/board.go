package ledgerweb

import (
	"net/http"
	"slices"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// boardTable is the id of the part of the board that renews itself.
const boardTable = "board-table"

// board shows how the units below an office stand in a week.
func (p *Pages) board(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	if at.unit.Level() >= unit.LevelTown {
		return web.Redirect(w, r, at.url(""))
	}
	b, err := p.ledger.Board(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return err
	}
	filter := ui.State(r.URL.Query().Get("state"))
	if !slices.Contains(boardStates, filter) {
		filter = "" // an address typed wrong shows all
	}
	v := p.boardView(r.Context(), at, b, ledger.State(filter))
	v.Self = r.URL.RequestURI()
	if r.Header.Get("HX-Request") == "true" && r.Header.Get("HX-Target") == boardTable {
		return web.Fragment(w, r, 0, boardFresh(v))
	}
	if v.Needs, err = p.boardNeeds(r.Context(), at, b); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: v.Title, Lead: boardLead(v), Actions: boardActions(v), Section: "board", Styles: officeStyles,
		Crumbs: p.crumbs(at, boardURL), Notices: v.Notices, Htmx: v.Live}, boardBody(v))
}

// crumbs is the way to a unit from the actor's own, each step at the address to gives; empty
// for the actor's own unit.
func (p *Pages) crumbs(at place, to func(unit.Code, date.Date, string) string) []ui.Crumb {
	if at.unit.Code == at.actor.Unit {
		return nil
	}
	var crumbs []ui.Crumb
	for _, u := range at.sheet.Tree.Ancestors(at.unit.Code) {
		if !at.actor.Unit.Contains(u.Code) {
			continue
		}
		c := ui.Crumb{Label: at.sheet.Tree.ShortName(u.Code), Href: to(u.Code, at.sheet.Week.Due, "")}
		if u.Code == at.unit.Code {
			c.Href = ""
		}
		crumbs = append(crumbs, c)
	}
	return crumbs
}
