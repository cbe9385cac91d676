package scene

import "image/color"

// vests are what people wear who plant together: volunteers' red, others' blue and grey.
var vests = []tint{{186, 52, 44}, {186, 52, 44}, {70, 96, 132}, {110, 118, 112}, {82, 104, 78}}

// person is somebody seen from behind, as a shape: no face, nobody.
func (p *painter) person(x, y, h float64) {
	light := p.weather.light
	vest := vests[p.r.IntN(len(vests))].lit(light * p.between(0.9, 1.1))
	trousers := tint{58, 64, 74}.lit(light).solid()
	bow := p.between(-0.05, 0.05) * h // how far he leans
	p.blob(x-p.sun*h*0.12, y+h*0.005, h*0.2, h*0.025, tint{30, 34, 26}.alpha(0.22))
	p.line(point{x - h*0.055, y}, point{x - h*0.04, y - h*0.46}, h*0.075, h*0.1, trousers)
	p.line(point{x + h*0.06, y - h*0.01}, point{x + h*0.04, y - h*0.46}, h*0.075, h*0.1, trousers)
	neck := point{x + bow, y - h*0.8}
	p.shape(vest.solid(), point{x - h*0.1, y - h*0.42}, point{x - h*0.12 + bow, y - h*0.74}, point{neck.x - h*0.05, neck.y - h*0.02},
		point{neck.x + h*0.05, neck.y - h*0.02}, point{x + h*0.12 + bow, y - h*0.74}, point{x + h*0.1, y - h*0.42})
	sleeve := vest.lit(0.85).solid()
	hand := p.tool(x, y, h, bow)
	p.line(point{x - h*0.11 + bow, y - h*0.73}, point{x - h*0.15, y - h*0.5}, h*0.055, h*0.045, sleeve)
	p.line(point{x + h*0.11 + bow, y - h*0.73}, hand, h*0.055, h*0.045, sleeve)
	p.head(neck, h, light)
}

func (p *painter) head(neck point, h, light float64) {
	p.blob(neck.x, neck.y-h*0.09, h*0.062, h*0.075, tint{44, 40, 38}.lit(light).solid())
	if p.share(0.6) {
		straw := tint{214, 186, 122}.lit(light)
		p.blob(neck.x, neck.y-h*0.11, h*0.13, h*0.032, straw.lit(0.85).solid())
		p.blob(neck.x, neck.y-h*0.14, h*0.065, h*0.05, straw.solid())
	}
}

// tool is what somebody holds, and where his hand is.
func (p *painter) tool(x, y, h, bow float64) point {
	hand := point{x + h*0.17 + bow, y - h*0.5}
	iron := tint{96, 98, 100}.lit(p.weather.light).solid()
	switch p.r.IntN(3) {
	case 0: // a spade
		p.line(point{hand.x - h*0.02, hand.y - h*0.16}, point{hand.x + h*0.06, y - h*0.05}, h*0.022, h*0.022, pole.solid())
		p.shape(iron, point{hand.x + h*0.02, y - h*0.1}, point{hand.x + h*0.1, y - h*0.08}, point{hand.x + h*0.075, y + h*0.03})
	case 1: // a bucket
		p.bucket(hand.x+h*0.02, y-h*0.2, h*0.16)
	}
	return hand
}

func (p *painter) bucket(x, y, h float64) {
	col := tint{196, 64, 52}
	if p.share(0.5) {
		col = tint{64, 116, 160}
	}
	col = col.lit(p.weather.light)
	p.shape(col.solid(), point{x - h*0.42, y - h*0.8}, point{x + h*0.42, y - h*0.8}, point{x + h*0.3, y}, point{x - h*0.3, y})
	p.blob(x, y-h*0.8, h*0.42, h*0.1, col.lit(0.7).solid())
	p.line(point{x - h*0.4, y - h*0.82}, point{x, y - h*1.35}, h*0.05, h*0.05, color.RGBA{70, 70, 70, 255})
	p.line(point{x + h*0.4, y - h*0.82}, point{x, y - h*1.35}, h*0.05, h*0.05, color.RGBA{70, 70, 70, 255})
}

// people puts up to three persons at places of the ground, those far away first.
func (p *painter) people(places ...point) {
	n := p.r.IntN(4)
	if p.Work == Seedlings {
		n = p.r.IntN(2)
	}
	for _, at := range places[max(0, len(places)-n):] {
		p.person(at.x+p.between(-0.05, 0.05), at.y, p.tall(at.y))
	}
}

// tall is how high a grown person is who stands at a height of the picture.
func (p *painter) tall(y float64) float64 { return 0.05 + 0.62*max(0, y-p.horizon) }
