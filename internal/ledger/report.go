package ledger

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// AnyBase in an input's Base says: whatever version stands now.
const AnyBase int32 = -1

// ReportInput is a village's row to be reported.
type ReportInput struct {
	Unit      unit.Code
	Week      date.Date
	Base      int32  // the version it was read at, 0 for none yet; AnyBase
	Values    Values // the whole row; ignored when Unchanged
	Unchanged bool   // nothing changed since the last report, but for what the records say
	Notes     map[string]string
	Source    Source

	derived Values // what the records say now
}

// Report stores a village's row of the week as its next version, durably, before it returns.
// Errors in it and warnings without a note are ErrFindings, with the list in Findings; a row
// written by somebody else since Base is ErrMoved.
func (s *Service) Report(ctx context.Context, a access.Actor, in ReportInput) (RowVersion, error) {
	if err := a.Can(access.ReportRow, in.Unit); err != nil {
		return RowVersion{}, err
	}
	if _, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week); err != nil {
		return RowVersion{}, err
	}
	in, err := s.ready(ctx, in)
	if err != nil {
		return RowVersion{}, err
	}
	var r RowVersion
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Prepare: func() ([]Event, error) {
		sheet, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week)
		if err != nil {
			return nil, err
		}
		chain := sheet.chain(in.Unit)
		if in.Base != AnyBase && in.Base != chain.Version {
			return nil, ErrMoved.With("base", in.Base).With("version", chain.Version)
		}
		r = s.version(a, in, chain.Version+1, Reported)
		return []Event{{Row: &r}}, nil
	}})
	if err != nil {
		return RowVersion{}, err // r may still be written to
	}
	return r, nil
}

// ready fills in what "nothing changed" stands for and holds the row against the checks.
func (s *Service) ready(ctx context.Context, in ReportInput) (ReportInput, error) {
	sheet, err := s.book.Sheet(ctx, in.Week)
	if err != nil {
		return in, err
	}
	var row RowState // what stands this week matters only where records say something
	if s.records != nil && s.records.Derived(in.Unit, in.Week) != nil {
		row, _ = sheet.Row(in.Unit, s.Now())
	}
	g, err := s.ground(ctx, sheet, in.Unit, &row)
	if err != nil {
		return in, err
	}
	if in.Unchanged {
		if g.last == nil && g.says == nil {
			return in, ErrNoLast
		}
		in.Values = g.unchanged()
		in.Unchanged = slices.Equal(in.Values, g.last)
	}
	in.derived = g.says
	if len(in.Values) != len(s.form.Columns) {
		return in, ErrColumn.With("column", len(in.Values))
	}
	in.Values = slices.Clone(in.Values) // the caller may be gone before the change's turn comes
	if in.Notes, err = s.cleanNotes(in.Notes); err != nil {
		return in, err
	}
	var open []Finding
	for _, f := range append(s.Open(in.Values, g.last), s.differs(in.Values, g)...) {
		if f.Severity == Error || in.Notes[s.form.Columns[f.Column].Key] == "" {
			open = append(open, f)
		}
	}
	if len(open) > 0 {
		return in, NewFindings(open)
	}
	return in, nil
}

// Open is what a row still has to answer for: its errors, and the warnings whose cells are not
// simply as they were last reported (those were explained then).
func (s *Service) Open(row, last Values) []Finding {
	var open []Finding
	for _, f := range Check(s.form, row, last) {
		if f.Severity == Warning && last != nil && s.sameAsLast(f, row, last) {
			continue
		}
		open = append(open, f)
	}
	return open
}

func (s *Service) sameAsLast(f Finding, row, last Values) bool {
	if row[f.Column] != last[f.Column] {
		return false
	}
	for _, rule := range s.form.Rules {
		if rule.Code != f.Code {
			continue
		}
		for _, key := range rule.Against {
			if i, _ := s.form.ColumnIndex(key); row[i] != last[i] {
				return false
			}
		}
	}
	return true
}

// version makes the next version of a row.
func (s *Service) version(a access.Actor, in ReportInput, number int32, status Status) RowVersion {
	account, actor, at := s.stamp(a)
	return RowVersion{Unit: in.Unit, Week: in.Week, Version: number, Status: status, Values: in.Values, Derived: in.derived,
		Unchanged: in.Unchanged, OnBehalf: a.Unit != in.Unit, Notes: in.Notes, Source: in.Source,
		Account: account, Actor: actor, At: at}
}

func (s *Sheet) chain(village unit.Code) Chain {
	s.mu.RLock()
	defer s.mu.RUnlock()
	i, ok := s.Tree.VillageIndex(village)
	if !ok {
		return Chain{}
	}
	return s.chains[i]
}
