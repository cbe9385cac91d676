package document

import (
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/sangzi/sangzi/internal/office/linebreak"
)

// titleRoom is how many characters of the title fit in a line.
const titleRoom = TextTwips / TitleSize

// TitleLines cuts a title into the lines it is printed in: where it has line breaks there, else
// into as few as it needs, of about the same length (梯形) or with the longest in the middle (菱形),
// each of whole words (§7.3.1).
func TitleLines(title string) []string {
	var out []string
	for _, part := range strings.Split(strings.ReplaceAll(title, "\r", "\n"), "\n") {
		if part = strings.TrimSpace(Clean(part)); part != "" {
			out = append(out, titled(part)...)
		}
	}
	return out
}

// titled cuts a title. Programs add a quarter of a character between hanzi and digits whatever the
// file says, so a line has room for that too.
func titled(s string) []string {
	text := []rune(s)
	need, until := measured(text, true)
	if need <= titleRoom {
		return []string{s}
	}
	count := lineCount(text, titleRoom, true)
	at := titleCosts(text, until)
	best := evenly(text, until, count, titleRoom, at)
	if count == 3 {
		best = shaped(until, titleRoom, at)
	}
	if best == nil {
		return balanced(s, titleRoom)
	}
	return cutAt(text, best)
}

// balanced cuts a text into the fewest lines that hold it, of about the same length, and rather
// not inside a name in quotation marks, before 的 or between a number and what it counts.
func balanced(s string, room float64) []string {
	text := []rune(s)
	n := lineCount(text, room, false)
	if n <= 1 {
		return []string{s}
	}
	_, until := measured(text, false)
	costs := make([]float64, len(text)+1)
	for i := 1; i < len(costs); i++ {
		costs[i] = cutCost(text, i)
	}
	ends := evenly(text, until, n, room, costs)
	if ends == nil {
		ends = linebreak.Break(text, func(i int) float64 { return squares(text[i]) }, room, room)
	}
	return cutAt(text, ends)
}

// measured is how wide a text and each of its beginnings is in characters, with the room that
// programs add between hanzi and digits, or without.
func measured(text []rune, apart bool) (whole float64, until []float64) {
	until = make([]float64, len(text)+1)
	for i, r := range text {
		until[i+1] = until[i] + squares(r)
		if apart && i > 0 && (half(r) && unicode.Is(unicode.Han, text[i-1]) || half(text[i-1]) && unicode.Is(unicode.Han, r)) {
			until[i+1] += 0.25
		}
	}
	return until[len(text)], until
}

func half(r rune) bool { return r < 0x2000 && (unicode.IsDigit(r) || unicode.IsLetter(r)) }

func lineCount(text []rune, room float64, apart bool) int {
	_, until := measured(text, apart)
	return len(linebreak.Break(text, func(i int) float64 { return until[i+1] - until[i] }, room, room))
}

func cutAt(text []rune, ends []int) []string {
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

// evenly finds the cuts into a number of lines that cost least; nil where there are none. until is
// the width of text[:i], at what an end before text[i] costs.
func evenly(text []rune, until []float64, lines int, room float64, at []float64) []int {
	n := len(text)
	if n > longestTitle {
		return nil
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
			for start := end - 1; start >= 0 && until[end]-until[start] <= room; start-- {
				off := until[end] - until[start] - ideal
				if c := cost[k-1][start] + off*off + at[end]; c < cost[k][end] {
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

// shaped finds the cuts into three lines that cost least, where a shorter line in the middle
// (沙漏形) costs more than any word.
func shaped(until []float64, room float64, at []float64) []int {
	n := len(until) - 1
	if n > longestTitle {
		return nil
	}
	var best []int
	least := math.Inf(1)
	ideal := until[n] / 3
	for a := 1; a < n; a++ {
		for b := a + 1; b < n; b++ {
			one, two, three := until[a], until[b]-until[a], until[n]-until[b]
			if max(one, two, three) > room {
				continue
			}
			c := at[a] + at[b] + (one-ideal)*(one-ideal) + (two-ideal)*(two-ideal) + (three-ideal)*(three-ideal)
			if two < one && two < three {
				c += 150
			}
			if c < least {
				least, best = c, []int{a, b, n}
			}
		}
	}
	return best
}

// fewest is the least a title's first and last line have, in characters.
const fewest = 4

// titleCosts are what the ends of a title's lines cost: what cutCost says, and more inside a word,
// behind 关于 and other words that ask for what follows, before what belongs to the words before it.
func titleCosts(text []rune, until []float64) []float64 {
	n := len(text)
	word := words(text)
	costs := make([]float64, n+1)
	for i := 1; i < n; i++ {
		c := cutCost(text, i)
		if word[i] == word[i-1] {
			c += 120
		} else if until[i] < fewest || until[n]-until[i] < fewest {
			c += 100
		}
		before, after := string(text[:i]), string(text[i:])
		switch {
		case strings.HasSuffix(before, "关于"), strings.HasSuffix(before, "《"):
			c += 80
		case endsWith(before, leading):
			c += 18
		}
		switch {
		case startsWith(after, trailing):
			c += 8
		case strings.HasSuffix(before, "的"), strings.HasSuffix(before, "》"), strings.HasSuffix(before, "”"), startsWith(after, leading):
			c -= 6
		}
		costs[i] = c
	}
	return costs
}

// leading are words that ask for what follows them, trailing those that belong to what stands
// before them.
var (
	leading  = strings.Fields("推进 开展 做好 加强 加快 进一步 切实 深入 全面 扎实 印发 报送 转发 召开 成立 调整 实施 落实 和 及 与 暨 对 在 由 为 第 各 全 关于")
	trailing = strings.Fields("的 工作 情况 和 及 与 等 期间 方案 办法 名单")
)

func endsWith(s string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasSuffix(s, w) })
}

func startsWith(s string, list []string) bool {
	return slices.ContainsFunc(list, func(w string) bool { return strings.HasPrefix(s, w) })
}

// cutCost is what a line end before text[at] costs, in squared characters of unevenness: the last
// one nothing, one that may not be what no other can cost.
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
