package web_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

func furnished() web.Site {
	return web.Site{
		Campaign: "党旗红·乡村绿", Filing: "粤ICP备00000000号", Demonstration: true,
		UnitName: func(context.Context, access.Actor) string { return "普宁市委组织部" },
		Navigation: func(context.Context, access.Actor) []web.NavItem {
			return []web.NavItem{{Label: "周调度", Href: "/board", Section: "board"}, {Label: "台账", Href: "/ledger", Section: "ledger"}}
		},
	}
}

func TestLayout(t *testing.T) {
	page := web.Page{Title: "里湖镇 · 第 9 报告周", Section: "ledger", Crumbs: []ui.Crumb{{Label: "普宁市", Href: "/x"}, {Label: "里湖镇"}},
		Actions: templ.Raw("<b class=act></b>"), Bar: templ.Raw("<b class=main-button></b>"), Sub: "普宁市"}
	for _, shape := range []web.Shape{web.Desk, web.Sheet, web.Phone, web.Plain} {
		page.Shape = shape
		h := site(t, web.Options{Sessions: county(), Site: furnished()}, func(m *web.Mux) { m.Page("GET /x", web.SignedIn, showing(page)) })
		d := parse(t, get(h, "/x").Body.String())
		for selector, want := range map[string]string{
			"html[lang=zh-CN] title":     "里湖镇 · 第 9 报告周 · 桑梓",
			"h1":                         page.Title,
			"a.skip[href='#main']":       "跳到正文",
			"main#main > p":              "正文",
			"footer":                     "粤ICP备00000000号",
			"footer a[href='/feedback']": "投诉与建议",
			"footer .demonstration":      "演示数据，非真实数据",
		} {
			if got := d.Find(selector); got.Length() != 1 || !strings.Contains(got.Text(), want) {
				t.Errorf("shape %d: %s is %d × %q", shape, selector, got.Length(), got.Text())
			}
		}
		if d.Find("meta[name=viewport][content*='width=device-width']").Length() != 1 || d.Find(".bar .main-button").Length() != 1 {
			t.Errorf("shape %d: viewport or bar", shape)
		}
		if d.Find("script[src*=htmx]").Length() != 0 {
			t.Errorf("shape %d: htmx loaded unasked", shape)
		}
		nav, person := 1, 1 // a phone has the navigation in the person's menu
		if shape == web.Plain {
			nav = 0
		}
		if shape == web.Plain {
			person = 0
		}
		if d.Find("nav[aria-label=主导航]").Length() != nav || d.Find(".person-name").Length() != person {
			t.Errorf("shape %d: navigation or person", shape)
		}
		if inMenu := d.Find(".menu-list nav[aria-label=主导航]").Length() == 1; inMenu != (shape == web.Phone) {
			t.Errorf("shape %d: the navigation is in the menu: %v", shape, inMenu)
		}
		if nav == 1 && d.Find("nav a[aria-current=page]").Text() != "台账" {
			t.Errorf("shape %d: current is %q", shape, d.Find("nav a[aria-current=page]").Text())
		}
		if person == 1 {
			if d.Find("a[href='/password']").Length() != 1 || d.Find("form[method=post][action='/logout']").Length() != 1 ||
				d.Find("form[method=post][action='/logout/everywhere']").Length() != 1 || !strings.Contains(d.Find(".menu-note").Text(), "县级专班") {
				t.Errorf("shape %d: the person's menu", shape)
			}
		}
	}
}

func TestSignedOutPageShowsNobody(t *testing.T) {
	h := site(t, web.Options{Site: furnished()}, func(m *web.Mux) { m.Page("GET /x", web.Public, showing(web.Page{Title: "公开"})) })
	d := parse(t, get(h, "/x").Body.String())
	if d.Find(".person, .site-nav").Length() != 0 {
		t.Error("shows a menu to nobody")
	}
}

func TestHtmxIsToldToBeCareful(t *testing.T) {
	h := site(t, web.Options{}, func(m *web.Mux) { m.Page("GET /x", web.Public, showing(web.Page{Htmx: true})) })
	d := parse(t, get(h, "/x").Body.String())
	config := d.Find("meta[name=htmx-config]").AttrOr("content", "")
	for _, want := range []string{`"allowEval":false`, `"includeIndicatorStyles":false`, `"historyCacheSize":0`, `"selfRequestsOnly":true`} {
		if !strings.Contains(config, want) {
			t.Errorf("config %q lacks %s", config, want)
		}
	}
	if d.Find("script[src*=htmx][defer]").Length() != 1 {
		t.Error("htmx is not loaded")
	}
}

func TestLoginForm(t *testing.T) {
	h := site(t, web.Options{}, func(m *web.Mux) {
		m.Page("GET /login", web.Public, func(w http.ResponseWriter, r *http.Request) error {
			return web.Render(w, r, web.Page{Title: "登录", Shape: web.Plain}, web.LoginBody(web.LoginData{Account: "puning", Next: "/board?a=1&b=2", Error: "账号或密码不对"}))
		})
	})
	d := parse(t, get(h, "/login").Body.String())
	form := d.Find("form[method=post][action='/login']")
	if form.Find("input[name=next]").AttrOr("value", "") != "/board?a=1&b=2" || form.Find("input[name=account][autocomplete=username]").AttrOr("value", "") != "puning" ||
		form.Find("input[name=password][type=password][autocomplete=current-password]").AttrOr("value", "") != "" {
		t.Error(form.Html())
	}
	if strings.TrimSpace(d.Find(".notice[role=alert]").Text()) != "账号或密码不对" {
		t.Errorf("says %q", d.Find(".notice").Text())
	}
}
