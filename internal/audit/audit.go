// Package audit says what happened beside the ledger's own versions: who did what to what,
// and what it was before and after. Events are written by the verb that did it, in its own
// transaction, and never changed. The package knows no wing and no words: an action is a code
// such as "account.create".
package audit

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Event is one thing that was done. Before and After are short texts for people who read the
// history; they never hold a password, a token or a telephone number.
type Event struct {
	ID      int64
	At      time.Time
	Account int64 // zero for the command line
	Actor   string
	Action  string // a code: account.create
	Unit    unit.Code
	Subject string // what it was done to: a login, a department's name
	Before  string
	After   string
}

// By is an event begun: who did what, where and when.
func By(a access.Actor, action string, at unit.Code, when time.Time) Event {
	return Event{At: when, Account: a.Account, Actor: a.Name, Action: action, Unit: at}
}

// Query asks for events of a unit and all below it, newest first.
type Query struct {
	Of     unit.Code
	Before int64 // only events older than this ID; zero for the newest
	Limit  int   // at most 200; zero is 50
}

// Store is what the reading needs of its table.
type Store interface {
	Events(ctx context.Context, q Query) ([]Event, error)
}

// Service reads the history.
type Service struct{ store Store }

// New makes the service.
func New(store Store) *Service { return &Service{store} }

// Events is what happened in a unit's subtree, newest first.
func (s *Service) Events(ctx context.Context, a access.Actor, q Query) ([]Event, error) {
	if err := a.Can(access.ReadAudit, q.Of); err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = 50
	}
	q.Limit = min(q.Limit, 200)
	return s.store.Events(ctx, q)
}
