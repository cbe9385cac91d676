package taskweb

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// unitView is what a unit owes and what it has done.
type unitView struct {
	asked
	Day     date.Date
	Today   bool
	Tiles   []ui.Tile
	Owed    []group[line]
	Jumps   []ui.Jump
	Done    []line
	Soon    []line
	Not     []line
	Pressed []pressed
}

// pressed is what the office presses for.
type pressed struct {
	ID      int64
	Who     string
	What    string
	Href    string
	Note    string
	By      string
	Actor   string
	Late    bool
	Answers []said
}

// said is something somebody said, and when.
type said struct{ Text, Who, At string }

// unit is GET /tasks/{unit}: of a county the board, of all others what they owe.
func (p *Pages) unit(w http.ResponseWriter, r *http.Request) error {
	a, s, err := p.read(r)
	if err != nil {
		return err
	}
	if a.party == countyOf(a.party) {
		return p.board(w, r, &a, s)
	}
	items := s.Of(a.party)
	v := unitView{asked: a, Day: s.Day, Today: s.Day == p.tasks.Today()}
	var owed []line
	for _, i := range task.Owed(items) {
		owed = append(owed, p.line(s, &a, &i))
	}
	v.Owed = owedGroups(owed)
	for i := range items {
		l := p.line(s, &a, &items[i])
		switch items[i].State {
		case task.Done, task.DoneLate:
			v.Done = append(v.Done, l)
		case task.NotYet:
			v.Soon = append(v.Soon, l)
		case task.NotApplicable:
			v.Not = append(v.Not, l)
		}
	}
	v.Tiles = tiles(task.Count(items))
	v.Jumps = jumps(v.Owed)
	v.Pressed = p.pressed(s, &a)
	page := web.Page{Title: s.Name(a.party) + "还欠什么", Lead: unitLead(v), Section: "tasks", Crumbs: a.crumbs(s, ""), Styles: styles}
	return web.Render(w, r, page, unitBody(v))
}

func tiles(c task.Counts) []ui.Tile {
	n := func(s task.State) string { return strconv.Itoa(c[s]) }
	return []ui.Tile{{Figure: n(task.Overdue), Label: stateWord(task.Overdue)}, {Figure: n(task.InProgress), Label: stateWord(task.InProgress)},
		{Figure: strconv.Itoa(c.Done()), Label: "完成", Extra: lateOnes(c)}}
}

func lateOnes(c task.Counts) string {
	if c[task.DoneLate] == 0 {
		return ""
	}
	return "其中逾期 " + strconv.Itoa(c[task.DoneLate])
}

// pressed lists what is pressed for at the party, what waits for an answer first.
func (p *Pages) pressed(s *task.Standing, a *asked) []pressed {
	var list []pressed
	for _, x := range s.PressedAt(a.party) {
		v := pressed{ID: x.ID, Who: s.Name(x.Party), Note: x.Text, By: dayWord(x.Day, s.Day), Actor: x.Actor, Late: !x.Answered() && s.Day.After(x.Day)}
		v.What = x.Duty
		for i := range s.Duties {
			if d, ok := s.Duties[i].Demand(x.Demand); ok && s.Duties[i].Key == x.Duty {
				v.What = number(&s.Duties[i]) + " " + d.Says
			}
		}
		v.Href = unitURL(x.Party, a.day)
		if !x.From.IsZero() {
			v.Href = itemURL(x.Party, x.Duty, x.Demand, x.From, a.day)
		}
		for _, e := range x.Answers {
			v.Answers = append(v.Answers, p.said(e))
		}
		list = append(list, v)
	}
	slices.SortStableFunc(list, func(x, y pressed) int { return min(len(x.Answers), 1) - min(len(y.Answers), 1) })
	return list
}

// unanswered is how many stand first in the list because they wait for an answer.
func unanswered(list []pressed) int {
	n := slices.IndexFunc(list, func(x pressed) bool { return len(x.Answers) > 0 })
	if n < 0 {
		return len(list)
	}
	return n
}

