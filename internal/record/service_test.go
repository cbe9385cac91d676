package record_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// Who may enter for a village, and what those outside are told.
func TestWhoMayEnter(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		for _, c := range []struct {
			by   access.Actor
			want string
		}{
			{testkit.Village, ""}, {eastClerk, ""}, {testkit.County, ""}, {testkit.Forestry, ""},
			{testkit.City, "access.forbidden"}, {testkit.Leader, "access.forbidden"}, {testkit.CountyHead, "access.forbidden"},
			{neighbour, "access.outside"}, {testkit.Town, "access.outside"}, {testkit.Outsider, "access.outside"},
		} {
			v, err := s.Enter(ctx, c.by, planting("12"))
			if code(err) != c.want {
				t.Errorf("%s: %v, want %q", c.by.Name, err, c.want)
				continue
			}
			if err != nil {
				continue
			}
			if v.From != c.by.Unit || v.Account != c.by.Account || v.Actor != c.by.Name || v.OnBehalf() != (c.by.Unit != testkit.Xintan) {
				t.Errorf("%s: written by %+v", c.by.Name, v.Entry())
			}
			if took := slices.Contains(v.With, "普宁市林业局"); took != (c.by.Department != "") {
				t.Errorf("%s: took part %v", c.by.Name, v.With)
			}
		}
		if n := len(s.list(testkit.County, record.Query{Of: testkit.Xintan})); n != 4 {
			t.Errorf("%d records were kept", n)
		}
	})
}

// What can be wrong with an input, field by field; nothing of it is recorded.
func TestEnterRefuses(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	change := func(f func(in *record.Input)) record.Input { in := planting("12"); f(&in); return in }
	for _, c := range []struct {
		name string
		in   record.Input
		want string // FIELD CODE of each fault, or the problem
	}{
		{"nothing", record.Input{Kind: "planting", Unit: testkit.Xintan}, "work record.field_missing, trees record.field_missing, day record.field_missing"},
		{"no number", planting("很多"), "trees ledger.not_a_number"},
		{"less than nothing", planting("-1"), "trees ledger.negative"},
		{"absurd", planting("500001"), "trees ledger.absurd"},
		{"no choice", change(func(in *record.Input) { in.Fields["work"] = "种树" }), "work record.field_choice"},
		{"a field of another kind", change(func(in *record.Input) { in.Fields["amount"] = "1" }), "amount record.field_unknown"},
		{"no category", change(func(in *record.Input) { in.Fields["people.cadres"] = "1" }), "people.cadres record.field_unknown"},
		{"no people", change(func(in *record.Input) { in.Fields["people.members"] = "几个" }), "people.members ledger.not_a_number"},
		{"trees without a count", change(func(in *record.Input) { in.Fields["species"] = "荔枝" }), "species record.field_species"},
		{"trees that do not add up", change(func(in *record.Input) { in.Fields["species"] = "荔枝10、龙眼5" }), "species record.species_sum"},
		{"a long place", change(func(in *record.Input) { in.Fields["place"] = strings.Repeat("村", 301) }), "place record.field_long"},
		{"before the campaign", change(func(in *record.Input) { in.Day = today.Add(-400) }), "day record.day_early"},
		{"far ahead", change(func(in *record.Input) { in.Day = today.Add(367) }), "day record.day_far"},
		{"an end that the kind has not", change(func(in *record.Input) { in.Until = today }), "until record.until_none"},
		{"an end before the beginning", record.Input{Kind: "grid", Unit: testkit.Xintan, Day: today, Until: today.Add(-1), Fields: map[string]string{"areas": "1", "responsible": "1"}}, "until record.until_early"},
		{"many who took part", change(func(in *record.Input) { in.With = []string{strings.Repeat("局", 61)} }), "took_part record.field_long"},
		{"no kind", change(func(in *record.Input) { in.Kind = "party" }), "record.kind"},
		{"not at this level", record.Input{Kind: "training", Unit: testkit.EastTown, Day: today, Fields: map[string]string{"attendances": "1"}}, "record.place"},
		{"no such unit", change(func(in *record.Input) { in.Unit = 445281001999 }), "record.place"},
	} {
		_, err := s.Enter(ctx, testkit.County, c.in)
		got := code(err)
		if found := (*record.Faults)(nil); errors.As(err, &found) {
			var list []string
			for _, f := range found.List {
				list = append(list, f.Field+" "+f.Code)
			}
			got = strings.Join(list, ", ")
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if n := len(s.list(testkit.County, record.Query{Of: testkit.Puning})); n != 0 {
		t.Errorf("%d records were kept", n)
	}
}

// What is unusual is pointed out and kept.
func TestPointedOut(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	tomorrow := planting("10")
	tomorrow.Day = today.Add(1)
	large := planting("6000")
	for _, c := range []struct {
		in   record.Input
		want []string
	}{
		{planting("10"), nil}, {planting("10"), []string{record.Again}}, {tomorrow, []string{record.FutureDay}}, {planting("11"), nil}, {large, []string{record.Unusual}},
	} {
		if v := s.enter(testkit.Village, c.in); !slices.Equal(v.Pointed, c.want) {
			t.Errorf("%s on %s: %v, want %v", c.in.Fields["trees"], c.in.Day, v.Pointed, c.want)
		}
	}
	if n := len(s.list(eastClerk, record.Query{Of: testkit.EastTown, Pointed: true})); n != 3 {
		t.Errorf("the town sees %d", n)
	}
}

// All or none: the first wrong one is told, nothing is kept.
func TestEnterAll(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		if _, err := s.EnterAll(ctx, testkit.Village, []record.Input{planting("1"), planting("x")}); code(err) != "record.faults" {
			t.Errorf("with a wrong one: %v", err)
		}
		if n := len(s.list(testkit.Village, record.Query{Of: testkit.Xintan})); n != 0 {
			t.Errorf("%d were kept", n)
		}
		list, err := s.EnterAll(ctx, testkit.Village, []record.Input{planting("1"), planting("2")})
		if err != nil || len(list) != 2 || list[0].Facts.Numbers["trees"] != 1 || list[1].ID != list[0].ID+1 {
			t.Errorf("two: %+v, %v", list, err)
		}
	})
}

