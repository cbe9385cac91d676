package dispatch

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Stands is how a unit and all below it stand in a week: every village, and every point.
type Stands struct {
	Unit     unit.Unit
	Week     week.Week
	At       time.Time // of a week that is over the end of its due day, else now
	Day      date.Date // of At: the tasks are those of this day
	Live     bool      // the week is not over
	Tree     *unit.Tree
	Villages []Village // in code order, virtual areas with them
	Points   []Point   // by rule, then by code
	Overdue  map[record.Party][]OverdueTask
	Log      *Log // as it stood at At, of a city's all counties one after another

	rules  *campaign.Dispatch
	sheet  *ledger.Sheet
	byRule map[string][]Point
	now    []*Log // as they stand now
}

// week is a week that has begun; no day is the current one.
func (s *Service) week(due date.Date) (week.Week, error) {
	c := s.Pack.Calendar()
	if due.IsZero() {
		return c.Current(s.Today()), nil
	}
	w, ok := c.Week(due)
	if !ok {
		return w, ledger.ErrNoWeek.With("day", due.String())
	}
	if s.Today().Before(w.Opens) {
		return w, ErrNoWeek.With("day", w.Opens.ShortChinese())
	}
	return w, nil
}

// farthest is how many weeks back what lasts is followed.
const farthest = 26

// stands reckons a unit's week. Who may ask for it has been checked, or is by the ledger.
func (s *Service) stands(ctx context.Context, a access.Actor, p record.Party, w week.Week) (*Stands, error) {
	rules, err := s.Rules()
	if err != nil {
		return nil, err
	}
	of := p.Unit
	sheet, err := s.Ledger.Sheet(ctx, a, of, w.Due)
	if err != nil {
		return nil, err
	}
	u, _ := sheet.Tree.Unit(of)
	d := &Stands{Unit: u, Week: w, At: s.clock(), Tree: sheet.Tree, Live: true, rules: rules, sheet: sheet}
	if end := w.Due.Add(1).In(s.Pack.Spec().Location).Add(-time.Millisecond); end.Before(d.At) {
		d.At, d.Live = end, false
	}
	d.Day = date.FromTime(d.At)
	if err := s.readVillages(ctx, a, d); err != nil {
		return nil, err
	}
	if err := s.readLogs(ctx, d); err != nil {
		return nil, err
	}
	if err := s.readOverdue(ctx, a, d); err != nil {
		return nil, err
	}
	d.gather(s.Pack.Ledger)
	return d, nil
}

// readVillages follows every village back through the sheets, as far as any of them needs.
func (s *Service) readVillages(ctx context.Context, a access.Actor, d *Stands) error {
	index := map[unit.Code]int{}
	for i, v := range d.Tree.Villages(d.Unit.Code) {
		d.Villages = append(d.Villages, Village{Unit: v})
		index[v.Code] = i
	}
	walks := make([]*walk, len(d.Villages))
	open := len(walks)
	for i := range walks {
		walks[i] = newWalk(s.Pack.Ledger, d.rules, &d.Villages[i])
	}
	sheet := d.sheet
	for n := 0; open > 0; n++ {
		for _, r := range sheet.Rows(d.Unit.Code, d.At) {
			i, ok := index[r.Village.Code]
			if !ok || walks[i] == nil {
				continue
			}
			if n == 0 {
				d.Villages[i].State = stateAt(sheet, &r, d.At)
			}
			if !walks[i].take(entry(sheet, &r, d.At), r.Carried) {
				walks[i].done()
				walks[i] = nil
				open--
			}
		}
		previous, ok := s.Pack.Calendar().Previous(sheet.Week)
		if !ok || n == farthest {
			break
		}
		var err error
		if sheet, err = s.Ledger.Sheet(ctx, access.Operator("", d.Unit.Code), d.Unit.Code, previous.Due); err != nil {
			if p, known := problem.Of(err); known && p.Code == ledger.ErrNoVillage.Code {
				break // the unit was another then
			}
			return err
		}
	}
	for i := range walks {
		if walks[i] != nil {
			walks[i].done()
		}
		if v := &d.Villages[i]; v.Values == nil {
			var err error
			if v.Values, v.SealedIn, err = s.Ledger.LastSealed(ctx, v.Unit.Code, d.Week.Due); err != nil {
				return err
			}
		}
	}
	return nil
}

