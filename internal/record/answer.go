package record

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
)

// Answer is what the unit that entered a record, or one above it, says to the village's objection
// without changing a figure. Objection and answer stay; the village may object again.
func (s *Service) Answer(ctx context.Context, a access.Actor, at At, words string) (Version, error) {
	versions, err := s.load(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	if err := a.Can(access.EnterRecord, versions[0].Unit); err != nil {
		return Version{}, err
	}
	if !answers(a, versions) {
		return Version{}, ErrNotAnswerer
	}
	last := &versions[len(versions)-1]
	if err := ready(last, at); err != nil {
		return Version{}, err
	}
	if !last.Unanswered() {
		return Version{}, ErrNoObjection
	}
	if words, err = readReason(words); err != nil {
		return Version{}, err
	}
	return s.next(ctx, a, versions, at, func(v *Version) error {
		v.Answer = words
		return nil
	})
}

// Unanswered tells whether an objection waits for a word or a correction.
func (v *Version) Unanswered() bool {
	return v.Status != Withdrawn && v.Dispute != "" && v.Answer == ""
}

// answers tells whether the actor may answer an objection: not the village to itself, so he must
// stand where the record, and what it says now, came from, or above.
func answers(a access.Actor, versions []Version) bool {
	return owns(a, versions) && a.Unit.Contains(author(versions).From)
}

// Look says that what was pointed out in a record has been looked at and is right, in a few words.
// The record stays as it is; the points leave the open list.
func (s *Service) Look(ctx context.Context, a access.Actor, at At, words string) (Version, error) {
	versions, err := s.load(ctx, a, at)
	if err != nil {
		return Version{}, err
	}
	if err := a.Can(access.LookAtRecord, versions[0].Unit); err != nil {
		return Version{}, err
	}
	last := &versions[len(versions)-1]
	if err := ready(last, at); err != nil {
		return Version{}, err
	}
	if last.Open()&^PointObjected == 0 {
		return Version{}, ErrNothingPointed
	}
	if words, err = readReason(words); err != nil {
		return Version{}, err
	}
	return s.next(ctx, a, versions, at, func(v *Version) error {
		v.Looked = words
		return nil
	})
}
