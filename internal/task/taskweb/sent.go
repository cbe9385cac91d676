package taskweb

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// senders are the units (派出单位) that sent the teams and secretaries of a unit and the places in
// it, by place, as those who answer for it were recorded; none for a demand that does not ask who
// answers. They say who is meant: no rule counts by them.
func (p *Pages) senders(s *task.Standing, actor access.Actor, x *campaign.Demand, of unit.Code) (map[unit.Code]string, error) {
	rules := p.tasks.Pack.Liaisons
	if rules == nil || of.Level() < unit.LevelCounty {
		return nil, nil
	}
	asks := func(level string) bool {
		return slices.ContainsFunc(x.Only, func(c campaign.Check) bool {
			return c.Tally != nil && c.Tally.Record == rules.Record && slices.Contains(c.Tally.Where[rules.Level], level)
		})
	}
	if len(x.Only) == 0 {
		return nil, nil
	}
	list, err := p.tasks.Records.Liaisons(actor, of)
	if err != nil {
		return nil, err
	}
	named := map[unit.Code][]string{}
	for i := range list {
		l := &list[i]
		if l.SentBy != "" && asks(l.Level.Key) && l.Holds(s.Day) && !slices.Contains(named[l.Unit], l.SentBy) {
			named[l.Unit] = append(named[l.Unit], l.SentBy)
		}
	}
	out := make(map[unit.Code]string, len(named))
	for code, names := range named {
		out[code] = strings.Join(names, "、")
	}
	return out, nil
}
