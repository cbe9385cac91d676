package workbook

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/campaign"
)

// The rows above the first village, one based.
const (
	annexRow   = 1
	titleRow   = 2
	headRow    = 3
	groupRow   = 4
	columnRow  = 5
	firstRow   = 6
	serialCol  = 1
	nameCol    = 2
	firstValue = 3
)

// Sizes in points; widths are in characters of the workbook's default type.
const (
	cellPoints    = 10.0
	linePoints    = 14.0
	charPoints    = 5.25 // a digit of the default type, 7 pixels
	serialWidth   = 5.0
	leastName     = 18.0
	mostName      = 34.0
	yesNoWidth    = 7.5
	countWidth    = 8.0
	moneyWidth    = 9.0
	leastRow      = 20.0
	titleHeight   = 34.0
	lineHeight    = 24.0
	groupHeight   = 22.0
	paddingPoints = 5.0
)

// layout is the geometry of one form.
type layout struct {
	form    *campaign.Form
	widths  []float64 // serial, name, then one per column
	columns int
	headTop float64 // height of the row of column titles
}

func newLayout(form *campaign.Form, lines []Line) layout {
	l := layout{form: form, columns: len(form.Columns) + 2}
	longest := 0
	for i := range lines {
		longest = max(longest, len(lines[i].Name))
	}
	// Names are Chinese, three bytes and two digits wide a character.
	name := min(max(float64(longest)/3*cellPoints+paddingPoints, leastName*charPoints), mostName*charPoints)
	l.widths = append(l.widths, serialWidth, math.Ceil(name/charPoints))
	for i := range form.Columns {
		w := yesNoWidth
		switch form.Columns[i].Type {
		case campaign.Count:
			w = countWidth
		case campaign.Money:
			w = moneyWidth
		}
		l.widths = append(l.widths, w)
	}
	most := 1
	for i := range form.Columns {
		most = max(most, l.lines(form.Columns[i].Title, i+2, i+2))
	}
	l.headTop = float64(most)*linePoints + 8
	return l
}

// lines is how many lines a text takes in the merged columns from..to (zero based).
func (l *layout) lines(text string, from, to int) int {
	room := -paddingPoints
	for _, w := range l.widths[from : to+1] {
		room += w * charPoints
	}
	perLine := math.Max(1, math.Floor(room/cellPoints))
	lines := 0
	for _, part := range strings.Split(text, "\n") {
		lines += max(1, int(math.Ceil(wide(part)/perLine)))
	}
	return lines
}

// wide is the width of a text in Chinese characters.
func wide(s string) float64 {
	n := utf8.RuneCountInString(s)
	narrow := 0
	for i := range len(s) {
		if s[i] < utf8.RuneSelf {
			narrow++
		}
	}
	return float64(n-narrow) + float64(narrow)*0.55
}

// rowHeight is the height of a village's row.
func (l *layout) rowHeight(name string) float64 {
	return max(leastRow, float64(l.lines(name, 1, 1))*linePoints+2)
}

// headSpans shares the line above the table among its fields: first and last column of each,
// one based, by the width they need.
func (l *layout) headSpans() [][2]int {
	n := len(l.form.Head)
	total := 0.0
	for _, w := range l.widths {
		total += w
	}
	spans := make([][2]int, 0, n)
	from, seen := 1, 0.0
	for i := range n {
		to := from
		seen += l.widths[from-1]
		for to < l.columns-(n-1-i) && seen < total*float64(i+1)/float64(n) {
			seen += l.widths[to]
			to++
		}
		spans = append(spans, [2]int{from, to})
		from = to + 1
	}
	spans[n-1][1] = l.columns
	return spans
}
