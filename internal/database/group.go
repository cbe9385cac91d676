package database

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

// ErrClosed is given to writes that arrive after the group was closed.
var ErrClosed = errors.New("database: the writer is closed")

// Group gathers writes that arrive while a commit is under way into the next commit: one
// transaction and one fsync for many clients. Do returns only after the commit that holds
// the item, so nothing is acknowledged before it is on disk.
type Group[T any] struct {
	queue   chan entry[T]
	closing chan struct{} // closed when no more is taken
	stopped chan struct{} // closed when every item has its answer
	once    sync.Once
	max     int
	commit  func(ctx context.Context, items []T) []error
}

type entry[T any] struct {
	item   T
	answer chan error // holds one, so that answering never waits for who asked
}

// NewGroup starts a group. commit writes a batch of at most max items in one transaction and
// answers each item in order; it is never called twice at once.
func NewGroup[T any](max int, commit func(ctx context.Context, items []T) []error) *Group[T] {
	g := &Group[T]{queue: make(chan entry[T], max), closing: make(chan struct{}), stopped: make(chan struct{}), max: max, commit: commit}
	go g.run()
	return g
}

// Do hands in one item and waits for its answer. When ctx ends first the item may still be
// written; the caller then does not know, as with any lost connection. After Close it is
// ErrClosed, and the item was not written.
func (g *Group[T]) Do(ctx context.Context, item T) error {
	select {
	case <-g.closing:
		return ErrClosed
	default:
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	e := entry[T]{item: item, answer: make(chan error, 1)}
	select {
	case g.queue <- e:
	case <-g.closing:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-e.answer:
		return err
	case <-g.stopped:
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-e.answer: // of the last batch
		return err
	default:
		return ErrClosed // queued behind the last batch
	}
}

// Close stops the group and returns when the batch under way is written and answered. Items
// still queued are answered ErrClosed. Closing twice is allowed.
func (g *Group[T]) Close() {
	g.once.Do(func() { close(g.closing) })
	<-g.stopped
}

func (g *Group[T]) run() {
	defer close(g.stopped)
	entries := make([]entry[T], 0, g.max)
	items := make([]T, 0, g.max)
	for {
		select {
		case <-g.closing: // first: a full queue must not keep a closed group going
			return
		default:
		}
		entries = entries[:0]
		select {
		case <-g.closing:
			return
		case e := <-g.queue:
			entries = append(entries, e)
		}
		// Whoever is about to hand one in is let go first, so that it need not wait for the
		// commit after this one.
		for before := 0; len(entries) < g.max && before < len(entries); {
			before = len(entries)
			runtime.Gosched()
		drain:
			for len(entries) < g.max {
				select {
				case e := <-g.queue:
					entries = append(entries, e)
				default:
					break drain
				}
			}
		}
		items = items[:0]
		for _, e := range entries {
			items = append(items, e.item)
		}
		errs, err := g.call(items)
		for i, e := range entries {
			if err == nil {
				e.answer <- errs[i]
			} else {
				e.answer <- err
			}
		}
		clear(entries) // what was written need not stay in memory until the next batch
		clear(items)
	}
}

// call commits a batch. A panic in it is the batch's error: the goroutine is shared by all
// clients, and ending the program would take the others' requests along.
func (g *Group[T]) call(items []T) (errs []error, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("database: commit panicked: %v\n%s", p, debug.Stack())
		}
	}()
	if errs = g.commit(context.Background(), items); len(errs) != len(items) {
		return nil, fmt.Errorf("database: %d answers for %d items", len(errs), len(items))
	}
	return errs, nil
}
