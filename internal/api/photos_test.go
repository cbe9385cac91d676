package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/test/house"
)

func (s *stage) photoTo(as, path, content string) house.Reply {
	s.t.Helper()
	return s.as(as).Do(http.MethodPost, s.say("/api/v1/records/"+path), "application/octet-stream", content)
}

type shownPhoto struct {
	ID            int64
	Width, Height int
	Taken         string
	Position      *struct{ Latitude, Longitude float64 }
	Record        int64
}

// A program hands in a photo, records with it, and reads it back; the same photo at another
// village is named.
func TestPhotos(t *testing.T) {
	on(t, func(s *stage) {
		data := string(picturetest.JPEG(picturetest.Scene(1, 320, 240), 85, picturetest.Camera{Taken: "2024:03:24 09:15:02", Latitude: 23.297, Longitude: 116.185}))
		p := decode[shownPhoto](s.t, s.photoTo("xintan", "{xintan}/photos?kind=planting&key=k1", data), http.StatusCreated)
		if p.Width != 320 || p.Taken != "2024-03-24T09:15" || p.Position == nil || p.Position.Latitude != 23.297 || p.Record != 0 {
			s.t.Errorf("handed in %+v", p)
		}
		if again := decode[shownPhoto](s.t, s.photoTo("xintan", "{xintan}/photos?kind=planting&key=k1", data), http.StatusCreated); again.ID != p.ID {
			s.t.Errorf("handed in again it is %d", again.ID)
		}
		photo := fmt.Sprintf("/api/v1/photos/%d", p.ID)
		refused(s.t, s.as("puning").Get(photo), 404, "record.no_photo")
		body := fmt.Sprintf(`{"kind":"planting","day":"2024-03-24","key":"k1","fields":{"work":"new","trees":12},"photos":[%d]}`, p.ID)
		r := s.as("xintan").JSON(http.MethodPost, s.say("/api/v1/records/{xintan}"), body)
		if r.Status != 201 || !strings.Contains(r.Body, fmt.Sprintf(`"photos":[{"id":%d}]`, p.ID)) {
			s.t.Fatalf("recorded: %d %s", r.Status, r.Body)
		}
		if got := decode[shownPhoto](s.t, s.as("lingdao").Get(photo), 200); got.Record == 0 {
			s.t.Errorf("of a record: %+v", got)
		}
		for _, size := range []string{"/full", "/thumb"} {
			r := s.as("lingdao").Get(photo + size)
			if r.Status != 200 || r.Header.Get("Content-Type") != "image/jpeg" || !strings.HasPrefix(r.Body, "\xff\xd8") || strings.Contains(r.Body, "Exif") {
				s.t.Errorf("%s: %d %s", size, r.Status, r.Header.Get("Content-Type"))
			}
		}
		refused(s.t, s.as("lihu").Get(photo+"/thumb"), 404, "record.no_photo")
		refused(s.t, s.as("xintan").Get(photo+"/huge"), 422, "api.request")
		there := decode[shownPhoto](s.t, s.photoTo("puning", "{v0}/photos?kind=planting", data), http.StatusCreated)
		r = s.as("puning").JSON(http.MethodPost, s.say("/api/v1/records/{v0}"), strings.Replace(body, fmt.Sprintf("[%d]", p.ID), fmt.Sprintf("[%d]", there.ID), 1))
		if r.Status != 201 || !strings.Contains(r.Body, `"record.same_photo"`) || !strings.Contains(r.Body, fmt.Sprintf(`"same_photo":%d`, p.ID)) {
			s.t.Errorf("at another village: %d %s", r.Status, r.Body)
		}
	})
}

// What is no photo, or not for this kind or actor, is refused and not kept.
func TestPhotosRefused(t *testing.T) {
	s := sqlite(t)
	good := string(picturetest.JPEG(picturetest.Scene(1, 320, 240), 85, picturetest.Camera{}))
	for _, c := range []struct {
		as, path, content string
		status            int
		code              string
	}{
		{"xintan", "{xintan}/photos?kind=planting", good[:500], 422, "picture.broken"},
		{"xintan", "{xintan}/photos?kind=planting", "%PDF-1.7", 422, "picture.type"},
		{"xintan", "{xintan}/photos?kind=planting", "GIF89a", 422, "picture.animated"},
		{"xintan", "{xintan}/photos?kind=planting", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", 422, "picture.heic"},
		{"xintan", "{xintan}/photos?kind=planting", "", 400, "api.no_body"},
		{"xintan", "{xintan}/photos?kind=planting", strings.Repeat("a", 13<<20), 413, "web.body_too_large"},
		{"xintan", "{xintan}/photos?kind=seminar", good, 422, "record.photos_none"},
		{"xintan", "{xintan}/photos?kind=party", good, 422, "record.kind"},
		{"xintan", "{xintan}/photos", good, 422, "api.request"},
		{"xintan", "{e0}/photos?kind=planting", good, 404, "access.outside"},
		{"lingdao", "{xintan}/photos?kind=planting", good, 403, "access.forbidden"},
		{"", "{xintan}/photos?kind=planting", good, 401, "web.signed_out"},
	} {
		s.as(c.as)
		before := s.Fingerprint()
		refused(s.t, s.photoTo(c.as, c.path, c.content), c.status, c.code)
		if s.Fingerprint() != before {
			s.t.Errorf("%s: something was kept", c.code)
		}
	}
	refused(s.t, s.as("xintan").Get("/api/v1/photos/1"), 404, "record.no_photo")
	refused(s.t, s.as("xintan").Get("/api/v1/photos/0"), 422, "api.request")
}
