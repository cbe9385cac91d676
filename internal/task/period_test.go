package task

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
)

// The periods of 2024, worked out by hand from a wall calendar.
func TestPeriods(t *testing.T) {
	for _, c := range []struct{ duty, demand, until, want string }{
		{"1", "six_measures", "2024-01-01", "2024-01-01..2024-03-10"},
		{"11", "leads", "2030-01-01", "2024-01-01.."},
		{"3", "weekly", "2024-12-31", "2024-03-04..2024-03-10 3月4日至10日; 2024-03-11..2024-03-17 3月11日至17日; 2024-03-18..2024-03-24 3月18日至24日; 2024-03-25..2024-03-31 3月25日至31日"},
		{"3", "weekly", "2024-03-10", "2024-03-04..2024-03-10 3月4日至10日"},
		{"21", "half_month", "2024-03-15", "2024-02-01..2024-02-15 2月上半月; 2024-02-16..2024-02-29 2月下半月; 2024-03-01..2024-03-15 3月上半月"},
		{"12", "service", "2025-01-01", "2024-01-01..2024-03-31 2024年一季度; 2024-04-01..2024-06-30 2024年二季度; 2024-07-01..2024-09-30 2024年三季度; 2024-10-01..2024-12-31 2024年四季度; 2025-01-01..2025-03-31 2025年一季度"},
		{"28", "study", "2026-01-01", "2024-01-01..2024-06-30 2024年上半年; 2024-07-01..2024-12-31 2024年下半年"},
		{"18", "students", "2024-06-30", "2024-01-15..2024-02-25 寒假"},
		{"first_report", "first", "2024-12-31", "2024-01-01..2024-01-30 第1周（1月30日截止）"},
		{"weekly_report", "weekly", "2024-02-10", "2024-01-31..2024-02-02 第2周（2月2日截止）; 2024-02-03..2024-02-09 第3周（2月9日截止）; 2024-02-10..2024-02-23 第4周（2月23日截止）"},
	} {
		for _, d := range pack.Duties() {
			if d.Key != c.duty {
				continue
			}
			x, ok := d.Demand(c.demand)
			if !ok {
				t.Fatalf("no %s %s", c.duty, c.demand)
			}
			var got []string
			for _, p := range Periods(x, pack.Calendar(), date.MustParse(c.until)) {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%v..%v %s", p.From, p.To, p.Title)))
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s %s:\n%s\nwant\n%s", c.duty, c.demand, s, c.want)
			}
		}
	}
}

// Whatever the window, periods follow each other without a gap or an overlap, none outside it; of
// weeks only stubs of less than four days are left out.
func TestPeriodsFollowEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := &campaign.Demand{Every: rapid.SampledFrom([]campaign.Every{campaign.EveryWeek, campaign.HalfMonth, campaign.Quarter, campaign.HalfYear}).Draw(t, "every")}
		x.From = date.MustParse("2024-01-01").Add(rapid.IntRange(0, 500).Draw(t, "from"))
		x.Before = x.From.Add(rapid.IntRange(1, 700).Draw(t, "days"))
		list := Periods(x, pack.Calendar(), x.Before)
		next := x.From
		for _, p := range list {
			gap := p.From.Sub(next)
			if gap != 0 && (x.Every != campaign.EveryWeek || next != x.From || gap > 3) || gap < 0 {
				t.Fatalf("%v follows %v", p, next)
			}
			if p.To.Before(p.From) || !p.To.Before(x.Before) || p.Title == "" {
				t.Fatalf("%v in a window that ends before %v", p, x.Before)
			}
			next = p.To.Add(1)
		}
		if rest := x.Before.Sub(next); rest < 0 || rest > 0 && (x.Every != campaign.EveryWeek || rest > 6) {
			t.Fatalf("%d days are left over of %s from %v before %v", rest, x.Every, x.From, x.Before)
		}
	})
}
