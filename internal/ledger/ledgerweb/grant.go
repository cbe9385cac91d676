package ledgerweb

import (
	"net/http"
	"net/url"
	"time"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// grantView is the page that gives a unit more time for a week, or lets it off.
type grantView struct {
	Unit     unit.Unit
	Deadline string
	Kind     string
	Until    string // as typed: 2024-03-30T12:00
	Reason   string
	Error    string
	Action   string
	Cancel   string
	Given    []needGrant // what was granted before
	County   bool        // it counts for all below
}

// localTime is how a browser writes an instant of the campaign's zone.
const localTime = "2006-01-02T15:04"

// askGrant asks what to grant, until when and why.
func (p *Pages) askGrant(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v := p.grantView(r, at)
	v.Kind = string(ledger.Extension)
	v.Until = at.sheet.Week.Deadline.Add(24 * time.Hour).Format(localTime)
	return p.showGrant(w, r, at, v, 0)
}

func (p *Pages) grantView(r *http.Request, at place) grantView {
	v := grantView{Unit: at.unit, Deadline: deadlineText(at.sheet.Week.Deadline), County: at.unit.Level() < unit.LevelVillage,
		Action: boardURL(at.unit.Code, at.sheet.Week.Due, "/grant") + "?" + backQuery(r), Cancel: p.backTo(r, at)}
	now := p.ledger.Now()
	for _, g := range at.sheet.Grants(at.unit.Code) {
		if !g.Unit.Contains(at.unit.Code) {
			continue
		}
		u, _ := at.sheet.Tree.Unit(g.Unit)
		v.Given = append(v.Given, needGrant{u.Name, grantText(&g, now), g.Reason, moment(g.At, now) + " " + g.Actor})
	}
	return v
}

// grantText is 延至3月30日 12:00, or 免报.
func grantText(g *ledger.Grant, now time.Time) string {
	if g.Kind == ledger.Extension {
		return "延至 " + moment(g.Until, now)
	}
	return "免报"
}

func (p *Pages) showGrant(w http.ResponseWriter, r *http.Request, at place, v grantView, status int) error {
	return web.Render(w, r, web.Page{Title: "延期或免报", Sub: at.sheet.Tree.FullName(at.unit.Code) + " · " + weekName(at.sheet.Week), Section: "board", Styles: officeStyles, Status: status}, grantBody(v))
}

// grant gives it.
func (p *Pages) grant(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v := p.grantView(r, at)
	v.Kind, v.Until, v.Reason = r.PostForm.Get("kind"), r.PostForm.Get("until"), r.PostForm.Get("reason")
	in := ledger.GrantInput{Unit: at.unit.Code, Week: at.sheet.Week.Due, Kind: ledger.GrantKind(v.Kind), Reason: v.Reason}
	if in.Kind == ledger.Extension {
		if in.Until, err = time.ParseInLocation(localTime, v.Until, p.ledger.Now().Location()); err != nil {
			v.Error = "请写明延到什么时候"
			return p.showGrant(w, r, at, v, http.StatusUnprocessableEntity)
		}
	}
	g, err := p.ledger.Grant(r.Context(), at.actor, in)
	if err != nil {
		said, fatal := failed(err)
		if fatal != nil {
			return fatal
		}
		v.Error = said
		return p.showGrant(w, r, at, v, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: at.name() + grantText(&g, p.ledger.Now()), At: g.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, p.backTo(r, at))
}

// fromQuery names where to come back to.
func fromQuery(from string) string { return url.Values{"from": {from}}.Encode() }
