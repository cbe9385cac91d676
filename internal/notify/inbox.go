package notify

import (
	"context"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Box is a part of an inbox, newest first.
type Box struct {
	Messages []Message
	Total    int
}

// freshFor is how long a message counts as unread: who gets an account later is not asked to read
// what was long ago.
const freshFor = 35 * 24 * time.Hour

// Reader is whose inbox is read: that of a unit, or of a department of it, by an account.
type Reader struct {
	Unit       unit.Code
	Department string // as the pack names it; empty: those who answer for the unit
	Account    int64
}

// reader is the actor as a reader. Who is of a department reads what the department was told and
// nothing else, and nobody else reads that.
func (s *Service) reader(a access.Actor) (Reader, error) {
	r := Reader{a.Unit, s.department(a.Department), a.Account}
	if a.Role == access.Department && r.Department == "" {
		return r, access.ErrForbidden.With("action", string(access.ReadInbox)).With("role", string(a.Role))
	}
	if a.Role != access.Department {
		r.Department = ""
	}
	return r, a.Can(access.ReadInbox, a.Unit)
}

// Inbox lists what the actor's unit, or department, was told.
func (s *Service) Inbox(ctx context.Context, a access.Actor, offset, limit int) (Box, error) {
	me, err := s.reader(a)
	if err != nil {
		return Box{}, err
	}
	list, total, err := s.Store.Inbox(ctx, me, offset, limit)
	if err != nil {
		return Box{}, err
	}
	since := s.now().Add(-freshFor)
	owes := s.remembered(ctx, a.Unit)
	for i := range list {
		m := &list[i]
		if m.At.Before(since) {
			m.Settled = true
			continue
		}
		if m.IsNote() {
			continue
		}
		owed, err := owes(m.Week)
		if err != nil {
			return Box{}, err
		}
		m.Settled = !owed
	}
	return Box{list, total}, nil
}

// Unread is how many messages the actor has not read: notes, and reminders of weeks his unit still
// owes.
func (s *Service) Unread(ctx context.Context, a access.Actor) (int, error) {
	me, err := s.reader(a)
	if err != nil {
		return 0, nil //nolint:nilerr // who has no inbox has nothing unread
	}
	weeks, err := s.Store.UnreadWeeks(ctx, me, s.now().Add(-freshFor))
	if err != nil {
		return 0, err
	}
	owes := s.remembered(ctx, a.Unit)
	total := weeks[date.Date{}] // notes are about no week
	delete(weeks, date.Date{})
	for due, n := range weeks {
		owed, err := owes(due)
		if err != nil {
			return 0, err
		}
		if owed {
			total += n
		}
	}
	return total, nil
}

// remembered tells whether a unit owes a week, asking once for each.
func (s *Service) remembered(ctx context.Context, of unit.Code) func(date.Date) (bool, error) {
	known := map[date.Date]bool{}
	return func(due date.Date) (bool, error) {
		if owed, ok := known[due]; ok {
			return owed, nil
		}
		if _, ok := s.Pack.Calendar().Week(due); !ok {
			return false, nil // the calendar has changed since
		}
		debts, err := s.Ledger.Owing(ctx, of, due, of.Level(), s.now())
		known[due] = len(debts) > 0
		return known[due], err
	}
}

// Open marks a message as read and gives it, for its link.
func (s *Service) Open(ctx context.Context, a access.Actor, id int64) (Message, error) {
	me, err := s.reader(a)
	if err != nil {
		return Message{}, err
	}
	m, err := s.Store.Message(ctx, id, a.Account)
	if err != nil {
		return Message{}, err
	}
	if m.Unit != me.Unit || m.Department != me.Department {
		return Message{}, ErrNoMessage
	}
	if !m.Read {
		m.Read = true
		err = s.Store.MarkRead(ctx, me, id, false, s.now())
	}
	return m, err
}

// ReadAll marks as read what the actor has been shown: the message with an ID and all before it.
func (s *Service) ReadAll(ctx context.Context, a access.Actor, upTo int64) error {
	me, err := s.reader(a)
	if err != nil {
		return err
	}
	return s.Store.MarkRead(ctx, me, upTo, true, s.now())
}
