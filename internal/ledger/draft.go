package ledger

import (
	"context"
	"errors"
	"maps"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// DraftInput is what has just been typed in some cells of a row.
type DraftInput struct {
	Unit   unit.Code
	Week   date.Date
	Base   int32             // the row version it is typed over
	Inputs map[string]string // by column key; cells not named stay as they are in the draft
	Notes  map[string]string // by column key; an empty note is taken back
}

// SaveDraft keeps what was typed, right or wrong, until it is reported or discarded. Cells are
// merged into the draft one by one, so two people typing in different cells lose nothing.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, in DraftInput) (Draft, error) {
	if err := a.Can(access.ReportRow, in.Unit); err != nil {
		return Draft{}, err
	}
	sheet, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week)
	if err != nil {
		return Draft{}, err
	}
	for _, texts := range []map[string]string{in.Inputs, in.Notes} {
		for key, text := range texts {
			if _, ok := s.form.ColumnIndex(key); !ok {
				return Draft{}, ErrColumn.With("column", key)
			}
			if err := checkText("cell", text); err != nil {
				return Draft{}, err
			}
		}
	}
	if v := sheet.chain(in.Unit).Version; in.Base != AnyBase && in.Base != v {
		return Draft{}, ErrMoved.With("base", in.Base).With("version", v)
	}
	const tries = 5
	for try := 1; ; try++ {
		d, err := s.mergeDraft(ctx, a, sheet, in)
		if !errors.Is(err, ErrDraftMoved) || try == tries {
			return d, err
		}
	}
}

func (s *Service) mergeDraft(ctx context.Context, a access.Actor, sheet *Sheet, in DraftInput) (Draft, error) {
	key := DraftKey{in.Unit, in.Week}
	d, err := s.store.Draft(ctx, key)
	if err != nil && !errors.Is(err, ErrNoDraft) {
		return Draft{}, err
	}
	version := sheet.chain(in.Unit).Version
	if errors.Is(err, ErrNoDraft) || d.Base != version {
		d = Draft{Unit: in.Unit, Week: in.Week, Base: version, Revision: d.Revision}
	}
	start, err := s.start(ctx, sheet, in.Unit)
	if err != nil {
		return Draft{}, err
	}
	d.Inputs, d.Notes = merged(d.Inputs, in.Inputs), merged(d.Notes, in.Notes)
	for k, text := range d.Inputs {
		i, _ := s.form.ColumnIndex(k)
		if v, f := Parse(&s.form.Columns[i], text); f == nil && v == start[i] {
			delete(d.Inputs, k)
		}
	}
	for k, note := range d.Notes {
		if note == "" {
			delete(d.Notes, k)
		}
	}
	d.Account, d.Actor, d.At = s.stamp(a)
	return s.store.SaveDraft(ctx, d)
}

// DropDraft discards what was typed.
func (s *Service) DropDraft(ctx context.Context, a access.Actor, village unit.Code, due date.Date) error {
	if err := a.Can(access.ReportRow, village); err != nil {
		return err
	}
	return s.store.DropDraft(ctx, DraftKey{village, due})
}

// start is what a row holds before anything is typed: this week's latest version, or the last
// report, or nothing.
func (s *Service) start(ctx context.Context, sheet *Sheet, village unit.Code) (Values, error) {
	if row, ok := sheet.Row(village, s.Now()); ok && row.Values != nil {
		return row.Values, nil
	}
	last, _, err := s.Last(ctx, village, sheet.Week.Due)
	if err != nil {
		return nil, err
	}
	if last == nil {
		last = NewValues(len(s.form.Columns))
	}
	return last, nil
}

func merged(old, fresh map[string]string) map[string]string {
	out := maps.Clone(old)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, fresh)
	return out
}
