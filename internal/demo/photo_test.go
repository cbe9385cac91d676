package demo

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/clock"
	"github.com/sangzi/sangzi/internal/picture"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

var typing = []unit.Code{445281113000, 445281115000}

// photographed are the deeds entered up to a moment, with their photos.
func photographed(t *testing.T, until string) []entry {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	pack := campaign.Default()
	at, err := clock.Parse(until, pack.Spec().Location)
	if err != nil {
		t.Fatal(err)
	}
	s := &Stage{Pack: pack, Tree: registry.At, Workbooks: typing, Photos: true}
	weeks := pack.Calendar().Until(pack.Calendar().Current(day("03-29")).Due)
	list := s.entries(len(weeks), at())
	s.photograph(list)
	return list
}

// Photos are of plantings and seedlings, taken on their day before they were written down, at a
// place in the county; every week has some, towns that keep to workbooks none.
func TestPhotographed(t *testing.T) {
	list := photographed(t, Today)
	box, ok := campaign.Default().Records.Box(County)
	if !ok {
		t.Fatal("no box")
	}
	weeks, towns, photos, seeds := map[int]int{}, map[unit.Code]int{}, 0, map[uint64]bool{}
	for i := range list {
		e := &list[i]
		if len(e.shots) > 0 {
			weeks[e.week]++
			towns[e.deed.at.At(unit.LevelTown)]++
		}
		for n, s := range e.shots {
			photos++
			if kind, _ := campaign.Default().Records.Kind(e.kind); kind.Photos != campaign.TreePhoto {
				t.Errorf("a photo of %s", e.kind)
			}
			if e.noted != nil {
				continue // a tale
			}
			if seeds[s.Seed] {
				t.Errorf("%s %s: a photo as of another deed", e.deed.at, e.day)
			}
			seeds[s.Seed] = true
			taken := s.Day.In(campaign.Default().Spec().Location).Add(time.Duration(s.Minute) * time.Minute)
			if s.Day != e.day || !taken.Before(e.at) || s.Minute < 7*60 {
				t.Errorf("%s %s: photo %d taken on %s at minute %d, written down %s", e.deed.at, e.day, n, s.Day, s.Minute, e.at)
			}
			if at := picture.PlaceOf(s.latitude, s.longitude); !box.Contains(at.Latitude, at.Longitude) {
				t.Errorf("%s: a photo of %f, %f", e.deed.at, s.latitude, s.longitude)
			}
		}
	}
	for no := range 9 {
		if weeks[no+1] == 0 {
			t.Errorf("no photo in week %d", no+1)
		}
	}
	if photos < 150 || photos > 350 || towns[Town] < 50 || len(towns) < 20 {
		t.Errorf("%d photos, in weeks %v and towns %v", photos, weeks, towns)
	}
	for _, town := range typing {
		if towns[town] > 0 {
			t.Errorf("%s keeps to workbooks and has photos", town)
		}
	}
}

// A demonstration of an earlier moment has the same photos, without those of later records.
func TestPhotographedEarlier(t *testing.T) {
	all, some := photographed(t, Today), photographed(t, "2024-03-12T12:00")
	n := 0
	for i := range some {
		a, b := &all[i], &some[i]
		if a.deed.at != b.deed.at || a.kind != b.kind || !reflect.DeepEqual(a.shots, b.shots) {
			t.Fatalf("%s %s %s has other photos at an earlier moment", b.deed.at, b.kind, b.day)
		}
		n += len(b.shots)
	}
	if n == 0 || len(some) == len(all) {
		t.Fatalf("%d photos of %d deeds", n, len(some))
	}
}

// Every tale is told.
func TestTales(t *testing.T) {
	list := photographed(t, Today)
	for _, tale := range tales {
		e := planted(list, tale.at, tale.day, tale.by)
		if e == nil || e.noted == nil || len(e.shots) != 1 {
			t.Errorf("nothing is told of %s on %s", tale.at, tale.day)
			continue
		}
		switch s := e.shots[0]; {
		case tale.from == 0 && s.Day != e.day.Add(-tale.before):
			t.Errorf("%s: taken on %s", tale.at, s.Day)
		case tale.from != 0 && s.Seed != planted(list, tale.from, tale.of, tale.by).shots[0].Seed:
			t.Errorf("%s: not the photo of %s", tale.at, tale.from)
		}
	}
}

// A file says when and where it was taken; sent on it says neither, is smaller, and is still
// known to be the same.
func TestFiles(t *testing.T) {
	n := 0
	for _, e := range photographed(t, "2024-02-05T18:00") {
		if len(e.shots) == 0 || n == 10 {
			continue
		}
		n++
		own, sent := e.shots[0], e.shots[0]
		sent.sentOn = true
		a, b := read(t, own), read(t, sent)
		if a.Taken != (picture.Moment{Day: own.Day, Minute: own.Minute}) || a.Place == nil {
			t.Errorf("%s: %+v %+v", e.deed.at, a.Taken, a.Place)
		}
		if !b.Taken.Day.IsZero() || b.Place != nil || b.Width >= a.Width {
			t.Errorf("%s sent on: %+v %+v %d", e.deed.at, b.Taken, b.Place, b.Width)
		}
		if d := a.Hash.Distance(b.Hash); d > picture.Near {
			t.Errorf("%s: sent on it differs in %d places", e.deed.at, d)
		}
	}
}

func read(t *testing.T, s shot) picture.Picture {
	t.Helper()
	data, err := s.file()
	if err != nil {
		t.Fatal(err)
	}
	p, err := picture.NewReader(1, time.Minute).Read(context.Background(), data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
