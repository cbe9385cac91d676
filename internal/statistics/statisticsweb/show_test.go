package statisticsweb_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/http/httptest"
	"sort"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/statistics/statisticsweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// signedIn is Sessions with one of the cast.
type signedIn access.Actor

func (s signedIn) Actor(*http.Request) (access.Actor, bool, error) { return access.Actor(s), true, nil }

// site is the pages on a world, for one of the cast.
func site(t *testing.T, w *ledgertest.World, a access.Actor) http.Handler {
	t.Helper()
	s := web.New(web.Options{Sessions: signedIn(a), Log: slog.New(slog.DiscardHandler),
		Site: web.Site{UnitName: func(context.Context, access.Actor) string { return "" }}})
	statisticsweb.New(statistics.New(w.Ledger), w.Ledger).Register(s.Mux)
	h, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, h http.Handler, path string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	return w
}

func page(t *testing.T, h http.Handler, path string) *goquery.Document {
	t.Helper()
	w := get(t, h, path)
	if w.Code != 200 {
		t.Fatalf("%s: %d", path, w.Code)
	}
	d, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func clean(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

const (
	friday = "2024-03-29 16:18"
	puning = "/statistics/445281000000/2024-03-29"
)

// column is the cells of the column with the title, from top to bottom.
func column(t *testing.T, d *goquery.Document, title string) []string {
	t.Helper()
	at := -1
	d.Find("table.statistics thead tr+tr th").Each(func(i int, h *goquery.Selection) {
		if clean(h) == title {
			at = i
		}
	})
	if at < 0 {
		t.Fatalf("no column %s", title)
	}
	var cells []string
	d.Find("table.statistics tbody tr").Each(func(_ int, r *goquery.Selection) { cells = append(cells, clean(r.Find("td").Eq(at))) })
	return cells
}

func TestTable(t *testing.T) {
	h := site(t, ledgertest.Busy(t, friday), testkit.County)
	d := page(t, h, puning)
	if got := clean(d.Find("h1")); got != "普宁市乡村绿化工作统计表" {
		t.Errorf("it is called %s", got)
	}
	if !strings.Contains(clean(d.Find(".lead")), "口径待确认") || !strings.Contains(clean(d.Find(".lead")), "截至 2024年3月29日") {
		t.Errorf("it says %s", clean(d.Find(".lead")))
	}
	if n := d.Find("table.statistics tbody tr").Length(); n != 33 {
		t.Errorf("%d units", n)
	}
	if g, c := d.Find("thead .group").Length(), d.Find("thead tr+tr th").Length(); g != 6 || c != 40 {
		t.Errorf("%d groups, %d columns", g, c)
	}
	spans := 0
	d.Find("thead .group").Each(func(_ int, g *goquery.Selection) {
		n, err := strconv.Atoi(g.AttrOr("colspan", ""))
		if err != nil {
			t.Error(err)
		}
		spans += n
	})
	if spans != 40 {
		t.Errorf("the groups reach over %d columns", spans)
	}
	if d.Find(".charts .bars tbody tr").Length() != 26 || d.Find(".charts svg.trend .dot").Length() != 9 {
		t.Errorf("%d bars, %d weeks", d.Find(".charts .bars tbody tr").Length(), d.Find(".charts svg.trend .dot").Length())
	}
	if d.Find("thead th[aria-sort=ascending]").Length() != 1 {
		t.Error("the order of codes is not told")
	}
}

// Every figure of the page is the service's own, and the total is the sum of the rows.
func TestFigures(t *testing.T) {
	w := ledgertest.Busy(t, friday)
	tb, err := statistics.New(w.Ledger).Table(t.Context(), testkit.County, testkit.Puning, ledgertest.ThisWeek, 0)
	if err != nil {
		t.Fatal(err)
	}
	d := page(t, site(t, w, testkit.County), puning)
	sum := 0
	for _, text := range column(t, d, "已植树（株）") {
		if n, err := strconv.Atoi(strings.ReplaceAll(text, ",", "")); err == nil {
			sum += n
		}
	}
	at := -1
	for i, c := range tb.Form.Columns {
		if c.Key == "planted_trees" {
			at = i
		}
	}
	if total := clean(d.Find("tfoot td").Eq(at)); strings.ReplaceAll(total, ",", "") != strconv.Itoa(sum) || int64(sum) != tb.Total.Cells[at].Part {
		t.Errorf("the total is %s, the rows add up to %d, the service says %d", total, sum, tb.Total.Cells[at].Part)
	}
}

func TestSorting(t *testing.T) {
	h := site(t, ledgertest.Busy(t, friday), testkit.County)
	d := page(t, h, puning)
	href, _ := d.Find("thead tr+tr th a").FilterFunction(func(_ int, a *goquery.Selection) bool { return clean(a) == "植树完成率" }).Attr("href")
	down := page(t, h, href)
	if down.Find("thead th[aria-sort=descending]").Length() != 1 || down.Find("tbody .sorted-cell").Length() != 33 {
		t.Errorf("sorted by %s: %s", href, clean(down.Find("thead th[aria-sort=descending]")))
	}
	shares := func(d *goquery.Document) []float64 {
		var list []float64
		for _, s := range column(t, d, "植树完成率") {
			if n, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64); err == nil {
				list = append(list, n)
			}
		}
		return list
	}
	if got := shares(down); len(got) != 26 || !sort.SliceIsSorted(got, func(i, j int) bool { return got[i] > got[j] }) {
		t.Errorf("not descending: %v", got)
	}
	if title := clean(down.Find(".chart-title").First()); title != "植树完成率" {
		t.Errorf("the chart shows %s", title)
	}
	href, _ = down.Find("thead th[aria-sort=descending] a").Attr("href")
	if got := shares(page(t, h, href)); !sort.Float64sAreSorted(got) {
		t.Errorf("not ascending: %v", got)
	}
	// equal figures stay in the order of codes
	var names []string
	page(t, h, puning+"?sort=late&dir=desc").Find("tbody th a").Each(func(_ int, a *goquery.Selection) { names = append(names, clean(a)) })
	if names[0] != "流沙东街道" || names[2] != "流沙西街道" {
		t.Errorf("equal rows changed places: %v", names)
	}
	if first := clean(page(t, h, puning+"?sort=name&dir=desc").Find("tbody th a").First()); first != "普宁产业转移工业园" {
		t.Errorf("codes turned round begin with %s", first)
	}
	page(t, h, puning+"?sort=nonsense")
}

func TestColumns(t *testing.T) {
	h := site(t, ledgertest.Busy(t, friday), testkit.County)
	d := page(t, h, puning+"?columns=progress,funds&sort=planted_trees")
	if d.Find("thead .group").Length() != 2 || strings.Contains(clean(d.Find("thead")), "培训人次") {
		t.Errorf("groups: %s", clean(d.Find("thead .group")))
	}
	d.Find(".filters a").Each(func(_ int, a *goquery.Selection) {
		if href, _ := a.Attr("href"); clean(a) == "资金保障情况" && !strings.Contains(href, "columns=progress&") {
			t.Errorf("taking the funds away leads to %s", href)
		}
	})
	if page(t, h, puning+"?columns=nonsense").Find("thead .group").Length() != 6 {
		t.Error("unknown groups hide all")
	}
}

func TestDrilling(t *testing.T) {
	w := ledgertest.Busy(t, friday)
	h := site(t, w, testkit.City)
	city := page(t, h, "/statistics/445200000000/2024-03-29")
	if city.Find(".statistics tbody tr").Length() != 5 {
		t.Errorf("%d counties", city.Find(".statistics tbody tr").Length())
	}
	follow := func(d *goquery.Document, name string) *goquery.Document {
		t.Helper()
		href, ok := d.Find("tbody th a").FilterFunction(func(_ int, a *goquery.Selection) bool { return clean(a) == name }).Attr("href")
		if !ok {
			t.Fatalf("no %s", name)
		}
		return page(t, h, href)
	}
	town := follow(follow(city, "普宁市"), "里湖镇")
	if town.Find(".statistics tbody tr").Length() != 25 || !strings.Contains(clean(town.Find(".crumbs")), "揭阳市") {
		t.Errorf("里湖镇: %d villages, %s", town.Find(".statistics tbody tr").Length(), clean(town.Find(".crumbs")))
	}
	if href, _ := town.Find("tbody th a").First().Attr("href"); href != "/ledger/445281119001/2024-03-29" {
		t.Errorf("a village leads to %s", href)
	}
	if href, _ := town.Find("tbody td a[href*='planted_trees']").First().Attr("href"); href != "/history/445281119001/2024-03-29/planted_trees" {
		t.Errorf("a village's figure leads to %s", href)
	}
	if href, _ := city.Find(".statistics tbody tr:last-child td a[href*='sort=planted_trees']").First().Attr("href"); !strings.HasPrefix(href, "/statistics/445281000000/") {
		t.Errorf("a county's figure leads to %s", href)
	}
	all := page(t, h, "/statistics/445200000000/2024-03-29?by=village")
	if all.Find(".statistics tbody tr").Length() != 120 || all.Find(".pages a[rel=next]").Length() != 1 || !strings.Contains(clean(all.Find(".charts")), "个单位没有画出") {
		t.Errorf("%d of 1,651 villages on a page", all.Find(".statistics tbody tr").Length())
	}
	one := page(t, h, "/statistics/445281119001/2024-03-29")
	if one.Find(".statistics tbody tr").Length() != 1 {
		t.Errorf("a village has %d rows", one.Find(".statistics tbody tr").Length())
	}
}

func TestStates(t *testing.T) {
	h := site(t, ledgertest.Busy(t, friday), testkit.Leader)
	d := page(t, h, puning)
	silent := d.Find(".statistics tbody tr").FilterFunction(func(_ int, r *goquery.Selection) bool { return clean(r.Find("th")) == "池尾街道" })
	if !strings.Contains(clean(silent), "—") || strings.Contains(clean(silent), "0.0%") {
		t.Errorf("a unit that has not reported: %s", clean(silent))
	}
	if note := clean(d.Find(".table-note").Last()); !strings.Contains(note, "合计和图里没有含还没有报送的") {
		t.Errorf("nothing says that sums elsewhere are higher: %s", note)
	}
	for path, status := range map[string]int{
		"/statistics/445281000000/2024-03-28":             404,
		"/statistics/445224000000/2024-03-29":             404,
		puning + "?by=city":                               422,
		puning + "?by=street":                             422,
		"/statistics/4452810000/2024-03-29":               404,
		"/export/445224000000/2024-03-29/statistics.xlsx": 404,
	} {
		if w := get(t, h, path); w.Code != status {
			t.Errorf("%s: %d, want %d", path, w.Code, status)
		}
	}
	if w := get(t, h, "/statistics"); w.Code != 303 || w.Header().Get("Location") != puning {
		t.Errorf("/statistics: %d %s", w.Code, w.Header().Get("Location"))
	}
	next := page(t, h, "/statistics/445281000000/2024-04-03")
	if !strings.Contains(clean(next.Find(".notice")), "还没有上报") {
		t.Errorf("a week to come says %s", clean(next.Find(".notice")))
	}
	first := page(t, site(t, ledgertest.Empty(t, "2024-01-10 09:00"), testkit.County), "/statistics/445281000000/2024-01-30")
	if first.Find(".chart .empty").Length() != 2 || first.Find(".week-nav a[rel=prev]").Length() != 0 {
		t.Errorf("an empty first week: %s", clean(first.Find(".charts")))
	}
}

func TestExport(t *testing.T) {
	h := site(t, ledgertest.Busy(t, friday), testkit.County)
	d := page(t, h, puning+"?by=village")
	href, _ := d.Find(".actions a").First().Attr("href")
	if !strings.HasSuffix(href, "?by=village") {
		t.Errorf("the export is at %s", href)
	}
	w := get(t, h, "/export/445281000000/2024-03-29/statistics.xlsx")
	if w.Code != 200 {
		t.Fatalf("%d", w.Code)
	}
	_, params, err := mime.ParseMediaType(w.Header().Get("Content-Disposition"))
	if err != nil || params["filename"] != "普宁市乡村绿化工作统计表2024-03-29.xlsx" {
		t.Errorf("%v %v", params, err)
	}
	body, err := io.ReadAll(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if formula, err := f.GetCellFormula(f.GetSheetName(0), "C39"); err != nil || formula != "SUM(C6:C38)" {
		t.Errorf("the total is %q (%v)", formula, err)
	}
}
