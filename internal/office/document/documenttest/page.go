package documenttest

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/office/document"
)

// near tells lengths that differ by at most a millimetre.
func near(a, b float64) bool { return math.Abs(a-b) <= 1 }

// CheckPlain holds the pages of Plain(paragraphs, lines) against the standard: A4, 22 lines a
// page, 28 characters a full line, the margins to a millimetre, the numbers outside.
func CheckPlain(t *testing.T, pages []Page, paragraphs, lines int) {
	t.Helper()
	total := paragraphs * lines
	if want := (total + document.Lines - 1) / document.Lines; len(pages) != want {
		t.Fatalf("%d pages for %d lines, want %d", len(pages), total, want)
	}
	pitch := document.LinePitch / 20.0 * 25.4 / 72
	seen := 0
	for n, p := range pages {
		if !near(p.Width, document.PageWidth) || !near(p.Height, document.PageHeight) {
			t.Errorf("page %d is %.1f × %.1f mm", n+1, p.Width, p.Height)
		}
		text := CheckPageNumber(t, p, n+1)
		if want := min(document.Lines, total-seen); len(text) != want {
			t.Fatalf("page %d has %d lines, want %d", n+1, len(text), want)
		}
		for i, l := range text {
			first := seen%lines == 0
			chars, start := document.Chars, document.LeftMargin
			if first {
				chars -= 2
				start += 2 * document.CharPitch / 20.0 * 25.4 / 72
			}
			if got := utf8.RuneCountInString(l.Text); got != chars {
				t.Errorf("page %d line %d has %d characters, want %d: %s", n+1, i+1, got, chars, l.Text)
			}
			if !near(l.Left, start) || !near(l.Right, document.LeftMargin+document.TextWidth) {
				t.Errorf("page %d line %d goes from %.2f to %.2f mm", n+1, i+1, l.Left, l.Right)
			}
			// A line stands at the foot of its pitch, so its lower edge tells where the pitch ends.
			if want := document.TopMargin + float64(i+1)*pitch; !near(l.Bottom, want) {
				t.Errorf("page %d line %d ends %.2f mm down, want %.2f", n+1, i+1, l.Bottom, want)
			}
			seen++
		}
	}
}

// CheckPageNumber finds the page number of page n, holds its place against the standard and
// gives the other lines.
func CheckPageNumber(t *testing.T, p Page, n int) []Line {
	t.Helper()
	var rest []Line
	found := false
	foot := document.TopMargin + document.TextHeight
	for _, l := range p.Lines {
		if l.Top < foot {
			rest = append(rest, l)
			continue
		}
		if strings.Trim(l.Text, "— ") != strconv.Itoa(n) || !strings.HasPrefix(l.Text, "—") || !strings.HasSuffix(l.Text, "—") {
			t.Errorf("page %d has %q at its foot", n, l.Text)
		}
		// The dashes are seven millimetres below the type area: about the middle of the line.
		if middle := (l.Top + l.Bottom) / 2; math.Abs(middle-foot-document.FootDrop) > 1.5 {
			t.Errorf("page %d: its number stands %.2f mm below the type area", n, middle-foot)
		}
		char := document.SmallSize / 20.0 * 25.4 / 72
		if n%2 == 1 && !near(l.Right, document.LeftMargin+document.TextWidth-char) {
			t.Errorf("page %d: its number ends at %.2f mm", n, l.Right)
		}
		if n%2 == 0 && !near(l.Left, document.LeftMargin+char) {
			t.Errorf("page %d: its number begins at %.2f mm", n, l.Left)
		}
		found = true
	}
	if !found {
		t.Errorf("page %d has no number", n)
	}
	return rest
}

// CheckBulletin holds the pages of Bulletin(): nothing leaves the type area, every part is there
// in order, the head of the long table stands on each of its pages, the imprint at the foot.
// hang is how far, in millimetres, a comma may hang out on the right.
func CheckBulletin(t *testing.T, pages []Page, hang float64) {
	t.Helper()
	if len(pages) < 4 {
		t.Fatalf("only %d pages", len(pages))
	}
	var all strings.Builder
	heads := 0
	for n, p := range pages {
		for _, l := range CheckPageNumber(t, p, n+1) {
			if l.Left < document.LeftMargin-1 || l.Right > document.LeftMargin+document.TextWidth+1+hang || l.Bottom > document.TopMargin+document.TextHeight+2 {
				t.Errorf("page %d: %q leaves the type area: %.1f to %.1f, %.1f", n+1, l.Text, l.Left, l.Right, l.Bottom)
			}
		}
		text := Squeeze(p.Text())
		if n >= 3 && strings.Contains(text, "序号") {
			heads++
		}
		all.WriteString(text)
	}
	if heads < 2 {
		t.Errorf("the head of the annex's table stands on %d pages", heads)
	}
	at := 0
	text := all.String()
	for _, want := range []string{
		"普宁市“绿美党旗红”专项行动工作专班文件", "普绿专〔2024〕3号", "关于2024年3月“绿美党旗红”", "专项行动推进情况的通报",
		"各镇（街道、乡）党（工）委，市直各有关单位：", "一、总体进展", "（一）组织发动情况", "（二）苗木种植情况", "1.苗木落实", "（1）资金到位",
		"各镇（街道、乡）推进情况", "单位：株、万元", "1733.45", "二、存在问题", "三、下步工作", "附件：1.各镇（街道、乡）2024年3月台账汇总表", "2.口径说明",
		"2024年3月31日", "附件1", "各镇（街道、乡）2024年3月台账汇总表", "高铁新城", "抄送：揭阳市", "2024年3月31日印发",
	} {
		i := strings.Index(text[at:], want)
		if i < 0 {
			t.Errorf("%q is not there, or not in its place", want)
			continue
		}
		at += i
	}
	first, last := pages[0], pages[len(pages)-1]
	for _, l := range first.Lines {
		if strings.Contains(l.Text, "工作专班文件") && math.Abs((l.Top+l.Bottom)/2-document.TopMargin-document.HeadDrop-3.5) > 4 {
			t.Errorf("the issuers stand %.1f to %.1f mm down", l.Top, l.Bottom)
		}
	}
	for _, l := range last.Lines {
		if strings.HasSuffix(Squeeze(l.Text), "日印发") && math.Abs(l.Bottom-document.TopMargin-document.TextHeight) > 2.5 {
			t.Errorf("the imprint ends %.1f mm down", l.Bottom)
		}
	}
}

// Squeeze leaves out spaces and line ends, which programs put between hanzi and digits as they like.
func Squeeze(s string) string {
	return strings.Join(strings.Fields(s), "")
}