// A form sent twice is one record; sent again saying something else it is told so.
func TestSentTwice(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		in := planting("120")
		in.Key, in.Fields["place"] = "ABC", "村口"
		first := s.enter(testkit.Village, in)
		if again := s.enter(testkit.Village, in); again.ID != first.ID {
			t.Errorf("again it is %d, not %d", again.ID, first.ID)
		}
		if _, err := s.Correct(ctx, testkit.Village, at(first), planting("100"), "数错"); err != nil {
			t.Fatal(err)
		}
		if again := s.enter(testkit.Village, in); again.ID != first.ID {
			t.Error("after a correction the old form is recorded")
		}
		other := planting("121")
		other.Key = "ABC"
		if _, err := s.Enter(ctx, testkit.Village, other); code(err) != "record.sent" {
			t.Errorf("with another figure: %v", err)
		}
		in.Fields["place"] = "河边"
		if _, err := s.Enter(ctx, testkit.Village, in); code(err) != "record.sent" {
			t.Errorf("with another place: %v", err)
		}
		if n := len(s.list(testkit.Village, record.Query{Of: testkit.Xintan})); n != 1 {
			t.Errorf("%d records", n)
		}
	})
}

// Who may correct and withdraw: the unit that entered it and those above, a department only its
// own; the others object.
func TestWhoMayChange(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		by := map[string]record.Version{"village": s.enter(testkit.Village, planting("1")), "town": s.enter(eastClerk, planting("2")),
			"county": s.enter(testkit.County, planting("3")), "department": s.enter(testkit.Forestry, planting("4"))}
		for _, c := range []struct {
			actor  access.Actor
			record string
			change string // the code of a correction and of a withdrawal
			object string
		}{
			{testkit.Village, "village", "", "record.own"}, {testkit.Village, "town", "record.not_yours", ""},
			{testkit.Village, "county", "record.not_yours", ""}, {testkit.Village, "department", "record.not_yours", ""},
			{eastClerk, "village", "", "record.own"}, {eastClerk, "town", "", "record.own"}, {eastClerk, "county", "record.not_yours", ""},
			{testkit.County, "village", "", "record.own"}, {testkit.County, "department", "", "record.own"},
			{testkit.Forestry, "department", "", "record.own"}, {testkit.Forestry, "village", "record.not_yours", "record.own"}, {testkit.Forestry, "county", "record.not_yours", "record.own"},
			{fishery, "department", "record.not_yours", "record.own"},
			{testkit.City, "village", "access.forbidden", "access.forbidden"}, {testkit.Leader, "village", "access.forbidden", "access.forbidden"},
			{neighbour, "village", "record.none", "record.none"}, {testkit.Outsider, "town", "record.none", "record.none"},
		} {
			v := by[c.record]
			versions, err := s.Show(ctx, testkit.County, v.ID)
			if err != nil {
				t.Fatal(err)
			}
			powers := s.Powers(c.actor, versions)
			if powers.Change != (c.change == "") || powers.Object != (c.object == "") || powers.Approve {
				t.Errorf("%s of the %s's: %+v", c.actor.Name, c.record, powers)
			}
			// A reason that is none is refused last, so that nothing is written by the asking.
			wrong := planting("x")
			if _, err := s.Correct(ctx, c.actor, at(v), wrong, "数错"); c.change != "" && code(err) != c.change || c.change == "" && code(err) != "record.faults" {
				t.Errorf("%s corrects the %s's: %v", c.actor.Name, c.record, err)
			}
			if c.change != "" {
				if _, err := s.Withdraw(ctx, c.actor, at(v), "记错"); code(err) != c.change {
					t.Errorf("%s withdraws the %s's: %v", c.actor.Name, c.record, err)
				}
			}
			if c.object != "" {
				if _, err := s.Dispute(ctx, c.actor, at(v), "没有"); code(err) != c.object {
					t.Errorf("%s objects to the %s's: %v", c.actor.Name, c.record, err)
				}
			}
		}
		for _, v := range s.list(testkit.County, record.Query{Of: testkit.Xintan}) {
			if v.Number != 1 {
				t.Errorf("record %d has version %d", v.ID, v.Number)
			}
		}
	})
}

