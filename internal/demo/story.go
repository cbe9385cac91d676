package demo

import (
	"math/rand/v2"
	"sync"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// begin is the day of the first deeds.
var begin = date.MustParse("2024-01-08")

// reported are the weeks of the embedded campaign.
var reported = sync.OnceValue(func() []week.Week {
	var list []week.Week
	for n := 1; ; n++ {
		w, ok := campaign.Default().Calendar().Number(n)
		if !ok {
			return list
		}
		list = append(list, w)
	}
})

// story is what one village does, week by week. The same seed tells the same story, and a longer
// one begins like a shorter one.
type story struct {
	of   unit.Code
	r    *rand.Rand
	tell func(*deed)
	week.Week

	members, planned       int64
	wants, spent           int64 // 计划投入, 已投入, 分
	pace, industry         float64
	planAt, gridAt, talkAt int
	patrons                []string
	secured, planted, lead int64
	calm                   bool // nothing new this week that a column of the ledger counts
}

// share is a chance.
func (s *story) share(p float64) bool { return s.r.Float64() < p }

// some is a number from low to high.
func (s *story) some(low, high int64) int64 { return low + s.r.Int64N(high-low+1) }

// aDay is a day of the week on which something may have been done that counts for it: the due
// day itself counts for the next.
func (s *story) aDay() date.Date {
	from, last := s.Opens.Add(-1), s.Due.Add(-1)
	if s.No == 1 {
		from = begin
	}
	return from.Add(s.r.IntN(last.Sub(from) + 1))
}

// early are recorded in time: others follow from them.
var early = map[string]bool{"profile": true, "plan": true, "seedlings": true, "liaison": true}

// did tells a deed of this week, entered the same day or a day or two after; one in sixty is
// entered only after the deadline and counts in the next week.
func (s *story) did(d deed) {
	if d.day.IsZero() {
		d.day = s.aDay()
	}
	d.week, d.entered = s.No, d.day
	if d.entered.Before(s.Opens) {
		d.entered = s.Opens
	}
	if s.No == 1 {
		d.entered = d.entered.Add(s.r.IntN(s.Due.Sub(d.entered)))
	} else if s.share(0.2) {
		if next := d.entered.Add(1 + s.r.IntN(2)); next.Before(s.Due) {
			d.entered = next
		}
	}
	switch n := s.r.IntN(120); {
	case d.waits:
		d.week++
	case early[d.kind]:
	case n < 2:
		d.entered, d.week = s.Due.Add(1), s.No+1
	case n == 2 && d.n > 0:
		d.fault = mistyped
	case n == 3:
		d.fault = twice
	case n < 6 && d.by == byTown:
		d.fault = outOfPlace
	}
	s.tell(&d)
}

// tellVillage tells what a village does up to and with a week.
func tellVillage(of unit.Code, no int, tell func(*deed)) {
	s := &story{of: of, r: rand.New(rand.NewPCG(uint64(of), 7)), tell: tell}
	s.members, s.planned = s.some(25, 145), 200+10*s.some(0, 119)
	s.wants = 10_000 * (s.planned/2 + s.some(0, 299))
	s.pace, s.industry = 0.05+0.12*s.r.Float64(), 0.6+0.8*s.r.Float64()
	s.planAt, s.gridAt, s.talkAt = 1, 1+max(0, s.r.IntN(12)-5), 2+s.r.IntN(4)
	switch p := s.r.Float64(); {
	case p < 0.01:
		s.planAt = 9 // and not approved before the tenth week
	case p < 0.02:
		s.planAt = 99
	case p < 0.12:
		s.planAt = 2 + s.r.IntN(3)
	}
	if s.share(0.04) {
		s.talkAt += 6
	}
	for range 6 + s.r.IntN(9) {
		s.patrons = append(s.patrons, person(s.r))
	}
	beside := *s // what fills no column follows dice of its own
	beside.r = rand.New(rand.NewPCG(uint64(of), 13))
	for _, w := range reported()[:min(no, len(reported()))] {
		s.Week = w
		s.calm = w.No > 1 && s.share(0.3)
		if w.No == 1 {
			s.start()
		}
		s.prepare()
		s.organise()
		if !s.calm {
			s.mobilise()
			s.plant()
			s.pay()
		}
		s.march()
		beside.Week = w
		beside.tend()
	}
}

// person is an invented name.
func person(r *rand.Rand) string {
	return string(surnames[r.IntN(len(surnames))]) + givenNames[r.IntN(len(givenNames))]
}
