package recordweb

import (
	"errors"
	"net/http"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// ask is GET /records/{unit}/new/{kind}: an empty form.
func (p *Pages) ask(w http.ResponseWriter, r *http.Request) error {
	f, err := p.formOf(r)
	if err != nil {
		return err
	}
	return p.renderForm(w, r, f, http.StatusOK)
}

func (p *Pages) formOf(r *http.Request) (*form, error) {
	pl, err := p.at(r)
	if err != nil {
		return nil, err
	}
	kind, ok := p.kindOf(r)
	if !ok {
		return nil, web.ErrNotFound
	}
	return p.newForm(pl, kind), nil
}

func (p *Pages) renderForm(w http.ResponseWriter, r *http.Request, f *form, status int) error {
	if err := p.offer(r, f); err != nil {
		return err
	}
	page := f.page("记一笔："+f.kind.Title, ui.Crumb{Label: "记一笔：" + f.kind.Title})
	if f.correcting() {
		page = f.page("更正："+f.kind.Title, ui.Crumb{Label: "更正：" + f.kind.Title})
	}
	page.Status, page.Bar = status, formBar(f)
	if f.kind.Photos != campaign.NoPhotos || f.kind.Position {
		page.Scripts = append(page.Scripts, "record.js")
		positioned(w, f)
	}
	if f.tables() {
		page.Scripts = append(page.Scripts, "rows.js")
		page.Styles = append(page.Styles, "register.css")
	}
	return web.Render(w, r, page, formBody(f))
}

// enter is POST /records/{unit}/new/{kind}.
func (p *Pages) enter(w http.ResponseWriter, r *http.Request) error {
	f, err := p.formOf(r)
	if err != nil {
		return err
	}
	if err := p.readForm(r, f); err != nil {
		return err
	}
	if wantsMore(r.PostForm) {
		return p.renderForm(w, r, f, http.StatusOK)
	}
	v, err := p.enterTyped(r, f)
	if err != nil {
		if !f.blame(err) {
			return err
		}
		if errors.Is(err, record.ErrSent) {
			f.key = newKey() // sent once more it is another record
		}
		return p.renderForm(w, r, f, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已记", Text: f.kind.Title + " " + p.records.Says(&v), At: p.records.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, recordURL(v.ID, ""))
}

// enterTyped finds where it was done and enters it; with a place that is wrong what else is
// wrong is told at once too.
func (p *Pages) enterTyped(r *http.Request, f *form) (record.Version, error) {
	in := f.input()
	var wrong *record.Fault
	if f.asksPlace() {
		of, fault := p.placeOf(f)
		if wrong = fault; fault == nil {
			in.Unit = of
		}
	}
	switch {
	case wrong == nil && f.errors[inPhotos] == "":
		return p.records.Enter(r.Context(), f.actor, in)
	case wrong == nil:
		return record.Version{}, p.photoRefused(r, f, in)
	}
	f.wrong(inPlace, words.Text(wrong.Code, wrong.Params))
	// Only to find the other faults: some village stands for the one that is not known yet.
	in.Unit = f.unit.Code
	if villages := f.tree.Villages(f.unit.Code); len(villages) > 0 {
		in.Unit = villages[0].Code
	}
	_, err := p.records.Ready(r.Context(), f.actor, in)
	if err == nil {
		err = &record.Faults{Problem: record.ErrFaults.With("count", 1), List: []record.Fault{*wrong}}
	}
	return record.Version{}, err
}

// placeOf is where it was done: chosen, or written.
func (p *Pages) placeOf(f *form) (unit.Code, *record.Fault) {
	text := f.value(inPlace)
	if of, err := unit.ParseCode(text); err == nil && text != "" && f.unit.Code.Contains(of) {
		return of, nil
	}
	return p.records.Place(f.unit.Code, f.kind, text)
}

// photoRefused is that a photo of the form could not be taken, with what else is wrong: the record
// is not entered without a photo that somebody meant to be in it.
func (p *Pages) photoRefused(r *http.Request, f *form, in record.Input) error {
	if _, err := p.records.Ready(r.Context(), f.actor, in); err != nil {
		return err
	}
	return &record.Faults{Problem: record.ErrFaults.With("count", 1)}
}
