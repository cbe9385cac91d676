package record_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/picture/picturetest"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

// What can be typed as a position, and what is said of it.
func TestPosition(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	for _, c := range []struct{ lat, long, want string }{
		{"", "", "none"},
		{"23.297123", "116.185321", "23.297123 116.185321"},
		{" ２３．２９７ ", "116.185°", "23.297000 116.185000"},
		{"北纬23.2971234", "东经116.18", "23.297123 116.180000"},
		{"3.9", "112.3", "3.900000 112.300000"}, // 曾母暗沙
		{"23.297", "", record.PositionHalf},
		{"", "116", record.PositionHalf},
		{"二十三", "116", record.PositionUnread},
		{"23°17'49\"", "116", record.PositionUnread},
		{"23.2.9", "116", record.PositionUnread},
		{"NaN", "116", record.PositionUnread},
		{"1e1", "116", record.PositionUnread},
		{"116.185", "23.297", record.PositionSwapped},
		{"48.85", "2.35", record.PositionAbroad},
		{"-23.297", "116.185", record.PositionAbroad},
		{"0", "0", record.PositionAbroad},
		{"233", "116", record.PositionUnread},
	} {
		in := planting("5")
		in.Position = record.TypedPosition{Latitude: c.lat, Longitude: c.long}
		v, err := s.Enter(ctx, testkit.Village, in)
		switch {
		case c.want == "none":
			if err != nil || v.Position != nil {
				t.Errorf("nothing typed: %v, %v", v.Position, err)
			}
		case c.want[0] == 'r':
			if !isFault(err, c.want) {
				t.Errorf("%q %q: %v, want %s", c.lat, c.long, err, c.want)
			}
		case err != nil || v.Position == nil || record.Degrees(v.Position.Latitude)+" "+record.Degrees(v.Position.Longitude) != c.want:
			t.Errorf("%q %q: %v, %v, want %s", c.lat, c.long, v.Position, err, c.want)
		}
	}
	in := visit("陈木清")
	in.Position = record.TypedPosition{Latitude: "23.3", Longitude: "116.2"}
	if _, err := s.Enter(ctx, testkit.Village, in); !isFault(err, record.PositionNone) {
		t.Errorf("a visit's: %v", err)
	}
}

// Asked for, it is taken from the first photo that says where it was taken.
func TestPositionOfPhoto(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	mute, says := s.add(testkit.Village, "planting", small(1, picturetest.Camera{})), s.add(testkit.Village, "planting", small(2, inXintan))
	in := with(planting("5"), mute.ID)
	in.Position.FromPhoto = true
	if _, err := s.Enter(ctx, testkit.Village, in); !isFault(err, record.PositionNoPhoto) {
		t.Errorf("from a photo that does not say: %v", err)
	}
	in.Photos = append(in.Photos, says.ID)
	if v := s.enter(testkit.Village, in); v.Position == nil || v.Position.Latitude != 23_297_000 {
		t.Errorf("from the photo: %v", v.Position)
	}
}

// Where a tree is everybody sees who sees the record; where a plan's ground is the village and its
// town. Who is not shown it leaves it when he corrects something else.
func TestWhoSeesThePosition(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	at2 := record.TypedPosition{Latitude: "23.3", Longitude: "116.2"}
	tree := planting("5")
	tree.Position = at2
	plan := record.Input{Kind: "plan", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"where": "村道", "trees": "80"}, Position: at2}
	grown, planned := s.enter(testkit.County, tree), s.enter(testkit.County, plan)
	if grown.Position == nil || planned.Position != nil {
		t.Errorf("the county is shown %v and %v", grown.Position, planned.Position)
	}
	for _, c := range []struct {
		a    access.Actor
		plan bool
	}{{testkit.Village, true}, {eastClerk, true}, {testkit.County, false}, {testkit.Leader, false}, {testkit.City, false}} {
		for _, v := range s.list(c.a, record.Query{Of: testkit.Xintan}) {
			if shown := v.Position != nil; shown != (v.Kind == "planting" || c.plan) {
				t.Errorf("%s is shown the %s: %t", c.a.Name, v.Kind, shown)
			}
		}
	}
	plan.Position, plan.Fields = record.TypedPosition{}, map[string]string{"where": "村道两旁", "trees": "80"}
	v, err := s.Correct(ctx, testkit.County, at(planned), plan, "写全")
	if err != nil {
		t.Fatal(err)
	}
	if list := s.list(testkit.Village, record.Query{Of: testkit.Xintan, Kind: "plan"}); list[0].Number != v.Number || list[0].Position == nil {
		t.Errorf("after the county's correction %+v", list[0])
	}
	if _, err := s.Correct(ctx, eastClerk, at(v), plan, "位置不对，去掉"); code(err) != "record.not_yours" {
		t.Errorf("the town corrects the county's: %v", err)
	}
	plain, err := s.Correct(ctx, testkit.County, at(grown), planting("6"), "去掉位置")
	if err != nil || plain.Position != nil {
		t.Errorf("a position taken away: %v, %v", plain.Position, err)
	}
}
