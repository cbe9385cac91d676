package dispatchdb_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/dispatch/dispatchdb"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/task/taskdb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var ctx = context.Background()

type plain struct{}

func (plain) Seal(s string) (string, error) { return s, nil }
func (plain) Open(s string) (string, error) { return s, nil }

// stage is the dispatch on a database, with the clock set by hand and what was told kept.
type stage struct {
	*dispatch.Service
	ledger *ledger.Service
	clock  *testkit.Clock
	mu     sync.Mutex
	told   []dispatch.Note
	deaf   error // what telling comes to, when it is not nil
}

func open(t *testing.T, db *database.DB) *stage {
	t.Helper()
	all, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	units, err := unit.NewRegistry(all, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{clock: testkit.NewClock("2024-03-29 16:18")}
	pack := campaign.Default()
	weeks, err := ledgerdb.Open(ctx, db, plain{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(weeks.Close)
	done, err := recorddb.Open(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(done.Close)
	records, err := record.New(ctx, pack, units.At, done, s.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	s.ledger = ledger.New(pack, units.At, weeks, s.clock.Now)
	tasks := task.New(task.Config{Pack: pack, Tree: units.At, Records: records, Ledger: s.ledger, Store: taskdb.Open(db), Now: s.clock.Now})
	s.Service = dispatch.New(dispatch.Config{Pack: pack, Tree: units.At, Ledger: s.ledger, Tasks: tasks, Store: dispatchdb.Open(db), Now: s.clock.Now,
		Tell: func(_ context.Context, notes []dispatch.Note) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.deaf != nil {
				return s.deaf
			}
			s.told = append(s.told, notes...)
			return nil
		}})
	return s
}

func at(code unit.Code) record.Party { return record.Party{Unit: code} }

var (
	forestry = record.Party{Unit: testkit.Puning, Department: "市林业局"}
	friday   = date.MustParse("2024-04-12")
)

func wants(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

func must[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// An item from a request: opened, answered, put off, closed, opened again; all of it stays, and
// those concerned are told.
func TestItemFollowedUntilClosed(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		asked := must[dispatch.Event](t)(s.Ask(ctx, testkit.Village, dispatch.AskInput{Unit: testkit.Xintan, Ask: "trees", Text: " 要 120 株\x00荔枝苗 "}))
		item := must[dispatch.Item](t)(s.Open(ctx, testkit.County, dispatch.OpenInput{Request: asked.ID, To: record.Party{Unit: testkit.Puning, Department: "普宁市林业局"}, Day: friday, Text: "帮新坛村找苗"}))
		if item.To != forestry || item.Party != at(testkit.Xintan) {
			t.Errorf("opened: %+v", item.Event)
		}
		_, err := s.Open(ctx, testkit.County, dispatch.OpenInput{Request: asked.ID, To: forestry, Day: friday, Text: "再列"})
		wants(t, "the request again", err, dispatch.ErrSettled)
		must[dispatch.Event](t)(s.Answer(ctx, testkit.Forestry, item.ID, "已联系苗场"))
		_, err = s.Answer(ctx, testkit.Leader, item.ID, "好")
		wants(t, "a leader answers", err, access.ErrForbidden)
		_, err = s.Close(ctx, testkit.Forestry, item.ID, "好了")
		wants(t, "who is responsible closes", err, access.ErrForbidden)
		_, err = s.Extend(ctx, testkit.County, item.ID, friday, "同一天")
		wants(t, "put off to the same day", err, dispatch.ErrDay)
		must[dispatch.Event](t)(s.Extend(ctx, testkit.County, item.ID, friday.Add(7), "苗场缺货"))
		must[dispatch.Event](t)(s.Close(ctx, testkit.County, item.ID, "苗已送到"))
		_, err = s.Answer(ctx, testkit.Forestry, item.ID, "补一句")
		wants(t, "an answer to what is closed", err, dispatch.ErrClosed)
		if r := must[dispatch.Request](t)(s.Request(ctx, testkit.Village, asked.ID)); r.State != dispatch.Settled || r.Item != item.ID || r.Event.Text != "要 120 株荔枝苗" {
			t.Errorf("the request: %s %d %q", r.State, r.Item, r.Event.Text)
		}
		must[dispatch.Event](t)(s.Reopen(ctx, testkit.City, item.ID, friday.Add(14), "只送到一半"))
		got := must[dispatch.Item](t)(s.Item(ctx, testkit.Village, item.ID))
		if got.Closed || got.Due != friday.Add(14) || len(got.Steps) != 4 || got.Steps[3].Actor != testkit.City.Name {
			t.Errorf("opened again: %+v", got)
		}
		_, err = s.Item(ctx, testkit.Town, item.ID)
		wants(t, "another town looks", err, dispatch.ErrNone)
		var who []string
		for _, n := range s.told {
			who = append(who, n.To.Unit.String()[4:]+n.To.Department+" "+n.Title)
		}
		if got, want := strings.Join(who, "\n"), `81001000 村里提出：要 120 株荔枝苗
81000000市林业局 调度事项，4月12日前办：帮新坛村找苗
81001202 提出的事已列入调度，4月12日前办
81000000 有答复：帮新坛村找苗
81000000市林业局 延期到4月19日：帮新坛村找苗
81000000市林业局 已办结：帮新坛村找苗
81001202 提出的事已办结：要 120 株荔枝苗
81000000市林业局 重新办理：帮新坛村找苗`; got != want {
			t.Errorf("told:\n%s", got)
		}
		lines, err := audit.New(auditdb.Open(db)).Events(ctx, testkit.County, audit.Query{Of: testkit.Puning})
		if err != nil || len(lines) != 6 || lines[0].Action != "dispatch.reopen" || lines[5].Action != "dispatch.ask" {
			t.Errorf("in the history: %v, %v", lines, err)
		}
	})
}

// What cannot be opened, or not by this actor.
func TestOpenRefuses(t *testing.T) {
	s := open(t, testkit.SQLite(t))
	village := s.Tree(s.Today()).Villages(testkit.LihuTown)[0].Code
	for _, c := range []struct {
		what string
		as   access.Actor
		in   dispatch.OpenInput
		want error
	}{
		{"no such kind of points", testkit.County, dispatch.OpenInput{Rule: "late", Party: at(village), To: at(village), Day: friday, Text: "x"}, dispatch.ErrRule},
		{"no such point", testkit.County, dispatch.OpenInput{Rule: "unplanted", Party: at(village), To: at(village), Day: friday, Text: "x"}, dispatch.ErrNoPoint},
		{"by yesterday", testkit.County, dispatch.OpenInput{Party: at(village), To: at(village), Day: date.MustParse("2024-03-28"), Text: "x"}, dispatch.ErrDay},
		{"without a day", testkit.County, dispatch.OpenInput{Party: at(village), To: at(village), Text: "x"}, dispatch.ErrDay},
		{"without words", testkit.County, dispatch.OpenInput{Party: at(village), To: at(village), Day: friday, Text: " \n"}, dispatch.ErrText},
		{"too long", testkit.County, dispatch.OpenInput{Party: at(village), To: at(village), Day: friday, Text: strings.Repeat("长", dispatch.MaxText+1)}, dispatch.ErrText},
		{"nobody responsible", testkit.County, dispatch.OpenInput{Party: at(village), Day: friday, Text: "x"}, dispatch.ErrTo},
		{"another county's town responsible", testkit.City, dispatch.OpenInput{Party: at(village), To: at(testkit.Huicheng), Day: friday, Text: "x"}, dispatch.ErrTo},
		{"no such department", testkit.County, dispatch.OpenInput{Party: at(village), To: record.Party{Unit: testkit.Puning, Department: "市气象局"}, Day: friday, Text: "x"}, dispatch.ErrTo},
		{"a town about another", testkit.Town, dispatch.OpenInput{Party: at(testkit.Xintan), To: at(testkit.LihuTown), Day: friday, Text: "x"}, access.ErrOutside},
		{"a town names a department", testkit.Town, dispatch.OpenInput{Party: at(village), To: forestry, Day: friday, Text: "x"}, dispatch.ErrTo},
		{"a town about itself", testkit.Town, dispatch.OpenInput{Party: at(testkit.LihuTown), To: at(village), Day: friday, Text: "x"}, access.ErrForbidden},
		{"a village", testkit.Village, dispatch.OpenInput{Party: at(testkit.Xintan), To: at(testkit.Xintan), Day: friday, Text: "x"}, access.ErrForbidden},
		{"a leader", testkit.Leader, dispatch.OpenInput{Party: at(village), To: at(village), Day: friday, Text: "x"}, access.ErrForbidden},
		{"a week to come", testkit.County, dispatch.OpenInput{Party: at(village), Week: date.MustParse("2024-04-12"), To: at(village), Day: friday, Text: "x"}, dispatch.ErrNoWeek},
		{"a town about its village", testkit.Town, dispatch.OpenInput{Party: at(village), To: at(village), Day: friday, Text: "x"}, nil},
		{"the city about a county", testkit.City, dispatch.OpenInput{Party: at(testkit.Puning), To: forestry, Day: friday, Text: "x"}, nil},
	} {
		_, err := s.Open(ctx, c.as, c.in)
		wants(t, c.what, err, c.want)
	}
	county := must[dispatch.Item](t)(s.Open(ctx, testkit.County, dispatch.OpenInput{Party: at(village), To: at(testkit.LihuTown), Day: friday, Text: "补种"}))
	_, err := s.Close(ctx, testkit.Town, county.ID, "补好了")
	wants(t, "a town closes what the county opened", err, dispatch.ErrNotYours)
}

// Two servers on one database: of many who open an item about the same point at once one does, and
// the others are led to it; each sees what the other has written.
func TestTwoServersOpenOnce(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		first, second := open(t, db), open(t, db)
		in := dispatch.OpenInput{Rule: "overdue", Party: at(testkit.LihuTown), To: at(testkit.LihuTown), Day: friday, Text: "补齐逾期的任务"}
		var wait sync.WaitGroup
		var mu sync.Mutex
		opened, led := map[int64]bool{}, map[int64]bool{}
		for n := range 8 {
			s := []*stage{first, second}[n%2]
			wait.Go(func() {
				item, err := s.Open(ctx, testkit.County, in)
				mu.Lock()
				defer mu.Unlock()
				if id, ok := dispatch.OpenItem(err); ok {
					led[id] = true
				} else if err != nil {
					t.Error(err)
				} else {
					opened[item.ID] = true
				}
			})
		}
		wait.Wait()
		if len(opened) != 1 || len(led) != 1 || fmt.Sprint(opened) != fmt.Sprint(led) {
			t.Fatalf("opened %v, led to %v", opened, led)
		}
		for id := range opened {
			must[dispatch.Event](t)(first.Answer(ctx, testkit.Town, id, "正在补"))
			if got := must[dispatch.Item](t)(second.Item(ctx, testkit.County, id)); len(got.Steps) != 1 || got.Figure.Amount == 0 {
				t.Errorf("the second server sees %+v", got)
			}
			must[dispatch.Event](t)(second.Close(ctx, testkit.County, id, "补齐了"))
			again := must[dispatch.Item](t)(first.Open(ctx, testkit.County, in))
			_, err := second.Reopen(ctx, testkit.County, id, friday, "又逾期")
			if open, ok := dispatch.OpenItem(err); !ok || open != again.ID {
				t.Errorf("opened again beside another: %v", err)
			}
		}
	})
}

// A page of a week that is over says what it said, and what became of an item since.
func TestOldPage(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		item := must[dispatch.Item](t)(s.Open(ctx, testkit.County, dispatch.OpenInput{Party: at(testkit.LihuTown), To: at(testkit.LihuTown), Day: date.MustParse("2024-04-01"), Text: "补种"}))
		must[dispatch.Event](t)(s.Ask(ctx, testkit.Village, dispatch.AskInput{Unit: testkit.Xintan, Ask: "land", Text: "要一块空地"}))
		friday := date.MustParse("2024-03-29")
		then := must[*dispatch.Page](t)(s.Page(ctx, testkit.Leader, testkit.Puning, friday))
		if len(then.Items) != 1 || then.Items[0].Late || len(then.Requests) != 1 || !then.Live {
			t.Fatalf("on the Friday: %d items, %d requests", len(then.Items), len(then.Requests))
		}
		s.clock.Set(testkit.NewClock("2024-04-02 09:00").Now())
		if now := must[*dispatch.Page](t)(s.Page(ctx, testkit.Leader, testkit.Puning, date.Date{})); !now.Items[0].Late || now.Week.No != 10 {
			t.Errorf("the week after: late %t in week %d", now.Items[0].Late, now.Week.No)
		}
		must[dispatch.Event](t)(s.Close(ctx, testkit.County, item.ID, "种完了"))
		must[dispatch.Event](t)(s.Ask(ctx, testkit.Village, dispatch.AskInput{Unit: testkit.Xintan, Ask: "people", Text: "要人"}))
		old := must[*dispatch.Page](t)(s.Page(ctx, testkit.Leader, testkit.Puning, friday))
		if old.Live || len(old.Items) != 1 || old.Items[0].Item.Closed || old.Items[0].Late || len(old.Items[0].Steps) != 0 || len(old.Requests) != 1 || old.Total.Open != 1 {
			t.Errorf("the old page has changed: %+v", old.Items)
		}
		if later := old.Items[0].Later; len(later) != 1 || later[0].Text != "种完了" {
			t.Errorf("since then: %+v", later)
		}
		now := must[*dispatch.Page](t)(s.Page(ctx, testkit.Leader, testkit.Puning, date.Date{}))
		if len(now.Items) != 0 || len(now.Closed) != 1 || len(now.Requests) != 2 {
			t.Errorf("now: %d open, %d closed, %d requests", len(now.Items), len(now.Closed), len(now.Requests))
		}
	})
}
