package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// office plays what offices do in the demonstration beside the ledger: bulletins issued, tasks
// reported, confirmed and pressed for.
type office struct {
	*App
	stage *demo.Stage
}

// happenings are what it does, in order.
func (o office) happenings() []demo.Happening {
	var list []demo.Happening
	add := func(at string, do func(context.Context) error) {
		t, err := time.ParseInLocation("2006-01-02 15:04", at, o.Pack.Spec().Location)
		if err != nil {
			panic(err)
		}
		list = append(list, demo.Happening{At: t, Do: do})
	}
	o.issue(add, "2024-02-05", bulletin.Period{Year: 2024, Month: 1}, "普组通〔2024〕3号")
	o.issue(add, "2024-03-05", bulletin.Period{Year: 2024, Month: 2}, "普组通〔2024〕6号")
	o.reports(add)
	o.presses(add)
	slices.SortStableFunc(list, func(a, b demo.Happening) int { return a.At.Compare(b.At) })
	return list
}

// the offices of the demonstration.
var (
	countyOffice = demo.Cast()[2].Actor
	cityOffice   = demo.Cast()[3].Actor
)

// start is a day on which the demonstration's units are as they are in all of it.
var start = date.MustParse("2024-01-08")

type adder func(at string, do func(context.Context) error)

// issue has a month's bulletin drafted by the county, approved by the city and issued.
func (o office) issue(add adder, day string, m bulletin.Period, number string) {
	var v bulletin.Version
	on := func() bulletin.On { return bulletin.On{Unit: demo.County, Period: m, Base: v.Number} }
	step := func(at string, do func(context.Context) (bulletin.Version, error)) {
		add(day+" "+at, func(ctx context.Context) (err error) {
			v, err = do(ctx)
			return err
		})
	}
	step("09:30", func(ctx context.Context) (bulletin.Version, error) {
		return o.Bulletin.Begin(ctx, countyOffice, demo.County, m)
	})
	step("11:10", func(ctx context.Context) (bulletin.Version, error) { return o.Bulletin.Submit(ctx, countyOffice, on()) })
	step("15:25", func(ctx context.Context) (bulletin.Version, error) { return o.Bulletin.Approve(ctx, cityOffice, on()) })
	step("16:40", func(ctx context.Context) (bulletin.Version, error) {
		return o.Bulletin.Issue(ctx, countyOffice, on(), bulletin.Issuing{DocNumber: number, Day: date.MustParse(day)})
	})
}

// reports are of what no record can show.
func (o office) reports(add adder) {
	organisation := record.Party{Unit: demo.County, Department: "市委组织部"}
	for _, r := range []struct {
		at, duty, demand string
		party            record.Party
		proof            string
		decision         task.EventKind
	}{
		{"2024-02-01 10:00", "county_office", "done", record.Party{Unit: demo.County}, "成立专班，抽调8人集中办公", task.Confirms},
		{"2024-02-28 16:00", "publicity", "done", record.Party{Unit: demo.County}, "市融媒体中心开设专栏，已刊发12期", task.Confirms},
		{"2024-03-14 17:00", "training_course", "done", record.Party{Unit: demo.County}, "3月14日举办一期，参训312人，附签到册", task.Confirms},
		{"2024-03-18 09:30", "29", "course", organisation, "列入市委党校春季主体班课程", ""},
	} {
		o.report(add, r.at, countyOffice, task.Point{Duty: r.duty, Demand: r.demand, Party: r.party}, r.proof, r.decision)
	}
	for i, town := range o.Units.Tree(start).Towns(demo.County) {
		if i%4 == 1 && !demo.OnlyVirtual(o.Units.Tree(start), town.Code) {
			decision := task.Confirms
			if i%8 == 5 {
				decision = ""
			}
			o.report(add, fmt.Sprintf("2024-03-%02d 10:%02d", 5+i%15, i), demo.ClerkOf(town, i).Actor,
				task.Point{Duty: "24", Demand: "towns", Party: record.Party{Unit: town.Code}}, "在镇供销社设兑换点，公布兑换目录", decision)
		}
	}
}

func (o office) report(add adder, at string, who access.Actor, p task.Point, proof string, decision task.EventKind) {
	add(at, func(ctx context.Context) error {
		p.From = o.firstPeriod(p)
		e, err := o.Tasks.Report(ctx, who, task.ReportInput{Point: p, Day: o.Tasks.Today(), Proof: proof})
		if err != nil || decision == "" {
			return err
		}
		_, err = o.Tasks.Decide(ctx, countyOffice, e.ID, decision, "")
		return err
	})
}

// firstPeriod is the first day of the first period of a demand.
func (o office) firstPeriod(p task.Point) date.Date {
	for i := range o.Tasks.Duties() {
		d := &o.Tasks.Duties()[i]
		if x, ok := d.Demand(p.Demand); ok && d.Key == p.Duty {
			return period(x, o.Pack).From
		}
	}
	panic("no demand " + p.Duty + " " + p.Demand)
}

func period(x *campaign.Demand, pack *campaign.Pack) task.Period {
	return task.Periods(x, pack.Calendar(), date.MustParse("2024-12-31"))[0]
}

// presses are what the office presses towns for, some of it answered.
func (o office) presses(add adder) {
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
			pressed, err = o.Tasks.Press(ctx, countyOffice, task.Point{Duty: p.duty, Demand: p.demand, Party: record.Party{Unit: p.town}}, date.MustParse("2024-03-29"), p.note)
			return err
		})
		if p.answer != "" {
			add(fmt.Sprintf("2024-03-%02d 15:40", 25+i), func(ctx context.Context) error {
				_, err := o.Tasks.Answer(ctx, o.stage.ClerkAt(p.town), pressed.ID, p.answer)
				return err
			})
		}
	}
}
