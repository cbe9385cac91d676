package scene

import "math"

// leaves and flowers.
var (
	leaves  = []tint{{86, 134, 66}, {104, 150, 72}, {72, 118, 62}, {120, 156, 84}, {64, 110, 74}}
	flowers = map[string]tint{"黄花风铃木": {238, 194, 58}, "宫粉紫荆": {222, 150, 190}, "木棉": {206, 70, 48}}
	bark    = tint{104, 82, 62}
	pole    = tint{176, 148, 104}
	soil    = tint{128, 96, 68}
)

// sapling is a young tree at its foot, so high, with what holds it.
func (p *painter) sapling(x, y, h float64) {
	light := p.weather.light
	p.blob(x-p.sun*h*0.22, y+h*0.015, h*0.3, h*0.045, tint{30, 34, 26}.alpha(0.2))
	p.blob(x, y, h*0.17, h*0.05, soil.lit(light).solid())
	p.blob(x-h*0.02, y-h*0.012, h*0.12, h*0.03, soil.lit(light*1.15).solid())
	lean := p.between(-0.03, 0.03) * h
	top := point{x + lean, y - h*0.62}
	p.stakes(x, y, h)
	p.line(point{x, y}, top, h*0.035, h*0.02, bark.lit(light).solid())
	p.crown(top.x, y-h*0.7, h*p.between(0.2, 0.28), h*p.between(0.22, 0.3))
}

// stakes hold a young tree: three poles, or one.
func (p *painter) stakes(x, y, h float64) {
	col := pole.lit(p.weather.light)
	w := h * 0.022
	if p.Seed%3 == 0 {
		p.line(point{x + h*0.08, y + h*0.02}, point{x + h*0.07, y - h*0.6}, w, w, col.solid())
		p.line(point{x - h*0.01, y - h*0.4}, point{x + h*0.09, y - h*0.4}, w*0.8, w*0.8, col.lit(0.8).solid())
		return
	}
	knot := point{x, y - h*0.45}
	p.line(point{x - h*0.2, y + h*0.015}, point{knot.x + h*0.05, knot.y - h*0.04}, w, w, col.solid())
	p.line(point{x + h*0.21, y + h*0.01}, point{knot.x - h*0.05, knot.y - h*0.04}, w, w, col.lit(0.9).solid())
	p.line(point{x + h*0.04, y + h*0.06}, point{knot.x, knot.y - h*0.04}, w, w, col.lit(1.08).solid())
	p.line(point{knot.x - h*0.07, knot.y + h*0.03}, point{knot.x + h*0.07, knot.y + h*0.03}, w*0.8, w*0.8, col.lit(0.75).solid())
}

// crown is leaves around a place: dark ones behind, lighter where the light is.
func (p *painter) crown(x, y, rx, ry float64) {
	leaf := leaves[p.Seed/7%uint64(len(leaves))].lit(p.weather.light)
	flower, blooms := flowers[p.Flower]
	n := 9 + int(rx*260)
	small := math.Sqrt(12 / float64(n+3)) // many leaves are small ones
	for i := range n {
		a, d := p.between(0, 2*math.Pi), math.Sqrt(p.r.Float64())
		dx, dy := math.Cos(a)*d, math.Sin(a)*d
		col := leaf.lit(0.78 + 0.4*float64(i)/float64(n) + 0.12*(dx*p.sun-dy))
		if blooms && i > n/3 && i%3 != 0 {
			col = flower.lit(p.between(0.86, 1.1))
		}
		size := p.between(0.28, 0.48) * small
		p.blob(x+dx*rx*0.8, y+dy*ry*0.8, rx*size, ry*size*0.8, col.alpha(0.96))
	}
}

// bigTree is an old tree, a banyan at most villages' mouth.
func (p *painter) bigTree(x, y, h float64) {
	light := p.weather.light
	wood := tint{92, 76, 62}.lit(light)
	for range 4 {
		dx := p.between(-0.03, 0.03) * h
		p.line(point{x + dx, y}, point{x + dx*3, y - h*0.55}, h*0.06, h*0.03, wood.lit(p.between(0.8, 1.1)).solid())
	}
	leaf := tint{58, 96, 56}.lit(light * p.between(0.85, 1.15))
	for i := range 46 {
		a, d := p.between(0, 2*math.Pi), math.Sqrt(p.r.Float64())
		dx, dy := math.Cos(a)*d, math.Sin(a)*d
		col := leaf.lit(0.75 + 0.45*float64(i)/46 + 0.14*(dx*p.sun-dy))
		p.blob(x+dx*h*0.4, y-h*0.72+dy*h*0.26, h*p.between(0.06, 0.13), h*p.between(0.04, 0.09), col.solid())
	}
}

// bush is a small clump of green.
func (p *painter) bush(x, y, h float64) {
	leaf := leaves[p.r.IntN(len(leaves))].lit(p.weather.light * 0.85)
	for range 6 {
		p.blob(x+p.between(-0.8, 0.8)*h, y-p.between(0.1, 0.6)*h, h*p.between(0.3, 0.6), h*p.between(0.25, 0.45), leaf.lit(p.between(0.8, 1.2)).solid())
	}
}

// grass puts tufts between two heights, smaller the farther.
func (p *painter) grass(from, to float64, col tint, n int) {
	for range n {
		t := math.Sqrt(p.r.Float64())
		y := from + (to-from)*t
		x, h := p.between(0, wide), 0.006+0.028*t*(y-p.horizon+0.1)
		for k := range 3 {
			dx := (float64(k) - 1 + p.between(-0.3, 0.3)) * h * 0.6
			p.line(point{x, y}, point{x + dx, y - h*p.between(0.6, 1.1)}, h*0.16, 0, col.lit(p.between(0.78, 1.25)).alpha(0.8))
		}
	}
}

// pebbles are darker and lighter specks on the ground.
func (p *painter) pebbles(from, to float64, col tint, n int) {
	for range n {
		t := p.r.Float64()
		y := from + (to-from)*t
		p.blob(p.between(0, wide), y, (0.002+0.008*t)*p.between(0.5, 1.4), (0.001+0.003*t)*p.between(0.6, 1.2), col.lit(p.between(0.8, 1.2)).alpha(0.55))
	}
}
