package database_test

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/database"
)

var errRefused = errors.New("refused")

// disk is what a fake commit has written.
type disk struct {
	mu      sync.Mutex
	written map[int]bool
	batches []int
	busy    atomic.Bool
}

func (d *disk) commit(_ context.Context, items []int) []error {
	if !d.busy.CompareAndSwap(false, true) {
		panic("two commits at once")
	}
	defer d.busy.Store(false)
	d.mu.Lock()
	defer d.mu.Unlock()
	errs := make([]error, len(items))
	for i, n := range items {
		if n%7 == 3 {
			errs[i] = errRefused
			continue
		}
		d.written[n] = true
	}
	d.batches = append(d.batches, len(items))
	return errs
}

func (d *disk) has(n int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.written[n]
}

// Whoever is told "written" is on disk at that moment; whoever is refused is not, and gets his own
// refusal; no batch is larger than allowed, and none of the items is lost.
func TestGroupAnswersAfterTheCommit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clients := rapid.IntRange(1, 40).Draw(t, "clients")
		most := rapid.IntRange(1, 16).Draw(t, "most")
		d := &disk{written: map[int]bool{}}
		g := database.NewGroup(most, d.commit)
		defer g.Close()
		var wrong atomic.Int64
		var wait sync.WaitGroup
		for c := range clients {
			wait.Go(func() {
				for k := range 5 {
					n := c*5 + k
					err := g.Do(context.Background(), n)
					if refused := n%7 == 3; refused != errors.Is(err, errRefused) || refused == d.has(n) || !refused && err != nil {
						wrong.Add(1)
					}
				}
			})
		}
		wait.Wait()
		sum := 0
		for _, n := range d.batches {
			if sum += n; n > most || n == 0 {
				t.Fatalf("a batch of %d, at most %d", n, most)
			}
		}
		if wrong.Load() != 0 || sum != clients*5 {
			t.Fatalf("%d wrong answers; %d of %d items in batches", wrong.Load(), sum, clients*5)
		}
	})
}

// gate is a commit that waits to be let through.
type gate struct {
	began, pass chan bool
	items       []int
}

func (g *gate) commit(_ context.Context, items []int) []error {
	g.began <- true
	<-g.pass
	g.items = append(g.items, items...)
	return make([]error, len(items))
}

func TestGroupClose(t *testing.T) {
	at := &gate{began: make(chan bool), pass: make(chan bool)}
	g := database.NewGroup(4, at.commit)
	first, second, closed := make(chan error, 1), make(chan error, 1), make(chan bool)
	go func() { first <- g.Do(context.Background(), 1) }()
	<-at.began
	go func() { second <- g.Do(context.Background(), 2) }() // queued, or about to be
	go func() { g.Close(); close(closed) }()
	gone, cancel := context.WithCancel(context.Background())
	cancel()
	for !errors.Is(g.Do(gone, 9), database.ErrClosed) { // until closing has begun
		runtime.Gosched()
	}
	select {
	case <-closed:
		t.Fatal("closed before the batch under way was written")
	case err := <-first:
		t.Fatalf("answered before the batch was written: %v", err)
	default:
	}
	at.pass <- true
	<-closed
	if err := <-first; err != nil {
		t.Errorf("what was under way: %v", err)
	}
	select {
	case <-at.began:
		t.Error("another batch was begun after closing")
	case err := <-second:
		if !errors.Is(err, database.ErrClosed) {
			t.Errorf("what was queued: %v", err)
		}
	}
	if err := g.Do(context.Background(), 3); !errors.Is(err, database.ErrClosed) {
		t.Errorf("after closing: %v", err)
	}
	g.Close()
	if len(at.items) != 1 || at.items[0] != 1 {
		t.Errorf("written: %v", at.items)
	}
}

// Who goes does not hold up the others, and what he left is written or not, but only once.
func TestGroupWhoGoes(t *testing.T) {
	at := &gate{began: make(chan bool), pass: make(chan bool)}
	g := database.NewGroup(4, at.commit)
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan error)
	go func() { gone <- g.Do(ctx, 1) }()
	<-at.began
	cancel()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("who went: %v", err)
	}
	at.pass <- true
	if err := g.Do(ctx, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("who had gone before: %v", err)
	}
	stays := make(chan error)
	go func() { stays <- g.Do(context.Background(), 3) }()
	<-at.began
	at.pass <- true
	if err := <-stays; err != nil {
		t.Errorf("who stayed: %v", err)
	}
	g.Close()
	if len(at.items) != 2 || at.items[0] != 1 || at.items[1] != 3 {
		t.Errorf("written: %v", at.items)
	}
}

// A commit that panics or answers wrongly is an error for its batch; the group goes on.
func TestGroupOutlivesABrokenCommit(t *testing.T) {
	g := database.NewGroup(4, func(_ context.Context, items []string) []error {
		switch items[0] {
		case "panic":
			panic("broken")
		case "silent":
			return nil
		}
		return make([]error, len(items))
	})
	defer g.Close()
	for item, wrong := range map[string]bool{"panic": true, "silent": true, "fine": false} {
		if err := g.Do(context.Background(), item); (err != nil) != wrong {
			t.Errorf("%s: %v", item, err)
		}
	}
}
