package record

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// tally is one figure of one unit, for every week: what a campaign.Tally comes to.
type tally struct {
	rule  *campaign.Tally
	count []int32 // how many records count, by week
	sum   []int64 // of a sum
	fresh []int64 // of a sum or count: what counts from a week on and had not happened before it
	names map[string][]int32
	last  []latest
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
	if t.count == nil {
		t.count = make([]int32, weeks)
	}
	for i := s.from; i < s.to; i++ {
		t.count[i] += sign
	}
	if fresh {
		if t.fresh == nil {
			t.fresh = make([]int64, weeks)
		}
		t.fresh[s.from] += t.amount(v) * int64(sign)
	}
	switch t.rule.Kind {
	case campaign.TallySum:
		if t.sum == nil {
			t.sum = make([]int64, weeks)
		}
		n := t.amount(v) * int64(sign)
		for i := s.from; i < s.to; i++ {
			t.sum[i] += n
		}
	case campaign.TallyDistinct:
		t.addNames(v.Facts.Names[t.rule.Field], s, sign, weeks)
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

func (t *tally) addNames(names []string, s span, sign int32, weeks int) {
	if t.sum == nil {
		t.sum, t.names = make([]int64, weeks), map[string][]int32{}
	}
	for _, name := range names {
		seen := t.names[name]
		if seen == nil {
			seen = make([]int32, weeks)
			t.names[name] = seen
		}
		for i := s.from; i < s.to; i++ {
			before := seen[i] > 0
			seen[i] += sign
			if after := seen[i] > 0; after && !before {
				t.sum[i]++
			} else if before && !after {
				t.sum[i]--
			}
		}
	}
}

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
	if t == nil || week >= len(t.count) || t.count[week] == 0 {
		return ledger.Empty
	}
	switch t.rule.Kind {
	case campaign.TallyCount:
		return ledger.Value(t.count[week])
	case campaign.TallyAny, campaign.TallyStanding:
		return ledger.Yes
	case campaign.TallyLatest:
		return t.latest(week)
	}
	return ledger.Value(t.sum[week])
}

// since is what an additive figure has gained after one week and up to another from what had
// not happened before: records entered late of earlier weeks are not in it.
func (t *tally) since(after, week int) int64 {
	var n int64
	if t == nil || t.count == nil {
		return 0
	}
	if t.rule.Kind == campaign.TallyDistinct {
		n = t.sum[week]
		if after >= 0 {
			n -= t.sum[after]
		}
		return n
	}
	for i := after + 1; t.fresh != nil && i <= week; i++ {
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
