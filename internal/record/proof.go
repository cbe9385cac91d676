package record

import (
	"context"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/unit"
)

// farFrom is how many metres a photo may have been taken from where its record says something is:
// a village is some kilometres wide, and telephones err by hundreds of metres.
const farFrom = 3000

// Use is a photo of a record with the record's latest version.
type Use struct {
	Photo   Photo
	Version Version
}

// Alike asks for photos of records that look like one: of the same file, or with a hash near its
// own; in one county, so that it stays cheap however many photos there are elsewhere.
type Alike struct {
	County unit.Code
	File   string
	Hash   picture.Hash
	Except int64 // a record that does not count
}

// pointPhotos lists what should be looked at about a version's photos and position, and notes at
// each photo which one of another record it equals.
func (s *Service) pointPhotos(ctx context.Context, kind *campaign.RecordKind, v *Version, photos []Photo, own int64) ([]string, error) {
	found := map[string]bool{}
	for i := range photos {
		p := &photos[i]
		same, err := s.sameElsewhere(ctx, v, p, own)
		if err != nil {
			return nil, err
		}
		v.Photos[i].Same = same
		found[SamePhoto] = found[SamePhoto] || same != nil
		found[PhotoDay] = found[PhotoDay] || takenAnotherDay(kind, v, p)
		found[PhotoFar] = found[PhotoFar] || s.takenFar(v, p)
	}
	if box, ok := s.records.Box(v.Unit); ok && v.Position != nil {
		found[PositionOutside] = !box.Contains(v.Position.Latitude, v.Position.Longitude)
	}
	var codes []string
	for _, code := range []string{SamePhoto, PhotoDay, PhotoFar, PositionOutside} {
		if found[code] {
			codes = append(codes, code)
		}
	}
	return codes, nil
}

// sameElsewhere finds the photo of another record that a photo equals. A record withdrawn, or one
// that no longer has the photo, does not count; nor does what was done at the same place on the
// same day of another kind: people planted and watered, and took one picture.
func (s *Service) sameElsewhere(ctx context.Context, v *Version, p *Photo, own int64) (*Same, error) {
	uses, err := s.store.Alike(ctx, Alike{v.Unit.At(unit.LevelCounty), p.File, p.Hash, own})
	if err != nil {
		return nil, err
	}
	for i := range uses {
		u, o := &uses[i], &uses[i].Version
		switch {
		case u.Photo.ID == p.ID || o.ID == own || o.Status == Withdrawn || !o.has(u.Photo.ID):
		case v.Key != "" && u.Photo.Key == v.Key && u.Photo.Account == v.Account: // of this form, sent before
		case u.Photo.File != p.File && (!p.Hash.Telling() || p.Hash.Distance(u.Photo.Hash) > picture.Near):
		case o.Unit == v.Unit && o.Day == v.Day && o.Kind != v.Kind:
		default:
			return &Same{u.Photo.ID, o.ID}, nil
		}
	}
	return nil, nil
}

// has tells whether the version has a photo.
func (v *Version) has(photo int64) bool {
	for _, p := range v.Photos {
		if p.ID == photo {
			return true
		}
	}
	return false
}

// takenAnotherDay tells whether a photo was not taken on the record's day or, of a kind that
// lasts, not while it does.
func takenAnotherDay(kind *campaign.RecordKind, v *Version, p *Photo) bool {
	day := p.Taken.Day
	switch {
	case day.IsZero():
		return false
	case kind.Span:
		return day.Before(v.Day) || !v.Until.IsZero() && day.After(v.Until)
	}
	return day != v.Day
}

// takenFar tells whether a photo was taken far from where the record says it is or, when it does
// not say, outside the county.
func (s *Service) takenFar(v *Version, p *Photo) bool {
	switch box, ok := s.records.Box(v.Unit); {
	case p.Place == nil:
		return false
	case v.Position != nil:
		return metres(*v.Position, *p.Place) > farFrom
	default:
		return ok && !box.Contains(p.Place.Latitude, p.Place.Longitude)
	}
}
