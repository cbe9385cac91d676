package ui

import (
	"bytes"
	"context"
	"io"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"
)

func draw(t *testing.T, c templ.Component) *goquery.Selection {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	d, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return d.Find("body")
}

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// A state is told by word and shape: no two badges look the same without colour.
func TestBadgesDifferWithoutColour(t *testing.T) {
	words, drawings := map[string]bool{}, map[string]bool{}
	for _, s := range States() {
		b := draw(t, Badge(s)).Find(".badge")
		svg, err := b.Find("svg").Html()
		if err != nil || svg == "" {
			t.Errorf("%s has no shape: %v", s, err)
		}
		words[text(b)], drawings[svg] = true, true
		if !b.HasClass("s-" + string(s)) {
			t.Errorf("%s: classes %s", s, b.AttrOr("class", ""))
		}
	}
	if len(words) != 6 || len(drawings) != 6 {
		t.Errorf("%d words and %d shapes for 6 states", len(words), len(drawings))
	}
	if got := draw(t, Badge("nonsense")).Find(".badge"); text(got) != "未知" || got.HasClass("s-nonsense") {
		t.Errorf("an unknown state: %s", text(got))
	}
}

func TestUnknownIconIsAnError(t *testing.T) {
	if err := Icon("no-such").Draw().Render(context.Background(), io.Discard); err == nil {
		t.Error("drawn")
	}
	for name := range shapes() {
		if svg := draw(t, name.Draw()).Find("svg.icon[aria-hidden=true]"); svg.Children().Length() == 0 {
			t.Errorf("%s is empty", name)
		}
	}
}

func TestButtons(t *testing.T) {
	b := draw(t, Button(ButtonData{Text: "提交 <本周>", Kind: Primary, Name: "do", Value: "submit", Attrs: templ.Attributes{"hx-post": "/x"}})).Find("button")
	if b.AttrOr("type", "") != "submit" || b.AttrOr("name", "") != "do" || b.AttrOr("hx-post", "") != "/x" || text(b) != "提交 <本周>" || !b.HasClass("primary") {
		html, _ := goquery.OuterHtml(b)
		t.Error(html)
	}
	if _, disabled := draw(t, Button(ButtonData{Disabled: true})).Find("button").Attr("disabled"); !disabled {
		t.Error("not disabled")
	}
	if href := draw(t, LinkButton(ButtonData{Text: "x"}, "javascript:alert(1)")).Find("a").AttrOr("href", ""); strings.Contains(href, "alert") {
		t.Errorf("href %q", href)
	}
}

// Help and error are said with the control.
func TestFieldIsDescribed(t *testing.T) {
	for name, c := range map[string]templ.Component{
		"field": Field(FieldData{Name: "trees", Label: "已植树", Help: "株数", Error: "不是数字", Value: `3"个`, Required: true}),
		"area":  TextArea(FieldData{Name: "trees", Label: "已植树", Help: "株数", Error: "不是数字", Value: `3"个`, Required: true}),
		"list":  Select(FieldData{Name: "trees", Label: "已植树", Help: "株数", Error: "不是数字", Value: `3"个`, Required: true}, []Choice{{Value: `3"个`, Label: `3"个`}, {Value: "4"}}),
	} {
		body := draw(t, c)
		control := body.Find("#trees")
		if body.Find("label[for=trees]").Length() != 1 || control.AttrOr("aria-invalid", "") != "true" || control.AttrOr("aria-describedby", "") != "trees-help trees-error" {
			t.Errorf("%s: %s", name, text(body))
		}
		if text(body.Find("#trees-help")) != "株数" || text(body.Find("#trees-error")) != "不是数字" {
			t.Errorf("%s: help or error missing", name)
		}
		if _, ok := control.Attr("required"); !ok {
			t.Errorf("%s: not required", name)
		}
		value := control.AttrOr("value", control.Text())
		if name == "list" {
			value = control.Find("option[selected]").AttrOr("value", "")
		}
		if value != `3"个` {
			t.Errorf("%s: value %q", name, value)
		}
	}
	plain := draw(t, Field(FieldData{Name: "contact", Label: "联系人"})).Find("#contact")
	if _, ok := plain.Attr("aria-describedby"); ok {
		t.Error("described by nothing")
	}
}

