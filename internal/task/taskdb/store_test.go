package taskdb_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
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

// stage is the tasks on a database, with the clock set by hand.
type stage struct {
	*task.Service
	t     *testing.T
	db    *database.DB
	clock *testkit.Clock
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
	s := &stage{t: t, db: db, clock: testkit.NewClock("2024-03-20 10:00")}
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
	s.Service = task.New(task.Config{Pack: pack, Tree: units.At, Records: records, Ledger: ledger.New(pack, units.At, weeks, s.clock.Now), Store: taskdb.Open(db), Now: s.clock.Now})
	return s
}

func at(code unit.Code) record.Party { return record.Party{Unit: code} }

func point(duty, demand string, p record.Party) task.Point {
	return task.Point{Duty: duty, Demand: demand, Party: p, From: date.MustParse("2024-01-01")}
}

// item is what stands of a demand for its party.
func (s *stage) item(a access.Actor, p task.Point) task.Item {
	s.t.Helper()
	standing, err := s.On(ctx, a, p.Party, date.Date{})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, i := range standing.Of(p.Party) {
		if i.Duty.Key == p.Duty && i.Demand.Key == p.Demand && (p.From.IsZero() || i.Period.From == p.From) {
			return i
		}
	}
	s.t.Fatalf("%v is not asked of %v", p.Duty, p.Party)
	return task.Item{}
}

func wants(t *testing.T, what string, err error, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
}

// A town reports, the office declines, the town reports again, the office confirms: all of it
// stays, and a report is decided on once.
func TestReportAndConfirm(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		p := point("24", "towns", at(testkit.LihuTown))
		in := task.ReportInput{Point: p, Day: date.MustParse("2024-03-18"), Proof: " 在镇供销社设\x00了兑换点 "}
		first, err := s.Report(ctx, testkit.Town, in)
		if err != nil {
			t.Fatal(err)
		}
		if i := s.item(testkit.Town, p); i.State != task.InProgress || i.Report == nil || i.Report.Text != "在镇供销社设了兑换点" || i.Report.Decision != nil {
			t.Errorf("waiting: %s %+v", i.State, i.Report)
		}
		_, err = s.Decide(ctx, testkit.Town, first.ID, task.Confirms, "")
		wants(t, "the town confirms itself", err, access.ErrForbidden)
		_, err = s.Decide(ctx, testkit.County, first.ID, task.Declines, "")
		wants(t, "declined without a reason", err, task.ErrText)
		if _, err = s.Decide(ctx, testkit.County, first.ID, task.Declines, "请附照片"); err != nil {
			t.Fatal(err)
		}
		_, err = s.Decide(ctx, testkit.County, first.ID, task.Confirms, "")
		wants(t, "decided again", err, task.ErrDecided)
		if i := s.item(testkit.Town, p); i.State != task.InProgress || i.Report.Decision.Text != "请附照片" {
			t.Errorf("declined: %s %+v", i.State, i.Report)
		}
		in.Day = date.MustParse("2024-03-20")
		second, err := s.Report(ctx, testkit.Town, in)
		if err != nil {
			t.Fatal(err)
		}
		if _, err = s.Decide(ctx, testkit.County, second.ID, task.Confirms, ""); err != nil {
			t.Fatal(err)
		}
		if i := s.item(testkit.County, p); i.State != task.Done || i.On != in.Day || i.Report.ID != second.ID || i.Report.Decision.Actor != testkit.County.Name {
			t.Errorf("confirmed: %s on %v, %+v", i.State, i.On, i.Report)
		}
		lines, err := audit.New(auditdb.Open(db)).Events(ctx, testkit.County, audit.Query{Of: testkit.Puning})
		if err != nil || len(lines) != 4 || lines[0].Action != "task.confirm" || lines[3].Action != "task.report" {
			t.Errorf("in the history: %v, %v", lines, err)
		}
	})
}

