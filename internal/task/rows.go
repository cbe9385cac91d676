package task

import (
	"maps"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Rows is what the weekly ledger says at an instant, as tasks read it: of each village and week
// which checks its row shows, and how towns and counties submitted. It never changes; with makes
// the next one of it. The zero Rows says nothing.
type Rows struct {
	form     *campaign.Form
	marks    map[mark]int
	villages map[unit.Code][]row // by village, the earliest week first
	offices  map[date.Date]map[unit.Code]officeWeek
	now      time.Time
	today    date.Date // of now

	own map[unit.Code]bool // villages whose list nobody else reads, while weeks are put in
}

// mark is a check over a column: what of a row has to be known.
type mark struct {
	column, of       string
	percent, atLeast int64
}

func markOf(c *campaign.Check) mark { return mark{c.Column, c.Of, c.Percent, c.AtLeast} }

// row is a village's row of a week.
type row struct {
	due, day date.Date // day: when it was reported, at the latest the day it was due
	first    date.Date // when it was first reported; zero for one carried along
	shows    marks
}

// marks are those that a row shows, a bit each; a pack has no more.
type marks [campaign.MaxColumnChecks / 64]uint64

func (m *marks) has(bit int) bool { return m[bit/64]&(1<<(bit%64)) != 0 }

// officeWeek is a town's or a county's week.
type officeWeek struct {
	chain ledger.Chain
	due   ledger.Due
}

type sent struct {
	state ledger.State
	day   date.Date // when it was first submitted; zero: never
}

// newRows makes rows of no week, for the checks that will be asked about.
func newRows(form *campaign.Form, checks []*campaign.Check) *Rows {
	r := &Rows{form: form, marks: map[mark]int{}, villages: map[unit.Code][]row{}, offices: map[date.Date]map[unit.Code]officeWeek{}}
	for _, c := range checks {
		if _, known := r.marks[markOf(c)]; c.Column != "" && !known {
			r.marks[markOf(c)] = len(r.marks)
		}
	}
	return r
}

// at is the same rows asked at another instant.
func (r *Rows) at(now time.Time) *Rows {
	next := *r
	next.now, next.today = now, date.FromTime(now)
	return &next
}

// day is the day of an instant in milliseconds.
func (r *Rows) day(ms int64) date.Date { return date.FromTime(time.UnixMilli(ms).In(r.now.Location())) }

// clone is rows of which with may change the maps.
func (r *Rows) clone() *Rows {
	next := *r
	next.villages, next.offices, next.own = maps.Clone(r.villages), maps.Clone(r.offices), map[unit.Code]bool{}
	return &next
}

// with puts a week's sheet in the place of what was known of that week, for a county and all
// below it. What has not changed is not touched.
func (r *Rows) with(sheet *ledger.Sheet, county unit.Code) {
	due := sheet.Week.Due
	seen := map[unit.Code]bool{}
	for _, state := range sheet.Rows(county, r.now) {
		code := state.Village.Code
		seen[code] = true
		if state.Values == nil || state.State == ledger.StateReturned {
			r.put(code, due, nil)
			continue
		}
		x := row{due: due, day: due, shows: r.shows(state.Values)}
		if state.Chain.First != 0 {
			if x.first = r.day(state.Chain.First); x.first.Before(due) {
				x.day = x.first
			}
		}
		r.put(code, due, &x)
	}
	for code := range r.villages {
		if !seen[code] {
			r.put(code, due, nil)
		}
	}
	offices := map[unit.Code]officeWeek{}
	for _, code := range append(codesOf(sheet.Tree.Towns(county)), county) {
		o := sheet.Office(code, r.now)
		offices[code] = officeWeek{o.Chain, o.Due}
	}
	r.offices[due] = offices
}

// without forgets a week.
func (r *Rows) without(due date.Date) {
	for code := range r.villages {
		r.put(code, due, nil)
	}
	delete(r.offices, due)
}

func codesOf(units []unit.Unit) []unit.Code {
	codes := make([]unit.Code, len(units))
	for i := range units {
		codes[i] = units[i].Code
	}
	return codes
}

// put puts a village's row of a week in its place; nil takes it out. Others may be reading the
// list: it is made anew.
func (r *Rows) put(village unit.Code, due date.Date, x *row) {
	list := r.villages[village]
	i, found := slices.BinarySearchFunc(list, due, func(a row, d date.Date) int { return a.due.Compare(d) })
	if !found && x == nil || found && x != nil && list[i] == *x {
		return
	}
	if !r.own[village] {
		list = append(make([]row, 0, len(list)+1), list...)
		if r.own != nil {
			r.own[village] = true
		}
	}
	switch {
	case x == nil:
		list = slices.Delete(list, i, i+1)
	case found:
		list[i] = *x
	default:
		list = slices.Insert(list, i, *x)
	}
	r.villages[village] = list
}

func (r *Rows) shows(values ledger.Values) (bits marks) {
	for m, bit := range r.marks {
		if r.holds(values, m) {
			bits[bit/64] |= 1 << (bit % 64)
		}
	}
	return bits
}

// shown is the first day, up to a day, on which a village's row shows a check.
func (r *Rows) shown(village unit.Code, c *campaign.Check, to date.Date) (date.Date, bool) {
	if r == nil || c.Column == "" {
		return date.Date{}, false
	}
	bit := r.marks[markOf(c)]
	for i := range r.villages[village] {
		if x := &r.villages[village][i]; x.shows.has(bit) && !x.day.After(to) && !x.first.After(r.today) {
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
	weeks := r.villages[village]
	for i := len(weeks) - 1; i >= 0; i-- {
		if x := &weeks[i]; !x.day.After(to) && !x.first.After(r.today) {
			return x.shows.has(r.marks[markOf(c)])
		}
	}
	return false
}

func (r *Rows) holds(values ledger.Values, m mark) bool {
	v := r.value(values, m.column)
	if v == ledger.Empty || v < 1 {
		return false
	}
	if m.of == "" {
		return int64(v) >= m.atLeast
	}
	of := r.value(values, m.of)
	return of != ledger.Empty && int64(v)*100 >= int64(of)*m.percent
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
	o, ok := r.offices[due][of]
	if !ok {
		return sent{}
	}
	if o.chain.First != 0 {
		if first := r.day(o.chain.First); !first.After(r.today) {
			return sent{o.chain.State(o.due, r.now), first}
		}
		return sent{state: ledger.Chain{}.State(o.due, r.now)} // submitted since
	}
	return sent{state: o.chain.State(o.due, r.now)}
}
