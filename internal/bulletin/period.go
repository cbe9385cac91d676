package bulletin

import (
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
)

// Period is what a bulletin is about: a month (月通报), or with Quarter 1 to 4 and no month a
// quarter (季小结).
type Period struct {
	Year    int
	Month   time.Month
	Quarter int
}

// ParsePeriod reads 2024-03 or 2024-Q1.
func ParsePeriod(text string) (Period, error) {
	if year, q, ok := strings.Cut(text, "-Q"); ok && len(year) == 4 && len(q) == 1 && q >= "1" && q <= "4" {
		if y, err := strconv.Atoi(year); err == nil && y > 0 {
			return Period{Year: y, Quarter: int(q[0] - '0')}, nil
		}
	}
	t, err := time.Parse("2006-01", text)
	if err != nil {
		return Period{}, ErrPeriod.With("period", text)
	}
	return Period{Year: t.Year(), Month: t.Month()}, nil
}

// MonthOf is the month that a day lies in.
func MonthOf(d date.Date) Period { return Period{Year: d.Year(), Month: d.Month()} }

// QuarterOf is the quarter that a day lies in.
func QuarterOf(d date.Date) Period {
	return Period{Year: d.Year(), Quarter: (int(d.Month()) + 2) / 3}
}

// First is the period's first day.
func (p Period) First() date.Date {
	if p.Quarter > 0 {
		return date.Of(p.Year, time.Month(3*p.Quarter-2), 1)
	}
	return date.Of(p.Year, p.Month, 1)
}

// Last is the period's last day.
func (p Period) Last() date.Date { return p.Next().First().Add(-1) }

// Next is the period after it, of the same length.
func (p Period) Next() Period {
	first := p.First()
	if p.Quarter > 0 {
		return QuarterOf(date.Of(first.Year(), first.Month()+3, 1))
	}
	return MonthOf(date.Of(first.Year(), first.Month()+1, 1))
}

// String writes 2024-03 or 2024-Q1.
func (p Period) String() string {
	if p.Quarter > 0 {
		return p.First().String()[:4] + "-Q" + itoa(p.Quarter)
	}
	return p.First().String()[:7]
}

// Int is the form kept in tables: 202403, and 202421 for the first quarter.
func (p Period) Int() int {
	if p.Quarter > 0 {
		return p.Year*100 + 20 + p.Quarter
	}
	return p.Year*100 + int(p.Month)
}

// PeriodOf reads the form kept in tables.
func PeriodOf(n int) Period {
	if q := n % 100; q > 20 {
		return Period{Year: n / 100, Quarter: q - 20}
	}
	return Period{Year: n / 100, Month: time.Month(n % 100)}
}

// Chinese is 2024年3月 or 2024年第一季度.
func (p Period) Chinese() string {
	if p.Quarter > 0 {
		return itoa(p.Year) + "年第" + [...]string{"一", "二", "三", "四"}[p.Quarter-1] + "季度"
	}
	return itoa(p.Year) + "年" + itoa(int(p.Month)) + "月"
}

// Kind is what the document of such a period is called.
func (p Period) Kind() string {
	if p.Quarter > 0 {
		return "小结"
	}
	return "通报"
}

// sorts is later for what ends later; a quarter comes after its last month.
func (p Period) sorts() int {
	n := 2 * p.Last().Int()
	if p.Quarter > 0 {
		n++
	}
	return n
}

func (p Period) contains(d date.Date) bool { return !d.Before(p.First()) && !d.After(p.Last()) }
