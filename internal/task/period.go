package task

import (
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/week"
)

// Periods lists the periods of a demand that begin by a day, in order.
func Periods(x *campaign.Demand, calendar *week.Calendar, until date.Date) []Period {
	last := date.Date{} // the last day of all
	if !x.Before.IsZero() {
		last = x.Before.Add(-1)
	}
	switch x.Every {
	case campaign.Once, campaign.Ongoing:
		return []Period{{From: x.From, To: last}}
	case campaign.Festival:
		return festivals(x, until)
	case campaign.ReportWeek:
		return reportWeeks(x, calendar, until)
	case campaign.EveryWeek:
		return naturalWeeks(x, last, until)
	}
	var list []Period
	for from := x.From; !from.After(until) && (last.IsZero() || !from.After(last)); {
		p := Period{From: from}
		p.To, p.Title = calendarPeriod(x.Every, from)
		from = p.To.Add(1)
		if !last.IsZero() && p.To.After(last) {
			p.To = last
		}
		list = append(list, p)
	}
	return list
}

func festivals(x *campaign.Demand, until date.Date) []Period {
	var list []Period
	for _, t := range x.Times {
		if !t.From.Before(x.From) && !t.From.After(until) {
			list = append(list, Period{t.From, t.To, t.Title})
		}
	}
	return list
}

// reportWeeks are those due in the demand's window.
func reportWeeks(x *campaign.Demand, calendar *week.Calendar, until date.Date) []Period {
	var list []Period
	for n := 1; ; n++ {
		w, ok := calendar.Number(n)
		if !ok || w.Opens.After(until) || !x.Before.IsZero() && !w.Due.Before(x.Before) {
			return list
		}
		if !w.Due.Before(x.From) {
			list = append(list, Period{w.Opens, w.Due, fmt.Sprintf("第%d周（%s截止）", w.No, w.Due.ShortChinese())})
		}
	}
}

// naturalWeeks run from Monday to Sunday; one at the edge of the window counts when at least four
// of its days lie in it, and of it only these.
func naturalWeeks(x *campaign.Demand, last, until date.Date) []Period {
	const least = 4
	var list []Period
	monday := x.From.Add(-(int(x.From.Weekday()) + 6) % 7)
	for ; !monday.After(until) && (last.IsZero() || !monday.After(last)); monday = monday.Add(7) {
		p := Period{From: monday, To: monday.Add(6)}
		if p.From.Before(x.From) {
			p.From = x.From
		}
		if !last.IsZero() && p.To.After(last) {
			p.To = last
		}
		if p.To.Sub(p.From)+1 >= least && !p.From.After(until) {
			p.Title = span(p.From, p.To)
			list = append(list, p)
		}
	}
	return list
}

// span is 3月4日至10日, or 2月26日至3月3日.
func span(from, to date.Date) string {
	if from.Month() == to.Month() {
		return fmt.Sprintf("%s至%d日", from.ShortChinese(), to.Day())
	}
	return from.ShortChinese() + "至" + to.ShortChinese()
}

var quarters = [4]string{"一", "二", "三", "四"}

// calendarPeriod is the last day and the name of the half month, quarter or half year with a day.
func calendarPeriod(every campaign.Every, day date.Date) (to date.Date, title string) {
	y, m := day.Year(), day.Month()
	switch every {
	case campaign.HalfMonth:
		if day.Day() <= 15 {
			return date.Of(y, m, 15), fmt.Sprintf("%d月上半月", int(m))
		}
		return date.Of(y, m+1, 0), fmt.Sprintf("%d月下半月", int(m))
	case campaign.Quarter:
		q := (int(m) - 1) / 3
		return date.Of(y, time.Month(q*3+4), 0), fmt.Sprintf("%d年%s季度", y, quarters[q])
	}
	if m <= time.June {
		return date.Of(y, time.June, 30), fmt.Sprintf("%d年上半年", y)
	}
	return date.Of(y, time.December, 31), fmt.Sprintf("%d年下半年", y)
}
