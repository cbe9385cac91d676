package record

import (
	"math"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// TypedPosition is where something is, as people type it: degrees of WGS-84.
type TypedPosition struct {
	Latitude, Longitude string
	FromPhoto           bool // where nothing is typed: where the first photo that says so was taken
}

// China, generously: what lies outside is a slip.
const (
	southmost, northmost = 3.0, 54.0
	westmost, eastmost   = 73.0, 136.0
)

// readPosition reads where something is; nil for nothing said.
func readPosition(kind *campaign.RecordKind, t TypedPosition, photos []Photo) (*picture.Place, *Fault) {
	fault := func(code string, params problem.Params) (*picture.Place, *Fault) {
		return nil, &Fault{PositionField, code, params}
	}
	lat, long := strings.TrimSpace(t.Latitude), strings.TrimSpace(t.Longitude)
	switch {
	case lat == "" && long == "" && !t.FromPhoto:
		return nil, nil
	case !kind.Position:
		return fault(PositionNone, problem.Params{"kind": kind.Title})
	case lat == "" && long == "":
		for i := range photos {
			if p := photos[i].Place; p != nil {
				return inChina(float64(p.Latitude)/1e6, float64(p.Longitude)/1e6)
			}
		}
		return fault(PositionNoPhoto, nil)
	case lat == "" || long == "":
		return fault(PositionHalf, nil)
	}
	n, ok := readDegrees(lat)
	if !ok {
		return fault(PositionUnread, problem.Params{"value": beginning(lat)})
	}
	e, ok := readDegrees(long)
	if !ok {
		return fault(PositionUnread, problem.Params{"value": beginning(long)})
	}
	return inChina(n, e)
}

// readPosition reads an input's. Who is not shown the position of what he corrects, and says
// nothing, leaves it.
func (s *Service) readPosition(a access.Actor, kind *campaign.RecordKind, in *Input, photos []Photo) (*picture.Place, *Fault) {
	at, fault := readPosition(kind, in.Position, photos)
	if at == nil && fault == nil && in.before != nil && !seesPosition(a, kind, in.before.Unit) {
		at = in.before.Position
	}
	return at, fault
}

func inChina(lat, long float64) (*picture.Place, *Fault) {
	in := func(n, e float64) bool { return n >= southmost && n <= northmost && e >= westmost && e <= eastmost }
	switch {
	case in(lat, long):
		return picture.PlaceOf(lat, long), nil
	case in(long, lat):
		return nil, &Fault{PositionField, PositionSwapped, nil}
	}
	return nil, &Fault{PositionField, PositionAbroad, nil}
}

// readDegrees reads 23.297123, 23.297123°, 北纬23.297123, ２３.２９.
func readDegrees(text string) (float64, bool) {
	text = strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case r == '．' || r == '。':
			return '.'
		}
		return r
	}, text)
	text = strings.Trim(text, "北纬东经度°NEne 　")
	if text == "" || len(text) > 20 || strings.Trim(text, "0123456789.-") != "" {
		return 0, false
	}
	d, err := strconv.ParseFloat(text, 64)
	return d, err == nil && math.Abs(d) <= 180
}

// Degrees writes a place as it is typed: 23.297123.
func Degrees(micro int32) string { return strconv.FormatFloat(float64(micro)/1e6, 'f', 6, 64) }

// metres is how far two places are from each other, on a sphere.
func metres(a, b picture.Place) float64 {
	const radius = 6_371_000
	rad := func(micro int32) float64 { return float64(micro) / 1e6 * math.Pi / 180 }
	lat1, lat2 := rad(a.Latitude), rad(b.Latitude)
	h := math.Pow(math.Sin((lat2-lat1)/2), 2) + math.Cos(lat1)*math.Cos(lat2)*math.Pow(math.Sin((rad(b.Longitude)-rad(a.Longitude))/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(min(1, h)))
}

// seesPosition tells whether an actor is shown where something of a kind is: everybody who reads
// the record when it proves a tree, else only the village and its own town.
func seesPosition(a access.Actor, kind *campaign.RecordKind, of unit.Code) bool {
	return kind != nil && kind.Photos == campaign.TreePhoto || SeesNames(a, of)
}

// samePlace tells whether two versions name the same place, or both none.
func samePlace(a, b *picture.Place) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}
