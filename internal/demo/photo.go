package demo

import (
	"context"
	"fmt"
	"image"
	"strings"
	"sync"

	"golang.org/x/image/draw"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo/scene"
	"github.com/sangzi/sangzi/internal/picture/camera"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
)

// shot is a photo somebody took, with its scene.
type shot struct {
	scene.Scene
	latitude, longitude float64
	sentOn              bool // through a messenger: smaller, coarser, without when and where
}

// file is the photo as it is handed in.
func (s shot) file() ([]byte, error) {
	img, err := scene.Draw(s.Scene)
	if err != nil {
		return nil, err
	}
	if s.sentOn {
		small := image.NewRGBA(image.Rect(0, 0, scene.Width*4/5, scene.Height*4/5))
		draw.BiLinear.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
		return camera.JPEG(small, 68, camera.Exif{})
	}
	return camera.JPEG(img, 86, camera.Exif{Latitude: s.latitude, Longitude: s.longitude,
		Taken: fmt.Sprintf("%s %02d:%02d:%02d", strings.ReplaceAll(s.Day.String(), "-", ":"), s.Minute/60, s.Minute%60, s.Seed%60)})
}

// workOf is what is done in the scenes of a deed.
func workOf(d *deed) scene.Work {
	switch {
	case d.kind == "seedlings":
		return scene.Seedlings
	case d.a == "tending":
		return scene.Tending
	}
	return scene.Planting
}

// shown is of how many in a thousand deeds of a kind somebody hands in a photo: of most in 新坛村,
// of some in the two towns that people are led to, of few elsewhere. Of meetings never.
func shown(e *entry) uint64 {
	at := e.deed.at
	town := at.At(unit.LevelTown)
	switch {
	case e.kind != "planting" && e.kind != "seedlings" || at.Level() == unit.LevelCounty:
		return 0
	case at == Village, at == Town, at == EastTown:
		return 900
	case town == Town && e.a != "tending":
		return 190
	case town == EastTown && e.a != "tending":
		return 100
	case town == Town, town == EastTown:
		return 45
	}
	return 6
}

// photograph says of each deed what photos are handed in for it, and plays the tales about some.
func (s *Stage) photograph(list []entry) {
	for i := range list {
		e := &list[i]
		seed := e.seed()
		if seed>>8%1000 >= shown(e) {
			continue
		}
		e.shots = append(e.shots, e.shot(0))
		if seed>>40%6 == 0 {
			e.shots = append(e.shots, e.shot(1))
		}
	}
	for i := range tales {
		s.tell(&tales[i], list)
	}
	for i := range list {
		for _, shot := range list[i].shots {
			list[i].files = append(list[i].files, sync.OnceValues(shot.file))
		}
	}
}

// ahead is how many deeds before they are entered their photos are drawn.
const ahead = 1500

// drawAhead draws the photos of what is entered soon, while the database writes.
func (s *Stage) drawAhead() {
	for ; s.drawn < min(ahead, len(s.pending)); s.drawn++ {
		for _, file := range s.pending[s.drawn].files {
			go file() //nolint:errcheck // whoever hands it in is told
		}
	}
}

// seed is a number of a deed's own.
func (e *entry) seed() uint64 {
	return scene.Seed(e.deed.at.String(), e.kind, e.day.String(), e.a, e.b, fmt.Sprint(e.n, e.other))
}

// shot is the n-th photo of a deed: taken on its day, before it was written down.
func (e *entry) shot(n int) shot {
	seed := e.seed()
	early, late := 7*60+40, 17*60
	if e.entered == e.day {
		late = min(late, e.at.Hour()*60+e.at.Minute()-15)
	}
	sc := scene.Scene{Seed: seed + uint64(n)*7_919, Work: workOf(&e.deed), Day: e.day, Minute: early + int(seed>>16%uint64(late-early)) + 6*n}
	if e.day.Month() >= 2 {
		sc.Flower = strings.TrimRight(strings.Split(species(e.n), "、")[0], "0123456789")
	}
	out := shot{Scene: sc}
	out.latitude, out.longitude = somewhere(e.deed.at, sc.Seed)
	return out
}

// somewhere is an invented place in the middle of 普宁市: a town has its surroundings, a village
// its own in them, and what is done there is within some hundred metres. None of it is where the
// unit really lies.
func somewhere(at unit.Code, seed uint64) (latitude, longitude float64) {
	within := func(of uint64, wide float64) (float64, float64) {
		return (float64(of>>8%1000)/1000 - 0.5) * wide, (float64(of>>24%1000)/1000 - 0.5) * wide
	}
	a, b := within(scene.Seed(at.At(unit.LevelTown).String()), 0.24)
	c, d := within(scene.Seed(at.String()), 0.04)
	e, f := within(seed, 0.006)
	return 23.31 + a + c + e, 116.06 + b + d + f
}

// handIn hands in the photos of a deed.
func (s *Stage) handIn(ctx context.Context, who access.Actor, e *entry) ([]int64, error) {
	var ids []int64
	for _, file := range e.files {
		data, err := file()
		if err != nil {
			return nil, err
		}
		p, err := s.Records.AddPhoto(ctx, who, record.PhotoInput{Kind: e.kind, Unit: e.deed.at, Data: data})
		if err != nil {
			return nil, err
		}
		ids = append(ids, p.ID)
	}
	return ids, nil
}

// day is a day of 2024.
func day(text string) date.Date { return date.MustParse("2024-" + text) }
