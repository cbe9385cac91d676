package ledgerweb

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// sendBackView is the page that returns a town's week to the town.
type sendBackView struct {
	Unit   unit.Unit
	Form   *campaign.Form
	Cells  []string // keys of the columns it is about
	Reason string
	Due    string // as typed
	Error  string
	Action string
	Cancel string
}

// askSendBack asks why a town's week is returned, which columns it is about and by when it is
// wanted again.
func (p *Pages) askSendBack(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v := p.sendBackView(r, at)
	v.Due = at.sheet.Week.Deadline.Format(localTime)
	if now := p.ledger.Now(); now.After(at.sheet.Week.Deadline) {
		v.Due = now.Add(24 * time.Hour).Truncate(time.Hour).Format(localTime)
	}
	return p.showSendBack(w, r, at, v, 0)
}

func (p *Pages) sendBackView(r *http.Request, at place) sendBackView {
	return sendBackView{Unit: at.unit, Form: at.form, Action: boardURL(at.unit.Code, at.sheet.Week.Due, "/return") + "?" + backQuery(r), Cancel: p.backTo(r, at)}
}

func (p *Pages) showSendBack(w http.ResponseWriter, r *http.Request, at place, v sendBackView, status int) error {
	return web.Render(w, r, web.Page{Title: "退回" + at.unit.Name, Sub: weekName(at.sheet.Week), Section: "board", Styles: officeStyles, Status: status}, sendBackBody(v))
}

// sendBack returns a town's week.
func (p *Pages) sendBack(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v := p.sendBackView(r, at)
	v.Cells, v.Reason, v.Due = r.PostForm["cell"], r.PostForm.Get("reason"), r.PostForm.Get("due")
	in := ledger.ReturnInput{Unit: at.unit.Code, Week: at.sheet.Week.Due, Reason: v.pointed(), Cells: v.Cells}
	if v.Due != "" {
		if in.Due, err = time.ParseInLocation(localTime, v.Due, p.ledger.Now().Location()); err != nil {
			v.Error = "限期看不懂，请重新填写"
			return p.showSendBack(w, r, at, v, http.StatusUnprocessableEntity)
		}
		if in.Due.Before(p.ledger.Now()) {
			v.Error = "限期已经过了，请写以后的时间"
			return p.showSendBack(w, r, at, v, http.StatusUnprocessableEntity)
		}
	}
	sub, err := p.ledger.ReturnTown(r.Context(), at.actor, in)
	if err != nil {
		said, fatal := failed(err)
		if fatal != nil {
			return fatal
		}
		v.Error = said
		return p.showSendBack(w, r, at, v, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已退回" + at.unit.Name, At: sub.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, p.backTo(r, at))
}

func (v sendBackView) has(key string) bool { return slices.Contains(v.Cells, key) }

// pointed is the reason with the columns it is about, which a town's return keeps in words only.
func (v sendBackView) pointed() string {
	var names []string
	for _, c := range v.Form.Columns {
		if v.has(c.Key) {
			names = append(names, c.Short)
		}
	}
	if len(names) == 0 || strings.TrimSpace(v.Reason) == "" {
		return v.Reason
	}
	return strings.TrimSpace(v.Reason) + "（涉及：" + joined(names) + "）"
}
