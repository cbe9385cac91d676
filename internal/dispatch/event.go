package dispatch

import (
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// EventKind is what was said about an item or a request.
type EventKind string

// The kinds. None is ever changed or taken away; a later one says otherwise.
const (
	Opens     EventKind = "open"     // the office makes an item
	Answers   EventKind = "answer"   // the responsible unit, of how far it is
	Extends   EventKind = "extend"   // the office puts the day off, with a reason
	Closes    EventKind = "close"    // the office, with what came of it
	Reopens   EventKind = "reopen"   // the office, with a reason
	Asks      EventKind = "ask"      // a village, or its town for it
	Replies   EventKind = "reply"    // the office; the request still stands
	Settles   EventKind = "settle"   // the office; the request stands no more
	Withdraws EventKind = "withdraw" // the village needs it no more
)

// Event is one line of a county's log: what was said, by whom and when.
type Event struct {
	ID     int64
	County unit.Code
	Seq    int64 // place in the county's log, counted from 1 without gaps
	Kind   EventKind
	Refers int64        // the item or request that is spoken of; of Opens the request it is made of, 0: none
	Rule   string       // of Opens the kind of points, empty: free; of Asks what is asked for
	Party  record.Party // whom it is about
	To     record.Party // of Opens: who is responsible
	Day    date.Date    // of Opens, Extends and Reopens: by when
	Week   date.Date    // of Opens: the page it was made from
	Figure Figure       // of Opens: as it stood then
	Text   string

	By      unit.Code // the unit of who said it
	Account int64
	Actor   string
	At      time.Time
}

// Figure is how large a point is: what it amounts to, and over how many villages.
type Figure struct {
	Amount int64 // 株, 分, tasks or requests; of what lasts, the most weeks
	Units  int   // villages, or 1 for one
}

// IsZero tells whether there is no point.
func (f Figure) IsZero() bool { return f.Units == 0 }
