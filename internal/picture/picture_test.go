package picture_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"
	"time"

	"golang.org/x/image/draw"

	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/internal/problem"
)

var ctx = context.Background()

func read(t testing.TB, data []byte) picture.Picture {
	t.Helper()
	p, err := picture.NewReader(1, time.Minute).Read(ctx, data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// segments lists the markers of a JPEG before its pixels.
func segments(t testing.TB, data []byte) (list []byte) {
	t.Helper()
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) || !bytes.HasSuffix(data, []byte{0xff, 0xd9}) {
		t.Fatal("no JPEG from its beginning to its end")
	}
	for i := 2; ; {
		if data[i] != 0xff {
			t.Fatalf("no segment at %d", i)
		}
		list = append(list, data[i+1])
		if data[i+1] == 0xda {
			if n := bytes.Count(data[i:], []byte{0xff, 0xd9}); n != 1 {
				t.Fatalf("%d ends", n)
			}
			return list
		}
		i += 2 + int(binary.BigEndian.Uint16(data[i+2:]))
	}
}

// What the camera wrote is read, and nothing of it is left in what is kept.
func TestNothingOfTheFileIsLeft(t *testing.T) {
	data := picturetest.JPEG(picturetest.Scene(1, 3000, 2000), 90, picturetest.Camera{Taken: "2024:03:28 09:15:02", Latitude: 23.297123, Longitude: 116.165321, Model: "小米 14 Pro", Orientation: 1})
	p := read(t, data)
	if p.Width != 1600 || p.Height != 1067 || p.Taken.Day.String() != "2024-03-28" || p.Taken.Minute != 9*60+15 || p.Place == nil || *p.Place != (picture.Place{Latitude: 23297123, Longitude: 116165321}) {
		t.Errorf("read %d × %d, %v, %v", p.Width, p.Height, p.Taken, p.Place)
	}
	for name, kept := range map[string][]byte{"full": p.Full, "thumbnail": p.Thumb} {
		for _, m := range segments(t, kept) {
			if !bytes.Contains([]byte{0xdb, 0xc0, 0xc4, 0xda}, []byte{m}) {
				t.Errorf("%s: a segment %x", name, m)
			}
		}
		if bytes.Contains(kept, []byte("Exif")) || bytes.Contains(kept, []byte("小米")) {
			t.Errorf("%s: the file's own words are in it", name)
		}
	}
	if c, err := jpeg.DecodeConfig(bytes.NewReader(p.Thumb)); err != nil || c.Width != 320 || c.Height != 213 {
		t.Errorf("thumbnail %d × %d, %v", c.Width, c.Height, err)
	}
	if len(p.Full) > 700<<10 || len(p.Thumb) > 40<<10 {
		t.Errorf("%d and %d bytes", len(p.Full), len(p.Thumb))
	}
}

// However the camera was held, the picture comes out upright.
func TestUpright(t *testing.T) {
	// Red above left, green above right, blue below left, white below right.
	corners := func(img image.Image) (s string) {
		b := img.Bounds()
		for _, at := range []image.Point{{b.Min.X + 8, b.Min.Y + 8}, {b.Max.X - 8, b.Min.Y + 8}, {b.Min.X + 8, b.Max.Y - 8}, {b.Max.X - 8, b.Max.Y - 8}} {
			r, g, bl, _ := img.At(at.X, at.Y).RGBA()
			switch {
			case r > 0xb000 && g > 0xb000:
				s += "W"
			case r > 0xb000:
				s += "R"
			case g > 0xb000:
				s += "G"
			case bl > 0xb000:
				s += "B"
			}
		}
		return s
	}
	img := image.NewRGBA(image.Rect(0, 0, 96, 64))
	for i, c := range []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}} {
		at := image.Pt(i%2*48, i/2*32)
		draw.Draw(img, image.Rectangle{at, at.Add(image.Pt(48, 32))}, image.NewUniform(c), image.Point{}, draw.Src)
	}
	for orientation, want := range map[uint16]string{0: "RGBW", 1: "RGBW", 2: "GRWB", 3: "WBGR", 4: "BWRG", 5: "RBGW", 6: "BRWG", 7: "WGBR", 8: "GWRB", 9: "RGBW"} {
		p := read(t, picturetest.JPEG(img, 95, picturetest.Camera{Orientation: orientation, Model: "x"}))
		out, err := jpeg.Decode(bytes.NewReader(p.Full))
		if err != nil {
			t.Fatal(err)
		}
		if got := corners(out); got != want || (p.Width == 64) != (orientation >= 5 && orientation <= 8) {
			t.Errorf("orientation %d: %s, %d wide, want %s", orientation, got, p.Width, want)
		}
	}
}

