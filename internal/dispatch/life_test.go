package dispatch_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// life is a log that is drawn at random, and what a plain replay of it says: by item whether it is
// open and by when, by request what became of it.
type life struct {
	events   []dispatch.Event
	open     map[int64]bool
	due      map[int64]date.Date
	steps    map[int64]int
	requests map[int64]dispatch.RequestState
	madeOf   map[int64]int64
	lastItem map[int64]int64
}

var start = time.Date(2024, 3, 1, 9, 0, 0, 0, time.UTC)

// draw adds one event that may follow on those before, as the rules of the package allow it.
func (l *life) draw(t *rapid.T) {
	e := dispatch.Event{ID: int64(len(l.events) + 1), County: 445281000000, Seq: int64(len(l.events) + 1), Text: "x",
		At: start.Add(time.Duration(len(l.events)) * time.Duration(rapid.IntRange(0, 3).Draw(t, "hours")) * time.Hour)}
	if n := len(l.events); n > 0 && e.At.Before(l.events[n-1].At) {
		e.At = l.events[n-1].At
	}
	pick := func(ids []int64) (int64, bool) {
		if len(ids) == 0 {
			return 0, false
		}
		slices.Sort(ids)
		return rapid.SampledFrom(ids).Draw(t, "which"), true
	}
	var opened, closed, standing []int64
	for id, open := range l.open {
		if open {
			opened = append(opened, id)
		} else {
			closed = append(closed, id)
		}
	}
	for id, s := range l.requests {
		if s == dispatch.Waiting || s == dispatch.Replied {
			standing = append(standing, id)
		}
	}
	day := date.Of(2024, 4, rapid.IntRange(1, 28).Draw(t, "day"))
	party := record.Party{Unit: unit.Code(445281001200 + rapid.IntRange(0, 2).Draw(t, "village"))}
	switch rapid.SampledFrom([]string{"open", "open", "answer", "extend", "close", "reopen", "ask", "reply", "settle", "withdraw", "follow"}).Draw(t, "kind") {
	case "open":
		e.Kind, e.Rule, e.Party, e.Day = dispatch.Opens, rapid.SampledFrom([]string{"unplanted", ""}).Draw(t, "rule"), party, day
		if e.Rule != "" && l.standsOpen(e.Rule, party) {
			return
		}
		l.open[e.ID], l.due[e.ID] = true, day
	case "follow":
		id, ok := pick(standing)
		if !ok {
			return
		}
		e.Kind, e.Refers, e.Party, e.Day = dispatch.Opens, id, party, day
		l.open[e.ID], l.due[e.ID], l.requests[id], l.madeOf[e.ID], l.lastItem[id] = true, day, dispatch.Followed, id, e.ID
	case "answer", "extend", "close":
		id, ok := pick(opened)
		if !ok {
			return
		}
		e.Refers, e.Kind = id, rapid.SampledFrom([]dispatch.EventKind{dispatch.Answers, dispatch.Extends, dispatch.Closes}).Draw(t, "step")
		l.steps[id]++
		if e.Kind == dispatch.Extends {
			e.Day, l.due[id] = day, day
		}
		if e.Kind == dispatch.Closes {
			l.open[id] = false
			if r, made := l.madeOf[id]; made {
				l.requests[r] = dispatch.Settled
			}
		}
	case "reopen":
		id, ok := pick(closed)
		if !ok || l.events[id-1].Rule != "" && l.standsOpen(l.events[id-1].Rule, l.events[id-1].Party) {
			return
		}
		e.Kind, e.Refers, e.Day = dispatch.Reopens, id, day
		l.open[id], l.due[id] = true, day
		l.steps[id]++
		if r, made := l.madeOf[id]; made {
			l.requests[r] = dispatch.Followed
		}
	case "ask":
		e.Kind, e.Rule, e.Party = dispatch.Asks, "money", party
		l.requests[e.ID] = dispatch.Waiting
	case "reply", "settle", "withdraw":
		id, ok := pick(standing)
		if !ok {
			return
		}
		e.Refers, e.Kind = id, rapid.SampledFrom([]dispatch.EventKind{dispatch.Replies, dispatch.Settles, dispatch.Withdraws}).Draw(t, "said")
		l.requests[id] = map[dispatch.EventKind]dispatch.RequestState{dispatch.Replies: dispatch.Replied, dispatch.Settles: dispatch.Settled, dispatch.Withdraws: dispatch.Withdrawn}[e.Kind]
	}
	l.events = append(l.events, e)
}

func (l *life) standsOpen(rule string, p record.Party) bool {
	for id, open := range l.open {
		if e := l.events[id-1]; open && e.Rule == rule && e.Party == p {
			return true
		}
	}
	return false
}

// A log put together says what a plain replay says, and what it said up to an instant does not
// change with what comes after.
func TestLifeOfItems(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &life{open: map[int64]bool{}, due: map[int64]date.Date{}, steps: map[int64]int{}, requests: map[int64]dispatch.RequestState{}, madeOf: map[int64]int64{}, lastItem: map[int64]int64{}}
		for range rapid.IntRange(1, 60).Draw(t, "events") {
			l.draw(t)
		}
		if len(l.events) == 0 {
			return
		}
		log := dispatch.Fold(l.events, time.Time{})
		if len(log.Items) != len(l.open) || len(log.Requests) != len(l.requests) {
			t.Fatalf("%d items and %d requests, want %d and %d", len(log.Items), len(log.Requests), len(l.open), len(l.requests))
		}
		for _, i := range log.Items {
			if i.Closed == l.open[i.ID] || i.Due != l.due[i.ID] || len(i.Steps) != l.steps[i.ID] {
				t.Errorf("item %d: closed %t due %v %d steps, want open %t due %v %d", i.ID, i.Closed, i.Due, len(i.Steps), l.open[i.ID], l.due[i.ID], l.steps[i.ID])
			}
			if found, ok := log.Open(i.Rule, i.Party); i.Rule != "" && !i.Closed && (!ok || found.ID != i.ID) {
				t.Errorf("item %d is not found as the open one", i.ID)
			}
		}
		for _, r := range log.Requests {
			if r.State != l.requests[r.ID] || r.Item != l.lastItem[r.ID] {
				t.Errorf("request %d: %s item %d, want %s item %d", r.ID, r.State, r.Item, l.requests[r.ID], l.lastItem[r.ID])
			}
		}
		cut := rapid.IntRange(0, len(l.events)-1).Draw(t, "cut")
		until := l.events[cut].At
		known := 0
		for known < len(l.events) && !l.events[known].At.After(until) {
			known++
		}
		then, now := dispatch.Fold(l.events[:known], time.Time{}), dispatch.Fold(l.events, until)
		if len(then.Items) != len(now.Items) || len(then.Requests) != len(now.Requests) {
			t.Fatalf("up to %v: %d items, then %d", until, len(now.Items), len(then.Items))
		}
		for k := range then.Items {
			if x, y := then.Items[k], now.Items[k]; x.Closed != y.Closed || x.Due != y.Due || len(x.Steps) != len(y.Steps) {
				t.Errorf("item %d changed with what came after %v", x.ID, until)
			}
		}
		for k := range then.Requests {
			if x, y := then.Requests[k], now.Requests[k]; x.State != y.State || x.Item != y.Item {
				t.Errorf("request %d changed with what came after %v", x.ID, until)
			}
		}
	})
}
