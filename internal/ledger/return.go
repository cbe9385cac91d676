package ledger

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// ReturnInput gives something back: a village's row by its town, a town's week by its county.
type ReturnInput struct {
	Unit   unit.Code
	Week   date.Date
	Reason string
	Cells  []string  // keys of the columns it is about; none for the whole
	Due    time.Time // by when it is wanted again; zero: by the week's deadline
}

// Return gives a village's row back to the village, with the cells and the reason. What it
// reported stays readable; its state is "returned" until it reports again.
func (s *Service) Return(ctx context.Context, a access.Actor, in ReturnInput) (RowVersion, error) {
	if err := a.Can(access.ReturnRow, in.Unit); err != nil {
		return RowVersion{}, err
	}
	sheet, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week)
	if err != nil {
		return RowVersion{}, err
	}
	if in, err = s.checkReturn(in); err != nil {
		return RowVersion{}, err
	}
	var r RowVersion
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Prepare: func() ([]Event, error) {
		now, _ := sheet.Row(in.Unit, s.Now())
		if now.Chain.Status != Reported && now.Chain.Status != Carried {
			return nil, ErrNothing
		}
		r = s.version(a, ReportInput{Unit: in.Unit, Week: in.Week, Values: now.Values, Source: Source{Kind: ByGrid}}, now.Chain.Version+1, Returned)
		r.Reason, r.ReturnDue, r.Cells = in.Reason, in.Due, in.Cells
		return []Event{{Row: &r}}, nil
	}})
	return r, err
}

// ReturnTown gives a town's week back to the town. What it sealed stays sealed and keeps
// counting until the town submits again.
func (s *Service) ReturnTown(ctx context.Context, a access.Actor, in ReturnInput) (Submission, error) {
	if err := a.Can(access.ReturnTown, in.Unit); err != nil {
		return Submission{}, err
	}
	sheet, err := s.writable(ctx, in.Unit, unit.LevelTown, in.Week)
	if err != nil {
		return Submission{}, err
	}
	if in, err = s.checkReturn(in); err != nil {
		return Submission{}, err
	}
	var sub Submission
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		now := sheet.Office(in.Unit, s.Now())
		if now.Chain.Status != Sealed {
			return nil, ErrNothing
		}
		sub = s.submission(a, in.Unit, in.Week, now.Chain.Version+1, Returned)
		sub.Reason, sub.ReturnDue, sub.Head, sub.Members = in.Reason, in.Due, now.Last.Head, nil
		return []Event{{Submission: &sub}}, nil
	}})
	return sub, err
}

func (s *Service) checkReturn(in ReturnInput) (ReturnInput, error) {
	if in.Reason = strings.TrimSpace(in.Reason); in.Reason == "" {
		return in, ErrReason
	}
	if err := checkText("reason", in.Reason); err != nil {
		return in, err
	}
	in.Cells = slices.Compact(slices.Sorted(slices.Values(in.Cells)))
	for _, key := range in.Cells {
		if _, ok := s.form.ColumnIndex(key); !ok {
			return in, ErrColumn.With("column", key)
		}
	}
	return in, nil
}
