package ledgerweb

import (
	"fmt"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/week"
)

// weekNav leads to a unit's page of other weeks; to gives its address.
func (p *Pages) weekNav(w week.Week, to func(date.Date) string) ui.WeekNavData {
	d := ui.WeeksAround(p.ledger.Calendar(), w, p.ledger.Current(), to)
	d.All = "/tasks#weeks"
	return d
}

// shownWeeks is how many weeks a list to choose from has.
const shownWeeks = 16

// weekName is 第 9 周 3月29日.
func weekName(w week.Week) string { return ui.WeekName(w) }

var weekdays = [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// deadlineText is 3月29日（周五）17:30.
func deadlineText(t time.Time) string {
	return fmt.Sprintf("%s（%s）%s", date.FromTime(t).ShortChinese(), weekdays[t.Weekday()], t.Format("15:04"))
}

// moment is 3月29日 16:05, the year before it when it is another than now's.
func moment(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() != now.Year() {
		return date.FromTime(t).Chinese() + " " + t.Format("15:04")
	}
	return date.FromTime(t).ShortChinese() + " " + t.Format("15:04")
}