// A correction and a withdrawal are new versions with a reason, over the one that was read.
func TestCorrectAndWithdraw(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		first := s.enter(testkit.Village, planting("120"))
		for _, reason := range []string{"", "  ", strings.Repeat("长", 301)} {
			if _, err := s.Correct(ctx, testkit.Village, at(first), planting("12"), reason); code(err) != "record.reason" {
				t.Errorf("corrected for %q: %v", reason, err)
			}
			if _, err := s.Withdraw(ctx, testkit.Village, at(first), reason); code(err) != "record.reason" {
				t.Errorf("withdrawn for %q: %v", reason, err)
			}
		}
		s.clock.Advance(time.Minute)
		elsewhere := planting("12")
		elsewhere.Unit, elsewhere.Kind = testkit.LihuTown, "visit" // neither moves
		second, err := s.Correct(ctx, eastClerk, at(first), elsewhere, "数错一位")
		if err != nil || second.Number != 2 || second.Unit != testkit.Xintan || second.Kind != "planting" || second.Facts.Numbers["trees"] != 12 || second.Reason != "数错一位" || len(second.Pointed) != 0 {
			t.Fatalf("corrected: %+v, %v", second, err)
		}
		if _, err := s.Correct(ctx, testkit.Village, at(first), planting("13"), "再改"); code(err) != "record.moved" {
			t.Errorf("over the first again: %v", err)
		}
		if _, err := s.Withdraw(ctx, testkit.Village, at(first), "不对"); code(err) != "record.moved" {
			t.Errorf("the first withdrawn: %v", err)
		}
		third, err := s.Withdraw(ctx, testkit.Village, at(second), "记错村了")
		if err != nil || third.Status != record.Withdrawn {
			t.Fatalf("withdrawn: %+v, %v", third, err)
		}
		for what, err := range map[string]error{
			"corrected": second2(s.Correct(ctx, testkit.Village, at(third), planting("1"), "再记")), "withdrawn": second2(s.Withdraw(ctx, testkit.Village, at(third), "再撤")),
			"objected": second2(s.Dispute(ctx, testkit.Village, at(third), "不对")), "approved": second2(s.Approve(ctx, eastClerk, at(third))),
		} {
			if code(err) != "record.withdrawn" {
				t.Errorf("a withdrawn one %s: %v", what, err)
			}
		}
		versions, err := s.Show(ctx, testkit.Leader, first.ID)
		if err != nil {
			t.Fatal(err)
		}
		var acts []record.Act
		for i := range versions {
			var before *record.Version
			if i > 0 {
				before = &versions[i-1]
			}
			acts = append(acts, versions[i].Act(before))
		}
		if !slices.Equal(acts, []record.Act{record.DidEnter, record.DidCorrect, record.DidWithdraw}) {
			t.Errorf("acts %v", acts)
		}
		if versions[1].At.Format("15:04") != "16:19" || versions[1].At.Location().String() != "Asia/Shanghai" {
			t.Errorf("corrected at %s", versions[1].At)
		}
		if p := s.Powers(testkit.Village, versions); p != (record.Powers{}) {
			t.Errorf("a withdrawn one can still be %+v", p)
		}
	})
}

