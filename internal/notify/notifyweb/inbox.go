package notifyweb

import (
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

const inboxSize = 20

// box is the inbox as it is shown.
type box struct {
	lines  []boxLine
	unread int
	newest int64 // up to which all can be marked as read
	phone  bool
	none   string // what would stand here
	pages  ui.PagesData
}

type boxLine struct {
	notify.Message
	at, open string
}

// inbox is GET /inbox: ?page=.
func (p *Pages) inbox(w http.ResponseWriter, r *http.Request) error {
	a := web.ActorOf(r.Context())
	number := pageNumber(r)
	found, err := p.Notify.Inbox(r.Context(), a, (number-1)*inboxSize, inboxSize)
	if err != nil {
		return err
	}
	b := box{phone: a.Unit.Level() == unit.LevelVillage, none: "到了催报的时间还没有报的，和要看、要办的事，会在这里提醒。",
		pages: listPages(number, inboxSize, found.Total, "条", func(n int) string { return "/inbox?page=" + strconv.Itoa(n) })}
	for _, m := range found.Messages {
		if m.Unread() {
			b.unread++
		}
		b.newest = max(b.newest, m.ID)
		b.lines = append(b.lines, boxLine{m, p.moment(m.At), "/inbox/" + strconv.FormatInt(m.ID, 10) + "/open"})
	}
	page := web.Page{Title: "提醒", Sub: p.Tree().FullName(a.Unit), Styles: styles}
	if a.Role == access.Department {
		page.Sub, b.none = a.Department, "交本单位办的调度事项，和村里对本单位所记有异议的，会在这里提醒。"
	}
	if b.phone {
		page.Shape = web.Phone
	}
	return web.Render(w, r, page, inboxBody(b))
}

// open is POST /inbox/{id}/open: the message is read, and one is where one acts.
func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r)
	if err != nil {
		return err
	}
	m, err := p.Notify.Open(r.Context(), web.ActorOf(r.Context()), id)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, web.SafeNext(m.Link))
}

// readAll is POST /inbox/read.
func (p *Pages) readAll(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	upTo, err := strconv.ParseInt(r.PostFormValue("newest"), 10, 64)
	if err != nil || upTo < 1 {
		return web.ErrForm
	}
	if err := p.Notify.ReadAll(r.Context(), web.ActorOf(r.Context()), upTo); err != nil {
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已全部标为已读", At: p.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, "/inbox")
}

// act says what the button of a message does.
func act(m notify.Message) string {
	switch {
	case m.IsNote():
		return "去看"
	case m.Settled:
		return "查看台账"
	case m.Unit.Level() == unit.LevelVillage:
		return "去填报"
	case m.Unit.Level() == unit.LevelTown:
		return "去提交"
	}
	return "去办理"
}

func mayManage(a access.Actor) bool { return a.May(access.ManageNotify, a.Unit) }
