package week_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/week"
)

var (
	firstDay = date.MustParse("2024-01-30")
	endDay   = date.MustParse("2025-12-31")
)

// anySpec draws a calendar with any due weekday and any holidays but on the first due day,
// long closures among them.
func anySpec(loc *time.Location) *rapid.Generator[week.Spec] {
	return rapid.Custom(func(t *rapid.T) week.Spec {
		spec := week.Spec{
			First: firstDay, Due: "17:30", Location: loc,
			Weekday: time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday")),
			Years:   map[int]week.Year{},
		}
		if rapid.Bool().Draw(t, "ends") {
			spec.Last = firstDay.Add(rapid.IntRange(0, 700).Draw(t, "lasts"))
		}
		off := map[date.Date]bool{}
		for range rapid.IntRange(0, 25).Draw(t, "closures") {
			from := firstDay.Add(rapid.IntRange(1, 690).Draw(t, "from"))
			for i := range rapid.IntRange(1, 20).Draw(t, "length") {
				off[from.Add(i)] = true
			}
		}
		for d := firstDay; !d.After(endDay); d = d.Add(1) {
			y := spec.Years[d.Year()]
			weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
			if off[d] {
				y.Off = append(y.Off, d)
			} else if weekend && rapid.IntRange(0, 9).Draw(t, "worked") == 0 {
				y.Working = append(y.Working, d)
			}
			spec.Years[d.Year()] = y
		}
		return spec
	})
}

func TestProperties(t *testing.T) {
	loc := shanghai(t)
	rapid.Check(t, func(t *rapid.T) {
		spec := anySpec(loc).Draw(t, "spec")
		c, err := week.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		weeks := c.Until(endDay)
		if len(weeks) == 0 || weeks[0].Due != firstDay {
			t.Fatalf("the first week is missing: %v", weeks)
		}
		for i, w := range weeks {
			if !c.Workday(w.Due) {
				t.Errorf("due %v is not a working day", w.Due)
			}
			if found, ok := c.Week(w.Due); !ok || found != w || c.Current(w.Due) != w || w.No != i+1 {
				t.Errorf("week %d due %v is not found by its day", i+1, w.Due)
			}
			if i == 0 {
				continue
			}
			before := weeks[i-1]
			if !w.Due.After(before.Due) || w.Opens != before.Due.Add(1) {
				t.Errorf("week due %v, opening %v, follows %v", w.Due, w.Opens, before.Due)
			}
			if !w.Nominal.After(before.Nominal) {
				t.Errorf("two weeks in the window of %v", w.Nominal)
			}
			if w.Nominal.Weekday() != spec.Weekday || w.Due.After(w.Nominal) || w.Nominal.Sub(w.Due) > 6 {
				t.Errorf("week due %v is outside the window of %v", w.Due, w.Nominal)
			}
			for d := w.Due.Add(1); !d.After(w.Nominal); d = d.Add(1) {
				if c.Workday(d) {
					t.Errorf("due %v although %v is worked", w.Due, d)
				}
			}
		}
	})
}

// Every working day is followed by a report within the window it lies in: no week that could
// be reported is left out.
func TestNoWeekIsLost(t *testing.T) {
	loc := shanghai(t)
	rapid.Check(t, func(t *rapid.T) {
		spec := anySpec(loc).Draw(t, "spec")
		spec.Last = date.Date{}
		c, err := week.New(spec)
		if err != nil {
			t.Fatal(err)
		}
		for d := firstDay; d.Before(endDay); d = d.Add(1) {
			if !c.Workday(d) {
				continue
			}
			toNominal := (int(spec.Weekday) - int(d.Weekday()) + 7) % 7
			if w := c.Current(d); w.Due.After(d.Add(toNominal)) {
				t.Fatalf("%v is worked, but the next report is due %v", d, w.Due)
			}
		}
	})
}

func TestCurrentIsMonotone(t *testing.T) {
	loc := shanghai(t)
	rapid.Check(t, func(t *rapid.T) {
		c, err := week.New(anySpec(loc).Draw(t, "spec"))
		if err != nil {
			t.Fatal(err)
		}
		day := firstDay.Add(-rapid.IntRange(0, 100).Draw(t, "before"))
		was := c.Current(day)
		for ; !day.After(endDay); day = day.Add(1) {
			w := c.Current(day)
			if w.Due.Before(was.Due) {
				t.Fatalf("on %v the current week went back from %v to %v", day, was.Due, w.Due)
			}
			if _, ends := c.Next(w); ends && w.Due.Before(day) {
				t.Fatalf("on %v the current week was due %v already", day, w.Due)
			}
			if p, ok := c.Previous(w); ok && !p.Due.Before(day) {
				t.Fatalf("on %v the current week is %v, but %v was still open", day, w.Due, p.Due)
			}
			was = w
		}
	})
}
