package record_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

// acts is what each version of a record did.
func (s *stage) acts(id int64) (list []record.Act) {
	s.t.Helper()
	versions, err := s.Show(ctx, testkit.County, id)
	if err != nil {
		s.t.Fatal(err)
	}
	for i := range versions {
		var before *record.Version
		if i > 0 {
			before = &versions[i-1]
		}
		list = append(list, versions[i].Act(before))
	}
	return list
}

// An objection is answered in words, as often as it is made; no figure changes, and all of it stays.
func TestAnswer(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		v := s.enter(eastClerk, visit("陈木清、黄秀英"))
		if _, err := s.Answer(ctx, eastClerk, at(v), "走访过"); code(err) != "record.no_objection" {
			t.Errorf("without an objection: %v", err)
		}
		must := func(got record.Version, err error) record.Version {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		v = must(s.Dispute(ctx, testkit.Village, at(v), "没有走访过黄秀英"))
		wantOpen(t, s, testkit.EastTown)
		for a, want := range map[*access.Actor]string{&testkit.Village: "record.not_answerer", &testkit.Forestry: "record.not_answerer",
			&testkit.Leader: "access.forbidden", &testkit.Town: "record.none"} {
			if _, err := s.Answer(ctx, *a, at(v), "走访过"); code(err) != want {
				t.Errorf("%s answers: %v, want %s", a.Name, err, want)
			}
		}
		if _, err := s.Answer(ctx, eastClerk, at(v), " "); code(err) != "record.reason" {
			t.Errorf("without words: %v", err)
		}
		if _, err := s.Answer(ctx, eastClerk, at(v), strings.Repeat("长", 301)); code(err) != "record.reason" {
			t.Errorf("with too many: %v", err)
		}
		asked := v
		v = must(s.Answer(ctx, eastClerk, at(v), "3月25日上午到过她家"))
		if v.Dispute == "" || v.Answer != "3月25日上午到过她家" || v.Open() != 0 || len(v.Facts.Names["patrons"]) != 2 {
			t.Errorf("answered: %+v", v)
		}
		if _, err := s.Answer(ctx, testkit.County, at(asked), "是的"); code(err) != "record.moved" {
			t.Errorf("over an older version: %v", err)
		}
		if _, err := s.Answer(ctx, testkit.County, at(v), "是的"); code(err) != "record.no_objection" {
			t.Errorf("answered twice: %v", err)
		}
		if open := s.list(eastClerk, record.Query{Of: testkit.EastTown, Open: record.PointObjected}); len(open) != 0 {
			t.Errorf("answered and still open: %d", len(open))
		}
		v = must(s.Dispute(ctx, testkit.Village, at(v), "那天她在广州"))
		if v.Answer != "" || !v.Unanswered() {
			t.Errorf("objected again: %+v", v)
		}
		if open := s.list(eastClerk, record.Query{Of: testkit.EastTown, Open: record.PointObjected}); len(open) != 1 {
			t.Errorf("objected again, %d open", len(open))
		}
		v = must(s.Answer(ctx, testkit.County, at(v), "她本人证实"))
		v = must(s.Dispute(ctx, testkit.Village, at(v), "她没有"))
		v = must(s.Correct(ctx, eastClerk, at(v), visit("陈木清"), "村里说得对"))
		if v.Dispute != "" || v.Answer != "" {
			t.Errorf("corrected: %+v", v)
		}
		want := []record.Act{record.DidEnter, record.DidObject, record.DidAnswer, record.DidObject, record.DidAnswer, record.DidObject, record.DidCorrect}
		if got := s.acts(v.ID); !slices.Equal(got, want) {
			t.Errorf("acts %v", got)
		}
	})
}

// Who is not the author of what stands does not answer for it.
func TestAnswerIsTheAuthors(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	v := s.enter(testkit.Village, visit("陈木清"))
	v, err := s.Correct(ctx, testkit.County, at(v), visit("陈木清、黄秀英"), "补一个")
	if err == nil {
		v, err = s.Dispute(ctx, testkit.Village, at(v), "没有黄秀英")
	}
	if err != nil {
		t.Fatal(err)
	}
	for a, want := range map[*access.Actor]bool{&testkit.Village: false, &eastClerk: false, &testkit.County: true} {
		versions, err := s.Show(ctx, *a, v.ID)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Powers(*a, versions).Answer; got != want {
			t.Errorf("%s may answer: %t", a.Name, got)
		}
		if _, err := s.Answer(ctx, *a, at(v), "有"); (err == nil) != want {
			t.Errorf("%s answers: %v", a.Name, err)
		}
	}
}

