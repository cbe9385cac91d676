package pdf

import "github.com/sangzi/sangzi/internal/office/document"

// head is the red head, the number and the red rule below it.
func (t *typesetter) head(d document.Document) {
	names, suffix, twips := d.Head.HeadLines()
	number := document.Clean(d.Number)
	if len(names) > 0 {
		size := float64(twips) / 20
		st := style{face: t.fonts.Title, size: size, pitch: size * 6 / 5, red: true}
		t.y += document.Points(document.HeadDrop) - size/10
		if suffix != "" {
			t.jointHead(names, suffix, twips, st)
		} else {
			t.set(names[0], paragraph{style: st, align: centred})
		}
		t.blank(2)
	}
	if number == "" && len(names) == 0 {
		return
	}
	t.set(number, paragraph{style: t.body(), align: centred})
	y := top + t.y + 8
	t.rule(left, y, left+textWidth, y, 1.5, true)
	t.y += 8 + 1.5
	t.blank(2)
}

// jointHead spreads the names of several issuers over one width and sets the suffix at half
// their height.
func (t *typesetter) jointHead(names []string, suffix string, twips int, st style) {
	l, r := document.JointWidths(names, suffix, twips)
	nameWidth, suffixWidth := float64(l)/20, float64(r)/20
	x := left + (textWidth-nameWidth-suffixWidth)/2
	from, page := t.y, t.pages
	for _, name := range names {
		for _, line := range lines(t.shape(name, st), st, nameWidth, nameWidth) {
			t.room(st.pitch)
			t.draw(trim(line), st, x, top+t.y+st.pitch-bottom*st.size, spread(trim(line), nameWidth))
			t.y += st.pitch
		}
	}
	if page != t.pages {
		from = 0
	}
	cut := lines(t.shape(suffix, st), st, suffixWidth, suffixWidth)
	y := max(from, from+(t.y-from-float64(len(cut))*st.pitch)/2)
	for _, line := range cut {
		if y+st.pitch > textHeight {
			t.newPage()
			y = 0
		}
		line = trim(line)
		t.draw(line, st, x+nameWidth+suffixWidth-width(line), top+y+st.pitch-bottom*st.size, 0)
		y += st.pitch
	}
	t.y = max(t.y, y)
}

// spread is the room between characters that makes a line as wide as asked.
func spread(line []glyph, to float64) float64 {
	gaps := 0
	for i := 1; i < len(line); i++ {
		if gap(line, i) {
			gaps++
		}
	}
	if slack := to - width(line); gaps > 0 && slack > 0 {
		return slack / float64(gaps)
	}
	return 0
}
