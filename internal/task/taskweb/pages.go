package taskweb

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// Pages is the pages of tasks.
type Pages struct {
	tasks   *task.Service
	now     func() time.Time
	records func() bool // whether the site has the pages of records, to lead there

	readings Readings
}

// Readings gives how the readings of the notice's words stand in the county of a unit, by key: a
// duty's of merged cells, a duty's and a demand's with a point between of the demand.
type Readings func(ctx context.Context, a access.Actor, at unit.Code) (map[string]Reading, error)

// Reading is one of them: what the words are taken to mean, and what the office says of it.
type Reading struct {
	Reads string
	Href  string
	Said  bool // the office is asked, or has said something: Word is how it stands
	Word  string
	Tone  ui.Tone
	Text  string // how the office reads it otherwise
}

// UseReadings has the pages show what the office says of how the notice's words are read.
func (p *Pages) UseReadings(r Readings) { p.readings = r }

// readingsAt are the readings of a county; none when nobody gives them.
func (p *Pages) readingsAt(ctx context.Context, a *asked) (map[string]Reading, error) {
	if p.readings == nil {
		return nil, nil
	}
	return p.readings(ctx, a.actor, a.party.Unit)
}

// New makes the pages; now is the time in the campaign's zone.
func New(tasks *task.Service, now func() time.Time) *Pages {
	return &Pages{tasks: tasks, now: now, records: func() bool { return false }}
}

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	p.records = sync.OnceValue(func() bool {
		return slices.ContainsFunc(m.Routes(), func(r web.Route) bool { return r.Path == "/records/{unit}/new/{kind}" })
	})
	read, report, steer := web.Can(access.ReadCampaign), web.Can(access.ReportTask), web.Can(access.SteerTask)
	m.Page("GET /tasks/{unit}", read, p.unit)
	m.Page("GET /tasks/{unit}/{duty}", read, p.duty)
	m.Page("GET /tasks/{unit}/{duty}/{rule}/{from}", read, p.item)
	m.Page("POST /tasks/{unit}/report", report, p.report)
	m.Page("POST /tasks/{unit}/answer", report, p.answer)
	m.Page("POST /tasks/{unit}/decide", steer, p.decide)
	m.Page("POST /tasks/{unit}/press", steer, p.press)
	m.Page("POST /tasks/{unit}/exempt", steer, p.exempt)
}

// asked is whose tasks a request is about, as of which day.
type asked struct {
	actor access.Actor
	party record.Party
	day   date.Date // zero: today
}

// read reads {unit}, ?department= and ?date=. A department that names nobody sees its own.
func (p *Pages) read(r *http.Request) (asked, *task.Standing, error) {
	a := asked{actor: web.ActorOf(r.Context())}
	code, err := web.PathUnit(r)
	if err != nil {
		return a, nil, err
	}
	a.party = record.Party{Unit: code, Department: r.FormValue("department")}
	if d, ok := p.tasks.Pack.Department(a.party.Department); ok {
		a.party.Department = d.Name // 普宁市林业局 is 市林业局
	}
	own := p.tasks.PartyOf(a.actor)
	if _, named := r.Form["department"]; !named && own.Unit == code {
		a.party = own
	}
	if text := r.FormValue("date"); text != "" {
		if a.day, err = date.Parse(text); err != nil {
			return a, nil, web.ErrNotFound.Because(err)
		}
	}
	standing, err := p.tasks.On(r.Context(), a.actor, a.party, a.day)
	return a, standing, err
}

// query is what follows an address so that it is about the same department and day.
func query(party record.Party, day date.Date, more ...string) string {
	q := url.Values{}
	if party.Department != "" {
		q.Set("department", party.Department)
	}
	if !day.IsZero() {
		q.Set("date", day.String())
	}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

func unitURL(p record.Party, day date.Date, more ...string) string {
	return "/tasks/" + p.Unit.String() + query(p, day, more...)
}

func dutyURL(p record.Party, duty string, day date.Date, more ...string) string {
	return "/tasks/" + p.Unit.String() + "/" + duty + query(p, day, more...)
}

func itemURL(p record.Party, duty, rule string, from, day date.Date) string {
	return "/tasks/" + p.Unit.String() + "/" + duty + "/" + rule + "/" + from.String() + query(p, day)
}

// crumbs lead from a party up to its county, as far as the actor sees.
func (a *asked) crumbs(s *task.Standing, last string) []ui.Crumb {
	list := []ui.Crumb{{Label: "重点任务清单", Href: "/tasks"}}
	for _, u := range s.Tree.Ancestors(a.party.Unit) {
		above := record.Party{Unit: u.Code}
		if u.Level() >= unit.LevelCounty && a.actor.Unit.Contains(u.Code) && (above != a.party || last != "") {
			href := unitURL(above, a.day)
			if a.actor.Role == access.Department && u.Code == a.actor.Unit {
				href = unitURL(above, a.day, "department", "")
			}
			list = append(list, ui.Crumb{Label: s.Name(above), Href: href})
		}
	}
	if a.party.Department != "" && last != "" {
		list = append(list, ui.Crumb{Label: a.party.Department, Href: unitURL(a.party, a.day)})
	}
	if last == "" {
		last = s.Name(a.party)
	}
	return append(list, ui.Crumb{Label: last})
}

var styles = []string{"office.css", "tasks.css"}
