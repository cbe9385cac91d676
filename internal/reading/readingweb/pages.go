package readingweb

import (
	"net/http"
	"net/url"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// Config is what the pages are made with.
type Config struct {
	Readings *reading.Service
	Pack     *campaign.Pack
	// Tree gives the units of today.
	Tree func() *unit.Tree
	// Now is the time in the campaign's zone.
	Now func() time.Time
}

// Pages is the pages of readings.
type Pages struct{ Config }

// New makes the pages.
func New(c Config) *Pages { return &Pages{c} }

// Register adds the routes.
func (p *Pages) Register(m *web.Mux) {
	read, say := web.Can(access.ReadCampaign), web.Can(access.ConfirmReading)
	m.Page("GET /campaign/readings", read, p.list)
	m.Page("GET /campaign/readings/{key}", read, p.show)
	m.Page("POST /campaign/readings/{key}", say, p.say)
}

func (p *Pages) today() date.Date { return date.FromTime(p.Now()) }

// day is 1月12日, with the year where it is another.
func (p *Pages) day(t time.Time) string {
	d := date.FromTime(t.In(p.Now().Location()))
	if d.Year() == p.today().Year() {
		return d.ShortChinese()
	}
	return d.Chinese()
}

func (p *Pages) name(c unit.Code) string { return p.Tree().ShortName(c) }

// Href is where one reading is shown.
func Href(key string) string { return "/campaign/readings/" + url.PathEscape(key) }

// Tone is how a state is coloured; its word always stands beside it.
func Tone(s reading.State) ui.Tone {
	switch s {
	case reading.Open, reading.Changed:
		return ui.Warn
	case reading.Otherwise:
		return ui.Changed
	case reading.Agreed:
		return ui.Saved
	}
	return ui.Neutral
}

var styles = []string{"office.css", "readings.css"}

func crumbs(last ...ui.Crumb) []ui.Crumb {
	return append([]ui.Crumb{{Label: "重点任务", Href: "/tasks"}}, last...)
}

// list is GET /campaign/readings.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	a := web.ActorOf(r.Context())
	b, err := p.Readings.Board(r.Context(), a, a.Unit)
	if err != nil {
		return err
	}
	v := p.listView(a, &b)
	return web.Render(w, r, web.Page{Title: "口径", Sub: "通知的话和本系统的理解", Lead: listLead(v), Section: "tasks",
		Crumbs: crumbs(ui.Crumb{Label: "口径"}), Styles: styles}, listBody(v))
}
