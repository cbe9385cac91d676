package dispatchweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// asksView is what a unit and those below it asked for, with what became of it.
type asksView struct {
	Unit    unit.Code
	Village bool
	Above   string // who answers
	May     bool
	For     []ui.Choice // for whom a town may ask; empty: the unit itself
	Kinds   []ui.Choice
	Stands  []askLine
	Done    []askLine
	Items   []itemLine // of a village: what is about it
	Form    string     // which form was refused: ask, or the ID of a request
	Wrong   string
	Field   string
	Typed   url.Values
	Ledger  string
}

func (v *asksView) wrongAt(form, field string) string {
	if v.Form == form && (v.Field == field || v.Field == "" && field == "text") {
		return v.Wrong
	}
	return ""
}

func (v *asksView) typed(form, field string) string {
	if v.Form == form {
		return v.Typed.Get(field)
	}
	return ""
}

// refused is a form that could not be done.
type refused struct{ form, wrong, field string }

// asks is GET /dispatch/{unit}/asks.
func (p *Pages) asks(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	return p.showAsks(w, r, of, refused{})
}

func (p *Pages) showAsks(w http.ResponseWriter, r *http.Request, of unit.Code, in refused) error {
	actor, tree := web.ActorOf(r.Context()), p.tree()
	list, err := p.dispatch.Requests(r.Context(), actor, of)
	if err != nil {
		return err
	}
	v := asksView{Unit: of, Village: of.Level() == unit.LevelVillage, May: actor.May(access.AskDispatch, of) && of.Level() >= unit.LevelTown,
		Form: in.form, Wrong: in.wrong, Field: in.field, Typed: r.PostForm, Ledger: "/ledger/" + of.String()}
	if above, ok := tree.Parent(of); ok {
		v.Above = tree.ShortName(above.Code)
	}
	for _, k := range p.dispatch.Pack.Dispatch.Asks {
		v.Kinds = append(v.Kinds, ui.Choice{Value: k.Key, Label: k.Title})
	}
	if of.Level() == unit.LevelTown {
		v.For = append(v.For, ui.Choice{Value: of.String(), Label: tree.ShortName(of)})
		for _, one := range tree.Villages(of) {
			v.For = append(v.For, ui.Choice{Value: one.Code.String(), Label: tree.ShortName(one.Code)})
		}
	}
	for i := range list {
		l := p.askLine(tree, actor, &list[i], nil)
		if l.Stands || l.State == dispatch.Followed {
			v.Stands = append(v.Stands, l)
		} else {
			v.Done = append(v.Done, l)
		}
	}
	page := web.Page{Title: "村里所求", Section: "dispatch", Crumbs: crumbs(tree, actor, of, dayOf(""), "村里所求"), Styles: styles}
	if v.Village {
		board, err := p.dispatch.Page(r.Context(), actor, of, dayOf(""))
		if err != nil {
			return err
		}
		for i := range board.Items {
			v.Items = append(v.Items, p.itemLine(tree, board.Day, &board.Items[i]))
		}
		page.Title, page.Sub, page.Shape, page.Crumbs = "要上面帮的", tree.ShortName(of)+" · "+v.Above, web.Phone, nil
	}
	if in.wrong != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, asksBody(v))
}

// ask is POST /dispatch/{unit}/asks: for= one of a town's villages.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	if err := web.ParseForm(r); err != nil {
		return err
	}
	in := dispatch.AskInput{Unit: of, Ask: r.PostFormValue("ask"), Text: r.PostFormValue("text")}
	if code, err := unit.ParseCode(r.PostFormValue("for")); err == nil && of.Contains(code) && code != 0 {
		in.Unit = code
	}
	_, err = p.dispatch.Ask(r.Context(), web.ActorOf(r.Context()), in)
	if sentence, ok := wrong(err); ok {
		return p.showAsks(w, r, of, refused{"ask", sentence, fieldOf(err)})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, "已提出，有答复会提醒", unitURL(of, "/asks"))
}

// reply is POST /ask/{id}/reply.
func (p *Pages) reply(w http.ResponseWriter, r *http.Request) error {
	return p.onRequest(w, r, "已答复", p.dispatch.Reply)
}

// settle is POST /ask/{id}/settle.
func (p *Pages) settle(w http.ResponseWriter, r *http.Request) error {
	return p.onRequest(w, r, "已办，村里会看到", p.dispatch.Settle)
}

// withdraw is POST /ask/{id}/withdraw.
func (p *Pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	return p.onRequest(w, r, "已撤回", p.dispatch.Withdraw)
}

func (p *Pages) onRequest(w http.ResponseWriter, r *http.Request, title string, do func(context.Context, access.Actor, int64, string) (dispatch.Event, error)) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	asked, err := p.dispatch.Request(r.Context(), actor, id)
	if err != nil {
		return err
	}
	_, err = do(r.Context(), actor, id, r.PostFormValue("text"))
	if found, known := problem.Of(err); known && (found.Kind == problem.Invalid || found.Kind == problem.Conflict) {
		sentence, _ := wrong(err)
		return p.showAsks(w, r, asked.Party.Unit, refused{strconv.FormatInt(id, 10), sentence, ""})
	}
	if err != nil {
		return err
	}
	return p.done(w, r, title, unitURL(asked.Party.Unit, "/asks"))
}
