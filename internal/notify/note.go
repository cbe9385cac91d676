package notify

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/unit"
)

// Note is something a unit is told beside the reminders of its week: it asks for something until
// it is read. It stays in the inbox and goes to no group.
type Note struct {
	Name  string // the same however often it is told: it is kept once
	To    unit.Code
	Title string
	Body  string
	Link  string // the page where one acts
	At    time.Time
}

// noteReminder is what the table has for a note in the place of a reminder's key, which is never
// empty.
const noteReminder = ""

// IsNote tells whether a message is a note, not a reminder of a week.
func (m Message) IsNote() bool { return m.Reminder == noteReminder }

// Tell puts a note into a unit's inbox.
func (s *Service) Tell(ctx context.Context, n Note) error { return s.Store.Tell(ctx, n) }
