package record

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
)

// TypedDays are a record's days as people type them.
type TypedDays struct{ Day, Until string }

// readDays puts the days that were typed into the input, and says which cannot be read.
func (s *Service) readDays(in *Input) []Fault {
	var faults []Fault
	for _, typed := range []struct {
		field, text string
		day         *date.Date
	}{{DayField, in.Typed.Day, &in.Day}, {UntilField, in.Typed.Until, &in.Until}} {
		text := clean(typed.text)
		if text == "" {
			continue
		}
		day, ok := ParseDay(text, s.Today())
		if !ok {
			faults = append(faults, Fault{typed.field, DayUnread, problem.Params{"value": beginning(text)}})
			continue
		}
		*typed.day = day
	}
	return faults
}

var writtenDay = regexp.MustCompile(`^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})[日号]?$`)

// ParseDay reads a day: 2024-03-24, 2024/3/24, 2024.3.24, 2024年3月24日, 20240324, and without
// the year 3月24日 or 3.24, which is the last such day that is not more than a month ahead.
func ParseDay(text string, today date.Date) (date.Date, bool) {
	text = ledger.Fold(strings.TrimSuffix(text, " 00:00:00")) // as a date cell reads
	if n, err := strconv.Atoi(text); err == nil && len(text) == 8 {
		day, err := date.FromInt(n)
		return day, err == nil && !day.IsZero()
	}
	m := writtenDay.FindStringSubmatch(text)
	if m == nil {
		return date.Date{}, false
	}
	month, _ := strconv.Atoi(m[2])  //nolint:errcheck // two digits
	number, _ := strconv.Atoi(m[3]) //nolint:errcheck // as above
	if m[1] != "" {
		year, _ := strconv.Atoi(m[1]) //nolint:errcheck // four digits
		return dayOf(year, month, number)
	}
	const ahead = 31
	day, ok := dayOf(today.Add(ahead).Year(), month, number)
	if ok && day.Sub(today) > ahead {
		return dayOf(day.Year()-1, month, number)
	}
	return day, ok
}

// dayOf is a day of the calendar; the 30th of February is none.
func dayOf(year, month, number int) (date.Date, bool) {
	day := date.Of(year, time.Month(month), number)
	return day, day.Year() == year && int(day.Month()) == month && day.Day() == number
}
