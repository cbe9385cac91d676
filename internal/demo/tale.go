package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// tale is a photo that is not what it should be, and what became of it.
type tale struct {
	at     unit.Code // whose planting
	day    string    // of which day
	by     author
	from   unit.Code // whose photo is used again; zero: its own
	of     string    // of which day's planting
	sentOn bool
	before int // its own photo was taken so many days before

	look    string // what the town says when it has looked, two days after
	object  string // what the village objects with, the day after
	replies string // what the town answers, three days after that
}

var tales = []tale{
	{at: 445281119204, day: "03-22", from: 445281119204, of: "03-14"},               // 富美村, its own of the week before
	{at: 445281119202, day: "03-19", from: 445281119201, of: "03-16", sentOn: true}, // 河头村, 新池内村's
	{at: 445281119002, day: "03-10", before: 1, look: "问过居委会：种了两天，照片是头一天拍的"},        // 石牌居委会
	{at: 445281001002, day: "03-07", by: byTown, from: 445281001003, of: "03-04", sentOn: true, // 新美居委会, 大林居委会's
		object: "照片不是我们居委会的，是大林那天拍的", replies: "照片发错了，株数和双方签字的单子核对过；已请居委会补拍"},
}

// tell plays a tale on the deeds it is about, as far as they are there.
func (s *Stage) tell(t *tale, list []entry) {
	e := planted(list, t.at, t.day, t.by)
	if e == nil {
		return
	}
	e.shots = []shot{e.shot(0)}
	if t.before > 0 {
		e.shots[0].Day = e.shots[0].Day.Add(-t.before)
	}
	if t.from != 0 {
		source := planted(list, t.from, t.of, t.by)
		if len(source.shots) == 0 {
			source.shots = []shot{source.shot(0)}
		}
		e.shots[0] = source.shots[0]
		e.shots[0].sentOn = t.sentOn
	}
	e.noted = &record.At{}
	s.follow(t, e.entered, e.noted)
}

// planted is the new trees a unit planted on a day of 2024, as they were entered; nil: not yet.
func planted(list []entry, at unit.Code, on string, by author) *entry {
	for i := range list {
		if e := &list[i]; e.deed.at == at && e.day == day(on) && e.kind == "planting" && e.a == "new" && e.by == by {
			return e
		}
	}
	return nil
}

// follow adds what is said about a record to what happens.
func (s *Stage) follow(t *tale, entered date.Date, at *record.At) {
	clerk := s.ClerkAt(t.at.At(unit.LevelTown))
	add := func(days, hour, minute int, words string, do func(context.Context) (record.Version, error)) {
		if words == "" {
			return
		}
		moment := entered.Add(days).In(s.Pack.Spec().Location).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
		s.Doing = append(s.Doing, Happening{At: moment, Do: func(ctx context.Context) error {
			v, err := do(ctx)
			if err != nil {
				return fmt.Errorf("a photo of %s: %w", t.at, err)
			}
			at.Base = v.Number
			return nil
		}})
	}
	add(2, 10, 25, t.look, func(ctx context.Context) (record.Version, error) { return s.Records.Look(ctx, clerk, *at, t.look) })
	add(1, 20, 15, t.object, func(ctx context.Context) (record.Version, error) {
		return s.Records.Dispute(ctx, ReporterOf(t.at), *at, t.object)
	})
	add(4, 9, 40, t.replies, func(ctx context.Context) (record.Version, error) { return s.Records.Answer(ctx, clerk, *at, t.replies) })
	slices.SortStableFunc(s.Doing, func(x, y Happening) int { return x.At.Compare(y.At) })
}
