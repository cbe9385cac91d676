package register

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// Part is one of the units another is split into.
type Part struct {
	Code unit.Code
	Name string
}

// SplitInput makes several units of one; a part with the old code is the unit going on.
type SplitInput struct {
	On
	Unit  unit.Code
	Parts []Part
}

// Verb is Split.
func (SplitInput) Verb() Verb { return Split }
func (in SplitInput) units() []unit.Code {
	list := []unit.Code{in.Unit}
	for _, p := range in.Parts {
		if !slices.Contains(list, p.Code) {
			list = append(list, p.Code)
		}
	}
	return list
}
func (in SplitInput) apply(r *unit.Registry) (*unit.Registry, unit.Changes, error) {
	parts := make([]unit.Unit, len(in.Parts))
	for i, p := range in.Parts {
		parts[i] = unit.Unit{Code: p.Code, Name: p.Name, Kind: unit.KindOf(p.Name)}
	}
	return r.Split(in.Unit, parts, in.Day)
}

// Split makes several units of one.
func (s *Service) Split(ctx context.Context, a access.Actor, in SplitInput) (Effect, error) {
	return s.Do(ctx, a, in)
}
