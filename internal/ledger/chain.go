package ledger

import "time"

// Status is what a version of a row or of a submission says.
type Status string

// The statuses. Reported and Carried are of rows, Sealed and Reopened of submissions.
const (
	Reported Status = "reported" // the village's figures of this week, by itself or on its behalf
	Carried  Status = "carried"  // not reported: the town carried the last figures along, marked so
	Sealed   Status = "sealed"   // submitted upward, hashed, never changed
	Returned Status = "returned" // given back with a reason
	Reopened Status = "reopened" // a county's locked week opened again with a reason
)

// State is where a unit stands in a week. A (unit, week) is in exactly one.
type State string

// The states.
const (
	NotDue        State = "not_due"  // not reported yet, and there is still time
	Waived        State = "waived"   // need not report this week
	OnTime        State = "on_time"  // reported by the deadline, or by the extended one
	Late          State = "late"     // reported after it
	Missing       State = "missing"  // not reported, and the time is over
	StateReturned State = "returned" // given back and not yet reported again
)

// States lists the states in the order in which boards show them.
func States() []State { return []State{OnTime, Late, Missing, StateReturned, NotDue, Waived} }

// Chain is what the versions of one unit's week come to, folded one after another: all that
// its state depends on. The zero Chain has no version. Instants are unix milliseconds.
type Chain struct {
	Version   int32
	Status    Status
	First     int64 // when it was first reported; 0 never
	Last      int64 // when it was last reported
	ReturnDue int64 // by when a returned one is wanted again; 0 for no time of its own
	Overdue   int64 // when a returned one came back after ReturnDue; 0 never
}

// Then is the chain after one more version.
func (c Chain) Then(version int32, status Status, at, returnDue time.Time) Chain {
	next := c
	next.Version, next.Status = version, status
	switch status {
	case Reported, Sealed:
		ms := at.UnixMilli()
		if c.Status == Returned && c.ReturnDue > 0 && ms > c.ReturnDue {
			next.Overdue = ms
		}
		if next.First == 0 {
			next.First = ms
		}
		next.Last, next.ReturnDue = ms, 0
	case Returned:
		next.ReturnDue = 0
		if !returnDue.IsZero() {
			next.ReturnDue = returnDue.UnixMilli()
		}
	}
	return next
}

// holds tells whether what was typed over a version still belongs to the row: nothing came
// after it but its return, which changes no value.
func (c Chain) holds(base int32) bool {
	return base == c.Version || c.Status == Returned && base == c.Version-1
}

// Due is what a unit's state is measured against.
type Due struct {
	Deadline time.Time // the week's, or the extended one
	Waived   bool
}

// State is where the unit stands at the instant now. What was returned and came back after the
// time set for it is late too, unless the unit's own deadline had not passed then.
func (c Chain) State(due Due, now time.Time) State {
	switch {
	case c.Status == Returned:
		return StateReturned
	case max(c.First, c.Overdue) > due.Deadline.UnixMilli():
		return Late
	case c.First != 0:
		return OnTime
	case due.Waived:
		return Waived
	case now.After(due.Deadline):
		return Missing
	}
	return NotDue
}
