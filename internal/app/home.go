package app

import (
	"context"
	"net/http"
	"net/url"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger/ledgerweb"
	"github.com/sangzi/sangzi/internal/record/recordweb"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// home leads everybody to what is his on a Friday: the village and the town to their ledger,
// offices to the board, leaders to how their unit stands, departments to what they still owe,
// administrators to the accounts.
func (a *App) home(w http.ResponseWriter, r *http.Request) error {
	actor := web.ActorOf(r.Context())
	switch {
	case actor.Role == access.Administrator:
		return web.Redirect(w, r, "/accounts")
	case actor.Unit.Level() >= unit.LevelTown:
		return web.Redirect(w, r, "/ledger/"+actor.Unit.String())
	case actor.Role == access.Leader && a.dispatches(actor):
		return web.Redirect(w, r, "/dispatch/"+actor.Unit.String()+"/brief")
	case actor.Role == access.Department && actor.Unit.Level() == unit.LevelCounty:
		return web.Redirect(w, r, tasksOf(actor))
	}
	return web.Redirect(w, r, "/board/"+actor.Unit.String())
}

// tasksOf is where the tasks of an actor's unit, or department, are; a city has only the list.
func tasksOf(actor access.Actor) string {
	switch {
	case actor.Unit.Level() < unit.LevelCounty:
		return "/tasks"
	case actor.Role == access.Department && actor.Department != "":
		return "/tasks/" + actor.Unit.String() + "?department=" + url.QueryEscape(actor.Department)
	}
	return "/tasks/" + actor.Unit.String()
}

// recordTiles leads from a village's ledger to the forms of its records.
func recordTiles(records *recordweb.Pages) func(access.Actor, unit.Code) []ledgerweb.Tile {
	return func(actor access.Actor, of unit.Code) []ledgerweb.Tile {
		var tiles []ledgerweb.Tile
		for _, t := range records.Tiles(actor, of) {
			tiles = append(tiles, ledgerweb.Tile(t))
		}
		return tiles
	}
}

// asksOf is where a village asks for what it needs of those above, empty where there is no such
// place.
func (a *App) asksOf(village unit.Code) string {
	if a.Pack.Dispatch == nil {
		return ""
	}
	return dispatch.RequestsLink(village)
}

// ownPhone is the number on the actor's own account.
func (a *App) ownPhone(ctx context.Context, actor access.Actor) (string, error) {
	found, err := a.Accounts.Contacts(ctx, actor, actor.Unit)
	if err != nil {
		return "", err
	}
	for _, c := range found[actor.Unit] {
		if c.Name == actor.Name && access.Readable(c.Phone) {
			return c.Phone, nil
		}
	}
	return "", nil
}

// contacts gives the ledger's pages whom to call, from the accounts.
type contacts struct{ accounts *account.Service }

func (c contacts) Contacts(ctx context.Context, a access.Actor, units []unit.Code) (map[unit.Code]ledgerweb.Contact, error) {
	out := map[unit.Code]ledgerweb.Contact{}
	if len(units) == 0 {
		return out, nil
	}
	found, err := c.accounts.Contacts(ctx, a, a.Unit)
	if err != nil {
		return nil, err
	}
	for _, code := range units {
		if who := found[code]; len(who) > 0 {
			out[code] = ledgerweb.Contact{Name: who[0].Name, Phone: who[0].Phone}
		}
	}
	return out, nil
}
