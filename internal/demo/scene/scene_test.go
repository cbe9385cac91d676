package scene

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"strconv"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/picture/camera"
)

// nth is some scene, another for each number.
func nth(n int) Scene {
	return Scene{Seed: Seed("scene", strconv.Itoa(n)), Work: Work(n % 3), Day: date.MustParse("2024-01-08").Add(n), Minute: 500 + 11*n, Flower: []string{"木棉", "荔枝"}[n%2]}
}

func drawn(t testing.TB, s Scene) *image.RGBA {
	t.Helper()
	img, err := Draw(s)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestSameSceneIsTheSamePicture(t *testing.T) {
	for n := range 6 {
		if a, b := drawn(t, nth(n)), drawn(t, nth(n)); !bytes.Equal(a.Pix, b.Pix) {
			t.Errorf("scene %d is drawn otherwise the second time", n)
		}
	}
}

// Every picture is full, and says that it is invented: white letters in the lower left corner,
// and nothing else differs from the picture without them.
func TestMarkIsInThePicture(t *testing.T) {
	corner := image.Rect(0, Height*4/5, Width/2, Height)
	for n := range 12 {
		marked, plain := drawn(t, nth(n)), Unmarked(nth(n))
		white, elsewhere := 0, 0
		for y := range Height {
			for x := range Width {
				a := marked.RGBAAt(x, y)
				if a.A != 255 {
					t.Fatalf("scene %d: nothing drawn at %d, %d", n, x, y)
				}
				switch changed := a != plain.RGBAAt(x, y); {
				case changed && !image.Pt(x, y).In(corner):
					elsewhere++
				case changed && a == color.RGBA{255, 255, 255, 255}:
					white++
				}
			}
		}
		if elsewhere > 0 || white < 1000 {
			t.Errorf("scene %d: %d white places in the corner, %d changed elsewhere", n, white, elsewhere)
		}
	}
}

// Two plantings are never taken for the same photo, and one made smaller is.
func TestScenesLookApart(t *testing.T) {
	r := picture.NewReader(2, time.Minute)
	var list []picture.Hash
	for n := range 40 {
		data, err := camera.JPEG(drawn(t, nth(n)), 86, camera.Exif{})
		if err != nil {
			t.Fatal(err)
		}
		p, err := r.Read(context.Background(), data)
		if err != nil {
			t.Fatal(err)
		}
		if size := len(p.Full) + len(p.Thumb); size > 150_000 {
			t.Errorf("scene %d takes %d bytes", n, size)
		}
		for i, other := range list {
			if d := p.Hash.Distance(other); d <= picture.Near {
				t.Errorf("scenes %d and %d differ in %d places only", n, i, d)
			}
		}
		list = append(list, p.Hash)
	}
}

func BenchmarkDraw(b *testing.B) {
	for n := range b.N {
		drawn(b, nth(n))
	}
}
