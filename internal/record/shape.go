package record

import (
	"strconv"
	"strings"
)

// Point is a place on a sketch map: thousandths of its width from the left and of its height
// from the top.
type Point struct{ X, Y int }

// Shape is what is drawn on a sketch map: the corners of an outline in order, or the points of a
// stroke. It is kept and typed as 120,300 480,310 460,700.
type Shape []Point

const (
	// SketchSize is how many steps a sketch map is wide and high.
	SketchSize = 1000
	// MaxPoints is the most points of one shape.
	MaxPoints = 80
)

// String writes the shape as it is kept.
func (s Shape) String() string {
	var b strings.Builder
	for i, p := range s {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.Itoa(p.X) + "," + strconv.Itoa(p.Y))
	}
	return b.String()
}

// MarshalText writes the shape as it is kept.
func (s Shape) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Shape) UnmarshalText(text []byte) error {
	read, ok := ParseShape(string(text))
	if !ok && len(text) > 0 {
		return ErrShape
	}
	*s = read
	return nil
}

// ParseShape reads a shape: at least one point, not more than MaxPoints, each of whole numbers
// inside the map.
func ParseShape(text string) (Shape, bool) {
	const longest = MaxPoints * len("1000,1000 ")
	if len(text) > longest {
		return nil, false
	}
	words := strings.Fields(text)
	if len(words) == 0 || len(words) > MaxPoints {
		return nil, false
	}
	shape := make(Shape, len(words))
	for i, word := range words {
		x, y, _ := strings.Cut(word, ",")
		var okX, okY bool
		if shape[i].X, okX = coordinate(x); !okX {
			return nil, false
		}
		if shape[i].Y, okY = coordinate(y); !okY {
			return nil, false
		}
	}
	return shape, true
}

// coordinate reads plain digits: no sign, no fraction, no exponent.
func coordinate(text string) (int, bool) {
	if len(text) == 0 || len(text) > 4 {
		return 0, false
	}
	n := 0
	for _, r := range text {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, n <= SketchSize
}

// Middle is where a shape's name is written.
func (s Shape) Middle() Point {
	if len(s) == 0 {
		return Point{}
	}
	var sum Point
	for _, p := range s {
		sum = Point{sum.X + p.X, sum.Y + p.Y}
	}
	return Point{sum.X / len(s), sum.Y / len(s)}
}
