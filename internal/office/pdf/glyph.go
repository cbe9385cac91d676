package pdf

import (
	"unicode"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/font"
	"github.com/sangzi/sangzi/internal/office/linebreak"
)

// style is how a text is set; lengths in points.
type style struct {
	face    *font.Face
	size    float64
	spacing float64 // beside each character
	pitch   float64 // from line to line
	red     bool
}

func (t *typesetter) body() style {
	return style{face: t.fonts.Song, size: document.BodySize / 20.0, spacing: document.CharSpacing / 20.0, pitch: pitch}
}

func (t *typesetter) title() style {
	return style{face: t.fonts.Title, size: document.TitleSize / 20.0, pitch: pitch}
}

func (t *typesetter) small() style {
	return style{face: t.fonts.Song, size: document.SmallSize / 20.0, pitch: imprintPitch}
}

// heading: 黑体 has a typeface here; 楷体 has none and is set in the bold of the body.
func (t *typesetter) heading(level int) style {
	st := t.body()
	switch level {
	case 1:
		st.face = t.fonts.Hei
	case 2:
		st.face = t.fonts.Title
	}
	return st
}

// glyph is a character in the typeface that has it. Its rune is what is drawn: 〓 for a character
// no typeface has, 0 for a mark that is left out.
type glyph struct {
	r       rune
	shown   rune
	face    *font.Face
	advance float64
}

// geta is what stands for a missing character, in print since movable type.
const geta = '〓'

func (t *typesetter) shape(text string, st style) []glyph {
	out := make([]glyph, 0, len(text)/3+1)
	for _, r := range text {
		out = append(out, t.glyph(r, st))
	}
	return out
}

func (t *typesetter) glyph(r rune, st style) glyph {
	g := glyph{r: r, shown: r}
	for _, f := range []*font.Face{st.face, t.fonts.Song} {
		if ems, has := f.Advance(r); has {
			g.face, g.advance = f, ems*st.size+st.spacing
			return g
		}
	}
	t.missing[r] = true
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		g.shown, g.face = 0, st.face
		return g
	}
	g.shown, g.face = geta, t.fonts.Song
	ems, _ := t.fonts.Song.Advance(geta)
	g.advance = ems*st.size + st.spacing
	return g
}

func width(line []glyph) float64 {
	w := 0.0
	for _, g := range line {
		w += g.advance
	}
	return w
}

// lines cuts a text into lines of a width, the first of its own. The spacing beside a line's last
// character does not count.
func lines(text []glyph, st style, first, rest float64) [][]glyph {
	runes := make([]rune, len(text))
	for i, g := range text {
		runes[i] = g.r
	}
	ends := linebreak.Break(runes, func(i int) float64 { return text[i].advance }, first+st.spacing, rest+st.spacing)
	out := make([][]glyph, 0, len(ends))
	start := 0
	for _, end := range ends {
		out = append(out, text[start:end])
		start = end
	}
	return out
}

// trim leaves out the spaces at the end of a line.
func trim(line []glyph) []glyph {
	for len(line) > 0 && linebreak.Space(line[len(line)-1].r) {
		line = line[:len(line)-1]
	}
	return line
}

// stretch is what is added between characters that are not of one word so that a line fills its
// width; none where the line would be torn apart.
func stretch(line []glyph, st style, room float64) float64 {
	gaps := 0
	for i := 1; i < len(line); i++ {
		if gap(line, i) {
			gaps++
		}
	}
	slack := room - (width(line) - st.spacing)
	if gaps == 0 || slack < 0 || slack/float64(gaps) > st.size/3 {
		return 0
	}
	return slack / float64(gaps)
}

// gap tells whether room may be added before line[i].
func gap(line []glyph, i int) bool {
	a, b := line[i-1].r, line[i].r
	if a == b && (a == '—' || a == '…') || line[i].shown == 0 {
		return false
	}
	return a > 0x2000 || b > 0x2000 || linebreak.Space(a)
}

// draw sets a line with its baseline at y of the page, in pieces of one typeface and spacing.
func (t *typesetter) draw(line []glyph, st style, x, y, extra float64) {
	after := func(i int) float64 {
		if i+1 < len(line) && gap(line, i+1) {
			return extra
		}
		return 0
	}
	var piece []rune
	for start := 0; start < len(line); {
		piece = piece[:0]
		from, end := x, start
		for end < len(line) && line[end].face == line[start].face && (end == start || after(end-1) == after(start)) {
			if line[end].shown != 0 {
				piece = append(piece, line[end].shown)
			}
			x += line[end].advance + after(end)
			end++
		}
		t.text(string(piece), line[start].face, st, from, y, st.spacing+after(start))
		start = end
	}
}

func (t *typesetter) text(s string, face *font.Face, st style, x, y, spacing float64) {
	if t.err != nil || s == "" {
		return
	}
	t.try(t.out.SetFont(face.Name, "", st.size))
	t.try(t.out.SetCharSpacing(spacing))
	if st.red {
		t.out.SetTextColor(0xff, 0, 0)
	} else {
		t.out.SetTextColor(0, 0, 0)
	}
	t.out.SetXY(x, y)
	t.try(t.out.Text(s))
}
