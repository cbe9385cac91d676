package record

import (
	"slices"
	"sort"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/week"
)

// weeks are the campaign's weeks, by their place from 0; a place beyond the last is never.
type weeks struct {
	due      []date.Date
	deadline []time.Time
}

func newWeeks(c *week.Calendar) weeks {
	var w weeks
	for n := 1; ; n++ {
		wk, ok := c.Number(n)
		if !ok {
			return w
		}
		w.due, w.deadline = append(w.due, wk.Due), append(w.deadline, wk.Deadline)
	}
}

// of is the place of the week that is due on a day.
func (w weeks) of(due date.Date) (int, bool) {
	return slices.BinarySearchFunc(w.due, due, date.Date.Compare)
}

// known is the first week by whose deadline something entered at t was known.
func (w weeks) known(t time.Time) int {
	return sort.Search(len(w.deadline), func(i int) bool { return !w.deadline[i].Before(t) })
}

// happened is the first week by whose due day a day had come.
func (w weeks) happened(day date.Date) int {
	return sort.Search(len(w.due), func(i int) bool { return !w.due[i].Before(day) })
}

// over is the first week whose due day lies behind a day; never for no day.
func (w weeks) over(day date.Date) int {
	if day.IsZero() {
		return len(w.due)
	}
	return sort.Search(len(w.due), func(i int) bool { return w.due[i].After(day) })
}

// span is the weeks [from, to) for which a version counts.
type span struct{ from, to int }

func (s span) empty() bool { return s.from >= s.to }

// span gives the weeks for which a version counts, next being the decided version that replaced
// it, nil for none: from the first by which it had happened and was known, until its end is past or its
// replacement was known.
func (w weeks) span(kind *campaign.RecordKind, v, next *Version) span {
	if v.Status == Withdrawn || kind.Approval && v.Status != Approved {
		return span{}
	}
	s := span{max(w.known(v.At), w.happened(v.Day)), len(w.due)}
	if kind.Span {
		s.to = w.over(v.Until)
	}
	if next != nil {
		s.to = min(s.to, w.known(next.At))
	}
	return s
}