// stateAt is where a village's report stood at an instant that may be past.
func stateAt(sheet *ledger.Sheet, r *ledger.RowState, at time.Time) ledger.State {
	if r.Chain.First <= at.UnixMilli() {
		return r.State
	}
	due := sheet.Due(r.Village.Code)
	due.Waived = due.Waived || r.Village.Kind == unit.Virtual
	return ledger.Chain{}.State(due, at)
}

func entry(sheet *ledger.Sheet, r *ledger.RowState, at time.Time) Entry {
	e := Entry{Week: sheet.Week.Due, Sealed: r.Sealed}
	switch stateAt(sheet, r, at) {
	case ledger.OnTime, ledger.Late, ledger.StateReturned:
		e.Own, e.Over = true, true
	case ledger.Missing:
		e.Over = true
	case ledger.Waived:
		e.Waived = true
	}
	return e
}

// readLogs puts the logs of the unit's counties together, as they stood and as they stand.
func (s *Service) readLogs(ctx context.Context, d *Stands) error {
	d.Log = Fold(nil, time.Time{})
	for _, county := range s.counties(d.Tree, d.Unit.Code) {
		events, err := s.events(ctx, county)
		if err != nil {
			return err
		}
		now := Fold(events, time.Time{})
		then := now
		if !d.Live {
			then = Fold(events, d.At)
		}
		d.now = append(d.now, now)
		d.Log.join(then)
	}
	return nil
}

// join adds another county's log behind.
func (l *Log) join(m *Log) {
	for key, i := range m.open {
		l.open[key] = len(l.Items) + i
	}
	for id, i := range m.items {
		l.items[id] = len(l.Items) + i
	}
	for id, i := range m.requests {
		l.requests[id] = len(l.Requests) + i
	}
	l.Items = append(l.Items, m.Items...)
	l.Requests = append(l.Requests, m.Requests...)
}

// gather lists the points.
func (d *Stands) gather(form *campaign.Form) {
	d.byRule = map[string][]Point{}
	for i := range d.Villages {
		for _, p := range d.Villages[i].points(form, d.rules) {
			d.byRule[p.Rule.Key] = append(d.byRule[p.Rule.Key], p)
		}
	}
	asked := map[unit.Code]int64{}
	for i := range d.Log.Requests {
		if r := &d.Log.Requests[i]; r.Stands() && d.Unit.Code.Contains(r.Party.Unit) {
			asked[r.Party.Unit]++
		}
	}
	for i := range d.rules.Points {
		switch r := &d.rules.Points[i]; r.Kind {
		case campaign.PointOverdue:
			d.byRule[r.Key] = d.overduePoints(r)
		case campaign.PointAsked:
			for _, code := range sorted(asked) {
				d.byRule[r.Key] = append(d.byRule[r.Key], Point{Rule: r, Party: record.Party{Unit: code}, Figure: Figure{asked[code], 1}})
			}
		}
		d.Points = append(d.Points, d.byRule[d.rules.Points[i].Key]...)
	}
}

// Figure is how large a kind of points is at a party: of a unit with all below it. ok is false
// where the page does not reach the party.
func (d *Stands) Figure(rule string, p record.Party) (f Figure, ok bool) {
	r, known := d.rules.Rule(rule)
	if !known || !d.Unit.Code.Contains(p.Unit) && !(p.Department != "" && d.Unit.Code == p.Unit) {
		return Figure{}, false
	}
	if r.Kind == campaign.PointOverdue {
		n := len(d.Overdue[p])
		return Figure{int64(n), min(n, 1)}, true
	}
	for _, one := range d.byRule[rule] {
		if p.Department != "" || !p.Unit.Contains(one.Party.Unit) {
			continue
		}
		f.Units++
		if Lasts(r) {
			f.Amount = max(f.Amount, one.Figure.Amount)
		} else {
			f.Amount += one.Figure.Amount
		}
	}
	return f, true
}

// Lasts tells whether a kind of points is measured in weeks, which are not added up.
func Lasts(r *campaign.PointRule) bool {
	return r.Kind == campaign.PointStuck || r.Kind == campaign.PointSilent
}
