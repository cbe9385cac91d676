package record_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"slices"
	"sync"
	"testing"
	"time"

	"golang.org/x/image/draw"
	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// inXintan is a camera in the village, on the Friday of the tests.
var inXintan = picturetest.Camera{Taken: "2024:03:29 09:15:02", Latitude: 23.297, Longitude: 116.185, Model: "小米"}

// small is a small photograph of a scene: tests have many.
func small(seed uint64, c picturetest.Camera) []byte {
	return picturetest.JPEG(picturetest.Scene(seed, 160, 120), 85, c)
}

// copied is what a messenger makes of it.
func copied(seed uint64) []byte {
	img := picturetest.Scene(seed, 160, 120)
	less := image.NewRGBA(image.Rect(0, 0, 120, 90))
	draw.CatmullRom.Scale(less, less.Bounds(), img, img.Bounds(), draw.Src, nil)
	return picturetest.JPEG(less, 50, picturetest.Camera{})
}

// add hands in a photo for a kind of record.
func (s *stage) add(a access.Actor, kind string, data []byte) record.Photo {
	s.t.Helper()
	p, err := s.AddPhoto(ctx, a, record.PhotoInput{Kind: kind, Unit: a.Unit, Data: data})
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func with(in record.Input, photos ...int64) record.Input { in.Photos = photos; return in }

// A photo waits for its record, seen by nobody else; then it is seen like the record, and stays
// with the versions that have it.
func TestPhotosOfVersions(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		one, two := s.add(testkit.Village, "planting", small(1, inXintan)), s.add(testkit.Village, "planting", small(2, inXintan))
		if _, err := s.PhotoBytes(ctx, eastClerk, one.ID, record.Thumb); !errors.Is(err, record.ErrNoPhoto) {
			t.Errorf("the town sees what is not recorded: %v", err)
		}
		if b, err := s.PhotoBytes(ctx, testkit.Village, one.ID, record.Full); err != nil || !bytes.HasPrefix(b, []byte{0xff, 0xd8}) {
			t.Errorf("who handed it in: %d bytes, %v", len(b), err)
		}
		v := s.enter(testkit.Village, with(planting("10"), two.ID, one.ID))
		if got := v.PhotoIDs(); !slices.Equal(got, []int64{two.ID, one.ID}) {
			t.Errorf("photos %v", got)
		}
		for a, want := range map[*access.Actor]string{&testkit.Village: "", &eastClerk: "", &testkit.County: "", &testkit.Leader: "", &neighbour: "record.no_photo", &testkit.Town: "record.no_photo"} {
			for _, size := range []record.PhotoSize{record.Full, record.Thumb} {
				if _, err := s.PhotoBytes(ctx, *a, one.ID, size); code(err) != want {
					t.Errorf("%s reads %s: %v, want %q", a.Name, size, err, want)
				}
			}
		}
		three := s.add(eastClerk, "planting", small(3, inXintan))
		in := with(planting("10"), one.ID, three.ID)
		again, err := s.Correct(ctx, eastClerk, at(v), in, "换一张照片")
		if err != nil {
			t.Fatal(err)
		}
		versions, err := s.Show(ctx, testkit.Village, v.ID)
		if err != nil || !slices.Equal(versions[0].PhotoIDs(), []int64{two.ID, one.ID}) || !slices.Equal(versions[1].PhotoIDs(), []int64{one.ID, three.ID}) {
			t.Fatalf("versions %+v, %v", versions, err)
		}
		if _, err := s.PhotoBytes(ctx, testkit.County, two.ID, record.Full); err != nil {
			t.Errorf("a photo taken away: %v", err)
		}
		if _, err := s.Enter(ctx, testkit.Village, with(planting("11"), two.ID)); !isFault(err, record.PhotoTaken) {
			t.Errorf("a photo taken away, in another record: %v", err)
		}
		if _, err := s.Withdraw(ctx, testkit.Village, at(again), "记错了"); err != nil {
			t.Fatal(err)
		}
		list, err := s.PhotosOf(ctx, testkit.Village, &again)
		if err != nil || len(list) != 2 || list[0].ID != one.ID || list[0].Record != v.ID || list[0].Taken.Day != today || list[0].Taken.Minute != 555 {
			t.Errorf("of the withdrawn one: %+v, %v", list, err)
		}
	})
}

