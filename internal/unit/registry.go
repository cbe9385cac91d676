package unit

import (
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"github.com/sangzi/sangzi/internal/date"
)

// Registry is every unit through time: spans of validity, several for one code where it was
// used again, and changes of name. It never changes; a change gives a new one. It may be read
// by many at once.
type Registry struct {
	upper, villages []Unit       // by code, then From; the nation is first among upper
	names           []NameChange // by code, then From
	starts          []date.Date  // the days on which anything begins, ends or is renamed
	trees           []atomic.Pointer[Tree]

	mu     sync.Mutex
	cached []int // periods whose trees own memory, oldest first
	kept   int   // how many units those trees may hold together
}

// keptUnits bounds the units that cached trees hold in memory of their own: with 48 bytes
// each about 100 MB, three trees of the whole nation or a thousand of a city.
const keptUnits = 2_000_000

// NewRegistry checks and takes over units and changes of name, in any order. Two spans of one
// code must not overlap, a change of name must fall inside a span.
func NewRegistry(units []Unit, names []NameChange) (*Registry, error) {
	n := 0
	for i := range units {
		if units[i].Level() == LevelVillage {
			n++
		}
	}
	r := &Registry{
		upper:    make([]Unit, 0, len(units)-n+1),
		villages: make([]Unit, 0, n),
		names:    slices.Clone(names),
		kept:     keptUnits,
	}
	r.upper = append(r.upper, nationUnit)
	for i := range units {
		u := &units[i]
		switch {
		case u.Code == Nation || !u.Code.Valid():
			return nil, ErrBadCode.With("code", u.Code.String())
		case !u.To.IsZero() && !u.From.Before(u.To):
			return nil, ErrBadSpan.With("code", u.Code.String())
		}
		if err := checkName(u.Code, u.Name); err != nil {
			return nil, err
		}
		if u.Level() == LevelVillage {
			r.villages = append(r.villages, *u)
		} else {
			r.upper = append(r.upper, *u)
		}
	}
	for _, list := range [][]Unit{r.upper, r.villages} {
		if err := sortSpans(list); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(r.names, func(a, b NameChange) int {
		if a.Code != b.Code {
			return int(min(max(a.Code-b.Code, -1), 1))
		}
		return a.From.Compare(b.From)
	})
	if err := r.checkNames(); err != nil {
		return nil, err
	}
	r.starts = r.boundaries()
	r.trees = make([]atomic.Pointer[Tree], len(r.starts)+1)
	return r, nil
}

func compareSpans(a, b Unit) int {
	if a.Code != b.Code {
		if a.Code < b.Code {
			return -1
		}
		return 1
	}
	return a.From.Compare(b.From)
}

func sortSpans(list []Unit) error {
	if !slices.IsSortedFunc(list, compareSpans) {
		slices.SortStableFunc(list, compareSpans)
	}
	for i := 1; i < len(list); i++ {
		a, b := &list[i-1], &list[i]
		if a.Code == b.Code && (a.To.IsZero() || b.From.Before(a.To)) {
			return ErrOverlap.With("code", a.Code.String())
		}
	}
	return nil
}

func (r *Registry) checkNames() error {
	for i, n := range r.names {
		if err := checkName(n.Code, n.Name); err != nil {
			return err
		}
		stray := ErrStrayName.With("code", n.Code.String()).With("name", n.Name).With("day", n.From)
		if i > 0 && r.names[i-1].Code == n.Code && r.names[i-1].From == n.From {
			return stray
		}
		u, ok := spanOn(r.spans(n.Code), n.From)
		if !ok || n.From == u.From {
			return stray
		}
	}
	return nil
}

// spans is all spans of a code, the earliest first.
func (r *Registry) spans(c Code) []Unit {
	list := r.upper
	if c.Level() == LevelVillage {
		list = r.villages
	}
	return list[search(list, c):search(list, c+1)]
}

func (r *Registry) namesOf(c Code) []NameChange {
	lo := sort.Search(len(r.names), func(i int) bool { return r.names[i].Code >= c })
	hi := lo
	for hi < len(r.names) && r.names[hi].Code == c {
		hi++
	}
	return r.names[lo:hi]
}

func spanOn(spans []Unit, day date.Date) (Unit, bool) {
	for _, u := range spans {
		if u.ValidOn(day) {
			return u, true
		}
	}
	return Unit{}, false
}

func (r *Registry) boundaries() []date.Date {
	seen := map[date.Date]bool{{}: true}
	var days []date.Date
	add := func(d date.Date) {
		if !seen[d] {
			seen[d] = true
			days = append(days, d)
		}
	}
	for _, list := range [][]Unit{r.upper, r.villages} {
		for i := range list {
			if !list[i].From.IsZero() {
				add(list[i].From)
			}
			if !list[i].To.IsZero() {
				add(list[i].To)
			}
		}
	}
	for _, n := range r.names {
		add(n.From)
	}
	slices.SortFunc(days, date.Date.Compare)
	return days
}

// At is the tree of a day. Days between two changes share one tree; the zero day is before
// all changes.
func (r *Registry) At(day date.Date) *Tree {
	period := sort.Search(len(r.starts), func(i int) bool { return r.starts[i].After(day) })
	if t := r.trees[period].Load(); t != nil {
		return t
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if t := r.trees[period].Load(); t != nil {
		return t
	}
	var start date.Date
	if period > 0 {
		start = r.starts[period-1]
	}
	upper, sharedUpper := r.listOn(r.upper, start)
	villages, sharedVillages := r.listOn(r.villages, start)
	t := newTree(upper, villages)
	r.trees[period].Store(t)
	if !sharedUpper || !sharedVillages {
		r.remember(period)
	}
	return t
}

// remember forgets the oldest trees when those in memory have grown too many; who still
// holds one keeps it.
func (r *Registry) remember(period int) {
	r.cached = append(r.cached, period)
	held := 0
	for _, p := range r.cached {
		held += r.trees[p].Load().Len()
	}
	for held > r.kept && len(r.cached) > 1 {
		held -= r.trees[r.cached[0]].Load().Len()
		r.trees[r.cached[0]].Store(nil)
		r.cached = r.cached[1:]
	}
}

// listOn is the units of the list valid on a day under their names of that day. Where nothing
// in the list differs from its spans it is the list itself.
func (r *Registry) listOn(spans []Unit, day date.Date) (list []Unit, shared bool) {
	if validOn(spans, day) {
		list, shared = spans, true
	} else {
		n := 0
		for i := range spans {
			if spans[i].ValidOn(day) {
				n++
			}
		}
		list = make([]Unit, 0, n)
		for i := range spans {
			if spans[i].ValidOn(day) {
				list = append(list, spans[i])
			}
		}
	}
	for _, n := range r.names {
		i, ok := find(list, n.Code)
		// A name from an earlier span of the same code must not reach into a later one.
		if !ok || n.From.After(day) || n.From.Before(list[i].From) {
			continue
		}
		if shared {
			list, shared = slices.Clone(list), false
		}
		list[i].Name = n.Name
	}
	return list, shared
}

// History is everything a code has been, the earliest first: one entry for each name within
// each span. Entries of one span meet without a gap; only the last of a span has a Successor.
func (r *Registry) History(c Code) []Unit {
	var list []Unit
	for _, u := range r.spans(c) {
		list = append(list, u)
		for _, n := range r.namesOf(c) {
			if !u.ValidOn(n.From) {
				continue
			}
			last := &list[len(list)-1]
			next := *last
			last.To, last.Successor = n.From, 0
			next.Name, next.From = n.Name, n.From
			list = append(list, next)
		}
	}
	return list
}

// Heir is the unit valid on a day that stands for a code: the unit itself, or the one its
// successors lead to. It is false when the line ends or the code is unknown.
func (r *Registry) Heir(c Code, day date.Date) (Code, bool) {
	for range 64 { // successors form no circle in time, but stored data might
		spans := r.spans(c)
		if len(spans) == 0 {
			return 0, false
		}
		if _, ok := spanOn(spans, day); ok {
			return c, true
		}
		var ended *Unit
		for i := range spans {
			if !spans[i].To.IsZero() && !spans[i].To.After(day) {
				ended = &spans[i]
			}
		}
		if ended == nil || ended.Successor == 0 {
			return 0, false
		}
		c = ended.Successor
	}
	return 0, false
}

// All calls yield for every span, those above the villages first, each group by code and
// day, until it returns false. The nation is not among them.
func (r *Registry) All(yield func(Unit) bool) {
	for _, list := range [][]Unit{r.upper[1:], r.villages} {
		for _, u := range list {
			if !yield(u) {
				return
			}
		}
	}
}

// Len is the number of spans, the nation not counted.
func (r *Registry) Len() int { return len(r.upper) - 1 + len(r.villages) }

// Names is every change of name by code and day.
func (r *Registry) Names() []NameChange { return slices.Clone(r.names) }
