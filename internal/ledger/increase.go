package ledger

import (
	"context"
	"slices"
	"sync"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// increase is what a week's sealed rows add to what each village had sealed last before, summed
// like the rows themselves. It is worked out when it is first asked for, and again for a town
// whose submission of this or an earlier week has changed since.
type increase struct {
	mu   sync.Mutex // held while towns are worked out and sums are read
	rows *sums      // nil until asked for; differences, Empty where there is nothing to compare with

	mark  sync.Mutex
	moved map[unit.Code]bool // towns to be worked out again
}

// move notes that a town's submission has changed.
func (in *increase) move(town unit.Code) {
	in.mark.Lock()
	defer in.mark.Unlock()
	if in.moved == nil {
		in.moved = map[unit.Code]bool{}
	}
	in.moved[town] = true
}

// take gives the towns to be worked out and forgets them.
func (in *increase) take() map[unit.Code]bool {
	in.mark.Lock()
	defer in.mark.Unlock()
	moved := in.moved
	in.moved = nil
	return moved
}

// Increase is what a week added.
type Increase struct {
	Villages int     // how many could be compared with what they had sealed last before
	Sums     []int64 // one per column
}

// Increase gives, for each unit, what the week added in every column: the sum over its villages
// of what is sealed less what was sealed last before, whichever week that was. Villages that are
// not sealed this week, or never were before, add nothing: there is nothing to compare. The units
// lie in the one that the actor may read.
func (s *Service) Increase(ctx context.Context, a access.Actor, of unit.Code, due date.Date, units []unit.Unit) ([]Increase, error) {
	sheet, err := s.Sheet(ctx, a, of, due)
	if err != nil {
		return nil, err
	}
	in := &sheet.increase
	in.mu.Lock()
	defer in.mu.Unlock()
	towns := in.take()
	if in.rows == nil {
		in.rows, towns = newSums(sheet.Tree.VillageCount(), len(s.form.Columns)+1), sheet.sealedTowns()
	}
	for town := range towns {
		if err := s.workOut(ctx, sheet, town); err != nil {
			in.move(town)
			return nil, err
		}
	}
	k := len(s.form.Columns)
	out := make([]Increase, len(units))
	for i, u := range units {
		if !of.Contains(u.Code) {
			return nil, access.ErrOutside.With("unit", u.Code.String())
		}
		all := make([]int64, k+1)
		lo, hi := sheet.Tree.VillageSpan(u.Code)
		in.rows.add(lo, hi, all)
		out[i] = Increase{Villages: int(all[k]), Sums: all[:k:k]}
	}
	return out, nil
}

// workOut compares a town's rows with what was sealed before.
func (s *Service) workOut(ctx context.Context, sheet *Sheet, town unit.Code) error {
	k := len(s.form.Columns)
	lo, hi := sheet.Tree.VillageSpan(town)
	for i := lo; i < hi; i++ {
		row := NewValues(k + 1)
		if now := sheet.sealedRow(i); now != nil {
			before, _, err := s.LastSealed(ctx, sheet.Tree.Villages(0)[i].Code, sheet.Week.Due)
			if err != nil {
				return err
			}
			if before != nil {
				row[k] = 1
			}
			for c := range before {
				if now[c] != Empty && before[c] != Empty {
					row[c] = now[c] - before[c]
				}
			}
		}
		sheet.increase.rows.set(i, row)
	}
	return nil
}

// sealedRow is a copy of what is sealed for village i; nil when nothing is.
func (s *Sheet) sealedRow(i int) Values {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.versions[i] == 0 {
		return nil
	}
	return slices.Clone(s.sealed.row(i)[:len(s.form.Columns)])
}

// sealedTowns are the towns that have sealed anything.
func (s *Sheet) sealedTowns() map[unit.Code]bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	out := map[unit.Code]bool{}
	for code, o := range s.offices {
		if o.sealed != nil && code.Level() == unit.LevelTown {
			out[code] = true
		}
	}
	return out
}
