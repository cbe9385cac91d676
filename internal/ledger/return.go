package ledger

import (
	"context"
	"slices"
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
	Base   int32     // the version that was looked at; 0 or AnyBase: whatever stands
	Cells  []string  // keys of the columns it is about; none for the whole
	Due    time.Time // by when it is wanted again; zero: by the deadline, if that is still to come
}

// Return gives a village's row back to the village, with the cells and the reason. What it
// reported stays readable; its state is "returned" until it reports again.
func (s *Service) Return(ctx context.Context, a access.Actor, in ReturnInput) (RowVersion, error) {
	if err := a.Can(access.ReturnRow, in.Unit); err != nil {
		return RowVersion{}, err
	}
	if _, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week); err != nil {
		return RowVersion{}, err
	}
	in, err := s.checkReturn(in)
	if err != nil {
		return RowVersion{}, err
	}
	var r RowVersion
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Prepare: func() ([]Event, error) {
		sheet, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week)
		if err != nil {
			return nil, err
		}
		now, _ := sheet.Row(in.Unit, s.Now())
		if err := in.meets(now.Chain, Reported, Carried); err != nil {
			return nil, err
		}
		r = s.version(a, ReportInput{Unit: in.Unit, Week: in.Week, Values: now.Values, derived: now.Derived, Source: Source{Kind: ByGrid}}, now.Chain.Version+1, Returned)
		r.Reason, r.ReturnDue, r.Cells = in.Reason, s.wanted(in, sheet), in.Cells
		return []Event{{Row: &r}}, nil
	}})
	if err != nil {
		return RowVersion{}, err // r may still be written to
	}
	return r, nil
}

// ReturnTown gives a town's week back to the town. What it sealed stays sealed and keeps
// counting until the town submits again.
func (s *Service) ReturnTown(ctx context.Context, a access.Actor, in ReturnInput) (Submission, error) {
	if err := a.Can(access.ReturnTown, in.Unit); err != nil {
		return Submission{}, err
	}
	if _, err := s.writable(ctx, in.Unit, unit.LevelTown, in.Week); err != nil {
		return Submission{}, err
	}
	in, err := s.checkReturn(in)
	if err != nil {
		return Submission{}, err
	}
	var sub Submission
	err = s.store.Commit(ctx, Change{Unit: in.Unit, Week: in.Week, Alone: true, Prepare: func() ([]Event, error) {
		sheet, err := s.writable(ctx, in.Unit, unit.LevelTown, in.Week)
		if err != nil {
			return nil, err
		}
		now := sheet.Office(in.Unit, s.Now())
		if err := in.meets(now.Chain, Sealed); err != nil {
			return nil, err
		}
		sub = s.submission(a, in.Unit, in.Week, now.Chain.Version+1, Returned)
		sub.Reason, sub.ReturnDue, sub.Head, sub.Hash = in.Reason, s.wanted(in, sheet), now.Last.Head, now.Last.Hash
		return []Event{{Submission: &sub}}, nil
	}})
	if err != nil {
		return Submission{}, err // sub may still be written to
	}
	return sub, nil
}

// meets tells whether what stands is what was looked at, and can be given back.
func (in *ReturnInput) meets(now Chain, returnable ...Status) error {
	switch {
	case in.Base > 0 && in.Base != now.Version:
		return ErrMoved.With("base", in.Base).With("version", now.Version)
	case !slices.Contains(returnable, now.Status):
		return ErrNothing
	}
	return nil
}

// wanted is by when what is returned is wanted again: the time set, or the deadline while there
// is one to come.
func (s *Service) wanted(in ReturnInput, sheet *Sheet) time.Time {
	if in.Due.IsZero() {
		if deadline := sheet.Due(in.Unit).Deadline; s.Now().Before(deadline) {
			return deadline
		}
	}
	return in.Due
}

func (s *Service) checkReturn(in ReturnInput) (ReturnInput, error) {
	var err error
	if in.Reason, err = reasoned(in.Reason); err != nil {
		return in, err
	}
	if in.Due = in.Due.Truncate(time.Millisecond); !in.Due.IsZero() {
		if !in.Due.After(s.Now()) {
			return in, ErrReturnDue
		}
		in.Due = s.local(in.Due)
	}
	in.Cells = slices.Compact(slices.Sorted(slices.Values(in.Cells)))
	for _, key := range in.Cells {
		if _, ok := s.form.ColumnIndex(key); !ok {
			return in, ErrColumn.With("column", key)
		}
	}
	return in, nil
}