// What was pointed out leaves the open list once it has been looked at; a correction is looked at
// anew, an objection stays open.
func TestLook(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := newStage(t, db)
		s.enter(testkit.Village, planting("10"))
		v := s.enter(testkit.Village, planting("10"))
		if v.Open() != record.PointAgain {
			t.Fatalf("open %d", v.Open())
		}
		plain := s.enter(testkit.Village, planting("11"))
		if _, err := s.Look(ctx, eastClerk, at(plain), "看过"); code(err) != "record.nothing_pointed" {
			t.Errorf("nothing pointed out: %v", err)
		}
		for a, want := range map[*access.Actor]string{&testkit.Village: "access.forbidden", &testkit.Forestry: "access.forbidden", &testkit.City: "access.forbidden",
			&testkit.Leader: "access.forbidden", &testkit.Town: "record.none"} {
			if _, err := s.Look(ctx, *a, at(v), "看过"); code(err) != want {
				t.Errorf("%s looks: %v, want %s", a.Name, err, want)
			}
		}
		if _, err := s.Look(ctx, eastClerk, at(v), ""); code(err) != "record.reason" {
			t.Errorf("without a word: %v", err)
		}
		before := s.Derived(testkit.Xintan, mustDay("2024-03-29"))
		v, err := s.Look(ctx, eastClerk, at(v), "上午下午各种了十株")
		if err != nil || v.Open() != 0 || v.Looked == "" || !slices.Equal(v.Pointed, []string{record.Again}) {
			t.Fatalf("looked at: %+v, %v", v, err)
		}
		if after := s.Derived(testkit.Xintan, mustDay("2024-03-29")); !slices.Equal(before, after) {
			t.Errorf("figures changed from %v to %v", before, after)
		}
		wantOpen(t, s, testkit.Xintan)
		if _, err := s.Look(ctx, testkit.County, at(v), "再看"); code(err) != "record.nothing_pointed" {
			t.Errorf("looked at twice: %v", err)
		}
		v, err = s.Correct(ctx, testkit.Village, at(v), planting("11"), "数错")
		if err != nil || v.Open() != record.PointAgain || v.Looked != "" {
			t.Errorf("corrected: %+v, %v", v, err)
		}
		if got := s.acts(v.ID); !slices.Equal(got, []record.Act{record.DidEnter, record.DidLook, record.DidCorrect}) {
			t.Errorf("acts %v", got)
		}
		if v, err = s.Withdraw(ctx, testkit.Village, at(v), "重了"); err != nil || v.Open() != 0 {
			t.Errorf("withdrawn: %+v, %v", v, err)
		}
		wantOpen(t, s, testkit.Puning)
	})
}

// An unusual figure is shown beside what the village usually records, itself left out.
func TestOutliers(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	for i := range 4 {
		in := planting(fmt.Sprint(20 + i*2)) // 20, 22, 24, 26
		in.Day = today.Add(-i)
		s.enter(testkit.Village, in)
	}
	v := s.enter(testkit.Village, planting("3000"))
	got := s.Outliers(&v)
	if len(got) != 1 || got[0] != (record.Outlier{Title: "株数", Value: "3000 株", Usual: "23 株", Records: 4}) {
		t.Errorf("outliers %+v", got)
	}
	lonely := record.Input{Kind: "seedlings", Unit: testkit.Xintan, Day: today, Fields: map[string]string{"trees": "20000"}}
	v = s.enter(testkit.Village, lonely)
	if got := s.Outliers(&v); len(got) != 1 || got[0] != (record.Outlier{Title: "株数", Value: "20000 株"}) {
		t.Errorf("without a past: %+v", got)
	}
	twice := s.enter(testkit.Village, planting("3000"))
	if got := s.Outliers(&twice); len(got) != 0 {
		t.Errorf("not pointed out as unusual: %+v", got)
	}
	v = s.list(testkit.Village, record.Query{Of: testkit.Xintan, Open: record.PointUnusual, Kind: "planting"})[0]
	if got := s.Outliers(&v); len(got) != 1 || got[0].Records != 5 {
		t.Errorf("once others like it are recorded: %+v", got)
	}
	v = s.enter(testkit.Village, planting("25"))
	if got := s.Outliers(&v); got != nil {
		t.Errorf("of an ordinary one: %+v", got)
	}
}

// Whatever is said about a record, in whatever order: what it says of the trees stays as the last
// correction left it, and what is open follows from the newest version.
func TestWordsChangeNoFigure(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	rapid.Check(t, func(rt *rapid.T) {
		trees := 9000
		v := s.enter(eastClerk, planting(fmt.Sprint(trees)))
		for range rapid.IntRange(1, 10).Draw(rt, "steps") {
			var err error
			next := v
			switch rapid.SampledFrom([]string{"object", "answer", "look", "correct"}).Draw(rt, "what") {
			case "object":
				next, err = s.Dispute(ctx, testkit.Village, at(v), "不对")
			case "answer":
				next, err = s.Answer(ctx, eastClerk, at(v), "对的")
				if (err == nil) != v.Unanswered() {
					rt.Fatalf("answered %+v: %v", v, err)
				}
			case "look":
				next, err = s.Look(ctx, eastClerk, at(v), "看过")
				if (err == nil) != (v.Open()&^record.PointObjected != 0) {
					rt.Fatalf("looked at %+v: %v", v, err)
				}
			case "correct":
				trees++
				next, err = s.Correct(ctx, eastClerk, at(v), planting(fmt.Sprint(trees)), "改")
			}
			if err != nil {
				continue
			}
			if v = next; v.Facts.Numbers["trees"] != int64(trees) || v.Status != record.Standing {
				rt.Fatalf("says %+v", v)
			}
		}
		wantOpen(rt, s, testkit.Xintan)
	})
}
