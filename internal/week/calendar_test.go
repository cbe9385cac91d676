package week_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/week"
)

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// days lists days of one year written 2-4, and ranges of one month written 2-10..17.
func days(t *testing.T, year string, texts ...string) []date.Date {
	t.Helper()
	var all []date.Date
	for _, text := range texts {
		from, to, isRange := strings.Cut(text, "..")
		first, err := time.Parse("2006-1-2", year+"-"+from)
		if err != nil {
			t.Fatal(err)
		}
		last := first
		if isRange {
			if last, err = time.Parse("2006-1-2", first.Format("2006-1-")+to); err != nil {
				t.Fatal(err)
			}
		}
		for d := first; !d.After(last); d = d.AddDate(0, 0, 1) {
			all = append(all, date.FromTime(d))
		}
	}
	return all
}

// notice is the calendar of the notice with the holidays of 2024.
func notice(t *testing.T) week.Spec {
	t.Helper()
	return week.Spec{
		First: date.MustParse("2024-01-30"), Weekday: time.Friday, Due: "17:30", Location: shanghai(t),
		Since: date.MustParse("2024-01-01"),
		Years: map[int]week.Year{2024: {
			Off:     days(t, "2024", "1-1", "2-10..17", "4-4..6", "5-1..5", "6-10", "9-15..17", "10-1..7"),
			Working: days(t, "2024", "2-4", "2-18", "4-7", "4-28", "5-11", "9-14", "9-29", "10-12"),
		}},
	}
}