func (p *Pages) said(e task.Event) said {
	return said{e.Text, e.Actor, e.At.In(p.now().Location()).Format("1月2日 15:04")}
}

// The boards.
const (
	byTask = "task"
	byUnit = "unit"
	byDate = "date"
)

// boardView is a county's tasks, by task, by unit or by day.
type boardView struct {
	asked
	Day     date.Date
	Today   bool
	By      string
	Tabs    []tab
	Jumps   []ui.Jump
	All     bool // the whole list in its own order, nothing folded
	Tasks   []group[taskLine]
	Units   []group[unitLine]
	Days    []group[dayGroup]
	Quotas  []quotaLine
	Pressed []pressed
}

type tab struct {
	link
	Current bool
}

// taskLine is one demand in its current period over all who answer for it.
type taskLine struct {
	Number, Says, Period, Due string
	First                     bool // of its task
	To                        date.Date
	Title                     string
	Href                      string
	bar
}

// unitLine is one who answers, over all that is asked of him.
type unitLine struct {
	Name, Href string
	Department bool
	bar
}

// dayGroup is what falls due on a day.
type dayGroup struct {
	On    date.Date
	Day   string
	Left  string
	Past  bool
	Lines []line
}

type quotaLine struct {
	Title, Have, Share, Before, On string
	Late                           bool
	bar
}

func (p *Pages) board(w http.ResponseWriter, r *http.Request, a *asked, s *task.Standing) error {
	v := boardView{asked: *a, Day: s.Day, Today: s.Day == p.tasks.Today(), By: r.FormValue("by"), All: r.FormValue("all") != "", Pressed: p.pressed(s, a)}
	switch v.By {
	case byUnit:
		list := p.byUnit(s, a)
		v.Units = unitGroups(list)
		if v.All {
			v.Units = whole(list)
		}
		v.Jumps = jumps(v.Units, v.other(a, byUnit, "按代码全部展开"))
	case byDate:
		v.Days = dayGroupsOf(s.Day, p.byDate(s, a))
		v.Jumps = jumps(v.Days)
	default:
		v.By = byTask
		list := p.byTask(s, a)
		v.Tasks = taskGroups(s.Day, list)
		if v.All {
			v.Tasks = whole(list)
		}
		v.Quotas = quotas(s, a.party.Unit)
		v.Jumps = jumps(v.Tasks, v.other(a, byTask, "按清单次序全部展开"))
		if len(v.Quotas) > 0 {
			v.Jumps = append(v.Jumps, ui.Jump{Label: "指标", Href: "#quotas"})
		}
	}
	for _, t := range []link{{"按任务", byTask}, {"按责任单位", byUnit}, {"按日期", byDate}} {
		v.Tabs = append(v.Tabs, tab{link{t.Label, unitURL(a.party, a.day, "by", t.Href, "department", "")}, v.By == t.Href})
	}
	return web.Render(w, r, web.Page{Title: s.Name(a.party) + "重点任务", Lead: boardLead(v), Section: "tasks", Crumbs: a.crumbs(s, ""), Styles: styles}, boardBody(v))
}

// whole is a list as one part.
func whole[T any](list []T) []group[T] {
	return []group[T]{{Fold: ui.FoldData{ID: "all", Title: "全部", Open: true, Count: strconv.Itoa(len(list)) + " 条"}, Lines: list}}
}

// other leads to the board with nothing folded, or back.
func (v *boardView) other(a *asked, by, label string) ui.Jump {
	if v.All {
		return ui.Jump{Label: "先看要紧的", Href: unitURL(a.party, a.day, "by", by, "department", "")}
	}
	return ui.Jump{Label: label, Href: unitURL(a.party, a.day, "by", by, "department", "", "all", "1")}
}

