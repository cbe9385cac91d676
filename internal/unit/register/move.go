package register

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// MoveInput gives a unit another code, and all below it the codes that follow from it.
type MoveInput struct {
	On
	Unit, To unit.Code
}

// Verb is Move.
func (MoveInput) Verb() Verb            { return Move }
func (in MoveInput) units() []unit.Code { return []unit.Code{in.Unit, in.To} }
func (in MoveInput) apply(r *unit.Registry) (*unit.Registry, unit.Changes, error) {
	return r.Move(in.Unit, in.To, in.Day)
}

// Move gives a unit another code: 划归 another town, or a code corrected by the statistics office.
func (s *Service) Move(ctx context.Context, a access.Actor, in MoveInput) (Effect, error) {
	return s.Do(ctx, a, in)
}