func second2(_ record.Version, err error) error { return err }

// The village's objection stays until the record is corrected, can be put in other words, and
// does not make the record the village's.
func TestObjection(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	v := s.enter(eastClerk, planting("120"))
	v, err := s.Dispute(ctx, testkit.Village, at(v), "只种了 20 株")
	if err != nil || v.Dispute != "只种了 20 株" || v.Status != record.Standing {
		t.Fatalf("%+v, %v", v, err)
	}
	v, err = s.Dispute(ctx, testkit.Village, at(v), "只种了 21 株")
	if err != nil || v.Dispute != "只种了 21 株" {
		t.Fatalf("in other words: %+v, %v", v, err)
	}
	if _, err := s.Correct(ctx, testkit.Village, at(v), planting("21"), "改"); code(err) != "record.not_yours" {
		t.Errorf("who objected corrects: %v", err)
	}
	list := s.list(eastClerk, record.Query{Of: testkit.EastTown, Pointed: true})
	if len(list) != 1 || !list[0].OnBehalf() || list[0].Entered.Actor != "杨海" {
		t.Errorf("the town sees %+v", list)
	}
	if v, err = s.Correct(ctx, eastClerk, at(v), planting("21"), "按村里的数"); err != nil || v.Dispute != "" {
		t.Errorf("corrected: %+v, %v", v, err)
	}
	if n := len(s.list(eastClerk, record.Query{Of: testkit.EastTown, Pointed: true})); n != 0 {
		t.Errorf("%d are still pointed out", n)
	}
	// What the village entered and the town has corrected, the village may correct or object to.
	own := s.enter(testkit.Village, planting("7"))
	own, err = s.Correct(ctx, eastClerk, at(own), planting("8"), "核对过")
	if err != nil {
		t.Fatal(err)
	}
	versions, err := s.Show(ctx, testkit.Village, own.ID)
	if err != nil || s.Powers(testkit.Village, versions) != (record.Powers{Change: true, Object: true}) {
		t.Errorf("%+v, %v", s.Powers(testkit.Village, versions), err)
	}
}

