package dispatch

import (
	"context"
	"errors"
	"time"

	"github.com/sangzi/sangzi/internal/unit"
)

// lookBack is for how long before its start a server tells again: it may have ended between what
// was said and its note.
const lookBack = 48 * time.Hour

// Retell tells what could not be told when it was said, and once after the start what was said
// shortly before it.
func (s *Service) Retell(ctx context.Context) error {
	s.mu.Lock()
	events, began := s.pending, s.began
	s.pending, s.began = nil, true
	s.mu.Unlock()
	var err error
	if !began {
		var before []Event
		if before, err = s.Store.Since(ctx, s.clock().Add(-lookBack)); err != nil {
			s.mu.Lock()
			s.began = false
			s.mu.Unlock()
		}
		events = append(before, events...)
	}
	return errors.Join(err, s.tell(ctx, events...))
}

// tell tells those whom events concern. What cannot be told waits for Retell.
func (s *Service) tell(ctx context.Context, events ...Event) error {
	if s.Tell == nil || len(events) == 0 {
		return nil
	}
	var notes []Note
	var err error
	logs := map[unit.Code]*Log{}
	for i := range events {
		e := &events[i]
		if logs[e.County] == nil {
			if logs[e.County], err = s.log(ctx, e.County); err != nil {
				break
			}
		}
		notes = append(notes, s.notes(logs[e.County], e)...)
	}
	if err == nil && len(notes) > 0 {
		err = s.Tell(ctx, notes)
	}
	if err != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.pending = append(s.pending, events...)
	}
	return err
}
