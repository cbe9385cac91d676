package ledger

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Typing is how much was typed into the ledger in a week.
type Typing struct {
	Week     date.Date
	Villages int // that reported
	Recorded int // of them those of which records say something
	Untyped  int // of those that reported, in how many no cell was typed
	Cells    int // that were typed, over all versions
	// CellsRecorded are those of them that were typed at villages with records.
	CellsRecorded int
}

// Typing counts, week by week up to one, the cells of a unit's villages that were typed, by the
// form, the town's table, a workbook or a program. A cell of a reported version was typed unless
// it is what the records said, what the row said before (this week, or else in the last week that
// the village reported or was carried in), or that moved on by as much as the records did.
func (s *Service) Typing(ctx context.Context, a access.Actor, of unit.Code, until date.Date) ([]Typing, error) {
	if err := a.Can(access.ReadLedger, of); err != nil {
		return nil, err
	}
	weeks, err := s.store.Weeks(ctx, of)
	if err != nil {
		return nil, err
	}
	var list []Typing
	before := map[unit.Code]stood{}
	for _, due := range weeks {
		if due.After(until) {
			break
		}
		t := Typing{Week: due}
		typed := map[unit.Code]int{}
		recorded := map[unit.Code]bool{}
		err := s.store.LoadWeek(ctx, due, func([]Submission, []Grant) {}, func(r *RowVersion) error {
			if !of.Contains(r.Unit) || r.Status == Returned {
				return nil
			}
			if r.Status == Reported {
				n := typedCells(s.form, r, before[r.Unit])
				typed[r.Unit] += n
				recorded[r.Unit] = recorded[r.Unit] || r.Derived != nil
			}
			before[r.Unit] = stood{r.Values, r.Derived}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for village, n := range typed {
			t.Villages++
			t.Cells += n
			if n == 0 {
				t.Untyped++
			}
			if recorded[village] {
				t.Recorded++
				t.CellsRecorded += n
			}
		}
		list = append(list, t)
	}
	return list, nil
}

// stood is what a row said, and the records of it, before the next version.
type stood struct{ values, derived Values }

// typedCells counts the cells of a version that somebody typed.
func typedCells(form *campaign.Form, r *RowVersion, was stood) int {
	n := 0
	for i := range form.Columns {
		v, said := r.Values.at(i), r.Derived.at(i)
		rule := form.Columns[i].Derive
		switch before := was.values.at(i); {
		case v == Empty, v == said, was.values != nil && v == before:
		case said == Empty && v == 0 && r.Derived != nil && rule != nil: // there is none, as no record says otherwise
		case rule != nil && rule.Additive() && before != Empty && v-before == zeroed(said)-zeroed(was.derived.at(i)) && v != before:
		default:
			n++
		}
	}
	return n
}
