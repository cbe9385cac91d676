package accountweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account/roster"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/web"
)

const puning, lihu = "/accounts/445281000000", "/accounts/445281119000"

func TestAccountsPages(t *testing.T) {
	h := newHouse(t, options{})
	head := h.person("head", "普宁市管理员", access.Administrator, testkit.Puning)
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	b := h.signedIn("head")
	b.get("/accounts").leads(puning)
	list := b.get(puning)
	list.shows(http.StatusOK, "tbody", "黄志明")
	list.shows(http.StatusOK, ".pages", "共 2 个账号")
	b.get(puning+"?q=%E9%87%8C%E6%B9%96").shows(http.StatusOK, "tbody", "黄志明")
	b.get(puning+"?q=nobody").shows(http.StatusOK, ".empty-title", "没有找到")
	b.get("/accounts/445281119201").shows(http.StatusOK, ".empty-title", "这里还没有账号")

	// A new account: first with faults, which stand at their fields with what was typed.
	bad := b.post(lihu+"/new", "name", "", "role", "town_clerk", "unit", "里湖镇", "phone", "13812341234")
	bad.shows(http.StatusUnprocessableEntity, "#name-error", "姓名不能为空")
	if bad.value("#phone") != "13812341234" {
		t.Error("what was typed is gone")
	}
	b.post(lihu+"/new", "name", "新人", "role", "town_clerk", "unit", "没有的镇").shows(http.StatusUnprocessableEntity, "#unit-error", "没有的镇")
	b.post(lihu+"/new", "name", "新人", "role", "town_clerk", "unit", "惠城镇").shows(http.StatusUnprocessableEntity, "#unit-error", "惠城镇")
	b.post(lihu+"/new", "name", "新人", "role", "village_reporter", "unit", "里湖镇").shows(http.StatusUnprocessableEntity, "#role-error", "不能设在")
	b.post(lihu+"/new", "name", "新人", "role", "town_clerk", "unit", "里湖镇", "login", "huang").shows(http.StatusConflict, "#login-error", "已有人用")
	made := b.post(lihu+"/new", "name", "新人", "role", "town_clerk", "unit", "里湖镇", "login", "xin")
	first := made.text("#first-password")
	made.shows(http.StatusOK, "main", "只显示这一次")
	if cache := made.header.Get("Cache-Control"); cache != "no-store" {
		t.Errorf("the page with the password may be kept: %s", cache)
	}
	h.browser().post("/login", "account", "xin", "password", first).leads("/password")

	// Changed, reset, disabled, enabled.
	link, _ := b.get(lihu).doc.Find("tbody a:contains(新人)").Attr("href")
	b.get(link).shows(http.StatusOK, "h1", "新人")
	b.post(link, "name", "新名", "role", "town_clerk", "unit", "里湖镇", "phone", "0663").shows(http.StatusUnprocessableEntity, "#phone-error", "不是电话号码")
	b.post(link, "name", "新名", "role", "town_clerk", "unit", "445281001", "phone", "0663-2234121").leads("/accounts/445281001000")
	b.get("/accounts/445281001000").shows(http.StatusOK, "tbody", "0663-2234121")
	again := b.post(link + "/reset").text("#first-password")
	if again == first || again == "" {
		t.Errorf("after the reset the password is %q", again)
	}
	h.browser().post("/login", "account", "xin", "password", first).shows(http.StatusUnprocessableEntity, ".notice", "登录名或密码不对")
	b.post(link + "/disable").leads(link)
	b.get(link).shows(http.StatusOK, "main", "已停用")
	h.browser().post("/login", "account", "xin", "password", again).shows(http.StatusForbidden, ".notice", "已停用")
	b.post(link + "/enable").leads(link)
	h.browser().post("/login", "account", "xin", "password", again).leads("/password")

	// Himself he cannot lock out.
	self := "/account/" + strconv.FormatInt(head.ID, 10)
	if b.get(self).doc.Find("[action$=disable]").Length() != 0 {
		t.Error("the page offers to disable oneself")
	}
	b.post(self+"/disable").shows(http.StatusConflict, "main", "另一位管理员")

	// What was done stands in the record, in words.
	record := b.get("/audit/445281000000")
	for _, want := range []string{"停用账号", "启用账号", "重置密码", "新名 · 镇街办事员 · 揭阳市普宁市流沙东街道 · 0663-22***21"} {
		if !strings.Contains(record.text("tbody"), want) {
			t.Errorf("the record lacks %s: %s", want, record.text("tbody"))
		}
	}
	if strings.Contains(record.body, "town_clerk") || strings.Contains(record.body, first) || strings.Contains(record.body, "2234121") {
		t.Error("the record tells a code, a password or a number")
	}
}