// isFault tells whether an error is a list of faults with one of a code.
func isFault(err error, code string) bool {
	found := (*record.Faults)(nil)
	return errors.As(err, &found) && slices.ContainsFunc(found.List, func(f record.Fault) bool { return f.Code == code })
}

// Of a tree time and place are kept, of work in the field the time, of a drawing nothing; meetings
// and talks take no photos.
func TestWhatIsKeptOfAPhoto(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	for _, k := range s.Kinds().Kinds {
		p, err := s.AddPhoto(ctx, testkit.Village, record.PhotoInput{Kind: k.Key, Unit: testkit.Xintan, Data: small(1, inXintan)})
		got := code(err)
		if err == nil {
			got = fmt.Sprintf("%t %t", !p.Taken.Day.IsZero(), p.Place != nil)
		}
		want := map[string]string{"planting": "true true", "seedlings": "true true", "grove": "true true", "base": "true true", "model": "true true",
			"service": "true false", "plan": "false false"}[k.Key]
		if want == "" {
			want = "record.photos_none"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", k.Key, got, want)
		}
	}
	if _, err := s.AddPhoto(ctx, testkit.Village, record.PhotoInput{Kind: "party", Unit: testkit.Xintan}); !errors.Is(err, record.ErrKind) {
		t.Errorf("no kind: %v", err)
	}
	if _, err := s.AddPhoto(ctx, testkit.Village, record.PhotoInput{Kind: "planting", Unit: testkit.Xintan, Data: []byte("GIF89a")}); code(err) != "picture.animated" {
		t.Errorf("a GIF: %v", err)
	}
	for a, want := range map[*access.Actor]string{&testkit.Leader: "access.forbidden", &testkit.Outsider: "access.outside"} {
		if _, err := s.AddPhoto(ctx, *a, record.PhotoInput{Kind: "planting", Unit: testkit.Xintan, Data: small(1, inXintan)}); code(err) != want {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
}

// What can be wrong with the photos an input names; nothing of it is recorded.
func TestPhotoFaults(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	mine := s.add(testkit.Village, "planting", small(1, inXintan)).ID
	forPlan := s.add(testkit.Village, "plan", small(2, inXintan)).ID
	theirs := s.add(eastClerk, "planting", small(3, inXintan)).ID
	taken := s.add(testkit.Village, "planting", small(4, inXintan)).ID
	s.enter(testkit.Village, with(planting("1"), taken))
	var many []int64
	for seed := range uint64(7) {
		many = append(many, s.add(testkit.Village, "planting", small(10+seed, inXintan)).ID)
	}
	seminar := record.Input{Kind: "seminar", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"with": "patrons"}}
	for name, c := range map[string]struct {
		in   record.Input
		want string
	}{
		"one that is not there":       {with(planting("2"), 999), record.PhotoGone},
		"one of another account":      {with(planting("2"), theirs), record.PhotoGone},
		"one for another kind":        {with(planting("2"), forPlan), record.PhotoGone},
		"one of another record":       {with(planting("2"), taken), record.PhotoTaken},
		"one twice":                   {with(planting("2"), mine, mine), record.PhotoTwice},
		"seven":                       {with(planting("2"), many...), record.PhotosMany},
		"one of a meeting":            {with(seminar, mine), record.PhotosNone},
		"one beside what is mistyped": {with(planting("很多"), 999), record.PhotoGone},
	} {
		if _, err := s.Enter(ctx, testkit.Village, c.in); !isFault(err, c.want) {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
	if n := len(s.list(testkit.County, record.Query{Of: testkit.Puning})); n != 1 {
		t.Errorf("%d records", n)
	}
	s.enter(testkit.Village, with(planting("2"), many[:6]...))
}

// Two records at once that name one photo: one gets it, the other is told.
func TestOneRecordTakesAPhoto(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		p := s.add(testkit.Village, "planting", small(1, inXintan))
		var wait sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wait.Go(func() { _, errs[i] = s.Enter(ctx, testkit.Village, with(planting(fmt.Sprint(i+1)), p.ID)) })
		}
		wait.Wait()
		good := 0
		for _, err := range errs {
			switch {
			case err == nil:
				good++
			case !errors.Is(err, record.ErrPhotoTaken) && !isFault(err, record.PhotoTaken):
				t.Errorf("told %v", err)
			}
		}
		if n := len(s.list(testkit.County, record.Query{Of: testkit.Puning})); good != 1 || n != 1 {
			t.Errorf("%d went well, %d records", good, n)
		}
	})
}

