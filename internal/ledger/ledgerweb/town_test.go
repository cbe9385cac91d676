package ledgerweb_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

var lihu = path(testkit.LihuTown, ledgertest.ThisWeek, "")

func cell(village unit.Code, key string) string { return "cell." + village.String() + "." + key }

func row(village unit.Code) string { return "#r-" + village.String() }

func TestTownShowsItsGrid(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	p := s.get(lihu).want(200)
	p.has("h1", "里湖镇 · 第 9 报告周").has(".lead", "截止 3月29日（周五）17:30").has(".lead", "还有 1 小时 12 分")
	p.count("#grid tbody tr", 25).count("#grid tbody td input", 25*20).count("#grid thead .group", 5).count("#grid thead .column", 20)
	p.has(".chips", "25 村 · 已报 18").has(".chips", "待报 7").has(".chips", "草稿 3").has(".chips", fmt.Sprintf("问题 %d", s.doubtful()))
	p.has(row(Draft)+" .mark", "草稿").has(row(Nothing)+" .mark", "待报").has(row(Returned)+" .mark", "退回")
	p.count(row(Draft)+" td.draft", 1).count(row(Nothing)+" td.faded", 20).count(row(Reported)+" td.faded", 0)
	p.count(row(Returned)+" td.pointed", 1)
	head := p.Find(`#grid th[data-key="secured_seedlings"]`)
	if head.AttrOr("aria-label", "") != "已落实苗木数量(株)" || head.Text() != "已落实苗木" {
		t.Errorf("head %q says %q", head.Text(), head.AttrOr("aria-label", ""))
	}
	p.has(".bar", "先交 18 村，注明缺 7 村").has(".bar", "提交本周台账")
	if form := p.form("#submit-form"); form.Get("unit") != "里湖镇" || form.Get("contact") == "" || form.Get("filled_on") != "2024-03-29" {
		t.Errorf("head of the form: %v", form)
	}
}

// The totals are those of the rows that are reported or filled, and they are right.
func TestTownTotals(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	views, err := s.Ledger.Rows(t.Context(), testkit.Town, testkit.LihuTown, ledgertest.ThisWeek)
	if err != nil {
		t.Fatal(err)
	}
	sums := make([]ledger.Value, len(s.Pack.Ledger.Columns))
	for _, v := range views {
		if v.Chain.Status == ledger.Reported || v.Draft != nil {
			for i, x := range v.Filled {
				sums[i] += x
			}
		}
	}
	s.get(lihu).Find("#grid tfoot td").Each(func(i int, td *goquery.Selection) {
		want := ledger.Format(&s.Pack.Ledger.Columns[i], sums[i])
		if s.Pack.Ledger.Columns[i].Type == "yes_no" {
			want = clean(strings.TrimSpace(ledger.Format(&s.Pack.Ledger.Columns[1], sums[i])))
		}
		if td.Text() != want {
			t.Errorf("%s: %s, want %s", s.Pack.Ledger.Columns[i].Short, td.Text(), want)
		}
	})
}

func TestTownFilters(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	for show, n := range map[string]int{"pending": 7, "draft": 3, "problem": s.doubtful(), "reported": 18} {
		s.get(lihu+"?show="+show).want(200).count("#grid tbody tr", n)
	}
}

func TestTownVirtualVillage(t *testing.T) {
	w := friday(t)
	city := testkit.City
	for _, town := range w.Tree(ledgertest.ThisWeek).Towns(testkit.Jieyang) {
		for _, v := range w.Tree(ledgertest.ThisWeek).Villages(town.Code) {
			if v.Kind == unit.Virtual {
				s := newSite(t, w, city)
				s.get(path(town.Code, ledgertest.ThisWeek, "")).want(200).count(row(v.Code)+".virtual", 1).has(row(v.Code), "虚拟").count(row(v.Code)+" td input", 0)
				return
			}
		}
	}
	t.Fatal("no virtual village")
}

func TestTownReaders(t *testing.T) {
	s := newSite(t, friday(t), testkit.Leader)
	p := s.get(lihu).want(200).hasNot("#submit-form").hasNot(".behalf").count("#grid tbody input[readonly]", 25*20)
	if strings.Contains(p.body, "0663-2281119") || !strings.Contains(p.body, "****") {
		t.Error("a leader is shown the whole number")
	}
	s.as(testkit.Outsider).get(lihu).want(404)
}

