package unit

import (
	"slices"

	"github.com/sangzi/sangzi/internal/date"
)

// Rename gives a unit another name from the day on.
func (r *Registry) Rename(code Code, name string, day date.Date) (*Registry, Changes, error) {
	c, err := r.begin(day)
	if err != nil {
		return nil, Changes{}, err
	}
	u, err := c.valid(code)
	if err != nil {
		return nil, Changes{}, err
	}
	if u.Name == name {
		return nil, Changes{}, ErrSameName.With("code", code.String()).With("name", name)
	}
	if err := c.rename(u, name); err != nil {
		return nil, Changes{}, err
	}
	return c.done()
}

// Add brings a new unit from the day on: its code, name and kind are taken, with an end and a
// successor if it has them. The code must be free from the day on, and the level right above
// it must exist, or be one that its parent does without (东莞 has no counties).
func (r *Registry) Add(u Unit, day date.Date) (*Registry, Changes, error) {
	c, err := r.begin(day)
	if err != nil {
		return nil, Changes{}, err
	}
	u.From = day
	if err := c.add(u); err != nil {
		return nil, Changes{}, err
	}
	return c.done()
}

// Abolish ends a unit on the day; its last day is the one before. A successor, when not zero,
// must be valid on the day. What is below the unit must have been moved or ended before.
func (r *Registry) Abolish(code, successor Code, day date.Date) (*Registry, Changes, error) {
	c, err := r.begin(day)
	if err != nil {
		return nil, Changes{}, err
	}
	u, err := c.valid(code)
	if err != nil {
		return nil, Changes{}, err
	}
	if successor == code {
		return nil, Changes{}, ErrItself.With("code", code.String()).With("name", u.Name)
	}
	if successor != 0 {
		if _, err := c.valid(successor); err != nil {
			return nil, Changes{}, err
		}
	}
	if err := c.childless(u); err != nil {
		return nil, Changes{}, err
	}
	if err := c.end(u, successor); err != nil {
		return nil, Changes{}, err
	}
	return c.done()
}

// Merge puts units of one level together from the day on: into is one of them, which goes on
// under the name, or a new code. What is below the others is moved below into: it keeps the
// last digits of its code where they are free there and takes the next free ones otherwise,
// first within their hundred (of villages it tells 居委会 from 村委会). The set of changes says
// which, and Move corrects what the statistics office decides later.
func (r *Registry) Merge(codes []Code, into Code, name string, day date.Date) (*Registry, Changes, error) {
	fail := func(err error) (*Registry, Changes, error) { return nil, Changes{}, err }
	c, err := r.begin(day)
	if err != nil {
		return fail(err)
	}
	codes = slices.Clone(codes)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if len(codes) < 2 {
		return fail(ErrNothingToDo)
	}
	merged := make([]Unit, 0, len(codes))
	for _, code := range codes {
		u, err := c.valid(code)
		if err != nil {
			return fail(err)
		}
		if code.Level() != into.Level() {
			return fail(ErrLevelMismatch.With("code", code.String()).With("name", u.Name))
		}
		merged = append(merged, u)
	}
	if i := slices.Index(codes, into); i < 0 {
		if err := c.add(Unit{Code: into, Name: name, Kind: KindOf(name), From: day}); err != nil {
			return fail(err)
		}
	} else if merged[i].Name != name {
		if err := c.rename(merged[i], name); err != nil {
			return fail(err)
		}
	}
	for _, u := range merged {
		if u.Code == into {
			continue
		}
		if err := c.moveBelow(u.Code, into); err != nil {
			return fail(err)
		}
		if err := c.end(u, into); err != nil {
			return fail(err)
		}
	}
	return c.done()
}

// Split makes several units of one from the day on. A unit of into may have the old code,
// which then goes on under the name given there; else the old unit ends and the first of into
// is its successor. What is below the old unit stays with the old code if that goes on (Move
// takes it over to the new ones); otherwise it must have been moved before.
func (r *Registry) Split(code Code, into []Unit, day date.Date) (*Registry, Changes, error) {
	fail := func(err error) (*Registry, Changes, error) { return nil, Changes{}, err }
	c, err := r.begin(day)
	if err != nil {
		return fail(err)
	}
	u, err := c.valid(code)
	if err != nil {
		return fail(err)
	}
	if len(into) < 2 {
		return fail(ErrNothingToDo)
	}
	goesOn := false
	for _, n := range into {
		if n.Level() != code.Level() {
			return fail(ErrLevelMismatch.With("code", n.Code.String()).With("name", n.Name))
		}
		if n.Code == code {
			if goesOn {
				return fail(ErrCodeTaken.With("code", code.String()).With("name", n.Name).With("day", day))
			}
			goesOn = true
			if n.Name != u.Name {
				if err := c.rename(u, n.Name); err != nil {
					return fail(err)
				}
			}
			continue
		}
		if err := c.add(Unit{Code: n.Code, Name: n.Name, Kind: n.Kind, From: day}); err != nil {
			return fail(err)
		}
	}
	if !goesOn {
		if err := c.childless(u); err != nil {
			return fail(err)
		}
		if err := c.end(u, into[0].Code); err != nil {
			return fail(err)
		}
	}
	return c.done()
}

// Move gives a unit another code of the same level, and everything below it the codes that
// follow from it, from the day on; names and kinds stay. As with every end, none of them may
// have begun or been renamed on that day or after it.
func (r *Registry) Move(code, to Code, day date.Date) (*Registry, Changes, error) {
	fail := func(err error) (*Registry, Changes, error) { return nil, Changes{}, err }
	c, err := r.begin(day)
	if err != nil {
		return fail(err)
	}
	u, err := c.valid(code)
	if err != nil {
		return fail(err)
	}
	switch {
	case code == to:
		return fail(ErrItself.With("code", code.String()).With("name", u.Name))
	case code.Level() != to.Level():
		return fail(ErrLevelMismatch.With("code", code.String()).With("name", u.Name))
	}
	if err := c.add(Unit{Code: to, Name: u.Name, Kind: u.Kind, From: day}); err != nil {
		return fail(err)
	}
	if err := c.moveBelow(code, to); err != nil {
		return fail(err)
	}
	if err := c.end(u, to); err != nil {
		return fail(err)
	}
	return c.done()
}
