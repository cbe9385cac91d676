package scene

import (
	"fmt"
	"image"
	"image/color"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	fonts "github.com/sangzi/sangzi/internal/office/font"
)

// Mark is what stands in every picture.
const Mark = "演示·虚构"

// letters are the mark's faces: the mark itself and the smaller line under it.
var letters = sync.OnceValues(func() (faces [2]font.Face, err error) {
	file, err := fonts.HeiFile()
	if err != nil {
		return faces, err
	}
	parsed, err := opentype.Parse(file)
	if err != nil {
		return faces, fmt.Errorf("letters of the mark: %w", err)
	}
	for i, size := range []float64{Height * 0.062, Height * 0.034} {
		if faces[i], err = opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone}); err != nil {
			return faces, err
		}
	}
	return faces, nil
})

// drawing guards the faces, which keep what they have drawn.
var drawing sync.Mutex

// written is a line of text as a mask.
func written(face font.Face, text string) *image.Alpha {
	m := face.Metrics()
	mask := image.NewAlpha(image.Rect(0, 0, font.MeasureString(face, text).Ceil(), (m.Ascent + m.Descent).Ceil()))
	d := font.Drawer{Dst: mask, Src: image.Opaque, Face: face, Dot: fixed.Point26_6{Y: m.Ascent}}
	d.DrawString(text)
	return mask
}

// mark writes into the lower left corner that the picture is invented, and under it when it was
// taken, as watermark cameras do.
func mark(img *image.RGBA, under string) error {
	faces, err := letters()
	if err != nil {
		return err
	}
	drawing.Lock()
	large, small := written(faces[0], Mark), written(faces[1], under)
	drawing.Unlock()
	c := canvas{img: img}
	edge := img.Bounds().Dy() / 30
	low := img.Bounds().Dy() - edge - small.Rect.Dy()
	for _, line := range []struct {
		mask *image.Alpha
		at   image.Point
	}{{large, image.Pt(edge, low-large.Rect.Dy())}, {small, image.Pt(edge+2, low)}} {
		for _, off := range []image.Point{{-1, 1}, {1, 1}, {2, 2}} {
			c.copyOver(color.RGBA{0, 0, 0, 90}, line.mask, line.at.Add(off))
		}
		c.copyOver(color.RGBA{255, 255, 255, 255}, line.mask, line.at)
	}
	return nil
}