// sent is what the grid posts as JSON, answer what it gets.
type answer struct {
	At   string `json:"at"`
	Rows []struct {
		Unit   string `json:"unit"`
		Base   int32  `json:"base"`
		Draft  bool   `json:"draft"`
		Moved  bool   `json:"moved"`
		Failed string `json:"failed"`
		Cells  []struct {
			V, C, E, W, N, L, X string
			K                   bool
		} `json:"cells"`
	} `json:"rows"`
	Totals []string       `json:"totals"`
	Count  map[string]int `json:"count"`
}

func (s *site) cells(body string, status int) answer {
	s.t.Helper()
	r := s.request("POST", lihu+"/draft", "application/json", body)
	r.Header.Set("Accept", "application/json")
	p := s.do(r).want(status)
	var a answer
	if err := json.Unmarshal([]byte(p.body), &a); err != nil {
		s.t.Fatalf("%v: %s", err, p.body)
	}
	return a
}

func TestTownCells(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	before, problems := s.get(lihu), s.doubtful()
	planted, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
	a := s.cells(`{"rows":[{"unit":"445281119205","base":0,"cells":{"planned_trees":"2000","secured_seedlings":"2000","planted_trees":"１０００ 棵","party_members":"几个"}},
		{"unit":"445281119001","base":1,"cells":{"planned_trees":"941"},"notes":{}}]}`, 200)
	if a.At != "16:18:00" || len(a.Rows) != 2 {
		t.Fatalf("%+v", a)
	}
	row := a.Rows[1]
	if row.Unit != "445281119205" || !row.Draft {
		t.Fatalf("%+v", row)
	}
	if c := row.Cells[planted]; c.V != "1000" || c.L != fmt.Sprintf("比上周 +%d", 1000-s.last(Nothing, "planted_trees")) || !strings.Contains(c.C, "changed") || !strings.Contains(c.C, "draft") {
		t.Errorf("planted: %+v", c)
	}
	if c := row.Cells[1]; c.V != "几个" || !strings.Contains(c.E, "不是数字") || !strings.Contains(c.C, "bad") {
		t.Errorf("members: %+v", c)
	}
	if a.Count["problems"] != problems+1 || a.Count["drafts"] != 5 {
		t.Errorf("count %v", a.Count)
	}
	if was := before.Find("#grid tfoot td").Eq(planted).Text(); was == a.Totals[planted] {
		t.Errorf("the total stayed %s", was)
	}
	// A note answers a warning.
	s.cells(`{"rows":[{"unit":"445281119205","base":0,"cells":{"planted_trees":"10","party_members":"56"}}]}`, 200)
	a = s.cells(`{"rows":[{"unit":"445281119205","base":0,"notes":{"planted_trees":"树苗冻死一批"}}]}`, 200)
	if c := a.Rows[0].Cells[planted]; c.W != "" || c.N != "树苗冻死一批" || a.Count["problems"] != problems {
		t.Errorf("after the note: %+v, %v", c, a.Count)
	}
}

func TestTownCellsRefused(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	s.cells(`nonsense`, 422)
	s.cells(`{"rows":[{"unit":"445281001202","base":0,"cells":{"planted_trees":"1"}}]}`, 422)
	a := s.cells(`{"rows":[{"unit":"445281119205","base":0,"cells":{"no_such":"1"}},{"unit":"445281119204","base":1,"cells":{"party_members":"122"}}]}`, 200)
	if a.Rows[1].Failed == "" || a.Rows[0].Failed != "" || !a.Rows[0].Draft {
		t.Errorf("one bad row spoils the other: %+v", a.Rows)
	}
	s.as(testkit.Leader).cells(`{"rows":[]}`, 403)
}

// Two write the same row: what does not clash is kept, what does is shown with both values.
func TestTownCellsMoved(t *testing.T) {
	s := newSite(t, friday(t), reporter(Nothing))
	form := s.get(path(Nothing, ledgertest.ThisWeek, "")).form("#row")
	theirs, mine := s.more(Nothing, 6), s.more(Nothing, 11)
	form.Set("cell.planted_trees", theirs)
	s.post(path(Nothing, ledgertest.ThisWeek, "/report"), form).want(200)
	a := s.as(testkit.Town).cells(`{"rows":[{"unit":"445281119205","base":0,"cells":{"planted_trees":"`+mine+`","party_members":"57"}}]}`, 200)
	planted, _ := s.Pack.Ledger.ColumnIndex("planted_trees")
	r := a.Rows[0]
	if !r.Moved || r.Base != 1 {
		t.Fatalf("%+v", r)
	}
	if c := r.Cells[planted]; !c.K || c.V != mine || c.X != theirs {
		t.Errorf("planted %+v", c)
	}
	if c := r.Cells[1]; c.K || c.V != "57" {
		t.Errorf("members %+v", c)
	}
}

