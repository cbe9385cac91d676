package pdf

import "github.com/sangzi/sangzi/internal/office/document"

const imprintPitch = 21.0

// paragraph is a text and how it is set; indents in points.
type paragraph struct {
	style       style
	first       float64 // indent of the first line beyond left
	left, right float64
	align       align
	with        int // lines of the same pitch that must follow on the page
}

type align uint8

const (
	justified align = iota
	ragged
	centred
	flushRight
)

func (t *typesetter) document(d document.Document) {
	t.head(d)
	t.titleLines(d.Title)
	if a := d.AddresseeLine(); a != "" {
		t.blank(1)
		t.set(a, paragraph{style: t.body()})
	}
	t.blocks(d.Body)
	t.annexNote(d)
	t.closing(d)
	for i, a := range d.Annexes {
		if len(a.Body) == 0 {
			continue
		}
		if t.y > 0 {
			t.newPage()
		}
		t.set(d.AnnexMark(i), paragraph{style: t.heading(1)})
		t.blank(1)
		t.titleLines(a.Title)
		t.blank(1)
		t.blocks(a.Body)
	}
	t.imprint(d.Imprint)
}

// set puts a paragraph on the page, line by line; an empty one is an empty line.
func (t *typesetter) set(text string, p paragraph) {
	rest := textWidth - p.left - p.right
	cut := lines(t.shape(document.Clean(text), p.style), p.style, rest-p.first, rest)
	if len(cut) == 0 {
		cut = [][]glyph{nil}
	}
	if p.with > 0 {
		t.room(float64(min(len(cut), 3)+p.with) * p.style.pitch)
	}
	for i, line := range cut {
		t.room(p.style.pitch)
		x, room := left+p.left, rest
		if i == 0 {
			x, room = x+p.first, room-p.first
		}
		t.line(trim(line), p, x, room, i == len(cut)-1)
		t.y += p.style.pitch
	}
}

// line sets one line in its room, at the foot of its pitch.
func (t *typesetter) line(line []glyph, p paragraph, x, room float64, last bool) {
	y := top + t.y + p.style.pitch - bottom*p.style.size
	extra := 0.0
	switch slack := room - (width(line) - p.style.spacing); {
	case p.align == centred:
		x += slack / 2
	case p.align == flushRight:
		x += slack
	case p.align == justified && !last:
		extra = stretch(line, p.style, room)
	}
	t.draw(line, p.style, x, y, extra)
}

func (t *typesetter) titleLines(title string) {
	for _, l := range document.TitleLines(title) {
		t.set(l, paragraph{style: t.title(), align: centred, with: 1})
	}
}

func (t *typesetter) blocks(blocks []document.Block) {
	var n document.Numbering
	for _, b := range blocks {
		switch b := b.(type) {
		case document.Heading:
			t.set(n.Next(b.Level)+b.Text.String(), paragraph{style: t.heading(document.Level(b.Level)), first: 2 * char, with: 1})
		case document.Paragraph:
			t.set(b.Text.String(), paragraph{style: t.body(), first: 2 * char})
		case document.Table:
			t.table(b)
		case document.Picture:
			t.picture(b)
		case document.Chart:
			t.chart(b)
		}
	}
}

func (t *typesetter) annexNote(d document.Document) {
	for i, line := range d.AnnexNote() {
		p := paragraph{style: t.body(), left: 5 * char}
		if i == 0 {
			t.blank(1)
			p.first = -3 * char
		}
		t.set(line, p)
	}
}

func (t *typesetter) closing(d document.Document) {
	signed := d.Closing()
	if len(signed) == 0 {
		return
	}
	t.blank(2)
	t.room(float64(min(len(signed), document.Lines)) * pitch)
	for _, l := range signed {
		t.set(l.Text, paragraph{style: t.body(), right: l.Right * char, align: flushRight})
	}
}
