package recordweb_test

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// kindsAt is how many kinds of records are done at a level.
func kindsAt(levels ...string) int {
	n := 0
	for i := range campaign.Default().Records.Kinds {
		k := &campaign.Default().Records.Kinds[i]
		if slices.ContainsFunc(levels, k.MayBeAt) {
			n++
		}
	}
	return n
}

// A village records a planting: the tile, the form, the record, the list.
func TestVillageRecords(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	p := s.get("/records").want(200)
	if p.path != village || p.Find("body.phone").Length() != 1 {
		t.Errorf("at %s, %s", p.path, p.Find("body").AttrOr("class", ""))
	}
	p.has(".empty", "还没有记录").count(".record-tiles a", kindsAt("village"))
	if first := p.Find(".record-tiles a").First(); clean(first.Text()) != "树 义务植树" || first.AttrOr("href", "") != village+"/new/planting" {
		t.Errorf("the first tile is %q to %s", clean(first.Text()), first.AttrOr("href", ""))
	}
	f := s.get(village+"/new/planting").want(200).has("h1", "记一笔：义务植树")
	f.has(".record-when", "今天 3/29 昨天 3/28 别的日子").count("input[name='when'][checked][value='2024-03-29']", 1)
	f.count("input[name='f.trees'][inputmode=numeric]", 1).count("input[name='f.work']", 2).count("input[name='f.work'][checked]", 0)
	f.count("details.record-people:not([open]) input[name^='p.']", 7).count(".bar button[form=record]", 1).count("[name=at]", 0)
	p = s.post(village+"/new/planting", s.typed(village+"/new/planting", "when", "2024-03-28", "f.work", "new", "f.trees", "120", "f.species", "荔枝80、龙眼40", "p.members", "12", "with", "普宁市林业局")).want(200)
	p.has(".notice.t-saved", "已记 16:18").has(".record-facts", "在哪里揭阳市普宁市流沙东街道新坛村哪天2024年3月28日做什么新种株数120 株树种荔枝80、龙眼40参加人员党员 12 人会同单位普宁市林业局")
	p.has("main", "计入台账：已植树").has(".record-steps", "记录 陈秋月 · 3月29日 16:18").has(".bar", "再记一笔").count("a[href='/record/1/correct']", 1).count("form[action='/record/1/withdraw']", 1).count("form[action='/record/1/object']", 0)
	s.get(village).has("h3", "2024年3月").has(".record-list", "3月28日 义务植树 新种 120 株 · 荔枝80、龙眼40 · 党员 12 人 陈秋月记").count(".notice", 0)
}

// What is wrong is said at its field, and everything typed is kept.
func TestFormFaults(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	path := village + "/new/planting"
	p := s.post(path, url.Values{}).want(422)
	p.has(".notice.t-wrong", "还有 3 处要改").count("a[href='#when-0']", 1).count("a[href='#f.work-0']", 1).count("a[href='#f.trees']", 1)
	hostile := `"><script>alert(1)</script>`
	v := s.typed(path, "when", "other", "day", "2024-02-30", "f.work", "new", "f.trees", "一百多", "f.species", "荔枝", "f.place", hostile, "p.students", "许多", "with", strings.Repeat("局", 61), "f.amount", "1", "key", "short")
	p = s.post(path, v).want(422)
	for _, name := range []string{"day", "f.trees", "f.species", "p.students", "with"} {
		if p.Find("[id='"+name+"-error']").Length() != 1 {
			t.Errorf("nothing is said at %s", name)
		}
	}
	p.count("a[href='#day']", 1).count("input#day[aria-invalid]", 1).count("input[name=when][aria-invalid]", 0)
	back := p.form("#record")
	for _, name := range []string{"when", "day", "f.work", "f.trees", "f.species", "f.place", "p.students", "with"} {
		if back.Get(name) != v.Get(name) {
			t.Errorf("%s came back as %q", name, back.Get(name))
		}
	}
	if len(back.Get("key")) < 16 || strings.Contains(p.body, "<script>alert") {
		t.Errorf("the key is %q, or markup came through", back.Get("key"))
	}
	p.count("details.record-people[open]", 1)
	if len(s.all()) != 0 {
		t.Errorf("%d records", len(s.all()))
	}
	// Sums that do not add up, a span that ends before it begins, answers that are none.
	s.post(path, s.typed(path, "f.work", "x", "f.trees", "10", "f.species", "荔枝4、龙眼5")).want(422).has("[id='f.species-error']", "加起来是 9 株，和总数 10 株对不上").has("[id='f.work-error']", "没有“x”这一项")
	grid := village + "/new/grid"
	s.get(grid).has("legend", "从哪天起").count("input[name=until][type=date]", 1)
	s.post(grid, s.typed(grid, "until", "2024-03-01", "f.areas", "3", "f.responsible", "5")).want(422).has("[id='until-error']", "结束日期在开始日期之前")
	s.get(village + "/new/party").want(404)
	// Long and hostile names are text wherever they come out.
	long := strings.Repeat("长", 30)
	visit := village + "/new/visit"
	s.post(visit, s.typed(visit, "f.patrons", "<b>粗</b>、=1+1、"+long, "f.outcome", strings.Repeat("好", 300))).want(200).has("dd", "<b>粗<、=1+1").count("dd b", 0)
	s.get(village).want(200).has(".record-says", "…").count(".record-says b", 0)
}

