package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/date"
)

// show prints a parameter as a clerk would write it: days as 3月29日, instants as 3月29日
// 17:30, whole numbers grouped by thousands from five figures on, lists with 、 between.
// Texts stand as they are.
func show(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return Number(int64(v))
	case int32:
		return Number(int64(v))
	case int64:
		return Number(v)
	case date.Date:
		return v.Chinese()
	case time.Time:
		return date.FromTime(v).ShortChinese() + " " + v.Format("15:04")
	case time.Duration:
		return Duration(v)
	case []string:
		return strings.Join(v, "、")
	}
	return fmt.Sprint(v)
}

// Number groups by thousands from five figures on: 1318, 15,444.
func Number(n int64) string {
	s := strconv.FormatInt(n, 10)
	digits, sign := s, ""
	if n < 0 {
		digits, sign = s[1:], "-"
	}
	if len(digits) < 5 {
		return s
	}
	return sign + group(digits)
}

// Grouped groups by thousands always: 1,318. Boards show figures so.
func Grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	if n < 0 {
		return "-" + group(s[1:])
	}
	return group(s)
}

// GroupedDecimal puts the separators of Grouped into a decimal: 12,345.67.
func GroupedDecimal(s string) string {
	whole, rest, dot := strings.Cut(s, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	if dot {
		rest = "." + rest
	}
	return sign + group(whole) + rest
}

func group(digits string) string {
	var b strings.Builder
	for i, c := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Duration says how long, in the two largest units: 2 天 3 小时, 1 小时 12 分, 40 秒. Less than
// nothing is said as nothing: 0 秒.
func Duration(d time.Duration) string {
	d = max(d, 0)
	days, hours := int(d/(24*time.Hour)), int(d/time.Hour)%24
	minutes, seconds := int(d/time.Minute)%60, int(d/time.Second)%60
	two := func(a int, unitA string, b int, unitB string) string {
		if b == 0 {
			return fmt.Sprintf("%d %s", a, unitA)
		}
		return fmt.Sprintf("%d %s %d %s", a, unitA, b, unitB)
	}
	switch {
	case days > 0:
		return two(days, "天", hours, "小时")
	case hours > 0:
		return two(hours, "小时", minutes, "分")
	case minutes > 0:
		return fmt.Sprintf("%d 分钟", minutes)
	}
	return fmt.Sprintf("%d 秒", seconds)
}
