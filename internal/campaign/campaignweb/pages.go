package campaignweb

import (
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// Pages is the pages of a campaign.
type Pages struct {
	pack *campaign.Pack
	now  func() time.Time
}

// New makes the pages.
func New(pack *campaign.Pack, now func() time.Time) *Pages { return &Pages{pack, now} }

// Register adds the routes.
func (p *Pages) Register(m *web.Mux) {
	read := web.Can(access.ReadCampaign)
	m.Page("GET /tasks", read, p.tasks)
	m.Page("GET /about", read, p.about)
}

func (p *Pages) today() date.Date { return date.FromTime(p.now().In(p.pack.Spec().Location)) }

// tasks shows what the notice asks for, by when and of whom.
func (p *Pages) tasks(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	v := p.tasksView(q.Get("unit"), q.Get("text"))
	v.Weeks = p.weeks()
	v.Quotas = p.quotas()
	if at := web.ActorOf(r.Context()).Unit; at.Level() >= unit.LevelCounty {
		v.Standing = "/tasks/" + at.String()
	}
	return web.Render(w, r, web.Page{Title: "重点任务", Lead: tasksLead(v), Section: "tasks", Styles: []string{"office.css"}}, tasksBody(v))
}

// about shows what the campaign rests on.
func (p *Pages) about(w http.ResponseWriter, r *http.Request) error {
	return web.Render(w, r, web.Page{Title: p.pack.Name, Sub: "依据、名词与台账填报说明", Section: "tasks",
		Crumbs: []ui.Crumb{{Label: "重点任务", Href: "/tasks"}, {Label: "依据与名词"}}, Styles: []string{"office.css"}}, aboutBody(p.pack))
}
