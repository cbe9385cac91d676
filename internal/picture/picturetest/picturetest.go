// Package picturetest makes photographs for tests: invented scenes, and files of them with what a
// camera writes into them.
package picturetest

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// Camera is what the camera wrote.
type Camera struct {
	Taken       string // 2024:03:28 09:15:02; empty: nothing
	Latitude    float64
	Longitude   float64 // both 0: nothing
	Orientation uint16  // 0: nothing
	Model       string
}

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
func JPEG(img image.Image, quality int, camera Camera) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(err)
	}
	exif := camera.exif()
	if exif == nil {
		return b.Bytes()
	}
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(exif)+8))
	out = append(append(out, "Exif\x00\x00"...), exif...)
	return append(out, b.Bytes()[2:]...)
}

// Photo is a file of a scene as a telephone makes it.
func Photo(seed uint64, camera Camera) []byte { return JPEG(Scene(seed, 1200, 900), 85, camera) }

// entry is one field of EXIF.
type entry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

const (
	kindText, kindShort, kindLong, kindRational = 2, 3, 4, 5
)

func text(tag uint16, s string) entry {
	return entry{tag, kindText, uint32(len(s) + 1), append([]byte(s), 0)}
}

func degrees(tag uint16, v float64) entry {
	v = math.Abs(v)
	d, m := math.Floor(v), math.Floor((v-math.Floor(v))*60)
	s := ((v-d)*60 - m) * 60
	var b []byte
	for _, n := range []uint32{uint32(d), 1, uint32(m), 1, uint32(math.Round(s * 10000)), 10000} {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return entry{tag, kindRational, 3, b}
}

// exif is the block behind the word Exif: IFD0, the camera's own and the place's.
func (c Camera) exif() []byte {
	if c == (Camera{}) {
		return nil
	}
	var own, place []entry
	if c.Taken != "" {
		own = append(own, text(0x9003, c.Taken))
	}
	if c.Latitude != 0 || c.Longitude != 0 {
		place = []entry{text(1, map[bool]string{true: "S", false: "N"}[c.Latitude < 0]), degrees(2, c.Latitude),
			text(3, map[bool]string{true: "W", false: "E"}[c.Longitude < 0]), degrees(4, c.Longitude)}
	}
	first := []entry{}
	if c.Model != "" {
		first = append(first, text(0x0110, c.Model))
	}
	if c.Orientation != 0 {
		first = append(first, entry{0x0112, kindShort, 1, binary.LittleEndian.AppendUint16(nil, c.Orientation)})
	}
	pointer := func(tag uint16) { first = append(first, entry{tag, kindLong, 1, make([]byte, 4)}) }
	if own != nil {
		pointer(0x8769)
	}
	if place != nil {
		pointer(0x8825)
	}
	out := append([]byte("II*\x00"), 8, 0, 0, 0)
	at := 8 + size(first)
	for i := range first {
		switch first[i].tag {
		case 0x8769:
			binary.LittleEndian.PutUint32(first[i].value, uint32(at))
			at += size(own)
		case 0x8825:
			binary.LittleEndian.PutUint32(first[i].value, uint32(at))
		}
	}
	out = write(out, first)
	if own != nil {
		out = write(out, own)
	}
	if place != nil {
		out = write(out, place)
	}
	return out
}

func size(list []entry) int {
	n := 2 + 12*len(list) + 4
	for _, e := range list {
		if len(e.value) > 4 {
			n += len(e.value) + len(e.value)%2
		}
	}
	return n
}

func write(out []byte, list []entry) []byte {
	behind := len(out) + 2 + 12*len(list) + 4
	var rest []byte
	out = binary.LittleEndian.AppendUint16(out, uint16(len(list)))
	for _, e := range list {
		out = binary.LittleEndian.AppendUint16(out, e.tag)
		out = binary.LittleEndian.AppendUint16(out, e.kind)
		out = binary.LittleEndian.AppendUint32(out, e.count)
		if len(e.value) <= 4 {
			out = append(out, append(append([]byte{}, e.value...), make([]byte, 4-len(e.value))...)...)
			continue
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(behind+len(rest)))
		rest = append(rest, e.value...)
		if len(e.value)%2 == 1 {
			rest = append(rest, 0)
		}
	}
	return append(append(out, 0, 0, 0, 0), rest...)
}
