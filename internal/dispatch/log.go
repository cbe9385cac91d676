package dispatch

import (
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
)

// Item is something that was decided to be done (调度事项), with all that was said about it.
type Item struct {
	Event             // how it was opened; Text is what is to be done
	Due     date.Date // as put off since
	Closed  bool
	Steps   []Event // answers, extensions, closings, reopenings, in order
	Request *Event  // what it was made of; nil: nothing that was asked
}

// Late tells whether the item's day is over on a day, and it is still open.
func (i *Item) Late(on date.Date) bool { return !i.Closed && on.After(i.Due) }

// Last is the last step of a kind.
func (i *Item) Last(kind EventKind) (Event, bool) {
	for n := len(i.Steps) - 1; n >= 0; n-- {
		if i.Steps[n].Kind == kind {
			return i.Steps[n], true
		}
	}
	return Event{}, false
}

// RequestState is what became of a request.
type RequestState string

// The states of a request.
const (
	Waiting   RequestState = "waiting"   // nobody has answered
	Replied   RequestState = "replied"   // answered, and it still stands
	Followed  RequestState = "item"      // followed as an item
	Settled   RequestState = "settled"   // settled with words, or by its item
	Withdrawn RequestState = "withdrawn" // by the village
)

// RequestStates lists the states of a request.
func RequestStates() []RequestState {
	return []RequestState{Waiting, Replied, Followed, Settled, Withdrawn}
}

// Request is something a village asks for (村里所求).
type Request struct {
	Event
	State RequestState
	Item  int64 // the last item made of it
	Steps []Event
}

// Stands tells whether an answer is still wanted.
func (r *Request) Stands() bool { return r.State == Waiting || r.State == Replied }

// Log is a county's items and requests, put together from what was said.
type Log struct {
	Items    []Item
	Requests []Request

	items    map[int64]int
	requests map[int64]int
	open     map[pointKey]int
	seq      int64
	last     time.Time
}

type pointKey struct {
	rule  string
	party record.Party
}

// Fold puts a county's log together: the events in their order, up to an instant; no instant is
// all of them.
func Fold(events []Event, until time.Time) *Log {
	l := &Log{items: map[int64]int{}, requests: map[int64]int{}, open: map[pointKey]int{}}
	for i := range events {
		if !until.IsZero() && events[i].At.After(until) {
			break // instants never run backward in a log
		}
		l.take(events[i])
	}
	return l
}

func (l *Log) take(e Event) {
	l.seq, l.last = e.Seq, e.At
	switch e.Kind {
	case Opens:
		l.opened(e)
	case Asks:
		l.requests[e.ID] = len(l.Requests)
		l.Requests = append(l.Requests, Request{Event: e, State: Waiting})
	case Answers, Extends, Closes, Reopens:
		l.step(e)
	case Replies, Settles, Withdraws:
		r, ok := l.Request(e.Refers)
		if !ok {
			return
		}
		r.Steps = append(r.Steps, e)
		r.State = map[EventKind]RequestState{Replies: Replied, Settles: Settled, Withdraws: Withdrawn}[e.Kind]
	}
}

func (l *Log) opened(e Event) {
	item := Item{Event: e, Due: e.Day}
	if r, ok := l.Request(e.Refers); ok {
		r.State, r.Item = Followed, e.ID
		item.Request = &r.Event
	}
	l.items[e.ID] = len(l.Items)
	l.Items = append(l.Items, item)
	if e.Rule != "" {
		l.open[pointKey{e.Rule, e.Party}] = len(l.Items) - 1
	}
}

func (l *Log) step(e Event) {
	item, ok := l.Item(e.Refers)
	if !ok {
		return
	}
	item.Steps = append(item.Steps, e)
	key := pointKey{item.Rule, item.Party}
	request, made := l.Request(item.Refers)
	made = made && request.Item == item.ID
	switch e.Kind {
	case Extends:
		item.Due = e.Day
	case Closes:
		item.Closed = true
		delete(l.open, key)
		if made {
			request.State = Settled
		}
	case Reopens:
		item.Closed, item.Due = false, e.Day
		if item.Rule != "" {
			l.open[key] = l.items[item.ID]
		}
		if made {
			request.State = Followed
		}
	}
}

// Item finds an item by its ID.
func (l *Log) Item(id int64) (*Item, bool) {
	i, ok := l.items[id]
	if !ok {
		return nil, false
	}
	return &l.Items[i], true
}

// Request finds a request by its ID.
func (l *Log) Request(id int64) (*Request, bool) {
	i, ok := l.requests[id]
	if !ok {
		return nil, false
	}
	return &l.Requests[i], true
}

// Open finds the open item of a kind of points about a party.
func (l *Log) Open(rule string, party record.Party) (*Item, bool) {
	i, ok := l.open[pointKey{rule, party}]
	if !ok {
		return nil, false
	}
	return &l.Items[i], true
}
