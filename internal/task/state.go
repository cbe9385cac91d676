package task

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// State is where a demand of a unit stands in a period.
type State string

// The states. A demand is in exactly one.
const (
	NotYet        State = "not_yet"        // its period has not begun
	InProgress    State = "in_progress"    // not done, and there is still time
	Done          State = "done"           // by its day
	Overdue       State = "overdue"        // not done, and the time is over
	DoneLate      State = "done_late"      // after its day
	NotApplicable State = "not_applicable" // with a reason
)

// States lists every state, in the order in which boards show them.
func States() []State { return []State{Overdue, InProgress, DoneLate, Done, NotYet, NotApplicable} }

// Met tells whether nothing more is to be done.
func (s State) Met() bool { return s == Done || s == DoneLate }

// Owed tells whether something is still to be done.
func (s State) Owed() bool { return s == InProgress || s == Overdue }

// Period is the stretch of days in which something is wanted, both included. An ongoing one has
// no last day.
type Period struct {
	From, To date.Date
	Title    string // 3月4日至10日, 清明节; empty where there is only one
}

// Lack is a check of a demand that does not hold yet.
type Lack struct {
	Says       string // what is missing
	Have, Want int64
	Record     string // the kind of record that shows it; empty: none does
	Column     string // the column of the ledger that shows it too
}

// Proof says which records show a check: those of a kind, at a party, of these days.
type Proof struct {
	Says     string
	Party    record.Party
	Record   string
	Where    map[string][]string
	Own      bool
	From, To date.Date
	Column   string // of the ledger, where the check may be shown there too
}

// Item is the state of one demand of one responsible unit in one period.
type Item struct {
	Duty   *campaign.Duty
	Demand *campaign.Demand
	Party  record.Party
	Period Period
	State  State
	On     date.Date // when it was done
	Reason string    // why it does not apply
	Lacks  []Lack
	Proofs []Proof
	Report *Report // of a demand that is reported, the last one

	// Of a demand that is measured at units below, how many there are to which it applies, how
	// many have met it, and those that have not, in code order.
	Of, Met int
	Missing []record.Party
}

// Days is how many days are left, negative when the time is over; ok is false where there is no
// last day.
func (i *Item) Days(on date.Date) (n int, ok bool) {
	if i.Period.To.IsZero() {
		return 0, false
	}
	return i.Period.To.Sub(on), true
}

// county is the county that a party belongs to.
func county(p record.Party) unit.Code { return p.Unit.At(unit.LevelCounty) }