// What cannot be reported, or not by this actor.
func TestReportRefuses(t *testing.T) {
	s := open(t, testkit.SQLite(t))
	forestry := record.Party{Unit: testkit.Puning, Department: "普宁市林业局"}
	day := date.MustParse("2024-03-18")
	for _, c := range []struct {
		what string
		as   access.Actor
		in   task.ReportInput
		want error
	}{
		{"what records show", testkit.Town, task.ReportInput{Point: point("5", "brand", at(testkit.LihuTown)), Day: day, Proof: "有"}, task.ErrNotReported},
		{"no such task", testkit.Town, task.ReportInput{Point: point("32", "towns", at(testkit.LihuTown)), Day: day, Proof: "有"}, task.ErrNone},
		{"no such rule", testkit.Town, task.ReportInput{Point: point("24", "all", at(testkit.LihuTown)), Day: day, Proof: "有"}, task.ErrNone},
		{"no such period", testkit.Town, task.ReportInput{Point: task.Point{Duty: "24", Demand: "towns", Party: at(testkit.LihuTown), From: day}, Day: day, Proof: "有"}, task.ErrNone},
		{"all periods", testkit.Town, task.ReportInput{Point: task.Point{Duty: "24", Demand: "towns", Party: at(testkit.LihuTown)}, Day: day, Proof: "有"}, task.ErrNone},
		{"without proof", testkit.Town, task.ReportInput{Point: point("24", "towns", at(testkit.LihuTown)), Day: day, Proof: " \n"}, task.ErrText},
		{"too long", testkit.Town, task.ReportInput{Point: point("24", "towns", at(testkit.LihuTown)), Day: day, Proof: strings.Repeat("长", task.MaxText+1)}, task.ErrText},
		{"without a day", testkit.Town, task.ReportInput{Point: point("24", "towns", at(testkit.LihuTown)), Proof: "有"}, task.ErrDay},
		{"of tomorrow", testkit.Town, task.ReportInput{Point: point("24", "towns", at(testkit.LihuTown)), Day: date.MustParse("2024-03-21"), Proof: "有"}, task.ErrDay},
		{"for another town", testkit.Town, task.ReportInput{Point: point("24", "towns", at(testkit.EastTown)), Day: day, Proof: "有"}, access.ErrOutside},
		{"by the leader", testkit.Leader, task.ReportInput{Point: point("24", "towns", at(testkit.LihuTown)), Day: day, Proof: "有"}, access.ErrForbidden},
		{"of a town by a department", testkit.Forestry, task.ReportInput{Point: point("24", "towns", at(testkit.LihuTown)), Day: day, Proof: "有"}, task.ErrNotYours},
		{"of another department", testkit.Forestry, task.ReportInput{Point: point("29", "course", record.Party{Unit: testkit.Puning, Department: "市委组织部"}), Day: day, Proof: "有"}, task.ErrNotYours},
		{"of a department that is not asked", testkit.County, task.ReportInput{Point: point("29", "course", forestry), Day: day, Proof: "有"}, task.ErrNone},
		{"of the county by one not asked", testkit.Forestry, task.ReportInput{Point: point("publicity", "done", at(testkit.Puning)), Day: day, Proof: "有"}, task.ErrNotYours},
		{"of the county by one asked", testkit.Forestry, task.ReportInput{Point: point("work_album", "done", at(testkit.Puning)), Day: day, Proof: "有"}, nil},
		{"of the county, for itself", testkit.Forestry, task.ReportInput{Point: point("training_course", "done", forestry), Day: day, Proof: "有"}, nil},
		{"by itself, with its full name", testkit.Forestry, task.ReportInput{Point: point("24", "forestry", forestry), Day: day, Proof: "有"}, nil},
		{"by the office for it", testkit.County, task.ReportInput{Point: point("24", "forestry", forestry), Day: day, Proof: "有"}, nil},
	} {
		_, err := s.Report(ctx, c.as, c.in)
		wants(t, c.what, err, c.want)
	}
	_, err := s.Decide(ctx, testkit.County, 999, task.Confirms, "")
	wants(t, "no such report", err, task.ErrNoReport)
	_, err = s.On(ctx, testkit.City, at(testkit.Jieyang), date.Date{})
	wants(t, "a whole city", err, task.ErrLevel)
	_, err = s.On(ctx, testkit.Town, at(testkit.EastTown), date.Date{})
	wants(t, "another town", err, access.ErrOutside)
}

