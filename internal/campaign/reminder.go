package campaign

import (
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/unit"
)

// Anchor is what a reminder's time is counted from.
type Anchor string

// The anchors.
const (
	AtDay    Anchor = "day"    // a time of day, on the due day or some days before it
	Before   Anchor = "before" // so long before the deadline
	AfterEnd Anchor = "after"  // so long after the deadline
)

// Channel is a way on which a reminder goes out.
type Channel string

// The channels. The inbox is always among a reminder's.
const (
	ByInbox Channel = "inbox"
	ByRobot Channel = "robot" // the group robot of the unit above those reminded
	BySMS   Channel = "sms"
)

// Reminder is one reminder of the weekly report: to whom, when, and in which words.
type Reminder struct {
	Key      string
	To       unit.Level // village, town or county: those of them that still owe the week
	Anchor   Anchor
	Days     int           // AtDay: counted from the due day, 0 to -6
	Time     time.Duration // AtDay: since midnight
	Offset   time.Duration // Before, AfterEnd: from the deadline
	For      time.Duration // how long after its time it may still go out
	Channels []Channel
	Title    Template
	Text     Template // to one unit: {unit} {week} {deadline} {left}
	Group    Template // to a group: {place} {week} {deadline} {left} {count} {units}
}

// By tells whether the reminder goes out on a channel.
func (r Reminder) By(c Channel) bool { return slices.Contains(r.Channels, c) }

// Reminder finds a reminder by its key.
func (p *Pack) Reminder(key string) (Reminder, bool) {
	for _, r := range p.Reminders {
		if r.Key == key {
			return r, true
		}
	}
	return Reminder{}, false
}
