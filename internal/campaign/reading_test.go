package campaign_test

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
)

var limitOf = regexp.MustCompile(`^(\d+)月(上旬|中旬|底)前$`)

// limitDay is the first day that is too late for a limit as printed; no day for 长期推进.
func limitDay(t *testing.T, limit string) date.Date {
	t.Helper()
	if limit == "长期推进" {
		return date.Date{}
	}
	m := limitOf.FindStringSubmatch(limit)
	if m == nil {
		t.Fatalf("no reading for %q", limit)
	}
	month, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	switch m[2] {
	case "上旬":
		return date.Of(2024, time.Month(month), 11)
	case "中旬":
		return date.Of(2024, time.Month(month), 21)
	}
	return date.Of(2024, time.Month(month+1), 1)
}

// Every rule of a task ends where the task's limit does, as the pack says limits are read; what
// goes on has no end.
func TestLimitsAreReadAlike(t *testing.T) {
	pack := campaign.Default()
	for _, task := range pack.Tasks {
		want := limitDay(t, task.Limit)
		for _, x := range task.Demands {
			if x.Before != want {
				t.Errorf("task %d, %s: until %v, the limit %s is %v", task.Number, x.Key, x.Before, task.Limit, want)
			}
		}
	}
	for _, words := range []string{"某月底前", "某月上旬前", "某月中旬前", "长期推进"} {
		found := false
		for _, r := range pack.Readings {
			found = found || r.Words == words && r.Reads != ""
		}
		if !found {
			t.Errorf("the pack does not say how it reads %s", words)
		}
	}
}

// Where the notice leaves something open the rule says how it was read: every rule but those over
// plain words has its ground.
func TestOpenWordsHaveAGround(t *testing.T) {
	open := regexp.MustCompile(`前后|一批|持续|鼓励|倡导|探索|逐户|高标准|数额大|随时|即刻|同步|等部门|节日`)
	for _, d := range campaign.Default().Duties() {
		for _, x := range d.Demands {
			if open.MatchString(d.Title) && x.Ground == "" {
				t.Errorf("%s %s does not say how %q is read", d.Key, x.Key, open.FindString(d.Title))
			}
			if strings.Contains(x.Ground, "同上一条") && x.Key == d.Demands[0].Key {
				t.Errorf("%s %s refers to one above it that is not there", d.Key, x.Key)
			}
		}
	}
}

// The days of festivals stand around the holidays of the calendar: each lies in a year that is
// listed, and each year that is listed has them.
func TestFestivalsFollowTheCalendar(t *testing.T) {
	pack := campaign.Default()
	years := map[string]map[int]int{}
	for _, d := range pack.Duties() {
		for _, x := range d.Demands {
			if x.Every != campaign.Festival {
				continue
			}
			years[d.Key] = map[int]int{}
			for _, f := range x.Times {
				years[d.Key][f.From.Year()]++
				if pack.Unlisted(f.From) || pack.Unlisted(f.To) {
					t.Errorf("%s %s: %v to %v in a year that is not listed", d.Key, f.Title, f.From, f.To)
				}
				if d.Key != "15" || f.Title == "建党纪念日" {
					continue
				}
				off := 0
				for day := f.From; !day.After(f.To); day = day.Add(1) {
					if day.Weekday() >= time.Monday && day.Weekday() <= time.Friday && !pack.Calendar().Workday(day) {
						off++
					}
				}
				if off == 0 {
					t.Errorf("%s of %d has no holiday in it", f.Title, f.From.Year())
				}
			}
		}
	}
	for key, of := range years {
		for year := 2024; year <= pack.Listed(); year++ {
			if of[year] == 0 {
				t.Errorf("task %s has no days in %d", key, year)
			}
		}
	}
	if len(years) == 0 || pack.Listed() != 2025 {
		t.Errorf("%v, listed to %d", years, pack.Listed())
	}
	if pack.Unlisted(date.MustParse("2025-12-31")) || !pack.Unlisted(date.MustParse("2026-01-01")) {
		t.Error("which years are listed")
	}
}
