package pdf

import "github.com/sangzi/sangzi/internal/office/document"

// hold keeps the last lines of something on one page with a height behind it.
type hold struct {
	lines  int
	behind float64
}

// room makes sure of what a line is held with; of is how many lines there are from it on.
func (h hold) room(t *typesetter, of int, pitch float64) {
	if h.lines > 0 && of == h.lines && float64(of)*pitch+h.behind <= textHeight+0.01 {
		t.room(float64(of)*pitch + h.behind)
	}
}

// cut is a paragraph in its lines, at least one.
func (t *typesetter) cut(text string, p paragraph) [][]glyph {
	rest := textWidth - p.left - p.right
	if cut := lines(t.shape(document.Clean(text), p.style), p.style, rest-p.first, rest); len(cut) > 0 {
		return cut
	}
	return [][]glyph{nil}
}

// signature is how high the signature is with the blank lines above it, and with 附件说明.
func (t *typesetter) signature(d document.Document) (closing, all float64) {
	signed := d.Closing()
	if len(signed) == 0 {
		return 0, 0
	}
	closing = float64(closingGap+min(len(signed), document.Lines-closingGap)) * pitch
	all = closing
	for i, line := range d.AnnexNote() {
		if i == 0 {
			all += pitch
		}
		all += float64(len(t.cut(line, t.noteLine(i)))) * pitch
	}
	return closing, all
}

// holds are what the blocks of the body are held with, so that lines of the text stand on the
// page of the signature; nothing where a page could not hold them all.
func (t *typesetter) holds(d document.Document) []hold {
	out := make([]hold, len(d.Body))
	_, behind := t.signature(d)
	if behind == 0 || behind+document.WithSignature*pitch > textHeight {
		return out
	}
	need := document.WithSignature
	for i := len(d.Body) - 1; i >= 0; i-- {
		n := t.bodyLines(d.Body[i])
		if n == 0 {
			out[i] = hold{1, behind} // a table's last row, a chart
			return out
		}
		_, heading := d.Body[i].(document.Heading)
		if need <= 0 && !heading {
			return out
		}
		if n > need && !heading {
			out[i] = hold{need, behind}
			return out
		}
		out[i] = hold{n, behind}
		need -= n
		behind += float64(n) * pitch
	}
	return out
}

// bodyLines is how many lines of the body's pitch a block takes; 0 where it is none of text.
func (t *typesetter) bodyLines(b document.Block) int {
	switch b := b.(type) {
	case document.Heading:
		return len(t.cut("一、"+b.Text.String(), paragraph{style: t.heading(document.Level(b.Level)), first: 2 * char}))
	case document.Paragraph:
		return len(t.cut(b.Text.String(), paragraph{style: t.body(), first: 2 * char}))
	}
	return 0
}
