package dispatchweb

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// briefView is how a unit stands, and whether it is true, on one screen of a phone.
type briefView struct {
	Name     string
	Week     string
	Reported link   // 25 村报了 22，迟 1
	Trust    string // 3 村用的是以前的数
	Sealed   link   // 3月29日 10:20 提交
	Figures  []briefFigure
	Points   []briefPoint
	Items    briefPoint
	Asked    briefPoint
	Below    []briefBelow
	Up       link
	Page     string
	More     []link
}

type briefFigure struct{ Title, Now, Unit, Added, Share, Href string }

type briefPoint struct {
	Title, Figure, Extra, Href string
	None, Urgent               bool
}

type briefBelow struct {
	Name, Href, Reported, Share string
	Late                        int
}

// brief is GET /dispatch/{unit}/brief: ?week= of another week than the current.
func (p *Pages) brief(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	actor, due := web.ActorOf(r.Context()), date.Date{}
	if text := r.URL.Query().Get("week"); text != "" {
		if due, err = date.Parse(text); err != nil {
			return web.ErrNotFound.Because(err)
		}
	}
	page, err := p.dispatch.Page(r.Context(), actor, of, due)
	if err != nil {
		return err
	}
	v := p.briefView(page)
	if above, ok := page.Tree.Parent(of); ok && actor.Unit.Contains(above.Code) {
		v.Up = link{page.Tree.ShortName(above.Code), unitURL(above.Code, "/brief?week="+page.Week.Due.String())}
	}
	if p.more != nil {
		for _, item := range p.more(r.Context(), actor) {
			if item.Section != "dispatch" {
				v.More = append(v.More, link{item.Label, item.Href})
			}
		}
	}
	return web.Render(w, r, web.Page{Title: v.Name, Sub: v.Week, Shape: web.Phone, Section: "dispatch", Styles: styles}, briefBody(v))
}

func (p *Pages) briefView(page *dispatch.Page) briefView {
	of, due, t := page.Unit.Code, page.Week.Due, &page.Total
	v := briefView{Name: page.Tree.ShortName(of), Week: ui.WeekName(page.Week), Page: weekURL(of, due)}
	if page.Live {
		v.Week += page.At.Format(" · 截至 15:04")
	}
	v.Reported = link{fmt.Sprintf("%d 村报了 %d", t.Villages, t.Reported), ledgerURL(of, due)}
	if t.Late > 0 {
		v.Reported.Label += fmt.Sprintf("，迟报 %d", t.Late)
	}
	if t.Returned > 0 {
		v.Reported.Label += fmt.Sprintf("，退回 %d", t.Returned)
	}
	if t.Carried > 0 {
		v.Trust = fmt.Sprintf("%d 村用的是以前封存的数", t.Carried)
	}
	v.Sealed = p.confirmed(page)
	row, lead := p.row(page, t), p.leading()
	for i, c := range p.dispatch.Pack.Dispatch.Columns {
		if c.Per == "" {
			continue
		}
		col, _ := p.form.Column(c.Of)
		one := briefFigure{c.Title, row.Cells[i].Now, col.Unit, row.Cells[i].Added, row.Cells[i].Share, statisticsURL(of, due)}
		if i == lead {
			v.Figures = append([]briefFigure{one}, v.Figures...)
		} else {
			v.Figures = append(v.Figures, one)
		}
	}
	for i := range page.Groups {
		g := &page.Groups[i]
		one := briefPoint{Title: g.Rule.Short, Figure: p.over(g.Rule, g.Figure, of), Href: weekURL(of, due) + "#" + g.Rule.Key, None: g.Figure.IsZero()}
		switch g.Rule.Kind {
		case campaign.PointAsked:
			continue
		case campaign.PointOverdue:
			one.Figure, one.None = overdue(page, g), len(page.Overdue[record.Party{Unit: of}]) == 0
		}
		v.Points = append(v.Points, one)
	}
	v.Items = briefPoint{Title: "没有办结的事项", Figure: fmt.Sprintf("%d 件", t.Open), Href: unitURL(of, "/items"), None: t.Open == 0}
	if t.OpenLate > 0 {
		v.Items.Extra, v.Items.Urgent = fmt.Sprintf("逾期 %d 件", t.OpenLate), true
	}
	v.Asked = briefPoint{Title: "村里所求", Figure: fmt.Sprintf("%d 件", len(page.Requests)), Href: unitURL(of, "/asks"), None: len(page.Requests) == 0}
	if len(page.Requests) > 0 {
		v.Asked.Extra = asksByKind(p, page)
	}
	p.below(page, &v)
	return v
}

// confirmed is when the unit last submitted the week.
func (p *Pages) confirmed(page *dispatch.Page) link {
	href := "/versions/" + page.Unit.Code.String() + "/" + page.Week.Due.String()
	c := page.Total.Confirmed
	if c.Version == 0 {
		text := "本周还没有提交"
		if last := page.LastConfirmed; last.Version > 0 {
			text += fmt.Sprintf("，上次 %s由%s提交", dayWord(last.Day, page.Day), last.Actor)
		}
		return link{text, href}
	}
	text := fmt.Sprintf("%s由%s提交", dayWord(c.Day, page.Day), c.Actor)
	if c.Version > 1 {
		text += fmt.Sprintf("（第 %d 版）", c.Version)
	}
	return link{text, href}
}

func asksByKind(p *Pages, page *dispatch.Page) string {
	var parts []string
	for _, k := range p.dispatch.Pack.Dispatch.Asks {
		n := 0
		for i := range page.Requests {
			if page.Requests[i].Rule == k.Key {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", k.Title, n))
		}
	}
	return strings.Join(parts, "，")
}

// leading is the column that tells most: what is watched for standing still, else the last with a
// share; -1 where there is none.
func (p *Pages) leading() int {
	d, found := p.dispatch.Pack.Dispatch, -1
	for i, c := range d.Columns {
		if c.Per == "" {
			continue
		}
		found = i
		for k := range d.Points {
			if d.Points[k].Kind == campaign.PointStuck && d.Points[k].Column == c.Of {
				return i
			}
		}
	}
	return found
}

// below are the units just below, in code order, of a city and a county.
func (p *Pages) below(page *dispatch.Page, v *briefView) {
	if page.Unit.Level() >= unit.LevelTown {
		return
	}
	share := p.leading()
	for i := range page.Rows {
		r := p.row(page, &page.Rows[i])
		b := briefBelow{Name: r.Name, Href: unitURL(r.Unit.Code, "/brief?week="+page.Week.Due.String()), Reported: "报 " + r.Reported, Late: r.OpenLate}
		if share >= 0 {
			b.Share = r.Cells[share].Share
		}
		if r.Villages == 0 {
			b.Reported, b.Share = "没有村", ""
		}
		v.Below = append(v.Below, b)
	}
}

func statisticsURL(of unit.Code, due date.Date) string {
	return "/statistics/" + of.String() + "/" + due.String()
}
