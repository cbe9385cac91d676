package bulletinweb

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// editView is the page on which the words are edited.
type editView struct {
	Unit   unit.Code
	Period bulletin.Period
	Base   int32
	Words  typedWords
	Errors []ui.FieldError
	Moved  string // what stands in the way of saving, in words
	Since  string // where it is seen what somebody else has changed; empty: nobody has
	Look   *paper // what it would look like; nil: not asked for
	Offers []bulletin.Offered
}

func (v *editView) errorAt(id string) string {
	for _, e := range v.Errors {
		if e.Field == id {
			return e.Message
		}
	}
	return ""
}

// edit is GET /bulletin/{unit}/{period}/edit.
func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	of, m, err := place(r)
	if err != nil {
		return err
	}
	b, err := p.bulletin.Show(r.Context(), web.ActorOf(r.Context()), of, m, 0)
	if err != nil {
		return err
	}
	if !b.Version.Status.Allows(bulletin.ToEdit) {
		return p.refusal(w, r, of, m, bulletin.ErrStatus.With("status", string(b.Version.Status)))
	}
	v := editView{Unit: of, Period: m, Base: b.Version.Number, Words: p.wordsTyped(&b.Version.Draft)}
	return p.editing(w, r, v, &b.Version.Draft, 0)
}

func (p *Pages) editing(w http.ResponseWriter, r *http.Request, v editView, d *bulletin.Draft, status int) error {
	v.Offers = p.bulletin.Names().Offers(d)
	return web.Render(w, r, web.Page{Title: "改" + v.Period.Chinese() + v.Period.Kind(), Section: section, Styles: styles, Status: status,
		Crumbs: []ui.Crumb{{Label: p.name(v.Unit) + "月通报", Href: listURL(v.Unit)}, {Label: v.Period.Chinese(), Href: bulletinURL(v.Unit, v.Period, "")}, {Label: "改文字"}}}, editBody(v, p.bulletin.Names()))
}

// save is POST /bulletin/{unit}/{period}/edit: it keeps the words, shows them without keeping them,
// or moves sections and paragraphs on the page. Whatever was typed is still there afterwards.
func (p *Pages) save(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	of, m, err := place(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	b, err := p.bulletin.Show(r.Context(), actor, of, m, 0)
	if err != nil {
		return err
	}
	v := editView{Unit: of, Period: m, Base: number(r.PostFormValue("base")), Words: readTyped(r.PostForm)}
	on := bulletin.On{Unit: of, Period: m, Base: v.Base}
	do := r.PostFormValue("do")
	if move, ok := readMove(do); ok {
		v.Words.move(move)
		return p.editing(w, r, v, &b.Version.Draft, 0)
	}
	typed, wrong := p.words(&v.Words, &b.Version.Draft)
	if len(wrong) > 0 {
		v.Errors = wrong
		return p.editing(w, r, v, &b.Version.Draft, http.StatusUnprocessableEntity)
	}
	if do == "look" {
		d, err := p.bulletin.Preview(r.Context(), actor, on, typed)
		if err != nil {
			return p.unsaved(w, r, v, &b, err)
		}
		sheet := p.paper(actor, &d)
		v.Look = &sheet
		return p.editing(w, r, v, &d, 0)
	}
	kept, err := p.bulletin.Edit(r.Context(), actor, on, typed)
	if err != nil {
		return p.unsaved(w, r, v, &b, err)
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已保存", At: kept.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, bulletinURL(of, m, ""))
}

// unsaved shows the form again with all that was typed and what is wrong. When somebody else has
// saved in between, saving once more lays these words over theirs, which is said.
func (p *Pages) unsaved(w http.ResponseWriter, r *http.Request, v editView, b *bulletin.Bulletin, err error) error {
	var faults *bulletin.Faults
	switch found, ok := problem.Of(err); {
	case errors.As(err, &faults):
		v.Errors = faultsAt(faults.List)
	case errors.Is(err, bulletin.ErrMoved):
		v.Moved, _ = words.Of(err)
		if v.Base > 0 {
			v.Since = compareURL(v.Unit, v.Period, v.Base, b.Version.Number)
		}
		v.Base = b.Version.Number
	case ok && found.Kind == problem.Conflict:
		v.Moved, _ = words.Of(err)
	default:
		return err
	}
	return p.editing(w, r, v, &b.Version.Draft, http.StatusUnprocessableEntity)
}

// faultsAt puts faults at the fields they are about.
func faultsAt(list []bulletin.Fault) []ui.FieldError {
	var out []ui.FieldError
	for _, f := range list {
		id := f.Field
		switch {
		case id != "":
		case f.Paragraph < 0:
			id = headingID(f.Section)
		default:
			id = paragraphID(f.Section, f.Paragraph)
		}
		sentence, _ := words.Of(f.Problem)
		out = append(out, ui.FieldError{Field: id, Message: sentence})
	}
	return out
}

func headingID(i int) string { return "s" + strconv.Itoa(i) + "-heading" }

func paragraphID(i, j int) string { return "s" + strconv.Itoa(i) + "-p" + strconv.Itoa(j) }

func sectionID(i int) string { return "s" + strconv.Itoa(i) }

// headingHelp says that the first section may lead in without a heading.
func headingHelp(i int) string {
	if i == 0 {
		return "第一节可以没有小标题，作开头的话。"
	}
	return ""
}
