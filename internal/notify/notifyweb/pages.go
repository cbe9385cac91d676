package notifyweb

import (
	"net/http"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// Config is what the pages are made with.
type Config struct {
	Notify *notify.Service
	// Tree gives the units of today.
	Tree func() *unit.Tree
	// Now is the time in the campaign's zone.
	Now func() time.Time
}

// Pages is the pages of 催报提醒.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read, manage := web.Can(access.ReadInbox), web.Can(access.ManageNotify)
	m.Page("GET /inbox", read, p.inbox)
	m.Page("POST /inbox/read", read, p.readAll)
	m.Page("POST /inbox/{id}/open", read, p.open)
	m.Page("GET /reminders", manage, p.sent)
	m.Page("GET /calls", manage, p.calls)
	m.Page("GET /robots", manage, p.robots)
	m.Page("POST /robots", manage, p.addRobot)
	m.Page("POST /robots/{id}/test", manage, p.testRobot)
	m.Page("POST /robots/{id}/remove", manage, p.removeRobot)
}

// pathID reads {id} of the path.
func pathID(r *http.Request) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil {
		return 0, web.ErrNotFound.Because(err)
	}
	return id, nil
}

// pageNumber reads ?page=, 1 when there is none.
func pageNumber(r *http.Request) int {
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil || n < 1 || n > 1_000_000 {
		return 1
	}
	return n
}

// askedWeek reads ?week=, no day when there is none.
func askedWeek(r *http.Request) (date.Date, error) {
	text := r.URL.Query().Get("week")
	if text == "" {
		return date.Date{}, nil
	}
	day, err := date.Parse(text)
	if err != nil {
		return day, web.ErrNotFound.Because(err)
	}
	return day, nil
}

// moment is 3月29日 16:18 in the campaign's zone.
func (p *Pages) moment(t time.Time) string {
	return date.FromTime(t.In(p.Now().Location())).ShortChinese() + " " + t.In(p.Now().Location()).Format("15:04")
}

func listPages(number, size, total int, what string, href func(int) string) ui.PagesData {
	return ui.PagesData{Page: number, Last: (total + size - 1) / size, Total: "共 " + words.Grouped(int64(total)) + " " + what, Href: href}
}
