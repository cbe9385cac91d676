// Package gallery shows every component with usual, long, empty and wrong content, and one
// sample of each shape of page. It is registered with --dev and in tests only; its figures
// are invented.
package gallery

import (
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// Register adds the gallery's routes.
func Register(m *web.Mux) {
	m.Page("GET /gallery", web.Public, show(web.Page{Title: "组件样张", Section: "board", Sub: "每个组件的平常、很长、空、出错的样子",
		Crumbs: []ui.Crumb{{Label: "揭阳市", Href: "/gallery"}, {Label: "普宁市", Href: "/gallery"}, {Label: "样张"}}, Htmx: true}, components()))
	m.Page("GET /gallery/county", web.Public, show(web.Page{Title: "第 9 报告周 · 全市 31 个乡镇场街道", Section: "board",
		Lead: deadline(left), Actions: countyActions()}, countyBoard(sampleTowns())))
	m.Page("GET /gallery/sheet", web.Public, show(web.Page{Title: "里湖镇 · 第 9 报告周", Section: "ledger", Shape: web.Sheet,
		Lead: sheetLead(), Actions: sheetActions(), Bar: sheetBar()}, sheetTable(sampleRows())))
	m.Page("GET /gallery/phone", web.Public, show(web.Page{Title: "新松村 · 第 9 周", Sub: "里湖镇 · 普宁市", Shape: web.Phone,
		Lead: deadline(2 * 24 * time.Hour), Bar: phoneBar()}, phoneForm()))
	m.Page("GET /gallery/login", web.Public, show(web.Page{Title: "登录", Shape: web.Plain}, web.LoginBody(web.LoginData{
		Accounts: []web.DemoAccount{{Role: "村级填报员", Name: "新坛村 陈秋月", Account: "xintan", Password: "demo-1234"}, {Role: "县级专班", Name: "普宁市 林晓燕", Account: "puning", Password: "demo-1234"}}})))
	m.Page("GET /gallery/offline", web.Public, show(web.Page{Title: "没有网络", Shape: web.Plain}, web.OfflineBody()))
	m.Page("GET /gallery/error/{kind}", web.Public, fail)
}

const left = 72 * time.Minute

// now is a Friday afternoon of the campaign.
var now = time.Date(2024, 3, 29, 16, 18, 4, 0, time.FixedZone("CST", 8*3600))

func show(p web.Page, content templ.Component) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error { return web.Render(w, r, p, content) }
}

// fail gives an error of each kind: /gallery/error/409.
func fail(_ http.ResponseWriter, r *http.Request) error {
	kinds := map[string]problem.Problem{
		"403": {Kind: problem.Forbidden, Code: "access.forbidden", Params: problem.Params{"role": "leader", "action": "ledger.report"}},
		"404": {Kind: problem.NotFound, Code: "ledger.no_village"},
		"409": {Kind: problem.Conflict, Code: "ledger.moved"},
		"422": {Kind: problem.Invalid, Code: "ledger.reason"},
		"503": {Kind: problem.Unavailable, Code: "database.open", Params: problem.Params{"url": "sqlite:sangzi.db"}},
	}
	if p, ok := kinds[r.PathValue("kind")]; ok {
		return &p
	}
	_, err := strconv.Atoi("a failure of the gallery")
	return err
}

const longName = "广东省揭阳市普宁市大南山街道办事处什石洋村村民委员会（含涉农社区）"

type town struct {
	name     string
	villages int
	state    ui.State
	weeks    []ui.WeekBox
	bar      ui.TwoBarData
	more     int64
	changed  string
}

// sampleTowns are towns with figures that only look alive: made by arithmetic.
func sampleTowns() []town {
	names := []string{"流沙东街道", "流沙南街道", "流沙西街道", "流沙北街道", "池尾街道", "燎原街道", "大南山街道", "赤岗镇", "大坝镇", "洪阳镇", "南溪镇", "广太镇", "麒麟镇", "南径镇", "占陇镇", "军埠镇", "下架山镇", "高埔镇", "云落镇", "大坪镇", "船埔镇", "梅林镇", "里湖镇", longName}
	states := ui.States()
	towns := make([]town, len(names))
	for i, n := range names {
		t := town{name: n, villages: 7 + i*13%35, state: ui.OnTime, changed: strconv.Itoa(i * 17 % 60)}
		if i%5 == 0 {
			t.state = states[i/5%len(states)]
		}
		for w := range 9 {
			s := ui.OnTime
			if (i*7+w*5)%13 == 0 {
				s = states[(i+w)%4]
			}
			if w == 8 {
				s = t.state
			}
			t.weeks = append(t.weeks, ui.WeekBox{State: s, Label: "第 " + strconv.Itoa(w+1) + " 周", Current: w == 8})
		}
		plan := int64(2000 + i*i*53%9000)
		t.bar = ui.TwoBarData{Plan: plan, Secured: plan * int64(60+i*7%40) / 100, Planted: plan * int64(22+i*11%90) / 100}
		t.more = int64(i * 97 % 1500)
		towns[i] = t
	}
	return towns
}

type row struct {
	name   string
	values []string
	change int // index of a changed value; -1 none
}

func sampleRows() []row {
	names := []string{"里湖居", "石牌居", "新池内村", "河头村", "新松村", "富美村", "蓬和村", "田中村", "冷美村", "池美村", "和平村", "松溪村", longName, "竹头村", "竹林村", "七贤村", "庵埔村", "田厝寨村", "寨洋村", "汤头村", "古岭村", "白水磜村", "安池村", "新寨村", "河南村"}
	rows := make([]row, len(names))
	for i, n := range names {
		r := row{name: n, change: -1}
		for c := range 20 {
			switch {
			case c == 0 || c >= 2 && c <= 5 || c == 7 || c == 10 || c == 14:
				r.values = append(r.values, []string{"是", "否"}[(i+c)%2])
			case c >= 15:
				r.values = append(r.values, strconv.Itoa(i*c%7)+"."+strconv.Itoa(10+i*3%90))
			default:
				r.values = append(r.values, strconv.Itoa(i*37*c%1500))
			}
		}
		if i%3 == 0 {
			r.change = 11 + i%5
		}
		rows[i] = r
	}
	return rows
}

func trend() ui.TrendData {
	var planted, secured []ui.Point
	for i := range 9 {
		p := ui.Point{Label: "第" + strconv.Itoa(i+1) + "周", Value: float64(i*i*3500 + 12000)}
		p.Figure = words.Grouped(int64(p.Value))
		p.Missing = i == 3
		planted = append(planted, p)
		s := ui.Point{Label: p.Label, Value: float64(i*24000 + 90000)}
		s.Figure = words.Grouped(int64(s.Value))
		secured = append(secured, s)
	}
	return ui.TrendData{Title: "已植树与已落实苗木（株）", Series: []ui.Series{{Name: "已植树", Points: planted}, {Name: "已落实苗木", Points: secured}},
		Axis: func(v float64) string { return words.Grouped(int64(v)) }}
}

func bars() ui.BarChartData {
	c := ui.BarChartData{Title: "各镇街完成计划", Head: "单位", Figure: "完成", First: "已植", Second: "落实"}
	for _, t := range sampleTowns()[17:] {
		c.Bars = append(c.Bars, ui.Bar{Label: t.name, Value: float64(t.bar.Planted), Second: float64(t.bar.Secured), Figure: ui.Share(t.bar.Planted, t.bar.Plan), Href: "/gallery"})
	}
	return c
}

func isWord(v string) bool { return v == "是" || v == "否" }
