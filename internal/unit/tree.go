package unit

import (
	"sort"

	"github.com/sangzi/sangzi/internal/date"
)

// Tree is the units valid on one day. It never changes and may be read by many at once.
// Slices it returns are windows on its own memory: read them, do not write them.
type Tree struct {
	upper    []Unit // nation to towns, by code; the nation is first
	villages []Unit // by code
	kids     []Unit // upper units grouped by parent, by code within a group
	kidStart []int32
	names    *oddNames
}

// newTree takes units sorted by code, the nation first among upper.
func newTree(upper, villages []Unit) *Tree {
	t := &Tree{upper: upper, villages: villages, names: &oddNames{}}
	parent := make([]int32, len(upper))
	t.kidStart = make([]int32, len(upper)+1)
	stack := []int32{0}
	for i := 1; i < len(upper); i++ {
		for !upper[stack[len(stack)-1]].Code.Contains(upper[i].Code) {
			stack = stack[:len(stack)-1]
		}
		parent[i] = stack[len(stack)-1]
		t.kidStart[parent[i]+1]++
		stack = append(stack, int32(i))
	}
	for i := range upper {
		t.kidStart[i+1] += t.kidStart[i]
	}
	t.kids = make([]Unit, max(len(upper)-1, 0))
	next := append([]int32(nil), t.kidStart...)
	for i := 1; i < len(upper); i++ {
		t.kids[next[parent[i]]] = upper[i]
		next[parent[i]]++
	}
	return t
}

// search is the first index in units (by code) whose code is not below c.
func search(units []Unit, c Code) int {
	lo, hi := 0, len(units)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if units[mid].Code < c {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

func find(units []Unit, c Code) (int, bool) {
	i := search(units, c)
	return i, i < len(units) && units[i].Code == c
}

func within(units []Unit, of Code) []Unit {
	lo, hi := of.Range()
	return units[search(units, lo):search(units, hi)]
}

// Unit is the unit with the code, if it is valid on the tree's day.
func (t *Tree) Unit(c Code) (Unit, bool) {
	list := t.upper
	if c.Level() == LevelVillage {
		list = t.villages
	}
	if i, ok := find(list, c); ok {
		return list[i], true
	}
	return Unit{}, false
}

// Villages is all villages in the subtree of a code, in code order, virtual ones included.
func (t *Tree) Villages(of Code) []Unit { return within(t.villages, of) }

// VillageSpan is the subtree's villages as indexes lo <= i < hi into Villages(Nation).
func (t *Tree) VillageSpan(of Code) (lo, hi int) {
	first, end := of.Range()
	return search(t.villages, first), search(t.villages, end)
}

// VillageIndex is the index of a village in Villages(Nation).
func (t *Tree) VillageIndex(c Code) (int, bool) { return find(t.villages, c) }

// VillageCount is the number of villages in the tree.
func (t *Tree) VillageCount() int { return len(t.villages) }

// Towns is the units of the level of towns in the subtree of a code, in code order.
func (t *Tree) Towns(of Code) []Unit { return t.Descendants(of, LevelTown) }

// Children is the units whose nearest existing ancestor is the code: for a county its towns,
// for 东莞, which has no counties, its streets, for a town its villages.
func (t *Tree) Children(of Code) []Unit {
	i, ok := find(t.upper, of)
	if !ok {
		return nil
	}
	kids := t.kids[t.kidStart[i]:t.kidStart[i+1]]
	if len(kids) == 0 {
		return t.Villages(of)
	}
	// Villages that hang beside upper children lie in the gaps between their ranges.
	var direct []Unit
	lo, end := of.Range()
	for _, k := range kids {
		first, after := k.Code.Range()
		direct = append(direct, t.between(lo, first)...)
		lo = after
	}
	direct = append(direct, t.between(lo, end)...)
	if len(direct) == 0 {
		return kids
	}
	all := append(append([]Unit(nil), kids...), direct...)
	sort.Slice(all, func(i, j int) bool { return all[i].Code < all[j].Code })
	return all
}

func (t *Tree) between(lo, hi Code) []Unit {
	return t.villages[search(t.villages, lo):search(t.villages, hi)]
}

// Descendants is the units of a level in the subtree of a code, the unit itself included when
// it is of that level, in code order. Where the level is missing, the unit above it stands for
// it (by county, 东莞 is a row of its own), so that the rows of a table always add up.
func (t *Tree) Descendants(of Code, level Level) []Unit {
	if level == LevelVillage {
		return t.Villages(of)
	}
	if of.Level() > level {
		return nil
	}
	var list []Unit
	lo, hi := of.Range()
	for i, end := search(t.upper, lo), search(t.upper, hi); i < end; i++ {
		u := t.upper[i]
		if l := u.Level(); l == level || l < level && t.standsFor(i, level) {
			list = append(list, u)
		}
	}
	return list
}

// standsFor tells whether the unit above the level has something below it, all of it deeper
// than the level.
func (t *Tree) standsFor(i int, level Level) bool {
	for _, k := range t.kids[t.kidStart[i]:t.kidStart[i+1]] {
		if k.Level() <= level {
			return false
		}
	}
	lo, hi := t.VillageSpan(t.upper[i].Code)
	return lo < hi
}

// Parent is the nearest unit above the code that exists; the nation has none.
func (t *Tree) Parent(c Code) (Unit, bool) {
	for c != Nation {
		c = c.Up()
		if u, ok := t.Unit(c); ok {
			return u, true
		}
	}
	return Unit{}, false
}

// Ancestors is the existing units from the province down to the code itself.
func (t *Tree) Ancestors(c Code) []Unit {
	list := make([]Unit, 0, LevelVillage)
	var last Code
	for l := LevelProvince; l <= LevelVillage; l++ {
		a := c.At(l)
		if a == last {
			continue
		}
		if u, ok := t.Unit(a); ok {
			list = append(list, u)
		}
		last = a
	}
	return list
}

// Len is the number of units in the tree, the nation included.
func (t *Tree) Len() int { return len(t.upper) + len(t.villages) }

// All calls yield for the nation, then every unit above the villages in code order, then
// every village in code order, until it returns false.
func (t *Tree) All(yield func(Unit) bool) {
	for _, list := range [][]Unit{t.upper, t.villages} {
		for _, u := range list {
			if !yield(u) {
				return
			}
		}
	}
}

// validOn tells whether every span of the list holds the day and no code comes twice, so that
// the list can serve as a tree without being copied.
func validOn(spans []Unit, day date.Date) bool {
	for i := range spans {
		if !spans[i].ValidOn(day) {
			return false
		}
	}
	return true
}
