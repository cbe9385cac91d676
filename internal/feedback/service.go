package feedback

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Entry is one complaint or suggestion.
type Entry struct {
	ID        int64
	Reference string // twelve letters and digits; Spoken writes them for people
	At        time.Time
	Unit      unit.Code // where it is about
	Account   int64     // zero when nobody was signed in
	Contact   string    // in the clear here, sealed in the table; may be empty
	Content   string

	Answer       string // empty: not yet
	AnsweredBy   string
	AnsweredUnit unit.Code
	AnsweredAt   time.Time
}

// Answered tells whether there is an answer.
func (e Entry) Answered() bool { return e.Answer != "" }

// Query asks for the entries about a unit and all below it, those longest without an answer
// first, or the last answered first.
type Query struct {
	Of       unit.Code
	Answered bool
	Offset   int
	Limit    int
}

// Page is a part of a list. Contacts are left out of it.
type Page struct {
	Entries []Entry
	Open    int // how many there are without an answer
	Done    int // and with one
}

// Store is what the verbs need of the table.
type Store interface {
	// Add keeps an entry and gives its ID; ErrTaken when another has its reference.
	Add(ctx context.Context, e Entry) (Entry, error)
	Entry(ctx context.Context, id int64) (Entry, error)               // ErrNone
	ByReference(ctx context.Context, reference string) (Entry, error) // ErrReference
	Entries(ctx context.Context, q Query) ([]Entry, error)
	// Counts is how many entries about a unit and below have no answer, and have one.
	Counts(ctx context.Context, of unit.Code) (open, answered int, err error)
	// Answer keeps an answer with its event, when the entry's answer is still the one of before.
	Answer(ctx context.Context, e Entry, before time.Time, event audit.Event) error // ErrMoved
}

// Service is the verbs.
type Service struct {
	store Store
	tree  func() *unit.Tree
	now   func() time.Time
}

// New makes the service: tree gives the units of today, now the time in the campaign's zone.
func New(store Store, tree func() *unit.Tree, now func() time.Time) *Service {
	return &Service{store, tree, now}
}

// Entry is one entry, for who may answer it.
func (s *Service) Entry(ctx context.Context, a access.Actor, id int64) (Entry, error) {
	e, err := s.store.Entry(ctx, id)
	if err != nil {
		return Entry{}, err
	}
	if err := a.Can(access.AnswerFeedback, e.Unit); err != nil {
		if !a.Unit.Contains(e.Unit) {
			return Entry{}, ErrNone
		}
		return Entry{}, err
	}
	return e, nil
}

// List lists the entries about a unit and all below it.
func (s *Service) List(ctx context.Context, a access.Actor, q Query) (Page, error) {
	if err := a.Can(access.AnswerFeedback, q.Of); err != nil {
		return Page{}, err
	}
	entries, err := s.store.Entries(ctx, q)
	if err != nil {
		return Page{}, err
	}
	p := Page{Entries: entries}
	p.Open, p.Done, err = s.store.Counts(ctx, q.Of)
	return p, err
}
