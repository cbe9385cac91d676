package scene

import "math"

// meadow and clay are what most of the ground is.
var (
	meadow   = tint{134, 154, 92}
	clay     = tint{176, 142, 104}
	concrete = tint{188, 186, 180}
	water    = tint{132, 162, 168}
)

// ground fills what lies under the horizon.
func (p *painter) ground(y float64, col tint) {
	col = col.lit(p.weather.light)
	p.below(func(float64) float64 { return y }, 1, mix(col, p.weather.low, 0.3), col.lit(0.92), p.sun*1.6)
}

// hillside is a slope with terraces.
func (p *painter) hillside() {
	slope, bump, at := p.side()*p.between(0.1, 0.34), p.between(0.02, 0.14), p.between(0.2, 1.1)
	base := p.horizon + p.between(0.04, 0.14)
	col := mix(meadow, clay, p.between(0.2, 0.9)).lit(p.weather.light)
	line := func(down float64) func(float64) float64 {
		return func(x float64) float64 {
			d := (x - at) / 0.4
			return base + down + (slope*(x-wide/2)-bump*math.Exp(-d*d))*(1-down*0.9)
		}
	}
	p.ground(p.horizon+0.03, meadow)
	p.below(line(0), 1, mix(col, p.weather.low, 0.2), col, p.sun*1.6)
	p.grass(base, base+0.25, meadow.lit(p.weather.light*0.9), 60)
	rows := 3 + p.r.IntN(2)
	for i := range rows {
		down := 0.06 + 0.5*math.Pow(float64(i+1)/float64(rows), 1.35)
		f := line(down - 0.02)
		p.below(f, base+down+0.3, col.lit(0.8), mix(col, meadow, 0.3), p.sun)
		p.below(line(down), base+down+0.35, mix(col, clay, 0.5).lit(1.04), col.lit(0.95), p.sun)
		n := 9 - 2*i + p.r.IntN(3)
		for k := range n {
			x := wide * (float64(k) + p.between(0.25, 0.75)) / float64(n)
			p.plant(point{x, line(down + 0.025)(x)}, 0.62+0.1*float64(i))
		}
	}
	p.grass(0.82, 1.02, meadow.lit(p.weather.light*0.85), 90)
	p.people(point{p.between(0.2, 1.1), 0.78}, point{p.between(0.15, 0.6), 0.93}, point{p.between(0.7, 1.2), 0.97})
}

// roadside is a road that vanishes, with plants along it.
func (p *painter) roadside() {
	v := point{p.between(0.25, wide-0.25), p.horizon + 0.03}
	p.ground(v.y, mix(meadow, clay, p.between(0, 0.5)))
	p.village(v.y + p.between(0.01, 0.05))
	p.grass(v.y+0.03, 1.02, meadow.lit(p.weather.light*0.85), 170)
	mid, half := wide/2+p.between(-0.25, 0.25), p.between(0.16, 0.32)
	road := concrete.lit(p.weather.light * p.between(0.86, 1.02))
	p.shape(road.solid(), point{v.x - 0.008, v.y}, point{v.x + 0.008, v.y}, point{mid + half, 1.02}, point{mid - half, 1.02})
	p.line(point{v.x - 0.008, v.y}, point{mid - half, 1.02}, 0.003, 0.03, road.lit(1.12).solid())
	p.line(point{v.x + 0.008, v.y}, point{mid + half, 1.02}, 0.003, 0.03, road.lit(0.84).solid())
	left, right := mid-half-p.between(0.06, 0.16), mid+half+p.between(0.06, 0.16)
	if p.share(0.5) {
		left, right = right, left
	}
	if p.share(0.5) {
		p.poles(v, right+(right-mid)*0.3)
	}
	gap := p.between(0.34, 0.6)
	if p.share(0.5) {
		p.row(v, point{right, 1}, gap, 9)
	}
	p.row(v, point{left, 0.98}, gap, 11)
	p.people(point{v.x + (left-v.x)*0.5, v.y + 0.25}, point{left + (mid-left)*0.45, 0.9}, point{mid + (right-mid)*0.3, 0.95})
	p.things()
}

// yard is the ground before a house.
func (p *painter) yard() {
	foot := p.horizon + p.between(0.16, 0.26)
	p.ground(p.horizon+0.06, meadow)
	if p.share(0.6) {
		p.bigTree(p.between(0, wide), foot, p.between(0.4, 0.7))
	}
	x, w := p.between(-0.15, 0.5), p.between(0.5, 0.85)
	if p.share(0.4) {
		p.house(x+w+0.03, foot-0.02, p.between(0.25, 0.45), p.between(0.28, 0.42))
	}
	if p.share(0.5) {
		p.tiled(x, foot, w, p.between(0.34, 0.46), walls[p.r.IntN(len(walls))].lit(p.weather.light))
	} else {
		p.house(x, foot, w, p.between(0.4, 0.56))
	}
	col := mix(concrete, clay, p.between(0, 1)).lit(p.weather.light)
	p.below(func(float64) float64 { return foot }, 1, col.lit(0.95), col, p.sun*1.6)
	p.pebbles(foot+0.02, 1, col, 90)
	bed := point{p.between(0, 0.25), p.between(foot+0.05, 0.8)}
	to := p.between(0.85, wide)
	p.shape(soil.lit(p.weather.light).solid(), point{bed.x, bed.y}, point{to, bed.y}, point{to + 0.06, bed.y + 0.1}, point{bed.x - 0.06, bed.y + 0.1})
	p.line(point{bed.x - 0.06, bed.y + 0.1}, point{to + 0.06, bed.y + 0.1}, 0.02, 0.02, concrete.lit(p.weather.light*0.85).solid())
	p.across(bed.y+0.06, 0, bed.x, to, 3+p.r.IntN(4))
	p.people(point{p.between(0.1, 1.2), 0.85}, point{p.between(0.2, 0.7), 0.93}, point{p.between(0.6, 1.2), 0.97})
	p.things()
}

