package ledger

import (
	"context"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// CellChange is one step in the life of a cell: who set it, when, from what to what, by which
// door.
type CellChange struct {
	Week     date.Date
	Version  int32
	Status   Status
	From, To Value
	Said     Value // what the records said then; Empty when nothing
	Actor    string
	At       time.Time
	OnBehalf bool
	Source   Source
	Cell     string // the A1 reference in the source's sheet, when it came from a workbook
	Note     string // the word of explanation that came with it
	Reason   string // why the row was returned, when that touched this cell
}

// CellHistory tells how a village's cell came to its value, up to and with a week, newest
// first. Versions that left the cell as it was are left out, returns that point at it are not.
func (s *Service) CellHistory(ctx context.Context, a access.Actor, village unit.Code, column string, upTo date.Date) ([]CellChange, error) {
	i, ok := s.form.ColumnIndex(column)
	if !ok {
		return nil, ErrColumn.With("column", column)
	}
	if _, err := s.Sheet(ctx, a, village, upTo); err != nil {
		return nil, err
	}
	weeks, err := s.store.Weeks(ctx, village)
	if err != nil {
		return nil, err
	}
	var out []CellChange
	value := Empty
	for _, w := range weeks {
		if w.After(upTo) {
			break
		}
		versions, err := s.adoptRows(s.store.RowHistory(ctx, village, w))
		if err != nil {
			return nil, err
		}
		for _, r := range versions {
			if c, ok := cellStep(&r, i, column, value); ok {
				out = append(out, c)
			}
			value = r.Values[i]
		}
	}
	slices.Reverse(out)
	return out, nil
}

func cellStep(r *RowVersion, i int, column string, before Value) (CellChange, bool) {
	c := CellChange{Week: r.Week, Version: r.Version, Status: r.Status, From: before, To: r.Values[i], Said: r.Derived.at(i), Actor: r.Actor, At: r.At,
		OnBehalf: r.OnBehalf, Source: r.Source, Cell: r.Source.Cell(i), Note: r.Notes[column]}
	if r.Status == Returned {
		for _, key := range r.Cells {
			if key == column {
				c.Reason = r.Reason
			}
		}
		return c, c.Reason != ""
	}
	return c, c.From != c.To || c.Note != ""
}

// RowHistory gives every version of a village's row of a week, oldest first.
func (s *Service) RowHistory(ctx context.Context, a access.Actor, village unit.Code, due date.Date) ([]RowVersion, error) {
	if _, err := s.Sheet(ctx, a, village, due); err != nil {
		return nil, err
	}
	return s.adoptRows(s.store.RowHistory(ctx, village, due))
}

// Submissions gives every version of a town's or county's week, oldest first.
func (s *Service) Submissions(ctx context.Context, a access.Actor, of unit.Code, due date.Date) ([]Submission, error) {
	if _, err := s.Sheet(ctx, a, of, due); err != nil {
		return nil, err
	}
	return s.adoptSubmissions(s.store.Submissions(ctx, of, due))
}

// Ref names one version of a unit's submission.
type Ref struct {
	Week    date.Date
	Version int32 // 0: the latest sealed
}

// CellDiff is a cell that differs between two submissions.
type CellDiff struct {
	Village  unit.Code
	Column   int
	From, To Value
}

// Comparison is what differs between two submissions of one unit.
type Comparison struct {
	Unit    unit.Code
	A, B    Ref
	Diffs   []CellDiff
	Added   []unit.Code // villages only in B
	Removed []unit.Code // villages only in A
}

// Compare holds two submissions of a unit against each other: of a town or county by version, and
// of any unit, when the version is 0, as its towns' latest of the week.
func (s *Service) Compare(ctx context.Context, act access.Actor, of unit.Code, a, b Ref) (Comparison, error) {
	c := Comparison{Unit: of, A: a, B: b}
	before, err := s.sealedAt(ctx, act, of, a)
	if err != nil {
		return c, err
	}
	after, err := s.sealedAt(ctx, act, of, b)
	if err != nil {
		return c, err
	}
	old := make(map[unit.Code]Values, len(before))
	for _, r := range before {
		old[r.code] = r.values
	}
	for _, r := range after {
		was, ok := old[r.code]
		if !ok {
			c.Added = append(c.Added, r.code)
			continue
		}
		delete(old, r.code)
		for i := range r.values {
			if was[i] != r.values[i] {
				c.Diffs = append(c.Diffs, CellDiff{r.code, i, was[i], r.values[i]})
			}
		}
	}
	for _, r := range before {
		if _, left := old[r.code]; left {
			c.Removed = append(c.Removed, r.code)
		}
	}
	return c, nil
}

type sealedRow struct {
	code   unit.Code
	values Values
}

func (s *Service) sealedAt(ctx context.Context, a access.Actor, of unit.Code, ref Ref) ([]sealedRow, error) {
	sheet, err := s.Sheet(ctx, a, of, ref.Week)
	if err != nil {
		return nil, err
	}
	if ref.Version != 0 {
		return s.sealedIn(ctx, of, ref)
	}
	var out []sealedRow
	for _, r := range sheet.Rows(of, s.Now()) {
		if r.Sealed != nil {
			out = append(out, sealedRow{r.Village.Code, r.Sealed})
		}
	}
	return out, nil
}

// sealedIn reads the rows that one version of a submission holds: a town's own, or those of the
// towns' versions in a county's.
func (s *Service) sealedIn(ctx context.Context, of unit.Code, ref Ref) ([]sealedRow, error) {
	subs, err := s.store.Submissions(ctx, of, ref.Week)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(subs, func(sub Submission) bool { return sub.Version == ref.Version && sub.Status == Sealed })
	if i < 0 {
		return nil, ErrNoVersion.With("version", ref.Version)
	}
	var out []sealedRow
	if of.Level() != unit.LevelTown {
		for _, m := range subs[i].Members {
			if m.Version == 0 {
				continue
			}
			rows, err := s.sealedIn(ctx, m.Unit, Ref{ref.Week, m.Version})
			if err != nil {
				return nil, err
			}
			out = append(out, rows...)
		}
		return out, nil
	}
	rows, err := s.adoptRows(s.store.SealedRows(ctx, &subs[i]))
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		out = append(out, sealedRow{r.Unit, r.Values})
	}
	return out, nil
}
