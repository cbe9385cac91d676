package feedbackweb

import (
	"errors"
	"net/http"

	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/words"
)

// found is what a number leads to.
type found struct {
	typed string
	wrong string
	entry feedback.Entry
	at    string
	place string
	by    string // the office that has answered
	when  string
}

// lookup is GET /feedback/answer?number=.
func (p *Pages) lookup(w http.ResponseWriter, r *http.Request) error {
	if err := p.hold(p.lookups, r); err != nil {
		return err
	}
	f := found{typed: r.URL.Query().Get("number")}
	page := web.Page{Title: "查答复", Shape: web.Plain}
	e, err := p.Feedback.Lookup(r.Context(), f.typed)
	switch {
	case errors.Is(err, feedback.ErrReference):
		if f.typed != "" {
			f.wrong, _ = words.Of(err)
			page.Status = http.StatusNotFound
		}
		return web.Render(w, r, page, lookupBody(f))
	case err != nil:
		return err
	}
	f.entry, f.at, f.place = e, p.moment(e.At), p.Tree().FullName(e.Unit)
	if e.Answered() {
		f.by, f.when = p.Tree().FullName(e.AnsweredUnit), p.moment(e.AnsweredAt)
	}
	return web.Render(w, r, page, foundBody(f))
}
