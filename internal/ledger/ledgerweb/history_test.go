package ledgerweb_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

var noDay date.Date

func historyPath(of unit.Code, column string) string {
	return "/history/" + of.String() + "/2024-03-29/" + column
}

func money(v ledger.Value) string { return fmt.Sprintf("%d.%02d 万元", v/1_000_000, v/10_000%100) }

// corrected is 已投入 of the village that took 0.1 万元 back.
func corrected(s *site) string {
	return money(s.last(demo.Corrected, "invested_funds") - 100_000)
}

func TestHistoryOfACell(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	p := s.get(historyPath(demo.Corrected, "invested_funds")).want(200)
	p.has("h1", "已投入资金").has(".lead", "揭阳市普宁市里湖镇里湖居委会").has(".crumbs", "里湖镇")
	first := p.Find(".history-steps li").First()
	for _, want := range []string{money(s.last(demo.Corrected, "invested_funds")), corrected(s), "黄志明", "第 9 周 3月29日", "里湖镇台账.xlsx", "“Sheet1” S6", demo.CorrectNote} {
		if !strings.Contains(clean(first.Text()), want) {
			t.Errorf("the last change does not say %q: %s", want, clean(first.Text()))
		}
	}
	last := clean(p.Find(".history-steps li").Last().Text())
	if !strings.Contains(last, "没有填") {
		t.Errorf("it does not begin with nothing: %s", last)
	}
	earlier := s.get("/history/" + demo.Corrected.String() + "/2024-02-02/invested_funds").want(200)
	if strings.Contains(earlier.Find(".history-steps").Text(), "3月29日") {
		t.Error("the history of an earlier week knows later ones")
	}
}

func TestHistoryBesideTheTable(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.Leader)
	r := s.request("GET", historyPath(demo.Corrected, "invested_funds"), "", "")
	r.Header.Set("HX-Request", "true")
	r.Header.Set("HX-Boosted", "true")
	r.Header.Set("HX-Target", "cell-panel")
	p := s.do(r).want(200)
	p.hasNot("main").count("dialog[open]", 1).has("h2", corrected(s))
}

func TestHistoryRefuses(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	s.get(historyPath(demo.Corrected, "nonsense")).want(404)
	s.get(historyPath(testkit.LihuTown, "invested_funds")).want(404)
	s.get("/history/445281119999/2024-03-29/invested_funds").want(404)
	s.as(testkit.Outsider).get(historyPath(demo.Corrected, "invested_funds")).want(404)
	empty := newSite(t, ledgertest.Empty(t, fridayAfternoon), testkit.County)
	empty.get(historyPath(testkit.Xintan, "invested_funds")).want(200).has(".empty", "这一格还没有报过").has(".card", "本周还没有报")
}

// A value taken from a workbook leads back to the kept file, for those who may import.
func TestHistoryGivesTheKeptFile(t *testing.T) {
	w := ledgertest.Busy(t, fridayAfternoon)
	s := newSite(t, w, testkit.Town)
	last, _, err := w.Ledger.Last(t.Context(), demo.Corrected, ledgertest.NextWeek)
	if err != nil {
		t.Fatal(err)
	}
	up, err := w.Ledger.SaveUpload(t.Context(), testkit.Town, testkit.LihuTown, ledgertest.ThisWeek, "里湖镇 更正.xlsx", []byte("the file"))
	if err != nil {
		t.Fatal(err)
	}
	trees, _ := w.Pack.Ledger.ColumnIndex("planted_trees")
	last[trees]++
	file := "/history/" + demo.Corrected.String() + "/2024-03-29/file/" + up.ID
	s.get(file).want(404) // only looked at, never taken
	if _, err := w.Ledger.Import(t.Context(), testkit.Town, ledger.ImportInput{Unit: testkit.LihuTown, Week: ledgertest.ThisWeek, File: up.File, Upload: up.ID,
		Rows: []ledger.ImportRow{{Village: demo.Corrected, Values: last, Source: ledger.Source{Sheet: "台账", Row: 7, Columns: strings.Repeat("- ", trees) + "P"}}}}); err != nil {
		t.Fatal(err)
	}
	p := s.get(historyPath(demo.Corrected, "planted_trees")).want(200)
	p.has(".history-steps li:first-child", "里湖镇 更正.xlsx》 工作表“台账” P7").has(".card", "镇街上次上报的是")
	if href, _ := p.Find(".history-steps a[download]").Attr("href"); href != file {
		t.Fatalf("the file is at %q", href)
	}
	resp, err := s.client.Do(s.request("GET", file, "", ""))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != "the file" || !strings.Contains(resp.Header.Get("Content-Disposition"), "filename*=utf-8''%E9%87%8C%E6%B9%96") {
		t.Errorf("%d %q %q %v", resp.StatusCode, body, resp.Header.Get("Content-Disposition"), err)
	}
	reader := access.Actor{Account: 9, Name: "里湖居委会", Role: access.VillageReporter, Unit: demo.Corrected}
	s.as(reader).get(historyPath(demo.Corrected, "planted_trees")).want(200).hasNot("a[download]")
	s.get(file).want(404)
	s.as(testkit.County).get("/history/445281119002/2024-03-29/file/" + up.ID).want(200)
	s.get("/history/445281117201/2024-03-29/file/" + up.ID).want(404) // of another town
}

func TestVersions(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	p := s.get("/versions/" + demo.Returned.String() + "/2024-03-29").want(200)
	p.count(".history-steps li", 2).has(".history-steps li:first-child", "第 2 版 · 退回").has(".history-steps li:first-child", demo.ReturnWhy).has("#v1", "19 个村（社区）")
	if hash, _ := p.Find("#v1 code").Attr("title"); len(hash) != 64 {
		t.Errorf("the hash is %q", hash)
	}
	s.get("/versions/"+demo.ShortByOne.String()+"/2024-03-29").want(200).has("#v1", "注明缺报 1 个")
	county := s.get("/versions/445281000000/2024-03-22").want(200)
	county.count(".history-steps li", 2).has("#v2", "重新打开").has("#v1", "个镇街").has("#v1", "中共普宁市委组织部").has("#v1", "注明缺报")
	s.get("/versions/"+testkit.Xintan.String()+"/2024-03-29").want(200).has("#v1", "第 1 版 · 报送")
	s.get("/versions/"+demo.Extended.String()+"/2024-03-29").want(200).has(".empty", "还没有上报")
	s.as(testkit.Leader).get("/versions/" + testkit.LihuTown.String() + "/2024-03-29").want(200)
	if text := s.get("/versions/" + testkit.LihuTown.String() + "/2024-03-29").Find("#v1").Text(); !strings.Contains(text, "**") {
		t.Errorf("a leader reads the whole number: %s", clean(text))
	}
	s.as(testkit.Outsider).get("/versions/" + testkit.LihuTown.String() + "/2024-03-29").want(404)
}