// A form sent several times at once with its photos is one record with one of each.
func TestFormWithPhotosSentTwice(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		data := small(1, inXintan)
		var wait sync.WaitGroup
		ids := make([]int64, 6)
		for i := range ids {
			wait.Go(func() {
				p, err := s.AddPhoto(ctx, testkit.Village, record.PhotoInput{Kind: "planting", Unit: testkit.Xintan, Key: "KEY-OF-THE-FORM-1", Data: data})
				if err != nil {
					t.Error(err)
					return
				}
				in := with(planting("10"), p.ID)
				in.Key = "KEY-OF-THE-FORM-1"
				v, err := s.Enter(ctx, testkit.Village, in)
				if err != nil {
					t.Error(err)
				}
				ids[i] = v.ID
			})
		}
		wait.Wait()
		for _, id := range ids {
			if id != ids[0] || id == 0 {
				t.Errorf("records %v", ids)
			}
		}
		list := s.list(testkit.County, record.Query{Of: testkit.Puning})
		if len(list) != 1 || len(list[0].Photos) != 1 || len(list[0].Pointed) != 0 {
			t.Errorf("recorded %+v", list)
		}
	})
}

// The same photo at another place or on another day is pointed out, with which it is.
func TestSamePhoto(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		first := s.enter(testkit.Village, with(planting("10"), s.add(testkit.Village, "planting", small(1, inXintan)).ID))
		next := func(name string, a access.Actor, in record.Input, data []byte, same bool) record.Version {
			t.Helper()
			v := s.enter(a, with(in, s.add(a, in.Kind, data).ID))
			if slices.Contains(v.Pointed, record.SamePhoto) != same {
				t.Errorf("%s: pointed out %v", name, v.Pointed)
			}
			if got := v.Photos[0].Same; same != (got != nil) || same && (got.Record != first.ID || got.Photo != first.Photos[0].ID) {
				t.Errorf("%s: equals %+v", name, got)
			}
			return v
		}
		there := planting("11")
		there.Unit = neighbour.Unit
		twin := next("the neighbour's", neighbour, there, copied(1), true)
		other := next("another scene", neighbour, there, small(2, picturetest.Camera{}), false)
		if _, err := s.Withdraw(ctx, neighbour, at(twin), "记错了"); err != nil {
			t.Fatal(err)
		}
		yesterday := planting("12")
		yesterday.Day = today.Add(-1)
		v := next("on another day", testkit.Village, yesterday, small(1, inXintan), true)
		if _, err := s.Correct(ctx, testkit.Village, at(v), yesterday, "去掉照片"); err != nil {
			t.Fatal(err)
		}
		next("the same work on the day", testkit.Village, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"work": "tending", "trees": "3"}}, small(1, picturetest.Camera{}), true)
		// Of another kind, at the place and on the day, it is the same morning.
		third := s.enter(testkit.Village, with(record.Input{Kind: "seedlings", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"trees": "3"}}, s.add(testkit.Village, "seedlings", small(1, inXintan)).ID))
		if len(third.Pointed) != 0 {
			t.Errorf("of another kind: %v", third.Pointed)
		}
		// A correction that keeps its photo is not held against itself.
		again, err := s.Correct(ctx, neighbour, at(other), with(there, other.Photos[0].ID), "再看一遍")
		if err != nil || len(again.Pointed) != 0 {
			t.Errorf("corrected: %v, %v", again.Pointed, err)
		}
		// In another county nothing is told about this one.
		abroad := planting("10")
		abroad.Unit = s.Tree(today).Villages(testkit.Huicheng)[0].Code
		a := access.Actor{Account: 40, Name: "惠来", Role: access.CountyOffice, Unit: testkit.Huilai}
		if v := s.enter(a, with(abroad, s.add(a, "planting", copied(1)).ID)); slices.Contains(v.Pointed, record.SamePhoto) {
			t.Error("another county's photo is pointed out")
		}
	})
}

