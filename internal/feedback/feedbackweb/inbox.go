package feedbackweb

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// pageSize is how many entries a page of the list has.
const pageSize = 50

// inbox is the offices' list.
type inbox struct {
	feedback.Page
	answered bool
	lines    []line
	pages    ui.PagesData
}

type line struct {
	href, start, place, at, waits string
}

// list is GET /feedback/inbox: ?answered=1 those with an answer, ?page=.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	a := web.ActorOf(r.Context())
	box := inbox{answered: r.URL.Query().Get("answered") == "1"}
	number, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || number < 1 || number > 1_000_000 {
		number = 1
	}
	box.Page, err = p.Feedback.List(r.Context(), a, feedback.Query{Of: a.Unit, Answered: box.answered, Offset: (number - 1) * pageSize, Limit: pageSize})
	if err != nil {
		return err
	}
	tree := p.Tree()
	for _, e := range box.Entries {
		l := line{href: inboxURL(e.ID), start: beginning(e.Content), place: tree.FullName(e.Unit), at: p.moment(e.At)}
		if !e.Answered() {
			l.waits = p.waits(e.At)
		}
		box.lines = append(box.lines, l)
	}
	total := box.Open
	if box.answered {
		total = box.Done
	}
	box.pages = ui.PagesData{Page: number, Last: (total + pageSize - 1) / pageSize, Total: "共 " + words.Grouped(int64(total)) + " 件",
		Href: func(n int) string { return listURL(box.answered) + "&page=" + strconv.Itoa(n) }}
	return web.Render(w, r, web.Page{Title: "投诉与建议", Sub: tree.FullName(a.Unit) + "收到的"}, listBody(box))
}

func listURL(answered bool) string {
	if answered {
		return "/feedback/inbox?answered=1"
	}
	return "/feedback/inbox?answered=0"
}

func inboxURL(id int64) string { return "/feedback/inbox/" + strconv.FormatInt(id, 10) }

// waits says how many days an entry has been waiting.
func (p *Pages) waits(since time.Time) string {
	zone := p.Now().Location()
	if n := date.FromTime(p.Now()).Sub(date.FromTime(since.In(zone))); n > 0 {
		return fmt.Sprintf("等了 %d 天", n)
	}
	return "今天收到"
}

// beginning is the first line of a text, cut at 60 characters.
func beginning(text string) string {
	first, rest, _ := strings.Cut(text, "\n")
	r := []rune(first)
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	if rest != "" {
		return first + " …"
	}
	return first
}

// item is one entry in the offices' list.
type item struct {
	entry  feedback.Entry
	at     string
	place  string
	by     string
	when   string
	text   string // the answer being typed
	wrong  string
	before string
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	return p.item(w, r, "", "")
}

func (p *Pages) item(w http.ResponseWriter, r *http.Request, text, wrong string) error {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return web.ErrNotFound.Because(err)
	}
	e, err := p.Feedback.Entry(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	i := item{entry: e, at: p.moment(e.At), place: p.Tree().FullName(e.Unit), text: text, wrong: wrong, before: "0"}
	page := web.Page{Title: "投诉与建议 第 " + strconv.FormatInt(e.ID, 10) + " 件", Crumbs: []ui.Crumb{{Label: "投诉与建议", Href: listURL(e.Answered())}, {Label: "第 " + strconv.FormatInt(e.ID, 10) + " 件"}}}
	if e.Answered() {
		i.by, i.when, i.before = e.AnsweredBy, p.moment(e.AnsweredAt), strconv.FormatInt(e.AnsweredAt.UnixMilli(), 10)
	}
	if wrong != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, itemBody(i))
}

// answer is POST /feedback/inbox/{id}.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return web.ErrNotFound.Because(err)
	}
	in := feedback.AnswerInput{ID: id, Text: r.PostFormValue("answer")}
	if ms, err := strconv.ParseInt(r.PostFormValue("before"), 10, 64); err == nil && ms > 0 {
		in.Before = time.UnixMilli(ms)
	}
	_, err = p.Feedback.Answer(r.Context(), web.ActorOf(r.Context()), in)
	found, ok := problem.Of(err)
	switch {
	case ok && (found.Kind == problem.Invalid || errors.Is(err, feedback.ErrMoved)):
		sentence, _ := words.Of(err)
		return p.item(w, r, in.Text, sentence)
	case err != nil:
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已答复", Text: "来信人凭编号可以看到。", At: p.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, listURL(false))
}
