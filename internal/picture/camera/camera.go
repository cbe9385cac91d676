// Package camera writes files as a telephone's camera does: a JPEG with when and where it was
// taken in it. It is what package picture reads, the other way round: invented pictures of the
// demonstration and of tests come in by it. Nothing handed in by people goes through it.
package camera

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/jpeg"
	"math"
)

// Exif is what a camera writes beside the picture.
type Exif struct {
	Taken       string // 2024:03:28 09:15:02; empty: nothing
	Latitude    float64
	Longitude   float64 // degrees of WGS-84; both 0: nothing
	Orientation uint16  // 0: nothing
	Model       string
}

// JPEG is a file of a picture with what a camera writes; the zero Exif writes nothing.
func JPEG(img image.Image, quality int, e Exif) ([]byte, error) {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, err
	}
	block := e.block()
	if block == nil {
		return b.Bytes(), nil
	}
	out := []byte{0xff, 0xd8, 0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(len(block)+8))
	out = append(append(out, "Exif\x00\x00"...), block...)
	return append(out, b.Bytes()[2:]...), nil
}

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

// block is what stands behind the word Exif: IFD0, the camera's own and the place's.
func (e Exif) block() []byte {
	if e == (Exif{}) {
		return nil
	}
	var own, place []entry
	if e.Taken != "" {
		own = append(own, text(0x9003, e.Taken))
	}
	if e.Latitude != 0 || e.Longitude != 0 {
		place = []entry{text(1, map[bool]string{true: "S", false: "N"}[e.Latitude < 0]), degrees(2, e.Latitude),
			text(3, map[bool]string{true: "W", false: "E"}[e.Longitude < 0]), degrees(4, e.Longitude)}
	}
	first := []entry{}
	if e.Model != "" {
		first = append(first, text(0x0110, e.Model))
	}
	if e.Orientation != 0 {
		first = append(first, entry{0x0112, kindShort, 1, binary.LittleEndian.AppendUint16(nil, e.Orientation)})
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
