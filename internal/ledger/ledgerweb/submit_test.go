package ledgerweb_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

// submission is the town's week as it was last sealed.
func (s *site) submission() ledger.OfficeState {
	s.t.Helper()
	sheet, err := s.Ledger.Sheet(s.t.Context(), testkit.City, testkit.LihuTown, ledgertest.ThisWeek)
	if err != nil {
		s.t.Fatal(err)
	}
	return sheet.Office(testkit.LihuTown, s.Ledger.Now())
}

func TestSubmitAsksFirst(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	bar := s.get(lihu).form("#submit-form")
	p := s.post(lihu+"/submit", bar).want(200)
	p.has("h1", "提交本周台账").has("main", "交 18 村").count(".missing fieldset", 7).count(".missing input[checked]", 0)
	p.has("main", "有改动没报的 3 村").has("button", "确认提交（第 1 版）")
	if s.submission().Sealed != nil {
		t.Fatal("sealed before it was confirmed")
	}
	// Each missing village is to be decided.
	p = s.post(lihu+"/submit", p.form("form.submit")).want(422)
	p.has(".notice.t-wrong", "还有 7 处要改").has(".notice.t-wrong", "蓬和村没有报")
	// 先交: they are named without being asked one by one.
	bar.Set("missing", "named")
	s.post(lihu+"/submit", bar).want(200).count(`.missing input[value="named"][checked]`, 7)
}

func TestSubmitPartThenAgain(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	export := `a[href="` + exportPath(testkit.LihuTown, ledgertest.ThisWeek, "ledger.xlsx") + `"]`
	bar := s.get(lihu).count(export, 0).form("#submit-form")
	bar.Set("missing", "named")
	form := s.post(lihu+"/submit", bar).form("form.submit")
	form.Set("missing."+Nothing.String(), "carried")
	p := s.post(lihu+"/submit", form).want(200)
	p.has("#messages", "第 1 版已提交").has("#messages", "18 村，沿用上周 1 村，缺 6 村").has(".sealed", "第 1 版 已提交 · 3月29日 16:18 · 黄志明")
	p.count(export, 1) // what goes on paper and upward, marked
	p.has(row(Nothing)+" .mark", "沿用").hasNot(".sealed.stale").has(".bar", "已提交第 1 版")
	sealed := s.submission().Sealed
	if sealed == nil || len(sealed.Members) != 25 {
		t.Fatalf("%+v", sealed)
	}
	for _, m := range sealed.Members {
		if m.Unit == Nothing && (!m.Carried || m.Version == 0) || m.Unit == Draft && m.Version != 0 {
			t.Errorf("%+v", m)
		}
	}
	// A village reports after it: the grid says that the town has to submit again.
	village := s.as(reporter(Draft)).get(path(Draft, ledgertest.ThisWeek, ""))
	report := village.form("#row")
	report.Set("cell.planted_trees", s.more(Draft, 10))
	s.post(path(Draft, ledgertest.ThisWeek, "/report"), report).want(200)
	p = s.as(testkit.Town).get(lihu).has(".sealed.stale", "提交后又有改动").has(".bar", "有改动，重新提交（第 2 版）")
	bar = p.form("#submit-form")
	bar.Set("missing", "named")
	again := s.post(lihu+"/submit", bar).form("form.submit")
	s.post(lihu+"/submit", again).want(200).has(".sealed", "第 2 版")
	// The same page sent once more is stale.
	s.post(lihu+"/submit", again).want(409).has(".notice", "刚有人提交过")
	if v := s.submission().Chain.Version; v != 2 {
		t.Errorf("version %d", v)
	}
}

func TestSubmitHead(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	bar := s.get(lihu).form("#submit-form")
	bar.Set("missing", "named")
	form := s.post(lihu+"/submit", bar).form("form.submit")
	for field, says := range map[string]string{"unit": "填报单位", "contact": "联系人", "phone": "电话", "filled_on": "填表日期"} {
		wrong := clone(form)
		wrong.Set(field, " ")
		s.post(lihu+"/submit", wrong).want(422).has(".notice.t-wrong", says).count(`.notice.t-wrong a[href="#`+field+`"]`, 1)
	}
	form.Set("filled_on", "29/3")
	s.post(lihu+"/submit", form).want(422).has(".error", "填表日期写法不对")
}

func TestSubmitRefused(t *testing.T) {
	s := newSite(t, friday(t), testkit.Leader)
	s.get(lihu + "/submit").want(403)
	s.as(testkit.Outsider).get(lihu + "/submit").want(404)
	s.as(testkit.County).get(path(testkit.Puning, ledgertest.ThisWeek, "/submit")).want(404)
}

func TestTownSentBack(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	bar := s.get(lihu).form("#submit-form")
	bar.Set("missing", "named")
	s.post(lihu+"/submit", s.post(lihu+"/submit", bar).form("form.submit")).want(200)
	_, err := s.Ledger.ReturnTown(t.Context(), testkit.County, ledger.ReturnInput{Unit: testkit.LihuTown, Week: ledgertest.ThisWeek, Reason: "资金对不上"})
	if err != nil {
		t.Fatal(err)
	}
	s.get(lihu).want(200).has(".notice.t-returned", "县里退回了本周台账").has(".notice.t-returned", "资金对不上").has(".bar", "改好了，重新提交（第 3 版）")
}
