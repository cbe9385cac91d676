package picture

import (
	"image"
	"math/bits"

	"golang.org/x/image/draw"
)

// Hash is a difference hash (dHash) of 64 bits: for each of 8 × 8 places whether the picture gets
// clearly brighter to the right. Making a picture smaller or compressing it again changes few of
// them.
type Hash uint64

// clearly is the least difference of grey that counts, of 255: below it a flat sky would give
// bits that change with every compression.
const clearly = 3

// hashOf hashes a picture by its grey, 9 columns by 8 rows.
func hashOf(img *image.RGBA) Hash {
	small := image.NewGray(image.Rect(0, 0, 9, 8))
	draw.BiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	var h Hash
	for y := range 8 {
		for x := range 8 {
			h <<= 1
			if int(small.GrayAt(x+1, y).Y)-int(small.GrayAt(x, y).Y) >= clearly {
				h |= 1
			}
		}
	}
	return h
}

// Distance is in how many places two pictures differ.
func (h Hash) Distance(other Hash) int { return bits.OnesCount64(uint64(h ^ other)) }

// Telling is false of a picture with too little in it to be known again: a white wall, a fog.
func (h Hash) Telling() bool {
	n := bits.OnesCount64(uint64(h))
	return n >= 8 && n <= 56
}

// Bands are the four quarters of a hash. Of two hashes that differ in at most 7 places one band
// differs in at most one.
func (h Hash) Bands() [4]uint16 {
	return [4]uint16{uint16(h >> 48), uint16(h >> 32), uint16(h >> 16), uint16(h)}
}

// Neighbours are a band and those that differ from it in one place.
func Neighbours(band uint16) []uint16 {
	list := make([]uint16, 0, 17)
	list = append(list, band)
	for i := range 16 {
		list = append(list, band^1<<i)
	}
	return list
}

// Near is in how many places two pictures may differ and still count as the same.
const Near = 6
