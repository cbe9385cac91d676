package ledgerweb_test

import (
	"testing"

	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestSendBackATown(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	ask := boardPath(testkit.LihuTown, ledgertest.ThisWeek, "/return")
	p := s.get(ask).want(200).has("h1", "退回里湖镇")
	form := p.form("form.confirm")
	if form.Get("due") != "2024-03-29T17:30" || len(form["cell"]) != 0 {
		t.Fatalf("the form proposes %v", form)
	}
	s.post(ask, form).want(422).has(".notice", "请写明原因")
	form.Set("reason", "已投入资金与票据不符")
	form["cell"] = []string{"invested_funds", "social_funds"}
	form.Set("due", "2024-03-29T08:00")
	p = s.post(ask, form).want(422).has(".notice", "限期已经过了")
	p.count("input[name=cell][checked]", 2)
	form.Set("due", "2024-04-01T12:00")
	p = s.post(ask, form).want(200).has(".notice", "已退回里湖镇")
	p.has(".needs", "已投入资金与票据不符（涉及：已投入、社会）").has(".needs", "限 4月1日 12:00 前")
	if state := clean(boardLine(p, "里湖镇").Find(".badge").First().Text()); state != "退回" {
		t.Errorf("里湖镇 is %s", state)
	}
	s.post(ask, form).want(409)
	s.as(testkit.Town).get(ask).want(403)
	s.as(testkit.City).get(ask).want(403)
}
