package scene

import (
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// point is a place in a picture, in heights.
type point struct{ x, y float64 }

// tint is an opaque colour.
type tint struct{ r, g, b float64 }

func (t tint) alpha(a float64) color.RGBA {
	to := func(v float64) uint8 { return uint8(math.Round(max(0, min(255, v)) * a)) }
	return color.RGBA{to(t.r), to(t.g), to(t.b), uint8(math.Round(255 * a))}
}

func (t tint) solid() color.RGBA { return t.alpha(1) }

// mix is a colour between two.
func mix(a, b tint, share float64) tint {
	return tint{a.r + (b.r-a.r)*share, a.g + (b.g-a.g)*share, a.b + (b.b-a.b)*share}
}

// lit is a colour in more light, or in less below 1.
func (t tint) lit(by float64) tint { return tint{t.r * by, t.g * by, t.b * by} }

// canvas is what shapes are drawn on.
type canvas struct {
	img   *image.RGBA
	scale float64 // pixels of a height
	z     *vector.Rasterizer
}

func newCanvas(w, h int) canvas {
	return canvas{image.NewRGBA(image.Rect(0, 0, w, h)), float64(h), vector.NewRasterizer(1, 1)}
}

// within is the part of the picture that shapes between two corners touch.
func (c *canvas) within(low, high point) image.Rectangle {
	return image.Rect(int(math.Floor(low.x*c.scale)), int(math.Floor(low.y*c.scale)), int(math.Ceil(high.x*c.scale))+1, int(math.Ceil(high.y*c.scale))+1).Intersect(c.img.Bounds())
}

func (c *canvas) px(p point, at image.Point) (x, y float32) {
	return float32(p.x*c.scale) - float32(at.X), float32(p.y*c.scale) - float32(at.Y)
}

// shape fills a polygon.
func (c *canvas) shape(col color.RGBA, pts ...point) {
	low, high := pts[0], pts[0]
	for _, p := range pts[1:] {
		low, high = point{min(low.x, p.x), min(low.y, p.y)}, point{max(high.x, p.x), max(high.y, p.y)}
	}
	box := c.within(low, high)
	if box.Empty() {
		return
	}
	c.z.Reset(box.Dx(), box.Dy())
	c.z.MoveTo(c.px(pts[0], box.Min))
	for _, p := range pts[1:] {
		c.z.LineTo(c.px(p, box.Min))
	}
	c.z.ClosePath()
	c.z.Draw(c.img, box, image.NewUniform(col), image.Point{})
}

// blob fills an ellipse.
func (c *canvas) blob(x, y, rx, ry float64, col color.RGBA) {
	box := c.within(point{x - rx, y - ry}, point{x + rx, y + ry})
	if box.Empty() {
		return
	}
	const k = 0.5523 // a quarter of a circle as a curve
	c.z.Reset(box.Dx(), box.Dy())
	c.z.MoveTo(c.px(point{x + rx, y}, box.Min))
	for _, q := range [][6]float64{{1, k, k, 1, 0, 1}, {-k, 1, -1, k, -1, 0}, {-1, -k, -k, -1, 0, -1}, {k, -1, 1, -k, 1, 0}} {
		ax, ay := c.px(point{x + q[0]*rx, y + q[1]*ry}, box.Min)
		bx, by := c.px(point{x + q[2]*rx, y + q[3]*ry}, box.Min)
		cx, cy := c.px(point{x + q[4]*rx, y + q[5]*ry}, box.Min)
		c.z.CubeTo(ax, ay, bx, by, cx, cy)
	}
	c.z.Draw(c.img, box, image.NewUniform(col), image.Point{})
}

// line draws a line that is w wide at its beginning and v at its end.
func (c *canvas) line(a, b point, w, v float64, col color.RGBA) {
	dx, dy := b.x-a.x, b.y-a.y
	n := math.Hypot(dx, dy)
	if n == 0 {
		return
	}
	if min(math.Abs(dx), math.Abs(dy)) > 0.12 { // in two: what is gone through is the rectangle around a shape
		m, u := point{(a.x + b.x) / 2, (a.y + b.y) / 2}, (w+v)/2
		c.line(a, m, w, u, col)
		c.line(m, b, u, v, col)
		return
	}
	nx, ny := -dy/n/2, dx/n/2
	c.shape(col, point{a.x + nx*w, a.y + ny*w}, point{b.x + nx*v, b.y + ny*v}, point{b.x - nx*v, b.y - ny*v}, point{a.x - nx*w, a.y - ny*w})
}

// box fills an upright rectangle.
func (c *canvas) box(x, y, w, h float64, col color.RGBA) {
	c.shape(col, point{x, y}, point{x + w, y}, point{x + w, y + h}, point{x, y + h})
}

// below fills what lies under a curve, from one colour at its highest place to another at the
// height deep; sun makes one side of it lighter.
func (c *canvas) below(curve func(x float64) float64, deep float64, top, bottom tint, sun float64) {
	c.fill(curve, deep, c.img.Bounds().Dy(), top, bottom, sun)
}

// band is below, not farther down than deep: other ground covers what lies lower.
func (c *canvas) band(curve func(x float64) float64, deep float64, top, bottom tint, sun float64) {
	c.fill(curve, deep, min(c.img.Bounds().Dy(), int(deep*c.scale)+1), top, bottom, sun)
}

func (c *canvas) fill(curve func(x float64) float64, deep float64, end int, top, bottom tint, sun float64) {
	w := c.img.Bounds().Dx()
	edge, light := make([]float64, w), make([]uint32, w)
	high, low := math.Inf(1), math.Inf(-1)
	for x := range w {
		fx := float64(x) / c.scale
		edge[x] = curve(fx) * c.scale
		light[x] = uint32(256 * (1 + 0.1*sun*(fx/wide-0.5)))
		high, low = min(high, edge[x]), max(low, edge[x])
	}
	span := max(1, deep*c.scale-high)
	for y := max(0, int(math.Floor(high))); y < end; y++ {
		t := mix(top, bottom, max(0, min(1, (float64(y)-high)/span)))
		r, g, b := uint32(256*max(0, t.r)), uint32(256*max(0, t.g)), uint32(256*max(0, t.b))
		row := c.img.Pix[c.img.PixOffset(0, y):][:4*w]
		whole := float64(y) >= low
		for x, l := range light {
			px := row[4*x:][:4:4]
			tr, tg, tb := min(255, r*l>>16), min(255, g*l>>16), min(255, b*l>>16)
			if !whole {
				cover := float64(y) + 1 - edge[x]
				if cover <= 0 {
					continue
				}
				if cover < 1 {
					tr, tg, tb = between(px[0], tr, cover), between(px[1], tg, cover), between(px[2], tb, cover)
				}
			}
			binary.LittleEndian.PutUint32(px, tr|tg<<8|tb<<16|0xff000000)
		}
	}
}

// between is a part of a colour that covers another in part.
func between(under uint8, over uint32, cover float64) uint32 {
	return uint32(float64(under)*(1-cover) + float64(over)*cover)
}

// copyOver lays a mask of one colour over the picture.
func (c *canvas) copyOver(col color.RGBA, mask *image.Alpha, at image.Point) {
	draw.DrawMask(c.img, mask.Bounds().Add(at), image.NewUniform(col), image.Point{}, mask, mask.Bounds().Min, draw.Over)
}
