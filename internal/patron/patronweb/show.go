package patronweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/patron"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// showPage is one of the register.
type showPage struct {
	patron.Patron
	whole  string // the number, when it was asked for
	visits []Visit
}

// show is GET /patron/{id}.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error { return p.renderOne(w, r, "") }

func (p *Pages) renderOne(w http.ResponseWriter, r *http.Request, whole string) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	a := web.ActorOf(r.Context())
	one, err := p.Patrons.Show(r.Context(), a, id)
	if err != nil {
		return err
	}
	pg := showPage{Patron: one, whole: whole}
	title := one.Name
	if one.Erased {
		title = "名册" + one.Number()
	} else if pg.visits, err = p.Visits(r.Context(), a, one.Unit, one.Name); err != nil {
		return err
	}
	return web.Render(w, r, p.page(r, title, one.Unit, ui.Crumb{Label: title}), showBody(&pg))
}

// phone is POST /patron/{id}/phone: the whole number, on a page that is not kept.
func (p *Pages) phone(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	whole, err := p.Patrons.Phone(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	w.Header().Set("Cache-Control", "no-store")
	return p.renderOne(w, r, whole)
}

// erase is POST /patron/{id}/erase.
func (p *Pages) erase(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	id, err := pathID(r)
	if err != nil {
		return err
	}
	one, err := p.Patrons.Erase(r.Context(), web.ActorOf(r.Context()), id, revisionOf(r))
	if err != nil {
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已删除" + one.Number() + "的姓名、电话和各项内容"}); err != nil {
		return err
	}
	return web.Redirect(w, r, listURL(one.Unit))
}

// consent says how it was given.
func (pg *showPage) consent() string {
	c := pg.Consent
	if !c.Given() {
		return "还没有问过"
	}
	return c.Day.Chinese() + "，" + words.Text("patron_consent."+string(c.How), nil) + "，" + c.By + "经手"
}
