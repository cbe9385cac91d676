package dispatchweb

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

func number(c *campaign.Column, n int64) string {
	if c.Type == campaign.Money {
		return words.GroupedDecimal(ledger.FormatMoney(n))
	}
	return words.Grouped(n)
}

// over writes a figure over the villages of a unit: how many, also where it is one.
func (p *Pages) over(r *campaign.PointRule, f dispatch.Figure, of unit.Code) string {
	text := dispatch.FigureText(p.form, r, f)
	if dispatch.Lasts(r) && f.Units == 1 && of.Level() < unit.LevelVillage {
		return "1 村（" + text + "）"
	}
	return text
}

// overdue says how many tasks are late, at how many units and departments.
func overdue(page *dispatch.Page, g *dispatch.Group) string {
	n := len(page.Overdue[record.Party{Unit: page.Unit.Code}])
	if page.Unit.Level() < unit.LevelTown {
		return fmt.Sprintf("%d 项（%d 个单位）", n, len(g.At))
	}
	return fmt.Sprintf("%d 项（%d 村）", n, len(g.At))
}

func plus(c *campaign.Column, n int64) string {
	if n > 0 {
		return "+" + number(c, n)
	}
	return number(c, n)
}

// itemLine is an item as lists draw it.
type itemLine struct {
	ID          int64
	Text        string
	Kind        string // of the point; empty: free
	About, To   string
	AboutHref   string
	Due, Left   string
	Late        bool
	Closed      bool
	Then, Now   string // empty where there is no figure
	Gone        bool
	Last        string // the last answer
	LastBy      string
	Since       string // what became of it after the page's week
	Opened      string
	PutOff      int
	Outcome     string
	OutcomeWhen string
}

func (p *Pages) itemLine(tree *unit.Tree, on date.Date, l *dispatch.Line) itemLine {
	i := &l.Item
	v := itemLine{ID: i.ID, Text: i.Text, About: dispatch.Name(tree, i.Party), AboutHref: unitURL(i.Party.Unit, ""), To: dispatch.Name(tree, i.To), Due: dayWord(i.Due, on), Late: l.Late,
		Closed: i.Closed, Gone: l.Gone(), Opened: dayWord(date.FromTime(i.At), on)}
	if !i.Closed {
		v.Left = daysLeft(i.Due.Sub(on))
	}
	if rule, ok := p.dispatch.Pack.Dispatch.Rule(i.Rule); ok {
		v.Kind = rule.Short
		v.Then = dispatch.FigureText(p.form, rule, i.Figure)
		if l.Known {
			v.Now = dispatch.FigureText(p.form, rule, l.Now)
			switch l.Now {
			case dispatch.Figure{}:
				v.Now = "没有了"
			case i.Figure:
				v.Now = "没有变"
			}
		}
	}
	if e, ok := i.Last(dispatch.Answers); ok {
		v.Last, v.LastBy = e.Text, e.Actor+" "+dayWord(date.FromTime(e.At), on)
	}
	if e, ok := i.Last(dispatch.Closes); ok && i.Closed {
		v.Outcome, v.OutcomeWhen = e.Text, dayWord(date.FromTime(e.At), on)
	}
	for _, s := range i.Steps {
		if s.Kind == dispatch.Extends {
			v.PutOff++
		}
	}
	v.Since = since(l.Later, on)
	return v
}

// since says in a line what was said after a page's week.
func since(later []dispatch.Event, on date.Date) string {
	if len(later) == 0 {
		return ""
	}
	last := &later[len(later)-1]
	text := dayWord(date.FromTime(last.At), on) + dispatch.StepText(last) + "：" + last.Text
	if len(later) > 1 {
		text += fmt.Sprintf("（此后共 %d 次）", len(later))
	}
	return text
}

// askLine is a request as lists draw it.
type askLine struct {
	ID     int64
	Kind   string
	Text   string
	From   string
	Href   string
	When   string
	By     string
	State  dispatch.RequestState
	Stands bool
	Item   int64
	Steps  []stepLine
	Since  string
	Open   string
	Steers bool // the actor may reply and settle
	Own    bool // the actor may withdraw
}

type stepLine struct {
	What, Text, Who, When string
	Kind                  dispatch.EventKind
}

func (p *Pages) askLine(tree *unit.Tree, a access.Actor, r *dispatch.Request, later []dispatch.Event) askLine {
	today := p.dispatch.Today()
	v := askLine{ID: r.ID, Text: r.Event.Text, From: dispatch.Name(tree, r.Party), Href: unitURL(r.Party.Unit, "/asks"), When: dayWord(date.FromTime(r.At), today), By: r.Actor,
		State: r.State, Stands: r.Stands(), Item: r.Item, Since: since(later, today), Steps: p.steps(r.Steps)}
	if r.Party.Unit.Level() == unit.LevelVillage && a.Unit.Level() < unit.LevelTown {
		v.From = dispatch.Name(tree, partyOf(r.Party.Unit.At(unit.LevelTown))) + v.From
	}
	if k, ok := p.dispatch.Pack.Dispatch.Ask(r.Rule); ok {
		v.Kind = k.Title
	}
	if v.Stands {
		v.Steers = a.May(access.SteerDispatch, r.Party.Unit) && a.Unit != r.Party.Unit
		v.Own = a.May(access.AskDispatch, r.Party.Unit) && a.Unit == r.Party.Unit
		if v.Steers {
			v.Open = unitURL(a.Unit, "/open?request="+strconv.FormatInt(r.ID, 10))
		}
	}
	return v
}

func (p *Pages) steps(events []dispatch.Event) []stepLine {
	var list []stepLine
	for i := range events {
		e := &events[i]
		list = append(list, stepLine{dispatch.StepText(e), e.Text, e.Actor, p.moment(e.At), e.Kind})
	}
	return list
}

func daysLeft(n int) string {
	switch {
	case n < 0:
		return fmt.Sprintf("逾期 %d 天", -n)
	case n == 0:
		return "今天到期"
	}
	return fmt.Sprintf("还有 %d 天", n)
}

// dayWord is 3月29日, with the year where it is another.
func dayWord(d, today date.Date) string {
	if d.Year() == today.Year() {
		return d.ShortChinese()
	}
	return d.Chinese()
}

func requestWord(s dispatch.RequestState) string {
	return words.Text("dispatch_request."+string(s), nil)
}

func requestTone(s dispatch.RequestState) ui.Tone {
	switch s {
	case dispatch.Waiting:
		return ui.Warn
	case dispatch.Replied, dispatch.Followed:
		return ui.Info
	case dispatch.Settled:
		return ui.Saved
	}
	return ui.Neutral
}

// lines are the lines of a text of several.
func lines(text string) []string { return strings.Split(text, "\n") }
