package ui

import (
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"pgregory.net/rapid"
)

func series(values ...float64) Series {
	s := Series{Name: "已植树"}
	for i, v := range values {
		p := Point{Label: "第" + strconv.Itoa(i+1) + "周", Value: v, Figure: strconv.FormatFloat(v, 'f', -1, 64)}
		p.Missing = v < 0
		s.Points = append(s.Points, p)
	}
	return s
}

func TestTrendCanBeReadWithoutSeeing(t *testing.T) {
	body := draw(t, Trend("t", TrendData{Title: "已植树", Series: []Series{series(10, 20, -1, 45)}}))
	svg := body.Find("svg.trend[role=img]")
	if body.Find("#"+svg.AttrOr("aria-labelledby", "-")).Text() != "已植树" {
		t.Error("no title")
	}
	if got := body.Find("#" + svg.AttrOr("aria-describedby", "-")).Text(); got != "已植树：第1周 10，第4周 45。" {
		t.Errorf("described as %q", got)
	}
	var rows []string
	body.Find("table tbody tr").Each(func(_ int, s *goquery.Selection) { rows = append(rows, text(s.Find("th"))+" "+text(s.Find("td"))) })
	if strings.Join(rows, "；") != "第1周 10；第2周 20；第3周 —；第4周 45" {
		t.Errorf("figures %v", rows)
	}
	if n := body.Find("path.line").Length(); n != 2 {
		t.Errorf("%d stretches around one gap", n)
	}
	if n := body.Find("circle").Length(); n != 3 {
		t.Errorf("%d points", n)
	}
}

func TestEmptyCharts(t *testing.T) {
	for name, n := range map[string]int{
		"no points": draw(t, Trend("t", TrendData{Title: "x", Series: []Series{{Name: "a"}}})).Find(".empty").Length(),
		"all gaps":  draw(t, Trend("t", TrendData{Title: "x", Series: []Series{series(-1, -1)}})).Find(".empty").Length(),
		"no bars":   draw(t, BarChart(BarChartData{Title: "x"})).Find(".empty").Length(),
	} {
		if n != 1 {
			t.Errorf("%s is drawn", name)
		}
	}
	if n := draw(t, Trend("t", TrendData{Title: "x", Series: []Series{series(0, 0)}})).Find("circle").Length(); n != 2 {
		t.Error("nothing planted is a figure too")
	}
}

// Whatever the values, the scale is round, covers them and starts at zero, and every point
// lies inside the drawing in order.
func TestTrendStaysInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(0, 1e12), 1, 60).Draw(t, "values")
		d := TrendData{Series: []Series{series(values...)}}
		ticks := d.ticks()
		if ticks[0] != 0 || len(ticks) < 2 || len(ticks) > 6 {
			t.Fatalf("ticks %v", ticks)
		}
		before := -1.0
		for _, run := range d.runs(d.Series[0]) {
			for _, p := range run {
				if p.x < trendLeft-1e-9 || p.x > trendRight+1e-9 || p.x <= before || p.y < trendTop-1e-9 || p.y > trendBottom+1e-9 {
					t.Fatalf("point %+v after x %v", p, before)
				}
				before = p.x
			}
		}
		labels := 0
		for i := range values {
			if d.labelled(i) {
				labels++
			}
		}
		if labels > 6 || !d.labelled(len(values)-1) {
			t.Fatalf("%d labels", labels)
		}
	})
}

func TestBarChart(t *testing.T) {
	body := draw(t, BarChart(BarChartData{Title: "完成计划", Head: "单位", Figure: "完成", First: "已植", Second: "落实",
		Bars: []Bar{{Label: "里湖镇", Value: 30, Second: 60, Figure: "50%", Href: "/x"}, {Label: "梅塘镇", Figure: "0%"}}}))
	if got := body.Find("tr:has(a[href='/x']) rect.b-planted").AttrOr("width", ""); got != "50%" {
		t.Errorf("half of the longest is %q", got)
	}
	if body.Find("caption").Text() != "完成计划" || text(body.Find("tbody tr").Last()) != "梅塘镇0%" || body.Find("tbody tr").Last().Find("rect").Length() != 0 {
		t.Error(text(body))
	}
	if text(body.Find(".legend")) != "已植 落实" {
		t.Errorf("legend %q", text(body.Find(".legend")))
	}
}
