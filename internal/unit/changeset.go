package unit

import (
	"slices"

	"github.com/sangzi/sangzi/internal/date"
)

// Changes is what a change of the tree adds or replaces in the tables: spans by (Code, From),
// names by (Code, From). Nothing is ever taken away.
type Changes struct {
	Spans []Unit
	Names []NameChange
}

// Empty tells whether there is nothing to store.
func (c Changes) Empty() bool { return len(c.Spans) == 0 && len(c.Names) == 0 }

// With gives the registry with changes put in, as they come back from another server or out
// of the tables. The old registry stays as it is.
func (r *Registry) With(c Changes) (*Registry, error) {
	type key struct {
		code Code
		from date.Date
	}
	spans := make(map[key]Unit, len(c.Spans))
	for _, u := range c.Spans {
		spans[key{u.Code, u.From}] = u
	}
	units := make([]Unit, 0, r.Len()+len(spans))
	for u := range r.All {
		if n, ok := spans[key{u.Code, u.From}]; ok {
			u = n
			delete(spans, key{u.Code, u.From})
		}
		units = append(units, u)
	}
	for _, u := range spans {
		units = append(units, u)
	}
	names := slices.Clone(r.names)
	for _, n := range c.Names {
		i := slices.IndexFunc(names, func(o NameChange) bool { return o.Code == n.Code && o.From == n.From })
		if i >= 0 {
			names[i] = n
		} else {
			names = append(names, n)
		}
	}
	return NewRegistry(units, names)
}

// change gathers what one operation does on one day.
type change struct {
	r    *Registry
	tree *Tree
	day  date.Date
	set  Changes
	used map[Code]bool // codes given out by this very change
}

func (r *Registry) begin(day date.Date) (*change, error) {
	if day.IsZero() {
		return nil, ErrNoDay
	}
	return &change{r: r, tree: r.At(day), day: day, used: map[Code]bool{}}, nil
}

func (c *change) done() (*Registry, Changes, error) {
	next, err := c.r.With(c.set)
	if err != nil {
		return nil, Changes{}, err
	}
	return next, c.set, nil
}

// valid is the unit on the day of the change.
func (c *change) valid(code Code) (Unit, error) {
	if code == Nation {
		return Unit{}, ErrNation
	}
	if u, ok := c.tree.Unit(code); ok {
		return u, nil
	}
	past := c.r.History(code)
	if len(past) == 0 {
		return Unit{}, ErrUnknown.With("code", code.String())
	}
	return Unit{}, ErrNotValidThen.With("code", code.String()).
		With("name", past[len(past)-1].Name).With("day", c.day)
}

func (c *change) childless(u Unit) error {
	if n := len(c.tree.Children(u.Code)); n > 0 && u.Level() != LevelVillage {
		return ErrHasChildren.With("code", u.Code.String()).With("name", u.Name).With("count", n)
	}
	return nil
}

// span is the unit's span as it is stored, under its first name.
func (c *change) span(code Code) Unit {
	u, _ := spanOn(c.r.spans(code), c.day)
	return u
}

func (c *change) rename(u Unit, name string) error {
	if err := checkName(u.Code, name); err != nil {
		return err
	}
	if s := c.span(u.Code); s.From == c.day {
		s.Name = name
		c.set.Spans = append(c.set.Spans, s)
		return nil
	}
	c.set.Names = append(c.set.Names, NameChange{u.Code, name, c.day})
	return nil
}

// end ends the unit on the day, unless something later is already known of it.
func (c *change) end(u Unit, successor Code) error {
	s := c.span(u.Code)
	later := ErrLaterChange.With("code", u.Code.String()).With("name", u.Name)
	switch {
	case !s.To.IsZero():
		return later.With("day", s.To)
	case s.From == c.day:
		return later.With("day", s.From)
	}
	for _, n := range c.r.namesOf(u.Code) {
		if !n.From.Before(c.day) {
			return later.With("day", n.From)
		}
	}
	s.To, s.Successor = c.day, successor
	c.set.Spans = append(c.set.Spans, s)
	return nil
}

// free tells whether the code has no span on or after the day, or up to the new one's end.
func (c *change) free(code Code, to date.Date) (Unit, bool) {
	for _, s := range c.r.spans(code) {
		if (s.To.IsZero() || c.day.Before(s.To)) && (to.IsZero() || s.From.Before(to)) {
			return s, false
		}
	}
	return Unit{}, !c.used[code]
}

func (c *change) add(u Unit) error {
	if !u.Code.Valid() {
		return ErrBadCode.With("code", u.Code.String())
	}
	if u.Code == Nation {
		return ErrNation
	}
	if err := checkName(u.Code, u.Name); err != nil {
		return err
	}
	if taken, ok := c.free(u.Code, u.To); !ok {
		return ErrCodeTaken.With("code", u.Code.String()).With("name", taken.Name).With("day", c.day)
	}
	if !c.hasParent(u.Code) {
		return ErrNoParent.With("code", u.Code.String()).With("day", c.day)
	}
	c.used[u.Code] = true
	c.set.Spans = append(c.set.Spans, u)
	return nil
}

// hasParent tells whether the unit would hang where its likes hang.
func (c *change) hasParent(code Code) bool {
	up := code.Up()
	if _, ok := c.tree.Unit(up); ok || c.used[up] {
		return true
	}
	parent, ok := c.tree.Parent(code)
	if !ok || parent.Code == Nation {
		return false
	}
	for _, k := range c.tree.Children(parent.Code) {
		if k.Level() < code.Level() {
			return false
		}
	}
	return true
}

// moveBelow gives every child of a unit, and all below it, a code below another unit. Those
// that can keep their last digits do, before the others are given new ones.
func (c *change) moveBelow(from, to Code) error {
	kids := slices.Clone(c.tree.Children(from))
	codes := make([]Code, len(kids))
	for i, k := range kids {
		if code := to + k.Code - from; c.unused(code) {
			codes[i] = code
			c.used[code] = true
		}
	}
	for i, k := range kids {
		if codes[i] == 0 {
			code, ok := c.nextFree(to, to+k.Code-from)
			if !ok {
				return ErrNoCodeLeft.With("code", to.String())
			}
			codes[i] = code
			c.used[code] = true
		}
		c.set.Spans = append(c.set.Spans, Unit{Code: codes[i], Name: k.Name, Kind: k.Kind, From: c.day})
		if k.Level() != LevelVillage {
			if err := c.moveBelow(k.Code, codes[i]); err != nil {
				return err
			}
		}
		if err := c.end(k, codes[i]); err != nil {
			return err
		}
	}
	return nil
}

// unused tells whether the code never stood for anything: a code that did would mix two
// histories.
func (c *change) unused(code Code) bool { return !c.used[code] && len(c.r.spans(code)) == 0 }

// nextFree is a code of the wanted one's level below a unit: the next unused after it in its
// hundred, then from the hundred's beginning, then any.
func (c *change) nextFree(below, wanted Code) (Code, bool) {
	level := wanted.Level()
	step := level.size()
	lo, hi := below.Range()
	hundred := lo + (wanted-lo)/(100*step)*100*step
	for _, r := range [][2]Code{{wanted, hundred + 100*step}, {hundred, wanted}, {lo, hi}} {
		for code := r[0]; code < min(r[1], hi); code += step {
			if code.Level() == level && c.unused(code) {
				return code, true
			}
		}
	}
	return 0, false
}
