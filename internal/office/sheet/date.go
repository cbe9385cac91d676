package sheet

import (
	"math"
	"strconv"
	"time"
)

// lastSerial is 9999-12-31, the last day of the 1900 calendar of workbooks.
const lastSerial = 2958465

// appendSerial writes a serial number (days since the workbook's epoch) as a date, a date with
// time, or a bare time. It declines numbers outside the calendar,
// and the zero that a formula makes of a blank cell.
//
// The 1900 calendar counts a 1900-02-29 that never was, as serial 60; it is written so.
func appendSerial(dst []byte, x float64, as numberFormat, epoch1904 bool) ([]byte, bool) {
	if x < 0 || x >= lastSerial+1 || x == 0 && as == dateTime && !epoch1904 {
		return dst, false
	}
	day := math.Floor(x)
	seconds := int(math.Round((x - day) * 86400))
	if seconds == 86400 {
		day++
		seconds = 0
	}
	if as == elapsedTime {
		hours := int(day)*24 + seconds/3600
		dst = appendPadded(dst, hours)
		return appendMinutes(dst, seconds), true
	}
	if x < 1 && !epoch1904 || x < 1 && as == clockTime {
		if day >= 1 { // 23:59:59.9 rounds to midnight
			seconds = 0
		}
		return appendClock(dst, seconds), true
	}
	base := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case epoch1904:
		base = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case day == 60:
		dst = append(dst, "1900-02-29"...)
		return appendTimeOfDay(dst, seconds), true
	case day < 60:
		base = time.Date(1899, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	date := base.AddDate(0, 0, int(day))
	if date.Year() > 9999 {
		return dst, false
	}
	dst = date.AppendFormat(dst, "2006-01-02")
	return appendTimeOfDay(dst, seconds), true
}

func appendTimeOfDay(dst []byte, seconds int) []byte {
	if seconds == 0 {
		return dst
	}
	return appendClock(append(dst, ' '), seconds)
}

func appendClock(dst []byte, seconds int) []byte {
	return appendMinutes(appendPadded(dst, seconds/3600), seconds)
}

func appendMinutes(dst []byte, seconds int) []byte {
	dst = appendPadded(append(dst, ':'), seconds/60%60)
	return appendPadded(append(dst, ':'), seconds%60)
}

func appendPadded(dst []byte, n int) []byte {
	if n < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(n), 10)
}

// isoDate rewrites an ISO 8601 date of a cell of type "d" in this package's form.
func isoDate(text string) (string, bool) {
	for _, layout := range []string{
		"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00", "2006-01-02T15:04",
	} {
		t, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		out := t.AppendFormat(nil, "2006-01-02")
		return string(appendTimeOfDay(out, t.Hour()*3600+t.Minute()*60+t.Second())), true
	}
	if t, err := time.Parse("15:04:05", text); err == nil {
		return t.Format("15:04:05"), true
	}
	return "", false
}
