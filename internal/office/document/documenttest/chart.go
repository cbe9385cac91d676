package documenttest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/office/document"
)

// Charts is a document with charts of every kind: few bars, many bars, lines, one below zero, one
// of nothing. The figures are invented.
func Charts() document.Document {
	series := func(name string, values ...float64) document.Series {
		s := document.Series{Name: name, Values: values}
		for _, v := range values {
			s.Texts = append(s.Texts, document.Figure(name, fmt.Sprint(v)))
		}
		return s
	}
	labels := func(n int) (list []string) {
		for i := range n {
			list = append(list, fmt.Sprintf("第%d镇", i+1))
		}
		return list
	}
	many := func(n int, factor float64) (list []float64) {
		for i := range n {
			list = append(list, float64((i*7919)%9000)*factor)
		}
		return list
	}
	body := []document.Block{
		document.Chart{Title: "资金来源", Unit: "万元", Labels: []string{"财政资金", "村集体收入", "社会资金"}, Series: []document.Series{series("金额", 840.5, 312.25, 580.75)}},
		document.Chart{Title: "各周累计植树", Unit: "株", Kind: document.LineChart, Labels: []string{"3月1日", "3月8日", "3月15日"}, Series: []document.Series{series("已植树", 161344, 188297, 212980), series("已落实", 232166, 259463, 285180)}},
		document.Chart{Title: "增减", Unit: "株", Labels: []string{"甲镇", "乙镇"}, Series: []document.Series{series("增减", -40, 60)}},
		document.Chart{Title: "没有数", Labels: []string{"甲镇"}, Series: []document.Series{series("数", 0)}},
		document.Chart{Title: "空"},
	}
	return document.Document{Title: "图表", Body: body, Annexes: []document.Annex{{Title: "各镇植树情况图", Body: []document.Block{
		document.Chart{Title: "各镇植树情况", Unit: "株", Labels: labels(33), Series: []document.Series{series("计划植树", many(33, 2)...), series("已植树", many(33, 1)...)}},
	}}}}
}

// CheckCharts holds the pages of Charts(): every title stands below its chart with its number, every
// label and value is there, all inside the type area.
func CheckCharts(t *testing.T, pages []Page) {
	t.Helper()
	var all strings.Builder
	for n, p := range pages {
		for _, l := range CheckPageNumber(t, p, n+1) {
			if l.Left < document.LeftMargin-1 || l.Right > document.LeftMargin+document.TextWidth+1 || l.Top < document.TopMargin-1 || l.Bottom > document.TopMargin+document.TextHeight+2 {
				t.Errorf("page %d: %q leaves the type area: %.1f to %.1f, %.1f to %.1f", n+1, l.Text, l.Left, l.Right, l.Top, l.Bottom)
			}
		}
		all.WriteString(Squeeze(p.Text()))
	}
	text := all.String()
	for _, want := range []string{"图1", "资金来源", "图2", "各周累计植树", "图3", "增减", "图4", "没有数", "图5", "财政资金", "村集体收入", "840.5", "312.25", "3月15日", "285180", "161344", "第33镇", "计划植树", "单位：万元", "-40", "7919"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is on no page", want)
		}
	}
	if last := Squeeze(pages[len(pages)-1].Text()); !strings.Contains(last, "附件") || !strings.Contains(last, "图5") {
		t.Error("the annex's chart is not on its page")
	}
}
