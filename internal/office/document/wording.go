package document

import (
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
)

// Day writes a date as documents do: 2024年3月29日 (§7.3.5.4). No day is "".
func Day(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Chinese()
}

// squares is about how many hanzi a character is wide.
func squares(r rune) float64 {
	if r < 0x2000 {
		return 0.5
	}
	return 1
}

func squaresOf(s string) float64 {
	n := 0.0
	for _, r := range s {
		n += squares(r)
	}
	return n
}

// HeadLines are the lines of the issuers' names as printed, with the suffix apart where there
// are several issuers, and their size in twips: as large as the width allows, between 2号 and
// 44 points (the standard's limit is 22 mm).
func (h Head) HeadLines() (lines []string, suffix string, size int) {
	for _, issuer := range h.Issuers {
		if issuer = Clean(issuer); issuer != "" {
			lines = append(lines, issuer)
		}
	}
	suffix = Clean(h.Suffix)
	switch len(lines) {
	case 0:
		return nil, "", 0
	case 1:
		lines[0] += suffix
		suffix = ""
	}
	longest := 0.0
	for _, l := range lines {
		longest = max(longest, squaresOf(l))
	}
	if suffix != "" {
		longest += squaresOf(suffix) + 1
	}
	size = int(TextTwips / max(longest, 1) * 0.98)
	return lines, suffix, min(max(size/20*20, TitleSize), 880)
}

// AddresseeLine is the addressee with its colon.
func (d Document) AddresseeLine() string {
	a := strings.TrimRight(Clean(d.Addressee), "：: ")
	if a == "" {
		return ""
	}
	return a + "："
}

// AnnexNote is 附件说明, a line for each annex; the first begins with 附件：, and the lines are
// numbered when there are several (§7.3.4).
func (d Document) AnnexNote() []string {
	out := make([]string, 0, len(d.Annexes))
	for i, a := range d.Annexes {
		line := Clean(a.Title)
		if len(d.Annexes) > 1 {
			line = strconv.Itoa(i+1) + "." + line
		}
		if i == 0 {
			line = "附件：" + line
		}
		out = append(out, line)
	}
	return out
}

// AnnexMark is what stands above an annex: 附件, or 附件2 where there are several.
func (d Document) AnnexMark(i int) string {
	if len(d.Annexes) == 1 {
		return "附件"
	}
	return "附件" + strconv.Itoa(i+1)
}

// CopyLine is 抄送 as printed, with its full stop.
func (m Imprint) CopyLine() string {
	c := strings.TrimRight(Clean(m.CopyTo), "。. ")
	if c == "" {
		return ""
	}
	return "抄送：" + c + "。"
}

// PrintedLine is the printing office and the day, the two ends of the last line.
func (m Imprint) PrintedLine() (office, day string) {
	if day = Day(m.Printed); day != "" {
		day += "印发"
	}
	return Clean(m.Printer), day
}

// OneLine tells that both ends of the last line fit in one.
func (m Imprint) OneLine() bool {
	office, day := m.PrintedLine()
	return (squaresOf(office)+squaresOf(day)+1)*SmallSize <= TextTwips-2*SmallSize
}

// Empty tells that there is no imprint.
func (m Imprint) Empty() bool { return m.CopyTo == "" && m.Printer == "" && m.Printed.IsZero() }

// PageNumber is a page number as printed: — 3 —.
func PageNumber(n int) string { return "— " + strconv.Itoa(n) + " —" }

// JointWidths are the widths of the column of issuers and of the suffix beside it, in twips.
func JointWidths(lines []string, suffix string, size int) (left, right int) {
	longest := 0.0
	for _, l := range lines {
		longest = max(longest, squaresOf(l))
	}
	left = int(longest*float64(size)) + 60
	right = min(int((squaresOf(suffix)+0.5)*float64(size))+20, TextTwips/2)
	return min(left, TextTwips-right), right
}
