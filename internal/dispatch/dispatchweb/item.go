package dispatchweb

import (
	"net/http"
	"net/url"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// itemView is one item with all that was said about it.
type itemView struct {
	Item     dispatch.Item
	Line     itemLine
	Rule     string // title of the kind of points
	Steps    []stepLine
	Request  *askLine
	WeekHref string
	WeekNo   string
	Answer   bool
	Steer    bool
	Form     string // which form was refused: answer, extend …
	Wrong    string
	Typed    url.Values
	NextDay  string
	Tasks    link // what is overdue
}

func (v *itemView) wrongIn(form string) string {
	if v.Form == form {
		return v.Wrong
	}
	return ""
}

func (v *itemView) typed(form, field, otherwise string) string {
	if v.Form == form {
		return v.Typed.Get(field)
	}
	return otherwise
}

// item is GET /item/{id}.
func (p *Pages) item(w http.ResponseWriter, r *http.Request) error { return p.showItem(w, r, "", "") }

func (p *Pages) showItem(w http.ResponseWriter, r *http.Request, form, wrong string) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	item, err := p.dispatch.Item(r.Context(), actor, id)
	if err != nil {
		return err
	}
	tree, today := p.tree(), p.dispatch.Today()
	line := dispatch.Line{Item: item, Late: item.Late(today)}
	if item.Rule != "" && actor.Unit.Contains(item.Party.Unit) {
		if line.Now, line.Known, err = p.dispatch.FigureNow(r.Context(), actor, item.Rule, item.Party); err != nil {
			return err
		}
	}
	v := itemView{Item: item, Line: p.itemLine(tree, today, &line), Steps: p.steps(item.Steps), Answer: p.dispatch.MayAnswer(actor, &item), Steer: p.dispatch.MaySteer(actor, &item),
		Form: form, Wrong: wrong, Typed: r.PostForm, NextDay: item.Due.Add(7).String()}
	if item.Due.Before(today) {
		v.NextDay = today.Add(7).String()
	}
	if rule, ok := p.dispatch.Pack.Dispatch.Rule(item.Rule); ok {
		v.Rule = rule.Title
	}
	if w, ok := p.dispatch.Pack.Calendar().Week(item.Week); ok && actor.Unit.Contains(item.Party.Unit) {
		v.WeekNo = ui.WeekName(w)
		v.WeekHref = weekURL(item.Party.Unit, item.Week)
		if item.Party.Unit.Level() == unit.LevelVillage {
			v.WeekHref = ledgerURL(item.Party.Unit, item.Week)
		}
	}
	if item.Request != nil && actor.Unit.Contains(item.Request.Party.Unit) {
		if asked, err := p.dispatch.Request(r.Context(), actor, item.Request.ID); err == nil {
			l := p.askLine(tree, actor, &asked, nil)
			v.Request = &l
		}
	}
	page := web.Page{Title: "调度事项", Lead: itemLead(v), Section: "dispatch", Crumbs: itemCrumbs(p, actor, &item), Styles: styles}
	if wrong != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, itemBody(v))
}

// itemCrumbs lead to the list of the actor's side: that of the unit an item is about, or of the one
// that is responsible.
func itemCrumbs(p *Pages, a access.Actor, i *dispatch.Item) []ui.Crumb {
	at := i.Party.Unit
	if !a.Unit.Contains(at) {
		at = i.To.Unit
	}
	list := crumbs(p.tree(), a, at, i.Week, "事项")
	list[len(list)-1].Href = unitURL(a.Unit, "/items")
	return append(list, ui.Crumb{Label: "这一件"})
}

// onItem does what a form of an item asks for.
func (p *Pages) onItem(w http.ResponseWriter, r *http.Request, form, title string, do func(id int64) error) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	err = do(id)
	if open, ok := dispatch.OpenItem(err); ok {
		if err := web.Say(w, ui.Notice{Tone: ui.Info, Title: "这种情形已经另外列入，就是下面这一件", At: p.now()}); err != nil {
			return err
		}
		return web.Redirect(w, r, itemURL(open))
	}
	if found, known := problem.Of(err); known && (found.Kind == problem.Invalid || found.Kind == problem.Conflict) {
		sentence, _ := wrong(err)
		return p.showItem(w, r, form, sentence)
	}
	if err != nil {
		return err
	}
	return p.done(w, r, title, itemURL(id))
}

// answer is POST /item/{id}/answer.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request) error {
	return p.onItem(w, r, "answer", "已答复", func(id int64) error {
		_, err := p.dispatch.Answer(r.Context(), web.ActorOf(r.Context()), id, r.PostFormValue("text"))
		return err
	})
}

// extend is POST /item/{id}/extend.
func (p *Pages) extend(w http.ResponseWriter, r *http.Request) error {
	return p.onItem(w, r, "extend", "已延期", func(id int64) error {
		_, err := p.dispatch.Extend(r.Context(), web.ActorOf(r.Context()), id, dayOf(r.PostFormValue("day")), r.PostFormValue("text"))
		return err
	})
}

// close is POST /item/{id}/close.
func (p *Pages) close(w http.ResponseWriter, r *http.Request) error {
	return p.onItem(w, r, "close", "已办结", func(id int64) error {
		_, err := p.dispatch.Close(r.Context(), web.ActorOf(r.Context()), id, r.PostFormValue("text"))
		return err
	})
}

// reopen is POST /item/{id}/reopen.
func (p *Pages) reopen(w http.ResponseWriter, r *http.Request) error {
	return p.onItem(w, r, "reopen", "已重新办理", func(id int64) error {
		_, err := p.dispatch.Reopen(r.Context(), web.ActorOf(r.Context()), id, dayOf(r.PostFormValue("day")), r.PostFormValue("text"))
		return err
	})
}

// itemsView is the items of a unit: what it is responsible for, then what is about it.
type itemsView struct {
	Unit  unit.Code
	Name  string
	Mine  []itemLine
	Other []itemLine
	Done  []itemLine
	More  int // closed ones not shown
	Asks  string

	Answers bool // the unit is a town, a village or a department: first what it has to do
}

// shownDone is how many closed items a list has.
const shownDone = 50

// items is GET /dispatch/{unit}/items: ?department= one of a county's. A department that names
// nobody sees its own.
func (p *Pages) items(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	party := record.Party{Unit: of, Department: r.URL.Query().Get("department")}
	if own := p.dispatch.PartyOf(actor); party.Department == "" && own.Unit == of {
		party = own
	}
	page, err := p.dispatch.Page(r.Context(), actor, of, dayOf(""))
	if err != nil {
		return err
	}
	v := itemsView{Unit: of, Name: dispatch.Name(page.Tree, party), Asks: unitURL(of, "/asks"), Answers: party.Department != "" || of.Level() >= unit.LevelTown}
	for i := range page.Items {
		l := p.itemLine(page.Tree, page.Day, &page.Items[i])
		if page.Items[i].To == party {
			v.Mine = append(v.Mine, l)
		} else {
			v.Other = append(v.Other, l)
		}
	}
	for _, list := range [][]dispatch.Line{page.Closed, page.Settled} {
		for i := range list {
			if len(v.Done) == shownDone {
				v.More++
				continue
			}
			v.Done = append(v.Done, p.itemLine(page.Tree, page.Day, &list[i]))
		}
	}
	return web.Render(w, r, web.Page{Title: v.Name + "的调度事项", Section: "dispatch", Crumbs: crumbs(page.Tree, actor, of, page.Week.Due, "事项"), Styles: styles}, itemsBody(v))
}
