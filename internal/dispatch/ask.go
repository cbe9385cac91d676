package dispatch

import (
	"context"
	"errors"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// AskInput is what a village asks for, or its town for it or for itself.
type AskInput struct {
	Unit unit.Code
	Ask  string // key of what is asked for
	Text string
}

// Ask keeps a request. The same words about the same thing that still stand are the same request.
func (s *Service) Ask(ctx context.Context, a access.Actor, in AskInput) (Event, error) {
	rules, err := s.Rules()
	if err != nil {
		return Event{}, err
	}
	if err := a.Can(access.AskDispatch, in.Unit); err != nil {
		return Event{}, err
	}
	if _, ok := s.Tree(s.Today()).Unit(in.Unit); !ok || in.Unit.Level() < unit.LevelTown {
		return Event{}, access.ErrOutside.With("unit", in.Unit.String())
	}
	if _, ok := rules.Ask(in.Ask); !ok {
		return Event{}, ErrAsk
	}
	if in.Text, err = said(in.Text); err != nil {
		return Event{}, err
	}
	var again Event
	p := record.Party{Unit: in.Unit}
	e, err := s.change(ctx, a, countyOf(p), func(l *Log) (Event, error) {
		for i := range l.Requests {
			if r := &l.Requests[i]; r.Party == p && r.Rule == in.Ask && r.Event.Text == in.Text && r.Stands() {
				again = r.Event
				return Event{}, errAgain
			}
		}
		return Event{Kind: Asks, Rule: in.Ask, Party: p, Text: in.Text}, nil
	})
	if errors.Is(err, errAgain) {
		return again, nil
	}
	if err == nil {
		_ = s.tell(ctx, e) // what cannot be told now is later
	}
	return e, err
}

var errAgain = errors.New("the request stands already")

// Request reads a request with all that was said about it.
func (s *Service) Request(ctx context.Context, a access.Actor, id int64) (Request, error) {
	e, err := s.findRequest(ctx, a, id)
	if err != nil {
		return Request{}, err
	}
	l, err := s.log(ctx, e.County)
	if err != nil {
		return Request{}, err
	}
	r, ok := l.Request(id)
	if !ok {
		return Request{}, ErrNoRequest
	}
	return *r, nil
}

func (s *Service) findRequest(ctx context.Context, a access.Actor, id int64) (Event, error) {
	e, err := s.Store.Find(ctx, id)
	if errors.Is(err, ErrNone) || err == nil && (e.Kind != Asks || a.Can(access.ReadDispatch, e.Party.Unit) != nil) {
		return Event{}, ErrNoRequest
	}
	return e, err
}

// Requests lists what a unit and those below it asked for, the newest first; with what became of
// each.
func (s *Service) Requests(ctx context.Context, a access.Actor, of unit.Code) ([]Request, error) {
	if _, err := s.Rules(); err != nil {
		return nil, err
	}
	if err := a.Can(access.ReadDispatch, of); err != nil {
		return nil, err
	}
	if of.Level() < unit.LevelCity {
		return nil, ErrLevel
	}
	logs, err := s.logsOf(ctx, of)
	if err != nil {
		return nil, err
	}
	var list []Request
	for _, l := range logs {
		for i := len(l.Requests) - 1; i >= 0; i-- {
			if of.Contains(l.Requests[i].Party.Unit) {
				list = append(list, l.Requests[i])
			}
		}
	}
	return list, nil
}

// Reply answers a request that stands on: an office above it says how far it is.
func (s *Service) Reply(ctx context.Context, a access.Actor, id int64, text string) (Event, error) {
	return s.onRequest(ctx, a, id, Event{Kind: Replies, Text: text}, access.SteerDispatch)
}

// Settle answers a request for good.
func (s *Service) Settle(ctx context.Context, a access.Actor, id int64, text string) (Event, error) {
	return s.onRequest(ctx, a, id, Event{Kind: Settles, Text: text}, access.SteerDispatch)
}

// Withdraw takes a request back, with a word why.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, id int64, text string) (Event, error) {
	return s.onRequest(ctx, a, id, Event{Kind: Withdraws, Text: text}, access.AskDispatch)
}

func (s *Service) onRequest(ctx context.Context, a access.Actor, id int64, e Event, need access.Action) (Event, error) {
	asked, err := s.findRequest(ctx, a, id)
	if err != nil {
		return Event{}, err
	}
	if err := a.Can(need, asked.Party.Unit); err != nil {
		return Event{}, err
	}
	if e.Kind != Withdraws && a.Unit == asked.Party.Unit {
		return Event{}, ErrNotYours // who asks does not answer himself
	}
	e.Refers, e.Rule, e.Party = asked.ID, asked.Rule, asked.Party
	kept, err := s.change(ctx, a, asked.County, func(l *Log) (Event, error) {
		r, ok := l.Request(id)
		if !ok {
			return Event{}, ErrNoRequest
		}
		if !r.Stands() {
			return Event{}, ErrSettled
		}
		return e, nil
	})
	if err == nil {
		_ = s.tell(ctx, kept) // what cannot be told now is later
	}
	return kept, err
}

// logsOf is the logs of a unit's counties as they stand now.
func (s *Service) logsOf(ctx context.Context, of unit.Code) ([]*Log, error) {
	var logs []*Log
	for _, county := range s.counties(s.Tree(s.Today()), of) {
		l, err := s.log(ctx, county)
		if err != nil {
			return nil, err
		}
		logs = append(logs, l)
	}
	return logs, nil
}

// counties are those a unit has, or lies in.
func (s *Service) counties(tree *unit.Tree, of unit.Code) []unit.Code {
	if of.Level() >= unit.LevelCounty {
		return []unit.Code{of.At(unit.LevelCounty)}
	}
	var list []unit.Code
	for _, u := range tree.Descendants(of, unit.LevelCounty) {
		if u.Level() == unit.LevelCounty {
			list = append(list, u.Code)
		}
	}
	return list
}
