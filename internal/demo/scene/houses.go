package scene

// walls and roofs of the villages around 普宁: plaster gone grey, bricks, tiles.
var (
	walls = []tint{{226, 220, 206}, {206, 198, 184}, {198, 172, 150}, {232, 230, 224}, {190, 188, 182}}
	roofs = []tint{{104, 84, 76}, {126, 82, 66}, {92, 92, 94}}
)

// house is one of one storey with a tiled roof, or of two or three with a flat one; its foot
// stands at y.
func (p *painter) house(x, y, w, h float64) {
	wall := walls[p.r.IntN(len(walls))].lit(p.weather.light)
	if p.share(0.5) {
		p.tiled(x, y, w, h*0.72, wall)
		return
	}
	p.box(x, y-h, w, h, wall.solid())
	side := x
	if p.sun < 0 {
		side = x + w*0.72
	}
	p.box(side, y-h, w*0.28, h, wall.lit(0.86).solid())
	p.box(x-w*0.03, y-h-w*0.04, w*1.06, w*0.06, wall.lit(0.78).solid())
	glass := tint{74, 92, 104}.lit(p.weather.light)
	floors := 2 + p.r.IntN(2)
	for f := range floors {
		for k := range 3 {
			p.box(x+w*(0.12+0.3*float64(k)), y-h*(float64(f)+0.8)/float64(floors), w*0.16, h*0.42/float64(floors), glass.lit(p.between(0.8, 1.2)).solid())
		}
	}
}

// tiled is a house of one storey: a door with red paper at both sides, two windows.
func (p *painter) tiled(x, y, w, h float64, wall tint) {
	roof := roofs[p.r.IntN(len(roofs))].lit(p.weather.light)
	p.box(x, y-h*0.66, w, h*0.66, wall.solid())
	p.box(x, y-h*0.1, w, h*0.1, wall.lit(0.78).solid())
	p.shape(roof.solid(), point{x - w*0.05, y - h*0.62}, point{x + w*0.06, y - h*0.96}, point{x + w*0.94, y - h*0.96}, point{x + w*1.05, y - h*0.62})
	p.line(point{x + w*0.02, y - h}, point{x + w*0.98, y - h}, h*0.07, h*0.07, roof.lit(0.72).solid())
	for k := range 12 {
		at := x + w*(0.04+float64(k)*0.084)
		p.line(point{x + w*0.5 + (at-x-w*0.5)*0.93, y - h*0.94}, point{at, y - h*0.63}, h*0.012, h*0.018, roof.lit(0.86).solid())
	}
	p.door(x+w*0.5, y, h*0.46)
	glass := tint{70, 78, 82}.lit(p.weather.light).solid()
	for _, k := range []float64{0.16, 0.74} {
		p.box(x+w*k, y-h*0.46, w*0.12, h*0.2, glass)
	}
}

func (p *painter) door(x, y, h float64) {
	p.box(x-h*0.3, y-h, h*0.6, h, tint{98, 62, 48}.lit(p.weather.light).solid())
	p.box(x-h*0.01, y-h, h*0.02, h, tint{60, 40, 34}.solid())
	red := tint{188, 44, 38}.lit(p.weather.light).solid()
	p.box(x-h*0.42, y-h*0.92, h*0.09, h*0.8, red)
	p.box(x+h*0.33, y-h*0.92, h*0.09, h*0.8, red)
	p.box(x-h*0.3, y-h*1.14, h*0.6, h*0.1, red)
}

// village is some houses and trees at the far side of the ground.
func (p *painter) village(y float64) {
	x := p.between(-0.1, 0.5)
	for range 2 + p.r.IntN(5) {
		w, h := p.between(0.09, 0.2), p.between(0.07, 0.15)
		if p.share(0.5) {
			p.bush(x-0.02, y, p.between(0.03, 0.07))
		}
		p.house(x, y, w, h)
		x += w + p.between(0.01, 0.14)
	}
	for range p.r.IntN(4) {
		p.bush(p.between(0, wide), y+0.005, p.between(0.03, 0.08))
	}
}

// templeHall is a hall of the ancestors: a ridge that turns up, columns, steps.
func (p *painter) templeHall(x, y, w, h float64) {
	light := p.weather.light
	wall, roof := tint{206, 200, 190}.lit(light), tint{84, 78, 78}.lit(light)
	p.box(x, y-h*0.6, w, h*0.6, wall.solid())
	p.box(x+w*0.3, y-h*0.55, w*0.4, h*0.55, tint{66, 52, 46}.lit(light).solid())
	p.door(x+w*0.5, y, h*0.36)
	for _, k := range []float64{0.3, 0.7} {
		p.line(point{x + w*k, y}, point{x + w*k, y - h*0.58}, w*0.02, w*0.02, tint{150, 146, 140}.lit(light).solid())
	}
	p.shape(roof.solid(), point{x - w*0.06, y - h*0.56}, point{x + w*0.05, y - h*0.86}, point{x + w*0.95, y - h*0.86}, point{x + w*1.06, y - h*0.56})
	ridge := tint{150, 64, 48}.lit(light).solid()
	p.shape(ridge, point{x + w*0.02, y - h*1.04}, point{x + w*0.12, y - h*0.92}, point{x + w*0.88, y - h*0.92}, point{x + w*0.98, y - h*1.04},
		point{x + w*0.95, y - h*0.84}, point{x + w*0.05, y - h*0.84})
	for k := range 16 {
		at := x + w*(float64(k)*0.0667)
		p.line(point{x + w*0.5 + (at-x-w*0.5)*0.9, y - h*0.84}, point{at, y - h*0.57}, h*0.01, h*0.016, roof.lit(0.84).solid())
	}
	for k := range 3 {
		p.box(x+w*(0.26-0.02*float64(k)), y+h*0.03*float64(k), w*(0.48+0.04*float64(k)), h*0.03, wall.lit(0.95-0.1*float64(k)).solid())
	}
}

// poles carry a wire along a road that vanishes at v.
func (p *painter) poles(v point, near float64) {
	var before point
	for i := range 4 {
		z := 1 + float64(3-i)*1.4
		at := point{v.x + (near-v.x)/z, v.y + 0.5/z}
		h := 0.9 / z
		col := tint{128, 126, 122}.lit(p.weather.light).solid()
		p.line(at, point{at.x, at.y - h}, 0.02/z, 0.014/z, col)
		p.line(point{at.x - 0.05/z, at.y - h*0.94}, point{at.x + 0.05/z, at.y - h*0.94}, 0.01/z, 0.01/z, col)
		tip := point{at.x, at.y - h*0.95}
		if i > 0 {
			p.line(before, tip, 0.002, 0.003, tint{70, 72, 74}.alpha(0.8))
		}
		before = tip
	}
}
