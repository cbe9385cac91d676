package campaign

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/week"
)

var weekdays = map[string]time.Weekday{
	"星期日": time.Sunday, "星期一": time.Monday, "星期二": time.Tuesday, "星期三": time.Wednesday,
	"星期四": time.Thursday, "星期五": time.Friday, "星期六": time.Saturday,
}

// readCalendar reads the reporting weeks and makes them.
func readCalendar(v value, since date.Date) (week.Spec, *week.Calendar) {
	m := v.mapping()
	before := len(m.out.list)
	spec := week.Spec{Since: since, First: m.need("first").day(), Last: m.get("last").day(), Years: map[int]week.Year{}}
	if day := m.need("weekday"); day.node != nil {
		var ok bool
		if spec.Weekday, ok = weekdays[day.text()]; !ok {
			day.fault("应当是“星期一”到“星期日”之一，不是 %q", day.text())
		}
	}
	due := m.need("due")
	spec.Due = due.text()
	if _, err := time.Parse("15:04", spec.Due); err != nil && due.node != nil {
		due.fault("应当是 17:30 这样的时间，不是 %q", spec.Due)
	}
	spec.Location = readZone(m.need("zone"))
	readYears(m.need("years"), spec.Years)
	m.end()
	if v.node == nil || len(m.out.list) > before {
		return spec, nil
	}
	c, err := week.New(spec)
	if err != nil {
		v.fault("报告日历不成立：%v", strings.ReplaceAll(err.Error(), "\n", "；"))
	}
	return spec, c
}

func readZone(v value) *time.Location {
	name := v.text()
	if name == "" {
		return nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil || name == "Local" {
		v.fault("没有 %q 这个时区，中国大陆写 Asia/Shanghai", name)
		return nil
	}
	return loc
}

func readYears(v value, years map[int]week.Year) {
	m := v.mapping()
	defer m.end()
	for _, name := range m.order {
		item := m.get(name)
		year, err := strconv.Atoi(name)
		if err != nil || year < 2000 || year > 2999 {
			item.fault("应当是年份，不是 %q", name)
			continue
		}
		t := item.mapping()
		t.need("source").text()
		off, working := readDays(t.need("off"), year), readDays(t.need("working"), year)
		t.end()
		for _, d := range off {
			for _, w := range working {
				if d == w {
					t.get("working").fault("%s既放假又上班", d.ShortChinese())
				}
			}
		}
		years[year] = week.Year{Off: off, Working: working}
	}
}

var dayRange = regexp.MustCompile(`^(\d{1,2})-(\d{1,2})(?:\.\.(?:(\d{1,2})-)?(\d{1,2}))?$`)

// readDays reads a list of days and ranges of days of one year: 6-10, 10-1..7, 1-28..2-4.
func readDays(v value, year int) []date.Date {
	var days []date.Date
	for _, item := range v.list() {
		text := item.text()
		first, last, err := readRange(year, text)
		if err != nil {
			item.fault("应当是 6-10、10-1..7 或 1-28..2-4 这样的日期，不是 %q", text)
			continue
		}
		for d := first; !d.After(last); d = d.Add(1) {
			days = append(days, d)
		}
	}
	return days
}

func readRange(year int, text string) (first, last date.Date, err error) {
	m := dayRange.FindStringSubmatch(text)
	if m == nil {
		return first, last, fmt.Errorf("not a range of days: %q", text)
	}
	if m[4] == "" {
		m[4] = m[2]
	}
	if m[3] == "" {
		m[3] = m[1]
	}
	if first, err = date.Parse(fmt.Sprintf("%04d-%02s-%02s", year, m[1], m[2])); err != nil {
		return first, last, err
	}
	if last, err = date.Parse(fmt.Sprintf("%04d-%02s-%02s", year, m[3], m[4])); err != nil {
		return first, last, err
	}
	if last.Before(first) {
		return first, last, fmt.Errorf("range ends before it begins: %q", text)
	}
	return first, last, nil
}
