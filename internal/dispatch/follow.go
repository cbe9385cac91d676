package dispatch

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
)

// Answer is what the responsible unit says of how far it is. Who stands above a unit may say it
// for it; a department speaks for itself.
func (s *Service) Answer(ctx context.Context, a access.Actor, id int64, text string) (Event, error) {
	item, err := s.Item(ctx, a, id)
	if err != nil {
		return Event{}, err
	}
	if err := s.answers(a, item.To); err != nil {
		return Event{}, err
	}
	e, err := s.step(ctx, a, &item, Event{Kind: Answers, Text: text})
	if err == nil {
		_ = s.tell(ctx, e) // what cannot be told now is later
	}
	return e, err
}

// answers tells whether an actor may answer for a party.
func (s *Service) answers(a access.Actor, to record.Party) error {
	if err := a.Can(access.AnswerItem, to.Unit); err != nil {
		return err
	}
	if a.Role == access.Department && s.PartyOf(a) != to {
		return ErrNotYours
	}
	return nil
}

// MayAnswer tells whether an actor may answer for who is responsible.
func (s *Service) MayAnswer(a access.Actor, i *Item) bool {
	return !i.Closed && s.answers(a, i.To) == nil
}

// MaySteer tells whether an actor may extend, close or reopen an item: the office that opened it,
// or one above.
func (s *Service) MaySteer(a access.Actor, i *Item) bool { return s.owns(a, i) == nil }

func (s *Service) owns(a access.Actor, i *Item) error {
	if err := a.Can(access.SteerDispatch, i.Party.Unit); err != nil {
		return err
	}
	if !a.Unit.Contains(i.By) {
		return ErrNotYours
	}
	return nil
}

// Extend puts an item's day off, with a reason.
func (s *Service) Extend(ctx context.Context, a access.Actor, id int64, day date.Date, reason string) (Event, error) {
	return s.steer(ctx, a, id, Event{Kind: Extends, Day: day, Text: reason})
}

// Close ends an item with what came of it.
func (s *Service) Close(ctx context.Context, a access.Actor, id int64, outcome string) (Event, error) {
	return s.steer(ctx, a, id, Event{Kind: Closes, Text: outcome})
}

// Reopen takes up a closed item again, with a reason and a new day.
func (s *Service) Reopen(ctx context.Context, a access.Actor, id int64, day date.Date, reason string) (Event, error) {
	return s.steer(ctx, a, id, Event{Kind: Reopens, Day: day, Text: reason})
}

func (s *Service) steer(ctx context.Context, a access.Actor, id int64, e Event) (Event, error) {
	item, err := s.Item(ctx, a, id)
	if err != nil {
		return Event{}, err
	}
	if err := s.owns(a, &item); err != nil {
		return Event{}, err
	}
	if (e.Kind == Extends || e.Kind == Reopens) && e.Day.Before(s.Today()) {
		return Event{}, ErrDay
	}
	kept, err := s.step(ctx, a, &item, e)
	if err == nil {
		_ = s.tell(ctx, kept) // what cannot be told now is later
	}
	return kept, err
}

// step adds to an item what its state allows.
func (s *Service) step(ctx context.Context, a access.Actor, of *Item, e Event) (Event, error) {
	e.Refers, e.Rule, e.Party, e.To = of.ID, of.Rule, of.Party, of.To
	return s.change(ctx, a, of.County, func(l *Log) (Event, error) {
		item, ok := l.Item(of.ID)
		if !ok {
			return Event{}, ErrNone
		}
		return e, allowed(l, item, &e)
	})
}

// allowed tells whether a step may follow on an item as it stands.
func allowed(l *Log, item *Item, e *Event) error {
	switch {
	case e.Kind != Reopens && item.Closed:
		return ErrClosed
	case e.Kind == Reopens && !item.Closed:
		return ErrNotClosed
	case e.Kind == Extends && !e.Day.After(item.Due):
		return ErrDay
	}
	if e.Kind == Reopens && item.Rule != "" {
		if other, ok := l.Open(item.Rule, item.Party); ok {
			return ErrOpen.With("id", other.ID)
		}
	}
	return nil
}