func TestPagination(t *testing.T) {
	h := newHouse(t, options{})
	h.person("head", "管理员", access.Administrator, testkit.Puning)
	for i := range 60 {
		h.person(fmt.Sprintf("clerk-%02d", i), fmt.Sprintf("办事员%02d", i), access.TownClerk, testkit.LihuTown)
	}
	b := h.signedIn("head")
	if n := b.get(lihu).doc.Find("tbody tr").Length(); n != 50 {
		t.Errorf("the first page has %d", n)
	}
	second, _ := b.get(lihu).doc.Find(".pages [rel=next]").Attr("href")
	if n := b.get(second).doc.Find("tbody tr").Length(); n != 10 {
		t.Errorf("the second page %s has %d", second, n)
	}
	b.get(lihu+"?page=99").shows(http.StatusOK, ".empty-title", "这里还没有账号")
}

func TestImportPages(t *testing.T) {
	h := newHouse(t, options{})
	h.person("head", "管理员", access.Administrator, testkit.Puning)
	b := h.signedIn("head")
	b.get(puning+"/import").shows(http.StatusOK, "main", "下载空表")
	template := b.get(puning + "/import/template")
	if lines, err := roster.Read("空表.xlsx", []byte(template.body)); err != nil || len(lines) != 0 {
		t.Errorf("the empty list: %d %v", len(lines), err)
	}
	b.upload(puning+"/import", "x.csv", "村名,株数\n新坛村,1\n").shows(http.StatusUnprocessableEntity, "#file-error", "姓名、角色、单位")
	b.upload(puning+"/import", "x.xlsx", "PK\x03\x04broken").shows(http.StatusUnprocessableEntity, "#file-error", "损坏")

	const list = "姓名,角色,单位,电话\n陈秋月,村级填报员,新坛村,13812341234\n黄志明,镇街办事员,里湖镇,\n某人,镇街办事员,没有的镇,x\n=1+1,镇街办事员,里湖镇,\n"
	preview := b.upload(puning+"/import", "账号.csv", list)
	preview.shows(http.StatusOK, ".notice-title", "3 行可以建立，1 行有错")
	preview.shows(http.StatusOK, "tbody", "揭阳市普宁市流沙东街道新坛村")
	preview.shows(http.StatusOK, "tbody .error", "没有的镇")
	b.get(puning).shows(http.StatusOK, ".pages", "共 1 个账号") // nothing yet

	done := b.post(puning+"/import/confirm", "lines", preview.value("[name=lines]"))
	done.shows(http.StatusOK, ".notice-title", "已建立 3 个账号")
	codes := done.doc.Find("tbody tr").First().Find("code")
	login, first := codes.First().Text(), codes.Last().Text()
	h.browser().post("/login", "account", login, "password", first).leads("/password")
	b.get(puning).shows(http.StatusOK, ".pages", "共 4 个账号")

	book := b.post(puning+"/import/passwords", "list", done.value("[name=list]"))
	read, err := sheet.Read("首次密码.xlsx", []byte(book.body), sheet.Limits{})
	if err != nil || len(read.Sheets[0].Rows) != 4 || read.Sheets[0].Rows[1][4].Text != first {
		t.Fatalf("the list of passwords: %v", err)
	}
	if cell := read.Sheets[0].Rows[3][1]; cell.Text != "=1+1" || cell.Formula {
		t.Errorf("a name became %+v", cell)
	}

	// Confirmed twice, or forged: read anew, nothing twice.
	b.post(puning+"/import/confirm", "lines", preview.value("[name=lines]")).shows(http.StatusOK, "tbody .error", "该单位已有同名同角色的账号")
	forged, err := json.Marshal([]map[string]any{{"Row": 2, "Name": "越权", "Role": "town_clerk", "Unit": "惠城镇"}})
	h.must(err)
	b.post(puning+"/import/confirm", "lines", string(forged)).shows(http.StatusOK, "tbody .error", "惠城镇")
	b.post(puning+"/import/confirm", "lines", "{").shows(http.StatusUnprocessableEntity, "main", "读不懂")
	b.get(puning).shows(http.StatusOK, ".pages", "共 4 个账号")
}

