package ui

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/week"
)

// WeekNavData leads from a page of one reporting week to the same page of others. Empty links
// lead nowhere.
type WeekNavData struct {
	Label    string
	Previous string
	Next     string
	Weeks    []WeekLink // newest first
	All      string     // where all due days are listed; may be empty
}

// WeekLink is the page of one week.
type WeekLink struct {
	Label, Href string
	Current     bool
}

// weeksListed is how many weeks the list has.
const weeksListed = 16

// WeeksAround lists the weeks before w and those after it up to the one that follows current,
// the week being reported; to gives a week's address.
func WeeksAround(c *week.Calendar, w, current week.Week, to func(date.Date) string) WeekNavData {
	if after, ok := c.Next(current); ok {
		current = after
	}
	return WeeksUntil(c, w, current, to)
}

// WeeksUntil lists the weeks before w and those after it up to last, for pages that have nothing
// to say of a week that has not begun.
func WeeksUntil(c *week.Calendar, w, last week.Week, to func(date.Date) string) WeekNavData {
	d := WeekNavData{Label: WeekName(w)}
	if w.Due.After(last.Due) {
		last = w
	}
	if before, ok := c.Previous(w); ok {
		d.Previous = to(before.Due)
	}
	if after, ok := c.Next(w); ok && !after.Due.After(last.Due) {
		d.Next = to(after.Due)
	}
	weeks := c.Until(last.Due)
	weeks = weeks[max(0, len(weeks)-weeksListed):]
	for i := len(weeks) - 1; i >= 0; i-- {
		d.Weeks = append(d.Weeks, WeekLink{WeekName(weeks[i]), to(weeks[i].Due), weeks[i].Due == w.Due})
	}
	return d
}

// WeekName is 第 9 周 3月29日.
func WeekName(w week.Week) string { return fmt.Sprintf("第 %d 周 %s", w.No, w.Due.ShortChinese()) }
