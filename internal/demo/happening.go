package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// happening is something an office does at a moment.
type happening struct {
	at time.Time
	do func(context.Context) error
}

// happenings are what offices do beside the ledger: bulletins issued, tasks reported, confirmed
// and pressed for. They are in order.
func (s *Stage) happenings() []happening {
	var list []happening
	add := func(at string, do func(context.Context) error) {
		t, err := time.ParseInLocation("2006-01-02 15:04", at, s.Pack.Spec().Location)
		if err != nil {
			panic(err)
		}
		list = append(list, happening{t, do})
	}
	if s.Bulletin != nil {
		s.issue(add, "2024-02-05", bulletin.Month{Year: 2024, Month: 1}, "普组通〔2024〕3号")
		s.issue(add, "2024-03-05", bulletin.Month{Year: 2024, Month: 2}, "普组通〔2024〕6号")
	}
	if s.Tasks != nil {
		s.reports(add)
		s.presses(add)
	}
	slices.SortStableFunc(list, func(a, b happening) int { return a.at.Compare(b.at) })
	return list
}

type adder func(at string, do func(context.Context) error)

// issue has a month's bulletin drafted by the county, approved by the city and issued.
func (s *Stage) issue(add adder, day string, m bulletin.Month, number string) {
	var v bulletin.Version
	on := func() bulletin.On { return bulletin.On{Unit: County, Month: m, Base: v.Number} }
	step := func(at string, do func(context.Context) (bulletin.Version, error)) {
		add(day+" "+at, func(ctx context.Context) (err error) {
			v, err = do(ctx)
			return err
		})
	}
	step("09:30", func(ctx context.Context) (bulletin.Version, error) {
		return s.Bulletin.Begin(ctx, castAt(2), County, m)
	})
	step("11:10", func(ctx context.Context) (bulletin.Version, error) { return s.Bulletin.Submit(ctx, castAt(2), on()) })
	step("15:25", func(ctx context.Context) (bulletin.Version, error) { return s.Bulletin.Approve(ctx, castAt(3), on()) })
	step("16:40", func(ctx context.Context) (bulletin.Version, error) {
		return s.Bulletin.Issue(ctx, castAt(2), on(), bulletin.Issuing{DocNumber: number, Day: date.MustParse(day)})
	})
}

// reports are of what no record can show.
func (s *Stage) reports(add adder) {
	organisation := record.Party{Unit: County, Department: "市委组织部"}
	for _, r := range []struct {
		at, duty, demand string
		party            record.Party
		proof            string
		decision         task.EventKind
	}{
		{"2024-02-01 10:00", "county_office", "done", record.Party{Unit: County}, "成立专班，抽调8人集中办公", task.Confirms},
		{"2024-02-28 16:00", "publicity", "done", record.Party{Unit: County}, "市融媒体中心开设专栏，已刊发12期", task.Confirms},
		{"2024-03-14 17:00", "training_course", "done", record.Party{Unit: County}, "3月14日举办一期，参训312人，附签到册", task.Confirms},
		{"2024-03-18 09:30", "29", "course", organisation, "列入市委党校春季主体班课程", ""},
	} {
		s.report(add, r.at, castAt(2), task.Point{Duty: r.duty, Demand: r.demand, Party: r.party}, r.proof, r.decision)
	}
	for i, town := range s.Tree(begin).Towns(County) {
		if i%4 == 1 && !onlyVirtual(s.Tree(begin), town.Code) {
			decision := task.Confirms
			if i%8 == 5 {
				decision = ""
			}
			s.report(add, fmt.Sprintf("2024-03-%02d 10:%02d", 5+i%15, i), ClerkOf(town, i).Actor,
				task.Point{Duty: "24", Demand: "towns", Party: record.Party{Unit: town.Code}}, "在镇供销社设兑换点，公布兑换目录", decision)
		}
	}
}

func (s *Stage) report(add adder, at string, who access.Actor, p task.Point, proof string, decision task.EventKind) {
	add(at, func(ctx context.Context) error {
		p.From = s.firstPeriod(p)
		e, err := s.Tasks.Report(ctx, who, task.ReportInput{Point: p, Day: s.Tasks.Today(), Proof: proof})
		if err != nil || decision == "" {
			return err
		}
		_, err = s.Tasks.Decide(ctx, castAt(2), e.ID, decision, "")
		return err
	})
}

// firstPeriod is the first day of the first period of a demand.
func (s *Stage) firstPeriod(p task.Point) date.Date {
	for i := range s.Tasks.Duties() {
		d := &s.Tasks.Duties()[i]
		if x, ok := d.Demand(p.Demand); ok && d.Key == p.Duty {
			return period(x, s.Pack).From
		}
	}
	panic("no demand " + p.Duty + " " + p.Demand)
}

func period(x *campaign.Demand, pack *campaign.Pack) task.Period {
	return task.Periods(x, pack.Calendar(), date.MustParse("2024-12-31"))[0]
}

// presses are what the office presses towns for, some of it answered.
func (s *Stage) presses(add adder) {
	for i, p := range []struct {
		town               unit.Code
		duty, demand, note string
		answer             string
	}{
		{445281111000, "8", "grid", "还有村没有划分责任区，请一周内补齐", "已逐村核对，本周内补齐责任人名单"},
		{445281104000, "village_plans", "plan", "绿化规划没有全部审定，请说明原因", "两个村地块有争议，已请林业站上门"},
		{445281006000, "27", "mutual", "本季度互学互鉴还没有安排", ""},
	} {
		var pressed task.Event
		add(fmt.Sprintf("2024-03-%02d 09:%02d", 20+i, 15+i), func(ctx context.Context) (err error) {
			pressed, err = s.Tasks.Press(ctx, castAt(2), task.Point{Duty: p.duty, Demand: p.demand, Party: record.Party{Unit: p.town}}, date.MustParse("2024-03-29"), p.note)
			return err
		})
		if p.answer != "" {
			add(fmt.Sprintf("2024-03-%02d 15:40", 25+i), func(ctx context.Context) error {
				_, err := s.Tasks.Answer(ctx, s.clerk(p.town), pressed.ID, p.answer)
				return err
			})
		}
	}
}
