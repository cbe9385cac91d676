package taskweb

import (
	"fmt"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// line is one item as lists draw it.
type line struct {
	Number  string // 第3项, 正文二（三）7
	Says    string
	Period  string
	Due     string // 3月31日
	Left    string // 还有 2 天, 已过 19 天
	Urgent  bool
	Days    int // to its last day, where it has one
	State   task.State
	Detail  []string // what is missing, or when it was done
	Href    string   // of the item
	Missing []link   // of a town, its villages
	More    int      // how many of them are not shown
	Next    link     // the next step; empty: none
	Pressed bool
}

type link struct{ Label, Href string }

// shownMissing is how many of those missing a list names.
const shownMissing = 8

func (p *Pages) line(s *task.Standing, a *asked, i *task.Item) line {
	l := line{Number: number(i.Duty), Says: i.Demand.Says, Period: i.Period.Title, State: i.State, Href: itemURL(i.Party, i.Duty.Key, i.Demand.Key, i.Period.From, a.day)}
	if left, ok := i.Days(s.Day); ok {
		l.Days = left
		l.Due = i.Period.To.ShortChinese()
		if i.Period.To.Year() != s.Day.Year() {
			l.Due = i.Period.To.Chinese()
		}
		if i.State.Owed() {
			l.Left, l.Urgent = daysLeft(left), left <= 3
		}
	}
	l.Detail = details(i)
	for n, m := range i.Missing {
		if n == shownMissing {
			l.More = len(i.Missing) - n
			break
		}
		l.Missing = append(l.Missing, link{s.Name(m), itemURL(m, i.Duty.Key, i.Demand.Key, i.Period.From, a.day)})
	}
	if i.State.Owed() {
		l.Next = p.next(a, i)
	}
	for _, x := range s.Pressings {
		if x.Duty == i.Duty.Key && x.Demand == i.Demand.Key && x.Party == i.Party && !x.Answered() {
			l.Pressed = true
		}
	}
	return l
}

func number(d *campaign.Duty) string {
	if d.Number > 0 {
		return "第 " + strconv.Itoa(d.Number) + " 项"
	}
	return "正文" + d.Clause
}

func daysLeft(n int) string {
	switch {
	case n < 0:
		return fmt.Sprintf("已过 %d 天", -n)
	case n == 0:
		return "今天到期"
	}
	return fmt.Sprintf("还有 %d 天", n)
}

// details says what is missing, or when it was done, or why it does not apply.
func details(i *task.Item) []string {
	switch {
	case i.State.Met():
		text := i.On.ShortChinese() + "完成"
		if i.Of > 0 {
			text += fmt.Sprintf("，%d 个全部做到", i.Of)
		}
		return []string{text}
	case i.State == task.NotApplicable:
		return []string{i.Reason}
	case i.State == task.NotYet:
		return []string{i.Period.From.ShortChinese() + "起"}
	case i.Of > 0:
		return []string{fmt.Sprintf("%d 个做到 %d 个，差 %d 个", i.Of, i.Met, i.Of-i.Met)}
	case i.Demand.Reported && i.Report != nil && i.Report.Decision == nil:
		return []string{"已报告，等办公室确认"}
	case i.Demand.Reported && i.Report != nil:
		return []string{"报告被退回：" + i.Report.Decision.Text}
	case i.Demand.Reported:
		return []string{"没有记录可查，完成后要报告"}
	}
	var all []string
	for _, l := range i.Lacks {
		text := "缺：" + l.Says
		if l.Want > 1 {
			text += fmt.Sprintf("（%s / %s）", words.Grouped(l.Have), words.Grouped(l.Want))
		}
		all = append(all, text)
	}
	return all
}

// next is what to do about an item: record what was done, report it, or send the week's ledger.
func (p *Pages) next(a *asked, i *task.Item) link {
	at := i.Party
	switch {
	case i.Of > 0:
		return link{}
	case i.Demand.Reported:
		if i.Report != nil && i.Report.Decision == nil {
			return link{}
		}
		return link{"报告完成", itemURL(at, i.Duty.Key, i.Demand.Key, i.Period.From, a.day)}
	case len(i.Demand.Checks) > 0 && i.Demand.Checks[0].Submitted:
		return link{"去报送", "/ledger/" + at.Unit.String()}
	}
	if !p.records() {
		return link{}
	}
	for _, l := range i.Lacks {
		kind, ok := p.tasks.Pack.Records.Kind(l.Record)
		if ok && kind.MayBeAt(at.Unit.Level().String()) && a.actor.May("records.enter", at.Unit) {
			return link{"记" + kind.Title, "/records/" + at.Unit.String() + "/new/" + kind.Key}
		}
	}
	return link{}
}

// tone is how a state is coloured; its word always stands beside it.
func tone(s task.State) ui.Tone {
	switch s {
	case task.Done:
		return ui.Saved
	case task.DoneLate:
		return ui.Warn
	case task.Overdue:
		return ui.Wrong
	case task.InProgress:
		return ui.Info
	}
	return ui.Neutral
}

func stateWord(s task.State) string { return words.Text("task_state."+string(s), nil) }

// bar is how many of a whole are in each state.
type bar struct{ Done, Late, Progress, Overdue, Rest, Whole int }

func barOf(c task.Counts) bar {
	return bar{Done: c[task.Done], Late: c[task.DoneLate], Progress: c[task.InProgress], Overdue: c[task.Overdue], Rest: c[task.NotYet], Whole: c.Total()}
}

func (b bar) says() string {
	if b.Whole == 0 {
		return "不适用"
	}
	text := fmt.Sprintf("共 %d：完成 %d", b.Whole, b.Done+b.Late)
	if b.Late > 0 {
		text += fmt.Sprintf("（逾期完成 %d）", b.Late)
	}
	return text + fmt.Sprintf("，推进中 %d，逾期 %d", b.Progress, b.Overdue)
}

// part is one stretch of the bar, as SVG lengths.
type part struct{ class, x, width string }

func (b bar) parts() []part {
	var list []part
	at := 0
	for _, one := range []struct {
		class string
		n     int
	}{{"b-done", b.Done}, {"b-late", b.Late}, {"b-progress", b.Progress}, {"b-overdue", b.Overdue}} {
		if one.n > 0 {
			list = append(list, part{one.class, share(at, b.Whole), share(one.n, b.Whole)})
		}
		at += one.n
	}
	return list
}

func share(n, of int) string {
	if of == 0 {
		return "0"
	}
	return strconv.FormatFloat(float64(n*10000/of)/100, 'f', -1, 64) + "%"
}

// dayWord is 3月29日, with the year where it is another.
func dayWord(d, today date.Date) string {
	if d.Year() == today.Year() {
		return d.ShortChinese()
	}
	return d.Chinese()
}

// countyOf is the county a party belongs to, as a party.
func countyOf(p record.Party) record.Party { return record.Party{Unit: p.Unit.At(unit.LevelCounty)} }
