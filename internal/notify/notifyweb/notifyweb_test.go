package notifyweb_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/test/house"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var ctx = context.Background()

// open is the whole application at ten past four on the Friday, its reminders sent.
func open(t *testing.T) *house.House {
	t.Helper()
	h := house.Open(t, "sqlite:"+t.TempDir()+"/sangzi.db")
	remind(t, h)
	return h
}

func remind(t *testing.T, h *house.House) {
	t.Helper()
	if _, err := h.App.Remind(ctx); err != nil {
		t.Fatal(err)
	}
}

func page(t *testing.T, r house.Reply, status int) *goquery.Document {
	t.Helper()
	if r.Status != status {
		t.Fatalf("%d, want %d: %.300s", r.Status, status, r.Body)
	}
	d, err := goquery.NewDocumentFromReader(strings.NewReader(r.Body))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func text(d *goquery.Document, selector string) string {
	return strings.Join(strings.Fields(d.Find(selector).Text()), " ")
}

func post(c *house.Client, path string, form url.Values) house.Reply {
	return c.Do(http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

const weComAddress = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef"

// A village finds its reminder at the head of every page, opens it and is where it reports; the
// reminder is gone when it has reported.
func TestInbox(t *testing.T) {
	h := open(t)
	village := h.Browser("xintan")
	d := page(t, village.Get("/ledger/"+testkit.Xintan.String()+"/2024-03-29"), 200)
	if got := text(d, ".unread"); got != "未读提醒 1 条" || d.Find(".unread").AttrOr("href", "") != "/inbox" {
		t.Fatalf("the head says %q", got)
	}
	d = page(t, village.Get("/inbox"), 200)
	if got := text(d, ".messages li"); !strings.HasPrefix(got, "未读 今天截止：第9周台账新坛村第9周台账还没有报，3月29日17:30截止。") || !strings.Contains(got, "3月29日 16:18") {
		t.Errorf("inbox %q", got)
	}
	if d.Find("body.phone").Length() != 1 || d.Find("a[href='/reminders']").Length() != 0 {
		t.Error("a village gets an office's page")
	}
	openPath := d.Find(".messages form").AttrOr("action", "")
	r := post(village, openPath, nil)
	if r.Status != 303 || r.Header.Get("Location") != "/ledger/"+testkit.Xintan.String()+"/2024-03-29" {
		t.Errorf("opened: %d %s", r.Status, r.Header.Get("Location"))
	}
	if d = page(t, village.Get("/inbox"), 200); d.Find(".unread").Length() != 0 || strings.Contains(text(d, ".messages"), "未读") {
		t.Error("it is still unread")
	}
	if r := post(h.Browser("lihu"), openPath, nil); r.Status != 404 {
		t.Errorf("another's: %d", r.Status)
	}
	// An hour before the deadline once more; then it reports.
	h.Clock.Set(testkit.NewClock("2024-03-29 16:35").Now())
	remind(t, h)
	if d = page(t, village.Get("/inbox"), 200); text(d, ".unread") != "未读提醒 1 条" || d.Find(".messages li").Length() != 2 {
		t.Errorf("an hour before: %q", text(d, ".messages"))
	}
	if r := h.As("xintan").JSON(http.MethodPut, "/api/v1/ledger/"+testkit.Xintan.String()+"/2024-03-29/row", `{"unchanged":true}`); r.Status != 200 {
		t.Fatalf("report: %d %s", r.Status, r.Body)
	}
	if d = page(t, village.Get("/inbox"), 200); d.Find(".unread").Length() != 0 || strings.Count(text(d, ".messages"), "已办") != 2 {
		t.Errorf("after the report: %q", text(d, ".messages"))
	}
	// The town marks all as read.
	town := h.Browser("lihu")
	d = page(t, town.Get("/inbox"), 200)
	form := url.Values{"newest": {d.Find("input[name=newest]").AttrOr("value", "")}}
	if r := post(town, "/inbox/read", form); r.Status != 303 {
		t.Errorf("all read: %d", r.Status)
	}
	if d = page(t, town.Get("/inbox"), 200); d.Find(".unread").Length() != 0 || d.Find("input[name=newest]").Length() != 0 {
		t.Error("not all read")
	}
	for _, bad := range []url.Values{{}, {"newest": {"x"}}, {"newest": {"-1"}}} {
		if r := post(town, "/inbox/read", bad); r.Status != 422 {
			t.Errorf("%v: %d", bad, r.Status)
		}
	}
}

// An office adds a robot, sees its address masked, tests and removes it.
func TestRobots(t *testing.T) {
	h := open(t)
	county := h.Browser("puning")
	d := page(t, county.Get("/robots"), 200)
	if !strings.Contains(text(d, ".empty"), "还没有群机器人") {
		t.Error("the empty page says nothing")
	}
	for _, c := range []struct {
		form  url.Values
		field string
	}{
		{url.Values{"platform": {"wecom"}, "name": {"群"}, "address": {"https://evil.cn/?key=a"}}, "address"},
		{url.Values{"platform": {"wecom"}, "name": {" "}, "address": {weComAddress}}, "name"},
		{url.Values{"platform": {"wecom"}, "name": {"群"}, "address": {weComAddress}, "secret": {"s3cret"}}, "secret"},
	} {
		r := post(county, "/robots", c.form)
		d := page(t, r, 422)
		if d.Find("#"+c.field+"-error").Length() != 1 || d.Find(".notice a[href='#"+c.field+"']").Length() != 1 || strings.Contains(r.Body, "s3cret") {
			t.Errorf("%v: %s", c.form, text(d, ".error"))
		}
	}
	if r := post(county, "/robots", url.Values{"platform": {"qq"}, "name": {"群"}, "address": {weComAddress}}); r.Status != 422 {
		t.Errorf("a platform there is not: %d", r.Status)
	}
	if r := post(county, "/robots", url.Values{"platform": {"wecom"}, "name": {"<script>alert(1)</script>"}, "address": {weComAddress}, "mention": {"1"}}); r.Status != 303 {
		t.Fatalf("added: %d %s", r.Status, r.Body)
	}
	r := county.Get("/robots")
	d = page(t, r, 200)
	if got := text(d, ".robot"); !strings.Contains(got, "<script>alert(1)</script>企业微信qyapi.weixin.qq.com/…cdef") || !strings.Contains(got, "手机号会发给平台") {
		t.Errorf("shown %q", got)
	}
	if strings.Contains(r.Body, "<script>alert") || strings.Contains(r.Body, "0123456789") {
		t.Error("the name is markup, or the key is on the page")
	}
	remove := d.Find(".robot form[action$='/remove']").AttrOr("action", "")
	for _, login := range []string{"lihu", "huicheng"} {
		if r := post(h.Browser(login), remove, nil); r.Status != 404 && r.Status != 403 {
			t.Errorf("%s removes it: %d", login, r.Status)
		}
	}
	if r := post(county, remove, nil); r.Status != 303 {
		t.Errorf("removed: %d", r.Status)
	}
	if d = page(t, county.Get("/robots"), 200); d.Find(".robot").Length() != 0 {
		t.Error("it is still there")
	}
}

// A robot on this machine, as the application posts to it: what was sent and what was not is on
// the office's page, and names of people do no harm there.
func TestSent(t *testing.T) {
	answer := `{"errcode":93000,"errmsg":"<b>invalid</b>"}`
	var bodies []string
	platform := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b := make([]byte, 4096)
		n, _ := r.Body.Read(b) //nolint:errcheck // a test: what is missing shows
		bodies = append(bodies, string(b[:n]))
		w.Write([]byte(answer)) //nolint:errcheck // a test
	}))
	defer platform.Close()
	clock := testkit.NewClock("2024-03-29 15:00")
	a, err := app.Open(ctx, app.Options{DB: "sqlite:" + t.TempDir() + "/sangzi.db", Clock: clock.Now, Hash: house.Cheap, LoopbackRobots: true})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if err := demo.Accounts(ctx, a.Accounts, a.Units.Tree(house.ThisWeek)); err != nil {
		t.Fatal(err)
	}
	_, err = a.Accounts.Provide(ctx, access.Operator("test", unit.Nation), []account.Given{{Password: demo.Password, Input: account.Input{Login: "evil",
		Name: `<img src=x>@all`, Role: access.TownClerk, Unit: testkit.LihuTown, Phone: "13800138777"}}})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := a.NewServer(app.ServerOptions{}).Handler()
	if err != nil {
		t.Fatal(err)
	}
	h := &house.House{App: a, Clock: clock, Server: httptest.NewServer(handler)}
	h = h.For(t)
	defer h.Server.Close()
	county := h.Browser("puning")
	if r := post(county, "/robots", url.Values{"platform": {"wecom"}, "name": {"专班群"}, "address": {platform.URL + "/cgi-bin/webhook/send?key=k123456789"}, "mention": {"1"}}); r.Status != 303 {
		t.Fatalf("added: %d", r.Status)
	}
	if r := post(county, "/robots/1/test", nil); r.Status != 303 {
		t.Fatal(r.Status)
	}
	if d := page(t, county.Get("/robots"), 200); !strings.Contains(text(d, "#messages"), "“专班群”没有接通 15:00:00平台没有收下：93000 ＜b＞invalid＜/b＞") {
		t.Errorf("the refusal: %s", text(d, "#messages"))
	}
	answer = `{"errcode":0,"errmsg":"ok"}`
	remind(t, h)
	if len(bodies) != 2 || !strings.Contains(bodies[1], "13800138002") || !strings.Contains(bodies[1], "13800138777") || !strings.Contains(bodies[1], "个镇街没有提交：") {
		t.Fatalf("posted %q", bodies)
	}
	d := page(t, county.Get("/reminders"), 200)
	if got := text(d, ".table-box:first-of-type"); !strings.Contains(got, "普宁市 群消息（") || !strings.Contains(got, "已发出") || !strings.Contains(got, "个镇街没有提交") {
		t.Errorf("sent: %.300s", got)
	}
	if got := text(d, ".pages .total"); !strings.HasPrefix(got, "共 ") {
		t.Errorf("pages %q", got)
	}
	d = page(t, county.Get("/reminders?week=2024-03-22"), 200)
	if d.Find(".empty").Length() != 2 {
		t.Error("a week without reminders shows some")
	}
	for _, path := range []string{"/reminders?week=2024-03-28", "/reminders?week=x", "/calls?week=x", "/robots/x/test", "/inbox/x/open"} {
		r := county.Get(path)
		if strings.HasSuffix(path, "test") || strings.HasSuffix(path, "open") {
			r = post(county, path, nil)
		}
		if r.Status != 404 {
			t.Errorf("%s: %d", path, r.Status)
		}
	}
	r := county.Get("/calls")
	d = page(t, r, 200)
	if d.Find("a[href='tel:13800138002']").Length() != 1 || !strings.Contains(text(d, ".call"), "<img src=x>@all") || strings.Contains(r.Body, "<img src=x") {
		t.Errorf("calls: %s", text(d, ".call"))
	}
	if d = page(t, county.Get("/calls?level=village"), 200); !strings.Contains(text(d, ".table"), "流沙东街道新坛村") {
		t.Errorf("villages: %.200s", text(d, ".table"))
	}
	if r := county.Get("/calls?level=county"); r.Status != 422 {
		t.Errorf("counties of a county: %d", r.Status)
	}
}

