package campaign

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
)

// Reading is how words of the notices that leave something open are read throughout the pack.
type Reading struct {
	Words string // 某月底前
	Reads string // 到当月最后一天，当天算在内

	spot spot
}

func readReadings(v value) []Reading {
	var all []Reading
	for _, item := range v.list() {
		m := item.mapping()
		r := Reading{m.need("words").text(), m.need("reads").text(), m.spotOf("reads")}
		if slices.ContainsFunc(all, func(other Reading) bool { return other.Words == r.Words }) && r.Words != "" {
			m.get("words").fault("%q 写了两次", r.Words)
		}
		m.end()
		all = append(all, r)
	}
	return all
}

// Unsettled tells whether a reading is marked as waiting for the office to confirm it.
func Unsettled(ground string) bool { return strings.Contains(ground, "待确认") }

// Listed is the last year whose holidays, and with them the days of festivals, the pack lists.
func (p *Pack) Listed() int {
	last := 0
	for year := range p.spec.Years {
		last = max(last, year)
	}
	return last
}

// Unlisted tells whether a day lies in a year whose holidays and festivals the pack does not list:
// weeks then know only weekends, and what is asked around festivals is not asked at all.
func (p *Pack) Unlisted(day date.Date) bool { return !p.calendar.Known(day.Year()) }

// covered wants the days of a festival in every year whose holidays are listed, so that none is
// forgotten when a year is added, and no window to go beyond them.
func covered(m *mapping, r *Demand, p *Pack) {
	times := m.get("times")
	var years []int
	for year := range p.spec.Years {
		years = append(years, year)
	}
	slices.Sort(years)
	for _, year := range years {
		if year < r.From.Year() || !r.Before.IsZero() && year > r.Before.Add(-1).Year() {
			continue
		}
		if !slices.ContainsFunc(r.Times, func(t Time) bool { return t.From.Year() == year }) {
			times.fault("没有 %d 年的日子，calendar 列到了这一年", year)
		}
	}
	if len(years) > 0 && !r.Before.IsZero() && r.Before.Add(-1).Year() > years[len(years)-1] {
		m.get("before").fault("在 calendar 所列的最后一年 %d 年以后", years[len(years)-1])
	}
}
