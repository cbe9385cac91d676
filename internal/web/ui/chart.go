package ui

import (
	"math"
	"strconv"
)

// Bar is one row of a bar chart. Value draws, Figure is said.
type Bar struct {
	Label  string
	Value  float64
	Second float64 // drawn paler behind Value; 0: nothing
	Figure string
	Href   string
}

// BarChartData is a horizontal bar chart: a table whose middle column is drawn, so that every
// figure can be read without the drawing.
type BarChartData struct {
	Title  string
	Bars   []Bar
	Head   string // of the labels: 单位
	Figure string // of the figures: 已植树（株）
	First  string // what Value is, for the legend; empty: no legend
	Second string
}

func (c BarChartData) top() float64 {
	top := 0.0
	for _, b := range c.Bars {
		top = max(top, b.Value, b.Second)
	}
	return top
}

func (c BarChartData) length(v float64) string {
	top := c.top()
	if top <= 0 || v <= 0 {
		return "0"
	}
	return percent(v / top)
}

// Point is one moment of a trend. Missing leaves a gap in the line.
type Point struct {
	Label   string // 3月29日
	Value   float64
	Figure  string
	Missing bool
}

// Series is one line of a trend.
type Series struct {
	Name   string
	Points []Point
}

// TrendData is a trend of one series, or of two that have the same moments. Axis says a round
// value of the scale in words; nil writes the number.
type TrendData struct {
	Title  string
	Series []Series
	Axis   func(float64) string
}

// The drawing is 240 px high and as wide as there is room: x in percent, y in pixels.
const (
	trendTop    = 22.0
	trendBottom = 208.0
	trendLeft   = 13.0
	trendRight  = 97.0
)

type trendPoint struct {
	Point
	x, y float64
}

func (t TrendData) moments() int {
	n := 0
	for _, s := range t.Series {
		n = max(n, len(s.Points))
	}
	return n
}

func (t TrendData) empty() bool {
	for _, s := range t.Series {
		for _, p := range s.Points {
			if !p.Missing {
				return false
			}
		}
	}
	return true
}

// ticks are round values from zero to just above the largest.
func (t TrendData) ticks() []float64 {
	top := 0.0
	for _, s := range t.Series {
		for _, p := range s.Points {
			if !p.Missing {
				top = max(top, p.Value)
			}
		}
	}
	if top <= 0 {
		return []float64{0, 1}
	}
	rough := top / 4
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	step := unit * 10
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*unit >= rough {
			step = m * unit
			break
		}
	}
	var ticks []float64
	for i := 0; ; i++ {
		v := float64(i) * step
		ticks = append(ticks, v)
		if v >= top {
			return ticks
		}
	}
}

func (t TrendData) y(v float64) float64 {
	ticks := t.ticks()
	return trendBottom - (trendBottom-trendTop)*v/ticks[len(ticks)-1]
}

func (t TrendData) x(i int) float64 {
	if n := t.moments(); n > 1 {
		return trendLeft + (trendRight-trendLeft)*float64(i)/float64(n-1)
	}
	return (trendLeft + trendRight) / 2
}

func (t TrendData) axis(v float64) string {
	if t.Axis != nil {
		return t.Axis(v)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

// runs are the unbroken stretches of a series.
func (t TrendData) runs(s Series) [][]trendPoint {
	var runs [][]trendPoint
	open := false
	for i, p := range s.Points {
		if p.Missing {
			open = false
			continue
		}
		if !open {
			runs, open = append(runs, nil), true
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], trendPoint{p, t.x(i), t.y(p.Value)})
	}
	return runs
}

// line is a path in the stretched drawing, where x runs from 0 to 100.
func line(run []trendPoint) string {
	d := []byte{}
	for i, p := range run {
		c := byte('L')
		if i == 0 {
			c = 'M'
		}
		d = append(d, c)
		d = append(d, coord(p.x)...)
		d = append(d, ' ')
		d = append(d, coord(p.y)...)
	}
	return string(d)
}

// area is the line closed down to zero.
func area(run []trendPoint) string {
	last := run[len(run)-1]
	return line(run) + "L" + coord(last.x) + " " + coord(trendBottom) + "L" + coord(run[0].x) + " " + coord(trendBottom) + "Z"
}

func coord(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// labelled tells whether the moment's label is written below: the first, the last and at most
// four between, so that they fit on a phone.
func (t TrendData) labelled(i int) bool {
	n := t.moments()
	if n <= 5 {
		return true
	}
	step := (n + 4) / 5
	return i == n-1 || (i%step == 0 && n-1-i >= step)
}

func (t TrendData) anchor(i int) string {
	switch {
	case t.moments() == 1:
		return "middle"
	case i == 0:
		return "start"
	case i == t.moments()-1:
		return "end"
	}
	return "middle"
}

func (t TrendData) figure(s Series, i int) string {
	if i >= len(s.Points) || s.Points[i].Missing {
		return "—"
	}
	if f := s.Points[i].Figure; f != "" {
		return f
	}
	return coord(s.Points[i].Value)
}

func (t TrendData) label(i int) string {
	for _, s := range t.Series {
		if i < len(s.Points) && s.Points[i].Label != "" {
			return s.Points[i].Label
		}
	}
	return ""
}

// last is the first series' value at the last moment, if it has one.
func (t TrendData) last() (trendPoint, bool) {
	s, i := t.Series[0], t.moments()-1
	if len(s.Points) <= i || s.Points[i].Missing {
		return trendPoint{}, false
	}
	return trendPoint{s.Points[i], t.x(i), t.y(s.Points[i].Value)}, true
}

// lastLabel is where the last value is written: above its point, or below when the other line
// runs close above it.
func (t TrendData) lastLabel(p trendPoint) float64 {
	const room = 36
	for _, s := range t.Series[1:] {
		if i := t.moments() - 1; i < len(s.Points) && !s.Points[i].Missing {
			if y := t.y(s.Points[i].Value); y < p.y && p.y-y < room {
				return p.y + 20
			}
		}
	}
	return p.y - 11
}

// describe says the trend to who does not see it: from where to where.
func (t TrendData) describe() string {
	text := ""
	for _, s := range t.Series {
		first, last := -1, -1
		for i, p := range s.Points {
			if !p.Missing {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if first >= 0 {
			text += s.Name + "：" + t.label(first) + " " + t.figure(s, first) + "，" + t.label(last) + " " + t.figure(s, last) + "。"
		}
	}
	return text
}
