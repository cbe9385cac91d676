package ledgerweb_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/ledger/ledgerweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
)

const fridayAfternoon = "2024-03-29 16:18"

func boardPath(of unit.Code, due date.Date, rest string) string {
	return "/board/" + of.String() + "/" + due.String() + rest
}

// tiles are the figures above the board by their labels.
func tiles(p *page) map[string]string {
	m := map[string]string{}
	p.Find(".tile").Each(func(_ int, t *goquery.Selection) {
		label := t.Find(".tile-label").Clone()
		label.Find(".tile-extra").Remove()
		m[clean(label.Text())] = clean(t.Find(".tile-figure").Text())
	})
	return m
}

// boardLine is the line of a unit on the board.
func boardLine(p *page, name string) *goquery.Selection {
	p.t.Helper()
	row := p.Find(".only-desk tbody tr").FilterFunction(func(_ int, r *goquery.Selection) bool { return clean(r.Find("th").Text()) == name })
	if row.Length() != 1 {
		p.t.Fatalf("%s: %d lines of %s", p.path, row.Length(), name)
	}
	return row
}

func TestBoardOfACounty(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	p := s.get("/board").want(200)
	if p.path != boardPath(testkit.Puning, ledgertest.ThisWeek, "") {
		t.Fatalf("went to %s", p.path)
	}
	p.has("h1", "第 9 报告周 · 普宁市 29 个乡镇场街道").has(".lead", "截止 3月29日（周五）17:30").has(".lead time", "还有 1 小时 12 分")
	p.count(".only-desk tbody tr", 29).has(".idle", "免报 4 个").has(".idle", "三坑农场")
	got := tiles(p)
	for label, figure := range map[string]string{"按时": "25", "退回": "1", "待报": "3"} {
		if got[label] != figure {
			t.Errorf("%s is %q, want %s: %v", label, got[label], figure, got)
		}
	}
	if _, there := got["未报"]; there {
		t.Error("nobody can be missing before the deadline")
	}
	town := boardLine(p, "梅林镇")
	if clean(town.Find("td").First().Text()) != "36/37" || town.Find(".weeks li").Length() != 9 {
		t.Errorf("梅林镇: %s", clean(town.Text()))
	}
	town.Find(".weeks a").Each(func(_ int, a *goquery.Selection) {
		if says, _ := a.Attr("title"); !strings.Contains(says, "周") || len(strings.Fields(says)) < 4 {
			t.Errorf("a week says %q", says)
		}
	})
	p.has(".needs", "需要你处理").has(".needs", "还没有上报（3）").has(".needs", "联络员").has(".needs", demo.ReturnWhy).has(".needs", demo.CorrectNote).has(".needs", "更正")
	if href, _ := p.Find(".needs a[href^='tel:']").First().Attr("href"); strings.Contains(href, "*") || href == "" {
		t.Errorf("the number to call is %q", href)
	}
	p.has(".actions .primary", "锁定本周并上报").count("#board-table[hx-trigger='every 60s']", 1)
}

// A unit that has not reported shows its last figures as such, and none of them is summed.
func TestBoardTellsOldFiguresFromNew(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	p := s.get(boardPath(testkit.Puning, ledgertest.ThisWeek, ""))
	old := boardLine(p, "池尾街道")
	if old.Find(".stale").Length() != 2 || !strings.Contains(old.Find(".stale").Text(), "3月22日报的数") {
		t.Errorf("池尾街道: %s", clean(old.Text()))
	}
	if !strings.Contains(old.Text(), "延至 3月30日 12:00") {
		t.Errorf("the extension is not told: %s", clean(old.Text()))
	}
	trees, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
	sheet, err := s.Ledger.Sheet(t.Context(), testkit.County, testkit.Puning, ledgertest.ThisWeek)
	if err != nil {
		t.Fatal(err)
	}
	sum := sheet.Figures(testkit.Puning).Sums[trees]
	if got := strings.ReplaceAll(tiles(p)["已植树（株）"], ",", ""); got != ledger.Format(&s.Pack.Ledger.Columns[trees], ledger.Value(sum)) {
		t.Errorf("the tile says %s, the sum is %d", got, sum)
	}
	p.has(".tile", "未含 3 个没报的")
}

