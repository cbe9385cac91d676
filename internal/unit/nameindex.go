package unit

import (
	"hash/maphash"
	"slices"
	"sync"
	"unicode/utf8"
)

// nameIndex finds units by a hash of what their names come down to: a village's registered name
// without its ending, a unit above by each of the ways its name is written. It is made when a
// name is first looked up in a scope too large to scan, and takes 8 bytes a name. Who asks it
// compares the names themselves: different ones may share a hash.
type nameIndex struct {
	once     sync.Once
	seed     maphash.Seed
	villages []uint64 // hash of the stem above, index into Tree.villages below
	upper    []uint64 // hash of one way to write the name above, index into Tree.upper below
	longest  int      // of the ways to write an upper name, in bytes
}

// scanned is how many units are scanned rather than looked up in the index; tests change it.
var scanned = 1000

func (t *Tree) index() *nameIndex {
	x := &t.names.byName
	x.once.Do(func() {
		x.seed = maphash.MakeSeed()
		x.villages = make([]uint64, len(t.villages))
		for i := range t.villages {
			stem, _, _ := splitName(clean(t.villages[i].Name))
			x.villages[i] = x.entry(stem, i)
		}
		for i := 1; i < len(t.upper); i++ {
			p := placeOf(t.upper[i])
			for _, name := range []string{p.full, p.bare, p.stem} {
				if name != "" {
					x.upper = append(x.upper, x.entry(name, i))
					x.longest = max(x.longest, len(name))
				}
			}
		}
		slices.Sort(x.villages)
		slices.Sort(x.upper)
	})
	return x
}

func (x *nameIndex) entry(name string, i int) uint64 {
	return x.hash(name)<<32 | uint64(i)
}

func (x *nameIndex) hash(name string) uint64 { return maphash.String(x.seed, name) >> 32 }

// with adds to found the indexes lo <= i < hi of the entries that have the name's hash.
func (x *nameIndex) with(found []int32, entries []uint64, name string, lo, hi int) []int32 {
	h := x.hash(name) << 32
	at, _ := slices.BinarySearch(entries, h|uint64(lo))
	for ; at < len(entries) && entries[at] < h|uint64(hi); at++ {
		found = append(found, int32(entries[at]&(1<<32-1)))
	}
	return found
}

// villagesLike are the villages lo <= i < hi that may fit what was written, in code order.
func (t *Tree) villagesLike(words []written, lo, hi int) []int32 {
	x := t.index()
	var found []int32
	for i := range words {
		w := &words[i]
		stem, _, _ := splitName(w.whole)
		found = x.with(found, x.villages, stem, lo, hi)
		found = x.with(found, x.villages, w.whole, lo, hi)
		found = x.with(found, x.villages, w.stem, lo, hi)
		if w.committee {
			found = x.with(found, x.villages, w.stem+"村", lo, hi)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// named are the units strictly below the scope and above the villages whose name the text may
// begin with, in code order.
func (t *Tree) named(scope Code, text string) []Unit {
	list := below(t.upper, scope)
	if len(list) <= scanned {
		return list
	}
	x := t.index()
	first := search(t.upper, list[0].Code)
	var found []int32
	for end := 0; end < min(len(text), x.longest); {
		_, n := utf8.DecodeRuneInString(text[end:])
		end += n
		found = x.with(found, x.upper, text[:end], first, first+len(list))
	}
	slices.Sort(found)
	found = slices.Compact(found)
	units := make([]Unit, len(found))
	for i, at := range found {
		units[i] = t.upper[at]
	}
	return units
}
