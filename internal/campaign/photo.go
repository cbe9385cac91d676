package campaign

import (
	"math"
	"strconv"

	"github.com/sangzi/sangzi/internal/unit"
)

// PhotoUse is what the photos of a kind of record are good for, and so what is kept of them beside
// the picture.
type PhotoUse string

// The uses.
const (
	NoPhotos   PhotoUse = ""
	TreePhoto  PhotoUse = "tree"   // it proves a tree: when and where it was taken are kept
	ScenePhoto PhotoUse = "scene"  // it shows work in the field: when it was taken is kept
	SketchMap  PhotoUse = "sketch" // a drawing: nothing is kept
)

// KeepsTime tells whether the moment a photo was taken at is kept.
func (u PhotoUse) KeepsTime() bool { return u == TreePhoto || u == ScenePhoto }

// KeepsPlace tells whether the place a photo was taken at is kept.
func (u PhotoUse) KeepsPlace() bool { return u == TreePhoto }

// Box is a county's extent by WGS-84, in millionths of a degree, generously.
type Box struct {
	County                   unit.Code
	South, West, North, East int32
}

// Contains tells whether a point lies in the box.
func (b Box) Contains(latitude, longitude int32) bool {
	return latitude >= b.South && latitude <= b.North && longitude >= b.West && longitude <= b.East
}

// Box finds the extent of the county that a unit lies in; false when the pack has none.
func (r *Records) Box(of unit.Code) (Box, bool) {
	for _, b := range r.Boxes {
		if b.County.Contains(of) {
			return b, true
		}
	}
	return Box{}, false
}

// readBoxes reads the extents of counties.
func readBoxes(v value) []Box {
	var list []Box
	for _, item := range v.list() {
		m := item.mapping()
		b := Box{County: m.need("county").code(), South: m.need("south").degrees(90), West: m.need("west").degrees(180), North: m.need("north").degrees(90), East: m.need("east").degrees(180)}
		if b.County != 0 && b.County.Level() != unit.LevelCounty {
			m.get("county").fault("应当是县（市、区）的代码")
		}
		if b.South >= b.North || b.West >= b.East {
			item.fault("南应当小于北，西应当小于东")
		}
		m.end()
		list = append(list, b)
	}
	return list
}

// degrees reads a number of degrees.
func (v value) degrees(most float64) int32 {
	text := v.text()
	if text == "" {
		return 0
	}
	d, err := strconv.ParseFloat(text, 64)
	if err != nil || !(math.Abs(d) <= most) {
		v.fault("应当是 23.05 这样的度数，不是 %q", text)
		return 0
	}
	return int32(math.Round(d * 1e6))
}