func TestSegments(t *testing.T) {
	body := draw(t, Segments(FieldData{Name: "plan", Label: "工作计划", Value: "否"}, YesNo()))
	if body.Find("fieldset legend").Text() != "工作计划" || body.Find("input[type=radio][name=plan]").Length() != 2 {
		t.Error(text(body))
	}
	if v := body.Find("input[checked]"); v.Length() != 1 || v.AttrOr("value", "") != "否" {
		t.Errorf("checked %d %s", v.Length(), v.AttrOr("value", ""))
	}
	body.Find("input").Each(func(_ int, s *goquery.Selection) {
		if body.Find("label[for='"+s.AttrOr("id", "")+"']").Length() != 1 {
			t.Error("a choice without a label")
		}
	})
}

func TestErrorSummaryLeadsToFields(t *testing.T) {
	if n := draw(t, ErrorSummary(nil)).Children().Length(); n != 0 {
		t.Error("a summary of nothing")
	}
	body := draw(t, ErrorSummary([]FieldError{{"a", "甲"}, {"b", "乙"}}))
	if body.Find("[role=alert] a[href='#a']").Text() != "甲" || body.Find("a[href='#b']").Text() != "乙" || !strings.Contains(text(body), "2 处") {
		t.Error(text(body))
	}
}

func TestNotices(t *testing.T) {
	at := time.Date(2024, 3, 29, 16, 18, 4, 0, time.UTC)
	body := draw(t, NoticeBox(Notice{Tone: Saved, Title: "已保存", At: at}))
	if text(body.Find(".notice-title")) != "已保存 16:18:04" || body.Find("[role=status] time").AttrOr("datetime", "") != "2024-03-29T16:18:04Z" {
		t.Error(text(body))
	}
	if draw(t, NoticeBox(Notice{Tone: Wrong, Title: "x"})).Find("[role=alert]").Length() != 1 {
		t.Error("an error is not an alert")
	}
}

func TestHeadSaysOrder(t *testing.T) {
	th := draw(t, table(Head(HeadData{Text: "已植树", Href: "?sort=planted", Order: Descending, Numeric: true}))).Find("th")
	if th.AttrOr("aria-sort", "") != "descending" || th.Find("a").AttrOr("href", "") != "?sort=planted" || th.AttrOr("scope", "") != "col" || !th.HasClass("num") {
		t.Error(goquery.OuterHtml(th))
	}
	if th := draw(t, table(Head(HeadData{Text: "九周"}))).Find("th"); th.Find("a").Length() != 0 || th.AttrOr("aria-sort", "") != "" {
		t.Error("sorts without a link")
	}
}

// table stands a head cell where the parser lets it be.
func table(cell templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		if _, err := io.WriteString(w, "<table><tr>"); err != nil {
			return err
		}
		if err := cell.Render(ctx, w); err != nil {
			return err
		}
		_, err := io.WriteString(w, "</tr></table>")
		return err
	})
}

func TestWeeks(t *testing.T) {
	body := draw(t, Weeks([]WeekBox{{State: OnTime, Label: "第 8 周"}, {State: Late, Label: "第 9 周", Href: "/x", Current: true}}))
	if body.Find("li").Length() != 2 || body.Find("li[aria-current] a[href='/x'] svg[role=img]").AttrOr("aria-label", "") != "第 9 周 迟报" {
		t.Error(goquery.OuterHtml(body))
	}
}

func TestTwoBar(t *testing.T) {
	for _, c := range []struct {
		b                TwoBarData
		secured, planted string
		over             int
	}{
		{TwoBarData{Plan: 1318, Secured: 1054, Planted: 879}, "79.97%", "66.69%", 0},
		{TwoBarData{Plan: 1000, Secured: 1400, Planted: 1400}, "100%", "100%", 1},
		{TwoBarData{Plan: 3, Planted: 1}, "", "33.33%", 0},
		{TwoBarData{Planted: 5}, "", "", 0},
	} {
		svg := draw(t, TwoBar(c.b)).Find("svg[role=img]")
		if got := svg.Find(".b-secured").AttrOr("width", ""); got != c.secured {
			t.Errorf("%+v: secured %q", c.b, got)
		}
		if got := svg.Find(".b-planted").AttrOr("width", ""); got != c.planted {
			t.Errorf("%+v: planted %q", c.b, got)
		}
		if svg.Find(".b-over").Length() != c.over || svg.Find("title").Text() == "" {
			t.Errorf("%+v: over the plan or title", c.b)
		}
	}
}

func TestShare(t *testing.T) {
	for _, c := range []struct {
		part, whole int64
		want        string
	}{{1, 3, "33%"}, {1, 2, "50%"}, {2, 3, "67%"}, {199, 200, "100%"}, {1, 200, "1%"}, {1, 201, "0%"}, {1400, 1000, "140%"}, {0, 7, "0%"}, {3, 0, "—"}} {
		if got := Share(c.part, c.whole); got != c.want {
			t.Errorf("%d/%d: %s", c.part, c.whole, got)
		}
	}
}

