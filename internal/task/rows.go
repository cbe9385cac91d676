package task

import (
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Rows is what the weekly ledger says, as tasks read it: every row of the villages asked about,
// week after week, and how towns and counties submitted. The zero Rows says nothing.
type Rows struct {
	form  *campaign.Form
	weeks map[unit.Code][]row // by village, the earliest week first
	sent  map[sentKey]sent
}

// row is a village's row of a week.
type row struct {
	day    date.Date // when it was reported, at the latest the day it was due
	values ledger.Values
}

type sentKey struct {
	of  unit.Code
	due date.Date
}

type sent struct {
	state ledger.State
	day   date.Date // when it was first submitted; zero: never
}

// ReadRows reads the sheets of the weeks up to an instant, of a unit and all below it.
func ReadRows(form *campaign.Form, sheets []*ledger.Sheet, of unit.Code, now time.Time) *Rows {
	r := &Rows{form: form, weeks: map[unit.Code][]row{}, sent: map[sentKey]sent{}}
	at := func(ms int64) date.Date { return date.FromTime(time.UnixMilli(ms).In(now.Location())) }
	today := date.FromTime(now)
	for _, sheet := range sheets {
		due := sheet.Week.Due
		for _, state := range sheet.Rows(of, now) {
			if state.Values == nil || state.State == ledger.StateReturned || at(state.Chain.First).After(today) {
				continue
			}
			x := row{day: due, values: state.Values}
			if state.Chain.First != 0 && at(state.Chain.First).Before(due) {
				x.day = at(state.Chain.First)
			}
			r.weeks[state.Village.Code] = append(r.weeks[state.Village.Code], x)
		}
		offices := []unit.Code{of.At(unit.LevelCounty)}
		if of.Level() == unit.LevelCounty {
			for _, town := range sheet.Tree.Towns(of) {
				offices = append(offices, town.Code)
			}
		} else {
			offices = append(offices, of.At(unit.LevelTown))
		}
		for _, code := range offices {
			office := sheet.Office(code, now)
			s := sent{state: office.State}
			switch first := at(office.Chain.First); {
			case office.Chain.First == 0:
			case !first.After(today):
				s.day = first
			default: // submitted since
				s.state = ledger.Chain{}.State(office.Due, now)
			}
			r.sent[sentKey{code, due}] = s
		}
	}
	return r
}

// shown is the first day, up to a day, on which a village's row shows a check.
func (r *Rows) shown(village unit.Code, c *campaign.Check, to date.Date) (date.Date, bool) {
	if r == nil || c.Column == "" {
		return date.Date{}, false
	}
	for _, x := range r.weeks[village] {
		if !x.day.After(to) && r.holds(x.values, c) {
			return x.day, true
		}
	}
	return date.Date{}, false
}

// stands tells whether the last row up to a day shows a check.
func (r *Rows) stands(village unit.Code, c *campaign.Check, to date.Date) bool {
	if r == nil || c.Column == "" {
		return false
	}
	weeks := r.weeks[village]
	for i := len(weeks) - 1; i >= 0; i-- {
		if !weeks[i].day.After(to) {
			return r.holds(weeks[i].values, c)
		}
	}
	return false
}

func (r *Rows) holds(values ledger.Values, c *campaign.Check) bool {
	v := r.value(values, c.Column)
	if v == ledger.Empty || v < 1 {
		return false
	}
	if c.Of == "" {
		return int64(v) >= c.AtLeast
	}
	of := r.value(values, c.Of)
	return of != ledger.Empty && int64(v)*100 >= int64(of)*c.Percent
}

func (r *Rows) value(values ledger.Values, column string) ledger.Value {
	i, ok := r.form.ColumnIndex(column)
	if !ok || i >= len(values) {
		return ledger.Empty
	}
	return values[i]
}

// submitted is how a unit's report of the week due on a day was submitted.
func (r *Rows) submitted(of unit.Code, due date.Date) sent {
	if r == nil {
		return sent{}
	}
	return r.sent[sentKey{of, due}]
}
