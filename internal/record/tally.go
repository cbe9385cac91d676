package record

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// tally is one figure of one unit, for every week: what a campaign.Tally comes to.
type tally struct {
	rule  *campaign.Tally
	count steps // how many records count
	sum   steps // of a sum or of distinct names
	fresh steps // of a sum or count: what counts from a week on and had not happened before it, by week
	names map[string]steps
	last  []latest
}

// steps is a number for every week, as what it is more than in the week before. It ends with the
// last change: a number that stays costs nothing, however many weeks a campaign has.
type steps []int64

// add adds n in the weeks of a span; one that reaches the last of all weeks is not closed.
func (s *steps) add(w span, n int64, weeks int) {
	s.step(w.from, n)
	if w.to < weeks {
		s.step(w.to, -n)
	}
}

func (s *steps) step(week int, n int64) {
	for len(*s) <= week {
		*s = append(*s, 0)
	}
	(*s)[week] += n
}

// at is the number in a week.
func (s steps) at(week int) int64 {
	var n int64
	for _, d := range s[:min(len(s), week+1)] {
		n += d
	}
	return n
}

// latest is what one version says, and for which weeks.
type latest struct {
	span
	day   int
	seq   int64
	value int64
}

// takes tells whether a version can count for the tally.
func takes(rule *campaign.Tally, v *Version) bool { return rule.Takes(v.Kind, v.Facts.Answers) }

// add counts a version for some weeks, or with sign −1 takes it away again. Adding and taking
// away commute, so the order in which records come does not matter.
// fresh tells that it had not happened before the first of those weeks.
func (t *tally) add(v *Version, s span, fresh bool, sign int32, weeks int) {
	if s.empty() {
		return
	}
	t.count.add(s, int64(sign), weeks)
	if fresh {
		t.fresh.step(s.from, t.amount(v)*int64(sign))
	}
	switch t.rule.Kind {
	case campaign.TallySum:
		t.sum.add(s, t.amount(v)*int64(sign), weeks)
	case campaign.TallyDistinct:
		t.addNames(v.Facts.Names[t.rule.Field], s, int64(sign), weeks)
	case campaign.TallyLatest:
		t.addLatest(v, s, sign)
	}
}

// amount is what one version adds.
func (t *tally) amount(v *Version) int64 {
	if t.rule.Kind == campaign.TallySum {
		return v.Facts.Numbers[t.rule.Field]
	}
	return 1
}

// addNames counts names in the weeks of a span; each that is there once or more counts once.
func (t *tally) addNames(names []string, w span, sign int64, weeks int) {
	if t.names == nil {
		t.names = map[string]steps{}
	}
	for _, name := range names {
		was, now := t.names[name], slices.Clone(t.names[name])
		now.add(w, sign, weeks)
		t.names[name] = now
		change, before, after := int64(0), was.at(w.from-1), now.at(w.from-1)
		for i := w.from; i < len(now); i++ {
			if i < len(was) {
				before += was[i]
			}
			after += now[i]
			c := there(after) - there(before)
			if c != change {
				t.sum.step(i, c-change)
			}
			change = c
		}
	}
}

func there(n int64) int64 { return min(max(n, 0), 1) }

func (t *tally) addLatest(v *Version, s span, sign int32) {
	n, said := v.Facts.Numbers[t.rule.Field]
	if !said {
		return
	}
	l := latest{s, v.Day.Int(), v.Seq, n}
	if sign > 0 {
		t.last = append(t.last, l)
	} else if i := slices.Index(t.last, l); i >= 0 {
		t.last = slices.Delete(t.last, i, i+1)
	}
}

// value is the figure in a week; Empty while no record counts.
func (t *tally) value(week int) ledger.Value {
	if t == nil {
		return ledger.Empty
	}
	n := t.count.at(week)
	if n == 0 {
		return ledger.Empty
	}
	switch t.rule.Kind {
	case campaign.TallyCount:
		return ledger.Value(n)
	case campaign.TallyAny, campaign.TallyStanding:
		return ledger.Yes
	case campaign.TallyLatest:
		return t.latest(week)
	}
	return ledger.Value(t.sum.at(week))
}

// since is what an additive figure has gained after one week and up to another from what had
// not happened before: records entered late of earlier weeks are not in it.
func (t *tally) since(after, week int) int64 {
	var n int64
	if t == nil {
		return 0
	}
	if t.rule.Kind == campaign.TallyDistinct {
		return t.sum.at(week) - t.sum.at(after)
	}
	for i := after + 1; i <= week && i < len(t.fresh); i++ {
		n += t.fresh[i]
	}
	return n
}

// latest is what the version of the latest day says, of two of one day the one entered last.
func (t *tally) latest(week int) ledger.Value {
	best := -1
	for i, l := range t.last {
		if l.from > week || l.to <= week {
			continue
		}
		if best < 0 || l.day > t.last[best].day || l.day == t.last[best].day && l.seq > t.last[best].seq {
			best = i
		}
	}
	if best < 0 {
		return ledger.Empty
	}
	return ledger.Value(t.last[best].value)
}
