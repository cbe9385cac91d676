package bulletin

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// course fills in what stood in each of the period's weeks.
func (s *Service) course(ctx context.Context, a access.Actor, snap *Snapshot) error {
	for _, due := range snap.Weeks {
		latest, err := s.ledger.Latest(ctx, a, snap.Unit, due, []unit.Code{snap.Unit})
		switch {
		case errors.Is(err, ledger.ErrNoVillage):
			snap.Course = append(snap.Course, make([]int64, len(snap.Columns)))
		case err != nil:
			return err
		default:
			snap.Course = append(snap.Course, latest[0].Sums)
		}
	}
	return nil
}

// often is how many times a village must have been late or missing to be named for it.
const often = 2

// named fills in the villages that lists may name. A village that is no more in the last week is
// not named.
func (s *Service) named(ctx context.Context, a access.Actor, snap *Snapshot) error {
	snap.Villages = map[string][]Village{}
	for _, which := range campaign.VillageLists {
		snap.Villages[which] = []Village{}
	}
	amiss := map[unit.Code]int{}
	for _, due := range snap.Weeks {
		sheet, err := s.ledger.Sheet(ctx, a, snap.Unit, due)
		if errors.Is(err, ledger.ErrNoVillage) {
			continue
		}
		if err != nil {
			return err
		}
		for _, v := range sheet.Tree.Villages(snap.Unit) {
			f := sheet.Figures(v.Code)
			missing := f.Villages > f.Reported
			if missing || f.Late > 0 {
				amiss[v.Code]++
			}
			if due != snap.Week {
				continue
			}
			add := func(which string, yes bool) {
				if yes {
					snap.Villages[which] = append(snap.Villages[which], Village{v.Code, v.Name})
				}
			}
			add("missing", missing)
			add("late", amiss[v.Code] >= often)
			if f.Reported > 0 || f.Carried > 0 {
				continue
			}
			row, _, err := s.ledger.LastSealed(ctx, v.Code, due)
			if err != nil {
				return err
			}
			add("carried", row != nil)
		}
	}
	return nil
}

// surroundings fills in the key tasks and the rule of ranking.
func (s *Service) surroundings(ctx context.Context, a access.Actor, snap *Snapshot, p Period) (err error) {
	snap.Due = due(s.ledger.Pack(), p.Next())
	// What was to be done by the last day is over the day after.
	if snap.Day = p.Last().Add(1); s.ledger.Today().Before(snap.Day) {
		snap.Day = s.ledger.Today()
	}
	if snap.Tasks, err = s.tasksOf(ctx, a, snap.Unit, snap.Day, p.Last()); err != nil {
		return err
	}
	for i := range snap.Units {
		if snap.Units[i].Tasks, err = s.tasksOf(ctx, a, snap.Units[i].Code, snap.Day, p.Last()); err != nil {
			return err
		}
	}
	if s.store != nil {
		snap.Rule, err = s.ruleOf(ctx, snap.Unit, p)
	}
	return err
}

// tasksOf is how the key tasks of a county stand; nil where nobody can say.
func (s *Service) tasksOf(ctx context.Context, a access.Actor, of unit.Code, day, until date.Date) (*Tasks, error) {
	if s.tasks == nil || of.Level() != unit.LevelCounty {
		return nil, nil
	}
	t, ok, err := s.tasks.Tasks(ctx, a, of, day, until)
	if err != nil || !ok {
		return nil, err
	}
	return &t, nil
}

// due lists the tasks that have their last day in a period: those that are done once, those of
// named times, and those of every quarter or half year that ends in it.
func due(pack *campaign.Pack, p Period) []Task {
	list := []Task{}
	for _, t := range pack.Tasks {
		for i := range t.Demands {
			x := &t.Demands[i]
			for _, by := range lastDays(x, p) {
				if p.contains(by.To) && !by.To.Before(x.From) && (x.Before.IsZero() || by.To.Before(x.Before)) {
					list = append(list, Task{t.Number, x.Says, by.Title, by.To})
				}
			}
		}
	}
	slices.SortStableFunc(list, func(x, y Task) int { return cmp.Or(x.By.Compare(y.By), x.Number-y.Number) })
	return list
}

// lastDays are the last days of a demand that may lie in a period.
func lastDays(x *campaign.Demand, p Period) []campaign.Time {
	switch last := p.Last(); x.Every {
	case campaign.Once:
		if !x.Before.IsZero() {
			return []campaign.Time{{To: x.Before.Add(-1)}}
		}
	case campaign.Festival:
		return x.Times
	case campaign.Quarter:
		return []campaign.Time{{To: QuarterOf(last).Last()}}
	case campaign.HalfYear:
		return []campaign.Time{{To: Period{Year: last.Year(), Quarter: (QuarterOf(last).Quarter + 1) / 2 * 2}.Last()}}
	}
	return nil
}
