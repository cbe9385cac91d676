package bulletinweb_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/testkit"
)

// The paper has the runs of the draft and nothing between them, and each figure leads where the
// reader may go.
func TestPaper(t *testing.T) {
	s := open(t, nil)
	v, err := s.Begin(ctx, testkit.County, testkit.Puning, march)
	if err != nil {
		t.Fatal(err)
	}
	d := s.page(at)
	paragraphs := d.Find(".paper-text > p").Slice(1, goquery.ToEnd)
	i := 0
	for _, section := range v.Draft.Sections {
		for _, p := range section.Paragraphs {
			want, figures := "", 0
			for _, r := range v.Draft.Runs(s.Form(), p) {
				want += r.Text
				if r.Figure != nil {
					figures++
				}
			}
			if got := paragraphs.Eq(i).Text(); strings.TrimSpace(got) != want {
				t.Errorf("it reads %q, want %q", got, want)
			}
			if n := paragraphs.Eq(i).Find("a").Length(); n != figures {
				t.Errorf("%d links for %d figures in %q", n, figures, want)
			}
			i++
		}
	}
	allowed := regexp.MustCompile(`^/(statistics|board)/445281000000/2024-03-29$|^/statistics/445281000000/2024-03-\d\d$|^/ledger/445281\d{3}000/2024-03-29$`)
	seen := map[string]bool{}
	d.Find(".paper a").Each(func(_ int, a *goquery.Selection) {
		href := a.AttrOr("href", "")
		if !allowed.MatchString(href) {
			t.Errorf("%s leads to %s", a.Text(), href)
		}
		seen[strings.Split(href, "/")[1]] = true
	})
	if len(seen) != 3 {
		t.Errorf("figures lead to %v only", seen)
	}
	rows := d.Find(".paper-table").First().Find("tbody tr")
	// 29 of the 33 units have villages
	if rows.Length() != 30 || strings.TrimSpace(rows.Last().Find("th").Text()) != "合计" {
		t.Errorf("%d rows, the last is of %s", rows.Length(), rows.Last().Text())
	}
	hasNot(t, d, "a[href*='/paper.']")
}

// The figures of tables and charts are chosen on a page: what was chosen is printed, what cannot be
// is told at its field with everything still there.
func TestTablesAndCharts(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(context.Background(), testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/tables")
	if d.Find("#figure-names option").Length() < 50 || d.Find("[name='tables-0-columns-5-of']").AttrOr("value", "") != "已植树/计划植树" {
		t.Error("the figures are not offered by their names")
	}
	w, d := s.send(d, at+"/tables", url.Values{"tables-0-columns-5-of": {"植多少"}, "charts-0-columns-0-of": {"按时村次/应报村次"}, "tables-1-title": {""}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("%d", w.Code)
	}
	has(t, d, "#tables-0-columns-5-of-error", "没有“植多少”这个数")
	has(t, d, "#charts-0-columns-0-of-error", "这种图里不能画")
	has(t, d, "#tables-1-title-error", "标题")
	if d.Find("[name='tables-0-columns-5-of']").AttrOr("value", "") != "植多少" {
		t.Error("what was typed is lost")
	}
	d = s.press(s.page(at+"/tables"), at+"/tables", url.Values{"tables-0-columns-5-of": {"已植树/已落实苗木"}, "tables-0-columns-5-title": {"种植率"}, "tables-0-columns-5-order": {"0"},
		"tables-0-columns-0-of": {""}, "tables-0-columns-0-title": {""}, "tables-1-drop": {"1"}, "charts-1-place": {""}, "tables-2-title": {"包抓情况表"}, "tables-2-columns-0-of": {"第一书记"}})
	if n := d.Find(".paper-table table.table").Length(); n != 2 {
		t.Errorf("%d tables", n)
	}
	if heads := d.Find(".paper-table").First().Find("thead").Text(); !strings.Contains(heads, "种植率") || strings.Index(heads, "种植率") > strings.Index(heads, "计划植树") || strings.Contains(heads, "村（社区）个数") {
		t.Errorf("the heads are %s", heads)
	}
	has(t, d, ".paper-table h3", "包抓情况表")
	if d.Find(".paper-text .paper-chart").Length() != 1 || d.Find(".paper-table .paper-chart").Length() != 2 {
		t.Error("the chart has not moved among the annexes")
	}
	// a chart goes with its section when that gets another heading
	d = s.press(s.page(at+"/edit"), at+"/edit", url.Values{"do": {"save"}, "s1-heading": {"总的情况"}})
	if d.Find(".paper-text .paper-chart").Length() != 1 {
		t.Error("the chart is not with its section")
	}
}

// Every figure of a chart leads down, and is told apart without colour.
func TestChartsOnThePage(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(context.Background(), testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at)
	if got := d.Find(".paper-chart-title").Map(func(_ int, c *goquery.Selection) string { return c.Text() }); !slices.Equal(got, []string{"图1　2024年3月各周植树和苗木落实情况", "图2　资金来源", "图3　各乡镇场街道植树进展情况图"}) {
		t.Errorf("the charts are %q", got)
	}
	if a := d.Find("#chart1 a.figure").First(); a.AttrOr("href", "") != "/statistics/445281000000/2024-03-01" || a.AttrOr("title", "") != "3月1日已植树" {
		t.Errorf("the first week leads to %s, called %s", a.AttrOr("href", ""), a.AttrOr("title", ""))
	}
	towns := d.Find("#chart3 tbody tr")
	if towns.Length() != 29 || towns.First().Find("rect.bar-outline").Length() != 1 || towns.First().Find("rect.bar-solid").Length() != 1 || !strings.HasPrefix(towns.First().Find("a").AttrOr("href", ""), "/ledger/445281") {
		t.Error("the towns are not drawn")
	}
}