// A plan counts once the town has approved it, and again only when it has approved a correction.
func TestApproval(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		plan := record.Input{Kind: "plan", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"where": "村道两旁", "trees": "800"}}
		v := s.enter(testkit.Village, plan)
		planned := func() int64 {
			i := slices.IndexFunc(campaignColumns(), func(key string) bool { return key == "planned_trees" })
			if values := s.Derived(testkit.Xintan, today); values != nil {
				return int64(values[i])
			}
			return -1
		}
		if planned() != -1 {
			t.Errorf("before it is approved it counts %d", planned())
		}
		if n := len(s.list(eastClerk, record.Query{Of: testkit.EastTown, Awaiting: s.Awaiting()})); n != 1 {
			t.Errorf("%d wait for approval", n)
		}
		for _, c := range []struct {
			by   access.Actor
			want string
		}{{testkit.Village, "access.forbidden"}, {testkit.Forestry, "access.forbidden"}, {testkit.Leader, "access.forbidden"}, {testkit.Town, "record.none"}} {
			if _, err := s.Approve(ctx, c.by, at(v)); code(err) != c.want {
				t.Errorf("%s approves: %v, want %s", c.by.Name, err, c.want)
			}
		}
		if _, err := s.Approve(ctx, eastClerk, record.At{ID: v.ID, Base: 2}); code(err) != "record.moved" {
			t.Errorf("approving what has not been seen: %v", err)
		}
		approved, err := s.Approve(ctx, eastClerk, at(v))
		if err != nil || approved.Status != record.Approved || planned() != 800 {
			t.Fatalf("approved: %+v, %v, counts %d", approved, err, planned())
		}
		if _, err := s.Approve(ctx, eastClerk, at(approved)); code(err) != "record.approval" {
			t.Errorf("twice: %v", err)
		}
		if _, err := s.Approve(ctx, eastClerk, at(s.enter(testkit.Village, planting("1")))); code(err) != "record.approval" {
			t.Errorf("a planting: %v", err)
		}
		if n := len(s.list(eastClerk, record.Query{Of: testkit.EastTown, Awaiting: s.Awaiting()})); n != 0 {
			t.Errorf("%d still wait", n)
		}
		plan.Fields["trees"] = "900"
		corrected, err := s.Correct(ctx, testkit.Village, at(approved), plan, "多了一块地")
		if err != nil || corrected.Status != record.Standing {
			t.Errorf("corrected: %+v, %v", corrected, err)
		}
		// Until the correction is approved too, what was approved counts on, for tasks and behind the cell as well.
		behind := func() (trees []int64) {
			list, err := s.Behind(ctx, testkit.Village, testkit.Xintan, today, slices.Index(campaignColumns(), "planned_trees"))
			if err != nil {
				t.Fatal(err)
			}
			for i := range list {
				trees = append(trees, list[i].Version.Facts.Numbers["trees"])
			}
			return trees
		}
		if planned() != 800 || !slices.Equal(behind(), []int64{800}) {
			t.Errorf("while the correction waits it counts %d, from %v", planned(), behind())
		}
		again := serve(t, db, s.clock)
		if planned = func() int64 {
			return int64(again.Derived(testkit.Xintan, today)[slices.Index(campaignColumns(), "planned_trees")])
		}; planned() != 800 {
			t.Errorf("after a restart it counts %d", planned())
		}
		approved, err = s.Approve(ctx, eastClerk, at(corrected))
		if err != nil {
			t.Fatal(err)
		}
		planned = func() int64 {
			return int64(s.Derived(testkit.Xintan, today)[slices.Index(campaignColumns(), "planned_trees")])
		}
		if planned() != 900 || !slices.Equal(behind(), []int64{900}) {
			t.Errorf("approved it counts %d, from %v", planned(), behind())
		}
		if corrected, err = s.Correct(ctx, testkit.Village, at(approved), plan, "再改"); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Withdraw(ctx, testkit.Village, at(corrected), "不种了"); err != nil || len(behind()) != 0 {
			t.Errorf("withdrawn: %v, from %v", err, behind())
		}
	})
}

