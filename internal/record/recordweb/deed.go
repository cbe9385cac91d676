package recordweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// deed is what is done to a record on its page.
type deed func(a access.Actor, at record.At, reason string) (record.Version, error)

// withdraw is POST /record/{id}/withdraw.
func (p *Pages) withdraw(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, "withdraw", "已撤回，不再计数", func(a access.Actor, at record.At, reason string) (record.Version, error) {
		return p.records.Withdraw(r.Context(), a, at, reason)
	})
}

// object is POST /record/{id}/object.
func (p *Pages) object(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, "object", "异议已经提出", func(a access.Actor, at record.At, reason string) (record.Version, error) {
		return p.records.Dispute(r.Context(), a, at, reason)
	})
}

// approve is POST /record/{id}/approve.
func (p *Pages) approve(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, "approve", "已审定，从现在起计入台账", func(a access.Actor, at record.At, _ string) (record.Version, error) {
		return p.records.Approve(r.Context(), a, at)
	})
}

// do does it over the version the page showed. What is refused comes back with the record as it
// stands now and the reason still typed.
func (p *Pages) do(w http.ResponseWriter, r *http.Request, what, done string, act deed) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f, err := p.find(r)
	if err != nil {
		return err
	}
	id, reason := f.last().ID, r.PostForm.Get("reason")
	_, err = act(f.actor, record.At{ID: id, Base: baseOf(r)}, reason)
	if err != nil {
		found, ok := problem.Of(err)
		if !ok || found.Kind != problem.Invalid && found.Kind != problem.Conflict {
			return err
		}
		said, _ := sentence(err)
		return p.renderRecord(w, r, f, attempt{what, reason, said}, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: done, At: p.records.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, recordURL(id, ""))
}
