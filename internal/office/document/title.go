package document

import (
	"math"
	"strings"
	"unicode"

	"github.com/sangzi/sangzi/internal/office/linebreak"
)

// titleRoom is how many characters of the title fit in a line.
const titleRoom = TextTwips / TitleSize

// TitleLines cuts a title into the lines it is printed in: where it has line breaks there, else
// into as few as it needs, of about the same length.
func TitleLines(title string) []string {
	var out []string
	for _, part := range strings.Split(strings.ReplaceAll(title, "\r", "\n"), "\n") {
		if part = strings.TrimSpace(Clean(part)); part != "" {
			out = append(out, balanced(part, titleRoom)...)
		}
	}
	return out
}

// balanced cuts a title into the fewest lines that hold it, of about the same length, and rather
// not inside a name in quotation marks, before 的 or between a number and what it counts (§7.3.1
// asks for whole words).
func balanced(s string, room float64) []string {
	text := []rune(s)
	greedy := linebreak.Break(text, func(i int) float64 { return squares(text[i]) }, room, room)
	if len(greedy) <= 1 {
		return []string{s}
	}
	ends := evenly(text, len(greedy), room)
	if ends == nil {
		ends = greedy
	}
	out := make([]string, 0, len(ends))
	start := 0
	for _, end := range ends {
		if line := strings.TrimSpace(string(text[start:end])); line != "" {
			out = append(out, line)
		}
		start = end
	}
	return out
}

// HeadLines cuts the title of a column into lines that fit its width (in twips), as TitleLines
// does.
func (t Table) HeadLines(column, width int) []string {
	title := strings.TrimSpace(Clean(t.Columns[column].Title))
	if title == "" {
		return nil
	}
	return balanced(title, max(1, float64(width-2*CellPadding)/float64(t.TableSize())))
}

// longestTitle is more than any title; a longer text is cut without looking for even lines.
const longestTitle = 200

// evenly finds the cuts into a number of lines that cost least; nil where there are none.
func evenly(text []rune, lines int, room float64) []int {
	n := len(text)
	if n > longestTitle {
		return nil
	}
	until := make([]float64, n+1) // width of text[:i]
	for i, r := range text {
		until[i+1] = until[i] + squares(r)
	}
	ideal := until[n] / float64(lines)
	cost, from := make([][]float64, lines+1), make([][]int, lines+1)
	for k := range cost {
		cost[k], from[k] = make([]float64, n+1), make([]int, n+1)
		for i := range cost[k] {
			cost[k][i] = math.Inf(1)
		}
	}
	cost[0][0] = 0
	for k := 1; k <= lines; k++ {
		for end := 1; end <= n; end++ {
			at := cutCost(text, end)
			for start := end - 1; start >= 0 && until[end]-until[start] <= room; start-- {
				off := until[end] - until[start] - ideal
				if c := cost[k-1][start] + off*off + at; c < cost[k][end] {
					cost[k][end], from[k][end] = c, start
				}
			}
		}
	}
	if math.IsInf(cost[lines][n], 1) {
		return nil
	}
	ends := make([]int, lines)
	for k, end := lines, n; k > 0; k-- {
		ends[k-1] = end
		end = from[k][end]
	}
	return ends
}

// cutCost is what a line end before text[at] costs, in squared characters of unevenness.
func cutCost(text []rune, at int) float64 {
	if at == len(text) {
		return 0
	}
	if !linebreak.Allowed(text[at-1], text[at]) {
		return math.Inf(1)
	}
	c := 0.0
	if inside(text, at) {
		c += 60
	}
	if text[at] == '的' || unicode.IsDigit(text[at-1]) {
		c += 20
	}
	return c
}

// inside tells whether a place stands between an opening mark and its closing one.
func inside(text []rune, at int) bool {
	depth := 0
	for _, r := range text[:at] {
		switch r {
		case '“', '《', '（', '〔', '「':
			depth++
		case '”', '》', '）', '〕', '」':
			depth = max(0, depth-1)
		}
	}
	return depth > 0
}
