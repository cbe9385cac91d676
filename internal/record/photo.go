package record

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

const (
	// MaxPhotos is how many photos a record has at the most.
	MaxPhotos = 6
	// maxWaiting is how many photos an account may have handed in for no record yet.
	maxWaiting = 60
	// waitingFor is how long a photo waits for its record before it is forgotten.
	waitingFor = 48 * time.Hour
)

// Photo is a photograph handed in for a record, without its bytes. Only what its kind of record
// has a use for is kept of when and where it was taken.
type Photo struct {
	ID      int64
	Kind    string    // of the record it was handed in for
	Unit    unit.Code // where it was handed in
	Key     string    // of the form
	File    string    // SHA-256 of the file as it came, hexadecimal
	Width   int
	Height  int
	Hash    picture.Hash
	Taken   picture.Moment
	Place   *picture.Place
	Account int64
	Actor   string
	At      time.Time
	Record  int64 // which it belongs to; 0: it waits for its record
}

// Bytes are a photo as it is kept.
type Bytes struct{ Full, Thumb []byte }

// PhotoRef is a photo of a version of a record.
type PhotoRef struct {
	ID   int64 `json:"id"`
	Same *Same `json:"same,omitempty"` // the photo of another record that it equals, found when it was entered
}

// Same is a photo of another record.
type Same struct {
	Photo  int64 `json:"photo"`
	Record int64 `json:"record"`
}

// PhotoInput is a photo as it is handed in.
type PhotoInput struct {
	Kind string
	Unit unit.Code // of the form's page
	Key  string    // of the form: the same file handed in twice with it is one photo
	Data []byte
}

// AddPhoto keeps a photo for a record about to be entered or corrected by the same account; it is
// forgotten after two days if none takes it. What is wrong with the file is a problem of package
// picture.
func (s *Service) AddPhoto(ctx context.Context, a access.Actor, in PhotoInput) (Photo, error) {
	if err := a.Can(access.EnterRecord, in.Unit); err != nil {
		return Photo{}, err
	}
	kind, ok := s.records.Kind(in.Kind)
	switch {
	case !ok:
		return Photo{}, ErrKind.With("kind", in.Kind)
	case kind.Photos == campaign.NoPhotos:
		return Photo{}, ErrNoPhotos.With("kind", kind.Title)
	}
	read, err := s.pictures.Read(ctx, in.Data)
	if err != nil {
		return Photo{}, err
	}
	sum := sha256.Sum256(in.Data)
	p := Photo{Kind: kind.Key, Unit: in.Unit, Key: clean(in.Key), File: hex.EncodeToString(sum[:]), Width: read.Width, Height: read.Height, Hash: read.Hash,
		Account: a.Account, Actor: a.Name, At: s.Now().Truncate(time.Millisecond)}
	if kind.Photos.KeepsTime() {
		p.Taken = read.Taken
	}
	if kind.Photos.KeepsPlace() {
		p.Place = read.Place
	}
	return s.store.AddPhoto(ctx, p, Bytes{read.Full, read.Thumb}, Waiting{Most: maxWaiting, Since: p.At.Add(-waitingFor)})
}

// Photo reads one: of a record for whoever may read the record, one that waits for its record for
// who handed it in. All others are told that there is none.
func (s *Service) Photo(ctx context.Context, a access.Actor, id int64) (Photo, error) {
	list, err := s.store.Photos(ctx, []int64{id})
	switch {
	case err != nil:
		return Photo{}, err
	case len(list) == 0:
		return Photo{}, ErrNoPhoto
	}
	p := list[0]
	if p.Record == 0 {
		if p.Account != a.Account || !a.May(access.EnterRecord, p.Unit) {
			return Photo{}, ErrNoPhoto
		}
		return p, nil
	}
	if _, err := s.load(ctx, a, At{ID: p.Record}); err != nil {
		return Photo{}, ErrNoPhoto
	}
	return p, nil
}

