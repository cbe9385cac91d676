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
}

// measure is the state of a demand at the party it is measured at.
func (f *Facts) measure(d *campaign.Duty, x *campaign.Demand, p record.Party, period Period) Item {
	item := Item{Duty: d, Demand: x, Party: p, Period: period}
	if reason, ok := f.Exempt.reason(d.Key, x.Key, p, period.From); ok {
		item.State, item.Reason = NotApplicable, reason
		return item
	}
	if f.Day.Before(period.From) {
		item.State = NotYet
		return item
	}
	if !f.applies(x, p) {
		item.State, item.Reason = NotApplicable, x.Except
		return item
	}
	switch {
	case x.Reported:
		f.reported(&item)
	case x.Checks[0].Submitted:
		f.submitted(&item)
	default:
		f.checked(&item)
	}
	return item
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

// over tells whether the time of an item is over.
func (f *Facts) over(item *Item) bool { return !item.Period.To.IsZero() && f.Day.After(item.Period.To) }

// checked is an item whose checks are over records and the ledger. What was done after the last
// day counts, late, where something is wanted once; of several periods each stands for itself.
func (f *Facts) checked(item *Item) {
	x, over := item.Demand, f.over(item)
	last := f.Day
	if over {
		last = item.Period.To
	}
	f.prove(item, last)
	if on, ok := f.all(item, last); ok {
		item.State, item.On = Done, on
		return
	}
	if over && x.Every == campaign.Once {
		last = f.Day
		if on, ok := f.all(item, last); ok {
			item.State, item.On = DoneLate, on
			f.prove(item, last)
			return
		}
	}
	item.State = InProgress
	if over {
		item.State = Overdue
	}
	for i := range x.Checks {
		c := &x.Checks[i]
		if _, ok := f.reached(item, c, last); ok {
			continue
		}
		lack := Lack{Says: c.Says, Want: f.least(item, c), Column: c.Column}
		if c.Tally != nil {
			lack.Record = c.Tally.Record
			lack.Have = f.Done.Amount(item.Party, c.Tally, item.Period.From, last)
		}
		item.Lacks = append(item.Lacks, lack)
	}
}

// all is the day by which every check held.
func (f *Facts) all(item *Item, last date.Date) (on date.Date, ok bool) {
	for i := range item.Demand.Checks {
		day, ok := f.reached(item, &item.Demand.Checks[i], last)
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
func (f *Facts) reached(item *Item, c *campaign.Check, last date.Date) (on date.Date, ok bool) {
	if c.Tally != nil {
		on, ok = f.Done.Reached(item.Party, c.Tally, item.Period.From, last, f.least(item, c))
	}
	if day, shown := f.Rows.shown(item.Party.Unit, c, last); shown && (!ok || day.Before(on)) {
		return day, true
	}
	return on, ok
}

// least is how much a check wants: the county's share of the quota where the check says so.
func (f *Facts) least(item *Item, c *campaign.Check) int64 {
	if !c.Share {
		return c.AtLeast
	}
	quota, _ := f.Pack.Quota(item.Demand.Quota)
	share, _ := quota.Share(county(item.Party))
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

// submitted is an item that wants the week's report to have been submitted: the ledger itself
// says whether it was in time.
func (f *Facts) submitted(item *Item) {
	s := f.Rows.submitted(item.Party.Unit, item.Period.To)
	lack := Lack{Says: item.Demand.Checks[0].Says, Want: 1}
	switch {
	case s.state == ledger.Waived:
		item.State, item.Reason = NotApplicable, waived
		return
	case s.state == ledger.OnTime:
		item.State, item.On = Done, s.day
		return
	case s.state == ledger.Late:
		item.State, item.On = DoneLate, s.day
		return
	case s.state == ledger.Missing, f.over(item):
		item.State = Overdue
	default:
		item.State = InProgress
	}
	item.Lacks = []Lack{lack}
}

// waived is why a week's report is not wanted.
const waived = "本周免报"

// reported is an item that no record can show.
func (f *Facts) reported(item *Item) {
	over := f.over(item)
	last, confirmed := f.Reports.find(Point{item.Duty.Key, item.Demand.Key, item.Party, item.Period.From}, f.Day)
	item.Report = last
	if confirmed != nil {
		item.State, item.On, item.Report = Done, confirmed.Day, confirmed
		if !item.Period.To.IsZero() && confirmed.Day.After(item.Period.To) {
			item.State = DoneLate
		}
		return
	}
	item.State = InProgress
	if over {
		item.State = Overdue
	}
	item.Lacks = []Lack{{Says: item.Demand.Says, Want: 1}}
}