// Names are the village's and its own town's; all others, and all their doors, are told how many.
// Who does not see them can correct the rest and leaves them as they are.
func TestNames(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	v := s.enter(testkit.Village, visit("陈木清、黄秀英"))
	townLeader := access.Actor{Account: 13, Name: "街道领导", Role: access.Leader, Unit: testkit.EastTown}
	column := slices.Index(campaignColumns(), "patrons_visited")
	for _, c := range []struct {
		by    access.Actor
		names bool
	}{{testkit.Village, true}, {eastClerk, true}, {townLeader, true}, {testkit.County, false}, {testkit.Forestry, false}, {testkit.City, false}, {testkit.Leader, false}, {testkit.CountyHead, false}} {
		shown, err := s.Show(ctx, c.by, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		behind, err := s.Behind(ctx, c.by, testkit.Xintan, today, column)
		if err != nil || len(behind) != 1 {
			t.Fatalf("behind: %+v, %v", behind, err)
		}
		for door, seen := range map[string]record.Version{"show": shown[0], "list": s.list(c.by, record.Query{Of: testkit.Xintan})[0], "behind": behind[0].Version} {
			want := "2 人"
			if c.names {
				want = "陈木清、黄秀英"
			}
			if said := s.Says(&seen); said != want || (len(seen.Facts.Names) > 0) != c.names {
				t.Errorf("%s by %s: %q, %v", c.by.Name, door, said, seen.Facts.Names)
			}
		}
	}
	in := record.Input{Day: today, Fields: map[string]string{"outcome": "愿捐 50 株"}}
	corrected, err := s.Correct(ctx, testkit.County, at(v), in, "补结果")
	if err != nil || len(corrected.Facts.Names) != 0 || corrected.Facts.Unnamed["patrons"] != 2 {
		t.Fatalf("%+v, %v", corrected.Facts, err)
	}
	versions, err := s.Show(ctx, testkit.Village, v.ID)
	if err != nil || !slices.Equal(versions[1].Facts.Names["patrons"], []string{"陈木清", "黄秀英"}) || versions[1].Facts.Texts["outcome"] != "愿捐 50 株" {
		t.Errorf("kept %+v, %v", versions[1].Facts, err)
	}
	if _, err := s.Correct(ctx, testkit.Village, record.At{ID: v.ID, Base: 2}, in, "清空"); code(err) != "record.faults" {
		t.Errorf("who sees the names leaves them out: %v", err)
	}
}

// What a service has in memory is what one started anew on the same database reads.
func TestLoadEqualsReplay(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		first := s.enter(testkit.Village, planting("120"))
		s.enter(testkit.Village, visit("陈木清、黄秀英"))
		s.enter(eastClerk, visit("黄秀英、方锐钦"))
		plan := s.enter(testkit.Village, record.Input{Kind: "plan", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"where": "村口", "trees": "300"}})
		s.clock.Advance(time.Hour)
		if _, err := s.Correct(ctx, testkit.Village, at(first), planting("100"), "数错"); err != nil {
			t.Fatal(err)
		}
		s.clock.Advance(7 * 24 * time.Hour)
		if _, err := s.Approve(ctx, eastClerk, at(plan)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Withdraw(ctx, testkit.Village, record.At{ID: first.ID, Base: 2}, "记错"); err != nil {
			t.Fatal(err)
		}
		anew := serve(t, db, s.clock)
		said := 0
		for _, week := range []string{"2024-03-22", "2024-03-29", "2024-04-03", "2024-04-12"} {
			due := mustDay(week)
			have, want := anew.Derived(testkit.Xintan, due), s.Derived(testkit.Xintan, due)
			if !slices.Equal(have, want) {
				t.Errorf("%s: %v, want %v", week, have, want)
			}
			if want != nil {
				said++
			}
		}
		if said < 2 {
			t.Errorf("only %d weeks say anything", said)
		}
		other := s.enter(testkit.Village, planting("55"))
		if err := anew.Refresh(ctx); err != nil {
			t.Fatal(err)
		}
		if have, want := anew.Derived(testkit.Xintan, mustDay("2024-04-12")), s.Derived(testkit.Xintan, mustDay("2024-04-12")); !slices.Equal(have, want) {
			t.Errorf("after record %d: %v, want %v", other.ID, have, want)
		}
	})
}

// Lists are of a unit in reach and of a kind there is, and never endless.
func TestListRefuses(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	for _, c := range []struct {
		of   unit.Code
		kind string
		want string
	}{{testkit.EastTown, "", "access.outside"}, {testkit.Xintan, "party", "record.kind"}, {testkit.Xintan, "visit", ""}} {
		if _, err := s.List(ctx, testkit.Village, record.Query{Of: c.of, Kind: c.kind}); code(err) != c.want {
			t.Errorf("%s %s: %v, want %q", c.of, c.kind, err, c.want)
		}
	}
	v := s.enter(testkit.Village, planting("1"))
	if _, err := s.Show(ctx, testkit.Town, v.ID); code(err) != "record.none" {
		t.Errorf("another town's: %v", err)
	}
	if _, err := s.Show(ctx, testkit.Village, v.ID+1); code(err) != "record.none" {
		t.Errorf("none: %v", err)
	}
}

