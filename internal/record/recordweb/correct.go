package recordweb

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// found is a record with all its versions.
type found struct {
	place
	versions []record.Version
	powers   record.Powers
}

func (f *found) last() *record.Version { return &f.versions[len(f.versions)-1] }

// find reads the record in the path.
func (p *Pages) find(r *http.Request) (found, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return found{}, web.ErrNotFound.Because(err)
	}
	f := found{place: p.here(r)}
	if f.versions, err = p.records.Show(r.Context(), f.actor, id); err != nil {
		return f, err
	}
	f.powers = p.records.Powers(f.actor, f.versions)
	f.unit.Code = f.last().Unit
	if u, ok := f.tree.Unit(f.unit.Code); ok {
		f.unit = u
	}
	return f, nil
}

// correctForm is a record in the form it was entered with.
func (p *Pages) correctForm(f *found) (*form, error) {
	v := f.last()
	kind, ok := p.records.Kinds().Kind(v.Kind)
	switch {
	case v.Status == record.Withdrawn:
		return nil, record.ErrWithdrawn
	case !ok || !f.powers.Change:
		return nil, record.ErrNotYours
	}
	form := p.newForm(f.place, kind)
	form.action, form.base, form.unseen = recordURL(v.ID, "/correct"), strconv.Itoa(int(v.Number)), unseenOf(&v.Facts)
	form.corrects, form.hidden = v, kind.Position && kind.Photos != campaign.TreePhoto && !record.SeesNames(f.actor, v.Unit)
	form.fill(v)
	return form, nil
}

// askCorrect is GET /record/{id}/correct.
func (p *Pages) askCorrect(w http.ResponseWriter, r *http.Request) error {
	f, err := p.find(r)
	if err != nil {
		return err
	}
	form, err := p.correctForm(&f)
	if err != nil {
		return err
	}
	if err := p.showPhotos(r.Context(), form); err != nil {
		return err
	}
	return p.renderForm(w, r, form, http.StatusOK)
}

// correct is POST /record/{id}/correct. When somebody else has changed the record meanwhile, the
// form comes back over what stands now, with what that is.
func (p *Pages) correct(w http.ResponseWriter, r *http.Request) error {
	f, err := p.find(r)
	if err != nil {
		return err
	}
	form, err := p.correctForm(&f)
	if err != nil {
		return err
	}
	if err := p.readForm(r, form); err != nil {
		return err
	}
	if wantsMore(r.PostForm) {
		return p.renderForm(w, r, form, http.StatusOK)
	}
	v, err := p.correctTyped(r, &f, form)
	if err != nil {
		if !form.blame(err) {
			return err
		}
		if errors.Is(err, record.ErrReason) { // what else is wrong is told at once too
			if err := p.records.ReadyToCorrect(r.Context(), f.actor, record.At{ID: f.last().ID, Base: baseOf(r)}, form.input()); err != nil && !form.blame(err) {
				return err
			}
		}
		if errors.Is(err, record.ErrMoved) {
			last := f.last()
			form.failed = &ui.Notice{Tone: ui.Wrong, Title: "没有存上，这条记录刚有人改过",
				Text: f.who(last.Entry(), last.Unit) + " " + f.moment(last.At) + " 改成了：" + last.Day.ShortChinese() + " " + p.records.Says(last) + "。您填的还在下面，核对后再保存。"}
		}
		return p.renderForm(w, r, form, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已更正", Text: p.records.Says(&v), At: p.records.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, recordURL(v.ID, ""))
}

// correctTyped corrects, unless a photo of the form could not be taken; what else is wrong is
// told with that.
func (p *Pages) correctTyped(r *http.Request, f *found, form *form) (record.Version, error) {
	at := record.At{ID: f.last().ID, Base: baseOf(r)}
	if form.errors[inPhotos] == "" {
		return p.records.Correct(r.Context(), f.actor, at, form.input(), form.value(inReason))
	}
	if err := p.records.ReadyToCorrect(r.Context(), f.actor, at, form.input()); err != nil {
		return record.Version{}, err
	}
	return record.Version{}, &record.Faults{Problem: record.ErrFaults.With("count", 1)}
}

// baseOf is the version a form was made over; one that does not say is over none.
func baseOf(r *http.Request) int32 {
	n, err := strconv.ParseInt(r.PostForm.Get("base"), 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}
