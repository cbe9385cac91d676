package register

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
)

// AddInput brings a new unit. Its kind is read off its name.
type AddInput struct {
	On
	Unit unit.Code
	Name string
}

// Verb is Add.
func (AddInput) Verb() Verb            { return Add }
func (in AddInput) units() []unit.Code { return []unit.Code{in.Unit} }
func (in AddInput) apply(r *unit.Registry) (*unit.Registry, unit.Changes, error) {
	return r.Add(unit.Unit{Code: in.Unit, Name: in.Name, Kind: unit.KindOf(in.Name)}, in.Day)
}

// Add brings a new unit from a day on; from that day's week it is expected to report.
func (s *Service) Add(ctx context.Context, a access.Actor, in AddInput) (Effect, error) {
	return s.Do(ctx, a, in)
}

// FreeCode is the code below a unit that the statistics office will probably give next: the one
// after the highest that its children ever had. Of a town's villages those of 居委会 are numbered
// from 1 and those of 村委会 from 200; from says where to begin and is zero for all others. ok is
// false when there is none, or the actor may not know.
func (s *Service) FreeCode(a access.Actor, below unit.Code, from int64) (code unit.Code, ok bool) {
	if a.Can(access.ReadLedger, below) != nil || below.Level() == unit.LevelVillage {
		return 0, false
	}
	r := s.Store.Registry()
	level := below.Level() + 1
	if kids := r.At(s.Today()).Children(below); len(kids) > 0 {
		level = kids[0].Level()
	}
	lo, hi := below.Range()
	step := sizeOf(level)
	code = lo + max(unit.Code(from), 1)*step
	if level == unit.LevelVillage && from < 200 {
		hi = lo + 200
	}
	for u := range r.All {
		if u.Level() == level && code <= u.Code && u.Code < hi {
			code = u.Code + step
		}
	}
	return code, code < hi && code.Level() == level
}

// sizeOf is how far apart codes of a level are.
func sizeOf(level unit.Level) unit.Code {
	switch level {
	case unit.LevelProvince:
		return 10_000_000_000
	case unit.LevelCity:
		return 100_000_000
	case unit.LevelCounty:
		return 1_000_000
	case unit.LevelTown:
		return 1_000
	}
	return 1
}
