package picture

import (
	"bytes"
	"math"
	"strings"
	"time"

	"github.com/bep/imagemeta"

	"github.com/sangzi/sangzi/internal/date"
)

// meta is what is read of a file's own data, and all of it.
type meta struct {
	orientation int
	taken       Moment
	place       *Place
}

var metaFormats = map[string]imagemeta.ImageFormat{"jpeg": imagemeta.JPEG, "png": imagemeta.PNG, "webp": imagemeta.WebP}

// wanted are the tags that are read.
var wanted = map[string]bool{"Orientation": true, "DateTimeOriginal": true, "GPSLatitude": true, "GPSLatitudeRef": true, "GPSLongitude": true, "GPSLongitudeRef": true}

// readMeta reads EXIF. A file whose data cannot be read says nothing: that keeps no picture out.
func readMeta(f format, data []byte) (m meta) {
	defer func() {
		if recover() != nil {
			m = meta{}
		}
	}()
	var tags imagemeta.Tags
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(data), ImageFormat: metaFormats[f.name], Sources: imagemeta.EXIF, Timeout: 2 * time.Second, LimitNumTags: 2000, LimitTagSize: 256,
		// The thumbnail inside a file has tags of its own.
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return wanted[t.Tag] && !strings.HasPrefix(t.Namespace, "IFD1") },
		HandleTag:       func(t imagemeta.TagInfo) error { tags.Add(t); return nil },
		Warnf:           func(string, ...any) {},
	})
	if err != nil && len(tags.EXIF()) == 0 {
		return m
	}
	if t, ok := tags.EXIF()["Orientation"]; ok {
		if n, ok := t.Value.(uint16); ok && n >= 1 && n <= 8 {
			m.orientation = int(n)
		}
	}
	if t, ok := tags.EXIF()["DateTimeOriginal"]; ok {
		if text, ok := t.Value.(string); ok {
			m.taken = readMoment(text)
		}
	}
	if lat, long, err := tags.GetLatLong(); err == nil {
		m.place = PlaceOf(lat, long)
	}
	return m
}

// readMoment reads 2024:03:24 09:15:02.
func readMoment(text string) Moment {
	t, err := time.Parse("2006:01:02 15:04:05", strings.TrimRight(text, "\x00 "))
	if err != nil || t.Year() < 1990 || t.Year() > 2200 {
		return Moment{}
	}
	return Moment{date.FromTime(t), t.Hour()*60 + t.Minute()}
}

// PlaceOf is a place on earth; nil for what is none, and for 0, 0, which cameras write that do
// not know where they are.
func PlaceOf(latitude, longitude float64) *Place {
	if math.IsNaN(latitude) || math.IsNaN(longitude) || math.Abs(latitude) > 90 || math.Abs(longitude) > 180 || latitude == 0 && longitude == 0 {
		return nil
	}
	return &Place{int32(math.Round(latitude * 1e6)), int32(math.Round(longitude * 1e6))}
}
