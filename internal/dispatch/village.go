package dispatch

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// Entry is how a village stands in one week, as points are reckoned from it.
type Entry struct {
	Week   date.Date
	Sealed ledger.Values // nil: its town has sealed nothing for it
	Own    bool          // it has reported by itself
	Over   bool          // its time was over: it should have
	Waived bool          // it need not report
}

// Village is a village as a week's page counts it.
type Village struct {
	Unit     unit.Unit
	Entry                    // of the week itself
	Values   ledger.Values   // what was last sealed up to the week; nil: nothing ever
	SealedIn date.Date       // in which week
	Carried  bool            // not of this week, or carried along by the town
	State    ledger.State    // of the week's report
	stuck    map[string]span // by rule key
	silent   int             // weeks running without a report of its own
}

// span is for how long something has lasted.
type span struct {
	weeks int
	over  bool // when it began is known
}

// walk follows a village back through its weeks, the page's own first.
type walk struct {
	form  *campaign.Form
	rules []campaign.PointRule
	v     *Village
	first bool
	quiet bool // still counting weeks without a report
	lasts []lasting
}

// lasting is one rule of what does not grow, on its way back.
type lasting struct {
	rule    *campaign.PointRule
	value   ledger.Value // now
	started bool
	pending int // weeks since the last that was sealed with the value
	weeks   int
	over    bool
}

func newWalk(form *campaign.Form, d *campaign.Dispatch, v *Village) *walk {
	w := &walk{form: form, rules: d.Points, v: v, first: true, quiet: true}
	for i := range d.Points {
		if d.Points[i].Kind == campaign.PointStuck {
			w.lasts = append(w.lasts, lasting{rule: &d.Points[i]})
		}
	}
	return w
}

// take follows to one week further back; more tells whether an earlier one can still say anything.
func (w *walk) take(e Entry, carried bool) (more bool) {
	if w.first {
		w.v.Entry, w.v.Carried, w.first = e, carried || e.Sealed == nil, false
	}
	if w.v.Values == nil && e.Sealed != nil {
		w.v.Values, w.v.SealedIn = e.Sealed, e.Week
	}
	if w.quiet {
		switch {
		case e.Own:
			w.quiet = false
		case e.Waived, !e.Over:
		default:
			w.v.silent++
		}
	}
	more = w.quiet || w.v.Values == nil
	for i := range w.lasts {
		l := &w.lasts[i]
		l.take(e, amount(w.form, e.Sealed, l.rule.Column))
		more = more || !l.over && (!l.started || w.below(l))
	}
	return more
}

// take counts the weeks in which a value has not grown. A week counts when it is sealed, or its
// time was over; the earliest sealed with the value is the one in which it arose.
func (l *lasting) take(e Entry, value ledger.Value) {
	if l.over {
		return
	}
	if e.Sealed == nil {
		if e.Over && !e.Waived {
			l.pending++
		}
		return
	}
	switch {
	case !l.started:
		l.started, l.value, l.weeks = true, value, l.pending
	case value < l.value:
		l.over = true
		return
	default:
		l.weeks += l.pending
	}
	l.pending = 1
}

func (w *walk) below(l *lasting) bool {
	return amount(w.form, w.v.Values, l.rule.Column) < amount(w.form, w.v.Values, l.rule.Below)
}

// done keeps what was found.
func (w *walk) done() {
	w.v.stuck = map[string]span{}
	for i := range w.lasts {
		l := &w.lasts[i]
		w.v.stuck[l.rule.Key] = span{l.weeks, l.over}
	}
}

// amount is a number of a row; nothing counts as none.
func amount(form *campaign.Form, row ledger.Values, column string) ledger.Value {
	i, ok := form.ColumnIndex(column)
	if !ok || i >= len(row) || row[i] == ledger.Empty {
		return 0
	}
	return row[i]
}

// Point is something that stands out at a unit or a department (调度点).
type Point struct {
	Rule   *campaign.PointRule
	Party  record.Party
	Figure Figure
	Have   int64 // what does not grow; what was taken off
	Of     int64 // what it should come to; what it was taken from
	More   bool  // of what lasts: as far back as was looked, or longer
}

// points are those of the ledger's rules at a village.
func (v *Village) points(form *campaign.Form, d *campaign.Dispatch) []Point {
	if v.Unit.Kind != unit.Ordinary {
		return nil
	}
	var list []Point
	for i := range d.Points {
		r := &d.Points[i]
		p := Point{Rule: r, Party: record.Party{Unit: v.Unit.Code}, Figure: Figure{Units: 1}}
		of := func(column string) int64 { return int64(amount(form, v.Values, column)) }
		switch r.Kind {
		case campaign.PointStuck:
			s := v.stuck[r.Key]
			p.Figure.Amount, p.Have, p.Of, p.More = int64(s.weeks), of(r.Column), of(r.Below), !s.over
			if v.Values == nil || s.weeks < r.Weeks || p.Have >= p.Of {
				continue
			}
		case campaign.PointSilent:
			if p.Figure.Amount = int64(v.silent); v.silent < r.Weeks {
				continue
			}
		case campaign.PointGap:
			p.Of = of(r.Column)
			for _, column := range r.Less {
				p.Have += of(column)
			}
			p.Figure.Amount = p.Of - p.Have
			if v.Values == nil || p.Figure.Amount < r.AtLeast || p.Figure.Amount*100 < p.Of*r.Percent {
				continue
			}
		default:
			continue
		}
		list = append(list, p)
	}
	return list
}
