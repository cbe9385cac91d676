package record

import (
	"fmt"
	"slices"
	"sort"
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Party is who something was done by or at: a unit with all below it, or a department, which has
// the records it took part in.
type Party struct {
	Unit       unit.Code // of a department its county
	Department string    // empty: the unit itself
}

// Days holds how much of each figure that the campaign's tasks ask for was done on which day, by
// party. Of each record only what is now known of it counts. Taking in a version costs the same
// whatever the number of records; an answer takes as many steps as there are days with records,
// of a distinct figure as there are names. It is safe for concurrent use.
type Days struct {
	pack    *campaign.Pack
	figures []campaign.Figure
	index   map[*campaign.Tally]int // figures that ask for the same are kept once
	byKind  map[string][]int

	mu     sync.RWMutex
	series map[Party][]*series   // by figure; nil where nothing was done
	taken  uint64                // how many events have been taken in
	moved  map[unit.Code][]moved // by county, see Stamp
}

// moved says that up to an event something had changed from a day on.
type moved struct {
	from  date.Date
	event uint64
}

// NewDays makes an empty index of the figures that a campaign's tasks ask for.
func NewDays(pack *campaign.Pack) *Days {
	d := &Days{pack: pack, index: map[*campaign.Tally]int{}, byKind: map[string][]int{}, series: map[Party][]*series{}, moved: map[unit.Code][]moved{}}
	same := map[string]int{}
	for _, f := range pack.Figures() {
		asks := fmt.Sprint(f.Each, f.Own, f.Tally.Kind, f.Tally.Record, f.Tally.Field, f.Tally.Where)
		i, known := same[asks]
		if !known {
			i = len(d.figures)
			same[asks] = i
			d.figures = append(d.figures, f)
			d.byKind[f.Tally.Record] = append(d.byKind[f.Tally.Record], i)
		}
		d.index[f.Tally] = i
	}
	return d
}

// Take takes in events, in any order but that of the versions of one record.
func (d *Days) Take(events []Event) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, e := range events {
		kind, ok := d.pack.Records.Kind(e.Version.Kind)
		if !ok {
			continue // of a campaign that had this kind
		}
		if e.Before != nil {
			d.count(kind, e.Before, -1)
		}
		d.count(kind, e.Version, 1)
		d.move(e)
	}
}

// move notes from which day on an event changes figures of its county. The list has days and
// events in order: what changes from a day on has changed every later day after all before it.
func (d *Days) move(e Event) {
	d.taken++
	from := e.Version.Day
	if e.Before != nil && e.Before.Day.Before(from) {
		from = e.Before.Day
	}
	county := e.Version.Unit.At(unit.LevelCounty)
	list := d.moved[county]
	for len(list) > 0 && !list[len(list)-1].from.Before(from) {
		list = list[:len(list)-1]
	}
	d.moved[county] = append(list, moved{from, d.taken})
}

// Stamp tells one state of a county's figures up to a day from another: it is another number
// after an event that can change a figure of that day or one before it.
func (d *Days) Stamp(county unit.Code, to date.Date) uint64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	list := d.moved[county]
	if i := sort.Search(len(list), func(i int) bool { return list[i].from.After(to) }); i > 0 {
		return list[i-1].event
	}
	return 0
}

func (d *Days) count(kind *campaign.RecordKind, v *Version, sign int32) {
	if v.Status == Withdrawn || kind.Approval && v.Status != Approved {
		return
	}
	for _, i := range d.byKind[v.Kind] {
		f := &d.figures[i]
		if !takes(f.Tally, v) {
			continue
		}
		for _, p := range d.parties(f, v) {
			of := d.series[p]
			if of == nil {
				of = make([]*series, len(d.figures))
				d.series[p] = of
			}
			if of[i] == nil {
				of[i] = &series{}
			}
			of[i].add(f.Tally, v, sign)
		}
	}
}

// parties are those that a version counts for in a figure.
func (d *Days) parties(f *campaign.Figure, v *Version) []Party {
	level := unit.LevelVillage
	switch f.Each {
	case campaign.EachDepartment:
		var all []Party
		for _, name := range v.With {
			if dep, ok := d.pack.Department(name); ok {
				name = dep.Name
			}
			if p := (Party{v.Unit.At(unit.LevelCounty), name}); !slices.Contains(all, p) {
				all = append(all, p)
			}
		}
		return all
	case campaign.EachTown:
		level = unit.LevelTown
	case campaign.EachCounty:
		level = unit.LevelCounty
	}
	at := v.Unit.At(level)
	if at.Level() != level || f.Own && at != v.Unit {
		return nil
	}
	return []Party{{Unit: at}}
}

func (d *Days) of(p Party, t *campaign.Tally) *series {
	i, ok := d.index[t]
	of := d.series[p]
	if !ok || of == nil {
		return nil
	}
	return of[i]
}

// Amount is what a figure comes to for a party over the days from one to another, both included:
// records, a sum, or distinct names. Of a standing figure it is how many hold on the last day, of
// a latest one what was said last by then.
func (d *Days) Amount(p Party, t *campaign.Tally, from, to date.Date) int64 {
	d.mu.RLock()
	defer d.mu.RUnlock()
	s := d.of(p, t)
	if s == nil {
		return 0
	}
	return s.amount(t, from, to)
}

// Reached is the first day, from one to another, on which a figure had come to at least so much
// counted from the first of these days; of a standing figure, on which so many held.
func (d *Days) Reached(p Party, t *campaign.Tally, from, to date.Date, least int64) (date.Date, bool) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	s := d.of(p, t)
	if s == nil || to.Before(from) {
		return date.Date{}, false
	}
	return s.reached(t, from, to, least)
}