// matrix is what each of the cast gets from each route of the wing. Columns: 村 镇 县 市 部 领 管 外 and
// nobody. A route without a row fails.
const matrix = `
GET /inbox                200 200 200 200 200 403 403 200 303
POST /inbox/read          422 422 422 422 422 403 403 422 401
POST /inbox/{id}/open     303 404 404 404 404 403 403 404 401
GET /reminders            403 200 200 200 403 403 403 200 303
GET /calls                403 200 200 200 403 403 403 200 303
GET /robots               403 200 200 200 403 403 403 200 303
POST /robots              403 422 422 422 403 403 403 422 401
POST /robots/{id}/test    403 404 404 404 403 403 403 404 401
POST /robots/{id}/remove  403 404 404 404 403 403 403 404 401
`

func TestMatrix(t *testing.T) {
	h := open(t)
	want := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(matrix), "\n") {
		f := strings.Fields(line)
		want[f[0]+" "+f[1]] = f[2:]
	}
	box, err := h.App.Notify.Inbox(ctx, testkit.Village, 0, 1)
	if err != nil || len(box.Messages) != 1 {
		t.Fatal(box, err)
	}
	logins := []string{"xintan", "lihu", "puning", "jieyang", "linye", "lingdao", "puning-admin", "huicheng", ""}
	clients := map[string]*house.Client{}
	for _, login := range logins {
		if clients[login] = h.Nobody(); login != "" {
			clients[login] = h.Browser(login)
		}
	}
	seen := 0
	for _, route := range h.App.NewServer(app.ServerOptions{}).Mux.Routes() {
		first := strings.Split(route.Path, "/")[1]
		if first != "inbox" && first != "reminders" && first != "calls" && first != "robots" {
			continue
		}
		name := route.Method + " " + route.Path
		row, ok := want[name]
		if !ok || len(row) != len(logins) {
			t.Errorf("%s has no row", name)
			continue
		}
		seen++
		path := route.Path
		id := "1"
		if first == "inbox" {
			id = strconv.FormatInt(box.Messages[0].ID, 10)
		}
		path = strings.Replace(path, "{id}", id, 1)
		for i, login := range logins {
			r := clients[login].Do(route.Method, path, "application/x-www-form-urlencoded", "")
			if got := strconv.Itoa(r.Status); got != row[i] {
				t.Errorf("%s by %q: %s, want %s", name, login, got, row[i])
			}
			if login == "" && r.Status == 303 && !strings.HasPrefix(r.Header.Get("Location"), "/login") {
				t.Errorf("%s leads nobody to %s", name, r.Header.Get("Location"))
			}
		}
	}
	if seen != len(want) {
		t.Errorf("%d of %d rows have a route", seen, len(want))
	}
}

// The server's own background sends what is due, and stops with the server.
func TestBackground(t *testing.T) {
	h := house.Open(t, "sqlite:"+t.TempDir()+"/sangzi.db")
	serving, stop := context.WithCancel(ctx)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- h.App.Serve(serving, l, app.ServerOptions{}) }()
	for n := 0; n == 0; {
		if err := h.App.DB.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM inbox_messages`).Scan(&n); err != nil {
			t.Fatal(err)
		}
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