func TestDepartmentsPage(t *testing.T) {
	h := newHouse(t, options{})
	h.person("head", "管理员", access.Administrator, testkit.Puning)
	b := h.signedIn("head")
	b.get("/departments/445281000000").shows(http.StatusOK, ".empty-title", "还没有部门")
	b.post("/departments/445281000000", "name", "").shows(http.StatusUnprocessableEntity, "#name-error", "不能为空")
	b.post("/departments/445281000000", "name", "普宁市林业局").leads("/departments/445281000000")
	b.get("/departments/445281000000").shows(http.StatusOK, "tbody", "普宁市林业局")
	b.post("/departments/445281000000", "name", "普宁市林业局").shows(http.StatusConflict, "#name-error", "已有")
	choice, _ := b.get(puning + "/new").doc.Find("#department option:contains(林业局)").Attr("value")
	in := []string{"name", "王科长", "role", "department", "unit", "普宁市", "department"}
	b.post(puning+"/new", append(in, "")...).shows(http.StatusUnprocessableEntity, "#department-error", "部门")
	b.post(puning+"/new", append(in, choice)...).shows(http.StatusOK, "main", "只显示这一次")
}

func TestTokensPage(t *testing.T) {
	h := newHouse(t, options{})
	h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning)
	b := h.signedIn("lin")
	until := b.get("/tokens").value("#until")
	b.post("/tokens", "name", "", "role", "county_office", "unit", "普宁市", "until", until).shows(http.StatusUnprocessableEntity, "#name-error", "不能为空")
	b.post("/tokens", "name", "对接", "role", "administrator", "unit", "普宁市", "until", until).shows(http.StatusForbidden, "#role-error", "不能超过您自己")
	b.post("/tokens", "name", "对接", "role", "town_clerk", "unit", "惠城镇", "until", until).shows(http.StatusUnprocessableEntity, "#unit-error", "惠城镇")
	b.post("/tokens", "name", "对接", "role", "town_clerk", "unit", "里湖镇", "until", "2020-01-01").shows(http.StatusUnprocessableEntity, "#until-error", "有效期")
	token := b.post("/tokens", "name", "对接", "role", "town_clerk", "unit", "里湖镇", "until", until).text("#token")
	if !strings.HasPrefix(token, "szt_") {
		t.Fatalf("the token is %q", token)
	}
	if strings.Contains(b.get("/tokens").body, token) {
		t.Error("the token is shown a second time")
	}

	program := h.browser()
	program.header.Set("Authorization", "Bearer "+token)
	if who := program.get("/whoami").body; who != "林晓燕（对接）|town_clerk|445281119000" {
		t.Errorf("the program is %s", who)
	}
	program.post("/tokens", "name", "再来", "role", "town_clerk", "unit", "里湖镇", "until", until).shows(http.StatusForbidden, "main", "不能超过您自己")
	revoke, _ := b.get("/tokens").doc.Find("form[action$=revoke]").Attr("action")
	b.post(revoke).leads("/tokens")
	program.header.Set("Accept", "application/json")
	if answer := program.get("/whoami"); answer.status != http.StatusUnauthorized {
		t.Errorf("the revoked token: %d %s", answer.status, answer.body)
	}
}