func TestBoardAfterTheDeadline(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, "2024-03-30 09:00"), testkit.County)
	p := s.get(boardPath(testkit.Puning, ledgertest.ThisWeek, "")).want(200)
	got := tiles(p)
	if got["未报"] != "2" || got["待报"] != "1" || got["迟报"] != "0" {
		t.Errorf("tiles %v", got)
	}
	if state := clean(boardLine(p, "南径镇").Find(".badge").Text()); state != "未报" {
		t.Errorf("南径镇 is %s", state)
	}
	p.hasNot("#board-table[hx-get]") // the week being reported is the next one
}

func TestBoardFilter(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	here := boardPath(testkit.Puning, ledgertest.ThisWeek, "")
	p := s.get(here).want(200)
	href, _ := p.Find(".tile.f-returned").Attr("href")
	p = s.get(href).want(200)
	p.count(".only-desk tbody tr", 1).has(".only-desk tbody tr", "大南山街道").has(".filter-line", "只看退回：1 个")
	if got := tiles(p)["按时"]; got != "25" {
		t.Errorf("the filter changed the tiles: %s", got)
	}
	s.get(here+"?state=late").want(200).has(".empty", "没有迟报的单位")
	if all, odd := s.get(here).want(200), s.get(here+"?state=nothing").want(200); odd.Find("tbody tr").Length() != all.Find("tbody tr").Length() || strings.Contains(odd.Find("main").Text(), "只看") {
		t.Error("a state that there is not shows something else than all")
	}
}

// What renews itself is the table and the tiles, not the page.
func TestBoardRenews(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	r := s.request("GET", boardPath(testkit.Puning, ledgertest.ThisWeek, "?state=not_due"), "", "")
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Target", "board-table")
	p := s.do(r).want(200)
	p.hasNot("main").hasNot(".needs").count("#board-table", 1).count("#board-tiles[hx-swap-oob]", 1).count(".only-desk tbody tr", 3)
	if again, _ := p.Find("#board-table").Attr("hx-get"); !strings.HasSuffix(again, "?state=not_due") {
		t.Errorf("it asks for %s next", again)
	}
}

func TestBoardOfACity(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.City)
	p := s.get("/board").want(200)
	p.has("h1", "揭阳市 5 个县（市、区）").count(".only-desk tbody tr", 5).hasNot(".actions .primary")
	puning := boardLine(p, "普宁市")
	if text := clean(puning.Text()); !strings.Contains(text, "按时 25") || !strings.Contains(text, "退回 1") || !strings.Contains(text, "待报 3") {
		t.Errorf("普宁市: %s", text)
	}
	if got := tiles(p)["已锁定上报的县"]; got != "0 / 5" {
		t.Errorf("%s counties have locked", got)
	}
	href, _ := puning.Find("th a").Attr("href")
	s.get(href).want(200).has("h1", "普宁市 29 个").has(".crumbs", "揭阳市").hasNot(".actions .primary")

	p = s.get(boardPath(testkit.Jieyang, date.MustParse("2024-03-15"), "")).want(200)
	puning = boardLine(p, "普宁市")
	if text := clean(puning.Text()); !strings.Contains(text, "已锁定") || !strings.Contains(text, "重新打开") {
		t.Errorf("a locked county: %s", text)
	}
}

func TestBoardByRole(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.Leader)
	here := boardPath(testkit.Puning, ledgertest.ThisWeek, "")
	for _, a := range []access.Actor{testkit.Leader, testkit.Forestry} {
		p := s.as(a).get(here).want(200)
		p.has(".needs", "需要关注").hasNot(".needs a[href^='tel:']").hasNot(".actions .primary").has(".needs", "0663-22***")
		if text := p.Find(".line-actions").Text(); strings.Contains(text, "退回") || strings.Contains(text, "延期") {
			t.Errorf("%s could act", a.Name)
		}
	}
	s.as(testkit.Outsider).get(here).want(404)
	for _, a := range []access.Actor{testkit.Town, testkit.Village} {
		if p := s.as(a).get("/board").want(200); p.path != path(a.Unit, ledgertest.ThisWeek, "") {
			t.Errorf("%s came to %s", a.Name, p.path)
		}
		s.get(here).want(404)
	}
}

