package register

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// AbolishInput ends a unit; Successor, when not zero, takes over.
type AbolishInput struct {
	On
	Unit, Successor unit.Code
}

// Verb is Abolish.
func (AbolishInput) Verb() Verb { return Abolish }
func (in AbolishInput) units() []unit.Code {
	if in.Successor == 0 {
		return []unit.Code{in.Unit}
	}
	return []unit.Code{in.Unit, in.Successor}
}
func (in AbolishInput) apply(r *unit.Registry) (*unit.Registry, unit.Changes, error) {
	return r.Abolish(in.Unit, in.Successor, in.Day)
}

// Abolish ends a unit; its last day is the one before. Its old weeks stay.
func (s *Service) Abolish(ctx context.Context, a access.Actor, in AbolishInput) (Effect, error) {
	return s.Do(ctx, a, in)
}
