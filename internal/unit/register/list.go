package register

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Branch is one unit of the tree of a day with those directly below it.
type Branch struct {
	Day      date.Date
	Tree     *unit.Tree
	Unit     unit.Unit
	Above    []unit.Unit // from the actor's own unit down, the unit itself not among them
	Children []Child
	Villages int // all below, virtual ones among them
	Virtual  int
}

// Child is one of a Branch, with how many villages it has.
type Child struct {
	unit.Unit
	Villages, Virtual int
}

// Branch shows a unit of the tree as of a day; the zero day is today.
func (s *Service) Branch(_ context.Context, a access.Actor, of unit.Code, day date.Date) (Branch, error) {
	if err := a.Can(access.ReadLedger, of); err != nil {
		return Branch{}, err
	}
	if day.IsZero() {
		day = s.Today()
	}
	r := s.Store.Registry()
	b := Branch{Day: day, Tree: r.At(day)}
	var ok bool
	if b.Unit, ok = b.Tree.Unit(of); !ok {
		names := r.History(of)
		if len(names) == 0 {
			return Branch{}, unit.ErrUnknown.With("code", of.String())
		}
		return Branch{}, unit.ErrNotValidThen.With("code", of.String()).With("name", names[len(names)-1].Name).With("day", day)
	}
	for _, u := range b.Tree.Ancestors(of) {
		if u.Code != of && a.Unit.Contains(u.Code) {
			b.Above = append(b.Above, u)
		}
	}
	for _, k := range b.Tree.Children(of) {
		c := Child{Unit: k}
		if k.Level() != unit.LevelVillage {
			c.Villages, c.Virtual = count(b.Tree, k.Code)
		}
		b.Children = append(b.Children, c)
	}
	b.Villages, b.Virtual = count(b.Tree, of)
	return b, nil
}

func count(t *unit.Tree, of unit.Code) (villages, virtual int) {
	list := t.Villages(of)
	for i := range list {
		if list[i].Kind == unit.Virtual {
			virtual++
		}
	}
	return len(list), virtual
}
