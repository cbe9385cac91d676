package patronweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/patron"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// fields are the inputs of the form, as faults name them.
var fields = []string{"name", "lives", "relation", "contact", "consent_day", "consent_how", "consent_by", "phone"}

// form is somebody being put into the register, or changed.
type form struct {
	action   string
	of       unit.Code
	id       int64 // zero: new
	revision string
	masked   string // the number that is kept
	typed    url.Values
	errors   map[string]string
	order    []ui.FieldError
	failed   *ui.Notice
	big      bool
}

func (f *form) data(name, label string) ui.FieldData {
	return ui.FieldData{Name: name, Label: label, Value: f.typed.Get(name), Error: f.errors[name], Autocomplete: "off", Optional: name != "name", MaxLength: 120}
}

func (f *form) phoneData() ui.FieldData {
	d := f.data("phone", "电话")
	d.InputMode, d.MaxLength, d.Help = "tel", 20, "本人同意了才能留。加密存放，本村和本镇以外的人看不到"
	switch {
	case !access.Readable(f.masked):
		d.Help = "原来留的号码" + f.masked + "，请重新填写"
	case f.masked != "":
		d.Help = "现在留的是 " + f.masked + "，不改就留空"
	}
	return d
}

func ways() []ui.Choice {
	var list []ui.Choice
	for _, how := range patron.Ways() {
		list = append(list, ui.Choice{Value: string(how), Label: words.Text("patron_consent."+string(how), nil)})
	}
	return list
}

func (f *form) input() patron.Input {
	v := f.typed
	return patron.Input{Name: v.Get("name"), Lives: v.Get("lives"), Relation: v.Get("relation"), Contact: v.Get("contact"),
		ConsentDay: v.Get("consent_day"), ConsentHow: patron.How(v.Get("consent_how")), ConsentBy: v.Get("consent_by"),
		Phone: v.Get("phone"), KeepPhone: v.Get("drop_phone") == ""}
}

// blame puts a refusal at its fields, or above the form; false for an internal failure.
func (f *form) blame(err error) bool {
	if found := (*patron.Faults)(nil); errors.As(err, &found) {
		for _, name := range fields {
			if one, ok := found.Fields[name]; ok {
				f.errors[name] = words.Text(one.Code, one.Params)
				id := name
				if name == "consent_how" {
					id += "-0"
				}
				f.order = append(f.order, ui.FieldError{Field: id, Message: f.errors[name]})
			}
		}
		return true
	}
	p, ok := problem.Of(err)
	if !ok || p.Kind != problem.Conflict && p.Kind != problem.Invalid {
		return false
	}
	f.failed = &ui.Notice{Tone: ui.Wrong, Title: "没有存上，您填的还在下面", Text: words.Text(p.Code, p.Params)}
	return true
}

func (p *Pages) render(w http.ResponseWriter, r *http.Request, f *form, status int) error {
	title := "加到乡贤名册"
	if f.id != 0 {
		title = "改乡贤名册"
	}
	page := p.page(r, title, f.of, ui.Crumb{Label: title})
	f.big = page.Shape == web.Phone
	page.Status, page.Bar = status, formBar(f)
	return web.Render(w, r, page, formBody(f))
}

// blank is GET /patrons/{unit}/new: ?name= fills the name.
func (p *Pages) blank(w http.ResponseWriter, r *http.Request) error {
	f, err := p.newForm(r)
	if err != nil {
		return err
	}
	f.typed.Set("name", r.URL.Query().Get("name"))
	return p.render(w, r, f, http.StatusOK)
}

func (p *Pages) newForm(r *http.Request) (*form, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return nil, err
	}
	if _, ok := p.Tree().Unit(of); !ok {
		return nil, web.ErrNotFound
	}
	return &form{action: listURL(of) + "/new", of: of, typed: url.Values{}, errors: map[string]string{}}, nil
}

// add is POST /patrons/{unit}/new.
func (p *Pages) add(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f, err := p.newForm(r)
	if err != nil {
		return err
	}
	f.typed = r.PostForm
	one, err := p.Patrons.Add(r.Context(), web.ActorOf(r.Context()), f.of, f.input())
	if err != nil {
		if !f.blame(err) {
			return err
		}
		return p.render(w, r, f, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已加到名册", Text: one.Name}); err != nil {
		return err
	}
	return web.Redirect(w, r, patronURL(one.ID, ""))
}

func (p *Pages) editForm(r *http.Request) (*form, error) {
	id, err := pathID(r)
	if err != nil {
		return nil, err
	}
	one, err := p.Patrons.Show(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return nil, err
	}
	if one.Erased {
		return nil, patron.ErrErased
	}
	return &form{action: patronURL(id, "/edit"), of: one.Unit, id: id, revision: strconv.FormatInt(one.Revision, 10), masked: one.Phone, errors: map[string]string{},
		typed: url.Values{"name": {one.Name}, "lives": {one.Lives}, "relation": {one.Relation}, "contact": {one.Contact},
			"consent_day": {one.Consent.Day.String()}, "consent_how": {string(one.Consent.How)}, "consent_by": {one.Consent.By}}}, nil
}

// askEdit is GET /patron/{id}/edit.
func (p *Pages) askEdit(w http.ResponseWriter, r *http.Request) error {
	f, err := p.editForm(r)
	if err != nil {
		return err
	}
	return p.render(w, r, f, http.StatusOK)
}

// edit is POST /patron/{id}/edit.
func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	f, err := p.editForm(r)
	if err != nil {
		return err
	}
	f.typed = r.PostForm
	_, err = p.Patrons.Edit(r.Context(), web.ActorOf(r.Context()), f.id, revisionOf(r), f.input())
	if err != nil {
		if !f.blame(err) {
			return err
		}
		return p.render(w, r, f, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已改"}); err != nil {
		return err
	}
	return web.Redirect(w, r, patronURL(f.id, ""))
}

// revisionOf is the revision a page showed; one that does not say is of none.
func revisionOf(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("revision"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}
