package recordweb

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/record"
)

// shownPhoto is a photo of a record on its page.
type shownPhoto struct {
	photoView
	same *sameView // the photo of another record that it equals
}

// sameView is a photo of another record, as far as the reader may see that one.
type sameView struct {
	photo  int64 // 0: not for this reader
	record int64
	text   string // whose and of which day
}

// shownPhotos reads the photos of a version with what they equal.
func (p *Pages) shownPhotos(ctx context.Context, pl *place, v *record.Version) ([]shownPhoto, error) {
	list, err := p.records.PhotosOf(ctx, pl.actor, v)
	if err != nil {
		return nil, err
	}
	var out []shownPhoto
	for i, photo := range list {
		s := shownPhoto{photoView: pl.photoView(photo, i+1)}
		at := slices.IndexFunc(v.Photos, func(ref record.PhotoRef) bool { return ref.ID == photo.ID })
		if same := v.Photos[at].Same; same != nil {
			if s.same, err = p.sameView(ctx, pl, same); err != nil {
				return nil, err
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// sameView tells of another record's photo what the reader may know.
func (p *Pages) sameView(ctx context.Context, pl *place, same *record.Same) (*sameView, error) {
	versions, err := p.records.Show(ctx, pl.actor, same.Record)
	if errors.Is(err, record.ErrNone) {
		return &sameView{text: "您管辖范围以外的一条记录"}, nil
	}
	if err != nil {
		return nil, err
	}
	o := &versions[len(versions)-1]
	text := pl.name(o.Unit) + " " + o.Day.ShortChinese() + " " + p.titleOf(o)
	if o.Status == record.Withdrawn {
		text += "（已撤回）"
	}
	return &sameView{same.Photo, same.Record, text}, nil
}

// degreesOf is a place as it is read out.
func degreesOf(at *picture.Place) string {
	return "北纬 " + record.Degrees(at.Latitude) + "°，东经 " + record.Degrees(at.Longitude) + "°"
}

func (p *Pages) titleOf(v *record.Version) string {
	if kind, ok := p.records.Kinds().Kind(v.Kind); ok {
		return kind.Title
	}
	return v.Kind
}

// photosChanged tells how the photos of two versions differ.
func photosChanged(from, to *record.Version) []change {
	a, b := from.PhotoIDs(), to.PhotoIDs()
	gone, new := 0, 0
	for _, id := range a {
		if !slices.Contains(b, id) {
			gone++
		}
	}
	for _, id := range b {
		if !slices.Contains(a, id) {
			new++
		}
	}
	if gone+new == 0 {
		return nil
	}
	text := strconv.Itoa(len(b)) + " 张"
	if gone > 0 && new > 0 {
		text += "（换了 " + strconv.Itoa(min(gone, new)) + " 张）"
	}
	return []change{{"照片", strconv.Itoa(len(a)) + " 张", text}}
}

// extent is a small drawing of a county's extent with points in it, no map: x and y in a field of
// extentWidth by its height.
type extent struct {
	height int
	points []extentPoint
	title  string
}

type extentPoint struct {
	x, y  int
	photo bool // where a photo was taken, else where the record says it is
}

const extentWidth, extentMargin = 220, 8

// extentOf draws where a record is and where its photos were taken; nil when nothing is to be drawn.
func (p *Pages) extentOf(v *record.Version, photos []shownPhoto) *extent {
	box, ok := p.records.Kinds().Box(v.Unit)
	if !ok || v.Position == nil {
		return nil
	}
	// A degree of longitude is shorter than one of latitude: by nine tenths where this is used.
	inner := extentWidth - 2*extentMargin
	s := &extent{height: int(float64(inner)*float64(box.North-box.South)/(float64(box.East-box.West)*0.917)) + 2*extentMargin}
	for _, photo := range photos {
		if photo.Place != nil {
			s.add(&box, *photo.Place, true)
		}
	}
	s.add(&box, *v.Position, false)
	s.title = "在县里的大致位置"
	return s
}

func (s *extent) add(box *campaign.Box, at picture.Place, photo bool) {
	if !box.Contains(at.Latitude, at.Longitude) {
		return
	}
	scale := func(n, from, to int32, most int) int {
		return extentMargin + int(int64(n-from)*int64(most-2*extentMargin)/int64(to-from))
	}
	s.points = append(s.points, extentPoint{scale(at.Longitude, box.West, box.East, extentWidth), s.height - scale(at.Latitude, box.South, box.North, s.height), photo})
}
