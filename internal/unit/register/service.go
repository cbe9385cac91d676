package register

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Decision is what a change of the register comes to: the register with it, what is to be
// stored, and what the audit is told.
type Decision struct {
	Next    *unit.Registry
	Changes unit.Changes
	Event   audit.Event
}

// Store is what the verbs need of the tables.
type Store interface {
	// Registry is the register as it stands.
	Registry() *unit.Registry
	// Apply stores what decide makes of the register as it stands in the database, in one
	// transaction with its event; changes take turns.
	Apply(ctx context.Context, decide func(*unit.Registry) (Decision, error)) error
	// Events reads what was done to exactly this unit, newest first.
	Events(ctx context.Context, of unit.Code) ([]audit.Event, error)
}

// Reports tells which weeks have been reported.
type Reports interface {
	// Weeks lists the due days of the weeks in which a unit or anything below it has reported,
	// oldest first.
	Weeks(ctx context.Context, of unit.Code) ([]date.Date, error)
}

// Account is somebody who stands at a unit.
type Account struct {
	Login, Name string
	Role        access.Role
	Unit        unit.Code
}

// People tells who stands where.
type People interface {
	// Accounts lists the accounts of a unit and all below it.
	Accounts(ctx context.Context, a access.Actor, of unit.Code) ([]Account, error)
}

// Config is what the service is made with.
type Config struct {
	Store   Store
	Reports Reports
	People  People
	// Now is the time in the campaign's zone.
	Now func() time.Time
	// Changed is called after every change, once it is stored.
	Changed func()
}

// Service is the verbs. Pages, API and command line call the same ones.
type Service struct{ Config }

// New makes the service.
func New(c Config) *Service { return &Service{c} }

// Today is the day on the service's clock.
func (s *Service) Today() date.Date { return date.FromTime(s.Now()) }

// Do carries out the change that an input describes, as the verb of that input does: access,
// rule, save with its event.
func (s *Service) Do(ctx context.Context, a access.Actor, c Change) (Effect, error) {
	if err := may(a, c); err != nil {
		return Effect{}, err
	}
	var e Effect
	err := s.Store.Apply(ctx, func(r *unit.Registry) (Decision, error) {
		var d Decision
		var err error
		if e, d, err = s.plan(ctx, a, r, c); err != nil {
			return Decision{}, err
		}
		if _, seen := c.when(); len(e.Weeks) > seen {
			return Decision{}, ErrTouches.With("count", len(e.Weeks)).With("weeks", spoken(e.Weeks))
		}
		return d, nil
	})
	if err != nil {
		return Effect{}, err
	}
	s.Changed()
	return e, nil
}

// Preview tells what a change would come to, and changes nothing.
func (s *Service) Preview(ctx context.Context, a access.Actor, c Change) (Effect, error) {
	if err := may(a, c); err != nil {
		return Effect{}, err
	}
	e, _, err := s.plan(ctx, a, s.Store.Registry(), c)
	return e, err
}

// may holds the actor against every unit the change names.
func may(a access.Actor, c Change) error {
	for _, code := range c.units() {
		if err := a.Can(access.ManageUnits, code); err != nil {
			return err
		}
	}
	return nil
}
