package ledgerweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// reasonView is a page that asks for a reason before something is done.
type reasonView struct {
	Confirm ui.ConfirmData
	Reason  ui.FieldData
	Error   string
}

// askReopen asks why a locked week is to be opened again.
func (p *Pages) askReopen(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	return p.showReopen(w, r, at, "", "", 0)
}

func (p *Pages) showReopen(w http.ResponseWriter, r *http.Request, at place, reason, wrong string, status int) error {
	v := reasonView{Confirm: ui.ConfirmData{ID: "reopen", Title: "重新打开" + weekName(at.sheet.Week),
		Text:   at.unit.Name + "已锁定上报的版本留存不变；镇街可以再改、再报，改完要重新锁定上报。",
		Action: boardURL(at.unit.Code, at.sheet.Week.Due, "/reopen") + "?" + backQuery(r), Submit: "重新打开", Kind: ui.Danger, Cancel: p.backTo(r, at)},
		Reason: ui.FieldData{Name: "reason", Label: "原因", Help: "记入历史，各级都能看到", Value: reason, Error: wrong, Required: true, MaxLength: 200}}
	return web.Render(w, r, web.Page{Title: "重新打开报告周", Sub: at.unit.Name, Section: "board", Styles: officeStyles, Status: status}, reasonBody(v))
}

// reopen opens a locked week again.
func (p *Pages) reopen(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	at, err := p.at(r)
	if err != nil {
		return err
	}
	sub, err := p.ledger.Reopen(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due, r.PostForm.Get("reason"))
	if err != nil {
		said, fatal := failed(err)
		if fatal != nil {
			return fatal
		}
		return p.showReopen(w, r, at, r.PostForm.Get("reason"), said, web.StatusOf(err))
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: at.unit.Name + "这一周已重新打开", At: sub.At}); err != nil {
		return err
	}
	return web.Redirect(w, r, p.backTo(r, at))
}

// backTo is the board an action was begun from: ?from=, else the office above the unit.
func (p *Pages) backTo(r *http.Request, at place) string {
	if from := web.SafeNext(r.URL.Query().Get("from")); from != "/" {
		return from
	}
	code := at.unit.Code
	if code.Level() >= unit.LevelTown {
		if up, ok := at.sheet.Tree.Parent(code.At(unit.LevelTown)); ok && at.actor.Unit.Contains(up.Code) {
			code = up.Code
		}
	}
	return readURL(code, at.sheet.Week.Due)
}

// backQuery keeps where an action was begun from.
func backQuery(r *http.Request) string {
	if from := web.SafeNext(r.URL.Query().Get("from")); from != "/" {
		return fromQuery(from)
	}
	return ""
}
