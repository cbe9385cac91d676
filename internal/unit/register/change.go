package register

import (
	"slices"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Verb names what is done, in audits and URLs.
type Verb string

// The verbs.
const (
	Rename  Verb = "rename"
	Add     Verb = "add"
	Abolish Verb = "abolish"
	Merge   Verb = "merge"
	Split   Verb = "split"
	Move    Verb = "move"
)

// Verbs lists them.
func Verbs() []Verb { return []Verb{Rename, Merge, Split, Abolish, Add, Move} }

// Change is the input of one of the verbs.
type Change interface {
	// Verb is what is done.
	Verb() Verb
	// when is the day from which it holds, and how many reported weeks the caller knows it
	// touches.
	when() (day date.Date, seen int)
	// units is every unit named, old and new; the first is the one the audit speaks of.
	units() []unit.Code
	apply(r *unit.Registry) (*unit.Registry, unit.Changes, error)
}

// On is the day from which a change holds. Seen is how many reported weeks on or after that
// day the caller knows the change to touch, as the preview has told him; when there are more
// the change is refused with ErrTouches.
type On struct {
	Day  date.Date
	Seen int
}

func (o On) when() (date.Date, int) { return o.Day, o.Seen }

// farDays is how far from today a change may be dated.
const farDays = 3 * 366

// checkDay refuses days that are a slip of the pen, and changes of the past under a later one.
func checkDay(r *unit.Registry, c Change, today date.Date) error {
	day, _ := c.when()
	if day.IsZero() {
		return unit.ErrNoDay
	}
	if n := day.Sub(today); n > farDays || n < -farDays {
		return ErrFarDay.With("day", day)
	}
	if !day.Before(today) {
		return nil
	}
	for _, code := range c.units() {
		for _, span := range r.History(code) {
			for _, later := range []date.Date{span.From, span.To} {
				if later.After(day) {
					return ErrLater.With("name", span.Name).With("day", later)
				}
			}
		}
	}
	return nil
}

// spoken is days as people are told them: 3月29日、4月3日.
func spoken(days []date.Date) []string {
	list := make([]string, len(days))
	for i, d := range days {
		list[i] = d.ShortChinese()
	}
	return list
}

// unionDays merges lists of days in order.
func unionDays(a, b []date.Date) []date.Date {
	all := slices.Concat(a, b)
	slices.SortFunc(all, date.Date.Compare)
	return slices.Compact(all)
}