func TestTiles(t *testing.T) {
	body := draw(t, Tiles([]Tile{{Figure: "2", Label: "未报", State: Missing, Href: "?state=missing"}, {Figure: "71%", Label: "完成计划", Extra: "苗木落实 88%"}}))
	if body.Find("a.f-missing[href='?state=missing'] .tile-figure").Text() != "2" || !strings.Contains(text(body), "71% 完成计划 苗木落实 88%") {
		t.Error(goquery.OuterHtml(body))
	}
}

func TestConfirmWorksWithoutScripts(t *testing.T) {
	link := draw(t, ConfirmLink(ButtonData{Text: "退回"}, "return")).Find("a")
	body := draw(t, Confirm(ConfirmData{ID: "return", Title: "退回新松村", Action: "/x/return", Submit: "退回该村"}))
	if link.AttrOr("href", "") != "#return" || body.Find("dialog#return form[method=post][action='/x/return'] button").Text() != "退回该村" {
		t.Error(goquery.OuterHtml(body))
	}
	label := body.Find("dialog").AttrOr("aria-labelledby", "-")
	if body.Find("#"+label).Text() != "退回新松村" {
		t.Errorf("labelled by %s", label)
	}
	if page := draw(t, ConfirmForm(ConfirmData{ID: "return", Cancel: "/x"})); page.Find("dialog").Length() != 0 || page.Find("a[href='/x']").Length() != 1 {
		t.Error("the page version")
	}
}

func TestPages(t *testing.T) {
	for _, c := range []struct {
		page, last int
		want       string
	}{
		{1, 1, ""}, {1, 2, "1 2"}, {1, 9, "1 2 0 9"}, {4, 9, "1 2 3 4 5 0 9"}, {5, 9, "1 0 4 5 6 0 9"}, {9, 9, "1 0 8 9"}, {3, 5, "1 2 3 4 5"},
	} {
		p := PagesData{Page: c.page, Last: c.last, Href: func(n int) string { return "?page=" + strconv.Itoa(n) }}
		var got []string
		for _, n := range p.shown() {
			got = append(got, strconv.Itoa(n))
		}
		if c.last > 1 && strings.Join(got, " ") != c.want {
			t.Errorf("%d of %d: %v", c.page, c.last, got)
		}
		body := draw(t, Pages(p))
		if c.last == 1 && body.Find("a").Length() != 0 {
			t.Error("a single page leads somewhere")
		}
		if prev := body.Find("a[rel=prev]").AttrOr("href", ""); (c.page > 1) != (prev == "?page="+strconv.Itoa(c.page-1)) {
			t.Errorf("%d of %d: before it %q", c.page, c.last, prev)
		}
	}
}

func TestUpload(t *testing.T) {
	body := draw(t, Upload(UploadData{Name: "file", Label: "拖到这里", Error: "加了密码", Accept: ".xlsx", Multiple: true}))
	input := body.Find("label.drop[for=file] input#file[type=file][accept='.xlsx']")
	if _, multiple := input.Attr("multiple"); !multiple || input.AttrOr("aria-describedby", "") != "file-error" || text(body.Find("#file-error")) != "加了密码" {
		t.Error(goquery.OuterHtml(body))
	}
}

func TestProgress(t *testing.T) {
	p := draw(t, Progress(ProgressData{Label: "读取", Done: 21, Total: 33, Left: " 2 秒"}))
	if p.Find("progress").AttrOr("value", "") != "21" || p.Find("progress").AttrOr("max", "") != "33" || !strings.Contains(text(p), "21 / 33 还要 2 秒") {
		t.Error(goquery.OuterHtml(p))
	}
	if _, known := draw(t, Progress(ProgressData{Label: "汇总"})).Find("progress").Attr("value"); known {
		t.Error("says how far when nobody knows")
	}
}

func TestTimeLeft(t *testing.T) {
	now := time.Date(2024, 3, 29, 16, 18, 0, 0, time.UTC)
	for left, want := range map[time.Duration]string{
		51 * time.Hour: "还有 2 天 3 小时", 72 * time.Minute: "还有 1 小时 12 分", -time.Second: "已过截止时间", 0: "已过截止时间",
	} {
		el := draw(t, TimeLeft(now.Add(left), now)).Find("time")
		if text(el) != want || el.HasClass("urgent") != (left < 24*time.Hour) {
			t.Errorf("%v: %q %s", left, text(el), el.AttrOr("class", ""))
		}
	}
}
