package bulletinweb

import (
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// paperChart is a chart with every figure leading to where it comes from.
type paperChart struct {
	Title  string // 图1　资金来源
	Unit   string
	Names  []string // of the series
	Rows   []chartRow
	Course *ui.TrendData // of one over weeks; its rows are the figures below
	ID     string
}

// chartRow is a label with its bars.
type chartRow struct {
	Label string
	Bars  []chartBar
}

type chartBar struct {
	paperRun
	Length string // 62.5%
	Class  string // how it is filled
}

// fills tell series apart without colour: an outline, a solid, a hatching, a paler solid.
var fills = []string{"bar-outline", "bar-solid", "bar-hatch", "bar-pale"}

func (p *Pages) chart(a access.Actor, d *bulletin.Draft, c *bulletin.Chart, number int) paperChart {
	drawn := d.Drawn(p.bulletin.Form(), c)
	v := paperChart{Title: "图" + strconv.Itoa(number) + "　" + c.Title, Unit: c.Unit, ID: "chart" + strconv.Itoa(number)}
	top := 0.0
	for _, s := range drawn.Series {
		v.Names = append(v.Names, s.Title)
		for _, f := range s.Figures {
			top = max(top, f.Value())
		}
	}
	for k, label := range drawn.Labels {
		row := chartRow{Label: label}
		for i, s := range drawn.Series {
			bar := chartBar{p.run(a, &d.Snapshot, s.Figures[k]), "0%", fills[min(i, len(fills)-1)]}
			if len(drawn.Series) == 1 {
				bar.Class = fills[1]
			}
			if value := s.Figures[k].Value(); top > 0 && value > 0 {
				bar.Length = strconv.FormatFloat(value/top*100, 'f', 1, 64) + "%"
			}
			row.Bars = append(row.Bars, bar)
		}
		v.Rows = append(v.Rows, row)
	}
	if c.Kind == campaign.ChartWeeks {
		v.Course = course(&v, &drawn)
	}
	return v
}

func course(v *paperChart, drawn *bulletin.Drawn) *ui.TrendData {
	t := &ui.TrendData{Title: v.Title}
	for _, s := range drawn.Series {
		line := ui.Series{Name: s.Title}
		for k, f := range s.Figures {
			line.Points = append(line.Points, ui.Point{Label: drawn.Labels[k], Value: f.Value(), Figure: f.Text})
		}
		t.Series = append(t.Series, line)
	}
	return t
}
