package bulletin

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Begin drafts a month's bulletin by the plan and keeps it as its first version.
func (s *Service) Begin(ctx context.Context, a access.Actor, of unit.Code, m Period) (Version, error) {
	if err := a.Can(needs[ToBegin], of); err != nil {
		return Version{}, err
	}
	heads, err := s.store.Heads(ctx, of, m)
	if err != nil {
		return Version{}, err
	}
	if len(heads) > 0 {
		return Version{}, ErrBegun.With("period", m.Chinese())
	}
	d, err := s.Draft(ctx, a, of, m)
	if err != nil {
		return Version{}, err
	}
	v, err := s.add(ctx, a, Version{Unit: of, Period: m, Status: Drafted, Draft: d, DocNumber: d.Number}, ToBegin)
	if moved(err) {
		return Version{}, ErrBegun.With("period", m.Chinese())
	}
	return v, err
}

// Redraft takes the month's figures anew and leaves the words as they are. A list is picked anew;
// a paragraph whose list then names nobody stays, and must be mended before it can be submitted.
func (s *Service) Redraft(ctx context.Context, a access.Actor, on On) (Version, error) {
	return s.step(ctx, a, on, ToRedraft, func(v *Version) error {
		snap, err := s.Snapshot(ctx, a, on.Unit, on.Period)
		if err != nil {
			return err
		}
		v.Status = Drafted
		v.Draft.Snapshot, v.Draft.Date = snap, s.ledger.Today()
		return v.Draft.relist(s.ledger.Form())
	})
}