// A photo of another day, and one from far away, are pointed out and never refused.
func TestPhotoOfAnotherDayOrPlace(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	seed := uint64(100)
	for _, c := range []struct {
		name   string
		camera picturetest.Camera
		lat    string
		long   string
		want   []string
	}{
		{"as it should be", inXintan, "23.298", "116.186", nil},
		{"it says nothing", picturetest.Camera{}, "23.298", "116.186", nil},
		{"of yesterday", picturetest.Camera{Taken: "2024:03:28 23:59:00"}, "", "", []string{record.PhotoDay}},
		{"of last year", picturetest.Camera{Taken: "2023:03:29 10:00:00"}, "", "", []string{record.PhotoDay}},
		{"2.8 km away", picturetest.Camera{Latitude: 23.323, Longitude: 116.186}, "23.298", "116.186", nil},
		{"3.3 km away", picturetest.Camera{Latitude: 23.328, Longitude: 116.186}, "23.298", "116.186", []string{record.PhotoFar}},
		{"in 广州", picturetest.Camera{Latitude: 23.13, Longitude: 113.26}, "", "", []string{record.PhotoFar}},
		{"the tree in 广州", picturetest.Camera{}, "23.13", "113.26", []string{record.PositionOutside}},
	} {
		seed++
		in := with(planting(fmt.Sprint(seed)), s.add(testkit.Village, "planting", small(seed, c.camera)).ID)
		in.Position = record.TypedPosition{Latitude: c.lat, Longitude: c.long}
		if v := s.enter(testkit.Village, in); !slices.Equal(v.Pointed, c.want) {
			t.Errorf("%s: %v, want %v", c.name, v.Pointed, c.want)
		}
	}
}

// Photos that no record has taken are forgotten; those of records, and pictures that another photo
// has too, stay. An account cannot fill the disk with them.
func TestWaitingPhotosAreForgotten(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		count := func(table string) (n int) {
			if err := db.Reader().QueryRowContext(ctx, "SELECT COUNT(*) FROM "+table).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		kept := s.add(testkit.Village, "planting", small(1, inXintan))
		v := s.enter(testkit.Village, with(planting("10"), kept.ID))
		same := s.add(eastClerk, "planting", small(1, inXintan)) // the same picture, waiting
		gone := s.add(testkit.Village, "planting", small(2, inXintan))
		if count("photos") != 3 || count("photo_images") != 2 || count("photos_waiting") != 2 {
			t.Fatalf("%d photos, %d pictures, %d waiting", count("photos"), count("photo_images"), count("photos_waiting"))
		}
		s.clock.Set(s.clock.Now().Add(49 * time.Hour))
		s.add(testkit.Village, "planting", small(3, inXintan))
		if count("photos") != 2 || count("photo_images") != 2 || count("photos_waiting") != 1 {
			t.Errorf("later: %d photos, %d pictures, %d waiting", count("photos"), count("photo_images"), count("photos_waiting"))
		}
		for id, want := range map[int64]string{kept.ID: "", same.ID: "record.no_photo", gone.ID: "record.no_photo"} {
			if _, err := s.PhotoBytes(ctx, testkit.Village, id, record.Full); code(err) != want {
				t.Errorf("photo %d: %v", id, err)
			}
		}
		if _, err := s.Enter(ctx, testkit.Village, with(planting("10"), gone.ID)); !isFault(err, record.PhotoGone) {
			t.Errorf("a record with one forgotten: %v", err)
		}
		if _, err := s.Correct(ctx, testkit.Village, at(v), with(planting("12"), kept.ID), "改"); err != nil {
			t.Errorf("a record with its own: %v", err)
		}
		var err error
		for seed := uint64(0); seed < 70 && err == nil; seed++ {
			_, err = s.AddPhoto(ctx, testkit.Village, record.PhotoInput{Kind: "planting", Unit: testkit.Xintan, Data: picturetest.JPEG(picturetest.Scene(seed, 32, 32), 60, picturetest.Camera{})})
		}
		if !errors.Is(err, record.ErrWaiting) || count("photos_waiting") != 60 {
			t.Errorf("%v, %d waiting", err, count("photos_waiting"))
		}
	})
}

