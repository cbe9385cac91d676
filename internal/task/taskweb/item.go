package taskweb

import (
	"net/http"
	"net/url"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/web"
)

// itemView is one demand of one unit in one period, with all that was said about it.
type itemView struct {
	asked
	Item     task.Item
	Line     line
	Name     string
	Checks   []checkLine
	Reports  []reportLine
	Pressed  []pressed
	May      may
	Wrong    string // what was wrong with what was sent
	Form     string // which form it was: report, press …
	Typed    url.Values
	Today    date.Date
	Period   string
	SentBy   string // the units that sent the village's team and secretary; empty: none is named
	Standing bool   // an exemption of this period is in force
	Readings []Reading
}

// may is what the actor may do here.
type may struct{ Report, Answer, Press, Steer bool }

// checkLine is one condition, whether it holds, and where the records behind it are.
type checkLine struct {
	Says, Figure string
	Met          bool
	Proof        link
}

type reportLine struct {
	ID       int64
	Day      string
	Text     string
	Who, At  string
	Waiting  bool
	Decision string
	Note     string
	By       string
}

// item is GET /tasks/{unit}/{duty}/{rule}/{from}.
func (p *Pages) item(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, itemForm{duty: r.PathValue("duty"), rule: r.PathValue("rule"), from: r.PathValue("from")})
}

// itemForm is which item is shown, and what was wrong with a form sent for it.
type itemForm struct{ duty, rule, from, form, wrong string }

func (p *Pages) show(w http.ResponseWriter, r *http.Request, in itemForm) error {
	a, s, err := p.read(r)
	if err != nil {
		return err
	}
	item, err := locate(s, a.party, in)
	if err != nil {
		return err
	}
	point := task.Point{Duty: in.duty, Demand: in.rule, Party: a.party, From: item.Period.From}
	v := itemView{asked: a, Item: item, Line: p.line(s, &a, &item), Name: s.Name(a.party), Wrong: in.wrong, Form: in.form, Typed: r.PostForm, Today: p.tasks.Today(), Period: item.Period.Title}
	_, v.Standing = s.Exempt[point]
	v.Checks = p.checks(&item)
	sent, err := p.senders(s, a.actor, item.Demand, a.party.Unit)
	if err != nil {
		return err
	}
	v.SentBy = sent[a.party.Unit]
	all, err := p.readingsAt(r.Context(), &a)
	if err != nil {
		return err
	}
	v.Readings = readingsOf(all, item.Duty.Key, item.Demand.Key)
	reported := point
	reported.Party = s.Place(item.Demand, a.party)
	for _, one := range s.Reports[reported] {
		e := p.said(one.Event)
		l := reportLine{ID: one.ID, Day: dayWord(one.Day, s.Day), Text: one.Text, Who: one.Actor, At: e.At, Waiting: one.Decision == nil}
		if d := one.Decision; d != nil {
			l.Decision, l.Note, l.By = "已确认", d.Text, d.Actor
			if d.Kind == task.Declines {
				l.Decision = "已退回"
			}
		}
		v.Reports = append(v.Reports, l)
	}
	for _, one := range p.pressed(s, &asked{actor: a.actor, party: a.party, day: a.day}) {
		if one.Href == itemURL(a.party, in.duty, in.rule, item.Period.From, a.day) {
			v.Pressed = append(v.Pressed, one)
		}
	}
	own := p.tasks.PartyOf(a.actor)
	mine := a.actor.Role != access.Department || own == a.party
	measured := item.Of == 0
	v.May = may{
		Report: item.Demand.Reported && measured && !item.State.Met() && a.actor.May(access.ReportTask, a.party.Unit) && (mine || s.Owes(item.Demand, own) && a.party == countyOf(a.party)),
		Answer: mine && a.actor.May(access.ReportTask, a.party.Unit),
		Press:  item.State.Owed() && s.Owes(item.Demand, a.party) && a.actor.May(access.SteerTask, a.party.Unit),
		Steer:  a.actor.May(access.SteerTask, a.party.Unit),
	}
	page := web.Page{Title: item.Demand.Says, Lead: itemLead(v), Section: "tasks", Crumbs: a.crumbs(s, number(item.Duty)), Styles: styles}
	if in.wrong != "" {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Render(w, r, page, itemBody(v))
}

// locate finds the item that an address names.
func locate(s *task.Standing, party record.Party, in itemForm) (task.Item, error) {
	d, err := find(s, in.duty)
	if err != nil {
		return task.Item{}, err
	}
	x, ok := d.Demand(in.rule)
	from, bad := date.Parse(in.from)
	if !ok || bad != nil || !s.Concerns(x, party) {
		return task.Item{}, task.ErrNone.With("duty", in.duty)
	}
	for _, period := range task.Periods(x, s.Pack.Calendar(), from) {
		if period.From == from {
			return s.Item(d, x, party, period), nil
		}
	}
	return task.Item{}, task.ErrNone.With("duty", in.duty)
}

// checks lists the conditions of an item with the records that show them.
func (p *Pages) checks(i *task.Item) []checkLine {
	var list []checkLine
	if i.Of > 0 {
		return nil
	}
	lacking := map[string]task.Lack{}
	for _, l := range i.Lacks {
		lacking[l.Says] = l
	}
	for _, proof := range i.Proofs {
		l, lacks := lacking[proof.Says]
		c := checkLine{Says: proof.Says, Met: !lacks}
		if lacks {
			c.Figure = figure(l)
		}
		if kind, ok := p.tasks.Pack.Records.Kind(proof.Record); ok && p.records() {
			q := url.Values{"kind": {proof.Record}, "from": {proof.From.String()}, "to": {proof.To.String()}}
			c.Proof = link{"看" + kind.Title + "的记录", "/records/" + proof.Party.Unit.String() + "?" + q.Encode()}
		}
		list = append(list, c)
	}
	return list
}
