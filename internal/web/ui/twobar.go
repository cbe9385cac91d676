package ui

import (
	"fmt"
	"strconv"
)

// TwoBarData is what a unit planned, has secured and has planted, in the same unit.
type TwoBarData struct {
	Plan, Secured, Planted int64
}

// of is a share of the bar in percent, an SVG length, never beyond the bar.
func (b TwoBarData) of(n int64) string {
	if b.Plan <= 0 || n <= 0 {
		return "0"
	}
	return percent(min(float64(n)/float64(b.Plan), 1))
}

func (b TwoBarData) says() string {
	if b.Plan <= 0 {
		return fmt.Sprintf("没有计划；落实 %d，已植 %d", b.Secured, b.Planted)
	}
	return fmt.Sprintf("计划 %d；落实 %d（%s）；已植 %d（%s）", b.Plan,
		b.Secured, Share(b.Secured, b.Plan), b.Planted, Share(b.Planted, b.Plan))
}

// Share is a part of a whole as whole percent, rounded half up: 71%. Of nothing it is —.
func Share(part, whole int64) string {
	if whole <= 0 {
		return "—"
	}
	return strconv.FormatInt((part*200+whole)/(2*whole), 10) + "%"
}

// percent is a fraction as an SVG length with two places at most.
func percent(f float64) string {
	return strconv.FormatFloat(float64(int64(f*10000+.5))/100, 'f', -1, 64) + "%"
}