// PhotoBytes reads a photo as it is kept, upright and without anything of its file: small, or in
// full.
func (s *Service) PhotoBytes(ctx context.Context, a access.Actor, id int64, size PhotoSize) ([]byte, error) {
	if _, err := s.Photo(ctx, a, id); err != nil {
		return nil, err
	}
	return s.store.PhotoBytes(ctx, id, size)
}

// PhotoSize is one of the sizes a photo is kept in.
type PhotoSize string

// The sizes.
const (
	Full  PhotoSize = "full"  // at most 1600 pixels
	Thumb PhotoSize = "thumb" // at most 320 pixels
)

// PhotosOf reads what is known of the photos of a version, in its order, as the actor may see it.
func (s *Service) PhotosOf(ctx context.Context, a access.Actor, v *Version) ([]Photo, error) {
	if len(v.Photos) == 0 {
		return nil, nil
	}
	if err := a.Can(access.ReadRecords, v.Unit); err != nil {
		return nil, ErrNone
	}
	return s.photos(ctx, v.PhotoIDs())
}

// Waiting reads what is known of photos that an account has handed in for no record yet; others
// are left out.
func (s *Service) Waiting(ctx context.Context, a access.Actor, ids []int64) ([]Photo, error) {
	list, err := s.photos(ctx, ids)
	return slices.DeleteFunc(list, func(p Photo) bool { return p.Account != a.Account || p.Record != 0 }), err
}

// photos reads photos in the order asked for; those that are not there are left out.
func (s *Service) photos(ctx context.Context, ids []int64) ([]Photo, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	list, err := s.store.Photos(ctx, ids)
	slices.SortFunc(list, func(a, b Photo) int { return slices.Index(ids, a.ID) - slices.Index(ids, b.ID) })
	for i := range list {
		list[i].At = list[i].At.In(s.pack.Spec().Location)
	}
	return list, err
}

// PhotoIDs are the numbers of the version's photos.
func (v *Version) PhotoIDs() []int64 {
	ids := make([]int64, len(v.Photos))
	for i, p := range v.Photos {
		ids[i] = p.ID
	}
	return ids
}

// readPhotos takes the photos an input names: those of the version that is corrected, and what the
// actor has handed in for a record of the kind.
func (s *Service) readPhotos(ctx context.Context, a access.Actor, kind *campaign.RecordKind, in *Input) ([]Photo, *Fault, error) {
	ids := slices.Clone(in.Photos)
	slices.Sort(ids)
	if len(slices.Compact(ids)) != len(in.Photos) {
		return nil, &Fault{PhotosField, PhotoTwice, nil}, nil
	}
	switch {
	case len(ids) == 0:
		return nil, nil, nil
	case kind.Photos == campaign.NoPhotos:
		return nil, &Fault{PhotosField, PhotosNone, problem.Params{"kind": kind.Title}}, nil
	case len(ids) > MaxPhotos:
		return nil, &Fault{PhotosField, PhotosMany, problem.Params{"max": MaxPhotos, "count": len(ids)}}, nil
	}
	list, err := s.photos(ctx, in.Photos)
	if err != nil {
		return nil, nil, err
	}
	if len(list) != len(ids) {
		return nil, &Fault{PhotosField, PhotoGone, nil}, nil
	}
	for i := range list {
		p := &list[i]
		switch {
		case in.before != nil && p.Record == in.before.ID:
		case p.Account != a.Account || p.Kind != kind.Key:
			return nil, &Fault{PhotosField, PhotoGone, nil}, nil
		case p.Record != 0 && (in.Key == "" || p.Key != in.Key): // with its key the form may have been sent before
			return nil, &Fault{PhotosField, PhotoTaken, nil}, nil
		}
	}
	return list, nil, nil
}

func refs(list []Photo) []PhotoRef {
	var out []PhotoRef
	for _, p := range list {
		out = append(out, PhotoRef{ID: p.ID})
	}
	return out
}

// corrected is the record that an input corrects, 0 for none.
func (in *Input) corrected() int64 {
	if in.before == nil {
		return 0
	}
	return in.before.ID
}
