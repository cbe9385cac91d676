package notify

import (
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Debt is a unit that still owes a week, and the deadline that holds for it: the week's, its
// extension, or the time set when its report was given back.
type Debt struct {
	Unit     unit.Code
	Deadline time.Time
}

// Window is when a reminder may go to a unit with a deadline: from the first instant, before the
// second. It is empty when the two are not in this order.
func Window(r campaign.Reminder, w week.Week, deadline time.Time) (from, until time.Time) {
	switch r.Anchor {
	case campaign.AtDay:
		from = date.FromTime(deadline).Add(r.Days).In(deadline.Location()).Add(r.Time)
	case campaign.Before:
		from = deadline.Add(-r.Offset)
	case campaign.AfterEnd:
		from = deadline.Add(r.Offset)
	}
	until = from.Add(r.For)
	if r.Anchor != campaign.AfterEnd && until.After(deadline) {
		until = deadline
	}
	if opens := w.Opens.In(deadline.Location()); from.Before(opens) {
		from = opens
	}
	return from, until
}

// Due lists those of the debts to which a reminder is to go now: its time has come and is not
// over, and it has not gone to them before.
func Due(r campaign.Reminder, w week.Week, debts []Debt, sent map[unit.Code]bool, now time.Time) []Debt {
	var due []Debt
	for _, d := range debts {
		if d.Unit.Level() != r.To || sent[d.Unit] {
			continue
		}
		if from, until := Window(r, w, d.Deadline); !now.Before(from) && now.Before(until) {
			due = append(due, d)
		}
	}
	return due
}

// How an undelivered message is tried again: after one minute, two, four and so on, never longer
// than an hour, and not after the last attempt.
const (
	firstWait   = time.Minute
	longestWait = time.Hour
	MaxAttempts = 8
)

// Backoff is how long after the n-th attempt, counted from 1, the next one may be made.
func Backoff(n int) time.Duration {
	wait := firstWait
	for ; n > 1 && wait < longestWait; n-- {
		wait *= 2
	}
	return min(wait, longestWait)
}