// matrix is what each role gets from each route of the wing: the status of a harmless request.
// A route without a row fails.
var matrix = map[string]string{ // outsider 村 镇 县 市 部门 领导 管理员 | 管理员, at a unit outside
	"GET /login":                             "200 303 303 303 303 303 303 303 |",
	"POST /login":                            "422 422 422 422 422 422 422 422 |",
	"POST /logout":                           "303 303 303 303 303 303 303 303 |",
	"POST /logout/everywhere":                "303 303 303 303 303 303 303 303 |",
	"GET /password":                          "303 200 200 200 200 200 200 200 |",
	"POST /password":                         "401 422 422 422 422 422 422 422 |",
	"GET /accounts":                          "303 403 403 403 403 403 403 303 |",
	"GET /accounts/{unit}":                   "303 404 403 403 403 403 403 200 | 404",
	"GET /accounts/{unit}/new":               "303 404 403 403 403 403 403 200 | 404",
	"POST /accounts/{unit}/new":              "401 404 403 403 403 403 403 422 | 404",
	"GET /accounts/{unit}/import":            "303 404 403 403 403 403 403 200 | 404",
	"POST /accounts/{unit}/import":           "401 404 403 403 403 403 403 422 | 404",
	"POST /accounts/{unit}/import/confirm":   "401 404 403 403 403 403 403 422 | 404",
	"POST /accounts/{unit}/import/passwords": "401 404 403 403 403 403 403 422 | 404",
	"GET /accounts/{unit}/import/template":   "303 404 403 403 403 403 403 200 | 404",
	"GET /account/{id}":                      "303 403 403 403 403 403 403 200 | 404",
	"POST /account/{id}":                     "401 403 403 403 403 403 403 422 | 404",
	"POST /account/{id}/reset":               "401 403 403 403 403 403 403 200 | 404",
	"POST /account/{id}/disable":             "401 403 403 403 403 403 403 303 | 404",
	"POST /account/{id}/enable":              "401 403 403 403 403 403 403 303 | 404",
	"GET /departments/{unit}":                "303 404 403 403 403 403 403 200 | 404",
	"POST /departments/{unit}":               "401 404 403 403 403 403 403 422 | 404",
	"GET /tokens":                            "303 200 200 200 200 200 200 200 |",
	"POST /tokens":                           "401 422 422 422 422 422 422 422 |",
	"POST /tokens/{id}/revoke":               "401 404 404 404 404 404 404 404 |",
	"GET /audit/{unit}":                      "303 404 403 200 200 403 403 200 | 404",
}

func TestEveryRouteByRole(t *testing.T) {
	h := newHouse(t, options{})
	h.person("chen", "陈秋月", access.VillageReporter, testkit.Xintan)
	h.person("huang", "黄志明", access.TownClerk, testkit.LihuTown)
	h.person("lin", "林晓燕", access.CountyOffice, testkit.Puning)
	h.person("zheng", "郑国强", access.CityOffice, testkit.Jieyang)
	h.person("forest", "林业局", access.Department, testkit.Puning)
	h.person("leader", "领导", access.Leader, testkit.Puning)
	h.person("head", "管理员", access.Administrator, testkit.Puning)
	inside := h.person("inside", "里湖另一人", access.TownClerk, testkit.LihuTown)
	outside := h.person("outside", "惠城另一人", access.TownClerk, testkit.Huicheng)
	logins := []string{"", "chen", "huang", "lin", "zheng", "forest", "leader", "head"}

	ask := func(login string, route web.Route, unitCode string, id int64) int {
		b := h.browser()
		if login != "" {
			b = h.signedIn(login)
		}
		path := strings.NewReplacer("{unit}", unitCode, "{id}", strconv.FormatInt(id, 10)).Replace(route.Path)
		if strings.HasPrefix(route.Path, "/tokens/") {
			path = "/tokens/999/revoke"
		}
		return b.send(route.Method, path, "application/x-www-form-urlencoded", strings.NewReader("")).status
	}
	for _, route := range h.server.Mux.Routes() {
		name := route.Method + " " + route.Path
		row, ok := matrix[name]
		if name == "GET /whoami" {
			continue
		}
		if !ok {
			t.Errorf("%s has no row", name)
			continue
		}
		own, foreign, _ := strings.Cut(row, "|")
		for i, want := range strings.Fields(own) {
			if got := ask(logins[i], route, "445281119000", inside.ID); strconv.Itoa(got) != want {
				t.Errorf("%s by %q: %d, want %s", name, logins[i], got, want)
			}
		}
		if want := strings.TrimSpace(foreign); want != "" {
			if got := ask("head", route, "445224100000", outside.ID); strconv.Itoa(got) != want {
				t.Errorf("%s outside: %d, want %s", name, got, want)
			}
		}
	}
}

// No page of the wing has a script or a style written into it.
func TestNothingInline(t *testing.T) {
	h := newHouse(t, options{})
	h.person("head", "管理员", access.Administrator, testkit.Puning)
	b := h.signedIn("head")
	for _, path := range []string{"/password", puning, puning + "/new", puning + "/import", "/account/1", "/departments/445281000000", "/tokens", "/audit/445281000000"} {
		p := b.get(path)
		if p.status != http.StatusOK || p.doc.Find("script:not([src]), style, [style], [onclick], [onsubmit]").Length() != 0 {
			t.Errorf("%s: %d, or something inline", path, p.status)
		}
		if p.doc.Find("h1").Length() != 1 {
			t.Errorf("%s has %d headings", path, p.doc.Find("h1").Length())
		}
	}
}
