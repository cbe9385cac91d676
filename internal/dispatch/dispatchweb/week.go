package dispatchweb

import (
	"fmt"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// weekView is a unit's page of a week.
type weekView struct {
	*dispatch.Page
	Weeks   ui.WeekNavData
	Columns []column
	Rows    []rowView
	Total   rowView
	Marks   []mark // heads of the kinds of points
	Groups  []groupView
	Bodies  []pointCell // what stands out at departments
	Items   []itemLine
	Closed  []itemLine
	Asked   []askLine
	Steers  bool
	City    bool
	Carried bool // some row has villages that are carried
}

type column struct {
	Title, Unit string
	Increase    bool // the week's increase stands beside it
	Share       bool
}

type cell struct {
	Now, Added, Share string
	Grown             bool
}

type rowView struct {
	dispatch.Row
	Name, Href, Ledger string
	Reported           string
	Cells              []cell
	Points             []pointCell // by kind
}

// mark is the head of a kind of points.
type mark struct{ Title, Unit, Says, Href string }

// pointCell is a kind of points at one unit in the table.
type pointCell struct {
	Name    string // of the kind or, of a department, its own
	Figure  string // empty: none
	Extra   string // over how many villages
	Href    string
	Item    int64
	Open    string
	Because string // what the link to open an item says
}

// groupView is one kind of points.
type groupView struct {
	Rule   *campaign.PointRule
	Figure string
	Count  int // units just below
	Lines  []atView
}

// atView is one kind of points at one unit.
type atView struct {
	Name, Href, Figure string
	FigureHref         string
	Points             []pointView
	Shown              int // of Points in sight
	Item               int64
	Open               string // the form in which an item is made of it; empty: not by this actor
}

type pointView struct{ Name, Href, Figure, Detail string }

// current leads to a unit's page of the current week; a village's is what it asked for.
func (p *Pages) current(w http.ResponseWriter, r *http.Request) error {
	of := web.ActorOf(r.Context()).Unit
	if r.PathValue("unit") != "" {
		var err error
		if of, err = web.PathUnit(r); err != nil {
			return err
		}
	}
	if of.Level() == unit.LevelVillage {
		return web.Redirect(w, r, unitURL(of, "/asks"))
	}
	return web.Redirect(w, r, weekURL(of, p.dispatch.Pack.Calendar().Current(p.dispatch.Today()).Due))
}

// week is GET /dispatch/{unit}/{week}.
func (p *Pages) week(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	due, err := web.PathWeek(r)
	if err != nil {
		return err
	}
	actor := web.ActorOf(r.Context())
	page, err := p.dispatch.Page(r.Context(), actor, of, due)
	if err != nil {
		return err
	}
	v := p.weekView(actor, page)
	return web.Render(w, r, web.Page{Title: page.Tree.ShortName(of) + "周调度", Lead: weekLead(v), Actions: weekActions(v), Section: "dispatch",
		Crumbs: crumbs(page.Tree, actor, of, due, ""), Styles: styles}, weekBody(v))
}

func (p *Pages) weekView(a access.Actor, page *dispatch.Page) weekView {
	calendar, of := p.dispatch.Pack.Calendar(), page.Unit.Code
	v := weekView{Page: page, Steers: a.May(access.SteerDispatch, of) && of.Level() < unit.LevelVillage, City: page.Unit.Level() < unit.LevelCounty,
		Weeks: ui.WeeksUntil(calendar, page.Week, calendar.Current(p.dispatch.Today()), func(d date.Date) string { return weekURL(of, d) })}
	for _, c := range p.dispatch.Pack.Dispatch.Columns {
		col, _ := p.form.Column(c.Of)
		v.Columns = append(v.Columns, column{Title: c.Title, Unit: col.Unit, Increase: col.Grows, Share: c.Per != ""})
	}
	for i := range page.Rows {
		row := p.row(page, &page.Rows[i])
		for k := range page.Groups {
			row.Points = append(row.Points, p.pointCell(a, page, &page.Groups[k], record.Party{Unit: row.Unit.Code}))
		}
		v.Rows = append(v.Rows, row)
		v.Carried = v.Carried || page.Rows[i].Carried > 0
	}
	v.Total = p.row(page, &page.Total)
	for i := range page.Groups {
		g := &page.Groups[i]
		v.Marks = append(v.Marks, mark{g.Rule.Short, p.unitOf(g.Rule, page.Unit.Level() >= unit.LevelTown), g.Rule.Says, "#" + g.Rule.Key})
		v.Total.Points = append(v.Total.Points, p.totalCell(page, g))
		for k := range g.At {
			if party := g.At[k].Party; party.Department != "" {
				one := p.pointCell(a, page, g, party)
				one.Name = party.Department
				v.Bodies = append(v.Bodies, one)
			}
		}
	}
	for i := range page.Groups {
		if g := &page.Groups[i]; g.Rule.Kind != campaign.PointAsked {
			v.Groups = append(v.Groups, p.group(a, page, g))
		}
	}
	for i := range page.Items {
		v.Items = append(v.Items, p.itemLine(page.Tree, page.Day, &page.Items[i]))
	}
	for i := range page.Closed {
		v.Closed = append(v.Closed, p.itemLine(page.Tree, page.Day, &page.Closed[i]))
	}
	for i := range page.Requests {
		v.Asked = append(v.Asked, p.askLine(page.Tree, a, &page.Requests[i].Request, page.Requests[i].Later))
	}
	return v
}

func (p *Pages) row(page *dispatch.Page, r *dispatch.Row) rowView {
	v := rowView{Row: *r, Name: page.Tree.ShortName(r.Unit.Code), Href: weekURL(r.Unit.Code, page.Week.Due), Ledger: ledgerURL(r.Unit.Code, page.Week.Due),
		Reported: fmt.Sprintf("%d/%d", r.Reported, r.Villages)}
	if r.Villages == 0 {
		v.Reported = "—"
	}
	if r.Unit.Level() == unit.LevelVillage {
		v.Href = v.Ledger
		v.Reported = villageState(r)
	}
	columns := p.dispatch.Pack.Dispatch.Columns
	for i, c := range columns {
		col, _ := p.form.Column(c.Of)
		if r.Villages == 0 && r.Now[i] == 0 {
			v.Cells = append(v.Cells, cell{Now: "—", Added: "—", Share: "—"})
			continue
		}
		one := cell{Now: number(&col, r.Now[i]), Share: "—"}
		if col.Grows {
			one.Added, one.Grown = plus(&col, r.Added[i]), r.Added[i] > 0
		}
		for k, of := range columns {
			if of.Of == c.Per && c.Per != "" && r.Now[k] > 0 {
				one.Share = ui.Share(r.Now[i], r.Now[k])
			}
		}
		v.Cells = append(v.Cells, one)
	}
	return v
}

// villageState is how a village's report of the week stands, in a word.
func villageState(r *dispatch.Row) string {
	switch {
	case r.Villages == 0:
		return "免报"
	case r.Returned > 0:
		return "退回"
	case r.Reported > 0:
		return "已报"
	}
	return "未报"
}

// shownPoints is how many villages a line names before the others are folded away.
const shownPoints = 6

func (p *Pages) group(a access.Actor, page *dispatch.Page, g *dispatch.Group) groupView {
	v := groupView{Rule: g.Rule, Figure: p.over(g.Rule, g.Figure, page.Unit.Code), Count: len(g.At)}
	if g.Rule.Kind == campaign.PointOverdue {
		v.Figure = overdue(page, g)
	}
	for i := range g.At {
		at := &g.At[i]
		line := atView{Name: dispatch.Name(page.Tree, at.Party), Figure: p.over(g.Rule, at.Figure, at.Party.Unit), Shown: shownPoints,
			Href: weekURL(at.Party.Unit, page.Week.Due), FigureHref: ledgerURL(at.Party.Unit, page.Week.Due)}
		if g.Rule.Kind == campaign.PointOverdue {
			line.FigureHref = tasksURL(at.Party, page.Day)
		}
		if at.Party.Department != "" || at.Party.Unit.Level() == unit.LevelVillage {
			line.Href = line.FigureHref
		}
		line.Item, line.Open = p.next(a, page, g, at)
		p.within(page, g.Rule, at, &line)
		v.Lines = append(v.Lines, line)
	}
	return v
}

// within lists the villages or the tasks of a line.
func (p *Pages) within(page *dispatch.Page, r *campaign.PointRule, at *dispatch.At, line *atView) {
	for k := range at.Tasks {
		t := &at.Tasks[k]
		one := pointView{Name: dispatch.TaskText(t), Href: taskURL(at.Party, t, page.Day)}
		if t.Missing > 0 {
			one.Figure = fmt.Sprintf("差 %d", t.Missing)
		}
		if t.Periods > 1 {
			one.Detail = fmt.Sprintf("%d 期", t.Periods)
		}
		line.Points = append(line.Points, one)
	}
	for k := range at.Points {
		pt := &at.Points[k]
		one := pointView{Name: page.Tree.ShortName(pt.Party.Unit), Href: ledgerURL(pt.Party.Unit, page.Week.Due),
			Figure: dispatch.FigureText(p.form, r, pt.Figure), Detail: dispatch.PointText(p.form, pt)}
		if at.Party == (record.Party{Unit: pt.Party.Unit}) {
			one.Name, one.Figure = "", ""
		}
		line.Points = append(line.Points, one)
	}
}

func taskURL(p record.Party, t *dispatch.OverdueTask, day date.Date) string {
	q := "?date=" + day.String()
	if p.Department != "" {
		return tasksURL(p, day)
	}
	return "/tasks/" + p.Unit.String() + "/" + t.Duty.Key + q + "&from=" + t.Period.From.String() + "&department="
}

// unitOf is what a kind of points is measured in, over the villages of a unit or at one.
func (p *Pages) unitOf(r *campaign.PointRule, single bool) string {
	switch r.Kind {
	case campaign.PointStuck, campaign.PointSilent:
		if single {
			return "周"
		}
		return "村"
	case campaign.PointOverdue:
		return "项"
	case campaign.PointAsked:
		return "件"
	}
	c, _ := p.form.Column(r.Column)
	return c.Unit
}

// bare is a figure without its unit, which stands at the head of the column.
func (p *Pages) bare(r *campaign.PointRule, f dispatch.Figure, single bool) (figure, extra string) {
	if f.IsZero() {
		return "", ""
	}
	switch {
	case dispatch.Lasts(r) && !single:
		return words.Grouped(int64(f.Units)), ""
	case r.Kind == campaign.PointGap:
		c, _ := p.form.Column(r.Column)
		if !single {
			extra = fmt.Sprintf("%d村", f.Units)
		}
		return number(&c, f.Amount), extra
	}
	return words.Grouped(f.Amount), ""
}

func (p *Pages) pointCell(a access.Actor, page *dispatch.Page, g *dispatch.Group, party record.Party) pointCell {
	c := pointCell{Name: g.Rule.Short}
	for i := range g.At {
		at := &g.At[i]
		if at.Party != party {
			continue
		}
		single := party.Department != "" || party.Unit.Level() == unit.LevelVillage
		c.Figure, c.Extra = p.bare(g.Rule, at.Figure, single)
		c.Href = weekURL(party.Unit, page.Week.Due) + "#" + g.Rule.Key
		switch {
		case g.Rule.Kind == campaign.PointOverdue:
			c.Href = tasksURL(party, page.Day)
		case g.Rule.Kind == campaign.PointAsked:
			c.Href = unitURL(party.Unit, "/asks")
		case single:
			c.Href = ledgerURL(party.Unit, page.Week.Due)
		}
		c.Item, c.Open = p.next(a, page, g, at)
		c.Because = "列入：" + dispatch.Name(page.Tree, party) + g.Rule.Title
	}
	return c
}

func (p *Pages) totalCell(page *dispatch.Page, g *dispatch.Group) pointCell {
	c := pointCell{Name: g.Rule.Short, Href: "#" + g.Rule.Key}
	if g.Rule.Kind == campaign.PointOverdue {
		return pointCell{Name: g.Rule.Short} // units share the same rules: there is no sum
	}
	c.Figure, c.Extra = p.bare(g.Rule, g.Figure, false)
	if page.Unit.Level() >= unit.LevelTown {
		c.Extra = ""
		if dispatch.Lasts(g.Rule) && c.Figure != "" {
			c.Figure += "村"
		}
	}
	return c
}

// next is the item about a point, or where one is made of it.
func (p *Pages) next(a access.Actor, page *dispatch.Page, g *dispatch.Group, at *dispatch.At) (item int64, open string) {
	if at.Item != nil {
		return at.Item.ID, ""
	}
	if g.Rule.Kind == campaign.PointAsked {
		return 0, "" // each request by itself
	}
	if a.May(access.SteerDispatch, at.Party.Unit) && (at.Party.Unit != a.Unit || at.Party.Department != "") {
		return 0, openURL(page.Unit.Code, page.Week.Due, g.Rule.Key, at.Party)
	}
	return 0, ""
}
