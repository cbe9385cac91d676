package ledger

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Book holds the weeks of the ledger in memory. A week is read from the tables when it is
// first asked for and kept right by the events that follow.
type Book struct {
	form     *campaign.Form
	calendar *week.Calendar
	tree     func(date.Date) *unit.Tree
	store    Store

	mu     sync.RWMutex
	sheets map[date.Date]*Sheet
	weeks  []date.Date // those that hold anything, newest first; nil until asked for
}

func newBook(form *campaign.Form, calendar *week.Calendar, tree func(date.Date) *unit.Tree, store Store) *Book {
	return &Book{form: form, calendar: calendar, tree: tree, store: store, sheets: map[date.Date]*Sheet{}}
}

// Sheet gives a week; ErrNoWeek when the day is not a due day.
func (b *Book) Sheet(ctx context.Context, due date.Date) (*Sheet, error) {
	b.mu.RLock()
	s := b.sheets[due]
	b.mu.RUnlock()
	if s != nil {
		return s, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := b.sheets[due]; s != nil {
		return s, nil
	}
	w, ok := b.calendar.Week(due)
	if !ok {
		return nil, ErrNoWeek.With("day", due.String())
	}
	s = newSheet(w, b.tree(due), b.form)
	if err := b.load(ctx, s); err != nil {
		return nil, fmt.Errorf("load week %s: %w", due, err)
	}
	b.sheets[due] = s
	return s, nil
}

// load reads a week's rows and submissions. A submission refers to the versions of rows that
// were latest when it was sealed; those that have been followed since are kept aside.
func (b *Book) load(ctx context.Context, s *Sheet) error {
	older := map[unit.Code]Values{}
	wanted := make([]int32, len(s.chains))
	var subs []Submission
	begin := func(submissions []Submission, grants []Grant) {
		subs = submissions
		for i := range submissions {
			if sub := &submissions[i]; sub.Status == Sealed && sub.Unit.Level() == unit.LevelTown {
				for _, m := range sub.Members {
					if v, ok := s.Tree.VillageIndex(m.Unit); ok {
						wanted[v] = m.Version
					}
				}
			}
		}
		for i := range grants {
			s.applyGrant(&grants[i])
		}
	}
	row := func(r *RowVersion) error {
		if len(r.Values) != len(s.form.Columns) {
			return fmt.Errorf("row %s of %s version %d has %d cells, the form has %d", r.Unit, r.Week, r.Version, len(r.Values), len(s.form.Columns))
		}
		if i, ok := s.Tree.VillageIndex(r.Unit); ok {
			if known := s.chains[i].Version; known > 0 && known == wanted[i] {
				older[r.Unit] = slices.Clone(s.liveRow(i))
			}
		}
		s.applyRow(r)
		return nil
	}
	if err := b.store.LoadWeek(ctx, s.Week.Due, begin, row); err != nil {
		return err
	}
	for i := range subs {
		s.applySubmission(&subs[i], older)
	}
	return nil
}

// apply takes in events in their order. Weeks not in memory are left to be read when wanted.
func (b *Book) apply(events []Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		b.noteWeek(e.Week())
		s := b.sheets[e.Week()]
		if s == nil {
			continue
		}
		s.mu.Lock()
		switch {
		case e.Row != nil:
			s.applyRow(e.Row)
		case e.Submission != nil:
			s.applySubmission(e.Submission, nil)
		case e.Grant != nil:
			s.applyGrant(e.Grant)
		}
		s.mu.Unlock()
	}
}

// forget drops every week from memory, after units have changed.
func (b *Book) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.sheets)
}

// weeksBefore lists the weeks before a day that hold anything, newest first.
func (b *Book) weeksBefore(ctx context.Context, day date.Date) ([]date.Date, error) {
	b.mu.RLock()
	weeks := b.weeks
	b.mu.RUnlock()
	if weeks == nil {
		b.mu.Lock()
		defer b.mu.Unlock()
		if b.weeks == nil {
			found, err := b.store.Weeks(ctx, unit.Nation)
			if err != nil {
				return nil, err
			}
			slices.Reverse(found)
			b.weeks = append([]date.Date{}, found...)
		}
		weeks = b.weeks
	}
	for i, w := range weeks {
		if w.Before(day) {
			return weeks[i:], nil
		}
	}
	return nil, nil
}

// noteWeek adds a week to those that hold something. The list is never changed in place.
func (b *Book) noteWeek(due date.Date) {
	if b.weeks == nil || slices.Contains(b.weeks, due) {
		return
	}
	weeks := append(slices.Clone(b.weeks), due)
	slices.SortFunc(weeks, func(x, y date.Date) int { return y.Compare(x) })
	b.weeks = weeks
}
