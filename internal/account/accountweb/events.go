package accountweb

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// eventList is what happened in a subtree, newest first.
type eventList struct {
	Unit unit.Code
	Rows []eventRow
	More string // where the older ones are
}

type eventRow struct {
	audit.Event
	When, What, Place string
}

func (p *Pages) events(w http.ResponseWriter, r *http.Request) error {
	at, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil {
		before = 0
	}
	list, err := p.Audit.Events(r.Context(), web.ActorOf(r.Context()), audit.Query{Of: at, Before: before, Limit: perPage})
	if err != nil {
		return err
	}
	l := eventList{Unit: at}
	for _, e := range list {
		e.Before, e.After = readable(e.Before), readable(e.After)
		l.Rows = append(l.Rows, eventRow{e, e.At.In(p.Zone).Format("2006-01-02 15:04:05"), actionName(e.Action), p.unitName(e.Unit)})
	}
	if len(list) == perPage {
		l.More = "/audit/" + at.String() + "?before=" + strconv.FormatInt(list[len(list)-1].ID, 10)
	}
	return web.Render(w, r, web.Page{Title: "操作记录", Sub: p.unitName(at), Section: "audit", Crumbs: p.crumbs(r, at, "/audit/")}, eventsBody(l))
}

// readable puts the words of a role where an event holds its code.
func readable(text string) string {
	parts := strings.Split(text, " · ")
	for i, part := range parts {
		parts[i] = asWritten(part)
	}
	return strings.Join(parts, " · ")
}
