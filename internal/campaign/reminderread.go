package campaign

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// The longest words of a reminder, in characters: a group's message must fit what the platforms
// take together with the names in it.
const (
	maxReminderTitle = 30
	maxReminderText  = 300
)

// maxOffset is how far from the deadline a reminder may stand.
const maxOffset = 7 * 24 * time.Hour

var reminded = map[string]unit.Level{"villages": unit.LevelVillage, "towns": unit.LevelTown, "counties": unit.LevelCounty}

// readReminders reads the reminders of the weekly report, and holds their times against the
// calendar's.
func readReminders(v value, spec week.Spec) []Reminder {
	var all []Reminder
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		r := Reminder{Key: keys.read(m)}
		to := m.need("to")
		r.To = reminded[string(oneOf(to, "villages", "towns", "counties"))]
		readTimes(m, &r, spec)
		r.Channels = readChannels(m.need("channels"))
		one := []string{"unit", "week", "deadline", "left"}
		if r.Anchor == AfterEnd {
			one = one[:3]
		}
		r.Title = short(m.need("title"), maxReminderTitle).template(one...)
		r.Text = short(m.need("text"), maxReminderText).template(one...)
		group := m.get("group")
		if r.By(ByRobot) {
			group = m.need("group")
		} else if group.present() {
			group.fault("channels 里没有 robot，不用写")
		}
		r.Group = short(group, maxReminderText).template(append([]string{"place", "count", "units"}, one[1:]...)...)
		m.end()
		all = append(all, r)
	}
	return all
}

// readTimes reads day and time, before or after, and for.
func readTimes(m *mapping, r *Reminder, spec week.Spec) {
	day, at, before, after := m.get("day"), m.get("time"), m.get("before"), m.get("after")
	said := 0
	for _, v := range []value{at, before, after} {
		if v.present() {
			said++
		}
	}
	if said != 1 && m.node != nil {
		m.fault("time、before、after 要写一个，也只能写一个")
	}
	life := m.need("for")
	r.For = life.span()
	switch {
	case at.present():
		r.Anchor = AtDay
		r.Days, r.Time = day.daysBefore(), at.timeOfDay()
		due, err := time.Parse("15:04", spec.Due)
		if end := r.Time + r.For; err == nil && r.Days == 0 && end > time.Duration(due.Hour())*time.Hour+time.Duration(due.Minute())*time.Minute {
			life.fault("截止当天的提醒要在截止时间 %s 之前发完", spec.Due)
		}
	case before.present():
		r.Anchor, r.Offset = Before, before.span()
		if r.For > r.Offset && r.Offset > 0 {
			life.fault("截止前的提醒要在截止前发完，不能长于 before")
		}
	case after.present():
		r.Anchor, r.Offset = AfterEnd, after.span()
	}
	if day.present() && !at.present() {
		day.fault("day 要和 time 一起写")
	}
}

// readChannels reads the ways on which a reminder goes out; the inbox must be among them.
func readChannels(v value) []Channel {
	var all []Channel
	seen := map[Channel]bool{}
	for _, item := range v.list() {
		c := oneOf(item, ByInbox, ByRobot, BySMS)
		if seen[c] && c != "" {
			item.fault("%q 写了两次", string(c))
		}
		seen[c] = true
		all = append(all, c)
	}
	if !seen[ByInbox] && v.present() {
		v.fault("要有 inbox：站内提醒总要有")
	}
	return all
}

// daysBefore reads a day counted from the due day: 0, -1 … -6; missing reads as 0.
func (v value) daysBefore() int {
	t := v.text()
	if t == "" {
		return 0
	}
	n, err := strconv.Atoi(t)
	if err != nil || n > 0 || n < -6 {
		v.fault("应当是 0（截止日）到 -6（截止日前6天），不是 %q", t)
		return 0
	}
	return n
}

// timeOfDay reads 10:00.
func (v value) timeOfDay() time.Duration {
	t, err := time.Parse("15:04", v.text())
	if err != nil {
		v.fault("应当是 10:00 这样的时间，不是 %q", v.text())
		return 0
	}
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute
}

// span reads how long: 1h, 30m, 1h30m.
func (v value) span() time.Duration {
	t := v.text()
	if t == "" {
		return 0
	}
	d, err := time.ParseDuration(t)
	if err != nil || d < time.Minute || d > maxOffset || d%time.Minute != 0 {
		v.fault("应当是 30m、1h、1h30m 这样的时长，最短 1m，最长 168h，不是 %q", t)
		return 0
	}
	return d
}

// short holds a text to its length.
func short(v value, most int) value {
	if n := utf8.RuneCountInString(v.text()); n > most {
		v.fault("最多 %d 个字，现在有 %d 个", most, n)
	}
	return v
}