// The office presses for what is owed, the unit answers, twice; both stay. Who is outside sees
// none of it.
func TestPressAndAnswer(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		p := point("1", "six_measures", at(testkit.LihuTown))
		by := date.MustParse("2024-03-25")
		_, err := s.Press(ctx, testkit.Town, p, by, "请抓紧")
		wants(t, "a town presses", err, access.ErrForbidden)
		_, err = s.Press(ctx, testkit.County, p, date.MustParse("2024-03-19"), "请抓紧")
		wants(t, "by yesterday", err, task.ErrDay)
		_, err = s.Press(ctx, testkit.County, p, by, "")
		wants(t, "without a note", err, task.ErrText)
		_, err = s.Press(ctx, testkit.County, point("2", "guidance", at(testkit.LihuTown)), by, "请抓紧")
		wants(t, "what is not asked of a town", err, task.ErrNone)
		pressed, err := s.Press(ctx, testkit.County, p, by, "六项举措还有村没落实，请抓紧")
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Answer(ctx, testkit.Outsider, pressed.ID, "收到")
		wants(t, "an outsider answers", err, task.ErrNoPressing)
		_, err = s.Answer(ctx, testkit.Forestry, pressed.ID, "收到")
		wants(t, "another unit answers", err, task.ErrNotYours)
		for _, text := range []string{"已通知各村", "周五前补齐"} {
			if _, err := s.Answer(ctx, testkit.Town, pressed.ID, text); err != nil {
				t.Fatal(err)
			}
		}
		_, err = s.Answer(ctx, testkit.Town, pressed.ID+1, "答复的答复")
		wants(t, "answering an answer", err, task.ErrNoPressing)
		standing, err := s.On(ctx, testkit.Town, p.Party, date.Date{})
		if err != nil {
			t.Fatal(err)
		}
		list := standing.PressedAt(p.Party)
		if len(list) != 1 || !list[0].Answered() || len(list[0].Answers) != 2 || list[0].Answers[1].Text != "周五前补齐" || list[0].Day != by || list[0].Actor != testkit.County.Name {
			t.Errorf("pressed for: %+v", list)
		}
		if n := len(standing.PressedAt(at(testkit.EastTown))); n != 0 {
			t.Errorf("another town has %d", n)
		}
		before, err := s.On(ctx, testkit.County, p.Party, date.MustParse("2024-03-19"))
		if err != nil || len(before.PressedAt(p.Party)) != 0 {
			t.Errorf("the day before %d were pressed for, %v", len(before.PressedAt(p.Party)), err)
		}
		if n := len(standing.PressedAt(at(testkit.Puning))); n != 1 {
			t.Errorf("the county sees %d", n)
		}
	})
}

func TestExemptAndLift(t *testing.T) {
	testkit.Databases(t, func(t *testing.T, db *database.DB) {
		s := open(t, db)
		p := point("4", "park", at(testkit.Xintan))
		_, err := s.Exempt(ctx, testkit.Village, p, "没有空地")
		wants(t, "a village exempts itself", err, access.ErrForbidden)
		if _, err = s.Exempt(ctx, testkit.County, p, "没有空地"); err != nil {
			t.Fatal(err)
		}
		if i := s.item(testkit.Village, p); i.State != task.NotApplicable || i.Reason != "没有空地" {
			t.Errorf("%s %q", i.State, i.Reason)
		}
		town := s.item(testkit.County, point("4", "park", at(testkit.EastTown)))
		if slices.Contains(town.Missing, at(testkit.Xintan)) {
			t.Error("the town is still missing it")
		}
		if _, err = s.Lift(ctx, testkit.County, p, ""); err != nil {
			t.Fatal(err)
		}
		if i := s.item(testkit.Village, p); i.State != task.InProgress {
			t.Errorf("lifted, it is %s", i.State)
		}
	})
}
