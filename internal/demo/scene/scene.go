package scene

import (
	"image"
	"math/rand/v2"
	"strconv"

	"github.com/sangzi/sangzi/internal/date"
)

// Work is what is done in a scene.
type Work uint8

// What is done.
const (
	Planting  Work = iota
	Tending        // trees that stand already are watered
	Seedlings      // seedlings have arrived and wait to be planted
)

// Scene is a photograph to be invented.
type Scene struct {
	Seed   uint64
	Work   Work
	Day    date.Date // weather is the same for all scenes of a day
	Minute int       // of the day: light, and what stands beside the mark
	Flower string    // a kind of tree that flowers in spring, by its Chinese name; others are green
}

// Width and Height are a picture's pixels: few, since each is drawn, packed, read, and packed again
// when a demonstration is made.
const (
	Width  = 720
	Height = 540
)

// wide is a picture's width in heights.
const wide = 4.0 / 3

// painter paints one scene.
type painter struct {
	canvas
	Scene
	r       *rand.Rand
	weather weather
	horizon float64
	sun     float64 // -1 left to 1 right: where the light comes from
}

// Draw draws a scene, with its mark.
func Draw(s Scene) (*image.RGBA, error) {
	img := Unmarked(s)
	return img, mark(img, s.Day.String()+"  "+clock(s.Minute))
}

// Unmarked draws a scene without the mark that it is invented, to compare.
func Unmarked(s Scene) *image.RGBA {
	p := painter{canvas: newCanvas(Width, Height), Scene: s, r: rand.New(rand.NewPCG(s.Seed, 17))}
	p.weather = weatherOf(s)
	p.sun = p.between(-1, 1)
	p.horizon = p.between(0.3, 0.52)
	p.sky()
	p.hills()
	backdrops[p.r.IntN(len(backdrops))](&p)
	p.frame()
	return p.img
}

// backdrops are the grounds of scenes, each with its trees and people.
var backdrops = []func(*painter){(*painter).hillside, (*painter).roadside, (*painter).yard, (*painter).pond, (*painter).field, (*painter).hall}

func (p *painter) between(low, high float64) float64 { return low + (high-low)*p.r.Float64() }

func (p *painter) share(of float64) bool { return p.r.Float64() < of }

// side is -1 or 1.
func (p *painter) side() float64 { return float64(2*p.r.IntN(2) - 1) }

func clock(minute int) string {
	two := func(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
	return two(minute/60%24) + ":" + two(minute%60)
}

// Seed is a number for a scene, from whatever tells it from others.
func Seed(of ...string) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	for _, s := range of {
		for _, b := range []byte(strconv.Quote(s)) {
			h = (h ^ uint64(b)) * prime
		}
	}
	return h ^ h>>29
}
