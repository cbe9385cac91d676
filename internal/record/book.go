package record

import (
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Book holds what every column of the ledger comes to from records, for every village and week.
// A version costs as many steps as there are weeks, whatever the number of records. It is safe
// for concurrent use.
type Book struct {
	records *campaign.Records
	columns []*campaign.Tally // by column; nil: typed
	byKind  map[string][]int  // the columns a kind of record can touch
	weeks   weeks

	mu    sync.RWMutex
	units map[unit.Code][]*tally // by column
	usual map[usually]*past      // by unit, kind and field
}

// newBook makes an empty book.
func newBook(records *campaign.Records, form *campaign.Form, calendar *week.Calendar) *Book {
	b := &Book{records: records, byKind: map[string][]int{}, weeks: newWeeks(calendar), units: map[unit.Code][]*tally{}, usual: map[usually]*past{}}
	for i := range form.Columns {
		rule := form.Columns[i].Derive
		b.columns = append(b.columns, rule)
		if rule != nil {
			b.byKind[rule.Record] = append(b.byKind[rule.Record], i)
		}
	}
	return b
}

// Event is a version with the one it replaces, nil for the first.
type Event struct{ Before, Version *Version }

// SetSeq gives the version its place among all versions, and a new record its number.
func (e Event) SetSeq(place int64) {
	e.Version.Seq = place
	if e.Version.Number == 1 {
		e.Version.ID = place
	}
}

// apply takes events into the book, in order.
func (b *Book) apply(events []Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, e := range events {
		kind, ok := b.records.Kind(e.Version.Kind)
		if !ok {
			continue // of a campaign that had this kind
		}
		if e.Before != nil {
			b.count(e.Before, b.weeks.span(kind, e.Before, nil), -1)
			b.count(e.Before, b.weeks.span(kind, e.Before, e.Version), 1)
		}
		b.count(e.Version, b.weeks.span(kind, e.Version, nil), 1)
		b.remember(kind, e)
	}
}

func (b *Book) count(v *Version, s span, sign int32) {
	if s.empty() {
		return
	}
	for _, i := range b.byKind[v.Kind] {
		if !takes(b.columns[i], v) {
			continue
		}
		of := b.units[v.Unit]
		if of == nil {
			of = make([]*tally, len(b.columns))
			b.units[v.Unit] = of
		}
		if of[i] == nil {
			of[i] = &tally{rule: b.columns[i]}
		}
		of[i].add(v, s, b.weeks.happened(v.Day) == s.from, sign, len(b.weeks.due))
	}
}

// Derived gives what the records say of a village's row in a week, column by column; Empty where
// they say nothing. It is nil when they say nothing at all.
func (b *Book) Derived(village unit.Code, due date.Date) ledger.Values {
	at, ok := b.weeks.of(due)
	if !ok {
		return nil
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	of := b.units[village]
	if of == nil {
		return nil
	}
	values := ledger.NewValues(len(b.columns))
	for i, t := range of {
		values[i] = t.value(at)
	}
	if values.Blank() {
		return nil
	}
	return values
}

// Fresh gives what a village's additive columns have gained after the week due on one day and up
// to that due on another, from what happened in those weeks; what was entered late of earlier
// ones is not in it. It is nil when there is nothing.
func (b *Book) Fresh(village unit.Code, after, due date.Date) ledger.Values {
	to, ok := b.weeks.of(due)
	if !ok {
		return nil
	}
	from, ok := b.weeks.of(after)
	if !ok {
		from-- // the last week before that day
	}
	b.mu.RLock()
	defer b.mu.RUnlock()
	of := b.units[village]
	if of == nil {
		return nil
	}
	values := make(ledger.Values, len(b.columns))
	for i, t := range of {
		if t != nil && t.rule.Additive() {
			values[i] = ledger.Value(t.since(from, to))
		}
	}
	return values
}