// A messenger's copy is known again; other scenes are not taken for it.
func TestKnownAgain(t *testing.T) {
	var hashes []picture.Hash
	for seed := range uint64(40) {
		img := picturetest.Scene(seed, 900, 675)
		h := read(t, picturetest.JPEG(img, 92, picturetest.Camera{})).Hash
		small := image.NewRGBA(image.Rect(0, 0, 540, 405))
		draw.CatmullRom.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
		copied := read(t, picturetest.JPEG(small, 45, picturetest.Camera{})).Hash
		if d := h.Distance(copied); d > picture.Near {
			t.Errorf("scene %d: its copy differs in %d places", seed, d)
		}
		if !h.Telling() {
			t.Errorf("scene %d tells nothing: %x", seed, h)
		}
		hashes = append(hashes, h)
	}
	for i, a := range hashes {
		for j, b := range hashes[:i] {
			if d := a.Distance(b); d <= picture.Near {
				t.Errorf("scenes %d and %d differ in %d places", i, j, d)
			}
		}
	}
	white := image.NewRGBA(image.Rect(0, 0, 200, 200))
	draw.Draw(white, white.Bounds(), image.White, image.Point{}, draw.Src)
	if read(t, picturetest.JPEG(white, 90, picturetest.Camera{})).Hash.Telling() {
		t.Error("a white wall is known again")
	}
}

// Bands find every hash that differs in at most seven places.
func TestBandsFindNeighbours(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		a := picture.Hash(r.Uint64())
		b := a
		for range r.IntN(8) {
			b ^= 1 << r.IntN(64)
		}
		found := false
		for i, band := range a.Bands() {
			for _, n := range picture.Neighbours(band) {
				found = found || n == b.Bands()[i]
			}
		}
		if !found {
			t.Fatalf("%x and %x differ in %d places and share no band", a, b, a.Distance(b))
		}
	}
}

func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	body := append([]byte(kind), data...)
	return binary.BigEndian.AppendUint32(append(out, body...), crc32.ChecksumIEEE(body))
}

// pngHead is a PNG that says it has so many pixels, and has none.
func pngHead(w, h uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(ihdr, 8, 6, 0, 0, 0))...)
}

// jpegHead is a JPEG that says it has so many pixels, and has none.
func jpegHead(w, h uint16) []byte {
	out := append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 16}, "JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"...)
	out = append(out, 0xff, 0xc0, 0, 17, 8)
	out = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(out, h), w)
	return append(out, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0)
}

func encoded(t *testing.T, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	img := picturetest.Scene(3, 64, 64)
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "gif":
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is hostile, broken or of another kind is refused, each by its own problem.
func TestRefused(t *testing.T) {
	good := picturetest.JPEG(picturetest.Scene(3, 400, 300), 85, picturetest.Camera{Taken: "2024:03:28 09:15:02"})
	apng := append(pngHead(64, 64), chunk("acTL", make([]byte, 8))...)
	manyPasses := append(append([]byte{}, good[:len(good)-2]...), bytes.Repeat([]byte{0xff, 0xda}, 100)...)
	for name, c := range map[string]struct {
		data []byte
		want *problem.Problem
	}{
		"nothing":            {nil, picture.ErrType},
		"a text":             {[]byte("义务植树"), picture.ErrType},
		"a page":             {[]byte("<html><script>alert(1)</script>"), picture.ErrType},
		"a drawing":          {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), picture.ErrType},
		"a PDF":              {[]byte("%PDF-1.7"), picture.ErrType},
		"an iPhone's":        {append([]byte{0, 0, 0, 24}, "ftypheic\x00\x00\x00\x00mif1heic"...), picture.ErrHEIC},
		"a film":             {append([]byte{0, 0, 0, 16}, "ftypisom\x00\x00\x00\x00"...), picture.ErrType},
		"a GIF":              {encoded(t, "gif"), picture.ErrAnimated},
		"a moving PNG":       {apng, picture.ErrAnimated},
		"a moving WebP":      {append([]byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02"), make([]byte, 20)...), picture.ErrAnimated},
		"an empty WebP":      {append([]byte("RIFF\x20\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00"), make([]byte, 20)...), picture.ErrTooSmall},
		"cut in the middle":  {good[:len(good)/2], picture.ErrBroken},
		"cut in its data":    {good[:40], picture.ErrBroken},
		"three bytes":        {good[:3], picture.ErrBroken},
		"a PNG of 50000²":    {pngHead(50000, 50000), picture.ErrTooManyPixels},
		"a JPEG of 50000²":   {jpegHead(50000, 50000), picture.ErrTooManyPixels},
		"a long thin one":    {pngHead(30000, 20), picture.ErrTooManyPixels},
		"a PNG of 5000²":     {pngHead(5000, 5000), picture.ErrTooManyPixels},
		"a point":            {pngHead(1, 1), picture.ErrTooSmall},
		"a PNG without any":  {pngHead(64, 64), picture.ErrBroken},
		"very many passes":   {manyPasses, picture.ErrBroken},
		"a huge file":        {append(good, make([]byte, picture.MaxBytes)...), picture.ErrTooLarge},
		"an end and no more": {[]byte{0xff, 0xd8, 0xff, 0xd9}, picture.ErrBroken},
	} {
		_, err := picture.NewReader(1, time.Minute).Read(ctx, c.data)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want.Code)
		}
	}
}

