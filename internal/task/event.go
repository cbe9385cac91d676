package task

import (
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// EventKind is what was said about a demand of a party.
type EventKind string

// The kinds. None is ever changed or taken away; a later one says otherwise.
const (
	Reporting EventKind = "report"  // the unit has done it; Day is when, Text the proof
	Confirms  EventKind = "confirm" // the office, of a report
	Declines  EventKind = "decline" // the office, of a report, with a reason
	Exempts   EventKind = "exempt"  // it does not apply, with a reason
	Lifts     EventKind = "lift"    // it applies after all
	Presses   EventKind = "press"   // 督办: the office presses for it, to be answered by Day
	Answers   EventKind = "answer"  // the unit, of what is pressed for
)

// Event is one thing said, by whom and when.
type Event struct {
	ID     int64
	Kind   EventKind
	Refers int64 // the report that is decided on, the pressing that is answered
	Point
	Day     date.Date
	Text    string
	By      unit.Code // the unit of who said it
	Account int64
	Actor   string
	At      time.Time
}

// Pressing is what the office presses for (督办), with the answers in order.
type Pressing struct {
	Event
	Answers []Event
}

// Answered tells whether there is an answer.
func (p *Pressing) Answered() bool { return len(p.Answers) > 0 }

// history is a county's events, put together.
type history struct {
	reports   Reports
	exempt    Exemptions
	pressings []Pressing // in order
}

// fold puts events together, in their order.
func fold(events []Event) history {
	h := history{reports: Reports{}, exempt: Exemptions{}}
	report, pressing := map[int64]Point{}, map[int64]int{}
	for _, e := range events {
		switch e.Kind {
		case Reporting:
			h.reports[e.Point] = append(h.reports[e.Point], Report{Event: e})
			report[e.ID] = e.Point
		case Confirms, Declines:
			h.reports.decide(report[e.Refers], e)
		case Exempts:
			h.exempt[e.Point] = e.Text
		case Lifts:
			delete(h.exempt, e.Point)
		case Presses:
			pressing[e.ID] = len(h.pressings)
			h.pressings = append(h.pressings, Pressing{Event: e})
		case Answers:
			if i, ok := pressing[e.Refers]; ok {
				h.pressings[i].Answers = append(h.pressings[i].Answers, e)
			}
		}
	}
	return h
}
