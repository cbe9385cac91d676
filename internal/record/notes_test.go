package record_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
)

// inboxes keeps notes as the inbox does, one of a name; deaf is why it cannot.
type inboxes struct {
	notes []record.Note
	calls int
	deaf  error
}

func (b *inboxes) Tell(_ context.Context, notes []record.Note) error {
	b.calls++
	if b.deaf != nil {
		return b.deaf
	}
	for _, n := range notes {
		if !slices.ContainsFunc(b.notes, func(o record.Note) bool { return o.Name == n.Name }) {
			b.notes = append(b.notes, n)
		}
	}
	return nil
}

func (b *inboxes) Department(_ context.Context, account int64) (string, error) {
	for _, a := range append(testkit.Cast(), fishery) {
		if a.Account == account {
			return a.Department, nil
		}
	}
	return "", nil
}

// took gives what was told since it was last asked, a line each.
func (b *inboxes) took() string {
	var lines []string
	for _, n := range b.notes {
		lines = append(lines, strings.TrimSpace(n.To.Unit.String()[4:]+n.To.Department+" "+n.Title+"｜"+n.Body)+" "+n.Link)
	}
	b.notes = nil
	return strings.Join(lines, "\n")
}

func told(t *testing.T, b *inboxes, what string, want ...string) {
	t.Helper()
	if got := b.took(); got != strings.Join(want, "\n") {
		t.Errorf("%s: told\n%s\nwant\n%s", what, got, strings.Join(want, "\n"))
	}
}

// A village is told once a day and author that something was entered for it, never of its own.
func TestToldOfEntries(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s, box := newStage(t, db), &inboxes{}
		s.UseNotes(box)
		const check = "｜请核对；不符的可以提出异议。当天再记的不另外提醒。 /records/445281001202"
		s.enter(testkit.Village, planting("5"))
		told(t, box, "its own")
		s.enter(eastClerk, planting("12"))
		told(t, box, "by the town", "81001202 流沙东街道替本村记了3月29日的义务植树"+check)
		s.enter(eastClerk, planting("13"))
		told(t, box, "again on that day")
		s.enter(testkit.Forestry, planting("14"))
		s.enter(fishery, planting("15"))
		s.enter(testkit.County, planting("16"))
		told(t, box, "by others", "81001202 普宁市林业局替本村记了3月29日的义务植树"+check, "81001202 普宁市水务局替本村记了3月29日的义务植树"+check, "81001202 普宁市替本村记了3月29日的义务植树"+check)
		s.clock.Advance(16 * time.Hour)
		var many []record.Input
		for i := range 30 {
			in := planting(strconv.Itoa(20 + i))
			if i%3 == 0 {
				in.Unit = neighbour.Unit
			}
			many = append(many, in)
		}
		box.calls = 0
		if _, err := s.EnterAll(ctx, eastClerk, many); err != nil {
			t.Fatal(err)
		}
		got := box.took()
		if strings.Count(got, "\n") != 1 || !strings.Contains(got, "81001202 流沙东街道替本村记了3月29日的义务植树等 20 条") || !strings.Contains(got, "81001201 流沙东街道替本村记了3月29日的义务植树等 10 条") || box.calls != 1 {
			t.Errorf("of many in %d calls:\n%s", box.calls, got)
		}
	})
}

