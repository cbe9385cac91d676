package scene

import "slices"

// plant is one plant of the scene at its foot: planted and held, or waiting with its roots in a bag.
func (p *painter) plant(at point, size float64) {
	h := p.tall(at.y) * size * p.between(0.9, 1.1)
	if p.Work == Seedlings {
		p.bagged(at.x, at.y, h*0.62)
		return
	}
	if p.Work == Tending {
		h *= 1.12
	}
	p.sapling(at.x, at.y, h)
}

// bagged is a seedling with its roots in a black bag.
func (p *painter) bagged(x, y, h float64) {
	p.blob(x-p.sun*h*0.12, y, h*0.26, h*0.05, tint{30, 34, 26}.alpha(0.22))
	top := point{x + p.between(-0.06, 0.06)*h, y - h*0.7}
	p.line(point{x, y - h*0.2}, top, h*0.04, h*0.02, bark.lit(p.weather.light).solid())
	bag := tint{52, 50, 48}.lit(p.weather.light * p.between(0.9, 1.2))
	p.shape(bag.solid(), point{x - h*0.15, y - h*0.26}, point{x + h*0.15, y - h*0.26}, point{x + h*0.12, y}, point{x - h*0.12, y})
	p.blob(x, y-h*0.26, h*0.15, h*0.035, soil.lit(0.8).solid())
	p.crown(top.x, top.y-h*0.05, h*p.between(0.2, 0.27), h*p.between(0.24, 0.32))
}

// row is plants from far to near along a line that vanishes at v; near is where it leaves the
// picture, gap how far they stand apart.
func (p *painter) row(v, near point, gap float64, n int) {
	var list []point
	for i := range n {
		z := 1 + gap*float64(i)
		list = append(list, point{v.x + (near.x-v.x)/z, v.y + (near.y-v.y)/z})
	}
	slices.Reverse(list)
	for _, at := range list {
		p.plant(point{at.x, at.y}, 1)
	}
}

// across is plants in a line across the picture that falls or rises by slope.
func (p *painter) across(y, slope, from, to float64, n int) {
	for i := range n {
		share := (float64(i) + p.between(0.3, 0.7)) / float64(n)
		x := from + (to-from)*share
		p.plant(point{x, y + slope*(share-0.5)}, 1)
	}
}

// things are what lies about at work: buckets, heaps of soil.
func (p *painter) things() {
	for range 1 + p.r.IntN(3) {
		x, y := p.between(0.1, wide-0.1), p.between(0.8, 0.96)
		if p.Work == Planting && p.share(0.5) {
			p.blob(x, y, 0.06, 0.022, soil.lit(p.weather.light*0.9).solid())
			p.blob(x-0.012, y-0.012, 0.038, 0.018, soil.lit(p.weather.light*1.1).solid())
			continue
		}
		p.bucket(x, y, p.tall(y)*0.22)
	}
}
