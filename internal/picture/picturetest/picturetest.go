// Package picturetest makes photographs for tests: invented scenes, and files of them with what a
// camera writes into them.
package picturetest

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"

	"github.com/sangzi/sangzi/internal/picture/camera"
)

// Camera is what the camera wrote.
type Camera = camera.Exif

// Scene is an invented picture of its own for each seed: hills, a path, trees, and leaves.
func Scene(seed uint64, width, height int) *image.RGBA {
	r := rand.New(rand.NewPCG(seed, 7))
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	type tree struct{ x, y, size, green float64 }
	trees := make([]tree, 24)
	for i := range trees {
		trees[i] = tree{r.Float64(), 0.3 + 0.6*r.Float64(), 0.03 + 0.13*r.Float64(), 40 + 150*r.Float64()}
	}
	phase, slope, horizon, light := 6*r.Float64(), r.Float64()-0.5, 0.25+0.3*r.Float64(), r.Float64()
	for y := range height {
		for x := range width {
			fx, fy := float64(x)/float64(width), float64(y)/float64(height)
			c := color.RGBA{uint8(150 + 60*fx*light), uint8(180 + 40*fy), 225, 255}
			if fy > horizon+0.08*math.Sin(7*fx+phase)+slope*(fx-0.5)*0.3 {
				leaf := r.IntN(26)
				c = color.RGBA{uint8(90 + 50*light*fx + float64(leaf)), uint8(105 + 60*fy + float64(leaf)), uint8(60 + leaf), 255}
			}
			for _, t := range trees {
				if math.Hypot(fx-t.x, (fy-t.y)*1.3) < t.size {
					leaf := r.IntN(40)
					c = color.RGBA{uint8(t.green*0.5) + uint8(leaf), uint8(t.green) + uint8(leaf), uint8(t.green * 0.3), 255}
				}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// JPEG is a file of a picture with what a camera writes.
func JPEG(img image.Image, quality int, c Camera) []byte {
	b, err := camera.JPEG(img, quality, c)
	if err != nil {
		panic(err)
	}
	return b
}

// Photo is a file of a scene as a telephone makes it.
func Photo(seed uint64, camera Camera) []byte { return JPEG(Scene(seed, 1200, 900), 85, camera) }
