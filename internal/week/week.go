// Package week is the reporting calendar of a campaign: which days are due days, when their
// deadline falls and what week a day belongs to. It owns the rule that moves a due day before
// a holiday. It knows no clock, no database and no campaign: today is always an argument.
package week

import (
	"time"

	"github.com/sangzi/sangzi/internal/date"
)

// Week is one reporting week, identified by its due day.
type Week struct {
	No       int       // counted from 1 in the campaign; weeks left out take no number
	Due      date.Date // the day the report is due: a working day
	Nominal  date.Date // the weekday the notice names, before moving for holidays
	Deadline time.Time // the last instant of reporting in time, in the calendar's zone
	Opens    date.Date // the first day that counts for this week: the day after the previous due day
}

// Contains tells whether the day lies in the week: from Opens to Due, both included.
func (w Week) Contains(day date.Date) bool {
	return !day.Before(w.Opens) && !day.After(w.Due)
}

// IsZero tells whether w is no week.
func (w Week) IsZero() bool { return w.Due.IsZero() }