func TestTownGridWithoutScript(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	form := s.get(lihu).form("#grid-form")
	form.Set(cell(Nothing, "planted_trees"), "980")
	form.Set(cell(Nothing, "party_members"), "一些")
	s.post(lihu+"/draft", form).want(200).has("#messages", "已保存 2 格").has(row(Nothing)+" .mark", "草稿").has(".problems", "不是数字")
	if v := s.state(Unchanged); v.Draft != nil {
		t.Error("a row that nobody touched has a draft")
	}
}

func TestTownReportsOnBehalf(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	form := s.get(lihu).form("#grid-form")
	form.Set("which", "filled")
	// Of the three that have typed, two are right and one is not.
	second, third := s.next(Draft, 8), s.next(Draft, 16)
	form.Set(cell(Draft, "planted_trees"), s.more(Draft, 10))
	form.Set(cell(second, "planted_trees"), s.more(second, 10))
	form.Set(cell(third, "planted_trees"), "多得很")
	ask := s.post(lihu+"/report", form).want(200).has("h1", "代报这些村").count(".bulk-list li", 2).has(".card", "不在内的村").count(".card li a[href$='"+third.String()+"/2024-03-29?edit=1']", 1)
	if v := s.state(Draft); v.Latest != nil {
		t.Fatal("reported before it was confirmed")
	}
	s.post(lihu+"/report", ask.form(".bulk form")).want(200).has("#messages", "已代 2 村报上").has(".chips", "已报 20")
	v := s.state(Draft)
	if v.Latest == nil || !v.Latest.OnBehalf || v.Latest.Actor != "黄志明" || v.Latest.Source.Kind != ledger.ByGrid {
		t.Errorf("%+v", v.Latest)
	}
	// A single row, from the grid.
	s.cells(`{"rows":[{"unit":"445281119205","base":0,"cells":{"party_members":"57"}}]}`, 200)
	s.post(path(Nothing, ledgertest.ThisWeek, "/report"), url.Values{"back": {"town"}, "base": {"0"}}).want(200).has("#messages", "已代蓬和村报上").has("h1", "里湖镇")
}

func TestTownDeclaresUnchanged(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	form := s.get(lihu).form("#grid-form")
	form.Set("which", "pending")
	ask := s.post(lihu+"/unchanged", form).want(200).has(".bulk", "蓬和村").has(".card", "有草稿没报")
	n := ask.Find(".bulk-list li").Length()
	confirmed := ask.form(".bulk form")
	s.post(lihu+"/unchanged", confirmed).want(200).has("#messages", "按“本周无变化”报上")
	if v := s.state(Nothing); v.Latest == nil || !v.Latest.Unchanged || !v.Latest.OnBehalf {
		t.Errorf("of %d: %+v", n, v.Latest)
	}
	// Somebody else was faster: said, and nothing is written twice.
	s.post(lihu+"/unchanged", confirmed).want(200).has("#messages", "没有办成")
	form.Set("which", "ticked")
	s.post(lihu+"/unchanged", form).want(200).has(".bulk", "没有可以办理的村")
}

func TestTownReturnsARow(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	ask := path(Reported, ledgertest.ThisWeek, "/return")
	p := s.get(ask+"?cell=planted_trees").want(200).has("h1", "退回里湖居委会").count(`input[name="cell"]`, 20)
	form := p.form("form.confirm")
	if form.Get("cell") != "planted_trees" {
		t.Errorf("cell %q", form.Get("cell"))
	}
	s.post(ask, form).want(422).has(".error", "请写明原因")
	form.Set("reason", "和上次差得太多")
	form.Set("due", "2024-03-29T09:00")
	s.post(ask, form).want(422).has(".error", "要晚于现在").has("textarea", "和上次差得太多")
	form.Set("due", "2024-03-29T18:30")
	s.post(ask, form).want(200).has("#messages", "已退回里湖居委会").has(row(Reported)+" .mark", "退回")
	v := s.state(Reported)
	if v.State != ledger.StateReturned || v.Latest.Reason != "和上次差得太多" || !v.Latest.ReturnDue.Equal(time.Date(2024, 3, 29, 18, 30, 0, 0, testkit.Shanghai)) || v.Latest.Cells[0] != "planted_trees" {
		t.Errorf("%+v", v.Latest)
	}
	s.get(ask).want(200).has("main", "没有可以退回的填报")
	s.post(ask, form).want(409)
	// The dialog of the grid asks for the form alone.
	r := s.request("GET", path(Unchanged, ledgertest.ThisWeek, "/return"), "", "")
	r.Header.Set("HX-Request", "true")
	s.do(r).want(200).hasNot("header").count("form.confirm", 1)
	s.as(reporter(Reported)).get(ask).want(403)
}
