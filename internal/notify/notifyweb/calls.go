package notifyweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// callView is whom to call about a week.
type callView struct {
	week   string
	level  string
	levels []ui.Choice
	lines  []callLine
}

type callLine struct {
	place, deadline string
	over            bool
	people          []notify.Person
}

// calls is GET /calls: ?week= &level= of those who owe.
func (p *Pages) calls(w http.ResponseWriter, r *http.Request) error {
	a := web.ActorOf(r.Context())
	due, err := askedWeek(r)
	if err != nil {
		return err
	}
	level := below(a.Unit.Level())
	if text := r.URL.Query().Get("level"); text != "" {
		if level, err = unit.ParseLevel(text); err != nil {
			return err
		}
	}
	week, found, err := p.Notify.CallList(r.Context(), a, a.Unit, due, level)
	if err != nil {
		return err
	}
	v := callView{week: week.Due.String(), level: level.String()}
	for l := below(a.Unit.Level()); l <= unit.LevelVillage; l++ {
		v.levels = append(v.levels, ui.Choice{Value: l.String(), Label: levelNames[l]})
	}
	tree := p.Tree()
	for _, c := range found {
		v.lines = append(v.lines, callLine{place(tree, a.Unit, c.Unit), p.moment(c.Deadline), p.Now().After(c.Deadline), c.People})
	}
	return web.Render(w, r, web.Page{Title: "电话名单", Sub: weekText(week) + "，还没有报的", Styles: styles,
		Crumbs: []ui.Crumb{{Label: "催报", Href: "/reminders?week=" + v.week}, {Label: "电话名单"}}}, callsBody(v))
}

var levelNames = map[unit.Level]string{unit.LevelCounty: "县（市、区）", unit.LevelTown: "镇街", unit.LevelVillage: "村（社区）"}

// below is the level of those an office calls: the next one that reports.
func below(of unit.Level) unit.Level {
	return min(max(of+1, unit.LevelCounty), unit.LevelVillage)
}
