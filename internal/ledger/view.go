package ledger

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// RowView is a village's row as its page shows it.
type RowView struct {
	RowState
	Latest   *RowVersion // the latest version with its notes and reasons; nil when there is none
	Last     Values      // the last report before this week; nil when there is none
	LastWeek date.Date
	Draft    *Draft         // nil when nothing is typed, or the actor may not report the row
	Filled   Values         // what the page shows: the latest or the last, with the draft over it
	Typed    map[int]string // by column, texts of the draft that are not values
	Findings []Finding      // what the row as filled still has to answer for
	Notes    map[string]string
	Locked   bool
	Due      Due
	Says     Values // what the records say of the row now, Empty where nothing; nil when nothing at all
	Newer    bool   // the records say more than the version of this week
}

// Manual tells whether the cell as filled is not what the records say.
func (v *RowView) Manual(column int) bool {
	said := v.Says.at(column)
	return said != Empty && v.Filled[column] != said
}

// Changed tells whether the cell as filled differs from the last report.
func (v *RowView) Changed(column int) bool {
	return v.Last != nil && v.Filled[column] != v.Last[column]
}

// Finding gives what is wrong at a column, errors first.
func (v *RowView) Finding(column int) (Finding, bool) {
	var found Finding
	for _, f := range v.Findings {
		if f.Column == column && (found.Severity == 0 || f.Severity < found.Severity) {
			found = f
		}
	}
	return found, found.Severity != 0
}

// Row gives a village's row of a week as its page shows it.
func (s *Service) Row(ctx context.Context, a access.Actor, village unit.Code, due date.Date) (RowView, error) {
	views, err := s.Rows(ctx, a, village, due)
	if err != nil {
		return RowView{}, err
	}
	if len(views) != 1 || village.Level() != unit.LevelVillage {
		return RowView{}, ErrNoVillage.With("unit", village.String())
	}
	return views[0], nil
}

// Rows gives the rows of all villages of a unit, in code order, as a town's table shows them.
func (s *Service) Rows(ctx context.Context, a access.Actor, of unit.Code, due date.Date) ([]RowView, error) {
	sheet, err := s.Sheet(ctx, a, of, due)
	if err != nil {
		return nil, err
	}
	rows, latest, err := s.standing(ctx, sheet, of)
	if err != nil {
		return nil, err
	}
	typed := map[unit.Code]*Draft{}
	if a.May(access.ReportRow, of) {
		drafts, err := s.store.Drafts(ctx, of, due)
		if err != nil {
			return nil, err
		}
		for i := range drafts {
			drafts[i].At = s.local(drafts[i].At)
			typed[drafts[i].Unit] = &drafts[i]
		}
	}
	views := make([]RowView, len(rows))
	for i := range rows {
		code := rows[i].Village.Code
		if views[i], err = s.view(ctx, sheet, rows[i], latest[code], typed[code]); err != nil {
			return nil, err
		}
	}
	return views, nil
}

// standing gives the rows of a unit with the versions they stand at. The two are read one after
// the other; when something was written in between, or by another server, they are read again.
func (s *Service) standing(ctx context.Context, sheet *Sheet, of unit.Code) ([]RowState, map[unit.Code]*RowVersion, error) {
	const tries = 3
	for try := 1; ; try++ {
		rows := sheet.Rows(of, s.Now())
		versions, err := s.adoptRows(s.store.Rows(ctx, of, sheet.Week.Due))
		if err != nil {
			return nil, nil, err
		}
		latest := make(map[unit.Code]*RowVersion, len(versions))
		for i := range versions {
			latest[versions[i].Unit] = &versions[i]
		}
		agree := true
		for i := range rows {
			if v := latest[rows[i].Village.Code]; v != nil && v.Version != rows[i].Chain.Version {
				agree = false
			}
		}
		if agree || try == tries {
			return rows, latest, nil
		}
		if err := s.store.Refresh(ctx); err != nil {
			return nil, nil, err
		}
	}
}

func (s *Service) view(ctx context.Context, sheet *Sheet, row RowState, latest *RowVersion, draft *Draft) (RowView, error) {
	v := RowView{RowState: row, Latest: latest, Typed: map[int]string{}, Locked: sheet.Locked(row.Village.Code), Due: sheet.Due(row.Village.Code)}
	g, err := s.ground(ctx, sheet, row.Village.Code, &row)
	if err != nil {
		return v, err
	}
	v.Last, v.LastWeek, v.Says = g.last, g.lastWeek, g.says
	v.Newer = row.Values != nil && !slices.Equal(g.from, row.Values)
	v.Filled = slices.Clone(g.from)
	if latest != nil {
		v.Notes = merged(nil, latest.Notes)
	}
	if draft != nil && row.Chain.holds(draft.Base) && len(draft.Inputs)+len(draft.Notes) > 0 {
		v.Draft, v.Notes = draft, merged(v.Notes, draft.Notes)
		maps.DeleteFunc(v.Notes, func(_, note string) bool { return note == "" })
		v.fill(s, draft.Inputs)
	}
	for _, f := range append(s.Open(v.Filled, v.Last), s.differs(v.Filled, g)...) {
		if _, unread := v.Typed[f.Column]; unread || (f.Severity == Warning && v.Notes[s.form.Columns[f.Column].Key] != "") {
			continue
		}
		v.Findings = append(v.Findings, f)
	}
	return v, nil
}

// fill lays typed texts over the row; those that are not values are kept beside it.
func (v *RowView) fill(s *Service, inputs map[string]string) {
	for key, text := range inputs {
		i, ok := s.form.ColumnIndex(key)
		if !ok {
			continue
		}
		value, f := Parse(&s.form.Columns[i], text)
		if v.Filled[i] = value; f != nil {
			f.Column = i
			v.Typed[i] = text
			v.Findings = append(v.Findings, *f)
		}
	}
}

// ReportDraft reports a row as its page shows it: the draft over the latest version or the
// last report.
func (s *Service) ReportDraft(ctx context.Context, a access.Actor, village unit.Code, due date.Date, source SourceKind) (RowVersion, error) {
	v, err := s.Row(ctx, a, village, due)
	if err != nil {
		return RowVersion{}, err
	}
	if len(v.Typed) > 0 {
		return RowVersion{}, NewFindings(v.Findings)
	}
	return s.Report(ctx, a, ReportInput{Unit: village, Week: due, Base: v.Chain.Version, Values: v.Filled, Notes: v.Notes,
		Unchanged: v.Last != nil && slices.Equal(v.Filled, v.Last), Source: Source{Kind: source}})
}

// IsMoved tells whether an error means that somebody else wrote in the meantime.
func IsMoved(err error) bool { return errors.Is(err, ErrMoved) || errors.Is(err, ErrDraftMoved) }
