package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/week"
)

type weekOut struct {
	Week     string    `json:"week" doc:"Due day, by which the week is named" example:"2024-03-29"`
	No       int       `json:"no" doc:"Counted from the campaign's first" example:"9"`
	Opens    string    `json:"opens" doc:"The day from which it can be reported" example:"2024-03-23"`
	Deadline time.Time `json:"deadline" doc:"End of the due day's work" example:"2024-03-29T17:30:00+08:00"`
	Current  bool      `json:"current" doc:"It is the one being reported"`
}

type column struct {
	Key   string              `json:"key" doc:"Name of the column in rows" example:"planted_trees"`
	Title string              `json:"title" doc:"As the form prints it" example:"已植树（株）"`
	Type  campaign.ColumnType `json:"type" enum:"yes_no,count,money"`
	Unit  string              `json:"unit,omitempty" doc:"What is counted" example:"株"`
	Group string              `json:"group,omitempty" doc:"Key of the group of columns it stands in"`
}

type campaignOut struct {
	Key       string   `json:"key" doc:"Name of the campaign pack"`
	Name      string   `json:"name"`
	Documents []string `json:"documents" doc:"The notices it implements"`
	Columns   []column `json:"columns" doc:"Of the ledger's form, in its order"`
	Today     string   `json:"today" doc:"The day on the server's clock" example:"2024-03-29"`
	Week      weekOut  `json:"week" doc:"The week being reported"`
}

type task struct {
	Number      int      `json:"number" doc:"As annex 1 prints it"`
	Theme       string   `json:"theme"`
	SubTheme    string   `json:"sub_theme,omitempty"`
	Measure     string   `json:"measure" doc:"工作措施"`
	Responsible []string `json:"responsible" doc:"责任单位"`
	Limit       string   `json:"limit" doc:"完成时限, as printed" example:"长期推进"`
}

type me struct {
	Name  string      `json:"name" doc:"As histories show it"`
	Role  access.Role `json:"role" enum:"village_reporter,town_clerk,county_office,city_office,department,leader,administrator"`
	Unit  string      `json:"unit" doc:"The unit the role stands at" example:"445281119000"`
	Token bool        `json:"token" doc:"A token was sent, not a session"`
}

func (a *API) registerCampaign() {
	operation(a, op{method: http.MethodGet, path: "/me", id: "me", tag: "campaign", summary: "Who the token or session acts as"},
		func(_ context.Context, actor access.Actor, _ *struct{}) (*body[me], error) {
			return answer(me{actor.Name, actor.Role, actor.Unit.String(), actor.Token != 0}, nil)
		})
	operation(a, op{method: http.MethodGet, path: "/campaign", id: "campaign", tag: "campaign", summary: "The campaign: its form and the week being reported"}, a.campaign)
	operation(a, op{method: http.MethodGet, path: "/weeks", id: "list-weeks", tag: "campaign", summary: "The reporting weeks up to the current one"}, a.weeks)
	operation(a, op{method: http.MethodGet, path: "/tasks", id: "list-tasks", tag: "campaign", summary: "The key tasks of annex 1"}, a.listTasks)
}

func (a *API) week(w week.Week) weekOut {
	return weekOut{w.Due.String(), w.No, w.Opens.String(), w.Deadline, w.Due == a.ledger.Current().Due}
}

func (a *API) columns() []column {
	form := a.ledger.Form()
	out := make([]column, 0, len(form.Columns))
	for _, c := range form.Columns {
		out = append(out, column{c.Key, c.Title, c.Type, c.Unit, c.Group})
	}
	return out
}

func (a *API) campaign(_ context.Context, actor access.Actor, _ *struct{}) (*body[campaignOut], error) {
	if err := actor.Can(access.ReadCampaign, actor.Unit); err != nil {
		return nil, err
	}
	p := a.ledger.Pack()
	out := campaignOut{Key: p.Key, Name: p.Name, Documents: []string{}, Columns: a.columns(), Today: a.ledger.Today().String(), Week: a.week(a.ledger.Current())}
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

func (a *API) listTasks(_ context.Context, actor access.Actor, _ *struct{}) (*body[[]task], error) {
	if err := actor.Can(access.ReadCampaign, actor.Unit); err != nil {
		return nil, err
	}
	out := []task{}
	for _, t := range a.ledger.Pack().Tasks {
		out = append(out, task{t.Number, t.Theme, t.SubTheme, t.Measure, t.Responsible, t.Limit})
	}
	return answer(out, nil)
}
