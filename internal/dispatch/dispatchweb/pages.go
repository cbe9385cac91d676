package dispatchweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// Pages is the pages of the dispatch.
type Pages struct {
	dispatch *dispatch.Service
	form     *campaign.Form
	now      func() time.Time
	more     func(context.Context, access.Actor) []web.NavItem
}

// New makes the pages; now is the time in the campaign's zone, more leads on from the leader's one
// screen, which has no navigation above it; nil: nowhere.
func New(d *dispatch.Service, now func() time.Time, more func(context.Context, access.Actor) []web.NavItem) *Pages {
	return &Pages{d, d.Pack.Ledger, now, more}
}

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read, ask, answer, steer := web.Can(access.ReadDispatch), web.Can(access.AskDispatch), web.Can(access.AnswerItem), web.Can(access.SteerDispatch)
	m.Page("GET /dispatch", read, p.current)
	m.Page("GET /dispatch/{unit}", read, p.current)
	m.Page("GET /dispatch/{unit}/{week}", read, p.week)
	m.Page("GET /dispatch/{unit}/brief", read, p.brief)
	m.Page("GET /dispatch/{unit}/items", read, p.items)
	m.Page("GET /dispatch/{unit}/asks", read, p.asks)
	m.Page("POST /dispatch/{unit}/asks", ask, p.ask)
	m.Page("GET /dispatch/{unit}/open", steer, p.askOpen)
	m.Page("POST /dispatch/{unit}/open", steer, p.open)
	m.Page("GET /item/{id}", read, p.item)
	m.Page("POST /item/{id}/answer", answer, p.answer)
	m.Page("POST /item/{id}/extend", steer, p.extend)
	m.Page("POST /item/{id}/close", steer, p.close)
	m.Page("POST /item/{id}/reopen", steer, p.reopen)
	m.Page("POST /ask/{id}/reply", steer, p.reply)
	m.Page("POST /ask/{id}/settle", steer, p.settle)
	m.Page("POST /ask/{id}/withdraw", ask, p.withdraw)
}

var styles = []string{"office.css", "dispatch.css"}

type link struct{ Label, Href string }

func unitURL(of unit.Code, rest string) string { return "/dispatch/" + of.String() + rest }

func weekURL(of unit.Code, due date.Date) string { return unitURL(of, "/"+due.String()) }

func ledgerURL(of unit.Code, due date.Date) string {
	return "/ledger/" + of.String() + "/" + due.String()
}

func tasksURL(p record.Party, day date.Date) string {
	q := url.Values{"date": {day.String()}}
	q.Set("department", p.Department)
	return "/tasks/" + p.Unit.String() + "?" + q.Encode()
}

// openURL leads to the form in which an item is opened.
func openURL(page unit.Code, due date.Date, rule string, party record.Party) string {
	q := url.Values{}
	if rule != "" {
		q.Set("rule", rule)
	}
	if !due.IsZero() {
		q.Set("week", due.String())
	}
	if party.Unit != 0 {
		q.Set("about", party.Unit.String())
	}
	if party.Department != "" {
		q.Set("department", party.Department)
	}
	return unitURL(page, "/open?"+q.Encode())
}

func pathID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id < 1 {
		return 0, web.ErrNotFound
	}
	return id, nil
}

// dayOf reads a day that was typed; what is none is no day, which the verb refuses.
func dayOf(text string) date.Date {
	day, err := date.Parse(text)
	if err != nil {
		return date.Date{}
	}
	return day
}

// wrong is the sentence for what was wrong with what was sent; ok is false for all other errors.
func wrong(err error) (sentence string, ok bool) {
	found, known := problem.Of(err)
	if !known || found.Kind != problem.Invalid && found.Kind != problem.Conflict {
		return "", false
	}
	sentence, _ = words.Of(err)
	return sentence, true
}

// done answers a form that went well.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, title, to string) error {
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: title, At: p.now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, to)
}

// tree is the units of today.
func (p *Pages) tree() *unit.Tree { return p.dispatch.Tree(p.dispatch.Today()) }

func (p *Pages) moment(t time.Time) string { return t.In(p.now().Location()).Format("1月2日 15:04") }

// crumbs lead down to a unit's page of a week as far as the actor sees.
func crumbs(tree *unit.Tree, a access.Actor, of unit.Code, due date.Date, last string) []ui.Crumb {
	var list []ui.Crumb
	for _, u := range tree.Ancestors(of) {
		if u.Level() >= unit.LevelCity && a.Unit.Contains(u.Code) && (u.Code != of || last != "") {
			href := unitURL(u.Code, "")
			if !due.IsZero() {
				href = weekURL(u.Code, due)
			}
			list = append(list, ui.Crumb{Label: tree.ShortName(u.Code), Href: href})
		}
	}
	if last == "" {
		if len(list) == 0 {
			return nil // the top of what this reader sees
		}
		last = tree.ShortName(of)
	}
	return append(list, ui.Crumb{Label: last})
}
