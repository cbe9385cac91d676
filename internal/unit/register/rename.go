package register

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// RenameInput gives a unit another name.
type RenameInput struct {
	On
	Unit unit.Code
	Name string
}

// Verb is Rename.
func (RenameInput) Verb() Verb            { return Rename }
func (in RenameInput) units() []unit.Code { return []unit.Code{in.Unit} }
func (in RenameInput) apply(r *unit.Registry) (*unit.Registry, unit.Changes, error) {
	return r.Rename(in.Unit, in.Name, in.Day)
}

// Rename gives a unit another name from a day on; weeks before print the old one.
func (s *Service) Rename(ctx context.Context, a access.Actor, in RenameInput) (Effect, error) {
	return s.Do(ctx, a, in)
}