// A form sent twice, at once or by going back, is one record; sent with something else it asks.
func TestSentTwice(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	path := village + "/new/planting"
	v := s.typed(path, "f.work", "new", "f.trees", "120")
	var wait sync.WaitGroup
	pages := make([]*page, 8)
	for i := range pages {
		wait.Add(1)
		go func() {
			defer wait.Done()
			pages[i] = s.post(path, v)
		}()
	}
	wait.Wait()
	for _, p := range pages {
		if p.status != 200 || p.path != "/record/1" {
			t.Errorf("%d at %s", p.status, p.path)
		}
	}
	if len(s.all()) != 1 {
		t.Fatalf("%d records", len(s.all()))
	}
	v.Set("f.trees", "130")
	p := s.post(path, v).want(409).has(".notice.t-wrong", "这张表刚才已经记过一条（新种 120 株）")
	again := p.form("#record")
	if again.Get("f.trees") != "130" || again.Get("key") == v.Get("key") {
		t.Errorf("the form came back with %v", again)
	}
	if p := s.post(path, again).want(200); p.path != "/record/2" {
		t.Errorf("sent once more it is at %s", p.path)
	}
	s.enter("120").has(".notice.t-warn", "同一天已有一条数字相同的记录") // a new form is a new record, and that is pointed out
	if len(s.all()) != 3 {
		t.Errorf("%d records", len(s.all()))
	}
}

// The town chooses the village, the county writes it; the place is wrong together with the rest.
func TestEnterFromAbove(t *testing.T) {
	s := newSite(t).as(eastClerk)
	path := town + "/new/training"
	s.get(path).count("select[name=at] option[value='445281001202']", 1).count("select[name=at] option[value='445281001000']", 0)
	s.get(town+"/new/seminar").count("select[name=at] option[value='445281001000']", 1)
	s.post(path, s.typed(path, "f.attendances", "x")).want(422).has("[id='at-error']", "还没有写在哪个村").has("[id='f.attendances-error']", "不是数字")
	s.post(path, s.typed(path, "at", "445281119001", "f.attendances", "9")).want(422).has("[id='at-error']", "里没有")
	s.post(path, s.typed(path, "at", testkit.Xintan.String(), "f.attendances", "9")).want(200).has(".record-steps", "杨海（流沙东街道）")
	s.get(town).has(".record-list", "3月29日 培训 9 人次 新坛村 · 杨海（流沙东街道）代记")

	s.as(testkit.Forestry)
	path = county + "/new/planting"
	s.get(path).count("input[name=at][type=text]", 1)
	s.post(path, s.typed(path, "at", "没有的村", "f.work", "new", "f.trees", "5")).want(422).has("[id='at-error']", "普宁市”里没有“没有的村”")
	s.post(path, s.typed(path, "at", "流沙东街道新坛村", "f.work", "new", "f.trees", "5")).want(200).has(".record-facts", "会同单位普宁市林业局")
	s.get(county).has(".record-list", "流沙东街道新坛村 · 普宁市林业局（普宁市）代记").count(".record-list li", 2)
	s.get(county+"?with=1").count(".record-list li", 1).has(".chips [aria-current]", "本单位参加的")
	s.as(testkit.Village).get(village).count(".record-list li", 2)
}

