package task

import (
	"cmp"
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
)

// ahead is how many days before it begins a period is listed.
const ahead = 31

// periods of a demand as they are listed on the day: all that have begun, and what begins soon;
// of a bounded demand every one.
func (f *Facts) periods(x *campaign.Demand) []Period {
	until := f.Day.Add(ahead)
	if x.Before.After(until) {
		until = x.Before
	}
	return Periods(x, f.Pack.Calendar(), until)
}

// Of lists everything asked of a party, by task, demand and period. The county itself is shown
// every demand over all who answer for it.
func (f *Facts) Of(p record.Party) []Item {
	var list []Item
	for i := range f.Duties {
		list = append(list, f.DutyOf(&f.Duties[i], p)...)
	}
	return list
}

// DutyOf lists what one task asks of a party, by demand and period.
func (f *Facts) DutyOf(d *campaign.Duty, p record.Party) []Item {
	var list []Item
	for j := range d.Demands {
		x := &d.Demands[j]
		if !f.Owes(x, p) {
			continue
		}
		for _, period := range f.periods(x) {
			list = append(list, f.Item(d, x, p, period))
		}
	}
	return list
}

// Owed keeps of a list what is still to be done, in order of its last day; what has none comes
// last.
func Owed(list []Item) []Item {
	var owed []Item
	for _, i := range list {
		if i.State.Owed() {
			owed = append(owed, i)
		}
	}
	slices.SortStableFunc(owed, func(a, b Item) int { return cmp.Compare(lastDay(&a), lastDay(&b)) })
	return owed
}

func lastDay(i *Item) int {
	if i.Period.To.IsZero() {
		return date.Of(9999, 12, 31).Int()
	}
	return i.Period.To.Int()
}

// Counts is how many items are in each state.
type Counts map[State]int

// Count counts a list by state.
func Count(list []Item) Counts {
	c := Counts{}
	for i := range list {
		c[list[i].State]++
	}
	return c
}

// Total is how many there are to which something applies.
func (c Counts) Total() int {
	n := 0
	for state, k := range c {
		if state != NotApplicable {
			n += k
		}
	}
	return n
}

// Done is how many need nothing more.
func (c Counts) Done() int { return c[Done] + c[DoneLate] }
