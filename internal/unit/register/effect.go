package register

import (
	"context"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// What is what becomes of one unit.
type What string

// What can become of a unit.
const (
	Renamed What = "renamed"
	Merged  What = "merged" // ended, another took over
	Moved   What = "moved"  // goes on under another code
	Ended   What = "ended"
	Begun   What = "begun"
)

// Fate is what becomes of one unit: Was before the change, zero for a new one, and Now after
// it, zero when the line ends.
type Fate struct {
	What     What
	Was, Now unit.Unit
}

// Effect is what a change comes to.
type Effect struct {
	Verb  Verb
	Day   date.Date
	Fates []Fate // by old code, new units last

	// Parent is the nearest unit above all that were named, with its Children on the day
	// without and with the change. It is zero when the actor may not see it.
	Parent        unit.Unit
	Before, After []unit.Unit
	// Villages counts those of the parent without and with the change.
	VillagesBefore, VillagesAfter int

	// Weeks that have been reported and are due on or after the day: they are summed, or
	// printed, anew with the changed units.
	Weeks []date.Date
	// Accounts that stand at a unit which ends, or below it.
	Accounts []Account

	tree *unit.Tree // with the change
}

// Tree is the units of the day with the change.
func (e *Effect) Tree() *unit.Tree { return e.tree }

// plan works a change out on a register.
func (s *Service) plan(ctx context.Context, a access.Actor, r *unit.Registry, c Change) (Effect, Decision, error) {
	fail := func(err error) (Effect, Decision, error) { return Effect{}, Decision{}, err }
	if err := checkDay(r, c, s.Today()); err != nil {
		return fail(err)
	}
	next, set, err := c.apply(r)
	if err != nil {
		return fail(err)
	}
	day, _ := c.when()
	before := r.At(day)
	e := Effect{Verb: c.Verb(), Day: day, tree: next.At(day)}
	e.Fates = fates(c, before, e.tree, set)
	for _, f := range e.Fates {
		if ends(f) && f.Was.Code == a.Unit {
			return fail(ErrOwnUnit.With("name", f.Was.Name))
		}
	}
	e.surround(a, c, before)
	if err := s.touch(ctx, a, c, &e); err != nil {
		return fail(err)
	}
	return e, Decision{Next: next, Changes: set, Event: s.event(a, c, &e)}, nil
}

func ends(f Fate) bool { return f.What == Merged || f.What == Moved || f.What == Ended }

// fates compares what is stored with the trees around it.
func fates(c Change, before, after *unit.Tree, set unit.Changes) []Fate {
	var codes []unit.Code
	successor := map[unit.Code]unit.Code{}
	for _, u := range set.Spans {
		codes = append(codes, u.Code)
		successor[u.Code] = u.Successor
	}
	for _, n := range set.Names {
		codes = append(codes, n.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	told := map[unit.Code]bool{}
	var list, begun []Fate
	for _, code := range codes {
		was, had := before.Unit(code)
		now, has := after.Unit(code)
		switch {
		case had && has:
			list = append(list, Fate{Renamed, was, now})
		case had:
			heir, ok := after.Unit(successor[code])
			f := Fate{Ended, was, unit.Unit{}}
			if ok && successor[code] != unit.Nation {
				f.What, f.Now = Merged, heir
				if _, old := before.Unit(heir.Code); !old && heir.Name == was.Name && !(c.Verb() == Merge && slices.Contains(c.units(), code)) {
					f.What = Moved
					told[heir.Code] = true
				}
			}
			list = append(list, f)
		case has:
			begun = append(begun, Fate{Begun, unit.Unit{}, now})
		}
	}
	for _, f := range begun {
		if !told[f.Now.Code] {
			list = append(list, f)
		}
	}
	return list
}

// surround finds what to show around the change.
func (e *Effect) surround(a access.Actor, c Change, before *unit.Tree) {
	parent := c.units()[0].Up()
	for parent != unit.Nation && (!containsAll(parent, c.units()) || !valid(before, parent)) {
		parent = parent.Up()
	}
	if !a.Unit.Contains(parent) {
		return
	}
	e.Parent, _ = before.Unit(parent)
	e.Before, e.After = before.Children(parent), e.tree.Children(parent)
	e.VillagesBefore, e.VillagesAfter = len(before.Villages(parent)), len(e.tree.Villages(parent))
}

func valid(t *unit.Tree, code unit.Code) bool { _, ok := t.Unit(code); return ok }

func containsAll(of unit.Code, codes []unit.Code) bool {
	for _, c := range codes {
		if !of.Contains(c) || of == c {
			return false
		}
	}
	return true
}

// touch finds the reported weeks and the accounts that a change touches.
func (s *Service) touch(ctx context.Context, a access.Actor, c Change, e *Effect) error {
	for _, code := range c.units() {
		weeks, err := s.Reports.Weeks(ctx, code)
		if err != nil {
			return err
		}
		weeks = slices.DeleteFunc(weeks, func(d date.Date) bool { return d.Before(e.Day) })
		e.Weeks = unionDays(e.Weeks, weeks)
	}
	for _, f := range e.Fates {
		if !ends(f) || !slices.Contains(c.units(), f.Was.Code) {
			continue
		}
		found, err := s.People.Accounts(ctx, a, f.Was.Code)
		if err != nil {
			return err
		}
		e.Accounts = append(e.Accounts, found...)
	}
	return nil
}

// event is what the audit is told: the units before, and what has become of them.
func (s *Service) event(a access.Actor, c Change, e *Effect) audit.Event {
	ev := audit.By(a, "unit."+string(c.Verb()), c.units()[0], s.Now())
	var before, after []string
	for _, f := range e.Fates {
		named := slices.Contains(c.units(), f.Was.Code) || slices.Contains(c.units(), f.Now.Code)
		if !named {
			continue
		}
		if f.Was.Code != 0 {
			before = append(before, label(f.Was))
		}
		if f.Now.Code != 0 && !slices.Contains(after, label(f.Now)) {
			after = append(after, label(f.Now))
		}
	}
	ev.Subject = e.Day.String()
	ev.Before, ev.After = strings.Join(before, "、"), strings.Join(after, "、")
	return ev
}

func label(u unit.Unit) string { return u.Name + "（" + u.Code.String() + "）" }
