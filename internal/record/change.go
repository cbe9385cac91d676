package record

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
)

// At names a version of a record that is acted upon: somebody else's newer one is ErrMoved.
type At struct {
	ID   int64
	Base int32
}

// Correct writes a next version with other facts, for a reason. The kind and the unit stay: what
// was recorded of the wrong kind or place is withdrawn and entered anew.
func (s *Service) Correct(ctx context.Context, a access.Actor, at At, in Input, reason string) (Version, error) {
	before, err := s.own(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	if reason, err = readReason(reason); err != nil {
		return Version{}, err
	}
	ready, err := s.readyFor(ctx, a, before, in)
	if err != nil {
		return Version{}, err
	}
	return s.next(ctx, a, []Version{*before}, at, func(v *Version) error {
		v.With, v.Day, v.Until, v.Facts, v.Source = ready.With, ready.Day, ready.Until, ready.Facts.clone(), ready.Source
		v.Pointed, v.Reason, v.Dispute, v.Status = slices.Clone(ready.Pointed), reason, "", Standing
		v.Answer, v.Looked, v.Photos, v.Position, v.Check = "", "", ready.Photos, ready.Position, nil
		return nil
	})
}

// ReadyToCorrect checks what a correction would say without writing it.
func (s *Service) ReadyToCorrect(ctx context.Context, a access.Actor, at At, in Input) error {
	before, err := s.own(ctx, a, at)
	if err == nil {
		_, err = s.readyFor(ctx, a, before, in)
	}
	return err
}

func (s *Service) readyFor(ctx context.Context, a access.Actor, before *Version, in Input) (*Version, error) {
	in.Kind, in.Unit, in.Key, in.before = before.Kind, before.Unit, "", before
	if !SeesNames(a, before.Unit) {
		in.Fields = s.keepNames(before, in.Fields)
	}
	return s.Ready(ctx, a, in)
}

// Withdraw takes a wrong record out of every figure, for a reason; it stays to be read.
func (s *Service) Withdraw(ctx context.Context, a access.Actor, at At, reason string) (Version, error) {
	before, err := s.own(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	if reason, err = readReason(reason); err != nil {
		return Version{}, err
	}
	return s.next(ctx, a, []Version{*before}, at, func(v *Version) error {
		v.Status, v.Reason = Withdrawn, reason
		return nil
	})
}

// Approve makes a record of a kind that needs it count: a village's greening plan, by the town.
func (s *Service) Approve(ctx context.Context, a access.Actor, at At) (Version, error) {
	versions, err := s.load(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	before := &versions[len(versions)-1]
	if err := a.Can(access.ApproveRecord, before.Unit); err != nil {
		return Version{}, err
	}
	if err := ready(before, at); err != nil {
		return Version{}, err
	}
	kind, ok := s.records.Kind(before.Kind)
	if !ok || !kind.Approval || before.Status == Approved {
		return Version{}, ErrApproval
	}
	return s.next(ctx, a, versions, at, func(v *Version) error {
		v.Status, v.Reason = Approved, ""
		return nil
	})
}

// Dispute is the village's objection to what a unit above entered for it. The record goes on
// counting; who entered it, and the town, see it until it is corrected or withdrawn.
func (s *Service) Dispute(ctx context.Context, a access.Actor, at At, reason string) (Version, error) {
	versions, err := s.load(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	if err := a.Can(access.EnterRecord, versions[0].Unit); err != nil {
		return Version{}, err
	}
	if a.Unit.Contains(author(versions).From) {
		return Version{}, ErrOwn
	}
	if err := ready(&versions[len(versions)-1], at); err != nil {
		return Version{}, err
	}
	if reason, err = readReason(reason); err != nil {
		return Version{}, err
	}
	return s.next(ctx, a, versions, at, func(v *Version) error {
		v.Dispute, v.Answer = reason, ""
		return nil
	})
}

// load is every version of the record acted upon, if it lies in reach.
func (s *Service) load(ctx context.Context, a access.Actor, at At) ([]Version, error) {
	versions, err := s.store.Versions(ctx, at.ID)
	if err != nil {
		return nil, err
	}
	if err := a.Can(access.ReadRecords, versions[0].Unit); err != nil {
		return nil, ErrNone
	}
	return versions, nil
}

// ready wants the version acted upon still to be the latest, and to stand.
func ready(v *Version, at At) error {
	if v.Number != at.Base {
		return ErrMoved.With("base", at.Base).With("version", v.Number)
	}
	if v.Status == Withdrawn {
		return ErrWithdrawn
	}
	return nil
}

// own is the version acted upon, for somebody who may change it: the unit that entered it or one above, a
// department only what it entered itself.
func (s *Service) own(ctx context.Context, a access.Actor, at At) (*Version, error) {
	versions, err := s.load(ctx, a, at)
	if err != nil {
		return nil, err
	}
	if err := a.Can(access.EnterRecord, versions[0].Unit); err != nil {
		return nil, err
	}
	if !owns(a, versions) {
		return nil, ErrNotYours
	}
	last := &versions[len(versions)-1]
	return last, ready(last, at)
}

// readReason wants a word why.
func readReason(text string) (string, error) {
	if text = clean(text); text == "" || long(text, maxText) {
		return "", ErrReason.With("max", maxText)
	}
	return text, nil
}

// next writes the version after the one acted upon. Whoever objects does not become who entered
// it: first is asked for that. Whom it concerns is told; the versions before say who that is.
func (s *Service) next(ctx context.Context, a access.Actor, versions []Version, at At, change func(v *Version) error) (Version, error) {
	var out *Version
	err := s.store.Commit(ctx, []Change{{ID: at.ID, Prepare: func(before *Version) (*Version, error) {
		if err := ready(before, at); err != nil {
			return nil, err
		}
		v := before.clone()
		v.Number, v.Key = before.Number+1, ""
		s.sign(a, v)
		if err := change(v); err != nil {
			return nil, err
		}
		out = v
		return v, nil
	}}})
	if err != nil {
		return Version{}, err // out may still be written to
	}
	v := *out
	_ = s.tell(ctx, step{versions, v}) // what cannot be told now is later
	s.show(a, &v)
	return v, nil
}
