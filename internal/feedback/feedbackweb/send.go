package feedbackweb

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// form is the page with which something is told.
type form struct {
	feedback.Input
	errors []ui.FieldError
	inbox  bool // the reader may answer, and finds the list from here
}

// trap is a field that people do not see; programs that fill in everything fill it in.
const trap = "homepage"

func (f form) errorAt(field string) string {
	for _, e := range f.errors {
		if e.Field == field {
			return e.Message
		}
	}
	return ""
}

func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error { return p.form(w, r, form{}) }

func (p *Pages) form(w http.ResponseWriter, r *http.Request, f form) error {
	a := web.ActorOf(r.Context())
	f.inbox = a.May(access.AnswerFeedback, a.Unit)
	page := web.Page{Title: "投诉与建议", Shape: web.Plain}
	if len(f.errors) > 0 {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, askBody(f))
}

// send is POST /feedback.
func (p *Pages) send(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f := form{Input: feedback.Input{Content: r.PostFormValue("content"), Contact: r.PostFormValue("contact"), Place: r.PostFormValue("place")}}
	if r.PostFormValue(trap) != "" {
		f.errors = []ui.FieldError{{Field: "content", Message: "有一栏不该填的填了内容，可能是浏览器自动填写的，请再提交一次"}}
		return p.form(w, r, f)
	}
	if err := p.hold(p.sends, r); err != nil {
		return err
	}
	e, err := p.Feedback.Send(r.Context(), web.ActorOf(r.Context()), f.Input)
	if found, ok := problem.Of(err); ok && found.Kind == problem.Invalid {
		sentence, _ := words.Of(err)
		f.errors = []ui.FieldError{{Field: fieldOf(err), Message: sentence}}
		return p.form(w, r, f)
	}
	if err != nil {
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已收到", Text: "请记下编号，以后凭它查答复。", At: p.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, answerURL(e.Reference))
}

func fieldOf(err error) string {
	switch {
	case errors.Is(err, feedback.ErrContact):
		return "contact"
	case errors.Is(err, feedback.ErrPlace), errors.Is(err, feedback.ErrPlaces):
		return "place"
	}
	return "content"
}

func answerURL(reference string) string {
	return "/feedback/answer?" + url.Values{"number": {feedback.Spoken(reference)}}.Encode()
}
