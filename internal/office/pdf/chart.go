package pdf

import (
	"strconv"

	"github.com/sangzi/sangzi/internal/office/document"
)

// plot is a chart being drawn; lengths in points, x and y of the page.
type plot struct {
	t              *typesetter
	c              document.Chart
	text           style
	x, y, w, h     float64 // the field of the values
	low, high, per float64 // the scale, and points for one of it
	step           float64
}

const (
	chartLegend = 18.0
	chartAxis   = 16.0
	captionRoom = 26.0
)

// chart draws a chart with its number and title below, whole on one page and with a height behind
// it where they fit.
func (t *typesetter) chart(c document.Chart, behind float64) {
	c = c.Shown()
	if len(c.Labels) == 0 || len(c.Series) == 0 {
		return
	}
	t.charts++
	height := document.Points(c.Height())
	unit := 0.0
	if c.Unit != "" {
		unit = unitPitch
	}
	t.with(unit+height+captionRoom, behind)
	p := &plot{t: t, c: c, text: style{face: t.fonts.Song, size: 9, pitch: 12}}
	if c.Unit != "" {
		st := style{face: t.fonts.Song, size: 10.5, pitch: unitPitch}
		t.line(p.fit("单位："+c.Unit, st, textWidth), paragraph{style: st, align: flushRight}, left, textWidth, true)
		t.y += unitPitch
	}
	p.low, p.high, p.step = c.Range()
	above := top + t.y
	if len(c.Series) > 1 {
		p.legend(above)
		above += chartLegend
	}
	if c.Kind == document.LineChart {
		p.lines(above, top+t.y+height)
	} else {
		p.bars(above, top+t.y+height)
	}
	t.y += height
	st := style{face: t.fonts.Hei, size: 12, pitch: captionRoom - 6}
	t.set("图"+strconv.Itoa(t.charts)+"　"+c.Title, paragraph{style: st, align: centred})
	t.y += 6
}

// Fillings of bars and looks of lines, told apart without colour.
var (
	greens = [3]uint8{0x1f, 0x6b, 0x45}
	fills  = [][3]uint8{{255, 255, 255}, greens, {0xbf, 0xbf, 0xbf}, {0x59, 0x59, 0x59}}
	dashes = [][]float64{nil, {4, 2}, {1, 2}, {7, 2, 1, 2}}
)

func (p *plot) fill(series int) [3]uint8 {
	switch {
	case len(p.c.Series) == 1:
		return greens
	case series == 1 && p.c.Overlaid():
		return [3]uint8{0xa9, 0xcd, 0xb8} // black figures stand on it
	}
	return fills[series]
}

// box draws a filled box with a thin outline.
func (t *typesetter) box(x, y, w, h float64, fill [3]uint8) {
	if t.err != nil || w <= 0 {
		return
	}
	t.out.SetLineWidth(0.5)
	t.out.SetStrokeColor(0, 0, 0)
	t.out.SetFillColor(fill[0], fill[1], fill[2])
	t.out.RectFromUpperLeftWithStyle(x, y, w, h, "FD")
}

// legend names the series in a row in the middle.
func (p *plot) legend(y float64) {
	t := p.t
	const sample, gap = 22.0, 18.0
	total := -gap
	names := make([][]glyph, len(p.c.Series))
	for i, s := range p.c.Series {
		names[i] = p.fit(s.Name, p.text, textWidth/float64(len(p.c.Series))-sample-4-gap)
		total += sample + 4 + width(names[i]) + gap
	}
	x := left + (textWidth-total)/2
	for i, name := range names {
		if p.c.Kind == document.LineChart {
			p.stroke(i, x, y+6, x+sample, y+6)
			p.mark(i, x+sample/2, y+6)
		} else {
			t.box(x, y+2, sample, 8, p.fill(i))
		}
		x += sample + 4
		t.draw(name, p.text, x, y+9, 0)
		x += width(name) + gap
	}
}

// bars draws a row of bars for each label, the labels on the left.
func (p *plot) bars(above, below float64) {
	t, n := p.t, len(p.c.Labels)
	row := (below - chartAxis - above) / float64(n)
	if row < 14 {
		p.text.size = 8
	}
	small := p.text
	small.size = min(p.text.size, row*0.68)
	widest, values := 0.0, 0.0
	for k, l := range p.c.Labels {
		widest = max(widest, width(t.shape(l, p.text)))
		for _, s := range p.c.Series {
			values = max(values, width(p.value(s, k, small)))
		}
	}
	widest = min(widest, textWidth/3)
	p.x, p.y, p.w, p.h = left+widest+6, above, textWidth-widest-6-values-6, below-chartAxis-above
	p.per = p.w / (p.high - p.low)
	for v := p.low; v <= p.high+p.step/2; v += p.step {
		x := p.x + (v-p.low)*p.per
		p.grid(x, p.y, x, p.y+p.h)
		label := t.shape(axis(v), p.text)
		t.draw(label, p.text, x-width(label)/2, below-4, 0)
	}
	zero := p.x - p.low*p.per
	for k, l := range p.c.Labels {
		y := above + float64(k)*row
		label := p.fit(l, p.text, widest)
		t.draw(label, p.text, p.x-6-width(label), y+row/2+p.text.size*0.36, 0)
		p.group(k, y, row, zero, small)
	}
	t.rule(zero, p.y, zero, p.y+p.h, 0.7, false)
}

