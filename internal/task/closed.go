package task

import (
	"slices"
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// closed keeps, of one county, the states of periods that are over, of what is measured at
// several. Each is kept until a record changes something on a day up to its last one, late as
// that may be; all go when the units, the departments or what is said about tasks change.
type closed struct {
	tree        *unit.Tree
	departments []string
	events      int // how many there were: they are only added

	mu    sync.Mutex
	items map[closedKey]closedItem
}

type closedKey struct {
	demand *campaign.Demand
	party  record.Party
	from   date.Date
}

type closedItem struct {
	stamp uint64 // of the records, before they were asked
	item  Item
}

// holds tells whether what is kept is of the same units, departments and events.
func (c *closed) holds(f *Facts, events int) bool {
	return c != nil && c.tree == f.Tree && c.events == events && slices.Equal(c.departments, f.Departments)
}

// keeps tells whether the state of a demand's period, once over, follows from records alone.
func keeps(x *campaign.Demand) bool {
	return x.Every != campaign.Once && x.Every != campaign.Ongoing && x.Every != campaign.ReportWeek && !x.Reported && len(x.Only) == 0
}

// item gives what is kept of a period that is over, or works it out.
func (c *closed) item(f *Facts, x *campaign.Demand, p record.Party, period Period, work func() Item) Item {
	if c == nil || !keeps(x) || !f.over(period) {
		return work()
	}
	key := closedKey{x, p, period.From}
	stamp := f.Done.Stamp(county(p), period.To)
	c.mu.Lock()
	was, ok := c.items[key]
	c.mu.Unlock()
	if ok && was.stamp == stamp {
		return was.item
	}
	item := work()
	c.mu.Lock()
	c.items[key] = closedItem{stamp, item}
	c.mu.Unlock()
	return item
}
