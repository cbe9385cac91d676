package campaignweb

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/week"
)

// weekLine is a due day, or a week without one.
type weekLine struct {
	No      string // 第 9 周; empty for a week left out
	Due     string // 3月29日（周五）17:30
	Why     string // moved before a holiday, or no working day
	Current bool
	Past    bool
}

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// weeks lists the due days of the year being reported, those moved and those left out with the
// reason.
func (p *Pages) weeks() []weekLine {
	today := p.today()
	c := p.pack.Calendar()
	current := c.Current(today)
	last, ok := current, true
	for next := current; ok && next.Due.Year() == current.Due.Year(); next, ok = c.Next(last) {
		last = next
	}
	var out []weekLine
	var before week.Week
	for _, w := range c.Until(last.Due) {
		if w.Due.Year() != current.Due.Year() {
			continue
		}
		if !before.IsZero() {
			for gap := before.Nominal.Add(7); gap.Before(w.Nominal) && w.Nominal.Sub(gap) >= 7; gap = gap.Add(7) {
				out = append(out, weekLine{Due: gap.ShortChinese() + "（" + weekdays[gap.Weekday()] + "）", Why: "整周没有工作日，不报", Past: gap.Before(today)})
			}
		}
		line := weekLine{No: fmt.Sprintf("第 %d 周", w.No), Due: fmt.Sprintf("%s（%s）%s", w.Due.ShortChinese(), weekdays[w.Due.Weekday()], w.Deadline.Format("15:04")),
			Current: w.Due == current.Due, Past: w.Due.Before(today)}
		if w.Due != w.Nominal {
			line.Why = fmt.Sprintf("%s（%s）放假，提前", w.Nominal.ShortChinese(), weekdays[w.Nominal.Weekday()])
		}
		out = append(out, line)
		before = w
	}
	return out
}
