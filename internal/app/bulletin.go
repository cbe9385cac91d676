package app

import (
	"context"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// taskBoard tells bulletins how the key tasks stand. A task is done when everybody who answers for
// it has met all that has come due of it, and overdue when somebody has not.
type taskBoard struct{ tasks *task.Service }

// Tasks is how the 31 tasks of a county stand on a day, and which of them are still to be done by
// another. Of a county that records nothing here
// every one would be overdue as soon as its day is over: nothing is said of it.
func (b taskBoard) Tasks(ctx context.Context, a access.Actor, of unit.Code, day, until date.Date) (bulletin.Tasks, bool, error) {
	if of.Level() != unit.LevelCounty {
		return bulletin.Tasks{}, false, nil
	}
	if kept, err := b.tasks.Recorded(ctx, a, of, day); err != nil || !kept {
		return bulletin.Tasks{}, false, err
	}
	county := record.Party{Unit: of}
	s, err := b.tasks.On(ctx, a, county, day)
	if err != nil {
		return bulletin.Tasks{}, false, err
	}
	out := bulletin.Tasks{Late: []bulletin.Task{}}
	for i := range s.Duties {
		d := &s.Duties[i]
		if d.Number == 0 {
			continue
		}
		c := task.Counts{}
		var late bulletin.Task
		for _, item := range s.DutyOf(d, county) {
			c[item.State]++
			named := bulletin.Task{Number: d.Number, Says: item.Demand.Says, Title: festival(&item), By: item.Period.To}
			switch open := item.State == task.NotYet || item.State == task.InProgress; {
			case item.State == task.Overdue:
				late = named
			case open && !named.By.Before(day) && !named.By.After(until):
				out.Ending = append(out.Ending, named)
			}
		}
		switch out.Total++; {
		case c[task.Overdue] > 0:
			out.Overdue++
			out.Late = append(out.Late, late)
		case c.Total() > 0 && c[task.InProgress]+c[task.NotYet] == 0:
			out.Done++
		}
	}
	return out, true, nil
}

// festival is the name of the time that an item was wanted in, where it has one.
func festival(i *task.Item) string {
	if i.Demand.Every == campaign.Festival {
		return i.Period.Title
	}
	return ""
}
