package pdf

import "github.com/sangzi/sangzi/internal/office/document"

// grid is a table being set.
type grid struct {
	t       *typesetter
	widths  []float64
	aligns  []align
	head    [][][]glyph // lines of each title
	plain   style
	strong  style
	repeats bool
	gap     float64 // above and below the text of a cell
}

const (
	cellPadding = document.CellPadding / 20.0
	tableRule   = 0.5
)

// table sets a table, its last row on one page with a height behind the table where they fit.
func (t *typesetter) table(tb document.Table, behind float64) {
	if len(tb.Columns) == 0 {
		return
	}
	size := float64(tb.TableSize()) / 20
	g := &grid{t: t, gap: float64(tb.Gap()) / 20, plain: style{face: t.fonts.Song, size: size, pitch: float64(tb.TableLine()) / 20}}
	g.strong = g.plain
	g.strong.face = t.fonts.Hei
	for i, twips := range tb.Widths(document.TextTwips) {
		w := float64(twips) / 20
		g.widths = append(g.widths, w)
		g.aligns = append(g.aligns, aligned(tb.Columns[i].Align))
		var title [][]glyph
		for _, line := range tb.HeadLines(i, twips) {
			title = append(title, g.cut(i, document.Words(line), g.strong)...)
		}
		g.head = append(g.head, title)
	}
	g.repeats = g.height(g.head) < textHeight/2
	g.caption(tb)
	g.row(g.head, g.strong, true)
	rows := g.rows(tb)
	for n, cells := range rows {
		switch left := len(rows) - n; {
		case left == 1 && behind > 0:
			g.keep(g.height(cells) + g.below(tb) + behind)
		case left == document.LastRows:
			h := g.below(tb)
			for _, c := range rows[n:] {
				h += g.height(c)
			}
			g.keep(h)
		}
		g.row(cells, g.styleOf(tb.Rows[n]), false)
	}
	if note := document.Clean(tb.Note); note != "" {
		t.y += 3
		t.set("注："+note, paragraph{style: style{face: t.fonts.Song, size: 10.5, pitch: 16}})
	}
	t.y += document.TableGap / 20.0
}

// rows are the cells of the rows, in lines.
func (g *grid) rows(tb document.Table) [][][][]glyph {
	rows := make([][][][]glyph, len(tb.Rows))
	for n, r := range tb.Rows {
		rows[n] = make([][][]glyph, len(g.widths))
		for i := range rows[n] {
			rows[n][i] = g.cut(i, r.Cell(i), g.styleOf(r))
		}
	}
	return rows
}

func (g *grid) styleOf(r document.Row) style {
	if r.Strong {
		return g.strong
	}
	return g.plain
}

// keep makes sure of a height on the page, where a page with the head holds it.
func (g *grid) keep(h float64) {
	if h+g.height(g.head) <= textHeight {
		g.fresh(h, false)
	}
}

// below is the height of what stands below the rows: the note, about, and the gap.
func (g *grid) below(tb document.Table) float64 {
	h := document.TableGap / 20.0
	if note := document.Clean(tb.Note); note != "" {
		st := style{face: g.t.fonts.Song, size: 10.5, pitch: 16}
		h += 3 + float64(len(g.t.cut("注："+note, paragraph{style: st})))*st.pitch
	}
	return h
}

func aligned(a document.Align) align {
	switch a {
	case document.Left:
		return ragged
	case document.Number:
		return flushRight
	}
	return centred
}

func (g *grid) cut(column int, text document.Text, st style) [][]glyph {
	w := g.widths[column] - 2*cellPadding
	return lines(g.t.shape(text.Clean().String(), st), st, w, w)
}

// caption is the title and the unit line; they stay with the head and a first row.
func (g *grid) caption(tb document.Table) {
	t := g.t
	title, unit := tb.Caption()
	need := 2 * g.height(g.head)
	if title != "" {
		need += pitch
	}
	if unit != "" {
		need += unitPitch
	}
	if need < textHeight {
		t.room(need)
	}
	if title != "" {
		t.set(title, paragraph{style: t.heading(1), align: centred})
	}
	if unit != "" {
		t.set(unit, paragraph{style: style{face: t.fonts.Song, size: 10.5, pitch: unitPitch}, align: flushRight})
	}
}

const unitPitch = 18

func (g *grid) height(cells [][][]glyph) float64 {
	most := 1
	for _, c := range cells {
		most = max(most, len(c))
	}
	return float64(most)*g.plain.pitch + 2*g.gap
}

// row sets a row whole; on a new page the head comes first. A row that no page could hold is cut
// into pieces of whole lines.
func (g *grid) row(cells [][][]glyph, st style, isHead bool) {
	t := g.t
	full := textHeight
	if g.repeats && !isHead {
		full -= g.height(g.head)
	}
	for {
		h := g.height(cells)
		if h <= full {
			g.fresh(h, isHead)
			g.draw(cells, st, h, isHead)
			return
		}
		if t.y+3*g.plain.pitch+2*g.gap > textHeight {
			g.fresh(full, isHead)
		}
		fit := max(1, int((textHeight-t.y-2*g.gap)/g.plain.pitch))
		piece, rest := make([][][]glyph, len(cells)), make([][][]glyph, len(cells))
		for i, c := range cells {
			n := min(fit, len(c))
			piece[i], rest[i] = c[:n], c[n:]
		}
		g.draw(piece, st, float64(fit)*g.plain.pitch+2*g.gap, isHead)
		cells = rest
	}
}

// fresh makes room for a height and repeats the head if that took a new page.
func (g *grid) fresh(h float64, isHead bool) {
	if g.t.room(h) && g.repeats && !isHead {
		g.draw(g.head, g.strong, g.height(g.head), true)
	}
}

func (g *grid) draw(cells [][][]glyph, st style, h float64, isHead bool) {
	t := g.t
	x, y := left+(textWidth-document.TextTwips/20.0)/2, t.y
	t.rule(x, top+y, x+document.TextTwips/20.0, top+y, tableRule, false)
	t.rule(x, top+y+h, x+document.TextTwips/20.0, top+y+h, tableRule, false)
	for i, cell := range cells {
		t.rule(x, top+y, x, top+y+h, tableRule, false)
		a := g.aligns[i]
		if isHead {
			a = centred
		}
		t.y = y + (h-float64(len(cell))*st.pitch)/2
		for n, line := range cell {
			t.line(trim(line), paragraph{style: st, align: a}, x+cellPadding, g.widths[i]-2*cellPadding, n == len(cell)-1)
			t.y += st.pitch
		}
		x += g.widths[i]
	}
	t.rule(x, top+y, x, top+y+h, tableRule, false)
	t.y = y + h
}
