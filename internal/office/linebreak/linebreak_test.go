package linebreak

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// half is half a square for what is half as wide in print.
func half(text []rune) func(int) float64 {
	return func(i int) float64 {
		if text[i] < 0x2000 {
			return 0.5
		}
		return 1
	}
}

func lines(s string, first, rest float64) []string {
	text := []rune(s)
	var out []string
	start := 0
	for _, end := range Break(text, half(text), first, rest) {
		out = append(out, string(text[start:end]))
		start = end
	}
	return out
}

func TestLines(t *testing.T) {
	for _, c := range []struct {
		name, text  string
		first, rest float64
		want        string // lines parted by |
	}{
		{"full squares", "一二三四五六七", 3, 4, "一二三|四五六七"},
		{"no comma begins a line", "一二三四，五六", 4, 4, "一二三|四，五六"},
		{"no two closers begin a line", "一二“三四”。五", 5, 5, "一二“三|四”。五"},
		{"no bracket ends a line", "一二三（四五）六", 4, 4, "一二三|（四五）|六"},
		{"a number stays whole", "共植树1,234.5亩", 4, 4, "共植树|1,234.5|亩"},
		{"a percentage stays whole", "完成率95.75%", 5, 5, "完成率|95.75%"},
		{"a dash stays whole", "一二三——四", 4, 4, "一二|三——四"},
		{"an ellipsis stays whole", "一二三……四", 4, 4, "一二|三……四"},
		{"words part at spaces", "an old tree", 2.5, 2.5, "an |old |tree"},
		{"spaces hang", "一二三    四", 3, 3, "一二三    |四"},
		{"a long word is cut", "树aaaaaaaaaa", 2, 2, "树|aaaa|aaaa|aa"},
		{"nothing but closers", "。。。。。", 2, 2, "。。|。。|。"},
		{"a line too narrow for anything", "一二", 0.1, 0.1, "一|二"},
		{"currency keeps its number", "一二三￥12", 4, 4, "一二三|￥12"},
		{"nothing", "", 3, 3, ""},
	} {
		if got := strings.Join(lines(c.text, c.first, c.rest), "|"); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

var alphabet = []rune("一二三四树林村镇的。，、；：？！）〕》”’（〔《“‘—…1234567890.%,-abcXYZ  \u3000é\u0301😀￥")

// Nothing is lost, no line is too wide, and a line breaks a rule only where the whole piece
// between two legal breaks is wider than a line.
func TestBreakProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// rapid prefers short lists, and those make one line.
		of := rapid.SampledFrom(alphabet)
		text := rapid.OneOf(rapid.SliceOfN(of, 0, 20), rapid.SliceOfN(of, 60, 300), rapid.SliceOfN(of, 200, 400)).Draw(t, "text")
		rest := float64(rapid.IntRange(2, 28).Draw(t, "rest"))
		first := max(2, rest-float64(rapid.IntRange(0, 4).Draw(t, "indent")))
		width := half(text)
		start := 0
		for n, end := range Break(text, width, first, rest) {
			if end <= start {
				t.Fatalf("line %d: from %d to %d", n, start, end)
			}
			room := rest
			if n == 0 {
				room = first
			}
			used, last := 0.0, end
			for last > start && Space(text[last-1]) {
				last--
			}
			for i := start; i < last; i++ {
				used += width(i)
			}
			if used > room+1e-6 && last-start > 1 && !glued(text[start:last]) {
				t.Fatalf("line %d %q is %g wide, room %g", n, string(text[start:end]), used, room)
			}
			if end < len(text) && (!Allowed(text[end-1], text[end]) || strings.ContainsRune("。，、；：？！）〕》”’", text[end]) || strings.ContainsRune("（〔《“‘", text[end-1])) {
				for i := start + 1; i < end; i++ {
					if Allowed(text[i-1], text[i]) {
						t.Fatalf("line %d %q breaks before %q, and could have at %d", n, string(text[start:end]), text[end], i-start)
					}
				}
			}
			start = end
		}
		if start != len(text) {
			t.Fatalf("%d of %d characters are in lines", start, len(text))
		}
	})
}

// glued tells a line that is one character with its marks.
func glued(line []rune) bool {
	for _, r := range line[1:] {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			return false
		}
	}
	return true
}
