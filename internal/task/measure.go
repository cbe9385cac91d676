package task

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Facts is all that the state of a task follows from, on a day.
type Facts struct {
	Pack        *campaign.Pack
	Duties      []campaign.Duty
	Tree        *unit.Tree // of the day
	Day         date.Date
	Done        *record.Days
	Rows        *Rows
	Reports     Reports
	Exempt      Exemptions
	Departments []string // of the county beside those that the pack names

	closed *closed // what is known of periods that are over; nil: nothing
}

// measure is a demand at the party it is measured at, with what is missing and what shows it.
func (f *Facts) measure(d *campaign.Duty, x *campaign.Demand, p record.Party, period Period) Item {
	item := Item{Duty: d, Demand: x, Party: p, Period: period}
	item.State, item.On, item.Reason = f.state(d, x, p, period)
	switch {
	case item.State == NotApplicable, item.State == NotYet:
	case x.Reported:
		f.reported(&item)
	case x.Checks[0].Submitted:
		if item.State.Owed() {
			item.Lacks = []Lack{{Says: x.Checks[0].Says, Want: 1}}
		}
	default:
		f.explain(&item)
	}
	return item
}

// state is where a demand stands at the party it is measured at: on which day it was done, and
// why it does not apply.
func (f *Facts) state(d *campaign.Duty, x *campaign.Demand, p record.Party, period Period) (state State, on date.Date, reason string) {
	if reason, ok := f.Exempt.reason(d.Key, x.Key, p, period.From); ok {
		return NotApplicable, on, reason
	}
	if f.Day.Before(period.From) {
		return NotYet, on, ""
	}
	if !f.applies(x, p) {
		return NotApplicable, on, x.Except
	}
	over := f.over(period)
	switch {
	case x.Reported:
		if _, confirmed := f.Reports.find(Point{d.Key, x.Key, p, period.From}, f.Day); confirmed != nil {
			if on = confirmed.Day; !period.To.IsZero() && on.After(period.To) {
				return DoneLate, on, ""
			}
			return Done, on, ""
		}
	case x.Checks[0].Submitted:
		return f.submitted(p, period)
	default:
		last := f.Day
		if over {
			last = period.To
		}
		if on, ok := f.all(x, p, period, last); ok {
			return Done, on, ""
		}
		if over && x.Every == campaign.Once {
			if on, ok := f.all(x, p, period, f.Day); ok {
				return DoneLate, on, ""
			}
		}
	}
	if over {
		return Overdue, on, ""
	}
	return InProgress, on, ""
}

// applies tells whether a demand applies to a party, as far as records and the ledger say.
func (f *Facts) applies(x *campaign.Demand, p record.Party) bool {
	for i := range x.Only {
		c := &x.Only[i]
		if c.Tally != nil && f.Done.Amount(p, c.Tally, f.Pack.Since, f.Day) >= c.AtLeast || f.Rows.stands(p.Unit, c, f.Day) {
			return true
		}
	}
	return len(x.Only) == 0
}

// over tells whether the time of a period is over.
func (f *Facts) over(p Period) bool { return !p.To.IsZero() && f.Day.After(p.To) }

// explain adds to an item whose checks are over records and the ledger what shows it and what is
// missing. What was done after the last day counts, late, where something is wanted once; of
// several periods each stands for itself.
func (f *Facts) explain(item *Item) {
	x, over := item.Demand, f.over(item.Period)
	last := f.Day
	if over && item.State != DoneLate {
		last = item.Period.To
	}
	f.prove(item, last)
	if item.State.Met() {
		return
	}
	if over && x.Every == campaign.Once {
		last = f.Day
	}
	for i := range x.Checks {
		c := &x.Checks[i]
		if _, ok := f.reached(x, c, item.Party, item.Period, last); ok {
			continue
		}
		lack := Lack{Says: c.Says, Want: f.least(x, c, item.Party), Column: c.Column}
		if c.Tally != nil {
			lack.Record = c.Tally.Record
			lack.Have = f.Done.Amount(item.Party, c.Tally, item.Period.From, last)
		}
		item.Lacks = append(item.Lacks, lack)
	}
}

// all is the day by which every check held.
func (f *Facts) all(x *campaign.Demand, p record.Party, period Period, last date.Date) (on date.Date, ok bool) {
	for i := range x.Checks {
		day, ok := f.reached(x, &x.Checks[i], p, period, last)
		if !ok {
			return date.Date{}, false
		}
		if day.After(on) {
			on = day
		}
	}
	return on, true
}

// reached is the day on which a check began to hold, by records or by the ledger, whichever
// shows it first.
func (f *Facts) reached(x *campaign.Demand, c *campaign.Check, p record.Party, period Period, last date.Date) (on date.Date, ok bool) {
	if c.Tally != nil {
		on, ok = f.Done.Reached(p, c.Tally, period.From, last, f.least(x, c, p))
	}
	if day, shown := f.Rows.shown(p.Unit, c, last); shown && (!ok || day.Before(on)) {
		return day, true
	}
	return on, ok
}

// least is how much a check wants: the county's share of the quota where the check says so.
func (f *Facts) least(x *campaign.Demand, c *campaign.Check, p record.Party) int64 {
	if !c.Share {
		return c.AtLeast
	}
	quota, _ := f.Pack.Quota(x.Quota)
	share, _ := quota.Share(county(p))
	return max(share.Amount, 1)
}

// prove names the records that show an item's checks.
func (f *Facts) prove(item *Item, last date.Date) {
	item.Proofs = item.Proofs[:0]
	for i := range item.Demand.Checks {
		c := &item.Demand.Checks[i]
		p := Proof{Says: c.Says, Party: item.Party, Own: c.Own, From: item.Period.From, To: last, Column: c.Column}
		if c.Tally != nil {
			p.Record, p.Where = c.Tally.Record, c.Tally.Where
		}
		item.Proofs = append(item.Proofs, p)
	}
}

// submitted is where the week's report stands: the ledger itself says whether it was in time.
func (f *Facts) submitted(p record.Party, period Period) (state State, on date.Date, reason string) {
	s := f.Rows.submitted(p.Unit, period.To)
	switch {
	case s.state == ledger.Waived:
		return NotApplicable, on, waived
	case s.state == ledger.OnTime:
		return Done, s.day, ""
	case s.state == ledger.Late:
		return DoneLate, s.day, ""
	case s.state == ledger.Missing, f.over(period):
		return Overdue, on, ""
	}
	return InProgress, on, ""
}

// waived is why a week's report is not wanted.
const waived = "本周免报"

// reported adds the report to an item that no record can show.
func (f *Facts) reported(item *Item) {
	last, confirmed := f.Reports.find(Point{item.Duty.Key, item.Demand.Key, item.Party, item.Period.From}, f.Day)
	if item.Report = last; confirmed != nil {
		item.Report = confirmed
		return
	}
	item.Lacks = []Lack{{Says: item.Demand.Says, Want: 1}}
}
