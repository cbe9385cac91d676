package statisticsweb

import (
	"fmt"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// show is the statistics of a unit.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	req := readRequest(r.URL.Path, r.URL.Query(), t.Form)
	v := p.view(t, req)
	if err := p.charts(r, &v, t, req); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: t.Unit.Name + t.Form.Title, Lead: lead(v), Actions: actions(v), Section: "statistics",
		Crumbs: p.crumbs(r, t), Styles: []string{"office.css", "statistics.css"}}, body(v))
}

func (p *Pages) view(t statistics.Table, req request) view {
	of, due := t.Unit.Code, t.Week.Due
	v := view{Title: t.Form.Title, Mark: t.Form.Mark, Confirmed: t.Form.Mark != p.ledger.Pack().Statistics.Mark, Unit: t.Unit, WeekNo: t.Week.No, Due: due.Chinese(),
		Weeks:     ui.WeeksAround(p.ledger.Calendar(), t.Week, p.ledger.Current(), func(d date.Date) string { return with(tableURL(of, d), req.query) }),
		NameTitle: levelNames[t.By], Reported: t.Total.Now.Reported+t.Total.Now.Carried > 0,
		Export: with("/export/"+of.String()+"/"+due.String()+"/statistics.xlsx", nil, "by", req.query.Get("by"))}
	v.Weeks.All = "/tasks#weeks"
	v.columns(t.Form, req)
	v.choices(t, req)
	last := max(1, (len(t.Rows)+pageRows-1)/pageRows)
	page := min(req.page, last)
	rows := req.sorted(t.Rows)
	for i := (page - 1) * pageRows; i < min(page*pageRows, len(rows)); i++ {
		v.Rows = append(v.Rows, v.row(t, &rows[i], req))
	}
	for i := range rows {
		if !reported(&rows[i]) {
			v.Silent++
		}
	}
	if now := t.Total.Now; v.Reported {
		v.Missing = now.Villages - now.Reported - (now.Carried - now.Excused)
	}
	v.Total = v.cells(t, &t.Total, req)
	v.Pages = ui.PagesData{Page: page, Last: last, Total: fmt.Sprintf("共 %d 个单位", len(t.Rows)),
		Href: func(n int) string { return with(req.path, req.query, "page", strconv.Itoa(n)) }}
	return v
}

// columns lists the columns of the groups that are shown.
func (v *view) columns(form *campaign.Statistics, req request) {
	v.Name = ui.HeadData{Text: v.NameTitle, Href: req.sortBy("name", nameOrder(req)), Order: nameOrder(req)}
	for _, g := range form.Groups {
		if req.hidden[g.Key] {
			continue
		}
		v.Groups = append(v.Groups, group{g.Title, g.Count})
		for i := g.First; i < g.First+g.Count; i++ {
			c := &form.Columns[i]
			order := req.order(i)
			v.Columns = append(v.Columns, column{i, ui.HeadData{Text: headText(c), Numeric: true, Href: req.sortBy(c.Key, order), Order: order}})
		}
	}
}

// nameOrder is how the names stand; the order of codes is theirs.
func nameOrder(req request) ui.SortOrder {
	switch {
	case req.sort >= 0:
		return ui.Unsorted
	case req.query.Get("sort") == "name" && req.desc:
		return ui.Descending
	}
	return ui.Ascending
}

// headText is a column's title with its unit.
func headText(c *campaign.StatisticsColumn) string {
	if c.Unit == "" || c.Unit == "%" || c.Measure == campaign.Villages {
		return c.Title
	}
	return c.Title + "（" + c.Unit + "）"
}

var byNames = map[unit.Level]string{unit.LevelCity: "按市", unit.LevelCounty: "按县", unit.LevelTown: "按镇街", unit.LevelVillage: "按村"}

var levelNames = map[unit.Level]string{unit.LevelProvince: "省", unit.LevelCity: "市", unit.LevelCounty: "县（市、区）", unit.LevelTown: "乡镇（街道、场）", unit.LevelVillage: "行政村（社区）"}

// choices are the levels to list by and the groups of columns to show.
func (v *view) choices(t statistics.Table, req request) {
	for l := t.Unit.Level() + 1; l <= unit.LevelVillage; l++ {
		if len(t.Tree.Descendants(t.Unit.Code, l)) > 0 && levels[l.String()] == l {
			v.By = append(v.By, choice{byNames[l], with(req.path, req.query, "by", l.String(), "page", ""), l == t.By})
		}
	}
	for _, g := range t.Form.Groups {
		var shown []string
		for _, other := range t.Form.Groups {
			if (other.Key == g.Key) == req.hidden[other.Key] {
				shown = append(shown, other.Key)
			}
		}
		v.Chosen = append(v.Chosen, choice{g.Title, with(req.path, req.query, "columns", listed(shown, len(t.Form.Groups))), !req.hidden[g.Key]})
	}
	if len(req.hidden) > 0 {
		v.AllColumns = with(req.path, req.query, "columns", "")
	}
}

func (p *Pages) crumbs(r *http.Request, t statistics.Table) []ui.Crumb {
	actor := web.ActorOf(r.Context())
	if t.Unit.Code == actor.Unit {
		return nil
	}
	var crumbs []ui.Crumb
	for _, u := range t.Tree.Ancestors(t.Unit.Code) {
		if actor.Unit.Contains(u.Code) {
			crumbs = append(crumbs, ui.Crumb{Label: t.Tree.ShortName(u.Code), Href: tableURL(u.Code, t.Week.Due)})
		}
	}
	if len(crumbs) > 0 {
		crumbs[len(crumbs)-1].Href = ""
	}
	return crumbs
}
