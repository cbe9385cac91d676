package notify

import (
	"context"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/unit"
)

// Note is something a unit or a department is told beside the reminders of its week: it asks for something until
// it is read. It stays in the inbox and goes to no group.
type Note struct {
	Name       string // the same however often it is told: it is kept once
	To         unit.Code
	Department string // of the unit: only its accounts are told; empty: those who answer for the unit
	Title      string
	Body       string
	Link       string // the page where one acts
	At         time.Time
}

// noteReminder is what the table has for a note in the place of a reminder's key, which is never
// empty.
const noteReminder = ""

// IsNote tells whether a message is a note, not a reminder of a week.
func (m Message) IsNote() bool { return m.Reminder == noteReminder }

// Tell puts notes into inboxes. What has been told is not told again.
func (s *Service) Tell(ctx context.Context, notes ...Note) error {
	notes = slices.Clone(notes)
	for i := range notes {
		notes[i].Department = s.department(notes[i].Department)
	}
	if len(notes) == 0 {
		return nil
	}
	return s.Store.Tell(ctx, notes)
}

// department names a department as the pack does, which accounts and others may not.
func (s *Service) department(name string) string {
	if d, ok := s.Pack.Department(name); ok {
		return d.Name
	}
	return name
}
