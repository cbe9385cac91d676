package bulletinweb

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// step does a verb upon the version that the form names, says it and shows the bulletin. A form
// that says something wrong comes back with what was typed.
func (p *Pages) step(w http.ResponseWriter, r *http.Request, verb bulletin.Verb, said string,
	do func(context.Context, access.Actor, bulletin.On, asked) (bulletin.Version, error)) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	of, m, err := place(r)
	if err != nil {
		return err
	}
	form := asked{verb: verb, reason: r.PostFormValue("reason"), number: r.PostFormValue("number"), day: r.PostFormValue("day")}
	v, err := do(r.Context(), web.ActorOf(r.Context()), bulletin.On{Unit: of, Period: m, Base: number(r.PostFormValue("base"))}, form)
	if found, ok := problem.Of(err); ok && found.Kind == problem.Invalid && (verb == bulletin.ToReturn || verb == bulletin.ToIssue || verb == bulletin.ToCorrect) {
		form.wrong, _ = refused(err)
		return p.shown(w, r, form)
	}
	if err != nil {
		return p.refusal(w, r, of, m, err)
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: said, At: v.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, bulletinURL(of, m, ""))
}

func (p *Pages) begin(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToBegin, "已起草", func(ctx context.Context, a access.Actor, on bulletin.On, _ asked) (bulletin.Version, error) {
		return p.bulletin.Begin(ctx, a, on.Unit, on.Period)
	})
}

func (p *Pages) redraft(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToRedraft, "已重新取数，文字没有动", func(ctx context.Context, a access.Actor, on bulletin.On, _ asked) (bulletin.Version, error) {
		return p.bulletin.Redraft(ctx, a, on)
	})
}

func (p *Pages) submit(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToSubmit, "已送审", func(ctx context.Context, a access.Actor, on bulletin.On, _ asked) (bulletin.Version, error) {
		return p.bulletin.Submit(ctx, a, on)
	})
}

func (p *Pages) sendBack(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToReturn, "已退回修改", func(ctx context.Context, a access.Actor, on bulletin.On, form asked) (bulletin.Version, error) {
		return p.bulletin.Return(ctx, a, on, form.reason)
	})
}

func (p *Pages) approve(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToApprove, "已审定", func(ctx context.Context, a access.Actor, on bulletin.On, _ asked) (bulletin.Version, error) {
		return p.bulletin.Approve(ctx, a, on)
	})
}

func (p *Pages) issue(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToIssue, "已印发，从现在起不能再改", func(ctx context.Context, a access.Actor, on bulletin.On, form asked) (bulletin.Version, error) {
		day, err := date.Parse(form.day)
		if err != nil {
			day = date.Date{} // which is no day of issue
		}
		return p.bulletin.Issue(ctx, a, on, bulletin.Issuing{DocNumber: form.number, Day: day})
	})
}

func (p *Pages) erratum(w http.ResponseWriter, r *http.Request) error {
	return p.step(w, r, bulletin.ToCorrect, "已开始更正，原来印发的照旧可看", func(ctx context.Context, a access.Actor, on bulletin.On, form asked) (bulletin.Version, error) {
		return p.bulletin.Erratum(ctx, a, on, form.reason)
	})
}
