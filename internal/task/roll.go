package task

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// departments lists the departments that answer for a demand, each by its name.
func (f *Facts) departments(x *campaign.Demand) []string {
	var all []string
	add := func(name string) {
		if d, ok := f.Pack.Department(name); ok {
			name = d.Name
		}
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	for _, name := range x.Who {
		body, collective := f.Pack.Body(name)
		switch {
		case !collective, body.Kind == campaign.Seconding:
			add(name)
		case body.Kind == campaign.EveryDepartment:
			for _, d := range f.Pack.Departments {
				add(d.Name)
			}
			for _, d := range f.Departments {
				add(d)
			}
		}
	}
	return all
}

// towns tells whether every town answers for a demand.
func (f *Facts) towns(x *campaign.Demand) bool {
	return slices.ContainsFunc(x.Who, func(name string) bool {
		b, ok := f.Pack.Body(name)
		return ok && b.Kind == campaign.EveryTown
	})
}

// Answerable lists who answers for a demand in a county: departments as the pack names them, then
// towns in code order. A village answers to its town for what is measured at villages.
func (f *Facts) Answerable(x *campaign.Demand, of unit.Code) []record.Party {
	var all []record.Party
	for _, name := range f.departments(x) {
		all = append(all, record.Party{Unit: of, Department: name})
	}
	if f.towns(x) && x.Each != campaign.EachDepartment {
		for _, town := range f.Tree.Towns(of) {
			all = append(all, record.Party{Unit: town.Code})
		}
	}
	return all
}

// Owes tells whether a demand is asked of a party. The county itself is shown everything.
func (f *Facts) Owes(x *campaign.Demand, p record.Party) bool {
	switch {
	case p.Department != "":
		return slices.Contains(f.departments(x), p.Department)
	case p.Unit.Level() == unit.LevelVillage:
		return x.Each == campaign.EachVillage && f.towns(x)
	case p.Unit.Level() == unit.LevelTown:
		return f.towns(x) && x.Each != campaign.EachDepartment
	}
	return p.Unit.Level() == unit.LevelCounty
}

// Concerns tells whether a demand is asked of a party, or measured at it for somebody else: the
// villages that the organisation department is to visit.
func (f *Facts) Concerns(x *campaign.Demand, p record.Party) bool {
	return f.Owes(x, p) || p.Department == "" && string(x.Each) == p.Unit.Level().String()
}

// measuredAt lists where a demand of a party is measured; single is true where that is one place,
// whose state is the party's.
func (f *Facts) measuredAt(x *campaign.Demand, p record.Party) (list []record.Party, single bool) {
	of := p.Unit
	switch x.Each {
	case campaign.EachVillage:
		if of.Level() == unit.LevelVillage {
			return []record.Party{{Unit: of}}, true
		}
		for _, v := range f.Tree.Villages(of) {
			if v.Kind == unit.Ordinary {
				list = append(list, record.Party{Unit: v.Code})
			}
		}
		return list, false
	case campaign.EachTown:
		if of.Level() == unit.LevelTown {
			return []record.Party{{Unit: of}}, true
		}
		for _, t := range f.Tree.Towns(of) {
			list = append(list, record.Party{Unit: t.Code})
		}
		return list, false
	case campaign.EachDepartment:
		if p.Department != "" {
			return []record.Party{p}, true
		}
		for _, name := range f.departments(x) {
			list = append(list, record.Party{Unit: of, Department: name})
		}
		return list, false
	}
	return []record.Party{{Unit: county(p)}}, true
}

// Place is where a demand of a party is measured: the county, where a department answers for what
// is done there once; the party itself where it is measured at it or at several below it.
func (f *Facts) Place(x *campaign.Demand, p record.Party) record.Party {
	if at, single := f.measuredAt(x, p); single {
		return at[0]
	}
	return p
}

// noVillages is why a demand measured at villages does not apply to a town without any.
const noVillages = "没有行政村和涉农社区"

// Item is the state of a demand of a party in a period.
func (f *Facts) Item(d *campaign.Duty, x *campaign.Demand, p record.Party, period Period) Item {
	at, single := f.measuredAt(x, p)
	if single {
		item := f.measure(d, x, at[0], period)
		item.Party = p
		return item
	}
	return f.closed.item(f, x, p, period, func() Item { return f.roll(d, x, p, period, at) })
}

// roll is the state of what is measured at several: done when all have done it to whom it applies.
func (f *Facts) roll(d *campaign.Duty, x *campaign.Demand, p record.Party, period Period, at []record.Party) Item {
	item := Item{Duty: d, Demand: x, Party: p, Period: period}
	if reason, ok := f.Exempt.reason(d.Key, x.Key, p, period.From); ok {
		item.State, item.Reason = NotApplicable, reason
		return item
	}
	late, reason := false, noVillages
	var on date.Date
	for _, one := range at {
		state, day, why := f.state(d, x, one, period)
		if state == NotApplicable {
			reason = why
			continue
		}
		item.Of++
		if !state.Met() {
			item.Missing = append(item.Missing, one)
			continue
		}
		item.Met++
		late = late || state == DoneLate
		if day.After(on) {
			on = day
		}
	}
	switch {
	case item.Of == 0:
		item.State, item.Reason = NotApplicable, reason
	case f.Day.Before(period.From):
		item.State = NotYet
	case item.Met == item.Of:
		item.State, item.On = Done, on
		if late {
			item.State = DoneLate
		}
	case f.over(period):
		item.State = Overdue
	default:
		item.State = InProgress
	}
	if item.State.Owed() {
		item.Lacks = []Lack{{Says: x.Says, Have: int64(item.Met), Want: int64(item.Of)}}
	}
	if x.Every != campaign.ReportWeek && !x.Reported && item.State != NotApplicable && item.State != NotYet {
		last := f.Day
		if f.over(period) && x.Every != campaign.Once {
			last = period.To
		}
		f.prove(&item, last)
	}
	return item
}