// A record in one line, as lists, notices and programs say it.
func TestSays(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	for want, in := range map[string]record.Input{
		"新种 120 株 · 荔枝80、龙眼40 · 党员 12 人": {Kind: "planting", Fields: map[string]string{"work": "new", "trees": "120", "species": "荔枝80、龙眼40", "people.members": "12"}},
		"45 人次 · 现场观摩":                   {Kind: "training", Fields: map[string]string{"attendances": "45", "form": "observation"}},
		"责任区 3 个 · 责任人 5 人":              {Kind: "grid", Fields: map[string]string{"areas": "3", "responsible": "5"}},
		"计划投入 · 财政 12.50 万元":             {Kind: "funding", Fields: map[string]string{"stage": "planned", "source": "fiscal", "amount": "12.5"}},
		"列入省“百千万工程”典型村 是 · 全村党员人数 88 人":  {Kind: "profile", Fields: map[string]string{"typical": "是", "members": "88"}},
	} {
		in.Unit, in.Day = testkit.Xintan, today
		v := s.enter(testkit.Village, in)
		if got := s.Says(&v); got != want {
			t.Errorf("%s says %q, want %q", in.Kind, got, want)
		}
	}
}

// Days as people type them, and what cannot be read of them.
func TestTypedDays(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	in := record.Input{Kind: "grid", Unit: testkit.Xintan, Typed: record.TypedDays{Day: "3月1日", Until: "2024/12/31"}, Fields: map[string]string{"areas": "1", "responsible": "1"}}
	if v := s.enter(testkit.Village, in); v.Day != mustDay("2024-03-01") || v.Until != mustDay("2024-12-31") {
		t.Errorf("%s until %s", v.Day, v.Until)
	}
	in.Typed = record.TypedDays{Day: "上周五", Until: "年底"}
	_, err := s.Enter(ctx, testkit.Village, in)
	found := (*record.Faults)(nil)
	if !errors.As(err, &found) || len(found.List) != 2 || found.List[0].Field != record.DayField || found.List[0].Code != record.DayUnread || found.List[1].Field != record.UntilField {
		t.Errorf("%v %+v", err, found)
	}
}

// Where something was done, by the name people write.
func TestPlace(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	for _, c := range []struct {
		within unit.Code
		kind   string
		text   string
		want   unit.Code
		fault  string
	}{
		{testkit.Xintan, "visit", "", testkit.Xintan, ""}, {testkit.Xintan, "visit", "新坛村", testkit.Xintan, ""}, {testkit.Xintan, "visit", "流沙东街道", 0, record.PlaceUnknown},
		{testkit.EastTown, "visit", "新坛", testkit.Xintan, ""}, {testkit.EastTown, "visit", "", 0, record.PlaceMissing}, {testkit.EastTown, "visit", "流沙东街道", testkit.EastTown, ""},
		{testkit.EastTown, "training", "流沙东街道", 0, record.PlaceUnknown}, {testkit.EastTown, "visit", "里湖镇", 0, record.PlaceUnknown},
		{testkit.Puning, "visit", "流沙东街道新坛村", testkit.Xintan, ""}, {testkit.Puning, "planting", "普宁市", testkit.Puning, ""}, {testkit.Puning, "visit", "普宁市", 0, record.PlaceUnknown},
		{testkit.Puning, "visit", "445281001202", testkit.Xintan, ""}, {testkit.Puning, "visit", "445224100201", 0, record.PlaceUnknown}, {testkit.Puning, "visit", "新", 0, record.PlaceUnknown},
	} {
		kind, _ := s.Kinds().Kind(c.kind)
		got, fault := s.Place(c.within, kind, c.text)
		said := ""
		if fault != nil {
			said = fault.Code
		}
		if got != c.want || said != c.fault {
			t.Errorf("%s of %s in %s: %s %s, want %s %s", c.text, c.kind, c.within, got, said, c.want, c.fault)
		}
	}
}
