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
	hold        hold
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
	t.blocks(d.Body, t.holds(d))
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
		t.blocks(d.AnnexBody(i), nil)
	}
	t.imprint(d.Imprint)
}

// set puts a paragraph on the page, line by line; an empty one is an empty line.
func (t *typesetter) set(text string, p paragraph) {
	rest := textWidth - p.left - p.right
	cut := t.cut(text, p)
	if p.with > 0 {
		t.room(float64(min(len(cut), 3)+p.with) * p.style.pitch)
	}
	for i, line := range cut {
		t.room(p.style.pitch)
		p.hold.room(t, len(cut)-i, p.style.pitch)
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

// blocks sets blocks, each with what it is held with, if there is any.
func (t *typesetter) blocks(blocks []document.Block, holds []hold) {
	var n document.Numbering
	for i, b := range blocks {
		var h hold
		if i < len(holds) {
			h = holds[i]
		}
		switch b := b.(type) {
		case document.Heading:
			t.set(n.Next(b.Level)+b.Text.String(), paragraph{style: t.heading(document.Level(b.Level)), first: 2 * char, with: 1, hold: h})
		case document.Paragraph:
			t.set(b.Text.String(), paragraph{style: t.body(), first: 2 * char, hold: h})
		case document.Table:
			t.table(b, h.behind)
		case document.Picture:
			t.picture(b, h.behind)
		case document.Chart:
			t.chart(b, h.behind)
		}
	}
}

// noteLine is how a line of 附件说明 is set; what runs over hangs under its text.
func (t *typesetter) noteLine(i int) paragraph {
	p := paragraph{style: t.body(), left: 5 * char}
	if i == 0 {
		p.first = -3 * char
	}
	return p
}

func (t *typesetter) annexNote(d document.Document) {
	closing, _ := t.signature(d)
	notes := d.AnnexNote()
	if len(notes) > 0 {
		t.blank(1)
	}
	for i, line := range notes {
		p := t.noteLine(i)
		if i == len(notes)-1 {
			p.hold = hold{1, closing}
		}
		t.set(line, p)
	}
}

// closingGap is the blank lines above the signature.
const closingGap = 2

func (t *typesetter) closing(d document.Document) {
	signed := d.Closing()
	if len(signed) == 0 {
		return
	}
	t.blank(closingGap)
	t.room(float64(min(len(signed), document.Lines)) * pitch)
	for _, l := range signed {
		t.signed(l)
	}
}

// signed sets a line of the signature; names beside one another are centred where they stand.
func (t *typesetter) signed(l document.Signed) {
	if len(l.Row) == 0 {
		t.set(l.Text, paragraph{style: t.body(), right: l.Right * char, align: flushRight})
		return
	}
	t.room(pitch)
	for _, p := range l.Row {
		name := t.shape(p.Text, t.body())
		t.line(name, paragraph{style: t.body(), align: centred}, left+p.Middle*char-textWidth/2, textWidth, true)
	}
	t.y += pitch
}
