package unitweb

import (
	"errors"
	"net/http"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// listing is the page of the tree.
type listing struct {
	of      unit.Code
	name    string
	on      date.Date // zero: today
	day     date.Date
	today   date.Date
	onError string
	text    string
	textBad string
	branch  *register.Branch
	found   *register.Found
	manage  bool
	notThen string // why there is no branch, in words
}

// list is GET /units: ?of= the unit, ?on= the day, ?q= what is searched for below it.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	actor, q := web.ActorOf(r.Context()), r.URL.Query()
	l := listing{of: actor.Unit, today: p.register.Today(), text: strings.TrimSpace(q.Get("q"))}
	if text := q.Get("of"); text != "" {
		code, err := unit.ParseCode(text)
		if err != nil {
			return web.ErrNotFound.Because(err)
		}
		l.of = code
	}
	if text := q.Get("on"); text != "" {
		on, err := date.Parse(text)
		if err != nil {
			l.onError = "日期写作 2024-03-29"
		} else if on != l.today {
			l.on = on
		}
	}
	if l.of.Level() == unit.LevelVillage && l.text == "" {
		return web.Redirect(w, r, showURL(l.of))
	}
	l.day = l.today
	if !l.on.IsZero() {
		l.day = l.on
	}
	page := web.Page{Section: section}
	b, err := p.register.Branch(r.Context(), actor, l.of, l.on)
	switch {
	case errors.Is(err, unit.ErrNotValidThen):
		l.notThen, _ = words.Of(err)
		life, err := p.register.History(r.Context(), actor, l.of)
		if err != nil {
			return err
		}
		l.name = life.Unit.Name
	case err != nil:
		return err
	default:
		l.branch, l.name = &b, b.Unit.Name
		page.Crumbs = crumbs(actor, b.Tree, l.of, l.on, b.Unit.Name)
		page.Sub = contents(b)
	}
	if l.text != "" {
		f, err := p.register.Search(r.Context(), actor, register.SearchInput{Within: l.of, Text: l.text, Day: l.on})
		switch {
		case errors.Is(err, register.ErrSearchText):
			l.textBad, _ = words.Of(err)
		case err != nil:
			return err
		default:
			l.found = &f
		}
	}
	l.manage = actor.May(access.ManageUnits, l.of) && l.of != unit.Nation
	page.Title = l.name + "的单位"
	if l.of != unit.Nation {
		page.Actions = listActions(l)
	}
	if l.onError != "" || l.textBad != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	if !l.on.IsZero() {
		page.Notices = append(page.Notices, ui.Notice{Tone: ui.Info, Title: "这是 " + l.on.Chinese() + " 的单位", Text: "那一天以后的更名、撤并不在其中。"})
	}
	return web.Render(w, r, page, listBody(l))
}
