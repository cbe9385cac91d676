package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// recordCheck is the county's check of a record.
type recordCheck struct {
	Verdict record.Verdict `json:"verdict" enum:"agreed,remarks"`
	Words   string         `json:"words,omitempty"`
	Actor   string         `json:"actor"`
	At      time.Time      `json:"at"`
}

func checkOf(c *record.Checked) *recordCheck {
	if c == nil {
		return nil
	}
	return &recordCheck{c.Verdict, c.Words, c.Actor, c.At}
}

type newCheck struct {
	Over
	Verdict record.Verdict `json:"verdict" enum:"agreed,remarks" example:"remarks"`
	Words   string         `json:"words,omitempty" maxLength:"300" doc:"Wanted with remarks" example:"河边那块避开行洪断面"`
}

type planLine struct {
	Unit     string         `json:"unit" example:"445281001202"`
	Name     string         `json:"name" example:"新坛村"`
	Record   int64          `json:"record,omitempty" doc:"The plan that counts, or else the last one entered; left out when there is none"`
	Approved bool           `json:"approved"`
	Verdict  record.Verdict `json:"verdict,omitempty" doc:"Of the county's check; left out when there was none"`
	Plots    int            `json:"plots"`
	Drawn    int            `json:"drawn" doc:"Plots on the sketch map"`
	Trees    int64          `json:"trees" doc:"That can be planted"`
	More     int            `json:"more" doc:"Other plans of the village"`
}

type owedLine struct {
	Key    string           `json:"key" example:"briefing"`
	Title  string           `json:"title" example:"2月底前政策宣讲1次"`
	Before string           `json:"before" doc:"The first day that is too late" example:"2024-03-01"`
	State  record.OwedState `json:"state" enum:"done,late,open,overdue,spared"`
	Day    string           `json:"day,omitempty" doc:"On which it was done"`
	Record int64            `json:"record,omitempty" doc:"That shows it"`
}

type liaisonLine struct {
	Record int64      `json:"record" doc:"That names who answers for the place"`
	Unit   string     `json:"unit"`
	Name   string     `json:"name" doc:"Of the unit"`
	Level  string     `json:"level" example:"first_secretary"`
	Title  string     `json:"title" doc:"Of the level" example:"驻村第一书记"`
	Post   string     `json:"post" doc:"Who it is, by unit and post"`
	SentBy string     `json:"sent_by,omitempty" doc:"The unit that sent a team or secretary (派出单位)"`
	From   string     `json:"from"`
	Until  string     `json:"until,omitempty" doc:"The last day; left out: it goes on"`
	Holds  bool       `json:"holds" doc:"Today"`
	Owed   []owedLine `json:"owed"`
}

func (a *API) registerRegisters() {
	operation(a, op{method: http.MethodPost, path: "/record/{id}/check", id: "check-record", tag: "records", summary: "Say what the county thinks of a village's plan (县级核对)",
		about: "A next version that says the same and counts as before. Remarks want words. " + overAbout}, a.checkRecord)
	operation(a, op{method: http.MethodGet, path: "/plans/{unit}", id: "list-plans", tag: "records", summary: "Where the villages of a unit stand with their greening plans (绿化规划)"}, a.listPlans)
	operation(a, op{method: http.MethodGet, path: "/liaisons/{unit}", id: "list-liaisons", tag: "records", summary: "Who answers for a unit's towns and villages (包抓), and what they owe and have done"}, a.listLiaisons)
}

func (a *API) checkRecord(ctx context.Context, actor access.Actor, in *struct {
	RecordPath
	Body newCheck
}) (*body[Record], error) {
	return a.changed(a.records.Check(ctx, actor, record.At{ID: in.ID, Base: in.Body.Base}, in.Body.Verdict, in.Body.Words))
}

func (a *API) listPlans(ctx context.Context, actor access.Actor, in *UnitPath) (*body[[]planLine], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	plans, err := a.records.Plans(ctx, actor, of)
	if err != nil {
		return nil, err
	}
	trees := ""
	if kind, ok := a.records.PlanKind(); ok {
		trees = record.PlannedTrees(kind)
	}
	out := make([]planLine, 0, len(plans))
	for i := range plans {
		p := &plans[i]
		line := planLine{Unit: p.Unit.Code.String(), Name: a.records.Tree(a.records.Today()).ShortName(p.Unit.Code), Approved: p.Approved(), Verdict: p.Verdict(), Plots: p.Plots, Drawn: p.Drawn, More: p.More}
		if p.Latest != nil {
			line.Record, line.Trees = p.Latest.ID, p.Latest.Facts.Numbers[trees]
		}
		out = append(out, line)
	}
	return answer(out, nil)
}

func (a *API) listLiaisons(_ context.Context, actor access.Actor, in *UnitPath) (*body[[]liaisonLine], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	list, err := a.records.Liaisons(actor, of)
	if err != nil {
		return nil, err
	}
	today := a.records.Today()
	tree := a.records.Tree(today)
	out := make([]liaisonLine, 0, len(list))
	for i := range list {
		l := &list[i]
		line := liaisonLine{Record: l.ID, Unit: l.Unit.String(), Name: tree.ShortName(l.Unit), Level: l.Level.Key, Title: l.Level.Title, Post: l.Post, SentBy: l.SentBy,
			From: l.From.String(), Until: l.Until.String(), Holds: l.Holds(today), Owed: []owedLine{}}
		for _, o := range l.Owed {
			line.Owed = append(line.Owed, owedLine{o.Owe.Key, o.Owe.Title, o.Owe.Before.String(), o.State, o.Day.String(), o.By})
		}
		out = append(out, line)
	}
	return answer(out, nil)
}
