package register

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// MergeInput puts units together under Into, one of them or a new code.
type MergeInput struct {
	On
	Units []unit.Code
	Into  unit.Code
	Name  string
}

// Verb is Merge.
func (MergeInput) Verb() Verb { return Merge }
func (in MergeInput) units() []unit.Code {
	list := []unit.Code{in.Into}
	for _, c := range in.Units {
		if !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}
func (in MergeInput) apply(r *unit.Registry) (*unit.Registry, unit.Changes, error) {
	return r.Merge(in.Units, in.Into, in.Name, in.Day)
}

// Merge puts units of one level together; what is below them comes below Into.
func (s *Service) Merge(ctx context.Context, a access.Actor, in MergeInput) (Effect, error) {
	return s.Do(ctx, a, in)
}
