package ledger

import (
	"time"

	"github.com/sangzi/sangzi/internal/unit"
)

// Debt is a unit that still owes its week, and by when.
type Debt struct {
	Unit     unit.Unit
	State    State     // NotDue, Missing or StateReturned
	Deadline time.Time // the week's, the extended one, or the one set with the return
}

// Owing lists the villages, towns or counties of a unit that still owe the week, in code order:
// they have not reported or were given it back, need not be waived, and can still do something
// about it because the county has not locked the week.
func (s *Sheet) Owing(of unit.Code, level unit.Level, now time.Time) []Debt {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var out []Debt
	add := func(u unit.Unit, c Chain, due Due) {
		switch state := c.State(due, now); state {
		case NotDue, Missing, StateReturned:
			if state == StateReturned && c.ReturnDue > 0 {
				due.Deadline = time.UnixMilli(c.ReturnDue).In(due.Deadline.Location())
			}
			out = append(out, Debt{u, state, due.Deadline})
		}
	}
	if level == unit.LevelVillage {
		lo, hi := s.Tree.VillageSpan(of)
		for i := lo; i < hi; i++ {
			if v := s.Tree.Villages(0)[i]; !s.locked(v.Code) {
				add(v, s.chains[i], s.expectation(v))
			}
		}
		return out
	}
	for _, u := range s.Tree.Descendants(of, level) {
		if u.Level() == level && !s.locked(u.Code) { // not what stands for a level that is missing
			o := s.office(u.Code, now)
			add(u, o.Chain, o.Due)
		}
	}
	return out
}
