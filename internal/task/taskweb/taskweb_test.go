package taskweb_test

import (
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

func open(t *testing.T) *house.House {
	t.Helper()
	return house.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db"))
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

func parsed(t *testing.T, r house.Reply) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func text(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// send fills the form of an item and sends it with its hidden fields.
func send(t *testing.T, c *house.Client, item, verb string, fields ...string) house.Reply {
	t.Helper()
	d := page(t, c, item)
	form := d.Find(fmt.Sprintf("form[action$='/%s']", verb)).First()
	if form.Length() == 0 {
		t.Fatalf("%s has no form to %s", item, verb)
	}
	values := url.Values{}
	form.Find("input[type=hidden]").Each(func(_ int, s *goquery.Selection) { values.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	for i := 0; i < len(fields); i += 2 {
		values.Set(fields[i], fields[i+1])
	}
	return c.Do(http.MethodPost, form.AttrOr("action", ""), "application/x-www-form-urlencoded", values.Encode())
}

// A village sees what it owes in order of the days, with the next step beside each, and it goes
// once it is recorded.
func TestVillageOwes(t *testing.T) {
	h := open(t)
	c := h.Browser("xintan")
	path := "/tasks/" + testkit.Xintan.String()
	d := page(t, c, path)
	lines := d.Find(".duty-line")
	if lines.Length() < 10 || text(d.Find("h1")) != "新坛村还欠什么" {
		t.Fatalf("%d lines under %s", lines.Length(), text(d.Find("h1")))
	}
	park := d.Find(".duty-line:has(a:contains(打造一个森林小公园))")
	if got := text(park); !strings.Contains(got, "3月31日止 还有 2 天") || !strings.Contains(got, "推进中") || !strings.Contains(got, "缺：森林小公园等小型生态空间") {
		t.Errorf("the park: %s", got)
	}
	if first := text(lines.First()); !strings.Contains(first, "2月24日止 已过 34 天") || !strings.Contains(first, "逾期未完成") {
		t.Errorf("first comes %s", first)
	}
	if last := text(lines.Last()); !strings.Contains(last, "长期") {
		t.Errorf("last comes %s", last)
	}
	_, err := h.App.Records.Enter(t.Context(), testkit.Village, record.Input{Kind: "grove", Unit: testkit.Xintan, Day: house.ThisWeek,
		Fields: map[string]string{"kind": "park", "name": "<b>老榕树下</b>"}, Source: ledger.Source{Kind: ledger.ByForm}})
	if err != nil {
		t.Fatal(err)
	}
	d = page(t, c, path)
	if d.Find(".duty-line:has(a:contains(打造一个森林小公园))").Length() != 0 || !strings.Contains(text(d.Find("#done")), "打造一个森林小公园") {
		t.Error("it is recorded, yet owed")
	}
	if !strings.Contains(text(page(t, c, path+"?date=2024-01-15").Find("main")), "还有 16 天") {
		t.Error("as of an earlier day")
	}
}

// A town sees n of m with those missing named; its county sees the boards and comes down to it.
func TestBoards(t *testing.T) {
	h := open(t)
	town := page(t, h.Browser("lihu"), "/tasks/"+testkit.LihuTown.String())
	line := town.Find(".duty-line:has(a:contains(打造一个森林小公园))")
	if got := text(line); !strings.Contains(got, "25 个做到 0 个，差 25 个") || line.Find(".missing-units a").Length() != 9 {
		t.Errorf("the town: %s", got)
	}
	c := h.Browser("puning")
	county := "/tasks/" + testkit.Puning.String()
	d := page(t, c, county)
	rows := d.Find(".task-table tbody tr")
	if rows.Length() < 50 || d.Find("#quotas tbody tr").Length() != 4 {
		t.Errorf("%d demands, %d quotas", rows.Length(), d.Find("#quotas tbody tr").Length())
	}
	row := d.Find("tr:has(a:contains(打造一个森林小公园))")
	want := 2 // departments, and every town with villages
	for _, town := range h.App.Units.Tree(house.ThisWeek).Towns(testkit.Puning) {
		if len(h.Villages(town.Code)) > 0 {
			want++
		}
	}
	if got := row.Find("td.num").Map(func(_ int, s *goquery.Selection) string { return text(s) }); fmt.Sprint(got) != fmt.Sprint([]string{"0", strconv.Itoa(want), "0"}) || want < 20 {
		t.Errorf("the park: %v, want %d in progress", got, want)
	}
	task := page(t, c, row.Find("a").AttrOr("href", ""))
	if n := task.Find("tbody tr").Length(); n != 35 || !strings.Contains(text(task.Find("main")), "市农业农村局") {
		t.Errorf("task 4 has %d units", n)
	}
	units := page(t, c, county+"?by=unit")
	if n := units.Find("tbody tr").Length(); n != 33+len(h.App.Pack.Departments)+1 || units.Find("tbody a[href='/tasks/"+testkit.LihuTown.String()+"']").Length() != 1 {
		t.Errorf("%d responsible units", n)
	}
	days := page(t, c, county+"?by=date")
	if heads := days.Find(".duty-days h3"); heads.Length() < 8 || !strings.HasPrefix(text(heads.First()), "1月30日止 已过 59 天") {
		t.Errorf("%d days from %s", heads.Length(), text(heads.First()))
	}
	week := page(t, c, county+"/3?from=2024-03-04")
	if got := text(week.Find("nav.filters [aria-current]")); got != "3月4日至10日" {
		t.Errorf("the period shown is %s", got)
	}
	if got := text(page(t, c, "/tasks/"+testkit.Xintan.String()+"/2/guidance/2024-01-01").Find("main")); !strings.Contains(got, "指导走访") {
		t.Errorf("a village that is to be visited: %s", got)
	}
	for _, path := range []string{county + "/32", county + "/4/park/2024-01-02", county + "/4/parks/2024-01-01", county + "?date=29.3.", "/tasks/445200000000"} {
		if r := c.Get(path); r.Status == http.StatusOK {
			t.Errorf("%s is there", path)
		}
	}
}

// What presses stands open, what is done or has time is folded, nothing is left out, each part is
// led to from the top, and the whole can be had in the list's own order.
func TestBoardsFold(t *testing.T) {
	h := open(t)
	c := h.Browser("puning")
	county := "/tasks/" + testkit.Puning.String()
	for _, by := range []string{"", "?by=unit", "?by=date"} {
		d := page(t, c, county+by)
		open, closed := 0, 0
		d.Find("details.fold").Each(func(_ int, s *goquery.Selection) {
			id := s.Find(".fold-body").AttrOr("id", "")
			if d.Find(".jumps a[href='#"+id+"']").Length() != 1 {
				t.Errorf("%s: nothing leads to %s", by, id)
			}
			_, is := s.Attr("open")
			if is {
				open++
			} else {
				closed++
			}
			if overdue := s.Find(".task-table td.urgent, .unit-table td.urgent, .duty-days .urgent").Length() > 0; overdue && !is {
				t.Errorf("%s: %s is folded and has what is overdue", by, id)
			}
			count := s.Find("summary .fold-count").First()
			lines := s.Find("tbody tr").Length() + s.Find(".duty-days li").Length()
			if n, _, _ := strings.Cut(text(count), " "); n != strconv.Itoa(lines) {
				t.Errorf("%s: %s says %s and has %d", by, id, text(count), lines)
			}
		})
		if open == 0 || closed == 0 {
			t.Errorf("%s: %d open, %d folded", by, open, closed)
		}
	}
	folded := page(t, c, county)
	all := page(t, c, folded.Find(".jumps a:contains(全部展开)").AttrOr("href", ""))
	says := func(d *goquery.Document) map[string]bool {
		m := map[string]bool{}
		d.Find(".task-table tbody tr").Each(func(_ int, s *goquery.Selection) { m[text(s.Find("th"))+text(s.Find("td"))] = true })
		return m
	}
	var numbers []string
	all.Find(".task-table tbody th").Each(func(_ int, s *goquery.Selection) { numbers = append(numbers, text(s)) })
	if fmt.Sprint(says(all)) != fmt.Sprint(says(folded)) || all.Find("details.fold").Length() != 1 || numbers[0] != "第 1 项" || !slices.Contains(numbers, "第 31 项") {
		t.Errorf("the whole list differs, or has %v", numbers)
	}
	village := page(t, h.Browser("xintan"), "/tasks/"+testkit.Xintan.String())
	for id, want := range map[string]bool{"overdue": true, "soon": true, "later": false, "long": false, "rest": false} {
		if _, is := village.Find("details:has(#" + id + ")").Attr("open"); is != want || village.Find("#"+id).Length() != 1 {
			t.Errorf("%s of the village: open is %t", id, is)
		}
	}
	village.Find("#later .duty-when, #long .duty-when, #soon .duty-when").Each(func(_ int, s *goquery.Selection) {
		if strings.Contains(text(s), "已过") {
			t.Errorf("overdue among what is not: %s", text(s))
		}
	})
	town := page(t, c, county+"/16")
	town.Find("details.fold").Each(func(_ int, s *goquery.Selection) {
		if _, is := s.Attr("open"); is != strings.HasPrefix(text(s.Find("summary")), "逾期未完成") {
			t.Errorf("%s: open is %t", text(s.Find("summary")), is)
		}
	})
}

// A town reports, the office declines with a reason, the town reports again, the office confirms.
func TestReportOnPages(t *testing.T) {
	h := open(t)
	town, office := h.Browser("lihu"), h.Browser("puning")
	item := "/tasks/" + testkit.LihuTown.String() + "/24/towns/2024-01-01"
	if r := send(t, town, item, "report", "day", "2024-03-28", "text", "  "); r.Status != 422 || !strings.Contains(r.Body, "请写一句话") {
		t.Errorf("without proof: %d", r.Status)
	}
	r := send(t, town, item, "report", "day", "2024-04-28", "text", "<script>供销社</script>")
	if d := parsed(t, r); r.Status != 422 || d.Find("#report-text").Text() != "<script>供销社</script>" || d.Find("#report-day").AttrOr("value", "") != "2024-04-28" {
		t.Errorf("of a day to come: %d, what was typed is gone", r.Status)
	}
	if r := send(t, town, item, "report", "day", "2024-03-28", "text", "供销社设了兑换点"); r.Status != http.StatusSeeOther || r.Header.Get("Location") != item {
		t.Fatalf("reported: %d %s", r.Status, r.Header.Get("Location"))
	}
	if page(t, town, item).Find("form[action$='/decide']").Length() != 0 {
		t.Error("the town could decide on its own report")
	}
	if r := send(t, office, item, "decide", "verdict", "decline", "text", ""); r.Status != 422 {
		t.Errorf("declined without a reason: %d", r.Status)
	}
	if r := send(t, office, item, "decide", "verdict", "decline", "text", "请附照片"); r.Status != http.StatusSeeOther {
		t.Fatalf("declined: %d", r.Status)
	}
	if got := text(page(t, town, item).Find("main")); !strings.Contains(got, "报告被退回：请附照片") {
		t.Errorf("the town reads %s", got)
	}
	if r := send(t, town, item, "report", "day", "2024-03-29", "text", "照片已附"); r.Status != http.StatusSeeOther {
		t.Fatalf("reported again: %d", r.Status)
	}
	if r := send(t, office, item, "decide", "verdict", "confirm", "text", ""); r.Status != http.StatusSeeOther {
		t.Fatalf("confirmed: %d", r.Status)
	}
	d := page(t, town, item)
	if got := text(d.Find("main")); !strings.Contains(got, "3月29日完成") || !strings.Contains(got, "供销社设了兑换点") || d.Find("form[action$='/report']").Length() != 0 {
		t.Errorf("confirmed: %s", got)
	}
}

// The office presses, the town sees it first and answers, both stay.
func TestPressOnPages(t *testing.T) {
	h := open(t)
	town, office := h.Browser("lihu"), h.Browser("puning")
	item := "/tasks/" + testkit.LihuTown.String() + "/1/six_measures/2024-01-01"
	if r := send(t, office, item, "press", "day", "2024-03-28", "text", "请抓紧"); r.Status != 422 {
		t.Errorf("by yesterday: %d", r.Status)
	}
	if r := send(t, office, item, "press", "day", "2024-04-01", "text", "还有村没落实"); r.Status != http.StatusSeeOther {
		t.Fatalf("pressed: %d", r.Status)
	}
	d := page(t, town, "/tasks/"+testkit.LihuTown.String())
	if got := text(d.Find(".duty-pressed")); !strings.Contains(got, "里湖镇 · 第 1 项 落实六项举措") || !strings.Contains(got, "待答复") || !strings.Contains(got, "4月1日前答复") {
		t.Errorf("the town reads %s", got)
	}
	if got := text(d.Find(".duty-line:has(a:contains(落实六项举措))")); !strings.Contains(got, "督办中") {
		t.Errorf("beside the task: %s", got)
	}
	if r := send(t, town, item, "answer", "text", "周五前补齐"); r.Status != http.StatusSeeOther {
		t.Fatalf("answered: %d", r.Status)
	}
	if got := text(page(t, office, "/tasks/"+testkit.Puning.String()).Find(".duty-pressed")); !strings.Contains(got, "周五前补齐") || !strings.Contains(got, "已答复") {
		t.Errorf("the office reads %s", got)
	}
	if got := text(page(t, office, "/audit/"+testkit.Puning.String()).Find("tbody tr").First()); !strings.Contains(got, "答复督办第 1 项 落实六项举措揭阳市普宁市里湖镇") {
		t.Errorf("in the audit: %s", got)
	}
	village := "/tasks/" + testkit.Xintan.String() + "/4/park/2024-01-01"
	if r := send(t, office, village, "exempt", "text", "没有空地"); r.Status != http.StatusSeeOther {
		t.Fatalf("exempted: %d", r.Status)
	}
	if got := text(page(t, office, village).Find("main")); !strings.Contains(got, "不适用") || !strings.Contains(got, "没有空地") {
		t.Errorf("exempted: %s", got)
	}
	if r := send(t, office, village, "exempt"); r.Status != http.StatusSeeOther {
		t.Fatalf("lifted: %d", r.Status)
	}
	if got := text(page(t, office, village).Find(".lead")); !strings.Contains(got, "推进中") {
		t.Errorf("lifted: %s", got)
	}
}

// A department sees its own tasks, and goes up to the county's board.
func TestDepartmentPage(t *testing.T) {
	h := open(t)
	c := h.Browser("linye")
	d := page(t, c, "/tasks/"+testkit.Puning.String())
	if text(d.Find("h1")) != "市林业局还欠什么" || !strings.Contains(text(d.Find("main")), "推行认捐认种认养积分制") || strings.Contains(text(d.Find("main")), "落实六项举措") {
		t.Errorf("%s: %s", text(d.Find("h1")), text(d.Find("main")))
	}
	if got := text(page(t, c, d.Find(".crumbs a").Last().AttrOr("href", "")).Find("h1")); got != "普宁市重点任务" {
		t.Errorf("up leads to %s", got)
	}
	item := d.Find("a:contains(推行认捐认种认养积分制)").First().AttrOr("href", "")
	if r := send(t, c, item, "report", "day", "2024-03-28", "text", "办法已印发"); r.Status != http.StatusSeeOther {
		t.Errorf("reported: %d", r.Status)
	}
	// What is done once in the county is reported by one of those who answer for it.
	course := d.Find("a:contains(举办一期专题培训班)").First().AttrOr("href", "")
	if r := send(t, c, course, "report", "day", "2024-03-28", "text", "3月28日开班"); r.Status != http.StatusSeeOther {
		t.Fatalf("reported for the county: %d", r.Status)
	}
	if got := text(page(t, c, course).Find("main")); !strings.Contains(got, "已报告，等办公室确认") || !strings.Contains(got, "3月28日开班") {
		t.Errorf("the department reads %s", got)
	}
	office := h.Browser("puning")
	if r := send(t, office, "/tasks/"+testkit.Puning.String()+"/training_course/done/2024-01-01?department=", "decide", "verdict", "confirm"); r.Status != http.StatusSeeOther {
		t.Fatalf("confirmed: %d", r.Status)
	}
	if got := text(page(t, c, course).Find("main")); !strings.Contains(got, "3月28日完成") {
		t.Errorf("confirmed, the department reads %s", got)
	}
	// By its full name it is the same department, and not one that owes nothing.
	full := page(t, office, "/tasks/"+testkit.Puning.String()+"?department=普宁市林业局")
	if got := text(full.Find("main")); text(full.Find("h1")) != "市林业局还欠什么" || !strings.Contains(got, "推行认捐认种认养积分制") {
		t.Errorf("by its full name: %s", got)
	}
}

// routes is who gets what of each route: y an answer, f forbidden, n not found, s to sign in. In
// order: nobody, a village, its town's neighbour, the county, the city, a department, a leader, an
// outsider, an administrator.
const routes = `
GET  /tasks/445281119000                          s n y y y y y n y
GET  /tasks/445281119000/4                        s n y y y y y n y
GET  /tasks/445281119000/4/park/2024-01-01        s n y y y y y n y
POST /tasks/445281119000/report                   s n y y f y f n f
POST /tasks/445281119000/answer                   s n y y f y f n f
POST /tasks/445281119000/decide                   s n f y f f f n f
POST /tasks/445281119000/press                    s n f y f f f n f
POST /tasks/445281119000/exempt                   s n f y f f f n f
`

func TestRoutesByRole(t *testing.T) {
	h := open(t)
	logins := []string{"", "xintan", "lihu", "puning", "jieyang", "linye", "lingdao", "huicheng", "puning-admin"}
	seen := map[string]bool{}
	for _, row := range strings.Split(strings.TrimSpace(routes), "\n") {
		f := strings.Fields(row)
		for i, login := range logins {
			c := h.Nobody()
			if login != "" {
				c = h.Browser(login)
			}
			var r house.Reply
			if f[0] == "GET" {
				r = c.Get(f[1])
			} else {
				r = c.Do(http.MethodPost, f[1], "application/x-www-form-urlencoded", url.Values{"duty": {"99"}, "rule": {"x"}, "from": {"2024-01-01"}}.Encode())
			}
			got := map[int]string{200: "y", 303: "s", 401: "s", 403: "f", 404: "n", 422: "y"}[r.Status]
			// What is asked for does not exist: whoever is let in is told so by the verb.
			if f[0] == "POST" && r.Status == 404 && (strings.Contains(r.Body, "没有这项任务") || strings.Contains(r.Body, "没有这份报告") || strings.Contains(r.Body, "没有这件督办")) {
				got = "y"
			}
			if got != f[2+i] {
				t.Errorf("%s %s by %q: %d, want %s", f[0], f[1], login, r.Status, f[2+i])
			}
		}
		seen[f[0]+" "+f[1]] = true
	}
	server := h.App.NewServer(serverOptions)
	n := 0
	for _, r := range server.Mux.Routes() {
		if strings.HasPrefix(r.Path, "/tasks/{unit}") && r.Surface == web.ForPeople {
			n++
		}
	}
	if n != len(seen) {
		t.Errorf("%d routes, %d in the table", n, len(seen))
	}
}

var serverOptions = app.ServerOptions{}

// Beside the tree planting of those who send teams stands who sent them, as the liaisons of the
// village have it; beside other demands, and of what holds no more, it does not.
func TestWhoSentThem(t *testing.T) {
	h := open(t)
	enter := func(level, sentBy, from, until string) {
		t.Helper()
		_, err := h.App.Records.Enter(t.Context(), testkit.County, record.Input{Kind: "liaison", Unit: testkit.Xintan, Typed: record.TypedDays{Day: from, Until: until},
			Fields: map[string]string{"level": level, "post": "第一书记", "sent_by": sentBy}, Source: ledger.Source{Kind: ledger.ByForm}})
		if err != nil {
			t.Fatal(err)
		}
	}
	path := "/tasks/" + testkit.Xintan.String() + "/10"
	c := h.Browser("xintan")
	if got := text(page(t, c, path).Find("main")); strings.Contains(got, "派出单位：") {
		t.Errorf("nobody is named: %s", got)
	}
	enter("first_secretary", "普宁市<林业局>", "2024-01-15", "")
	enter("taskforce", "揭阳市水利局", "2024-01-15", "")
	enter("taskforce", "早先的单位", "2024-01-15", "2024-02-01")
	enter("county_leader", "普宁市委", "2024-01-15", "")
	const want = "派出单位：普宁市<林业局>、揭阳市水利局"
	d := page(t, c, path)
	if got := text(d.Find("td[data-label=说明]")); !strings.HasSuffix(got, want) {
		t.Errorf("the task: %s", got)
	}
	if got := text(page(t, c, d.Find("tbody th a").AttrOr("href", "")).Find("main section").First()); !strings.Contains(got, want) {
		t.Errorf("the item: %s", got)
	}
	if got := text(page(t, h.Browser("puning"), "/tasks/"+testkit.EastTown.String()+"/10").Find("tr:has(a:contains(新坛村))")); !strings.Contains(got, want) {
		t.Errorf("its town: %s", got)
	}
	if got := text(page(t, c, "/tasks/"+testkit.Xintan.String()+"/8").Find("main")); strings.Contains(got, "派出单位：") {
		t.Errorf("another task: %s", got)
	}
}
