package dispatch

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// OverdueTask is a rule of a task whose time is over at a party and that is not done.
type OverdueTask struct {
	Duty    *campaign.Duty
	Demand  *campaign.Demand
	Period  task.Period // the last one
	Periods int         // in how many it was not done
	Missing int         // of what is measured below the party, how many in the last one
}

// readOverdue asks how the tasks of the unit's counties stand on the page's day.
func (s *Service) readOverdue(ctx context.Context, a access.Actor, d *Stands) error {
	d.Overdue = map[record.Party][]OverdueTask{}
	if !slices.ContainsFunc(d.rules.Points, func(r campaign.PointRule) bool { return r.Kind == campaign.PointOverdue }) {
		return nil
	}
	of := []unit.Code{d.Unit.Code}
	if d.Unit.Level() < unit.LevelCounty {
		of = s.counties(d.Tree, d.Unit.Code)
	}
	for _, code := range of {
		p := record.Party{Unit: code}
		standing, err := s.Tasks.On(ctx, a, p, d.Day)
		if err != nil {
			return err
		}
		o := overdue{d.Overdue, standing}
		items := standing.Of(p)
		for i := range items {
			if items[i].State == task.Overdue {
				o.take(&items[i])
			}
		}
	}
	return nil
}

type overdue struct {
	at map[record.Party][]OverdueTask
	*task.Standing
}

// take notes an overdue item at its party and at those of the units below that have not done it:
// the same as asking for the item of each, without measuring every village once more.
func (o *overdue) take(i *task.Item) {
	o.add(i.Party, i, len(i.Missing))
	below := map[record.Party]int{}
	for _, m := range i.Missing {
		if o.Owes(i.Demand, m) { // what is measured at it may be asked of somebody else
			below[m] = 0
		}
		town := record.Party{Unit: m.Unit.At(unit.LevelTown)}
		if m.Department == "" && m.Unit.Level() == unit.LevelVillage && i.Party.Unit != town.Unit && o.Owes(i.Demand, town) {
			below[town]++
		}
	}
	if i.Party.Unit.Level() == unit.LevelCounty {
		for _, who := range o.Answerable(i.Demand, i.Party.Unit) {
			switch {
			case i.Demand.Each == campaign.EachCounty:
				below[who] = 0
			case who.Department != "" && i.Demand.Each != campaign.EachDepartment:
				below[who] = len(i.Missing)
			}
		}
	}
	for _, p := range slices.SortedFunc(maps.Keys(below), byCode) {
		if !o.exempt(i, p) {
			o.add(p, i, below[p])
		}
	}
}

func (o *overdue) exempt(i *task.Item, p record.Party) bool {
	for _, from := range []date.Date{i.Period.From, {}} {
		if _, ok := o.Exempt[task.Point{Duty: i.Duty.Key, Demand: i.Demand.Key, Party: p, From: from}]; ok {
			return true
		}
	}
	return false
}

// add notes one more period of a rule at a party.
func (o *overdue) add(p record.Party, i *task.Item, missing int) {
	list := o.at[p]
	for n := range list {
		if list[n].Demand == i.Demand {
			list[n].Period, list[n].Missing = i.Period, missing
			list[n].Periods++
			return
		}
	}
	o.at[p] = append(list, OverdueTask{Duty: i.Duty, Demand: i.Demand, Period: i.Period, Periods: 1, Missing: missing})
}

// overduePoints are those of the parties that answer for tasks just below the page's unit: of a
// city its counties, of a county its departments and towns, of a town its villages.
func (d *Stands) overduePoints(r *campaign.PointRule) []Point {
	var list []Point
	for _, p := range slices.SortedFunc(maps.Keys(d.Overdue), byCode) {
		if p.Department == "" && !d.isChild(p.Unit) {
			continue
		}
		if p.Department != "" && d.Unit.Level() < unit.LevelCounty {
			continue
		}
		list = append(list, Point{Rule: r, Party: p, Figure: Figure{int64(len(d.Overdue[p])), 1}})
	}
	return list
}

func (d *Stands) isChild(code unit.Code) bool {
	if code == d.Unit.Code {
		return d.Unit.Level() == unit.LevelVillage
	}
	above, ok := d.Tree.Parent(code)
	return ok && above.Code == d.Unit.Code
}

// byCode orders departments before units, and both as they are listed.
func byCode(x, y record.Party) int {
	if (x.Department == "") != (y.Department == "") {
		if x.Department != "" {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Department, y.Department))
}

func sorted[V any](m map[unit.Code]V) []unit.Code { return slices.Sorted(maps.Keys(m)) }
