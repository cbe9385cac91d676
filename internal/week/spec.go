package week

import (
	"errors"
	"fmt"
	"time"
	_ "time/tzdata" // the deadline must not depend on the zone files of the machine

	"github.com/sangzi/sangzi/internal/date"
)

// Year is the table of one year's statutory holidays and of the extra working days (调休)
// that pay for them, as the State Council announces it each autumn.
type Year struct {
	Off     []date.Date // days off, weekends among them included or not
	Working []date.Date // Saturdays and Sundays that are worked
}

// Spec is what a campaign says about its weeks.
type Spec struct {
	Since    date.Date      // the first day that counts for the first week; zero: First
	First    date.Date      // the first due day, a week of its own; must be a working day
	Weekday  time.Weekday   // the due weekday after the first report
	Due      string         // time of day of the deadline, "17:30"
	Location *time.Location // the zone of the deadline
	Years    map[int]Year   // holidays by year; a year without a table has only weekends
	Last     date.Date      // no week is due after this day; zero: open
}

// deadline reads Due as hours and minutes.
func (s Spec) deadline() (hour, minute int, err error) {
	t, err := time.Parse("15:04", s.Due)
	if err != nil {
		return 0, 0, fmt.Errorf("week: due time %q is not like 17:30", s.Due)
	}
	return t.Hour(), t.Minute(), nil
}

// check finds what is wrong with a specification, all of it.
func (s Spec) check() error {
	var errs []error
	add := func(format string, args ...any) { errs = append(errs, fmt.Errorf("week: "+format, args...)) }
	if s.First.IsZero() {
		add("no first due day")
	}
	if s.Location == nil {
		add("no location")
	}
	if s.Weekday < time.Sunday || s.Weekday > time.Saturday {
		add("no weekday %d", s.Weekday)
	}
	if _, _, err := s.deadline(); err != nil {
		errs = append(errs, err)
	}
	if !s.Last.IsZero() && s.Last.Before(s.First) {
		add("last day %v is before the first due day %v", s.Last, s.First)
	}
	if s.Since.After(s.First) {
		add("counting since %v, after the first due day %v", s.Since, s.First)
	}
	for year, table := range s.Years {
		off := map[date.Date]bool{}
		for _, d := range table.Off {
			off[d] = true
		}
		for _, d := range append(append([]date.Date{}, table.Off...), table.Working...) {
			if d.Year() != year {
				add("%v stands in the table of %d", d, year)
			}
		}
		for _, d := range table.Working {
			if off[d] {
				add("%v is both off and a working day", d)
			}
		}
	}
	return errors.Join(errs...)
}
