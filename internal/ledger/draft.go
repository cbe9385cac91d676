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
	Notes  map[string]string // by column key; an empty note takes back the one that stands
}

// SaveDraft keeps what was typed, right or wrong, until it is reported or discarded. Cells are
// merged into the draft one by one, so two people typing in different cells lose nothing.
func (s *Service) SaveDraft(ctx context.Context, a access.Actor, in DraftInput) (Draft, error) {
	if err := a.Can(access.ReportRow, in.Unit); err != nil {
		return Draft{}, err
	}
	if _, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week); err != nil {
		return Draft{}, err
	}
	in.Inputs, in.Notes = maps.Clone(in.Inputs), maps.Clone(in.Notes)
	for _, texts := range []map[string]string{in.Inputs, in.Notes} {
		for key, text := range texts {
			if _, ok := s.form.ColumnIndex(key); !ok {
				return Draft{}, ErrColumn.With("column", key)
			}
			texts[key] = clean(text)
			if err := checkText("cell", text); err != nil {
				return Draft{}, err
			}
		}
	}
	const tries = 5
	for try := 1; ; try++ {
		d, err := s.mergeDraft(ctx, a, in)
		if !errors.Is(err, ErrDraftMoved) || try == tries {
			return d, err
		}
	}
}

// mergeDraft lays what was typed over the draft as it is kept, and keeps the result.
func (s *Service) mergeDraft(ctx context.Context, a access.Actor, in DraftInput) (Draft, error) {
	sheet, err := s.writable(ctx, in.Unit, unit.LevelVillage, in.Week)
	if err != nil {
		return Draft{}, err
	}
	chain := sheet.chain(in.Unit)
	if in.Base != AnyBase && !chain.holds(in.Base) {
		return Draft{}, ErrMoved.With("base", in.Base).With("version", chain.Version)
	}
	d, err := s.store.Draft(ctx, DraftKey{in.Unit, in.Week})
	switch {
	case errors.Is(err, ErrNoDraft):
		d = Draft{}
	case err != nil:
		return Draft{}, err
	case d.Base > chain.Version: // typed over a version that another server has written
		return Draft{}, errors.Join(ErrMoved.With("base", in.Base).With("version", d.Base), s.store.Refresh(ctx))
	case !chain.holds(d.Base):
		d = Draft{Revision: d.Revision}
	}
	d.Unit, d.Week, d.Base = in.Unit, in.Week, chain.Version
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

// start is what a row holds before anything is typed.
func (s *Service) start(ctx context.Context, sheet *Sheet, village unit.Code) (Values, error) {
	row, _ := sheet.Row(village, s.Now())
	g, err := s.ground(ctx, sheet, village, &row)
	return g.from, err
}

func merged(old, fresh map[string]string) map[string]string {
	out := maps.Clone(old)
	if out == nil {
		out = map[string]string{}
	}
	maps.Copy(out, fresh)
	return out
}

// Standing is what a village's row holds before anything is typed: this week's latest version or
// the last report, with what the records say since, or empty cells.
func (s *Service) Standing(ctx context.Context, a access.Actor, village unit.Code, due date.Date) (Values, error) {
	sheet, err := s.Sheet(ctx, a, village, due)
	if err != nil {
		return nil, err
	}
	return s.start(ctx, sheet, village)
}
