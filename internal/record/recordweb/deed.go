package recordweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
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

// answer is POST /record/{id}/answer.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, "answer", "已经答复", func(a access.Actor, at record.At, words string) (record.Version, error) {
		return p.records.Answer(r.Context(), a, at, words)
	})
}

// look is POST /record/{id}/look.
func (p *Pages) look(w http.ResponseWriter, r *http.Request) error {
	return p.do(w, r, "look", "看过了，已从待核对里去掉", func(a access.Actor, at record.At, words string) (record.Version, error) {
		return p.records.Look(r.Context(), a, at, words)
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
		return p.renderRecord(w, r, f, attempt{what: what, verdict: r.PostForm.Get("verdict"), reason: reason, wrong: said}, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: done, At: p.records.Now()}); err != nil {
		return err
	}
	if back, err := unit.ParseCode(r.PostForm.Get("back")); err == nil { // from the list of what is to be looked at
		return web.Redirect(w, r, pointedURL(back))
	}
	return web.Redirect(w, r, recordURL(id, ""))
}
