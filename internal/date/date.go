// Package date has the calendar day: a date without time or zone.
package date

import (
	"fmt"
	"time"
)

// Date is a day of the Gregorian calendar. The zero Date is no day. Dates compare with ==
// and can be map keys.
type Date struct{ n int32 } // yyyymmdd

// Of makes a date; days beyond the month roll over as in time.Date.
func Of(year int, month time.Month, day int) Date {
	return FromTime(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// FromTime is the day on the clock of t's own zone.
func FromTime(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int32(y*10000 + int(m)*100 + d)}
}

// FromInt reads the form kept in tables, 20240329. Zero gives the zero Date.
func FromInt(n int) (Date, error) {
	if n == 0 {
		return Date{}, nil
	}
	d := Of(n/10000, time.Month(n/100%100), n%100)
	if int(d.n) != n || n < 10000101 || n > 99991231 {
		return Date{}, fmt.Errorf("not a day: %d", n)
	}
	return d, nil
}

// Parse reads 2024-03-29.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("not a day (want 2024-03-29): %q", s)
	}
	return FromTime(t), nil
}

// MustParse is Parse for constants in code and tests.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Int is the form kept in tables: 20240329; zero for no day.
func (d Date) Int() int { return int(d.n) }

// IsZero tells whether d is no day.
func (d Date) IsZero() bool { return d.n == 0 }

// Year, Month and Day are the parts.
func (d Date) Year() int         { return int(d.n) / 10000 }
func (d Date) Month() time.Month { return time.Month(int(d.n) / 100 % 100) }
func (d Date) Day() int          { return int(d.n) % 100 }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.In(time.UTC).Weekday() }

// In is midnight of the day in loc.
func (d Date) In(loc *time.Location) time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, loc)
}

// Add moves by days.
func (d Date) Add(days int) Date { return FromTime(d.In(time.UTC).AddDate(0, 0, days)) }

// Sub is the number of days from e to d.
func (d Date) Sub(e Date) int { return int(d.In(time.UTC).Sub(e.In(time.UTC)) / (24 * time.Hour)) }

// Before, After and Compare order days; the zero Date is before all.
func (d Date) Before(e Date) bool { return d.n < e.n }
func (d Date) After(e Date) bool  { return d.n > e.n }
func (d Date) Compare(e Date) int { return int(d.n) - int(e.n) }

// String is 2024-03-29, or the empty string for no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year(), int(d.Month()), d.Day())
}

// Chinese is 2024年3月29日.
func (d Date) Chinese() string {
	return fmt.Sprintf("%d年%d月%d日", d.Year(), int(d.Month()), d.Day())
}

// ShortChinese is 3月29日.
func (d Date) ShortChinese() string { return fmt.Sprintf("%d月%d日", int(d.Month()), d.Day()) }

// MarshalText and UnmarshalText use 2024-03-29; the empty text is no day.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	p, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = p
	return nil
}
