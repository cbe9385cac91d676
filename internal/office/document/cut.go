package document

import (
	"strings"

	"github.com/sangzi/sangzi/internal/office/linebreak"
)

// cut gives a paragraph as two, the second of at most some lines and of WithSignature at least; the
// first ends where a line ends. Programs do not break lines quite alike, so that of the ends of lines
// one is taken, the first if there are several, at which the line is full in all of them, or as full
// as can be; ok is false where there is nothing to cut.
func (p Paragraph) cut(lines int) (first, rest Paragraph, ok bool) {
	text := p.Text.Clean()
	r := []rune(text.String())
	ends, others := breaks(r, false), breaks(r, true)
	from := max(WithSignature, len(ends)-lines) // lines of the first part
	if lines < WithSignature || len(ends)-from < WithSignature {
		return p, Paragraph{}, false
	}
	best, at := 0.0, 0
	for _, end := range ends[from-1 : len(ends)-WithSignature] {
		full := min(filled(r, ends, end), filled(r, others, end), Chars-1)
		if full > best {
			best, at = full, end
		}
	}
	before, behind := text.split(at)
	return Paragraph{Text: before}, Paragraph{Text: behind, goesOn: true}, true
}

// filled is how long the last line is, in characters, of a text that is cut at a place, where its lines
// end as given.
func filled(r []rune, ends []int, at int) float64 {
	start := 0
	for _, end := range ends {
		if end < at {
			start = end
		}
	}
	return squaresOf(string(r[start:at]))
}

// GoesOn tells that the paragraph goes on from the one before it: its first line is not indented.
func (p Paragraph) GoesOn() bool { return p.goesOn }

// autoSpace is the room that LibreOffice adds between hanzi and digits whatever a file says, in
// characters.
const autoSpace = 0.2

// breaks are the ends of the lines of a paragraph by the rules of Chinese typesetting, or, loose, as
// LibreOffice breaks them: a comma hangs out of its line, and room stands between hanzi and digits.
func breaks(r []rune, loose bool) []int {
	var ends []int
	for start, room := 0, float64(Chars-2); start < len(r); room = Chars {
		width := func(i int) float64 {
			w := squares(r[start+i])
			if loose && i > 0 && (r[start+i] < 0x80) != (r[start+i-1] < 0x80) {
				w += autoSpace
			}
			return w
		}
		end := start + linebreak.Break(r[start:], width, room, room)[0]
		for i, used := start, 0.0; loose && i < len(r) && used <= room; i++ {
			if strings.ContainsRune("，。、", r[i]) && i >= end { // behind the last character that fits
				end = i + 1
				break
			}
			used += width(i - start)
		}
		ends = append(ends, end)
		start = end
	}
	return ends
}

// split is a text in two, the first with a number of characters. A figure is in one of them, whole.
func (t Text) split(n int) (before, behind Text) {
	for i, s := range t {
		r := []rune(s.Text)
		if len(r) <= n {
			before = append(before, s)
			n -= len(r)
			continue
		}
		if n > 0 {
			before, s = append(before, Span{Text: string(r[:n]), Figure: s.Figure}), Span{Text: string(r[n:]), Figure: s.Figure}
		}
		return before, append(Text{s}, t[i+1:]...)
	}
	return before, nil
}
