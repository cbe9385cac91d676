package task

import (
	"context"
	"sync"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// keptCounties is how many counties' rows are kept in memory, those asked for last: of 580
// villages and two years some 5 MB each.
const keptCounties = 64

// kept is what was worked out of counties last, beside the records. What is asked for again costs the weeks
// that have changed since, however many there are.
type kept struct {
	mu       sync.Mutex
	uses     int
	counties map[unit.Code]*keptRows
}

type keptRows struct {
	used int // when it was last asked for; under the lock of kept

	mu     sync.Mutex
	stamps map[date.Date]uint64 // of each week, when it was read
	rows   *Rows
	closed *closed
}

// of gives the place of a county, making room for it.
func (k *kept) of(county unit.Code, empty func() *Rows) *keptRows {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.counties == nil {
		k.counties = map[unit.Code]*keptRows{}
	}
	c := k.counties[county]
	if c == nil {
		if len(k.counties) >= keptCounties {
			var oldest unit.Code
			for code, one := range k.counties {
				if oldest == 0 || one.used < k.counties[oldest].used {
					oldest = code
				}
			}
			delete(k.counties, oldest)
		}
		c = &keptRows{stamps: map[date.Date]uint64{}, rows: empty()}
		k.counties[county] = c
	}
	k.uses++
	c.used = k.uses
	return c
}

// remember gives the facts of a day what is known of a county: what the ledger says to the end of
// the day, or to now where it is today, and the periods that are over.
func (s *Service) remember(ctx context.Context, f *Facts, county unit.Code, events int) error {
	now := s.clock()
	c := s.kept.of(county, func() *Rows { return newRows(s.Pack.Ledger, s.checks()) })
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := s.refresh(ctx, c, county, now); err != nil {
		return err
	}
	if !c.closed.holds(f, events) {
		c.closed = &closed{tree: f.Tree, departments: f.Departments, events: events, items: map[closedKey]closedItem{}}
	}
	f.closed = c.closed
	if end := f.Day.Add(1).In(s.Pack.Spec().Location).Add(-time.Millisecond); end.Before(now) {
		now = end
	}
	f.Rows = c.rows.at(now)
	return nil
}

// refresh reads the weeks that have begun by now and have changed since they were read.
func (s *Service) refresh(ctx context.Context, c *keptRows, county unit.Code, now time.Time) error {
	reader := access.Operator("", county) // the actor was asked for; a week in which the unit was another is left out
	next := c.rows.at(now)
	cloned := false
	defer func() {
		next.own = nil // from now on others read the lists
		c.rows = next
	}()
	for n := 1; ; n++ {
		w, ok := s.Pack.Calendar().Number(n)
		if !ok || w.Opens.After(date.FromTime(now)) {
			break
		}
		// The stamp is read before the sheet: what changes in between is read again.
		stamp := s.Ledger.Stamp(w.Due)
		if was, read := c.stamps[w.Due]; read && was == stamp {
			continue
		}
		sheet, err := s.Ledger.Sheet(ctx, reader, county, w.Due)
		p, known := problem.Of(err)
		gone := known && p.Code == ledger.ErrNoVillage.Code
		if err != nil && !gone {
			return err
		}
		if !cloned {
			next, cloned = next.clone(), true
		}
		if gone {
			next.without(w.Due)
		} else {
			next.with(sheet, county)
		}
		c.stamps[w.Due] = stamp
	}
	return nil
}

// checks lists the checks of all demands that a column of the ledger may show.
func (s *Service) checks() []*campaign.Check {
	var all []*campaign.Check
	for i := range s.duties {
		for j := range s.duties[i].Demands {
			x := &s.duties[i].Demands[j]
			for _, list := range [][]campaign.Check{x.Checks, x.Only} {
				for n := range list {
					all = append(all, &list[n])
				}
			}
		}
	}
	return all
}
