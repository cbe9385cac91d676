package pdf

import "github.com/sangzi/sangzi/internal/office/document"

// Rules of the imprint, 0.35 mm outside and 0.25 mm inside (§7.4.1).
var outerRule, innerRule = document.Points(0.35), document.Points(0.25)

// imprint stands at the foot of the last page's type area.
func (t *typesetter) imprint(m document.Imprint) {
	if m.Empty() {
		return
	}
	st := t.small()
	one := st.size // one character of this size
	width := textWidth - 2*one
	var copies [][]glyph
	if c := m.CopyLine(); c != "" {
		copies = lines(t.shape(c, st), st, width, width-3*one)
	}
	office, day := m.PrintedLine()
	last := 1
	switch {
	case office == "" && day == "":
		last = 0
	case !m.OneLine():
		last = len(lines(t.shape(office, st), st, width, width)) + 1
	}
	height := float64(len(copies)+last)*imprintPitch + 2
	t.room(height)
	t.y = max(t.y, textHeight-height)
	t.rule(left, top+t.y, left+textWidth, top+t.y, outerRule, false)
	for i, line := range copies {
		x, room := left+one, width
		if i > 0 {
			x, room = x+3*one, room-3*one
		}
		if t.room(st.pitch) {
			t.y = 0
		}
		t.line(trim(line), paragraph{style: st}, x, room, i == len(copies)-1)
		t.y += st.pitch
	}
	if len(copies) > 0 && last > 0 {
		t.y++
		t.rule(left, top+t.y, left+textWidth, top+t.y, innerRule, false)
	}
	p := paragraph{style: st, left: one, right: one, align: ragged}
	switch {
	case last == 1:
		t.room(st.pitch)
		t.line(t.shape(office, st), p, left+one, width, true)
		p.align = flushRight
		t.set(day, p)
	case last > 1:
		t.set(office, p)
		p.align = flushRight
		t.set(day, p)
	}
	t.y++
	t.rule(left, top+t.y, left+textWidth, top+t.y, outerRule, false)
}
