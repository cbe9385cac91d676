package ledger

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Book holds the weeks of the ledger in memory. A week is read from the tables when it is
// first asked for and kept right by the events that follow; reading one holds up neither the
// others nor what is being written.
type Book struct {
	form     *campaign.Form
	calendar *week.Calendar
	zone     *time.Location
	tree     func(date.Date) *unit.Tree
	store    Store
	uses     atomic.Int64
	rows     int // how many are kept in memory, see keptRows

	mu     sync.RWMutex
	pages  map[date.Date]*page
	stamps map[date.Date]uint64 // how many events of a week there have been since the start
	forgot uint64               // how often every week was read anew, in the upper half of a stamp
	weeks  []date.Date          // those that hold anything, newest first; nil until asked for
}

// page is a week in memory, or being read.
type page struct {
	ready chan struct{} // closed when sheet or err is there
	sheet *Sheet
	err   error
	late  []Event      // that happened while it was being read
	used  atomic.Int64 // when it was last asked for, counted in uses
}

// How much is kept in memory: always as many weeks as a board shows and a few more, beyond that
// the weeks last used, up to this many rows (of 450 bytes each).
const (
	keptWeeks = trail + 3
	keptRows  = 600_000
)

func newBook(form *campaign.Form, calendar *week.Calendar, zone *time.Location, tree func(date.Date) *unit.Tree, store Store) *Book {
	return &Book{form: form, calendar: calendar, zone: zone, tree: tree, store: store, rows: keptRows, pages: map[date.Date]*page{}, stamps: map[date.Date]uint64{}}
}

// Sheet gives a week; ErrNoWeek when the day is not a due day.
func (b *Book) Sheet(ctx context.Context, due date.Date) (*Sheet, error) {
	b.mu.RLock()
	p := b.pages[due]
	b.mu.RUnlock()
	if p == nil {
		var mine bool
		var err error
		if p, mine, err = b.begin(due); err != nil {
			return nil, err
		}
		if mine {
			b.read(ctx, due, p)
		}
	}
	select {
	case <-p.ready:
	default:
		select {
		case <-p.ready:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	p.used.Store(b.uses.Add(1))
	return p.sheet, p.err
}

// begin opens a page for a week, or gives the one that somebody has just opened.
func (b *Book) begin(due date.Date) (p *page, mine bool, err error) {
	if _, ok := b.calendar.Week(due); !ok {
		return nil, false, ErrNoWeek.With("day", due.String())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if p = b.pages[due]; p != nil {
		return p, false, nil
	}
	p = &page{ready: make(chan struct{})}
	b.pages[due] = p
	return p, true, nil
}

// read fills a page. The tables are read after the page was opened, so what happens meanwhile is
// in them or among the events that wait at the page, or in both, which does no harm. Others wait
// for the page too, so it is read to the end even when who asked first has gone.
func (b *Book) read(ctx context.Context, due date.Date, p *page) {
	err := fmt.Errorf("load week %s: not finished", due)
	var s *Sheet
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		if p.err = err; err == nil {
			for _, e := range p.late {
				s.apply(e)
			}
			p.sheet, p.late = s, nil
			b.evict(p)
		} else if b.pages[due] == p {
			delete(b.pages, due)
		}
		close(p.ready)
	}()
	w, _ := b.calendar.Week(due)
	s = newSheet(w, b.tree(due), b.form)
	if err = b.load(context.WithoutCancel(ctx), s); err != nil {
		err = fmt.Errorf("load week %s: %w", due, err)
	}
}

// evict takes the weeks longest not asked for out of memory while there is too much in it.
func (b *Book) evict(fresh *page) {
	rows := 0
	for _, p := range b.pages {
		if p.sheet != nil {
			rows += len(p.sheet.chains)
		}
	}
	for rows > b.rows && len(b.pages) > keptWeeks {
		var oldest date.Date
		for due, p := range b.pages {
			if p != fresh && p.sheet != nil && (oldest.IsZero() || p.used.Load() < b.pages[oldest].used.Load()) {
				oldest = due
			}
		}
		if oldest.IsZero() {
			return
		}
		rows -= len(b.pages[oldest].sheet.chains)
		delete(b.pages, oldest)
	}
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
			grants[i].adopt(b.zone)
			s.applyGrant(&grants[i])
		}
	}
	row := func(r *RowVersion) error {
		if len(r.Values) > len(s.form.Columns) {
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
		subs[i].adopt(b.zone)
		s.applySubmission(&subs[i], older)
	}
	return nil
}

// apply takes in events in their order. Weeks not in memory are left to be read when wanted.
func (b *Book) apply(events []Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		e.adopt(len(b.form.Columns), b.zone)
		b.noteWeek(e.Week())
		b.stamps[e.Week()]++
		switch p := b.pages[e.Week()]; {
		case p == nil:
		case p.sheet == nil:
			p.late = append(p.late, e)
		default:
			p.sheet.apply(e)
		}
		if e.Submission != nil && e.Submission.Unit.Level() == unit.LevelTown {
			b.moved(e.Submission)
		}
	}
}

// moved tells this week and those after it that a town's submission has changed.
func (b *Book) moved(sub *Submission) {
	for due, p := range b.pages {
		if p.sheet != nil && !due.Before(sub.Week) {
			p.sheet.increase.move(sub.Unit)
		}
	}
}

// forget drops every week from memory, after units have changed.
func (b *Book) forget() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.pages)
	b.forgot++
}

// stamp tells one state of a week from another.
func (b *Book) stamp(due date.Date) uint64 {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return b.forgot<<32 | b.stamps[due]
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
