package taskweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// dutyView is one task over the units that answer for it, or of a town over its villages.
type dutyView struct {
	asked
	Duty    *campaign.Duty
	Demands []demandView
	Merged  []Reading // of the task's merged cells
}

type demandView struct {
	Demand   *campaign.Demand
	Due      string
	Periods  []tab
	Units    []group[partyLine]
	Readings []Reading
	bar
}

type partyLine struct {
	Name   string
	code   unit.Code
	SentBy string // the units that sent its team and secretary
	line
}

// readingsOf are the readings of a demand and of its task's merged cells; of the task alone when
// no demand is named.
func readingsOf(all map[string]Reading, duty, demand string) []Reading {
	var list []Reading
	if r, ok := all[duty+"."+demand]; ok {
		list = append(list, r)
	}
	if r, ok := all[duty]; ok && (demand == "" || r.Said) {
		list = append(list, r)
	}
	return list
}

// duty is GET /tasks/{unit}/{duty}: ?from= one of its periods, by the first day.
func (p *Pages) duty(w http.ResponseWriter, r *http.Request) error {
	a, s, err := p.read(r)
	if err != nil {
		return err
	}
	d, err := find(s, r.PathValue("duty"))
	if err != nil {
		return err
	}
	v := dutyView{asked: a, Duty: d}
	readings, err := p.readingsAt(r.Context(), &a)
	if err != nil {
		return err
	}
	v.Merged = readingsOf(readings, d.Key, "")
	for i := range d.Demands {
		one, ok := p.demand(s, &a, d, &d.Demands[i], r.FormValue("from"))
		if !ok {
			continue
		}
		sent, err := p.senders(s, a.actor, one.Demand, a.party.Unit)
		if err != nil {
			return err
		}
		for _, g := range one.Units {
			for i := range g.Lines {
				g.Lines[i].SentBy = sent[g.Lines[i].code]
			}
		}
		if r, ok := readings[d.Key+"."+one.Demand.Key]; ok {
			one.Readings = []Reading{r}
		}
		v.Demands = append(v.Demands, one)
	}
	return web.Render(w, r, web.Page{Title: number(d), Sub: d.Title, Section: "tasks", Crumbs: a.crumbs(s, number(d)), Styles: styles}, dutyBody(v))
}

func find(s *task.Standing, key string) (*campaign.Duty, error) {
	for i := range s.Duties {
		if s.Duties[i].Key == key {
			return &s.Duties[i], nil
		}
	}
	return nil, task.ErrNone.With("duty", key)
}

func (p *Pages) demand(s *task.Standing, a *asked, d *campaign.Duty, x *campaign.Demand, from string) (demandView, bool) {
	period, ok := current(s, x)
	if !ok {
		return demandView{}, false
	}
	v := demandView{Demand: x}
	for _, one := range task.Periods(x, s.Pack.Calendar(), s.Day.Add(31)) {
		if one.From.String() == from {
			period = one
		}
		if one.Title != "" {
			v.Periods = append(v.Periods, tab{link: link{one.Title, dutyURL(a.party, d.Key, a.day, "from", one.From.String(), "department", a.party.Department)}})
		}
	}
	for i := range v.Periods {
		v.Periods[i].Current = v.Periods[i].Label == period.Title
	}
	if !period.To.IsZero() {
		v.Due = dayWord(period.To, s.Day)
	}
	c := task.Counts{}
	var units []partyLine
	for _, one := range parties(s, x, a.party) {
		item := s.Item(d, x, one, period)
		c[item.State]++
		units = append(units, partyLine{Name: s.Name(one), code: one.Unit, line: p.line(s, a, &item)})
	}
	v.bar = barOf(c)
	v.Units = partyGroups(x.Key, units)
	return v, len(units) > 0
}

// parties are whom a demand is shown for below a party: of a county all who answer for it, of a
// town its villages, else the party itself.
func parties(s *task.Standing, x *campaign.Demand, p record.Party) []record.Party {
	if p == countyOf(p) {
		return s.Answerable(x, p.Unit)
	}
	if p.Department != "" || p.Unit.Level() == unit.LevelVillage || x.Each != campaign.EachVillage {
		if s.Owes(x, p) {
			return []record.Party{p}
		}
		return nil
	}
	var list []record.Party
	for _, v := range s.Tree.Villages(p.Unit) {
		if one := (record.Party{Unit: v.Code}); v.Kind == unit.Ordinary && s.Owes(x, one) {
			list = append(list, one)
		}
	}
	return list
}
