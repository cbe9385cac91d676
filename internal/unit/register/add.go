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
	return s.do(ctx, a, in)
}

// FreeCode is the next code below a unit that has never stood for anything, after the highest
// used of its children's level: what the statistics office will probably give. With first it
// is at least that: villages of 村委会 begin at 200 in their town. ok is false when none is left.
func (s *Service) FreeCode(a access.Actor, below unit.Code, first int64) (code unit.Code, ok bool) {
	if a.Can(access.ReadLedger, below) != nil || below.Level() == unit.LevelVillage {
		return 0, false
	}
	r := s.Store.Registry()
	tree := r.At(s.Today())
	level := below.Level() + 1
	if kids := tree.Children(below); len(kids) > 0 {
		level = kids[0].Level()
	}
	lo, hi := below.Range()
	step := sizeOf(level)
	begin := lo + max(unit.Code(first), 1)*step
	if first == 0 && level == unit.LevelVillage {
		hi = min(hi, lo+200)
	}
	code = begin
	for u := range r.All {
		if u.Level() == level && begin <= u.Code && u.Code < hi {
			code = max(code, u.Code+step)
		}
	}
	return code, code < hi && code.Level() == level && len(r.History(code)) == 0
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