// Whatever is entered, corrected and withdrawn: every version keeps its own photos in their order,
// a photo belongs to the first record that took it, and what is open is what the newest versions
// say.
func TestPhotosStay(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	seed := uint64(0)
	rapid.Check(t, func(rt *rapid.T) {
		type chain struct {
			last   record.Version
			photos [][]int64
		}
		var chains []*chain
		owner := map[int64]int64{}
		fresh := func() int64 {
			seed++
			return s.add(testkit.Village, "planting", picturetest.JPEG(picturetest.Scene(seed, 24, 18), 60, picturetest.Camera{})).ID
		}
		trees := rapid.IntRange(1, 5000)
		for range rapid.IntRange(1, 8).Draw(rt, "steps") {
			switch what := rapid.SampledFrom([]string{"enter", "correct", "withdraw"}).Draw(rt, "what"); {
			case what == "enter" || len(chains) == 0:
				var ids []int64
				for range rapid.IntRange(0, 3).Draw(rt, "photos") {
					ids = append(ids, fresh())
				}
				v := s.enter(testkit.Village, with(planting(fmt.Sprint(trees.Draw(rt, "trees"))), ids...))
				chains = append(chains, &chain{v, [][]int64{ids}})
				for _, id := range ids {
					owner[id] = v.ID
				}
			default:
				c := rapid.SampledFrom(chains).Draw(rt, "record")
				if c.last.Status == record.Withdrawn {
					continue
				}
				ids := slices.Clone(c.photos[len(c.photos)-1])
				var err error
				if what == "withdraw" {
					c.last, err = s.Withdraw(ctx, testkit.Village, at(c.last), "撤")
				} else {
					ids = rapid.Permutation(ids).Draw(rt, "order")
					ids = ids[:rapid.IntRange(0, len(ids)).Draw(rt, "kept")]
					if rapid.Bool().Draw(rt, "back") { // one that an older version had
						for _, old := range c.photos[0] {
							if !slices.Contains(ids, old) {
								ids = append(ids, old)
								break
							}
						}
					}
					if rapid.Bool().Draw(rt, "more") && len(ids) < record.MaxPhotos {
						ids = append(ids, fresh())
						owner[ids[len(ids)-1]] = c.last.ID
					}
					c.last, err = s.Correct(ctx, testkit.Village, at(c.last), with(planting(fmt.Sprint(trees.Draw(rt, "trees"))), ids...), "改")
				}
				if err != nil {
					rt.Fatal(err)
				}
				c.photos = append(c.photos, ids)
			}
		}
		for _, c := range chains {
			versions, err := s.Show(ctx, testkit.Village, c.last.ID)
			if err != nil || len(versions) != len(c.photos) {
				rt.Fatalf("%d versions, %v", len(versions), err)
			}
			for i, v := range versions {
				if !slices.Equal(v.PhotoIDs(), c.photos[i]) && len(v.Photos)+len(c.photos[i]) > 0 {
					rt.Fatalf("version %d has %v, want %v", i+1, v.PhotoIDs(), c.photos[i])
				}
			}
		}
		for id, rec := range owner {
			if p, err := s.Photo(ctx, testkit.County, id); err != nil || p.Record != rec {
				rt.Fatalf("photo %d belongs to %d, want %d: %v", id, p.Record, rec, err)
			}
		}
		wantOpen(rt, s, testkit.Puning)
	})
}

// wantOpen holds the counts of what is open against the records themselves.
func wantOpen(t rapid.TB, s *stage, of unit.Code) {
	t.Helper()
	got, err := s.OpenPoints(ctx, testkit.County, of)
	if err != nil {
		t.Fatal(err)
	}
	want := record.OpenPoints{By: map[record.Points]int{}}
	for offset := 0; ; offset += 500 {
		list, err := s.List(ctx, testkit.County, record.Query{Of: of, Withdrawn: true, Offset: offset})
		if err != nil {
			t.Fatal(err)
		}
		for i := range list {
			open := list[i].Open()
			if open != 0 {
				want.All++
			}
			for _, one := range record.Pointables() {
				if open&one != 0 {
					want.By[one]++
				}
			}
		}
		if len(list) < 500 {
			break
		}
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("open %v, the records say %v", got, want)
	}
}
