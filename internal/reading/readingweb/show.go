package readingweb

import (
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// showView is one reading with all that was said of it.
type showView struct {
	card
	History []entry
	Keeps   bool   // the reader may keep the pack, or tell who does
	Place   string // where it stands in the pack
	Line    string
}

// entry is one line that was said.
type entry struct {
	Says, Text, Who, At string
	Was                 string // what the pack said then, where that was something else
}

// show is GET /campaign/readings/{key}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error { return p.page(w, r, form{}) }

// page shows a reading, and what was wrong with what was sent.
func (p *Pages) page(w http.ResponseWriter, r *http.Request, sent form) error {
	a := web.ActorOf(r.Context())
	at := reading.PlaceOf(a.Unit)
	s, history, err := p.Readings.Stand(r.Context(), a, at, r.PathValue("key"))
	if err != nil {
		return err
	}
	v := showView{card: p.card(a, at, &s), Keeps: a.May(access.ConfirmReading, a.Unit) || a.May(access.ManageAccounts, a.Unit), Place: s.Field, Line: strconv.Itoa(s.Line)}
	v.Form.Text, v.Form.Wrong = sent.Text, sent.Wrong
	for i := range history {
		x := &history[i]
		e := entry{Says: verdictWord(x.Verdict), Text: x.Text, Who: p.name(x.Unit) + " " + x.Actor, At: x.At.In(p.Now().Location()).Format("2006年1月2日 15:04")}
		if x.Print != s.Print {
			e.Was = x.Wording
		}
		v.History = append(v.History, e)
	}
	page := web.Page{Title: v.Title, Lead: showLead(v), Section: "tasks", Crumbs: crumbs(ui.Crumb{Label: "口径", Href: "/campaign/readings"}, ui.Crumb{Label: v.Title}), Styles: styles}
	if sent.Wrong != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, showBody(v))
}

// say is POST /campaign/readings/{key}: verdict, text, and which wording and lines were looked at.
func (p *Pages) say(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	a := web.ActorOf(r.Context())
	in := reading.SayInput{Unit: a.Unit, Key: r.PathValue("key"), Verdict: reading.Verdict(r.PostFormValue("verdict")), Text: r.PostFormValue("text"), Print: r.PostFormValue("print")}
	if base, err := strconv.Atoi(r.PostFormValue("base")); err == nil {
		in.Base = base
	}
	_, err := p.Readings.Say(r.Context(), a, in)
	if found, ok := problem.Of(err); ok && (found.Kind == problem.Invalid || found.Kind == problem.Conflict) {
		sentence, _ := words.Of(err)
		return p.page(w, r, form{Text: in.Text, Wrong: sentence})
	}
	if err != nil {
		return err
	}
	title := map[reading.Verdict]string{reading.Agrees: "已确认", reading.Differs: "已记下另有理解", reading.Retracts: "已撤回"}[in.Verdict]
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: title, At: p.Now()}); err != nil {
		return err
	}
	if r.PostFormValue("back") == "list" {
		return web.Redirect(w, r, "/campaign/readings")
	}
	return web.Redirect(w, r, Href(in.Key))
}
