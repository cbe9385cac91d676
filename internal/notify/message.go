package notify

import (
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Message is what those who answer for a unit, or a department of it, are told, as their inbox has it.
type Message struct {
	ID         int64
	Unit       unit.Code
	Department string // of the unit, for whose accounts it is; empty: for those who answer for the unit
	Week       date.Date
	Reminder   string
	Title      string
	Body       string
	Link       string // the page where one acts: /ledger/445281001202/2024-03-29
	At         time.Time
	Read       bool // by the account that asked
	Settled    bool // the unit no longer owes the week
}

// Unread tells whether the message still asks for something.
func (m Message) Unread() bool { return !m.Read && !m.Settled }

// State is what has become of a delivery.
type State string

// The states of a delivery.
const (
	Waiting State = "waiting"
	Sent    State = "sent"
	Failed  State = "failed"
	Dropped State = "dropped" // not sent, because nobody owed any more
)

// The outcomes that are not a platform's own words. Of those a blank and a detail may follow.
const (
	OutcomeExpired     = "expired"     // the reminder's time was over
	OutcomeSettled     = "settled"     // those it was about had reported
	OutcomeGone        = "gone"        // the robot or the pack's reminder is no longer there
	OutcomeLost        = "lost"        // the robot's address can be read no more
	OutcomeNoNumber    = "no_number"   // nobody's telephone is known
	OutcomeLogged      = "logged"      // SMS: written to the log only; then the masked numbers
	OutcomeRefused     = "refused"     // by the platform; then what it said
	OutcomeUnreachable = "unreachable" // no answer, or none that could be read
)

// Delivery is a message on its way by robot or SMS, or that has been.
type Delivery struct {
	ID       int64
	Message  string // the same however often it is tried
	Channel  campaign.Channel
	Robot    int64     // for a robot
	Unit     unit.Code // whose robot it is; for SMS the unit reminded
	Week     date.Date
	Reminder string
	Units    []unit.Code // whom it is about
	Body     string      // what was sent
	State    State
	Attempts int
	Next     time.Time // not before
	Expires  time.Time // not from then on
	Outcome  string
	Created  time.Time
	Done     time.Time
}

// Robot is a group robot of an office.
type Robot struct {
	ID       int64
	Unit     unit.Code
	Platform Platform
	Name     string
	Address  string // in the clear here, sealed in the table
	Secret   string // as the address; may be empty
	Mention  bool   // name those reminded by their telephone numbers, which the platform then gets
	Actor    string
	Account  int64
	At       time.Time
	Lost     bool // its address or secret can be read no more: it has to be set up anew, and is not sent to
}