// Correcting, objecting, withdrawing, approving over the version the page showed.
func TestChanges(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	s.enter("120")
	stale := s.get("/record/1").form("form[action='/record/1/withdraw']")
	s.get("/record/1/correct").has(".record-more a[href='/record/1']", "不改了")
	v := s.typed("/record/1/correct")
	if v.Get("f.trees") != "120" || v.Get("when") != today.String() || v.Get("base") != "1" {
		t.Errorf("the form of a correction has %v", v)
	}
	v.Set("f.trees", "一百")
	s.post("/record/1/correct", v).want(422).has("[id='reason-error']", "请写一句原因").has("[id='f.trees-error']", "不是数字")
	v.Set("f.trees", "100")
	v.Set("reason", "数错一垄")
	s.clock.Advance(60e9)
	s.post("/record/1/correct", v).want(200).has(".notice.t-saved", "已更正").has(".record-steps", "更正 陈秋月 · 3月29日 16:19 “数错一垄”株数： 120 株 → 100 株")
	v.Set("f.trees", "99")
	p := s.post("/record/1/correct", v).want(409).has(".notice.t-wrong", "这条记录刚有人改过").has(".notice.t-wrong", "改成了：3月29日 新种 100 株")
	if back := p.form("#record"); back.Get("base") != "2" || back.Get("f.trees") != "99" || back.Get("reason") != "数错一垄" {
		t.Errorf("the form came back with %v", back)
	}
	stale.Set("reason", "记错了")
	p = s.post("/record/1/withdraw", stale).want(409).has(".notice.t-wrong", "刚有人改过")
	if back := p.form("form[action='/record/1/withdraw']"); back.Get("reason") != "记错了" || back.Get("base") != "2" {
		t.Errorf("the reason came back as %v", back)
	}
	s.post("/record/1/withdraw", url.Values{"base": {"2"}}).want(422).has("[id='withdraw-reason-error']", "请写一句原因")
	s.post("/record/1/withdraw", url.Values{"base": {"2"}, "reason": {"记错村了"}}).want(200).has(".notice.t-info", "已经撤回，不计数 记错村了").count("form[action*='/record/']", 0)
	s.get("/record/1/correct").want(409)
	s.get(village).count(".record-list li", 0).has(".record-more", "连撤回的一起看")
	s.get(village+"?withdrawn=1").has(".record-list li.withdrawn", "已撤回")

	s.as(eastClerk)
	path := town + "/new/planting"
	s.post(path, s.typed(path, "at", testkit.Xintan.String(), "f.work", "new", "f.trees", "50")).want(200)
	id := s.all()[0].ID
	url1 := fmt.Sprintf("/record/%d", id)
	s.as(testkit.Village).get(url1).count("a[href$=correct]", 0).count("form[action$=withdraw]", 0).count("form[action$=object]", 1)
	s.get(url1 + "/correct").want(403)
	s.post(url1+"/object", url.Values{"base": {"1"}, "reason": {"只种了 5 株"}}).want(200).has(".notice.t-warn", "村里有异议 只种了 5 株")
	s.as(eastClerk).get(town+"?pointed=1").has(".record-list", "村里有异议：只种了 5 株").has(".record-list", "杨海（流沙东街道）代记")

	s.as(testkit.Village)
	path = village + "/new/plan"
	s.post(path, s.typed(path, "f.where", "村道两旁", "f.trees", "800")).want(200).has(".notice", "待镇里审定").count("form[action$=approve]", 0)
	plan := fmt.Sprintf("/record/%d", s.all()[0].ID)
	s.post(plan+"/approve", url.Values{"base": {"1"}}).want(403)
	s.as(eastClerk).get(town+"?awaiting=1").count(".record-list li", 1).has(".record-list", "待审定")
	s.post(plan+"/approve", url.Values{"base": {"7"}}).want(409).has(".notice.t-wrong", "刚有人改过")
	s.post(plan+"/approve", url.Values{"base": {"1"}}).want(200).has(".notice.t-saved", "已审定").count("form[action$=approve]", 0)
	s.get(town+"?awaiting=1").has(".empty", "没有这样的记录")
}