// pond is water with a bank in front.
func (p *painter) pond() {
	far := p.horizon + p.between(0.04, 0.1)
	p.ground(p.horizon+0.03, meadow)
	p.village(far)
	col := mix(water, p.weather.low, 0.35).lit(p.weather.light)
	p.below(func(float64) float64 { return far + 0.01 }, 1, mix(col, tint{96, 120, 108}, 0.45), col, p.sun*2)
	for range 26 {
		y := p.between(far+0.03, 0.85)
		p.blob(p.between(0, wide), y, p.between(0.03, 0.14), p.between(0.002, 0.005), mix(col, p.weather.low, p.between(0, 0.9)).alpha(0.5))
	}
	for range 3 + p.r.IntN(5) {
		p.blob(p.between(0, wide), far+0.05, p.between(0.03, 0.1), p.between(0.02, 0.07), tint{84, 112, 88}.alpha(0.4))
	}
	slope, bend, at := p.side()*p.between(0.04, 0.3), p.between(-0.1, 0.1), p.between(0, 6)
	shore := p.between(0.68, 0.8)
	bank := func(x float64) float64 { return shore + slope*(x-wide/2) + bend*math.Sin(3*x+at) }
	land := mix(meadow, clay, p.between(0.1, 0.8)).lit(p.weather.light)
	p.below(func(x float64) float64 { return bank(x) - 0.018 }, 1, soil.lit(0.9), soil, p.sun)
	p.below(bank, 1.1, land, land.lit(0.9), p.sun*1.6)
	p.grass(shore-0.02, 1.03, meadow.lit(p.weather.light*0.85), 130)
	n := 4 + p.r.IntN(4)
	for i := range n {
		x := wide * (float64(i) + p.between(0.2, 0.8)) / float64(n)
		p.plant(point{x, bank(x) + 0.035}, 0.95)
	}
	p.people(point{p.between(0.1, 1.2), shore + 0.12}, point{p.between(0.1, 0.6), 0.95}, point{p.between(0.7, 1.2), 0.98})
}

// field is open ground with rows that vanish.
func (p *painter) field() {
	v := point{p.between(0.1, wide-0.1), p.horizon + 0.02}
	col := mix(clay, meadow, p.between(0, 0.7)).lit(p.weather.light)
	p.ground(v.y, col)
	if p.share(0.7) {
		p.village(v.y + 0.012)
	}
	n := 4 + p.r.IntN(3)
	wideApart := p.between(0.34, 0.55)
	for i := range 2*n + 1 {
		near := v.x + (float64(i-n)+0.5)*wideApart
		p.line(v, point{near, 1.05}, 0.001, 0.09, col.lit(0.84).solid())
	}
	p.pebbles(v.y+0.05, 1, col, 70)
	p.grass(v.y+0.06, 1.02, meadow.lit(p.weather.light*0.9), 60)
	gap := p.between(0.4, 0.7)
	for k := 5; k >= 0; k-- {
		z := 1 + gap*float64(k)
		for i := range 2*n + 1 {
			at := point{v.x + (float64(i-n))*wideApart/z, v.y + (0.97-v.y)/z}
			if at.x > -0.1 && at.x < wide+0.1 {
				p.plant(at, 0.9)
			}
		}
	}
	p.people(point{p.between(0.2, 1.1), 0.7}, point{p.between(0.15, 0.6), 0.9}, point{p.between(0.7, 1.2), 0.96})
}

// hall is the place before a hall of the ancestors.
func (p *painter) hall() {
	foot := p.horizon + p.between(0.12, 0.2)
	p.ground(p.horizon+0.05, meadow)
	w := p.between(0.5, 0.8)
	x := p.between(-0.1, wide-w+0.1)
	if p.share(0.5) {
		p.village(foot - 0.01)
	}
	p.templeHall(x, foot, w, p.between(0.3, 0.42))
	if p.share(0.7) {
		p.bigTree(x+w/2+p.side()*p.between(0.4, 0.65), foot+0.03, p.between(0.5, 0.8))
	}
	col := mix(concrete, tint{196, 170, 150}, p.between(0, 0.8)).lit(p.weather.light)
	p.below(func(float64) float64 { return foot + 0.035 }, 1, col.lit(0.94), col, p.sun*1.6)
	v := point{x + w/2, p.horizon}
	for i := range 13 {
		near := v.x + float64(i-6)*0.36
		p.line(point{v.x + (near-v.x)*0.28, foot + 0.035}, point{near, 1.05}, 0.001, 0.005, col.lit(0.88).solid())
	}
	for _, y := range []float64{foot + 0.09, foot + 0.19, foot + 0.36} {
		p.line(point{0, y}, point{wide, y}, 0.003, 0.003, col.lit(0.88).solid())
	}
	for _, side := range []float64{-1, 1} {
		for k := 3 - p.r.IntN(2); k >= 0; k-- {
			z := 1 + 0.45*float64(k)
			at := point{v.x + side*p.between(0.42, 0.6)/z, v.y + 0.6/z}
			s := p.tall(at.y) * 0.24
			p.shape(soil.lit(p.weather.light*0.9).solid(), point{at.x - s*0.85, at.y - s*0.3}, point{at.x + s*0.85, at.y - s*0.3}, point{at.x + s, at.y + s*0.3}, point{at.x - s, at.y + s*0.3})
			p.plant(at, 1.1)
		}
	}
	p.people(point{p.between(0.3, 1), foot + 0.16}, point{p.between(0.2, 0.6), 0.92}, point{p.between(0.7, 1.1), 0.96})
	p.things()
}
