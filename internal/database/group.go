package database

import (
	"context"
	"errors"
)

// ErrClosed is given to writes that arrive after the group was closed.
var ErrClosed = errors.New("database: the writer is closed")

// Group gathers writes that arrive while a commit is under way into the next commit: one
// transaction and one fsync for many clients. Do returns only after the commit that holds
// the item, so nothing is acknowledged before it is on disk.
type Group[T any] struct {
	queue  chan entry[T]
	done   chan struct{}
	max    int
	commit func(ctx context.Context, items []T) []error
}

type entry[T any] struct {
	item   T
	answer chan error
}

// NewGroup starts a group. commit writes a batch of at most max items in one transaction and
// answers each item in order; it is never called twice at once.
func NewGroup[T any](max int, commit func(ctx context.Context, items []T) []error) *Group[T] {
	g := &Group[T]{queue: make(chan entry[T], max), done: make(chan struct{}), max: max, commit: commit}
	go g.run()
	return g
}

// Do hands in one item and waits for its answer. When ctx ends first the item may still be
// written; the caller then does not know, as with any lost connection.
func (g *Group[T]) Do(ctx context.Context, item T) error {
	e := entry[T]{item: item, answer: make(chan error, 1)}
	select {
	case g.queue <- e:
	case <-g.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-e.answer:
		return err
	case <-g.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Close stops the group after the batch under way. Items still queued are answered ErrClosed.
func (g *Group[T]) Close() { close(g.done) }

func (g *Group[T]) run() {
	entries := make([]entry[T], 0, g.max)
	items := make([]T, 0, g.max)
	for {
		entries, items = entries[:0], items[:0]
		select {
		case <-g.done:
			return
		case e := <-g.queue:
			entries = append(entries, e)
		}
	drain:
		for len(entries) < g.max {
			select {
			case e := <-g.queue:
				entries = append(entries, e)
			default:
				break drain
			}
		}
		for _, e := range entries {
			items = append(items, e.item)
		}
		for i, err := range g.commit(context.Background(), items) {
			entries[i].answer <- err
		}
	}
}
