package dispatchweb_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var ctx = context.Background()

func open(t *testing.T) *house.House {
	t.Helper()
	return house.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db"))
}

func parsed(t *testing.T, r house.Reply) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// page reads a page that is there.
func page(t *testing.T, c *house.Client, path string) *goquery.Document {
	t.Helper()
	r := c.Get(path)
	if r.Status != http.StatusOK {
		t.Fatalf("%s: %d", path, r.Status)
	}
	return parsed(t, r)
}

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// send fills a form of a page and sends it with its hidden fields and what stands in the others.
func send(t *testing.T, c *house.Client, path, form string, fields ...string) house.Reply {
	t.Helper()
	f := page(t, c, path).Find(fmt.Sprintf("form[action$='%s'], form:has([formaction$='%s'])", form, form)).First()
	if f.Length() == 0 {
		t.Fatalf("%s has no form to %s", path, form)
	}
	values := url.Values{}
	f.Find("input[type=hidden], input[type=date]").Each(func(_ int, s *goquery.Selection) { values.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	f.Find("textarea").Each(func(_ int, s *goquery.Selection) { values.Set(s.AttrOr("name", ""), s.Text()) })
	f.Find("select").Each(func(_ int, s *goquery.Selection) {
		values.Set(s.AttrOr("name", ""), s.Find("option[selected]").AttrOr("value", s.Find("option").AttrOr("value", "")))
	})
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	action := f.AttrOr("action", "")
	if !strings.HasSuffix(action, form) {
		action = f.Find(fmt.Sprintf("[formaction$='%s']", form)).AttrOr("formaction", "")
	}
	return c.Do(http.MethodPost, action, "application/x-www-form-urlencoded", values.Encode())
}

func went(t *testing.T, r house.Reply) string {
	t.Helper()
	if r.Status != http.StatusSeeOther {
		t.Fatalf("%d: %.900s", r.Status, r.Body)
	}
	return r.Header.Get("Location")
}

const (
	county = "/dispatch/445281000000"
	east   = "/dispatch/445281001000"
	xintan = "/dispatch/445281001202"
)

// giveBack reports 新坛村, and gives its report back to it.
func giveBack(t *testing.T, h *house.House) {
	t.Helper()
	in := ledger.ReportInput{Unit: testkit.Xintan, Week: house.ThisWeek, Base: ledger.AnyBase, Unchanged: true, Source: ledger.Source{Kind: ledger.ByForm}}
	if _, err := h.App.Ledger.Report(ctx, testkit.Village, in); err != nil {
		t.Fatal(err)
	}
	clerk := access.Actor{Account: 9, Name: "王海", Role: access.TownClerk, Unit: testkit.EastTown}
	if _, err := h.App.Ledger.Return(ctx, clerk, ledger.ReturnInput{Unit: testkit.Xintan, Week: house.ThisWeek, Reason: "核对苗木"}); err != nil {
		t.Fatal(err)
	}
}

// The table says what the ledger says of every town, a late village with its last sealed figures;
// and what is overdue is what each town's own tasks say.
func TestPageAgreesWithLedgerAndTasks(t *testing.T) {
	h := open(t)
	giveBack(t, h)
	p, err := h.App.Dispatch.Page(ctx, testkit.County, testkit.Puning, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	var codes []unit.Code
	for _, r := range p.Rows {
		codes = append(codes, r.Unit.Code)
	}
	latest, err := h.App.Ledger.Latest(ctx, testkit.County, testkit.Puning, house.ThisWeek, append(codes, testkit.Puning))
	if err != nil {
		t.Fatal(err)
	}
	some := false
	for i, r := range append(p.Rows, p.Total) {
		for k, c := range h.App.Pack.Dispatch.Columns {
			at, _ := h.App.Pack.Ledger.ColumnIndex(c.Of)
			some = some || r.Now[k] > 0
			if r.Now[k] != latest[i].Sums[at] {
				t.Errorf("%s %s: %d, the ledger says %d", r.Unit.Name, c.Of, r.Now[k], latest[i].Sums[at])
			}
		}
	}
	if !some {
		t.Error("all figures are nothing")
	}
	sheet, err := h.App.Ledger.Sheet(ctx, testkit.County, testkit.Puning, house.ThisWeek)
	if err != nil {
		t.Fatal(err)
	}
	returned := 0
	for _, r := range append(p.Rows, p.Total) {
		states := map[ledger.State]int{}
		for _, row := range sheet.Rows(r.Unit.Code, p.At) {
			states[row.State]++
		}
		if r.Reported != states[ledger.OnTime]+states[ledger.Late] || r.Returned != states[ledger.StateReturned] {
			t.Errorf("%s: %d reported and %d given back, the ledger says %v", r.Unit.Name, r.Reported, r.Returned, states)
		}
		returned += r.Returned
	}
	if returned == 0 {
		t.Error("nothing is given back")
	}
	standing, err := h.App.Tasks.On(ctx, testkit.County, record.Party{Unit: testkit.Puning}, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	parties := []record.Party{{Unit: testkit.Puning}, {Unit: testkit.Puning, Department: "市林业局"}, {Unit: testkit.Puning, Department: "市委组织部"}}
	for _, code := range codes {
		parties = append(parties, record.Party{Unit: code})
	}
	late := 0
	for _, party := range parties {
		want := map[*campaign.Demand]bool{}
		for _, i := range standing.Of(party) {
			if i.State == task.Overdue {
				want[i.Demand] = true
			}
		}
		got := p.Overdue[party]
		for _, o := range got {
			if !want[o.Demand] {
				t.Errorf("%v: %s is not overdue", party, o.Demand.Says)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%v: %d overdue, its tasks say %d", party, len(got), len(want))
		}
		late += len(got)
	}
	if late == 0 {
		t.Error("nothing is overdue")
	}
}

// The office makes an item of a point, the town is told and answers; the next week's page lists it
// with how it has moved; it is put off, closed with what came of it, and the old page says so.
func TestPointBecomesItem(t *testing.T) {
	h := open(t)
	office, town := h.Browser("puning"), h.Browser("lihu")
	week := county + "/2024-03-29"
	row := page(t, office, week).Find(".dispatch-table tbody tr:has(a:contains(里湖镇))")
	to := row.Find("a.dispatch-open[href*='rule=unplanted']").AttrOr("href", "")
	if to == "" {
		t.Fatalf("no way to list 里湖镇: %s", text(row))
	}
	if d := page(t, office, to); d.Find("select#to option[selected]").AttrOr("value", "") != "445281119000" || !strings.Contains(d.Find("textarea#text").Text(), "里湖镇苗木已落实、还没有种下，") {
		t.Errorf("suggested: %s %s", d.Find("select#to option[selected]").Text(), d.Find("textarea#text").Text())
	}
	r := send(t, office, to, "/open", "day", "2024-03-01", "text", "<b>尽快种</b>")
	if d := parsed(t, r); r.Status != 422 || d.Find("#day-error").Length() != 1 || d.Find("textarea#text").Text() != "<b>尽快种</b>" {
		t.Errorf("by a day that is over: %d, what was typed is gone", r.Status)
	}
	item := went(t, send(t, office, to, "/open", "day", "2024-04-01"))
	if got := text(page(t, office, "/audit/445281000000").Find("tbody tr").First()); !strings.Contains(got, "列入调度事项苗木已落实、还没有种下揭阳市普宁市里湖镇") {
		t.Errorf("in the audit: %s", got)
	}
	if nav := page(t, office, week).Find(".week-nav"); nav.Length() != 1 || nav.Find("[rel=next], a[href$='2024-04-03']").Length() != 0 {
		t.Errorf("a week that has not begun has no page, and a link: %s", text(nav))
	}
	if again := went(t, send(t, office, to, "/open")); again != item {
		t.Errorf("a second attempt leads to %s, want %s", again, item)
	}
	if got := text(page(t, office, week).Find(".dispatch-table tbody tr:has(a:contains(里湖镇)) a.dispatch-listed")); got != "已列" {
		t.Errorf("beside the figure: %q", got)
	}
	if got := text(page(t, town, "/inbox").Find(".messages")); !strings.Contains(got, "调度事项，4月1日前办") || !strings.Contains(got, "去看") {
		t.Errorf("the town's inbox: %s", got)
	}
	if got := text(page(t, town, "/dispatch/445281119000/items").Find(".dispatch-items")); !strings.Contains(got, "还有 3 天") || !strings.Contains(got, "没有变") {
		t.Errorf("the town's items: %s", got)
	}
	if page(t, town, item).Find("form[action$='/close']").Length() != 0 {
		t.Error("the town could close what the county opened")
	}
	if r := send(t, town, item, "/answer", "text", " "); r.Status != 422 || !strings.Contains(r.Body, "请写一句话") {
		t.Errorf("an answer without words: %d", r.Status)
	}
	went(t, send(t, town, item, "/answer", "text", "已种一半"))
	h.Clock.Set(testkit.NewClock("2024-04-02 10:00").Now())
	if to := page(t, office, week).Find(".week-nav [rel=next]").AttrOr("href", ""); to != county+"/2024-04-03" {
		t.Errorf("the week after is at %q", to)
	}
	next := page(t, office, county+"/2024-04-03").Find("#items")
	if got := text(next); !strings.Contains(got, "1 件，逾期 1 件") || !strings.Contains(got, "逾期 1 天") || !strings.Contains(got, "已种一半") {
		t.Errorf("the next week: %s", got)
	}
	if r := send(t, office, item, "/extend", "day", "2024-03-30", "text", "再等"); r.Status != 422 || parsed(t, r).Find("#extend-text").Text() != "再等" {
		t.Errorf("put off to the past: %d", r.Status)
	}
	went(t, send(t, office, item, "/extend", "day", "2024-04-12", "text", "连日下雨"))
	went(t, send(t, office, item, "/close", "text", "都种下了"))
	if got := text(page(t, town, item).Find("main")); !strings.Contains(got, "已办结") || !strings.Contains(got, "都种下了") || !strings.Contains(got, "延期，4月12日前") {
		t.Errorf("closed: %s", got)
	}
	if got := text(page(t, office, week).Find("#items")); !strings.Contains(got, "1 件") || !strings.Contains(got, "后来：4月2日办结：都种下了（此后共 2 次）") || strings.Contains(got, "逾期") {
		t.Errorf("the old page: %s", got)
	}
	went(t, send(t, office, item, "/reopen", "day", "2024-04-19", "text", "有死苗"))
	if got := text(page(t, office, county+"/2024-04-03").Find("#items")); !strings.Contains(got, "4月19日") {
		t.Errorf("opened again: %s", got)
	}
}

// A village asks, is answered, and sees what became of it; the town asks for one.
func TestVillageAsks(t *testing.T) {
	h := open(t)
	village, office, town := h.Browser("xintan"), h.Browser("puning"), h.Browser("lihu")
	if to := page(t, village, "/ledger/445281001202/2024-03-29").Find("a:contains(有什么要上面帮的)").AttrOr("href", ""); to != xintan+"/asks" {
		t.Errorf("from the week's page to %q", to)
	}
	if r := send(t, village, xintan+"/asks", "/asks", "text", "差两万元"); r.Status != 422 || parsed(t, r).Find("#ask-text").Text() != "差两万元" {
		t.Errorf("without saying what: %d", r.Status)
	}
	went(t, send(t, village, xintan+"/asks", "/asks", "ask", "money", "text", "差<i>两万元</i>"))
	if got := text(page(t, village, xintan+"/asks").Find("main")); !strings.Contains(got, "差<i>两万元</i>") || !strings.Contains(got, "等答复") {
		t.Errorf("the village reads %s", got)
	}
	if got := text(page(t, office, county+"/2024-03-29").Find("#asked")); !strings.Contains(got, "1 件等着") || !strings.Contains(got, "流沙东街道新坛村") {
		t.Errorf("the county reads %s", got)
	}
	if got := text(page(t, office, "/audit/445281000000").Find("tbody tr").First()); !strings.Contains(got, "提出要上面帮的事找钱揭阳市普宁市流沙东街道新坛村") {
		t.Errorf("in the audit: %s", got)
	}
	if page(t, village, xintan+"/asks").Find("[formaction$='/settle']").Length() != 0 {
		t.Error("the village could settle its own request")
	}
	went(t, send(t, office, xintan+"/asks", "/reply", "text", "已转农业农村局"))
	if got := text(page(t, village, xintan+"/asks").Find("main")); !strings.Contains(got, "已答复，还在办") || !strings.Contains(got, "已转农业农村局") {
		t.Errorf("replied, the village reads %s", got)
	}
	if got := text(page(t, village, "/inbox").Find(".messages")); !strings.Contains(got, "有答复：差<i>两万元</i>") {
		t.Errorf("the village's inbox: %s", got)
	}
	from := page(t, office, county+"/asks").Find("a:contains(列入事项)").AttrOr("href", "")
	item := went(t, send(t, office, from, "/open"))
	if got := text(page(t, village, xintan+"/asks").Find("main")); !strings.Contains(got, "已列入调度") {
		t.Errorf("followed, the village reads %s", got)
	}
	page(t, village, item)
	went(t, send(t, office, item, "/close", "text", "款已到村"))
	if got := text(page(t, village, xintan+"/asks").Find("main")); !strings.Contains(got, "已办") || !strings.Contains(got, "有结果的 1 件") {
		t.Errorf("closed, the village reads %s", got)
	}
	first := h.Villages(testkit.LihuTown)[0].Code
	went(t, send(t, town, "/dispatch/445281119000/asks", "/asks", "for", first.String(), "ask", "land", "text", "要一块空地"))
	list, err := h.App.Dispatch.Requests(ctx, testkit.County, first)
	if err != nil || len(list) != 1 || list[0].By != testkit.LihuTown {
		t.Errorf("for a village: %v, %v", list, err)
	}
	went(t, send(t, village, xintan+"/asks", "/asks", "ask", "people", "text", "要技术员"))
	went(t, send(t, village, xintan+"/asks", "/withdraw", "text", "镇里派了"))
	if got := text(page(t, village, xintan+"/asks").Find("main")); !strings.Contains(got, "已撤回") {
		t.Errorf("withdrawn: %s", got)
	}
}

// A leader comes in on one screen, of the county and of a town, and every figure leads down.
func TestBrief(t *testing.T) {
	h := open(t)
	c := h.Browser("lingdao")
	if to := went(t, c.Get("/")); to != county+"/brief" {
		t.Errorf("a leader's home is %s", to)
	}
	d := page(t, c, county+"/brief")
	if d.Find(".brief-below li").Length() != 33 || d.Find(".brief-figures li").Length() != 3 || !strings.Contains(text(d.Find(".brief-figures li").First()), "已植树") {
		t.Errorf("%s", text(d.Find("main")))
	}
	town := page(t, c, d.Find(".brief-below a:contains(里湖镇)").AttrOr("href", ""))
	if got := text(town.Find("main")); !strings.Contains(got, "25 村报了 0") || !strings.Contains(got, "25 村用的是以前封存的数") || !strings.Contains(got, "本周还没有提交，上次 3月22日") || !strings.Contains(got, "回普宁市") {
		t.Errorf("里湖镇: %s", got)
	}
	for _, one := range []*goquery.Document{d, town} {
		one.Find(".brief a[href^='/']").Each(func(_ int, s *goquery.Selection) {
			to, _, _ := strings.Cut(s.AttrOr("href", ""), "#")
			if strings.Contains(to, "/brief") || to == "/" {
				return
			}
			r := c.Get(to)
			if r.Status == http.StatusSeeOther { // to the current week
				r = c.Get(r.Header.Get("Location"))
			}
			if r.Status != http.StatusOK {
				t.Errorf("%s leads to %s: %d", text(s), to, r.Status)
			}
		})
	}
	for _, path := range []string{county + "/brief?week=2024-03-28", county + "/brief?week=x", county + "/2024-04-12", "/dispatch/440000000000/brief", east + "/xx"} {
		if r := c.Get(path); r.Status != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
	if page(t, c, county+"/2024-03-29").Find("a.dispatch-open").Length() != 0 {
		t.Error("a leader could open items")
	}
	for _, login := range []string{"jieyang", "lihu", "linye", "puning-admin"} {
		page(t, h.Browser(login), fmt.Sprintf("/dispatch/%s/2024-03-29", house.Person(login).Actor.Unit))
	}
}

// Every figure of the county's page that leads somewhere leads to a page.
func TestFiguresLeadDown(t *testing.T) {
	h := open(t)
	c := h.Browser("puning")
	seen := map[string]bool{}
	d := page(t, c, county+"/2024-03-29")
	rows := d.Find(".dispatch-table tbody tr:has(a:contains(里湖镇)), .dispatch-table tfoot tr, .dispatch-lines li:has(a:contains(里湖镇)), .table-note")
	rows.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		to, _, _ := strings.Cut(s.AttrOr("href", ""), "#")
		if to == "" || seen[to] {
			return
		}
		seen[to] = true
		if r := c.Get(to); r.Status != http.StatusOK {
			t.Errorf("%s leads to %s: %d", text(s), to, r.Status)
		}
	})
	if len(seen) < 15 {
		t.Errorf("only %d links", len(seen))
	}
}

// A department sees its items first, and answers for itself only.
func TestDepartmentItems(t *testing.T) {
	h := open(t)
	forestry := record.Party{Unit: testkit.Puning, Department: "市林业局"}
	in := dispatch.OpenInput{Party: record.Party{Unit: testkit.LihuTown}, To: forestry, Day: house.ThisWeek, Text: "派技术员看苗"}
	item, err := h.App.Dispatch.Open(ctx, testkit.County, in)
	if err != nil {
		t.Fatal(err)
	}
	in.To = record.Party{Unit: testkit.LihuTown}
	other, err := h.App.Dispatch.Open(ctx, testkit.County, in)
	if err != nil {
		t.Fatal(err)
	}
	c := h.Browser("linye")
	d := page(t, c, county+"/items")
	if got := text(d.Find("h1")); got != "市林业局的调度事项" || !strings.Contains(text(d.Find(".dispatch-section").First()), "派技术员看苗") {
		t.Errorf("%s: %s", got, text(d.Find("main")))
	}
	if page(t, c, dispatch.ItemLink(other.ID)).Find("form").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.HasSuffix(s.AttrOr("action", ""), "/answer") }).Length() != 0 {
		t.Error("it could answer for a town")
	}
	if d := page(t, c, "/inbox"); !strings.Contains(text(d.Find(".messages")), "前办：派技术员看苗") || !strings.Contains(text(d.Find("header")), "普宁市林业局") || d.Find(".message-unread").Length() != 1 {
		t.Errorf("the department's inbox: %s", text(d.Find("main")))
	}
	if got := text(page(t, h.Browser("puning"), "/inbox").Find("main")); strings.Contains(got, "派技术员看苗") {
		t.Errorf("the office is told what it asked the department: %s", got)
	}
	went(t, send(t, c, dispatch.ItemLink(item.ID), "/answer", "text", "周一去"))
	if got := text(page(t, h.Browser("puning"), "/inbox").Find(".messages")); !strings.Contains(got, "有答复：派技术员看苗") {
		t.Errorf("the office's inbox: %s", got)
	}
}

// The routes of the wing are those that the matrix of all pages walks.
func TestRoutes(t *testing.T) {
	h := open(t)
	n := 0
	for _, r := range h.App.NewServer(app.ServerOptions{}).Mux.Routes() {
		if r.Surface == web.ForPeople && (strings.HasPrefix(r.Path, "/dispatch") || strings.HasPrefix(r.Path, "/item/") || strings.HasPrefix(r.Path, "/ask/")) {
			n++
		}
	}
	if n != 17 {
		t.Errorf("%d routes", n)
	}
}
