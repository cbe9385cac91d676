package notify

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// SentPage is what went out about a week to a unit and all below it. Who has read it is not told:
// that would watch persons, not reports.
type SentPage struct {
	Week       week.Week
	Messages   []Message
	Total      int
	Deliveries []Delivery
}

// maxDeliveries is how many deliveries are listed, the newest.
const maxDeliveries = 200

// SentQuery asks for what went out. No week is the current one.
type SentQuery struct {
	Of            unit.Code
	Week          date.Date
	Offset, Limit int
}

// SentList lists what went out about a week, for an office.
func (s *Service) SentList(ctx context.Context, a access.Actor, q SentQuery) (SentPage, error) {
	if err := a.Can(access.ManageNotify, q.Of); err != nil {
		return SentPage{}, err
	}
	w, err := s.Week(q.Week)
	if err != nil {
		return SentPage{}, err
	}
	p := SentPage{Week: w}
	if p.Messages, p.Total, err = s.Store.Messages(ctx, q.Of, w.Due, q.Offset, q.Limit); err != nil {
		return p, err
	}
	p.Deliveries, err = s.Store.Deliveries(ctx, q.Of, w.Due, maxDeliveries)
	return p, err
}

// Call is a unit that still owes a week, with whom to call.
type Call struct {
	Debt
	Above  unit.Code
	People []Person
}

// CallList is the units of a level below a unit that still owe a week. No week is the current one.
func (s *Service) CallList(ctx context.Context, a access.Actor, of unit.Code, due date.Date, level unit.Level) (week.Week, []Call, error) {
	if err := a.Can(access.ReadLedger, of); err != nil {
		return week.Week{}, nil, err
	}
	if level < unit.LevelCounty || level <= of.Level() && level != unit.LevelVillage {
		return week.Week{}, nil, ErrLevel
	}
	w, err := s.Week(due)
	if err != nil {
		return w, nil, err
	}
	debts, err := s.Ledger.Owing(ctx, of, w.Due, level, s.now())
	if err != nil || len(debts) == 0 {
		return w, nil, err
	}
	people, err := s.People.People(ctx, a, of)
	if err != nil {
		return w, nil, err
	}
	tree := s.Tree(w.Due)
	calls := make([]Call, len(debts))
	for i, d := range debts {
		above, _ := tree.Parent(d.Unit)
		calls[i] = Call{d, above.Code, people[d.Unit]}
	}
	return w, calls, nil
}
