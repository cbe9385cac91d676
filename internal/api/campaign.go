package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

type weekOut struct {
	Week     string    `json:"week" doc:"Due day, by which the week is named"`
	No       int       `json:"no"`
	Opens    string    `json:"opens"`
	Deadline time.Time `json:"deadline"`
	Current  bool      `json:"current"`
}

type campaignOut struct {
	Key       string   `json:"key"`
	Name      string   `json:"name"`
	Documents []string `json:"documents"`
	Columns   []column `json:"columns"`
	Today     string   `json:"today"`
	Week      weekOut  `json:"week" doc:"The week being reported"`
}

type task struct {
	Number      int      `json:"number"`
	Theme       string   `json:"theme"`
	SubTheme    string   `json:"sub_theme,omitempty"`
	Measure     string   `json:"measure"`
	Responsible []string `json:"responsible"`
	Limit       string   `json:"limit"`
}

type unitOut struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	FullName string `json:"full_name"`
	Level    string `json:"level" enum:"nation,province,city,county,town,village"`
	Virtual  bool   `json:"virtual,omitempty"`
}

type me struct {
	Name string      `json:"name"`
	Role access.Role `json:"role"`
	Unit string      `json:"unit"`
}

func (a *API) registerCampaign() {
	operation(a, http.MethodGet, "/me", "me", "Who the token or session acts as", func(_ context.Context, actor access.Actor, _ *struct{}) (*body[me], error) {
		return answer(me{actor.Name, actor.Role, actor.Unit.String()}, nil)
	})
	operation(a, http.MethodGet, "/campaign", "campaign", "The campaign: its form and the week being reported", a.campaign)
	operation(a, http.MethodGet, "/weeks", "list-weeks", "The reporting weeks up to the current one", a.weeks)
	operation(a, http.MethodGet, "/tasks", "list-tasks", "The key tasks of annex 1", a.tasks)
}

func (a *API) week(w week.Week) weekOut {
	return weekOut{w.Due.String(), w.No, w.Opens.String(), w.Deadline, w.Due == a.ledger.Current().Due}
}

func (a *API) campaign(_ context.Context, actor access.Actor, _ *struct{}) (*body[campaignOut], error) {
	if err := actor.Can(access.ReadCampaign, actor.Unit); err != nil {
		return nil, err
	}
	p := a.ledger.Pack()
	out := campaignOut{Key: p.Key, Name: p.Name, Columns: a.columns(), Today: a.ledger.Today().String(), Week: a.week(a.ledger.Current())}
	for _, d := range p.Documents {
		out.Documents = append(out.Documents, d.Number+" "+d.Title)
	}
	return answer(out, nil)
}

func (a *API) weeks(_ context.Context, actor access.Actor, _ *struct{}) (*body[[]weekOut], error) {
	if err := actor.Can(access.ReadCampaign, actor.Unit); err != nil {
		return nil, err
	}
	out := []weekOut{}
	for _, w := range a.ledger.Calendar().Until(a.ledger.Current().Due) {
		out = append(out, a.week(w))
	}
	return answer(out, nil)
}

func (a *API) tasks(_ context.Context, actor access.Actor, _ *struct{}) (*body[[]task], error) {
	if err := actor.Can(access.ReadCampaign, actor.Unit); err != nil {
		return nil, err
	}
	out := []task{}
	for _, t := range a.ledger.Pack().Tasks {
		out = append(out, task{t.Number, t.Theme, t.SubTheme, t.Measure, t.Responsible, t.Limit})
	}
	return answer(out, nil)
}

func (a *API) registerUnits() {
	operation(a, http.MethodGet, "/units/{unit}", "get-unit", "A unit and those directly below it, as of a day", a.unit)
}

func (a *API) unit(_ context.Context, actor access.Actor, in *struct {
	Unit string `path:"unit"`
	On   string `query:"on" doc:"Day; today by default" example:"2024-03-29"`
}) (*body[struct {
	unitOut
	Children []unitOut `json:"children"`
}], error) {
	code, err := parseUnit(in.Unit)
	if err != nil {
		return nil, err
	}
	if err := actor.Can(access.ReadLedger, code); err != nil {
		return nil, err
	}
	day := a.ledger.Today()
	if in.On != "" {
		if day, err = parseDay(in.On); err != nil {
			return nil, err
		}
	}
	tree := a.units.Tree(day)
	u, ok := tree.Unit(code)
	if !ok {
		return nil, unit.ErrUnknown.With("code", code.String())
	}
	out := struct {
		unitOut
		Children []unitOut `json:"children"`
	}{newUnit(tree, u), []unitOut{}}
	for _, c := range tree.Children(code) {
		out.Children = append(out.Children, newUnit(tree, c))
	}
	return answer(out, nil)
}

func newUnit(tree *unit.Tree, u unit.Unit) unitOut {
	return unitOut{u.Code.String(), u.Name, tree.FullName(u.Code), u.Level().String(), u.Kind == unit.Virtual}
}