// Of an objection its author is told, of what comes of it the village; of a plan its approval and
// what the county remarks.
func TestToldOfSteps(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s, box := newStage(t, db), &inboxes{}
		must := func(v record.Version, err error) record.Version {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			return v
		}
		v, w, x := s.enter(eastClerk, planting("12")), s.enter(testkit.Forestry, planting("14")), s.enter(eastClerk, planting("15"))
		s.UseNotes(box)
		link := func(v record.Version) string { return " /record/" + strconv.FormatInt(v.ID, 10) }
		v = must(s.Dispute(ctx, testkit.Village, at(v), "只有10株"))
		told(t, box, "objected", "81001000 新坛村对3月29日的义务植树有异议｜只有10株"+link(v))
		v = must(s.Answer(ctx, eastClerk, at(v), "请再点一次"))
		told(t, box, "answered", "81001202 3月29日的义务植树：异议有答复｜请再点一次"+link(v))
		v = must(s.Dispute(ctx, testkit.Village, at(v), "点过了"))
		box.took()
		v = must(s.Correct(ctx, eastClerk, at(v), planting("10"), "点过是10株"))
		told(t, box, "corrected", "81001202 3月29日的义务植树：有异议的记录已更正｜点过是10株"+link(v))
		must(s.Correct(ctx, eastClerk, at(v), planting("11"), "又找到一株"))
		told(t, box, "corrected without an objection")
		w = must(s.Dispute(ctx, testkit.Village, at(w), "没有这回事"))
		told(t, box, "a department's", "81000000普宁市林业局 新坛村对3月29日的义务植树有异议｜没有这回事"+link(w))
		must(s.Withdraw(ctx, testkit.Forestry, at(w), "记错了村"))
		told(t, box, "withdrawn", "81001202 3月29日的义务植树：有异议的记录已撤回｜记错了村"+link(w))
		must(s.Withdraw(ctx, eastClerk, at(x), "录了两次"))
		told(t, box, "withdrawn without an objection")

		p := s.enter(testkit.Village, plan("plots", `[{"place":"村口","trees":120,"shape":"0,0 500,0 500,500"}]`))
		p = must(s.Approve(ctx, eastClerk, at(p)))
		told(t, box, "approved", "81001202 3月29日的绿化规划已审定｜从现在起算数。"+link(p))
		p = must(s.Check(ctx, testkit.County, at(p), record.Remarks, "缺示意图"))
		told(t, box, "remarks", "81001202 3月29日的绿化规划：县级核对有意见｜缺示意图"+link(p), "81001000 新坛村3月29日的绿化规划：县级核对有意见｜缺示意图"+link(p))
		must(s.Check(ctx, testkit.County, at(p), record.Agreed, ""))
		told(t, box, "agreed")
	})
}

// What could not be told is told later, also by a server that starts anew, and once.
func TestToldLater(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s, box := newStage(t, db), &inboxes{deaf: errors.New("the database is full")}
		s.UseNotes(box)
		old := s.enter(eastClerk, planting("11"))
		s.clock.Advance(89 * time.Hour)
		v := s.enter(eastClerk, planting("12"))
		if _, err := s.Dispute(ctx, testkit.Village, at(v), "只有10株"); err != nil {
			t.Fatalf("the objection stands: %v", err)
		}
		if err := s.Retell(ctx); !errors.Is(err, box.deaf) {
			t.Errorf("still deaf: %v", err)
		}
		again := serve(t, db, s.clock)
		heard := &inboxes{}
		again.UseNotes(heard)
		box.deaf = nil
		for _, one := range []struct {
			s *stage
			b *inboxes
		}{{s, box}, {again, heard}} {
			for range 2 {
				if err := one.s.Retell(ctx); err != nil {
					t.Fatal(err)
				}
			}
			if got := one.b.took(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "流沙东街道替本村记了") || !strings.Contains(got, "新坛村对3月29日的义务植树有异议｜只有10株") || strings.Contains(got, strconv.FormatInt(old.ID, 10)+"\n") {
				t.Errorf("told later:\n%s", got)
			}
		}
	})
}

// Nobody is told when nobody listens, and it is not kept for later.
func TestToldNobody(t *testing.T) {
	s := newStage(t, testkit.SQLite(t))
	s.enter(eastClerk, planting("12"))
	box := &inboxes{}
	s.UseNotes(box)
	if err := s.Retell(ctx); err != nil {
		t.Fatal(err)
	}
	told(t, box, "nobody listened")
}
