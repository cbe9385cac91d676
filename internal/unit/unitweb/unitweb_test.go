package unitweb_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/unit/unitweb"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// as is Sessions with one of the cast signed in.
type as struct{ actor *access.Actor }

func (s as) Actor(*http.Request) (access.Actor, bool, error) { return *s.actor, true, nil }

// clerks stand at two units of 里湖镇.
type clerks struct{}

func (clerks) Accounts(_ context.Context, _ access.Actor, of unit.Code) ([]register.Account, error) {
	var list []register.Account
	for _, a := range []register.Account{{Login: "lihu", Name: "黄志明", Role: access.TownClerk, Unit: testkit.LihuTown}, {Login: "lihu-2", Name: "王海", Role: access.VillageReporter, Unit: lihu2}} {
		if of.Contains(a.Unit) {
			list = append(list, a)
		}
	}
	return list, nil
}

const lihu1, lihu2 unit.Code = 445281119001, 445281119002

type site struct {
	t     testing.TB
	h     http.Handler
	actor access.Actor
	world *ledgertest.World
	reg   *register.Service
}

func open(t testing.TB) *site {
	t.Helper()
	s := &site{t: t, actor: testkit.Head, world: ledgertest.Busy(t, "2024-03-29 18:00")}
	s.reg = register.New(register.Config{Store: s.world.Units, Reports: s.world.Store, People: clerks{}, Now: s.world.Ledger.Now, Changed: s.world.Ledger.UnitsChanged})
	server := web.New(web.Options{Sessions: as{&s.actor}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Site: web.Site{Campaign: "党旗红·乡村绿", Demonstration: true,
		UnitName: func(context.Context, access.Actor) string { return "揭阳市" },
		Navigation: func(context.Context, access.Actor) []web.NavItem {
			return []web.NavItem{{Label: "台账", Href: "/ledger", Section: "ledger"}, {Label: "单位", Href: "/units", Section: "units"}}
		}}})
	unitweb.New(s.reg).Register(server.Mux)
	var err error
	if s.h, err = server.Handler(); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request as the site's actor; a form is posted.
func (s *site) ask(path string, form url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	d, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return w, d
}

func text(d *goquery.Document, selector string) string {
	return strings.Join(strings.Fields(d.Find(selector).Text()), " ")
}

// values reads a form of a page as a browser would send it with one of its buttons.
func values(d *goquery.Document, step string) url.Values {
	v := url.Values{}
	d.Find("form[method=post] input[type=hidden]").Each(func(_ int, s *goquery.Selection) {
		v.Add(s.AttrOr("name", ""), s.AttrOr("value", ""))
	})
	v.Set("step", step)
	return v
}

// One goes down the tree from the own unit to a village.
func TestTree(t *testing.T) {
	s := open(t)
	_, d := s.ask("/units", nil)
	if got := text(d, "h1"); got != "揭阳市的单位" {
		t.Errorf("heading %q", got)
	}
	if n := d.Find("table.units tbody tr").Length(); n != 5 {
		t.Errorf("%d counties", n)
	}
	href, _ := d.Find("table.units th a").FilterFunction(func(_ int, a *goquery.Selection) bool { return a.Text() == "普宁市" }).Attr("href")
	_, d = s.ask(href, nil)
	if n := d.Find("table.units tbody tr").Length(); n != 33 {
		t.Errorf("%d towns", n)
	}
	if got := text(d, ".title .lead"); !strings.HasPrefix(got, "33 个下级单位，580 个村（社区），其中虚拟") {
		t.Errorf("contents %q", got)
	}
	href, _ = d.Find("table.units th a").FilterFunction(func(_ int, a *goquery.Selection) bool { return a.Text() == "里湖镇" }).Attr("href")
	_, d = s.ask(href, nil)
	if got := text(d, ".crumbs"); got != "揭阳市普宁市里湖镇" {
		t.Errorf("crumbs %q", got)
	}
	href, _ = d.Find("table.units th a").First().Attr("href")
	_, d = s.ask(href, nil)
	if got := text(d, ".lead"); !strings.Contains(got, "揭阳市普宁市里湖镇") || !strings.Contains(got, "代码 445281119001") {
		t.Errorf("lead %q", got)
	}
	if n := d.Find(`a[href^="/ledger/445281119001/2024-"]`).Length(); n < 5 {
		t.Errorf("%d links to the ledger", n)
	}

	s.actor = testkit.Village
	w, _ := s.ask("/units", nil)
	if got := w.Header().Get("Location"); got != "/units/"+testkit.Xintan.String() {
		t.Errorf("a village is led to %q", got)
	}
	_, d = s.ask("/units/"+testkit.Xintan.String(), nil)
	if n := d.Find(".actions a[href*='/units/']").Length(); n != 0 {
		t.Errorf("a village reporter is offered %d changes", n)
	}
}

func TestFind(t *testing.T) {
	s := open(t)
	_, d := s.ask("/units?q="+url.QueryEscape("流沙东新坛"), nil)
	if got := text(d, "table.units tbody th"); got != "新坛村委会揭阳市普宁市流沙东街道" && got != "新坛村委会 揭阳市普宁市流沙东街道" {
		t.Errorf("found %q", got)
	}
	_, d = s.ask("/units?q="+url.QueryEscape("<b>没有</b>"), nil)
	if got := text(d, ".empty-title"); got != "揭阳市里没有“<b>没有</b>”" {
		t.Errorf("nothing found: %q", got)
	}
	_, d = s.ask("/units?of=445281&q="+url.QueryEscape("虚拟"), nil)
	if n := d.Find("table.units .badge").Length(); n == 0 || n != d.Find("table.units tbody tr").Length() {
		t.Errorf("%d of %d marked virtual", n, d.Find("table.units tbody tr").Length())
	}
	for path, want := range map[string]int{"/units?of=abc": 404, "/units?of=445299": 404, "/units?on=gestern": 422, "/units?q=" + strings.Repeat("x", 61): 422, "/units/445281119999": 404, "/units/445281119888/rename": 404} {
		if w, _ := s.ask(path, nil); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

// A merge is previewed, edited, confirmed; the town before the day still has both.
func TestMerge(t *testing.T) {
	s := open(t)
	path := "/units/" + lihu1.String() + "/merge"
	_, d := s.ask(path, nil)
	if n := d.Find(`input[name=with]`).Length(); n != len(s.world.Tree(ledgertest.ThisWeek).Villages(testkit.LihuTown))-1 {
		t.Errorf("%d villages to merge with", n)
	}
	form := url.Values{"day": {"2024-03-30"}, "with": {lihu2.String()}, "name": {"里湖联合社区居委会"}, "into": {"own"}}
	w, d := s.ask(path, form)
	if w.Code != 200 || !strings.Contains(text(d, "h1"), "请核对") {
		t.Fatalf("preview: %d %s", w.Code, text(d, "h1"))
	}
	gone, _ := s.world.Tree(ledgertest.ThisWeek).Unit(lihu2)
	if got := text(d, "table tbody"); !strings.Contains(got, gone.Name) || !strings.Contains(got, "原单位撤销，由它承接") {
		t.Errorf("what becomes of them: %s", got)
	}
	if got := text(d, ".card"); !strings.Contains(got, "王海") || strings.Contains(got, "黄志明") {
		t.Errorf("accounts: %s", got)
	}
	if _, err := s.reg.History(context.Background(), testkit.Head, lihu2); err != nil {
		t.Fatal(err)
	}
	_, back := s.ask(path, values(d, "edit"))
	if got, _ := back.Find("input[name=name]").Attr("value"); got != "里湖联合社区居委会" || back.Find(`input[name=with][checked]`).Length() != 1 {
		t.Errorf("back in the form: %q", got)
	}
	w, _ = s.ask(path, values(d, "confirm"))
	if w.Code != 303 || w.Header().Get("Location") != "/units/"+lihu1.String() {
		t.Fatalf("done: %d %s", w.Code, w.Body)
	}
	_, d = s.ask("/units/"+lihu2.String(), nil)
	if got := text(d, ".notice"); !strings.Contains(got, "将于 2024年3月30日 撤并") {
		t.Errorf("the one that will end says %q", got)
	}
	s.world.Clock.Set(ledgertest.ThisWeek.Add(2).In(testkit.Shanghai))
	_, d = s.ask("/units/"+lihu2.String(), nil)
	if got := text(d, ".notice"); !strings.Contains(got, "已于 2024年3月30日 撤并，由“里湖联合社区居委会”承接") {
		t.Errorf("the one that has ended says %q", got)
	}
	if d.Find(".actions a").Length() != 0 {
		t.Error("what is no more can still be changed")
	}
	_, d = s.ask("/units/"+lihu1.String(), nil)
	if got := text(d, ".columns"); !strings.Contains(got, "由这些单位并来"+gone.Name) || !strings.Contains(got, "合并，2024年3月30日起") || !strings.Contains(got, "管理员 办理于 2024-03-29 18:00") {
		t.Errorf("the one that goes on: %s", got)
	}
	_, now := s.ask("/units?of=445281119", nil)
	_, then := s.ask("/units?of=445281119&on=2024-03-29", nil)
	if a, b := now.Find("table.units tbody tr").Length(), then.Find("table.units tbody tr").Length(); b != a+1 {
		t.Errorf("%d villages now, %d then", a, b)
	}
	_, d = s.ask("/units?of="+lihu2.String()+"&q=x", nil)
	if got := text(d, "main"); !strings.Contains(got, "没有“x”") {
		t.Errorf("searching in what is no more: %s", got)
	}
}

// A change dated into reported weeks says so, and is asked about again when another week came
// in between.
func TestTouchedWeeksAreConfirmed(t *testing.T) {
	s := open(t)
	path := "/units/" + lihu1.String() + "/rename"
	form := url.Values{"day": {"2024-03-22"}, "name": {"里湖社区居委会"}}
	_, d := s.ask(path, form)
	if got := text(d, ".notice"); !strings.Contains(got, "已有 2 个报告周报过数 到期日 3月22日、3月29日。这些周的台账会改印新名称") {
		t.Errorf("preview says %q", got)
	}
	v := values(d, "confirm")
	v.Set("seen", "1")
	w, d := s.ask(path, v)
	if w.Code != 200 || !strings.Contains(text(d, "h1"), "请核对") {
		t.Fatalf("not asked again: %d", w.Code)
	}
	if w, _ = s.ask(path, values(d, "confirm")); w.Code != 303 {
		t.Errorf("confirmed: %d %s", w.Code, w.Body)
	}
}

// Every verb through its form.
func TestForms(t *testing.T) {
	s := open(t)
	town := testkit.LihuTown.String()
	steps := []struct {
		path string
		form url.Values
		end  string
	}{
		{"/units/" + town + "/add", url.Values{"day": {"2024-03-30"}, "name": {"河东村委会"}, "code": {"445281119301"}}, "/units/445281119301"},
		{"/units/" + lihu1.String() + "/split", url.Values{"day": {"2024-03-30"}, "part_code": {lihu1.String(), "445281119050", "", ""}, "part_name": {"里湖居委会", "里湖东居委会", "", ""}}, "/units/" + lihu1.String()},
		{"/units/" + lihu2.String() + "/move", url.Values{"day": {"2024-03-30"}, "code": {"445281119051"}}, "/units/445281119051"},
		{"/units/445281119201/abolish", url.Values{"day": {"2024-03-30"}, "successor": {"445281119202"}}, "/units/445281119201"},
		{"/units/" + town + "/rename", url.Values{"day": {"2024-03-30"}, "name": {"里湖街道"}}, "/units/" + town},
		{"/units/445281119202/merge", url.Values{"day": {"2024-03-30"}, "with": {"445281119203"}, "into": {"new"}, "code": {"445281119302"}, "name": {"合并村委会"}}, "/units/445281119302"},
	}
	for _, st := range steps {
		w, d := s.ask(st.path, nil)
		if w.Code != 200 || d.Find("form[method=post] [name=day]").AttrOr("value", "") != "2024-03-29" {
			t.Errorf("%s: %d", st.path, w.Code)
		}
		empty := url.Values{"day": {""}}
		if w, d := s.ask(st.path, empty); w.Code != 422 || d.Find(".notice.t-wrong a").Length() == 0 {
			t.Errorf("%s with nothing: %d", st.path, w.Code)
		} else {
			d.Find(".notice.t-wrong a").Each(func(_ int, a *goquery.Selection) {
				if id := a.AttrOr("href", ""); d.Find(id).Length() != 1 {
					t.Errorf("%s: the summary leads to %q, which is not there", st.path, id)
				}
			})
		}
		w, d = s.ask(st.path, st.form)
		if w.Code != 200 || d.Find("button[value=confirm]").Length() != 1 {
			t.Errorf("%s: preview %d %s", st.path, w.Code, text(d, ".notice"))
			continue
		}
		if w, d = s.ask(st.path, values(d, "confirm")); w.Code != 303 || w.Header().Get("Location") != st.end {
			t.Errorf("%s: %d %s %s", st.path, w.Code, w.Header().Get("Location"), text(d, ".notice"))
		}
	}
	tree := s.world.Tree(ledgertest.ThisWeek.Add(1))
	for code, want := range map[unit.Code]string{445281119301: "河东村委会", 445281119050: "里湖东居委会", testkit.LihuTown: "里湖街道", 445281119302: "合并村委会"} {
		if u, _ := tree.Unit(code); u.Name != want {
			t.Errorf("%s is %q, want %s", code, u.Name, want)
		}
	}
}

// What the rules have against a change stands at its field.
func TestFaults(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		path string
		form url.Values
		at   string
	}{
		{lihu1.String() + "/rename", url.Values{"day": {"2024-13-01"}, "name": {"甲村委会"}}, "day"},
		{lihu1.String() + "/rename", url.Values{"day": {"1924-03-01"}, "name": {"甲村委会"}}, "day"},
		{lihu1.String() + "/rename", url.Values{"day": {"2024-03-30"}, "name": {strings.Repeat("村", 61)}}, "name"},
		{"445281119/add", url.Values{"day": {"2024-03-30"}, "name": {"甲村委会"}, "code": {"445281120001"}}, "code"},
		{"445281119/add", url.Values{"day": {"2024-03-30"}, "name": {"甲村委会"}, "code": {lihu1.String()}}, "code"},
		{"445281119/abolish", url.Values{"day": {"2024-03-30"}}, "successor"},
		{lihu1.String() + "/move", url.Values{"day": {"2024-03-30"}, "code": {"12"}}, "code"},
		{lihu1.String() + "/merge", url.Values{"day": {"2024-03-30"}, "name": {"甲"}, "with": {testkit.LihuTown.String()}}, "code"},
		{lihu1.String() + "/split", url.Values{"day": {"2024-03-30"}, "part_code": {lihu1.String()}, "part_name": {"甲"}}, "part-0"},
	} {
		w, d := s.ask("/units/"+c.path, c.form)
		found := d.Find(".notice.t-wrong a[href='#" + c.at + "']")
		if w.Code != 422 || found.Length() != 1 {
			t.Errorf("%s %v: %d %s", c.path, c.form, w.Code, text(d, ".notice"))
		}
	}
}

// Every route by everybody: inside and allowed, inside and not, outside.
func TestWhoMay(t *testing.T) {
	s := open(t)
	for _, a := range testkit.Cast() {
		s.actor = a
		for _, of := range []unit.Code{testkit.Xintan, testkit.Huicheng} {
			inside := a.Unit.Contains(of)
			w, _ := s.ask("/units/"+of.String(), nil)
			if want := map[bool]int{true: 200, false: 404}[inside]; w.Code != want {
				t.Errorf("%s reads %s: %d, want %d", a.Name, of, w.Code, want)
			}
			for _, v := range register.Verbs() {
				path := "/units/" + of.String() + "/" + string(v)
				want := 200
				switch {
				case !inside:
					want = 404
				case a.Role != access.Administrator:
					want = 403
				case v == register.Add && of.Level() == unit.LevelVillage:
					want = 404
				}
				if w, _ := s.ask(path, nil); w.Code != want {
					t.Errorf("%s gets %s: %d, want %d", a.Name, path, w.Code, want)
				}
				if w, _ := s.ask(path, url.Values{"step": {"confirm"}, "day": {"2024-03-30"}, "name": {"甲"}}); want >= 400 && w.Code != want {
					t.Errorf("%s posts %s: %d, want %d", a.Name, path, w.Code, want)
				}
			}
		}
	}
	s.actor = testkit.CountyHead
	w, d := s.ask("/units/"+testkit.Puning.String(), nil)
	if w.Code != 200 || d.Find(".actions a[href$=rename]").Length() != 1 || d.Find(".actions a[href$=abolish]").Length() != 0 {
		t.Error("an administrator is offered to end his own unit")
	}
	if _, err := s.reg.History(context.Background(), testkit.CountyHead, testkit.Huilai); !errors.Is(err, access.ErrOutside) {
		t.Errorf("outside: %v", err)
	}
}
