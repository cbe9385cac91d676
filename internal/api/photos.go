package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

const photosPath = "/records/{unit}/photos"

// Position is where something is, by WGS-84.
type Position struct {
	Latitude  float64 `json:"latitude" minimum:"-90" maximum:"90" example:"23.297123"`
	Longitude float64 `json:"longitude" minimum:"-180" maximum:"180" example:"116.185321"`
}

func positionOf(p *picture.Place) *Position {
	if p == nil {
		return nil
	}
	return &Position{float64(p.Latitude) / 1e6, float64(p.Longitude) / 1e6}
}

// typed is the position as the service reads it.
func (p *Position) typed() record.TypedPosition {
	if p == nil {
		return record.TypedPosition{}
	}
	degrees := func(f float64) string { return strconv.FormatFloat(f, 'f', 6, 64) }
	return record.TypedPosition{Latitude: degrees(p.Latitude), Longitude: degrees(p.Longitude)}
}

// RecordPhoto is a photo of a record.
type RecordPhoto struct {
	ID         int64 `json:"id" example:"31"`
	SameRecord int64 `json:"same_record,omitempty" doc:"The record that has the same photo, found when this one was entered"`
	SamePhoto  int64 `json:"same_photo,omitempty" doc:"Its photo"`
}

func recordPhotos(v *record.Version) []RecordPhoto {
	out := []RecordPhoto{}
	for _, p := range v.Photos {
		one := RecordPhoto{ID: p.ID}
		if p.Same != nil {
			one.SameRecord, one.SamePhoto = p.Same.Record, p.Same.Photo
		}
		out = append(out, one)
	}
	return out
}

type photo struct {
	ID       int64     `json:"id" example:"31"`
	Width    int       `json:"width" doc:"As it is kept" example:"1600"`
	Height   int       `json:"height" example:"1200"`
	Taken    string    `json:"taken,omitempty" doc:"By the camera's clock, where the kind of record keeps it" example:"2024-03-24T09:15"`
	Position *Position `json:"position,omitempty" doc:"Where it was taken, where the kind of record keeps it"`
	At       time.Time `json:"at" doc:"When it was handed in"`
	Record   int64     `json:"record,omitempty" doc:"The record it belongs to; none: it waits for its record"`
}

func photoOf(p *record.Photo) photo {
	out := photo{ID: p.ID, Width: p.Width, Height: p.Height, Position: positionOf(p.Place), At: p.At, Record: p.Record}
	if !p.Taken.Day.IsZero() {
		out.Taken = p.Taken.Day.String() + time.Time{}.Add(time.Duration(p.Taken.Minute)*time.Minute).Format("T15:04")
	}
	return out
}

func (a *API) registerPhotos() {
	operation(a, op{method: http.MethodPost, path: photosPath, id: "add-photo", tag: "records", status: http.StatusCreated, body: picture.MaxBytes + 1,
		summary: "Hand in a photo for a record",
		about: "The body is the file itself: JPEG, PNG or WebP, at most 12 MB. It is turned upright, made smaller and kept without anything of the file; of when and where it was taken only what the kind of record has a use for is kept. " +
			"Name its id in the photos of a record entered or corrected by the same account; a photo that no record has taken is forgotten after two days."}, a.addPhoto)
	operation(a, op{method: http.MethodGet, path: "/photos/{id}", id: "get-photo", tag: "records", summary: "What is known of a photo",
		about: "For who may read its record; one that waits for its record for who handed it in."}, a.getPhoto)
	operation(a, op{method: http.MethodGet, path: "/photos/{id}/{size}", id: "get-photo-file", tag: "records", summary: "A photo as it is kept", gives: "image/jpeg"}, a.getPhotoFile)
}

func (a *API) addPhoto(ctx context.Context, actor access.Actor, in *struct {
	UnitPath
	Kind    string `query:"kind" required:"true" maxLength:"60" doc:"Of the record it is for" example:"planting"`
	Key     string `query:"key" maxLength:"64" doc:"The key of the record: the same file handed in again with it is the same photo" example:"2024-03-24/planting/7"`
	RawBody []byte `doc:"The picture"`
}) (*body[photo], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	p, err := a.records.AddPhoto(ctx, actor, record.PhotoInput{Kind: in.Kind, Unit: of, Key: in.Key, Data: in.RawBody})
	if err != nil {
		return nil, err
	}
	return answer(photoOf(&p), nil)
}

// PhotoPath is the photo in a path.
type PhotoPath struct {
	ID int64 `path:"id" minimum:"1" doc:"Number of the photo" example:"31"`
}

func (a *API) getPhoto(ctx context.Context, actor access.Actor, in *PhotoPath) (*body[photo], error) {
	p, err := a.records.Photo(ctx, actor, in.ID)
	if err != nil {
		return nil, err
	}
	return answer(photoOf(&p), nil)
}

type jpegFile struct {
	ContentType  string `header:"Content-Type"`
	CacheControl string `header:"Cache-Control"`
	Body         []byte
}

func (a *API) getPhotoFile(ctx context.Context, actor access.Actor, in *struct {
	PhotoPath
	Size string `path:"size" enum:"full,thumb" doc:"At most 1600 or 320 pixels" example:"thumb"`
}) (*jpegFile, error) {
	b, err := a.records.PhotoBytes(ctx, actor, in.ID, record.PhotoSize(in.Size))
	if err != nil {
		return nil, err
	}
	return &jpegFile{"image/jpeg", "private, max-age=31536000, immutable", b}, nil
}