func TestBoardOfOtherWeeks(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	first := s.get(boardPath(testkit.Puning, ledgertest.FirstWeek, "")).want(200)
	first.hasNot(".week-nav a[rel=prev]").has(".lead", "锁定并上报").hasNot("#board-table[hx-get]").has(".actions .danger", "重新打开")
	if boardLine(first, "里湖镇").Find(".weeks li").Length() != 1 {
		t.Error("weeks before the first are shown")
	}
	reopened := s.get(boardPath(testkit.Puning, ledgertest.LastWeek, "")).want(200)
	reopened.has(".lead", "重新打开：里湖镇一村数字更正").has(".actions .primary", "锁定本周并上报")
	next := s.get(boardPath(testkit.Puning, ledgertest.NextWeek, "")).want(200)
	next.has(".notice", "3月30日开始填报").hasNot(".actions .primary").has("h1", "第 10 报告周")
	if text := next.Find(".line-actions").Text(); strings.Contains(text, "延期") {
		t.Error("a week that has not begun can be extended")
	}
	s.get("/board/445281000000/2024-03-28").want(404)
	s.get("/board/445281000000/friday").want(404)

	empty := newSite(t, ledgertest.Empty(t, "2024-01-10 10:00"), testkit.County)
	p := empty.get("/board").want(200)
	if p.path != boardPath(testkit.Puning, ledgertest.FirstWeek, "") {
		t.Errorf("before the campaign /board leads to %s", p.path)
	}
	p.count(".only-desk tbody tr", 29).has(".needs", "没有联系人").hasNot(".actions .primary")
	if got := tiles(p); got["完成计划"] != "—" || got["已植树（株）"] != "0" {
		t.Errorf("an empty week: %v", got)
	}
}

// contactBook is Contacts that only knows one unit.
type contactBook struct{ of unit.Code }

func (b contactBook) Contacts(context.Context, access.Actor, []unit.Code) (map[unit.Code]ledgerweb.Contact, error) {
	return map[unit.Code]ledgerweb.Contact{b.of: {Name: "陈静", Phone: "0663-2208"}}, nil
}

// use makes the pages anew with other options.
func (s *site) use(o ledgerweb.Options) {
	s.t.Helper()
	server := web.New(web.Options{Sessions: s.who, Log: slog.New(slog.DiscardHandler)})
	ledgerweb.New(s.Ledger, o).Register(server.Mux)
	h, err := server.Handler()
	if err != nil {
		s.t.Fatal(err)
	}
	s.server = httptest.NewServer(h)
	s.t.Cleanup(s.server.Close)
}

func TestBoardAsksTheContactBook(t *testing.T) {
	w := ledgertest.Busy(t, fridayAfternoon)
	s := newSite(t, w, testkit.County)
	s.use(ledgerweb.Options{Contacts: contactBook{demo.Extended}})
	p := s.get(boardPath(testkit.Puning, ledgertest.ThisWeek, "")).want(200)
	p.has(".needs", "联络员 陈静").count(".needs a[href='tel:0663-2208']", 1)
}

func TestBoardWithALongName(t *testing.T) {
	w := ledgertest.Busy(t, fridayAfternoon)
	long := strings.Repeat("大南山华侨管理区", 6)
	err := w.Units.Apply(t.Context(), func(r *unit.Registry) (register.Decision, error) {
		next, changes, err := r.Rename(demo.Returned, long, date.MustParse("2024-03-25"))
		return register.Decision{Next: next, Changes: changes}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Ledger.UnitsChanged()
	s := newSite(t, w, testkit.County)
	row := boardLine(s.get(boardPath(testkit.Puning, ledgertest.ThisWeek, "")).want(200), long)
	if title, _ := row.Find("th").Attr("title"); title != long {
		t.Errorf("the whole name is told nowhere: %q", title)
	}
	boardLine(s.get(boardPath(testkit.Puning, ledgertest.LastWeek, "")), "大南山街道")
}