func calendar(t *testing.T, spec week.Spec) *week.Calendar {
	t.Helper()
	c, err := week.New(spec)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// The due days of 2024, worked out by hand from a wall calendar.
var of2024 = []string{
	"1-30", "2-2", "2-9" /* 2-16 lies in the Spring Festival: left out */, "2-23",
	"3-1", "3-8", "3-15", "3-22", "3-29",
	"4-3" /* for 4-5 */, "4-12", "4-19", "4-26",
	"4-30" /* for 5-3 */, "5-10", "5-17", "5-24", "5-31",
	"6-7", "6-14", "6-21", "6-28", "7-5", "7-12", "7-19", "7-26",
	"8-2", "8-9", "8-16", "8-23", "8-30", "9-6", "9-13", "9-20", "9-27",
	"9-30" /* for 10-4 */, "10-11", "10-18", "10-25",
	"11-1", "11-8", "11-15", "11-22", "11-29", "12-6", "12-13", "12-20", "12-27",
}

func TestWeeksOf2024(t *testing.T) {
	c := calendar(t, notice(t))
	want := days(t, "2024", of2024...)
	got := c.Until(date.MustParse("2024-12-31"))
	if len(got) != len(want) {
		t.Fatalf("%d weeks, want %d: %v", len(got), len(want), got)
	}
	opens := date.MustParse("2024-01-01")
	for i, w := range got {
		if w.Due != want[i] || w.No != i+1 {
			t.Errorf("week %d is No %d due %v, want due %v", i+1, w.No, w.Due, want[i])
		}
		if w.Opens != opens {
			t.Errorf("week %d opens %v, want %v", w.No, w.Opens, opens)
		}
		opens = w.Due.Add(1)
		if at := w.Deadline.UTC(); date.FromTime(at) != w.Due || at.Format(time.TimeOnly) != "09:30:00" {
			t.Errorf("week %d ends at %v, want 17:30 in Shanghai", w.No, w.Deadline)
		}
	}
}

func TestMovedWeekKeepsItsNominalDay(t *testing.T) {
	c := calendar(t, notice(t))
	for due, nominal := range map[string]string{
		"2024-01-30": "2024-01-30", "2024-03-29": "2024-03-29",
		"2024-04-03": "2024-04-05", "2024-04-30": "2024-05-03", "2024-09-30": "2024-10-04",
	} {
		w, ok := c.Week(date.MustParse(due))
		if !ok || w.Nominal.String() != nominal {
			t.Errorf("week due %s: nominal %v, %v; want %s", due, w.Nominal, ok, nominal)
		}
	}
	if _, ok := c.Week(date.MustParse("2024-04-05")); ok {
		t.Error("2024-04-05 is a holiday, yet a week")
	}
}

func TestCurrent(t *testing.T) {
	spec := notice(t)
	spec.Last = date.MustParse("2024-06-30")
	c := calendar(t, spec)
	for today, due := range map[string]string{
		"2023-12-01": "2024-01-30", // before the campaign
		"2024-01-30": "2024-01-30",
		"2024-01-31": "2024-02-02",
		"2024-02-10": "2024-02-23", // the week left out has no report to work towards
		"2024-04-03": "2024-04-03",
		"2024-04-04": "2024-04-12",
		"2024-06-28": "2024-06-28",
		"2024-06-29": "2024-06-28", // after the campaign
		"2030-01-01": "2024-06-28",
	} {
		if w := c.Current(date.MustParse(today)); w.Due.String() != due {
			t.Errorf("on %s the current week is due %v, want %s", today, w.Due, due)
		}
	}
}

func TestSteps(t *testing.T) {
	spec := notice(t)
	spec.Last = date.MustParse("2024-02-23")
	c := calendar(t, spec)
	first, _ := c.Number(1)
	last, ok := c.Number(4)
	if !ok || last.Due.String() != "2024-02-23" {
		t.Fatalf("week 4 is %v, %v", last, ok)
	}
	if w, ok := c.Previous(last); !ok || w.Due.String() != "2024-02-09" {
		t.Errorf("before 2024-02-23 stands %v, %v", w.Due, ok)
	}
	if w, ok := c.Next(first); !ok || w.Due.String() != "2024-02-02" {
		t.Errorf("after the first week stands %v, %v", w.Due, ok)
	}
	for name, ok := range map[string]bool{
		"before the first":   second(c.Previous(first)),
		"after the last":     second(c.Next(last)),
		"after no week":      second(c.Next(week.Week{})),
		"number 0":           second(c.Number(0)),
		"number 5":           second(c.Number(5)),
		"a day with no week": second(c.Week(date.MustParse("2024-02-16"))),
	} {
		if ok {
			t.Errorf("%s: found a week", name)
		}
	}
	if n := len(c.Until(date.MustParse("2024-01-29"))); n != 0 {
		t.Errorf("%d weeks before the first", n)
	}
}

func second(_ week.Week, ok bool) bool { return ok }

func TestWorkday(t *testing.T) {
	c := calendar(t, notice(t))
	for day, want := range map[string]bool{
		"2024-02-04": true,  // a Sunday worked
		"2024-02-09": true,  // the eve, not a statutory holiday
		"2024-02-12": false, // a Monday off
		"2024-03-02": false, // a Saturday
		"2024-03-04": true,
		"2025-01-01": true, // no table for 2025 in this calendar
	} {
		if got := c.Workday(date.MustParse(day)); got != want {
			t.Errorf("Workday(%s) = %v", day, got)
		}
	}
	if !c.Known(2024) || c.Known(2025) {
		t.Error("only 2024 is known")
	}
}

// A first report on the due weekday itself is followed a week later, and a holiday that would
// move the next due day onto the first one leaves that week out.
func TestSecondWeek(t *testing.T) {
	spec := notice(t)
	spec.First = date.MustParse("2024-03-01")
	if w, _ := calendar(t, spec).Number(2); w.Due.String() != "2024-03-08" {
		t.Errorf("after Friday 03-01 comes %v, want 03-08", w.Due)
	}
	spec.First = date.MustParse("2024-04-03")
	if w, _ := calendar(t, spec).Number(2); w.Due.String() != "2024-04-12" {
		t.Errorf("after Wednesday 04-03 comes %v, want 04-12", w.Due)
	}
}

func TestNewRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*week.Spec)
		want   string
	}{
		"no first day":         {func(s *week.Spec) { s.First = date.Date{} }, "no first due day"},
		"no zone":              {func(s *week.Spec) { s.Location = nil }, "no location"},
		"no weekday":           {func(s *week.Spec) { s.Weekday = 7 }, "no weekday 7"},
		"bad time":             {func(s *week.Spec) { s.Due = "25:00" }, `"25:00"`},
		"first is off":         {func(s *week.Spec) { s.First = date.MustParse("2024-02-12") }, "not a working day"},
		"ends before it began": {func(s *week.Spec) { s.Last = date.MustParse("2024-01-01") }, "before the first due day"},
		"counts too late":      {func(s *week.Spec) { s.Since = date.MustParse("2024-02-01") }, "after the first due day"},
		"wrong year": {func(s *week.Spec) {
			s.Years[2025] = week.Year{Off: []date.Date{date.MustParse("2026-01-01")}}
		}, "2026-01-01 stands in the table of 2025"},
		"off and worked": {func(s *week.Spec) {
			d := date.MustParse("2025-02-08")
			s.Years[2025] = week.Year{Off: []date.Date{d}, Working: []date.Date{d}}
		}, "both off and a working day"},
	} {
		spec := notice(t)
		c.change(&spec)
		if _, err := week.New(spec); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want it to say %q", name, err, c.want)
		}
	}
}
