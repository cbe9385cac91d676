package pdf

import (
	"github.com/signintech/gopdf"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/font"
)

// typesetter puts things on pages from above to below. Lengths are points; y is how far down the
// type area of the current page is filled.
type typesetter struct {
	out     *gopdf.GoPdf
	fonts   *font.Set
	missing map[rune]bool
	pages   int
	charts  int
	y       float64
	err     error // the first one; nothing is drawn after it
}

var (
	left       = document.Points(document.LeftMargin)
	top        = document.Points(document.TopMargin)
	textWidth  = document.Points(document.TextWidth)
	textHeight = document.Points(document.TextHeight)
)

const (
	pitch  = document.LinePitch / 20.0
	char   = document.CharPitch / 20.0 // a character of the body with its spacing
	bottom = 0.288                     // of the size, from the foot of a line to its baseline
)

// try keeps the first error.
func (t *typesetter) try(err error) {
	if t.err == nil {
		t.err = err
	}
}

// newPage begins a page and sets its number: outside, on the right of odd pages and the left of
// even ones, one character in.
func (t *typesetter) newPage() {
	t.out.AddPage()
	t.pages++
	t.y = 0
	st := t.small()
	line := t.shape(document.PageNumber(t.pages), st)
	x := left + st.size
	if t.pages%2 == 1 {
		x = left + textWidth - st.size - width(line)
	}
	// The dash stands 0.36 of the size above the baseline.
	t.draw(line, st, x, top+textHeight+document.Points(document.FootDrop)+0.36*st.size, 0)
}

// room makes sure of a height on the page, on a new page if need be; it tells whether that was so.
func (t *typesetter) room(height float64) bool {
	if t.y == 0 || t.y+height <= textHeight+0.01 {
		return false
	}
	t.newPage()
	return true
}

// with makes sure of a height and of what stands behind it, where a page holds both.
func (t *typesetter) with(height, behind float64) {
	if height+behind > textHeight {
		behind = 0
	}
	t.room(height + behind)
}

func (t *typesetter) blank(lines int) {
	for range lines {
		t.room(pitch)
		t.y += pitch
	}
}

// rule draws a line between two points of the page.
func (t *typesetter) rule(x1, y1, x2, y2, thick float64, red bool) {
	if t.err != nil {
		return
	}
	t.out.SetLineWidth(thick)
	if red {
		t.out.SetStrokeColor(0xff, 0, 0)
	} else {
		t.out.SetStrokeColor(0, 0, 0)
	}
	t.out.Line(x1, y1, x2, y2)
}