// current is the period of a demand that a day lies in, or the last that has begun, or the first.
func current(s *task.Standing, x *campaign.Demand) (task.Period, bool) {
	list := task.Periods(x, s.Pack.Calendar(), s.Day)
	if len(list) == 0 {
		until := x.From.Add(366)
		if list = task.Periods(x, s.Pack.Calendar(), until); len(list) == 0 {
			return task.Period{}, false
		}
		return list[0], true
	}
	return list[len(list)-1], true
}

func (p *Pages) byTask(s *task.Standing, a *asked) []taskLine {
	var list []taskLine
	for i := range s.Duties {
		d := &s.Duties[i]
		for j := range d.Demands {
			x := &d.Demands[j]
			period, ok := current(s, x)
			if !ok {
				continue
			}
			c := task.Counts{}
			for _, party := range s.Answerable(x, a.party.Unit) {
				one := s.Item(d, x, party, period)
				c[one.State]++
			}
			l := taskLine{Number: number(d), Says: x.Says, Period: period.Title, First: j == 0, Title: d.Title, bar: barOf(c),
				Href: dutyURL(a.party, d.Key, a.day, "department", "")}
			if !period.To.IsZero() {
				l.Due, l.To = dayWord(period.To, s.Day), period.To
			}
			list = append(list, l)
		}
	}
	return list
}

func (p *Pages) byUnit(s *task.Standing, a *asked) []unitLine {
	var parties []record.Party
	for i := range s.Duties {
		for j := range s.Duties[i].Demands {
			for _, one := range s.Answerable(&s.Duties[i].Demands[j], a.party.Unit) {
				if !slices.Contains(parties, one) {
					parties = append(parties, one)
				}
			}
		}
	}
	slices.SortStableFunc(parties, func(x, y record.Party) int {
		if (x.Department == "") != (y.Department == "") {
			if x.Department == "" {
				return -1
			}
			return 1
		}
		return int(x.Unit - y.Unit)
	})
	var list []unitLine
	for _, one := range parties {
		list = append(list, unitLine{s.Name(one), unitURL(one, a.day), isDepartment(one.Department, one.Unit), barOf(task.Count(s.Of(one)))})
	}
	return list
}

// byDate groups what has a last day: what is overdue, then what falls due, day by day. Of what is
// done only the days to come are listed.
func (p *Pages) byDate(s *task.Standing, a *asked) []dayGroup {
	items := s.Of(a.party)
	slices.SortStableFunc(items, func(x, y task.Item) int { return x.Period.To.Compare(y.Period.To) })
	var groups []dayGroup
	last := date.Date{}
	for n := range items {
		i := &items[n]
		if i.Period.To.IsZero() || i.State == task.NotApplicable || i.State.Met() && i.Period.To.Before(s.Day) {
			continue
		}
		if i.Period.To != last {
			last = i.Period.To
			left := last.Sub(s.Day)
			groups = append(groups, dayGroup{On: last, Day: dayWord(last, s.Day), Left: daysLeft(left), Past: left < 0})
		}
		g := &groups[len(groups)-1]
		l := p.line(s, a, i)
		l.Href = dutyURL(a.party, i.Duty.Key, a.day, "from", i.Period.From.String(), "department", "")
		g.Lines = append(g.Lines, l)
	}
	return groups
}

func quotas(s *task.Standing, of unit.Code) []quotaLine {
	var list []quotaLine
	for _, q := range s.Quotas(of) {
		l := quotaLine{Title: q.Quota.Title, Have: words.Grouped(q.Have), Share: words.Grouped(q.Share.Amount) + " " + q.Quota.Unit, Late: q.Late}
		if !q.Quota.Before.IsZero() {
			l.Before = dayWord(q.Quota.Before.Add(-1), s.Day)
		}
		if !q.On.IsZero() {
			l.On = dayWord(q.On, s.Day)
		}
		done := int(min(q.Have, q.Share.Amount))
		l.bar = bar{Whole: int(q.Share.Amount), Done: done, Rest: int(q.Share.Amount) - done}
		list = append(list, l)
	}
	return list
}
