package week

import (
	"fmt"
	"sort"
	"time"

	"github.com/sangzi/sangzi/internal/date"
)

// horizon is how many years of weeks an open calendar has. Campaigns run for one year or a
// few; beyond the horizon Current stays at the last week.
const horizon = 20

// Calendar is the list of a campaign's weeks. It never changes once made and may be used by
// many goroutines.
type Calendar struct {
	weeks []Week
	byDue map[date.Date]int
	off   map[date.Date]bool
	work  map[date.Date]bool
	known map[int]bool
}

// New makes the calendar; the error names everything that is wrong with the specification.
//
// The first week is due on First. After it every Weekday F names a week that is due on the
// last working day of the seven days ending with F. A week without a working day is left
// out, and so is one whose due day would not lie after the due day before it.
func New(spec Spec) (*Calendar, error) {
	if err := spec.check(); err != nil {
		return nil, err
	}
	c := &Calendar{
		byDue: map[date.Date]int{}, off: map[date.Date]bool{}, work: map[date.Date]bool{}, known: map[int]bool{},
	}
	for year, table := range spec.Years {
		c.known[year] = true
		for _, d := range table.Off {
			c.off[d] = true
		}
		for _, d := range table.Working {
			c.work[d] = true
		}
	}
	if !c.Workday(spec.First) {
		return nil, fmt.Errorf("week: the first due day %v is not a working day", spec.First)
	}
	if err := c.fill(spec); err != nil {
		return nil, err
	}
	return c, nil
}

// fill lists the weeks from the first to the last day or the horizon.
func (c *Calendar) fill(spec Spec) error {
	hour, minute, err := spec.deadline()
	if err != nil {
		return err
	}
	opens := spec.Since
	if opens.IsZero() {
		opens = spec.First
	}
	add := func(due, nominal date.Date) {
		deadline := time.Date(due.Year(), due.Month(), due.Day(), hour, minute, 0, 0, spec.Location)
		c.byDue[due] = len(c.weeks)
		c.weeks = append(c.weeks, Week{
			No: len(c.weeks) + 1, Due: due, Nominal: nominal, Deadline: deadline, Opens: opens,
		})
		opens = due.Add(1)
	}
	add(spec.First, spec.First)

	last := spec.Last
	if last.IsZero() {
		last = date.Of(spec.First.Year()+horizon, 12, 31)
	}
	ahead := (int(spec.Weekday) - int(spec.First.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	for nominal := spec.First.Add(ahead); ; nominal = nominal.Add(7) {
		due, ok := c.lastWorkday(nominal)
		if nominal.Add(-6).After(last) {
			return nil
		}
		if ok && due.After(c.weeks[len(c.weeks)-1].Due) && !due.After(last) {
			add(due, nominal)
		}
	}
}

// lastWorkday is the last working day of the seven days that end with nominal.
func (c *Calendar) lastWorkday(nominal date.Date) (date.Date, bool) {
	for back := range 7 {
		if d := nominal.Add(-back); c.Workday(d) {
			return d, true
		}
	}
	return date.Date{}, false
}

// Workday tells whether offices work on the day: Monday to Friday save days off, and the
// Saturdays and Sundays listed as worked.
func (c *Calendar) Workday(d date.Date) bool {
	switch {
	case c.off[d]:
		return false
	case c.work[d]:
		return true
	}
	wd := d.Weekday()
	return wd != time.Saturday && wd != time.Sunday
}

// Known tells whether the year's holidays are in the table. Weeks of other years are
// provisional: they know only weekends.
func (c *Calendar) Known(year int) bool { return c.known[year] }

// Week finds the week that is due on the day; other days are no week.
func (c *Calendar) Week(due date.Date) (Week, bool) {
	i, ok := c.byDue[due]
	if !ok {
		return Week{}, false
	}
	return c.weeks[i], true
}

// Number finds a week by its number, counted from 1.
func (c *Calendar) Number(n int) (Week, bool) {
	if n < 1 || n > len(c.weeks) {
		return Week{}, false
	}
	return c.weeks[n-1], true
}

// Current is the week a day works towards: the first one due on the day or after it. Before
// the campaign it is the first week, after its end the last.
func (c *Calendar) Current(today date.Date) Week {
	i := c.from(today)
	if i == len(c.weeks) {
		i--
	}
	return c.weeks[i]
}

// from is the index of the first week due on the day or after it.
func (c *Calendar) from(day date.Date) int {
	return sort.Search(len(c.weeks), func(i int) bool { return !c.weeks[i].Due.Before(day) })
}

// Previous is the week before w; false at the first week and for a week of another calendar.
func (c *Calendar) Previous(w Week) (Week, bool) { return c.step(w, -1) }

// Next is the week after w; false at the last week and for a week of another calendar.
func (c *Calendar) Next(w Week) (Week, bool) { return c.step(w, 1) }

func (c *Calendar) step(w Week, by int) (Week, bool) {
	i, ok := c.byDue[w.Due]
	if !ok {
		return Week{}, false
	}
	return c.Number(i + 1 + by)
}

// Until lists the weeks due on the day or before it, in order.
func (c *Calendar) Until(day date.Date) []Week {
	n := c.from(day.Add(1))
	return append([]Week(nil), c.weeks[:n]...)
}