// Names are shown to the village and its own town; others are told how many, wherever they look,
// and can correct the rest.
func TestNamesByRole(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	path := village + "/new/visit"
	s.post(path, s.typed(path, "f.patrons", "陈木清、黄秀英")).want(200)
	for _, a := range append(testkit.Cast(), eastClerk) {
		if !a.Unit.Contains(testkit.Xintan) {
			continue
		}
		s.as(a)
		sees := a.Unit.Level() >= unit.LevelTown
		pages := []string{village, "/record/1"}
		if a.May(access.EnterRecord, testkit.Xintan) && a.Role != access.Department {
			pages = append(pages, "/record/1/correct")
		}
		for _, path := range pages {
			p := s.get(path).want(200)
			if got := strings.Contains(p.body, "陈木清"); got != sees {
				t.Errorf("%s at %s sees names: %v", a.Name, path, got)
			}
			if !sees && !strings.Contains(p.body, "2 人") {
				t.Errorf("%s at %s is not told how many", a.Name, path)
			}
		}
	}
	s.as(testkit.County)
	p := s.post("/record/1/correct", s.typed("/record/1/correct", "f.outcome", "愿捐 50 株", "reason", "补上结果")).want(200)
	if strings.Contains(p.body, "陈木清") {
		t.Error("the names come out of a correction")
	}
	s.as(testkit.Village).get("/record/1").has(".record-facts", "走访了谁陈木清、黄秀英谈成了什么愿捐 50 株").has(".record-changes", "谈成了什么： 没有填 → 愿捐 50 株")
}

// Lists by kind, days and page.
func TestLists(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	var inputs []record.Input
	for i := range 60 {
		inputs = append(inputs, record.Input{Kind: "planting", Unit: testkit.Xintan, Day: today.Add(-i), Fields: map[string]string{"work": "new", "trees": fmt.Sprint(i + 1)}})
	}
	inputs = append(inputs, record.Input{Kind: "visit", Unit: testkit.Xintan, Day: today.Add(-1), Fields: map[string]string{"patrons": "陈木清"}})
	if _, err := s.records.EnterAll(context.Background(), testkit.Village, inputs); err != nil {
		t.Fatal(err)
	}
	s.get(village).want(200).count(".record-list li", 20).count(".record-rare .record-tiles", 1)
	p := s.as(eastClerk).get(village).want(200).count(".record-list li", 50).count("h3", 2).has("h3", "2024年3月2024年2月").count(".pages a[rel=next]", 1).count(".record-rare", 0)
	s.get(p.Find(".pages a[rel=next]").AttrOr("href", "")).count(".record-list li", 11).count(".pages a[rel=next]", 0).has("h3", "2024年1月")
	s.get(village+"?kind=visit").count(".record-list li", 1).count("details.record-filter[open]", 1)
	s.get(village+"?from=2024-03-28&to=2024-03-28").count(".record-list li", 2)
	s.get(village+"?from=3月28日").count(".record-list li", 3)
	s.get(village+"?from=gestern").has(".notice.t-wrong", "读不出是哪一天")
	s.get(village + "?kind=party").want(422)
	s.get(village+"?page=7").has(".empty", "没有这样的记录")
	s.get(village+"?page=-1").count(".record-list li", 50)
	s.as(testkit.Leader).get(county).count(".record-tiles", 0).count("a[href$=workbook]", 0).has(".record-list", "流沙东街道新坛村")
}

// matrix is what each role gets from each route of the wing: the status of a harmless request
// about a record that 新坛村 has entered. A route without a row fails.
var matrix = map[string]string{ // nobody 村 本镇 外镇 县 市 部门 领导 管理员 外县
	"GET /records":        "303 303 303 303 303 303 303 303 303 303",
	"GET /records/{unit}": "303 200 200 404 200 200 200 200 200 404",
	"GET /records/{unit}/behind/{week}/{column}":   "303 200 200 404 200 200 200 200 200 404",
	"GET /records/{unit}/new/{kind}":               "303 200 200 404 200 403 200 403 403 404",
	"POST /records/{unit}/new/{kind}":              "401 422 422 404 422 403 422 403 403 404",
	"GET /records/{unit}/workbook":                 "303 200 200 404 200 403 200 403 403 404",
	"GET /records/{unit}/workbook/{kind}/template": "303 200 200 404 200 403 200 403 403 404",
	"POST /records/{unit}/workbook":                "401 422 422 404 422 403 422 403 403 404",
	"POST /records/{unit}/workbook/{kind}":         "401 422 422 404 422 403 422 403 403 404",
	"GET /record/{id}":                             "303 200 200 404 200 200 200 200 200 404",
	"GET /record/{id}/correct":                     "303 200 200 404 200 403 403 403 403 404",
	"POST /record/{id}/correct":                    "401 409 409 404 409 403 403 403 403 404",
	"POST /record/{id}/withdraw":                   "401 409 409 404 409 403 403 403 403 404",
	"POST /record/{id}/object":                     "401 409 409 404 409 403 409 403 403 404",
	"POST /records/{unit}/photos/{kind}":           "401 422 422 404 422 403 422 403 403 404",
	"GET /records/{unit}/pointed":                  "303 200 200 404 200 200 200 200 200 404",
	"POST /record/{id}/answer":                     "401 409 409 404 409 403 403 403 403 404",
	"POST /record/{id}/look":                       "401 403 409 404 409 403 403 403 403 404",
	"POST /record/{id}/approve":                    "401 403 409 404 409 403 403 403 403 404",
	"POST /record/{id}/check":                      "401 403 403 403 409 403 403 403 403 403",
	"GET /record/{id}/paper":                       "303 200 200 404 200 200 200 200 200 404",
}

