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
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

// office plays what offices do in the demonstration beside the ledger: bulletins issued, tasks
// reported, confirmed and pressed for, readings confirmed.
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
	o.readings(add)
	o.reports(add)
	o.presses(add)
	o.dispatches(add)
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

// asked are what villages ask for, and what became of it.
var asked = []struct {
	at          string
	village     unit.Code
	ask, text   string
	reply, done string
}{
	{"2024-03-04 20:10", demo.Village, "trees", "村道两旁还缺荔枝苗约200株", "镇林业站调拨150株，3月中旬到", "3月14日到苗152株"},
	{"2024-03-11 09:40", 445281119205, "people", "后山整地缺人手，想请镇里组织志愿服务", "", ""},
	{"2024-03-19 19:20", 445281117201, "money", "乡贤捐款还没有到账，苗款先垫了", "已请慈善会核对票据", ""},
	{"2024-03-26 20:30", 445281104201, "land", "村口空地权属没有理清，种不下去", "", ""},
}

// followed are points that the county's office had followed.
var followed = []struct {
	at, week, rule string
	town           unit.Code
	day, text      string
	answer, close  string
}{
	{"2024-03-08 18:10", "2024-03-08", "unplanted", 445281117000, "2024-03-22", "已落实的苗木两周内种下去", "三个片区已排期，本周种下六成", ""},
	{"2024-03-08 18:20", "2024-03-08", "stuck", 445281108000, "2024-03-15", "停住的村逐村说明原因", "已逐村走访，两村是用地问题", "原因已查明，两村用地由镇里协调"},
	{"2024-03-15 17:50", "2024-03-15", "unfunded", 445281104000, "2024-03-29", "财政资金到位情况报专班", "镇财政所已报请拨付", ""},
	{"2024-03-22 18:00", "2024-03-22", "overdue", 445281006000, "2024-03-28", "逾期的任务倒排时间", "", ""},
}

// dispatches are the weekly meetings: what was asked, what is followed.
func (o office) dispatches(add adder) {
	for _, a := range asked {
		var id int64
		add(a.at, func(ctx context.Context) error {
			e, err := o.Dispatch.Ask(ctx, demo.ReporterOf(a.village), dispatch.AskInput{Unit: a.village, Ask: a.ask, Text: a.text})
			id = e.ID
			return err
		})
		later := func(days int, text string, do func(context.Context, access.Actor, int64, string) (dispatch.Event, error)) {
			if text != "" {
				add(after(a.at, days), func(ctx context.Context) error {
					_, err := do(ctx, o.stage.ClerkAt(a.village.At(unit.LevelTown)), id, text)
					return err
				})
			}
		}
		later(1, a.reply, o.Dispatch.Reply)
		later(10, a.done, o.Dispatch.Settle)
	}
	for _, f := range followed {
		var id int64
		add(f.at, func(ctx context.Context) error {
			item, err := o.Dispatch.Open(ctx, countyOffice, dispatch.OpenInput{Rule: f.rule, Party: record.Party{Unit: f.town}, Week: date.MustParse(f.week),
				To: record.Party{Unit: f.town}, Day: date.MustParse(f.day), Text: f.text})
			id = item.ID
			return err
		})
		if f.answer != "" {
			add(after(f.at, 3), func(ctx context.Context) error {
				_, err := o.Dispatch.Answer(ctx, o.stage.ClerkAt(f.town), id, f.answer)
				return err
			})
		}
		if f.close != "" {
			add(after(f.at, 7), func(ctx context.Context) error {
				_, err := o.Dispatch.Close(ctx, countyOffice, id, f.close)
				return err
			})
		}
	}
}

// after is a moment some days later.
func after(at string, days int) string { return date.MustParse(at[:10]).Add(days).String() + at[10:] }
