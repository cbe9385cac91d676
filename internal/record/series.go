package record

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
)

// series is one figure of one party by day. Adding and taking away commute.
type series struct {
	days  []bucket            // what began on a day, in order
	ends  []bucket            // of a standing figure: what held for the last time on a day
	names map[string][]bucket // of a distinct one
	last  []said              // of a latest one
}

// bucket is one day's records and their sum.
type bucket struct {
	day     date.Date
	records int32
	sum     int64
}

// said is what one version says.
type said struct {
	day   date.Date
	seq   int64
	value int64
}

// put adds to a day's bucket; one that comes to nothing goes.
func put(list []bucket, day date.Date, records int32, sum int64) []bucket {
	i, found := find(list, day)
	if !found {
		list = slices.Insert(list, i, bucket{day: day})
	}
	list[i].records += records
	list[i].sum += sum
	if list[i].records == 0 && list[i].sum == 0 {
		list = slices.Delete(list, i, i+1)
	}
	return list
}

func find(list []bucket, day date.Date) (int, bool) {
	return slices.BinarySearchFunc(list, day, func(b bucket, d date.Date) int { return b.day.Compare(d) })
}

// between is the buckets of the days from one to another.
func between(list []bucket, from, to date.Date) []bucket {
	lo, _ := find(list, from)
	hi, found := find(list, to)
	if found {
		hi++
	}
	return list[lo:max(lo, hi)]
}

func (s *series) add(t *campaign.Tally, v *Version, sign int32) {
	switch t.Kind {
	case campaign.TallyDistinct:
		if s.names == nil {
			s.names = map[string][]bucket{}
		}
		for _, name := range v.Facts.Names[t.Field] {
			if s.names[name] = put(s.names[name], v.Day, sign, 0); len(s.names[name]) == 0 {
				delete(s.names, name)
			}
		}
	case campaign.TallyLatest:
		n, ok := v.Facts.Numbers[t.Field]
		if !ok {
			return
		}
		x := said{v.Day, v.Seq, n}
		if sign > 0 {
			s.last = append(s.last, x)
		} else if i := slices.Index(s.last, x); i >= 0 {
			s.last = slices.Delete(s.last, i, i+1)
		}
	case campaign.TallySum:
		s.days = put(s.days, v.Day, sign, int64(sign)*v.Facts.Numbers[t.Field])
	default:
		s.days = put(s.days, v.Day, sign, 0)
		if t.Kind == campaign.TallyStanding && !v.Until.IsZero() {
			s.ends = put(s.ends, v.Until, sign, 0)
		}
	}
}

func (s *series) amount(t *campaign.Tally, from, to date.Date) int64 {
	switch t.Kind {
	case campaign.TallyDistinct:
		return int64(len(s.firsts(from, to)))
	case campaign.TallyLatest:
		return s.latest(to)
	case campaign.TallyStanding:
		return s.standing(to)
	}
	var n int64
	for _, b := range between(s.days, from, to) {
		n += b.of(t)
	}
	return n
}

// of is what a bucket adds to a sum or a count.
func (b bucket) of(t *campaign.Tally) int64 {
	if t.Kind == campaign.TallySum {
		return b.sum
	}
	return int64(b.records)
}

func (s *series) reached(t *campaign.Tally, from, to date.Date, least int64) (date.Date, bool) {
	switch t.Kind {
	case campaign.TallyDistinct:
		days := s.firsts(from, to)
		if int64(len(days)) < least {
			return date.Date{}, false
		}
		slices.SortFunc(days, date.Date.Compare)
		return days[least-1], true
	case campaign.TallyLatest:
		return to, s.latest(to) >= least
	case campaign.TallyStanding:
		if s.standing(from) >= least {
			return from, true
		}
		for _, b := range between(s.days, from, to) { // it grows only on a day on which one begins
			if s.standing(b.day) >= least {
				return b.day, true
			}
		}
		return date.Date{}, false
	}
	var n int64
	for _, b := range between(s.days, from, to) {
		if n += b.of(t); n >= least {
			return b.day, true
		}
	}
	return date.Date{}, false
}

// firsts is, for each name, the first day in the span on which it came.
func (s *series) firsts(from, to date.Date) []date.Date {
	var days []date.Date
	for _, list := range s.names {
		if in := between(list, from, to); len(in) > 0 {
			days = append(days, in[0].day)
		}
	}
	return days
}

// standing is how many hold on a day: those begun by it less those that had ended before it.
func (s *series) standing(day date.Date) int64 {
	var n int64
	for _, b := range between(s.days, date.Date{}, day) {
		n += int64(b.records)
	}
	for _, b := range between(s.ends, date.Date{}, day.Add(-1)) {
		n -= int64(b.records)
	}
	return n
}

// latest is what was said of the latest day up to a day, of two of one day by the one entered last.
func (s *series) latest(to date.Date) int64 {
	var best said
	for _, x := range s.last {
		if !x.day.After(to) && (x.day.After(best.day) || x.day == best.day && x.seq > best.seq) {
			best = x
		}
	}
	return best.value
}