func TestEveryRouteByRole(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	s.enter("120")
	s.client.CheckRedirect = noRedirect
	people := []access.Actor{{}, testkit.Village, eastClerk, testkit.Town, testkit.County, testkit.City, testkit.Forestry, testkit.Leader, testkit.CountyHead, testkit.Outsider}
	seen := map[string]bool{}
	for _, route := range s.mux.Routes() {
		if !strings.HasPrefix(route.Path, "/record") {
			continue
		}
		name := route.Method + " " + route.Path
		seen[name] = true
		row, ok := matrix[name]
		if !ok {
			t.Errorf("%s has no row", name)
			continue
		}
		path := strings.NewReplacer("{unit}", testkit.Xintan.String(), "{kind}", "planting", "{id}", "1", "{week}", "2024-03-29", "{column}", "planted_trees").Replace(route.Path)
		for i, want := range strings.Fields(row) {
			s.as(people[i])
			p := s.send(route.Method, path, "application/x-www-form-urlencoded", strings.NewReader(""))
			if fmt.Sprint(p.status) != want {
				t.Errorf("%s by %q: %d, want %s", name, people[i].Name, p.status, want)
			}
		}
	}
	for name := range matrix {
		if !seen[name] {
			t.Errorf("%s is no route", name)
		}
	}
	if v := s.all(); len(v) != 1 || v[0].Number != 1 {
		t.Errorf("something was written: %+v", v)
	}
	for _, path := range []string{"/record/x", "/record/99", "/records/445281001999", "/records/here"} {
		if p := s.as(testkit.County).get(path); p.status != 404 {
			t.Errorf("%s: %d", path, p.status)
		}
	}
}

// No page has a script or a style written into it; each has one heading, and every field a name
// that is read out.
func TestNothingInline(t *testing.T) {
	s := newSite(t).as(testkit.Village)
	s.enter("120")
	var paths []string
	for _, k := range s.records.Kinds().Kinds {
		paths = append(paths, village+"/new/"+k.Key)
	}
	for _, a := range []access.Actor{testkit.Village, testkit.County} {
		s.as(a)
		for _, path := range append(slices.Clone(paths), village, "/record/1", "/record/1/correct", village+"/workbook") {
			p := s.get(path).want(200)
			if p.Find("script:not([src]), style, [style], [onclick], [onsubmit]").Length() != 0 || p.Find("h1").Length() != 1 {
				t.Errorf("%s: something inline, or %d headings", path, p.Find("h1").Length())
			}
			ids := map[string]bool{}
			for _, n := range p.Find("[id]").Nodes {
				for _, attr := range n.Attr {
					if attr.Key == "id" && ids[attr.Val] {
						t.Errorf("%s: id %s twice", path, attr.Val)
					} else if attr.Key == "id" {
						ids[attr.Val] = true
					}
				}
			}
			for i := range p.Find("input:not([type=hidden]), select").Nodes {
				in := p.Find("input:not([type=hidden]), select").Eq(i)
				id := in.AttrOr("id", "")
				if p.Find(`label[for="`+id+`"]`).Length() == 0 {
					t.Errorf("%s: %s %s has no label", path, in.AttrOr("name", ""), id)
				}
			}
		}
	}
}
