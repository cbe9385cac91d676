package picture

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"time"

	"github.com/sangzi/sangzi/internal/date"
)

// What comes out, in pixels of the longer side, and what may go in.
const (
	LongEdge  = 1600
	ThumbEdge = 320
	MaxBytes  = 12 << 20 // a file

	maxPixels      = 50_000_000 // of a JPEG in one pass: what the best telephones take
	maxPixelsHeavy = 16_000_000 // of what takes several times the memory: PNG, WebP, JPEG in several passes
	maxSide        = 20_000
	minSide        = 16
	maxPasses      = 64 // of a progressive JPEG: each goes over the whole picture
	maxStored      = 700 << 10
)

// Picture is a picture as it is kept, with what its file said.
type Picture struct {
	Full, Thumb   []byte // JPEG, upright, without metadata
	Width, Height int    // of Full
	Hash          Hash
	Taken         Moment // the zero one: the file does not say
	Place         *Place // nil: the file does not say
}

// Moment is when a camera says a picture was taken: the day and time its owner saw, for a camera
// knows no zone.
type Moment struct {
	Day    date.Date
	Minute int // of the day
}

// Place is where, by WGS-84, in millionths of a degree.
type Place struct{ Latitude, Longitude int32 }

// Reader reads pictures, a few at a time.
type Reader struct {
	turns chan struct{}
	most  time.Duration
}

// NewReader makes a reader that decodes at most so many pictures at once, each within most.
func NewReader(atOnce int, most time.Duration) *Reader {
	return &Reader{make(chan struct{}, atOnce), most}
}

// Read reads one. What is wrong with it is a problem of this package.
func (r *Reader) Read(ctx context.Context, data []byte) (Picture, error) {
	ctx, cancel := context.WithTimeout(ctx, r.most)
	defer cancel()
	format, err := sniff(data)
	if err != nil {
		return Picture{}, err
	}
	select {
	case r.turns <- struct{}{}:
		defer func() { <-r.turns }()
	case <-ctx.Done():
		return Picture{}, ErrSlow.Because(ctx.Err())
	}
	img, err := decode(ctx, format, data)
	if err != nil {
		return Picture{}, err
	}
	said := readMeta(format, data)
	full := upright(shrink(img, LongEdge), said.orientation)
	thumb := shrink(full, ThumbEdge)
	p := Picture{Width: full.Bounds().Dx(), Height: full.Bounds().Dy(), Hash: hashOf(thumb), Taken: said.taken, Place: said.place}
	if p.Full, err = encode(full, 82); err == nil {
		p.Thumb, err = encode(thumb, 75)
	}
	if ctx.Err() != nil {
		return Picture{}, ErrSlow.Because(ctx.Err())
	}
	return p, err
}

// decode reads the pixels, once their number is known to be bearable.
func decode(ctx context.Context, f format, data []byte) (image.Image, error) {
	size, err := f.config(bytes.NewReader(data))
	if err != nil {
		return nil, broken(err)
	}
	pixels := maxPixelsHeavy
	if f.name == "jpeg" {
		passes := bytes.Count(data, []byte{0xff, 0xda})
		if passes > maxPasses {
			return nil, ErrBroken.Because(errors.New("too many passes"))
		}
		if !progressive(data) {
			pixels = maxPixels
		}
	}
	switch w, h := size.Width, size.Height; {
	case w < minSide || h < minSide:
		return nil, ErrTooSmall
	case w > maxSide || h > maxSide || w*h > pixels:
		return nil, ErrTooManyPixels.With("width", w).With("height", h)
	}
	img, err := f.decode(&patient{ctx, bytes.NewReader(data)})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ErrSlow.Because(ctx.Err())
		}
		return nil, broken(err)
	}
	return img, nil
}

func broken(err error) error { return ErrBroken.Because(err) }

// patient stops a decoder when its time is over.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

// encode writes a JPEG, coarser if it has so much in it that it would be large.
func encode(img image.Image, quality int) ([]byte, error) {
	for ; ; quality -= 12 {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
			return nil, err
		}
		if b.Len() <= maxStored || quality <= 46 {
			return b.Bytes(), nil
		}
	}
}
