package document

import (
	"math"
	"strconv"
	"strings"
)

// Chart is a chart over the whole width with its number and title (图1 …) below. It is told apart
// without colour: by filling and outline, by line and mark, and every value is written.
type Chart struct {
	Title  string
	Unit   string // what the values are in: 株
	Kind   ChartKind
	Labels []string
	Series []Series
}

// Series is the values under one name, one for each label.
type Series struct {
	Name   string
	Values []float64
	Texts  []Text // the values as they are printed, each with its figure's key
}

// ChartKind is how a chart is drawn.
type ChartKind uint8

// The kinds of charts.
const (
	BarChart  ChartKind = iota // a row of bars for each label, from above to below
	LineChart                  // from left to right, as time goes
)

func (Chart) block() {}

// Limits of a chart: of more labels and series than that nothing could be read.
const (
	MaxBars   = 36
	MaxSeries = 4
)

// Shown is the chart with what can be drawn: texts cleaned, as many values as labels.
func (c Chart) Shown() Chart {
	out := Chart{Title: Clean(c.Title), Unit: Clean(c.Unit), Kind: c.Kind}
	for _, l := range c.Labels {
		out.Labels = append(out.Labels, Clean(l))
	}
	for _, s := range c.Series {
		if len(out.Series) == MaxSeries {
			break
		}
		one := Series{Name: Clean(s.Name), Values: make([]float64, len(c.Labels)), Texts: make([]Text, len(c.Labels))}
		for i := range c.Labels {
			if i < len(s.Values) && !math.IsNaN(s.Values[i]) && !math.IsInf(s.Values[i], 0) {
				one.Values[i] = s.Values[i]
			}
			if i < len(s.Texts) {
				one.Texts[i] = s.Texts[i].Clean()
			}
		}
		out.Series = append(out.Series, one)
	}
	return out
}

// Cut cuts a chart of many bars into charts that fit on a page each.
func (c Chart) Cut() []Chart {
	n := len(c.Labels)
	if c.Kind != BarChart || n <= MaxBars {
		return []Chart{c}
	}
	parts := (n + MaxBars - 1) / MaxBars
	size := (n + parts - 1) / parts
	var out []Chart
	for from := 0; from < n; from += size {
		to := min(n, from+size)
		part := c
		part.Title = c.Title + "（" + strconv.Itoa(len(out)+1) + "/" + strconv.Itoa(parts) + "）"
		part.Labels, part.Series = c.Labels[from:to], nil
		for _, s := range c.Series {
			part.Series = append(part.Series, Series{s.Name, s.Values[from:to], s.Texts[from:to]})
		}
		out = append(out, part)
	}
	return out
}

// Heights of a chart in millimetres: of its lines, of what stands around its bars, of the bars of a
// label at their best, and the most there is room for on a page with titles.
const (
	lineHeight = 70.0
	barsAround = 16.0
	barHeight  = 4.2
	labelGap   = 2.0
	MaxDrawn   = TextHeight - 79
)

// Height is how high a chart is drawn, in millimetres, its legend and axis included and its title
// not.
func (c Chart) Height() float64 {
	if c.Kind == LineChart {
		return lineHeight
	}
	return min(barsAround+c.row()*float64(len(c.Labels)), MaxDrawn)
}

func (c Chart) row() float64 { return barHeight*float64(max(1, len(c.Series))) + labelGap }

// Overlaid tells whether the second bar of a label is drawn over the first, as what is done over
// what is planned: where they would stand too close beside each other.
func (c Chart) Overlaid() bool { return c.Dense() && len(c.Series) == 2 }

// Dense tells whether the bars of a label stand too close for a value at each: then they are
// overlaid, or of more than two only the last has its values written.
func (c Chart) Dense() bool {
	return c.Kind == BarChart && len(c.Series) > 1 && barsAround+c.row()*float64(len(c.Labels)) > MaxDrawn
}

// Printed is a value as a number of what is printed for it, so that programs that write it again
// write the same.
func (s Series) Printed(i int) float64 {
	if v, err := strconv.ParseFloat(strings.TrimSuffix(s.Texts[i].String(), "%"), 64); err == nil && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return v
	}
	return s.Values[i]
}

// Above tells whether the values of a line are written above it: those of the one that ends
// highest.
func (c Chart) Above(series int) bool {
	last := len(c.Labels) - 1
	for i, s := range c.Series {
		if v := c.Series[series]; last >= 0 && (s.Values[last] > v.Values[last] || s.Values[last] == v.Values[last] && i < series) {
			return false
		}
	}
	return true
}

// Range is the lowest and the highest value of the scale, both round, and the step between marks.
func (c Chart) Range() (low, high, step float64) {
	for _, s := range c.Series {
		for _, v := range s.Values {
			low, high = min(low, v), max(high, v)
		}
	}
	if high-low <= 0 {
		high = low + 1
	}
	rough := (high - low) / 4
	unit := math.Pow(10, math.Floor(math.Log10(rough)))
	step = 10 * unit
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*unit >= rough {
			step = m * unit
			break
		}
	}
	return math.Floor(low/step) * step, math.Ceil(high/step) * step, step
}

// Alt says in words what the chart shows.
func (c Chart) Alt() string {
	text := c.Title
	for _, s := range c.Series {
		if n := len(c.Labels); n > 0 {
			text += "；" + s.Name + "：" + c.Labels[0] + s.Texts[0].String()
			if n > 1 {
				text += "，" + c.Labels[n-1] + s.Texts[n-1].String()
			}
		}
	}
	return text
}
