package unitweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// ask shows a verb's form: GET /units/{unit}/merge.
func (p *Pages) ask(v register.Verb) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := p.form(r, v)
		if err != nil {
			return err
		}
		f.begin(p)
		return p.renderForm(w, r, f)
	}
}

// The steps of a posted form.
const (
	stepEdit    = "edit"    // back from the preview
	stepConfirm = "confirm" // do it
)

// answer takes a verb's form: first it shows what would come of it, then it does it.
func (p *Pages) answer(v register.Verb) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := web.ParseForm(r); err != nil {
			return err
		}
		f, err := p.form(r, v)
		if err != nil {
			return err
		}
		f.fill(r.PostForm)
		if r.PostFormValue("step") == stepEdit {
			return p.renderForm(w, r, f)
		}
		c, ok := f.change()
		if !ok {
			return p.renderForm(w, r, f)
		}
		actor := web.ActorOf(r.Context())
		if r.PostFormValue("step") == stepConfirm {
			_, err := p.register.Do(r.Context(), actor, c)
			if err == nil {
				if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已办理" + verbWords(v), At: p.register.Now()}); err != nil {
					return err
				}
				return web.Redirect(w, r, showURL(landing(c)))
			}
			if !errors.Is(err, register.ErrTouches) {
				return p.refuse(w, r, f, err)
			}
		}
		e, err := p.register.Preview(r.Context(), actor, c)
		if err != nil {
			return p.refuse(w, r, f, err)
		}
		return web.Render(w, r, web.Page{Title: f.title() + "：请核对", Section: section,
			Crumbs: crumbs(actor, f.tree, f.unit.Code, zeroDay, f.unit.Name)}, previewBody(f, e))
	}
}

// landing is the unit to show when it is done.
func landing(c register.Change) unit.Code {
	switch in := c.(type) {
	case register.RenameInput:
		return in.Unit
	case register.AddInput:
		return in.Unit
	case register.AbolishInput:
		return in.Unit
	case register.MergeInput:
		return in.Into
	case register.SplitInput:
		return in.Unit
	case register.MoveInput:
		return in.To
	}
	return unit.Nation
}

// refuse shows the form again with what the rules have against it.
func (p *Pages) refuse(w http.ResponseWriter, r *http.Request, f *form, err error) error {
	found, ok := problem.Of(err)
	if !ok || found.Kind == problem.Unavailable {
		return err
	}
	sentence, _ := words.Of(err)
	f.wrong(fieldOf(err, f.verb), sentence)
	return p.renderForm(w, r, f)
}

// fieldOf is the field a problem is about.
func fieldOf(err error, v register.Verb) string {
	is := func(list ...*problem.Problem) bool {
		for _, p := range list {
			if errors.Is(err, p) {
				return true
			}
		}
		return false
	}
	switch {
	case is(unit.ErrNoDay, register.ErrFarDay, register.ErrLater, unit.ErrLaterChange, unit.ErrNotValidThen):
		return "day"
	case is(unit.ErrSameName, unit.ErrBadName) && v != register.Split:
		return "name"
	case is(unit.ErrBadCode, unit.ErrCodeTaken, unit.ErrNoParent, unit.ErrLevelMismatch, unit.ErrItself, access.ErrOutside) && (v == register.Add || v == register.Move || v == register.Merge):
		return "code"
	case v == register.Merge:
		return "with"
	case v == register.Split:
		return "part-0"
	case v == register.Abolish:
		return "successor"
	}
	return "day"
}

func (p *Pages) renderForm(w http.ResponseWriter, r *http.Request, f *form) error {
	page := web.Page{Title: f.title(), Section: section, Crumbs: crumbs(web.ActorOf(r.Context()), f.tree, f.unit.Code, zeroDay, f.unit.Name)}
	if len(f.errors) > 0 {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, formBody(f))
}

func seenOf(v url.Values) int {
	n, err := strconv.Atoi(v.Get("seen"))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