// What is a picture and something else besides comes out as the picture only.
func TestPolyglot(t *testing.T) {
	good := picturetest.JPEG(picturetest.Scene(3, 400, 300), 85, picturetest.Camera{Model: "<script>alert(1)</script>"})
	p := read(t, append(good, "<script>alert(2)</script>PK\x03\x04"...))
	if bytes.Contains(p.Full, []byte("<script>")) || bytes.Contains(p.Thumb, []byte("<script>")) || bytes.Contains(p.Full, []byte("PK\x03\x04")) {
		t.Error("what stood beside the picture is kept")
	}
	if p := read(t, encoded(t, "png")); p.Width != 64 {
		t.Errorf("a PNG is %d wide", p.Width)
	}
}

// Nobody waits for ever, neither for a turn nor for a decoder.
func TestTimeIsBounded(t *testing.T) {
	good := picturetest.JPEG(picturetest.Scene(3, 400, 300), 85, picturetest.Camera{})
	if _, err := picture.NewReader(1, time.Nanosecond).Read(ctx, good); !errors.Is(err, picture.ErrSlow) {
		t.Errorf("within a nanosecond: %v", err)
	}
	if _, err := picture.NewReader(0, time.Millisecond).Read(ctx, good); !errors.Is(err, picture.ErrSlow) {
		t.Errorf("without a turn: %v", err)
	}
}

// Cameras that know neither time nor place, and those that lie, keep no picture out.
func TestWhatTheCameraSays(t *testing.T) {
	img := picturetest.Scene(3, 64, 64)
	for _, c := range []struct {
		camera picturetest.Camera
		want   string
	}{
		{picturetest.Camera{}, "0-0 <nil>"},
		{picturetest.Camera{Taken: "0000:00:00 00:00:00"}, "0-0 <nil>"},
		{picturetest.Camera{Taken: "    :  :     :  :  "}, "0-0 <nil>"},
		{picturetest.Camera{Taken: "2024:03:28 23:59:59", Latitude: -33.5, Longitude: -70.25}, "20240328-1439 &{-33500000 -70250000}"},
		{picturetest.Camera{Latitude: 95, Longitude: 116}, "0-0 <nil>"},
	} {
		p := read(t, picturetest.JPEG(img, 85, c.camera))
		if got := fmt.Sprintf("%d-%d %v", p.Taken.Day.Int(), p.Taken.Minute, p.Place); got != c.want {
			t.Errorf("%+v: %s, want %s", c.camera, got, c.want)
		}
	}
}

// Whatever is handed in: no panic, and what comes out is whole and clean.
func FuzzRead(f *testing.F) {
	small := picturetest.Scene(3, 48, 32)
	f.Add(picturetest.JPEG(small, 60, picturetest.Camera{Taken: "2024:03:28 09:15:02", Latitude: 23.3, Longitude: 116.2, Orientation: 6}))
	var b bytes.Buffer
	if err := png.Encode(&b, small); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(pngHead(50000, 50000))
	f.Add(jpegHead(50000, 50000))
	r := picture.NewReader(4, 20*time.Second)
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := r.Read(ctx, data)
		if err != nil {
			if _, ok := problem.Of(err); !ok {
				t.Errorf("not told to people: %v", err)
			}
			return
		}
		segments(t, p.Full)
		segments(t, p.Thumb)
		if p.Width < 1 || p.Height < 1 || max(p.Width, p.Height) > picture.LongEdge {
			t.Errorf("%d × %d", p.Width, p.Height)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := picturetest.JPEG(picturetest.Scene(5, 4000, 3000), 90, picturetest.Camera{Taken: "2024:03:28 09:15:02"})
	b.SetBytes(int64(len(data)))
	r := picture.NewReader(1, time.Minute)
	var p picture.Picture
	for b.Loop() {
		var err error
		if p, err = r.Read(ctx, data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(p.Full)), "full-bytes")
	b.ReportMetric(float64(len(p.Thumb)), "thumb-bytes")
}
