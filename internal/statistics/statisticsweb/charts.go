package statisticsweb

import (
	"net/http"
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// mostBars is how many units a bar chart draws.
const mostBars = 40

// charts draws the column the table is sorted by, else the first that is worth it: by unit, and
// over the weeks for the whole.
func (p *Pages) charts(r *http.Request, v *view, t statistics.Table, req request) error {
	at := req.sort
	if at < 0 {
		at = chartColumn(t.Form)
	}
	col := &t.Form.Columns[at]
	v.Bars = ui.BarChartData{Title: col.Title, Head: v.NameTitle, Figure: headText(col)}
	rows := slices.DeleteFunc(req.sorted(t.Rows), func(r statistics.Row) bool { return !reported(&r) })
	if len(rows) > mostBars {
		v.BarsMore, rows = len(rows)-mostBars, rows[:mostBars]
	}
	for i := range rows {
		drawn := v.row(t, &rows[i], req)
		v.Bars.Bars = append(v.Bars.Bars, ui.Bar{Label: drawn.Name, Value: max(0, height(rows[i].Cells[at])), Figure: figure(rows[i].Cells[at]), Href: drawn.Href})
	}
	series := ui.Series{Name: t.Unit.Name}
	for _, w := range p.ledger.Calendar().Until(t.Week.Due) {
		point := ui.Point{Label: w.Due.ShortChinese(), Missing: true}
		one, err := p.statistics.Table(r.Context(), web.ActorOf(r.Context()), t.Unit.Code, w.Due, t.Unit.Level())
		if err == nil && one.Total.Now.Reported+one.Total.Now.Carried > 0 {
			c := one.Total.Cells[at]
			point = ui.Point{Label: point.Label, Value: height(c), Figure: figure(c), Missing: c.Kind == statistics.Share && c.Whole == 0}
		}
		series.Points = append(series.Points, point)
	}
	v.Trend = ui.TrendData{Title: t.Unit.Name + "各周" + col.Title, Series: []ui.Series{series}}
	if t.Total.Cells[at].Kind == statistics.Share {
		v.Trend.Axis = func(f float64) string { return ui.Share(int64(f*10), 1000) }
	}
	return nil
}

// chartColumn is what is drawn when nothing was chosen: trees planted, else the first sum.
func chartColumn(form *campaign.Statistics) int {
	first := 0
	for i, c := range form.Columns {
		if c.Measure != campaign.Total {
			continue
		}
		if c.Column == "planted_trees" {
			return i
		}
		if first == 0 {
			first = i
		}
	}
	return first
}

// height is a figure as a length: 万元 for money, percent for a share.
func height(c statistics.Cell) float64 {
	switch c.Kind {
	case statistics.Money:
		return float64(c.Part) / campaign.FenPerWan
	case statistics.Share:
		if c.Whole == 0 {
			return 0
		}
		return 100 * float64(c.Part) / float64(c.Whole)
	}
	return float64(c.Part)
}