// group draws the bars of a label with their values, beside each other or one over the other.
func (p *plot) group(k int, y, row, zero float64, st style) {
	t, beside := p.t, len(p.c.Series)
	if p.c.Overlaid() {
		beside = 1
	}
	thick := row * 0.78 / float64(beside)
	for i, s := range p.c.Series {
		from, to := zero, zero+s.Values[k]*p.per
		bar := y + row*0.11
		if beside > 1 {
			bar += float64(i) * thick
		}
		t.box(min(from, to), bar, max(from, to)-min(from, to), thick, p.fill(i))
		x := max(from, to) + 3
		switch {
		case p.c.Overlaid() && i == 0:
			x = max(x, zero+p.c.Series[1].Values[k]*p.per+3)
		case p.c.Overlaid() && s.Values[k] == 0 && p.c.Series[0].Values[k] == 0:
			continue // one nought is enough
		case p.c.Overlaid():
			x = zero + 3
		case p.c.Dense() && i+1 < beside:
			continue
		}
		t.draw(p.value(s, k, st), st, x, bar+thick/2+st.size*0.36, 0)
	}
}

// value is what is written of a value.
func (p *plot) value(s document.Series, k int, st style) []glyph {
	return p.fit(s.Texts[k].String(), st, textWidth/5)
}

// fit is a text cut to a width; that something is cut off is shown.
func (p *plot) fit(text string, st style, room float64) []glyph {
	line := p.t.shape(text, st)
	if width(line) <= room+0.01 {
		return line
	}
	more := p.t.shape("…", st)
	for len(line) > 0 && width(line)+width(more) > room {
		line = line[:len(line)-1]
	}
	return append(line, more...)
}

// lines draws the series from left to right, the scale on the left.
func (p *plot) lines(above, below float64) {
	t, n := p.t, len(p.c.Labels)
	widest := 0.0
	for v := p.low; v <= p.high+p.step/2; v += p.step {
		widest = max(widest, width(t.shape(axis(v), p.text)))
	}
	p.x, p.y, p.w, p.h = left+widest+6, above+10, textWidth-widest-6, below-chartAxis-above-10
	p.per = p.h / (p.high - p.low)
	at := func(v float64) float64 { return p.y + p.h - (v-p.low)*p.per }
	for v := p.low; v <= p.high+p.step/2; v += p.step {
		p.grid(p.x, at(v), p.x+p.w, at(v))
		label := t.shape(axis(v), p.text)
		t.draw(label, p.text, p.x-6-width(label), at(v)+3, 0)
	}
	x := func(k int) float64 { return p.x + p.w*(float64(k)+0.5)/float64(n) }
	for k, l := range p.c.Labels {
		label := p.fit(l, p.text, 2*p.w/float64(n))
		if room := p.w / float64(n); width(label) <= room || k%2 == 0 {
			t.draw(label, p.text, x(k)-width(label)/2, below-4, 0)
		}
	}
	for i, s := range p.c.Series {
		for k := 1; k < n; k++ {
			p.stroke(i, x(k-1), at(s.Values[k-1]), x(k), at(s.Values[k]))
		}
		for k := range n {
			p.mark(i, x(k), at(s.Values[k]))
			label := p.value(s, k, p.text)
			y := at(s.Values[k]) + 13
			if p.c.Above(i) {
				y = at(s.Values[k]) - 6
			}
			t.draw(label, p.text, x(k)-width(label)/2, min(y, p.y+p.h-2), 0)
		}
	}
	t.rule(p.x, p.y+p.h, p.x+p.w, p.y+p.h, 0.7, false)
}

func (p *plot) grid(x1, y1, x2, y2 float64) {
	if p.t.err != nil {
		return
	}
	p.t.out.SetLineWidth(0.25)
	p.t.out.SetStrokeColor(0xbf, 0xbf, 0xbf)
	p.t.out.Line(x1, y1, x2, y2)
}

// stroke draws a piece of a series' line.
func (p *plot) stroke(series int, x1, y1, x2, y2 float64) {
	if p.t.err != nil {
		return
	}
	p.t.out.SetCustomLineType(dashes[series], 0)
	p.t.rule(x1, y1, x2, y2, 1.2, false)
	p.t.out.SetCustomLineType(nil, 0)
}

// mark draws a series' mark around a point.
func (p *plot) mark(series int, x, y float64) {
	const r = 2.4
	p.t.box(x-r, y-r, 2*r, 2*r, [][3]uint8{greens, {255, 255, 255}, {0xbf, 0xbf, 0xbf}, {0x59, 0x59, 0x59}}[series])
}

func axis(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
