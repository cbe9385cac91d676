package ledger

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// LedgerRow is a line of the consolidated ledger.
type LedgerRow struct {
	Village unit.Unit
	Values  Values // nil when the village's row is not there
	Changed []bool // by column, against the earlier submission; nil when there is none
	State   State
	Carried bool
}

// Ledger is the consolidated ledger (附件2) of a unit for a week: what its towns have sealed.
type Ledger struct {
	Unit    unit.Unit
	Week    week.Week
	Since   date.Date // the week it is compared with; zero: each village's last one
	Tree    *unit.Tree
	Head    Head
	Rows    []LedgerRow
	Missing []unit.Unit // ordinary villages without a row
	Changed int         // how many cells are marked
}

// Consolidated gives the ledger of a unit. Cells that differ from what was last submitted
// before the week, or from the week since when it is not zero, are marked. A village that had no
// row then counts as wholly changed, unless nothing at all had been submitted.
func (s *Service) Consolidated(ctx context.Context, a access.Actor, of unit.Code, due, since date.Date) (Ledger, error) {
	sheet, err := s.Sheet(ctx, a, of, due)
	if err != nil {
		return Ledger{}, err
	}
	now := s.Now()
	u, _ := sheet.Tree.Unit(of)
	l := Ledger{Unit: u, Week: sheet.Week, Since: since, Tree: sheet.Tree}
	l.Head = s.head(a, sheet, u)
	before, compare, err := s.earlier(ctx, a, of, due, since)
	if err != nil {
		return l, err
	}
	for _, r := range sheet.Rows(of, now) {
		row := LedgerRow{Village: r.Village, Values: r.Sealed, State: r.State, Carried: r.Carried}
		switch {
		case r.Sealed == nil && r.Village.Kind == unit.Virtual:
			continue
		case r.Sealed == nil:
			l.Missing = append(l.Missing, r.Village)
		case compare:
			was, err := before(r.Village.Code)
			if err != nil {
				return l, err
			}
			row.Changed = make([]bool, len(r.Sealed))
			for i, v := range r.Sealed {
				if v != Empty && (was == nil || was[i] != v) {
					row.Changed[i] = true
					l.Changed++
				}
			}
		}
		l.Rows = append(l.Rows, row)
	}
	return l, nil
}

// head is the line above the form: the town's or county's own when it has submitted, with the
// telephone as the actor may see it.
func (s *Service) head(a access.Actor, sheet *Sheet, u unit.Unit) Head {
	if o := sheet.Office(u.Code, s.Now()); o.Sealed != nil {
		h := o.Sealed.Head
		h.Phone = a.Phone(u.Code, h.Phone)
		return h
	}
	return Head{Unit: u.Name, FilledOn: s.Today()}
}

// earlier gives what each village had submitted before; compare is false when nothing had been.
func (s *Service) earlier(ctx context.Context, a access.Actor, of unit.Code, due, since date.Date) (before func(unit.Code) (Values, error), compare bool, err error) {
	if !since.IsZero() {
		old, err := s.Sheet(ctx, a, of, since)
		if err != nil {
			return nil, false, err
		}
		return func(c unit.Code) (Values, error) {
			r, _ := old.Row(c, s.Now())
			return r.Sealed, nil
		}, true, nil
	}
	weeks, err := s.book.weeksBefore(ctx, due)
	if err != nil {
		return nil, false, err
	}
	for _, w := range weeks {
		old, err := s.book.Sheet(ctx, w)
		if err != nil {
			return nil, false, err
		}
		if f := old.Figures(of); f.Reported+f.Carried > 0 {
			compare = true
			break
		}
	}
	return func(c unit.Code) (Values, error) {
		v, _, err := s.LastSealed(ctx, c, due)
		return v, err
	}, compare, nil
}

// Prefilled is the ledger as a download to be filled in: the rows as they stand, or as last
// reported.
func (s *Service) Prefilled(ctx context.Context, a access.Actor, of unit.Code, due date.Date) (Ledger, error) {
	views, err := s.Rows(ctx, a, of, due)
	if err != nil {
		return Ledger{}, err
	}
	sheet, err := s.Sheet(ctx, a, of, due)
	if err != nil {
		return Ledger{}, err
	}
	u, _ := sheet.Tree.Unit(of)
	l := Ledger{Unit: u, Week: sheet.Week, Tree: sheet.Tree, Head: s.head(a, sheet, u)}
	for i := range views {
		v := &views[i]
		if v.Village.Kind == unit.Virtual && v.Values == nil {
			continue
		}
		l.Rows = append(l.Rows, LedgerRow{Village: v.Village, Values: v.Filled, State: v.State})
	}
	return l, nil
}
