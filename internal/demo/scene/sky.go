package scene

import (
	"math"
	"math/rand/v2"
)

// weather is what the sky of a day looks like.
type weather struct {
	high, low tint
	cloud     tint
	thick     float64 // of clouds, 0 to 1
	light     float64 // on the ground
}

var weathers = []weather{
	{tint{112, 165, 214}, tint{214, 230, 238}, tint{252, 253, 254}, 0.75, 1.06},
	{tint{142, 182, 216}, tint{230, 236, 238}, tint{250, 250, 249}, 0.6, 1},
	{tint{172, 184, 194}, tint{224, 226, 224}, tint{150, 160, 170}, 0.4, 0.9},
	{tint{152, 172, 190}, tint{216, 221, 219}, tint{236, 238, 238}, 0.6, 0.94},
}

// weatherOf is a day's weather at an hour: warmer early and late.
func weatherOf(s Scene) weather {
	r := rand.New(rand.NewPCG(uint64(s.Day.Int()), 3))
	w := weathers[r.IntN(len(weathers))]
	if s.Minute < 9*60 || s.Minute > 16*60+30 {
		w.low = mix(w.low, tint{246, 226, 192}, 0.55)
		w.light *= 0.97
	}
	return w
}

func (p *painter) sky() {
	p.band(func(float64) float64 { return 0 }, p.horizon+0.2, p.weather.high, p.weather.low, p.sun*1.4)
	for range 2 + p.r.IntN(4) {
		x, y := p.between(-0.1, wide+0.1), p.between(0, p.horizon)
		w, h := p.between(0.1, 0.42), p.between(0.02, 0.075)
		for range 6 + p.r.IntN(6) {
			dx := p.between(-1, 1)
			size := h * (1.2 - math.Abs(dx)*0.8)
			p.blob(x+dx*w, y+p.between(-0.6, 0.4)*h, size*p.between(1.6, 3.4), size, p.weather.cloud.alpha(p.weather.thick*p.between(0.35, 0.8)))
		}
	}
}

// peaks is a line of hills around a height.
func (p *painter) peaks(base, tall, width float64) func(float64) float64 {
	type hill struct{ x, tall, width float64 }
	list := make([]hill, 2+p.r.IntN(3))
	for i := range list {
		list[i] = hill{p.between(-0.1, wide+0.1), tall * p.between(0.35, 1), width * p.between(0.5, 1.3)}
	}
	a, b, rough := p.between(0, 6), p.between(0, 6), tall*0.04
	return func(x float64) float64 {
		y := base
		for _, h := range list {
			d := (x - h.x) / h.width
			y -= h.tall * math.Exp(-d*d)
		}
		return y + rough*(math.Sin(23*x+a)+0.6*math.Sin(51*x+b))
	}
}

// hills are what stands far behind: bluish, and greener the nearer.
func (p *painter) hills() {
	far, near := mix(p.weather.low, tint{96, 128, 140}, 0.55), tint{88, 126, 88}.lit(p.weather.light)
	n := 1 + p.r.IntN(3)
	for i := range n {
		share := float64(i+1) / float64(n)
		col := mix(far, near, share*p.between(0.6, 1))
		p.band(p.peaks(p.horizon+0.03*share, p.between(0.06, 0.26)*(1.15-0.6*share), p.between(0.12, 0.4)), p.horizon+0.2, col, mix(col, p.weather.low, 0.25), p.sun)
	}
}

// frame is what hangs into a picture in front: leaves at a corner, a dark tree at a side, or
// nothing.
func (p *painter) frame() {
	switch p.r.IntN(4) {
	case 0, 1:
		x := 0.0
		if p.share(0.5) {
			x = wide
		}
		for range 3 + p.r.IntN(3) {
			p.twig(x, p.between(-0.04, 0.16))
		}
	case 2:
		p.bigTree(p.between(0, 1)*0.12+float64(p.r.IntN(2))*(wide-0.12), p.between(0.86, 1.05), p.between(0.75, 1.05))
	}
}

// twig is a branch that hangs in from a side, with its leaves.
func (p *painter) twig(x, y float64) {
	inward := 1.0
	if x > 0 {
		inward = -1
	}
	dark := tint{46, 78, 50}.lit(p.between(0.8, 1.2))
	long, fall := p.between(0.14, 0.4), p.between(-0.02, 0.16)
	at := func(t float64) point { return point{x + inward*long*t, y + fall*t*t} }
	for k := range 6 {
		t := float64(k) / 6
		p.line(at(t), at(t+1.0/6), 0.007*(1.1-t), 0.007*(1-t), tint{70, 60, 50}.solid())
	}
	for range 26 {
		t := p.between(0.1, 1.02)
		b, size := at(t), p.between(0.014, 0.03)*(1.3-0.5*t)
		tip := point{b.x + inward*size*p.between(-0.3, 1.3), b.y + size*p.between(-0.9, 1.4)}
		side := point{(tip.y - b.y) * 0.34, -(tip.x - b.x) * 0.34}
		mid := point{(b.x + tip.x) / 2, (b.y + tip.y) / 2}
		p.shape(dark.lit(p.between(0.8, 1.45)).solid(), b, point{mid.x + side.x, mid.y + side.y}, tip, point{mid.x - side.x, mid.y - side.y})
	}
}
