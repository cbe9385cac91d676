package notify

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Ledger tells who still owes a week.
type Ledger interface {
	// Owing lists the units of a level below a unit, or the unit itself, that still owe a week.
	Owing(ctx context.Context, of unit.Code, due date.Date, level unit.Level, now time.Time) ([]Debt, error)
}

// Person is somebody who answers for a unit.
type Person struct {
	Name  string
	Phone string // whole or masked, as the actor may see it
	Whole bool
}

// People tells who answers for units.
type People interface {
	// People lists them by unit, for a unit and all below it; numbers as the actor may see them.
	People(ctx context.Context, a access.Actor, of unit.Code) (map[unit.Code][]Person, error)
}

// Post is one message to a group.
type Post struct {
	Robot   Robot
	ID      string // the same however often it is sent
	Text    string
	Mobiles []string // of those to be named
}

// Poster posts to the platforms. What a platform answered instead of taking the message is a
// *Refusal; any other error is that it could not be reached.
type Poster interface {
	Post(ctx context.Context, p Post) error
}

// Refusal is a platform's no.
type Refusal struct {
	Says  string // its code and words
	Final bool   // sending again will not help
}

// Error is what the platform said.
func (r *Refusal) Error() string { return "refused: " + r.Says }

// Texter sends an SMS. logged tells that it has only been written down.
type Texter interface {
	Text(ctx context.Context, id, number, text string) (logged bool, err error)
}

// Decision is that a reminder goes to units, with all that has to go out.
type Decision struct {
	Week     date.Date
	Reminder string
	Robots   bool // to the groups of the units above
	SMS      bool
	At       time.Time
	Told     []Told
}

// Told is one unit's part of a decision.
type Told struct {
	Unit    unit.Code
	Above   unit.Code // whose groups are told; 0 when there is no unit above
	Title   string
	Body    string
	Link    string
	Expires time.Time
}

// Store is what the verbs need of the tables.
type Store interface {
	// Sent is the units below which a reminder of a week has gone to.
	Sent(ctx context.Context, due date.Date, reminder string) (map[unit.Code]bool, error)
	// Decide writes down in one transaction that a reminder goes to units, with their messages
	// and what goes out by robot and SMS; units it has gone to before are left out. It gives how
	// many were not.
	Decide(ctx context.Context, d Decision) (int, error)

	// Waiting lists deliveries that are due, the longest waiting first.
	Waiting(ctx context.Context, now time.Time, limit int) ([]Delivery, error)
	// Claim counts an attempt of a delivery as it was read, and holds others off until next. It
	// is false when somebody else was first.
	Claim(ctx context.Context, d Delivery, next time.Time) (bool, error)
	// Note keeps why an attempt failed.
	Note(ctx context.Context, id int64, outcome string) error
	// Finish ends a delivery that is waiting.
	Finish(ctx context.Context, d Delivery) error

	// Tell keeps notes, of which there are no others of their names, all or none.
	Tell(ctx context.Context, notes []Note) error
	Inbox(ctx context.Context, of Reader, offset, limit int) (messages []Message, total int, err error)
	// UnreadWeeks counts what a reader has not read since a time, by week; notes are of no week.
	UnreadWeeks(ctx context.Context, of Reader, since time.Time) (map[date.Date]int, error)
	Message(ctx context.Context, id, account int64) (Message, error) // ErrNoMessage
	// MarkRead notes that a reader has read messages of his: one, or with all, all up to it.
	MarkRead(ctx context.Context, of Reader, id int64, all bool, at time.Time) error

	// Messages lists what went to a unit and all below it about a week, newest first.
	Messages(ctx context.Context, of unit.Code, due date.Date, offset, limit int) (messages []Message, total int, err error)
	// Deliveries lists the newest deliveries of a unit and all below it about a week.
	Deliveries(ctx context.Context, of unit.Code, due date.Date, limit int) ([]Delivery, error)

	Robots(ctx context.Context, of unit.Code) ([]Robot, error)
	Robot(ctx context.Context, id int64) (Robot, error) // ErrNoRobot, also when it was removed
	// AddRobot keeps a robot with its event; ErrTooManyRobots when the unit has most of them.
	AddRobot(ctx context.Context, r Robot, most int, event audit.Event) (Robot, error)
	RemoveRobot(ctx context.Context, id int64, at time.Time, event audit.Event) error
	// Record keeps an event of something that changed nothing here.
	Record(ctx context.Context, event audit.Event) error
}

// Config is what the service is made with.
type Config struct {
	Store  Store
	Pack   *campaign.Pack
	Tree   func(date.Date) *unit.Tree
	Ledger Ledger
	People People
	Poster Poster
	Texter Texter
	// Now is the program's clock.
	Now func() time.Time
	// Loopback lets robots be on this machine, for tests.
	Loopback bool
}

// Service is the verbs.
type Service struct{ Config }

// New makes the service.
func New(c Config) *Service { return &Service{c} }

// now is the clock in the campaign's zone.
func (s *Service) now() time.Time { return s.Now().In(s.Pack.Spec().Location) }

// Week is the week due on a day, or the current one for no day.
func (s *Service) Week(due date.Date) (week.Week, error) {
	if due.IsZero() {
		return s.Pack.Calendar().Current(date.FromTime(s.now())), nil
	}
	w, ok := s.Pack.Calendar().Week(due)
	if !ok {
		return w, ErrNoWeek.With("day", due.String())
	}
	return w, nil
}
