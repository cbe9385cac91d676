package task

import (
	"context"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Store is what the verbs need of the table.
type Store interface {
	// Events reads all that was said about a county's demands, in order.
	Events(ctx context.Context, county unit.Code) ([]Event, error)
	// Event reads one; ErrNone.
	Event(ctx context.Context, id int64) (Event, error)
	// Add keeps an event with its line in the history; ErrDecided for a second decision on a report.
	Add(ctx context.Context, e Event, line audit.Event) (Event, error)
}

// Config is what the service stands on.
type Config struct {
	Pack    *campaign.Pack
	Tree    func(date.Date) *unit.Tree
	Records *record.Service
	Ledger  *ledger.Service
	Store   Store
	Now     func() time.Time
	// Departments names those registered at a county beside the ones that the pack has; nil: none.
	Departments func(ctx context.Context, county unit.Code) ([]string, error)
}

// Service is the verbs of tasks. Pages, API and command line call the same ones.
type Service struct {
	Config
	duties []campaign.Duty
	kept   kept
}

// New makes the service.
func New(c Config) *Service { return &Service{Config: c, duties: c.Pack.Duties()} }

// Duties lists the tasks and the orders.
func (s *Service) Duties() []campaign.Duty { return s.duties }

func (s *Service) clock() time.Time { return s.Now().In(s.Pack.Spec().Location) }

// Today is the day on the campaign's clock.
func (s *Service) Today() date.Date { return date.FromTime(s.clock()) }

// PartyOf is who an actor is among those who answer for tasks.
func (s *Service) PartyOf(a access.Actor) record.Party {
	p := record.Party{Unit: a.Unit}
	if a.Role == access.Department && a.Department != "" {
		p.Department = s.name(a.Department)
	}
	return p
}

// name is a department as the pack calls it.
func (s *Service) name(department string) string {
	if d, ok := s.Pack.Department(department); ok {
		return d.Name
	}
	return department
}

// Standing is the tasks of a county as they stand on a day, as far as a party of it is concerned.
type Standing struct {
	*Facts
	Pressings []Pressing // of the whole county, in order, with their answers, as of that day
}

// pressedBy leaves out what was pressed for, and answered, after a day.
func (s *Service) pressedBy(list []Pressing, day date.Date) []Pressing {
	later := func(e Event) bool { return date.FromTime(e.At.In(s.Pack.Spec().Location)).After(day) }
	list = slices.DeleteFunc(list, func(p Pressing) bool { return later(p.Event) })
	for i := range list {
		list[i].Answers = slices.DeleteFunc(list[i].Answers, later)
	}
	return list
}

// On reads all that the tasks of a party follow from on a day; no day is today. What lies outside
// the actor's unit is not found.
func (s *Service) On(ctx context.Context, a access.Actor, p record.Party, day date.Date) (*Standing, error) {
	if err := a.Can(access.ReadCampaign, p.Unit); err != nil {
		return nil, err
	}
	if p.Unit.Level() < unit.LevelCounty {
		return nil, ErrLevel
	}
	if day.IsZero() {
		day = s.Today()
	}
	tree := s.Tree(day)
	if _, ok := tree.Unit(p.Unit); !ok {
		return nil, ErrNone.With("duty", p.Unit.String())
	}
	events, err := s.Store.Events(ctx, county(p))
	if err != nil {
		return nil, err
	}
	h := fold(events)
	f := &Facts{Pack: s.Pack, Duties: s.duties, Tree: tree, Day: day, Done: s.Records.Days(), Reports: h.reports, Exempt: h.exempt}
	if s.Departments != nil {
		if f.Departments, err = s.Departments(ctx, county(p)); err != nil {
			return nil, err
		}
	}
	if err = s.remember(ctx, f, county(p), len(events)); err != nil {
		return nil, err
	}
	return &Standing{Facts: f, Pressings: s.pressedBy(h.pressings, day)}, nil
}
