package bulletinweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/bulletin/bulletindb"
	"github.com/sangzi/sangzi/internal/bulletin/bulletinweb"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx       = context.Background()
	march     = bulletin.Period{Year: 2024, Month: 3}
	colleague = access.Actor{Account: 30, Name: "陈文", Role: access.CountyOffice, Unit: testkit.Puning}
)

const (
	months = "/bulletins/445281000000"
	at     = "/bulletin/445281000000/2024-03"
)

// as is Sessions with one of the cast signed in.
type as struct{ actor *access.Actor }

func (s as) Actor(*http.Request) (access.Actor, bool, error) {
	return *s.actor, s.actor.Account != 0, nil
}

type site struct {
	*bulletin.Service
	t     testing.TB
	h     http.Handler
	actor access.Actor
	said  []*http.Cookie
}

func open(t testing.TB, papers bulletinweb.Papers) *site {
	t.Helper()
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	s := &site{Service: bulletin.New(w.Ledger, bulletindb.Open(testkit.SQLite(t))), t: t, actor: testkit.County}
	server := web.New(web.Options{Sessions: as{&s.actor}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Site: web.Site{Campaign: "党旗红·乡村绿",
		UnitName: func(context.Context, access.Actor) string { return "普宁市" }}})
	bulletinweb.New(s.Service, bulletinweb.Options{Tree: func() *unit.Tree { return w.Tree(ledgertest.ThisWeek) }, Now: w.Ledger.Now, Papers: papers}).Register(server.Mux)
	var err error
	if s.h, err = server.Handler(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) ask(path string, form url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range s.said {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	s.said = w.Result().Cookies()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return w, d
}

// page asks for a page that is there.
func (s *site) page(path string) *goquery.Document {
	s.t.Helper()
	w, d := s.ask(path, nil)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d %s", path, w.Code, d.Find("main").Text())
	}
	return d
}

// press sends the form with an action, changed as given, and follows to the page it leads to.
func (s *site) press(d *goquery.Document, action string, change url.Values) *goquery.Document {
	s.t.Helper()
	w, after := s.send(d, action, change)
	if w.Code == http.StatusSeeOther {
		return s.page(w.Header().Get("Location"))
	}
	s.t.Fatalf("%s: %d %s", action, w.Code, after.Find("main").Text())
	return nil
}

func (s *site) send(d *goquery.Document, action string, change url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	s.t.Helper()
	form := d.Find("form[action='" + action + "']").First()
	if form.Length() != 1 {
		s.t.Fatalf("no form to %s", action)
	}
	values := fields(form)
	for k, v := range change {
		values[k] = v
	}
	return s.ask(action, values)
}

// fields is what a browser would send of a form.
func fields(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		name, _ := f.Attr("name")
		if f.AttrOr("type", "") == "checkbox" && !f.Is("[checked]") {
			return
		}
		if goquery.NodeName(f) == "select" {
			chosen := f.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = f.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
			return
		}
		if goquery.NodeName(f) == "textarea" {
			values.Add(name, strings.ReplaceAll(strings.TrimPrefix(f.Text(), "\n"), "\n", "\r\n"))
		} else {
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	return values
}

func has(t testing.TB, d *goquery.Document, css, want string) {
	t.Helper()
	if got := d.Find(css).Text(); !strings.Contains(got, want) {
		t.Errorf("%s reads %q, want %q", css, got, want)
	}
}

func hasNot(t testing.TB, d *goquery.Document, css string) {
	t.Helper()
	if found := d.Find(css); found.Length() != 0 {
		t.Errorf("%s is there: %s", css, found.Text())
	}
}

// A month from the list to the issued paper, an erratum after it, and what everybody sees.
func TestFromDraftToIssue(t *testing.T) {
	s := open(t, nil)
	d := s.page(months)
	has(t, d, ".month-list li:first-child", "2024年第一季度小结")
	has(t, d, ".month-list li:nth-child(2)", "2024年3月通报")
	hasNot(t, d, ".month-list a")
	d = s.press(d, at+"/begin", nil)
	has(t, d, ".paper-title", "关于2024年3月乡村绿化工作进展情况的通报")
	has(t, d, ".notice", "已起草")
	has(t, d, ".bulletin h2", "起草中")

	d = s.press(s.page(at+"/edit"), at+"/edit", url.Values{"do": {"save"}, "s0-p0": {"截至{截止日}，累计植树{已植树}株。\r\n另起一段。"}})
	has(t, d, ".notice", "已保存")
	if got := d.Find(".paper-text p").Eq(1).Text(); !regexp.MustCompile(`^截至2024年3月29日，累计植树\d+株。$`).MatchString(strings.TrimSpace(got)) {
		t.Errorf("the first paragraph reads %q", got)
	}
	has(t, d, ".paper-text", "另起一段。")

	d = s.press(d, at+"/submit", nil)
	has(t, d, ".bulletin", "请另一个人审定")
	hasNot(t, d, "form[action='"+at+"/approve'], form[action='"+at+"/edit'], a[href='"+at+"/edit'], form[action='"+at+"/issue']")
	w, d := s.send(d, at+"/return", url.Values{"reason": {" "}})
	if w.Code != http.StatusUnprocessableEntity || d.Find("details[open] .bad").Length() != 1 {
		t.Errorf("returned without a reason: %d", w.Code)
	}
	d = s.press(d, at+"/return", url.Values{"reason": {"第二段数字<b>请核</b>"}})
	has(t, d, ".notice", "第二段数字<b>请核</b>")
	d = s.press(d, at+"/redraft", nil)
	d = s.press(d, at+"/submit", nil)
	hasNot(t, d, ".notice.t-warn")
	// Who knows the address is told all the same.
	w, _ = s.ask(at+"/approve", url.Values{"base": {d.Find("input[name=base]").AttrOr("value", "")}})
	if has(t, s.page(w.Header().Get("Location")), ".notice", "送审和审定要由两个人办"); w.Code != http.StatusSeeOther {
		t.Errorf("approved by the same: %d", w.Code)
	}
	s.actor = colleague
	d = s.press(s.page(at), at+"/approve", nil)
	w, d = s.send(d, at+"/issue", url.Values{"number": {"十二号"}, "day": {"2024-03-30"}})
	if w.Code != http.StatusUnprocessableEntity || d.Find("[name=number]").AttrOr("value", "") != "十二号" {
		t.Errorf("issued under no number: %d, %s", w.Code, d.Find("[name=number]").AttrOr("value", ""))
	}
	has(t, d, ".notice.t-wrong", "应写成 普组通〔2024〕12号")
	d = s.press(d, at+"/issue", url.Values{"number": {"普组通[2024]12号"}, "day": {"2024-03-30"}})
	has(t, d, ".paper-number", "普组通〔2024〕12号")
	has(t, d, ".seal", "封存校验码")
	issued := strings.TrimSpace(d.Find(".paper").Text())

	d = s.press(d, at+"/erratum", url.Values{"reason": {"单位名称有误"}})
	has(t, d, ".bulletin", "更正：单位名称有误")
	s.actor = testkit.Village
	d = s.page(at)
	if got := strings.TrimSpace(d.Find(".paper").Text()); got != issued {
		t.Errorf("a village reads\n%s\nand not\n%s", got, issued)
	}
	hasNot(t, d, ".bulletin form, .paper a")
	if n := d.Find(".bulletin-history li").Length(); n != 1 {
		t.Errorf("a village sees %d versions", n)
	}
	has(t, s.page(months), ".month-list", "普组通〔2024〕12号")
	hasNot(t, s.page(months), ".month-list form")
	if w, _ := s.ask(at+"?version=1", nil); w.Code != http.StatusNotFound {
		t.Errorf("a village reads a draft: %d", w.Code)
	}
	s.actor = testkit.City
	has(t, s.page("/bulletins/445200000000"), ".filters", "普宁市")
}

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

// What cannot be kept comes back with all that was typed, and what is wrong stands at its place.
func TestFaultsKeepWhatWasTyped(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	if got := d.Find("textarea[name='s1-p0']").Text(); !strings.Contains(got, "{本期新增已植树}株") {
		t.Errorf("it is edited as %s", got)
	}
	has(t, d, ".offers", "{按时村次/应报村次}")
	typed := url.Values{"s1-p0": {"植树{植多少}株"}, "s2-p1": {"<b>{已植树</b>"}, "s2-heading": {"各项\"工作\""}, "title": {""}}
	for _, do := range []string{"save", "look"} {
		typed.Set("do", do)
		w, d := s.send(d, at+"/edit", typed)
		if w.Code != http.StatusUnprocessableEntity || d.Find("main .notice.t-wrong li").Length() != 3 {
			t.Errorf("%s: %d, %s", do, w.Code, d.Find("main .notice").Text())
		}
		for name, want := range typed {
			field := d.Find("[name='" + name + "']")
			if got := field.Text() + field.AttrOr("value", ""); name != "do" && got != want[0] {
				t.Errorf("%s: %s has %q", do, name, got)
			}
		}
		has(t, d, "#s1-p0-error", "没有“植多少”这个数")
		has(t, d, "#s2-p1-error", "花括号要一前一后成对")
		if got := d.Find(".notice.t-wrong li a").Eq(1).AttrOr("href", ""); d.Find(got).Length() != 1 {
			t.Errorf("the fault leads to %s", got)
		}
	}
	d = s.press(d, at+"/edit", url.Values{"do": {"save"}}) // as it was given
	has(t, d, ".bulletin-history", "第 2 版")
}

// Looking shows without keeping; moving changes the order and keeps what was typed.
func TestLookAndMove(t *testing.T) {
	s := open(t, nil)
	v, err := s.Begin(ctx, testkit.County, testkit.Puning, march)
	if err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	w, seen := s.send(d, at+"/edit", url.Values{"do": {"look"}, "s1-p0": {"{单位名称}{已植树}"}})
	if w.Code != http.StatusOK || !regexp.MustCompile(`普宁市\d+`).MatchString(seen.Find(".look .paper-text").Text()) {
		t.Errorf("%d, it looks like %s", w.Code, seen.Find(".look").Text())
	}
	if got := seen.Find("[name='s1-p0']").Text(); got != "{单位名称}{已植树}" {
		t.Errorf("after looking it is %q", got)
	}
	headings := func(d *goquery.Document) (list []string) {
		d.Find("input[name$='-heading']").Each(func(_ int, f *goquery.Selection) { list = append(list, f.AttrOr("value", "")) })
		return list
	}
	n := len(v.Draft.Sections)
	for _, c := range []struct {
		do   string
		then func(*goquery.Document) bool
	}{
		{"section-down:1", func(d *goquery.Document) bool {
			return headings(d)[2] == "总体进展" && d.Find("[name='s2-p0']").Text() == "改过的"
		}},
		{"section-up:1", func(d *goquery.Document) bool { return headings(d)[0] == "总体进展" }},
		{"section-drop:1", func(d *goquery.Document) bool { return len(headings(d)) == n-1 }},
		{"section-add:1", func(d *goquery.Document) bool { return len(headings(d)) == n+1 && headings(d)[2] == "" }},
		{"paragraph-down:1.0", func(d *goquery.Document) bool { return d.Find("[name='s1-p1']").Text() == "改过的" }},
		{"paragraph-add:1.0", func(d *goquery.Document) bool {
			return d.Find("[name='s1-p1']").Text() == "" && d.Find("[name='s1-p2']").Length() == 1
		}},
		{"paragraph-drop:1.0", func(d *goquery.Document) bool {
			return d.Find("[name='s1-p1']").Length() == 0 && d.Find("[name='s1-p0']").Text() != "改过的"
		}},
		{"paragraph-drop:99.99", func(d *goquery.Document) bool { return len(headings(d)) == n }},
	} {
		w, after := s.send(d, at+"/edit", url.Values{"do": {c.do}, "s1-p0": {"改过的"}})
		if w.Code != http.StatusOK || !c.then(after) {
			t.Errorf("%s: %d, %v", c.do, w.Code, headings(after))
		}
	}
	b, err := s.Show(ctx, testkit.County, testkit.Puning, march, 0)
	if err != nil || b.Version.Number != 1 {
		t.Errorf("version %d after looking and moving, %v", b.Version.Number, err)
	}
	// The conditions of lists move with their paragraphs.
	after := s.press(d, at+"/edit", url.Values{"do": {"save"}})
	b, err = s.Show(ctx, testkit.County, testkit.Puning, march, 0)
	if err != nil || b.Version.Text != v.Text {
		t.Errorf("saved as it was it is another, %v: %s", err, after.Find(".notice").Text())
	}
}

// Who saves over another's version is told, sees what the other did, and loses nothing.
func TestTwoEditors(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	mine := s.page(at + "/edit")
	s.press(mine, at+"/edit", url.Values{"do": {"save"}, "s0-p0": {"她写的"}})
	s.actor = colleague
	w, d := s.send(mine, at+"/edit", url.Values{"do": {"save"}, "s0-p0": {"我写的"}})
	if w.Code != http.StatusUnprocessableEntity || d.Find("[name='s0-p0']").Text() != "我写的" {
		t.Errorf("%d, %s", w.Code, d.Find("[name='s0-p0']").Text())
	}
	has(t, d, ".notice", "刚有人改过")
	has(t, s.page(d.Find(".notice a").AttrOr("href", "")), ".change-after", "她写的")
	d = s.press(d, at+"/edit", url.Values{"do": {"save"}})
	has(t, d, ".paper-text", "我写的")
	has(t, s.page(at+"/compare"), ".change-before del", "她")
	has(t, s.page(at+"/compare?a=1&b=1"), ".compare-words", "文字没有改动")
	for _, path := range []string{at + "?version=9", at + "/compare?a=9&b=1", at + "/compare?b=9", "/bulletin/445281000000/2024-13", "/bulletin/44528100000x/2024-03", "/bulletin/445281119000/2024-03"} {
		if w, _ := s.ask(path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// What anybody writes is text wherever it comes out.
func TestHostileText(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	evil := `<script>alert(1)</script><a href="http://x.cn">点这里</a>[点](http://x.cn) javascript:alert(1) =HYPERLINK("x") "onload='x'`
	d := s.page(at + "/edit")
	change := url.Values{"title": {evil}, "greeting": {evil}, "issuers": {evil}, "copy_to": {evil}, "printer": {evil}, "s0-heading": {evil}, "s0-p0": {evil}}
	looks := []*goquery.Document{}
	for _, do := range []string{"look", "section-down:0"} {
		change.Set("do", do)
		_, seen := s.send(d, at+"/edit", change)
		looks = append(looks, seen)
	}
	change.Set("do", "save")
	looks = append(looks, s.press(d, at+"/edit", change), s.page(at+"/compare"), s.page(at+"/edit"), s.page(months))
	for i, seen := range looks {
		if n := seen.Find("main script, main [onload], a[href*='x.cn'], a[href^='javascript']").Length(); n != 0 {
			t.Errorf("page %d has %d that it should not have", i, n)
		}
		if !strings.Contains(seen.Find("main").Text()+seen.Find("main [name=title]").AttrOr("value", ""), "alert(1)") && i < 5 {
			t.Errorf("page %d does not show the text", i)
		}
	}
	if got := looks[2].Find(".paper-title").Text(); strings.TrimSpace(got) != evil {
		t.Errorf("the title reads %q", got)
	}
}

// The form takes more than is kept only to say so.
func TestTooMuch(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	for _, n := range []int{-1, bulletin.MaxSections + 1, 1 << 30} {
		w, _ := s.send(d, at+"/edit", url.Values{"do": {"save"}, "sections": {strconv.Itoa(n)}})
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%d sections: %d", n, w.Code)
		}
	}
}

// plain makes files that are a draft's title.
type plain struct{}

func (plain) Docx(d bulletin.Draft) ([]byte, error) { return []byte("docx " + d.Title), nil }
func (plain) PDF(d bulletin.Draft) ([]byte, error)  { return []byte("pdf " + d.Title), nil }

func TestFiles(t *testing.T) {
	s := open(t, plain{})
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at)
	for _, kind := range []string{"docx", "pdf"} {
		href := d.Find("a[href*='/paper."+kind+"']").AttrOr("href", "")
		w, _ := s.ask(href, nil)
		if w.Code != http.StatusOK || w.Body.String() != kind+" 关于2024年3月乡村绿化工作进展情况的通报" || !strings.Contains(w.Header().Get("Content-Disposition"), kind) {
			t.Errorf("%s: %d %s %s", href, w.Code, w.Body, w.Header().Get("Content-Disposition"))
		}
		s.actor = testkit.Village
		if w, _ := s.ask(href, nil); w.Code != http.StatusNotFound {
			t.Errorf("a village gets the draft's %s: %d", kind, w.Code)
		}
		s.actor = testkit.County
	}
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

// The condition of a list is changed on the page; what it cannot be is told at its field.
func TestCondition(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(context.Background(), testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	d := s.page(at + "/edit")
	id := strings.TrimSuffix(d.Find("[name$='-of'][value='已植树/计划植树']").First().AttrOr("name", ""), "-of")
	if id == "" {
		t.Fatal("no condition is shown")
	}
	w, wrong := s.send(d, at+"/edit", url.Values{"do": {"save"}, id + "-value": {"很多"}, id + "-also": {"植多少"}})
	if w.Code != http.StatusUnprocessableEntity {
		t.Errorf("%d", w.Code)
	}
	has(t, wrong, "#"+id+"-value-error", "不能作条件")
	has(t, wrong, "#"+id+"-also-error", "没有“植多少”")
	w, wrong = s.send(d, at+"/edit", url.Values{"do": {"save"}, id + "-except": {"没有这个镇"}})
	has(t, wrong, "#"+id+"-except-error", "没有“没有这个镇”")
	if w.Code != http.StatusUnprocessableEntity || wrong.Find("[name='"+id+"-except']").AttrOr("value", "") != "没有这个镇" {
		t.Errorf("%d, what was typed is lost", w.Code)
	}
	before := d.Find("[name='" + id + "']").Text()
	d = s.press(d, at+"/edit", url.Values{"do": {"save"}, id: {"完成率低于{条件的数}的有{名单和个数}。"}, id + "-sign": {"below"}, id + "-value": {"５４%"}, id + "-except": {"普侨镇"}})
	has(t, d, ".paper-text", "完成率低于54%的有")
	if strings.Contains(d.Find(".paper-text").Text(), before) || strings.Contains(paragraph(d, "完成率低于54%"), "普侨镇") {
		t.Error("the list is the old one")
	}
}

func paragraph(d *goquery.Document, with string) (text string) {
	d.Find(".paper-text p").Each(func(_ int, p *goquery.Selection) {
		if strings.Contains(p.Text(), with) {
			text = p.Text()
		}
	})
	return text
}

// A rule of ranking is adopted and ended on its page, and printed under the table it orders; who
// may not sees it and no form.
func TestRankingPage(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(context.Background(), testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	const page = months + "/ranking"
	d := s.page(page)
	has(t, d, "main", "没有排名规则在施行")
	w, wrong := s.send(d, page, url.Values{"name": {"完成率排名办法"}, "reason": {"比进展"}, "minimum": {"几个"}, "first": {"planted_trees/planned_trees%"}})
	has(t, wrong, "#minimum-error", "0 到 1000")
	if w.Code != http.StatusUnprocessableEntity || wrong.Find("[name=name]").AttrOr("value", "") != "完成率排名办法" || wrong.Find("[name=minimum]").AttrOr("value", "") != "几个" {
		t.Errorf("%d, what was typed is lost", w.Code)
	}
	d = s.press(d, page, url.Values{"name": {"完成率排名办法"}, "reason": {"比进展"}, "first": {"planted_trees/planned_trees%"}})
	has(t, d, "main", "按《完成率排名办法》第1版（2024年3月起施行）排列")
	unranked(t, s.page(at))
	d = s.press(s.page(at), at+"/redraft", nil)
	has(t, d, ".paper-note", "第1版（2024年3月起施行）")
	if first := d.Find(".paper-table tbody tr").First(); first.Find("td").First().Text() != "1" {
		t.Errorf("the first line is %s", first.Text())
	}
	s.actor = testkit.Leader
	d = s.page(page)
	has(t, d, ".bulletin-history", "比进展")
	hasNot(t, d, "form[action='"+page+"']")
	s.actor = testkit.County
	d = s.page(page)
	end := fields(d.Find("form[action='" + page + "']").Last())
	end.Set("reason", "先不排")
	if w, _ := s.ask(page, end); w.Code != http.StatusSeeOther {
		t.Errorf("ending: %d", w.Code)
	}
	has(t, s.page(page), "main", "没有排名规则在施行")
	d = s.press(s.page(at), at+"/redraft", nil)
	unranked(t, d)
}

// unranked tells that no table's note speaks of a rule.
func unranked(t testing.TB, d *goquery.Document) {
	t.Helper()
	if note := d.Find(".paper-note").Text(); strings.Contains(note, "排列") {
		t.Errorf("a table is ranked: %s", note)
	}
}

// A unit whose 机关代字 nobody has told sees what it has to fill in; one whose is known does not.
func TestNumberWithoutMark(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(ctx, testkit.City, testkit.Huilai, march); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Begin(ctx, testkit.City, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	s.actor = testkit.City
	huilai, puning := "/bulletin/445224000000/2024-03", at
	has(t, s.page(huilai), ".notice", "发文字号还没有机关代字")
	if text := s.page(puning).Text(); strings.Contains(text, "发文字号还没有机关代字") {
		t.Error("普宁 is asked for the mark it has")
	}
}
