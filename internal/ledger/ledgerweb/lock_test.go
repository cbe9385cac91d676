package ledgerweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestLock(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	ask := boardPath(testkit.Puning, ledgertest.ThisWeek, "/lock")
	p := s.get(ask).want(200)
	p.has(".needs", "没有上报，将注明缺报（3）").has(".needs", "池尾街道").has(".needs", "梅林镇 缺 1 个村").has(".notice", "还没到截止时间").has("button.primary", "注明缺 3 个镇街")
	form := p.form("form.confirm")
	if form.Get("unit") != "中共普宁市委组织部" || form.Get("filled_on") != "2024-03-29" || form.Get("phone") == "" {
		t.Fatalf("the form proposes %v", form)
	}
	bad := url.Values{"base": form["base"], "unit": {"普宁市"}, "contact": {""}, "phone": {"1"}, "filled_on": {"2024-03-29"}}
	p = s.post(ask, bad).want(422)
	p.has(".notice", "联系人")
	if p.form("form.confirm").Get("unit") != "普宁市" {
		t.Error("what was typed is lost")
	}
	p = s.post(ask, form).want(200)
	p.has(".notice", "已锁定并上报").has(".lead", "已锁定").has(".actions .danger", "重新打开").hasNot("#board-table[hx-get]")
	if text := p.Find(".line-actions").Text(); strings.Contains(text, "退回") {
		t.Error("a town could be sent back in a locked week")
	}
	s.get(ask).want(200).has(".empty", "已经锁定").hasNot("form.confirm")
	s.post(ask, form).want(409)
	for _, a := range []access.Actor{testkit.Leader, testkit.City} {
		s.as(a).get(ask).want(403)
		s.post(ask, form).want(403)
	}
	s.as(testkit.Outsider).post(ask, form).want(404)

	again := boardPath(testkit.Puning, ledgertest.ThisWeek, "/reopen")
	s.as(testkit.City).get(again).want(200).has("h2", "重新打开第 9 周")
	s.post(again, url.Values{"reason": {" "}}).want(422).has(".error", "请写明原因")
	s.post(again, url.Values{"reason": {"有镇漏报"}}).want(200).has(".notice", "已重新打开")
	s.post(again, url.Values{"reason": {"再来一次"}}).want(409)
	s.as(testkit.Leader).post(again, url.Values{"reason": {"看看"}}).want(403)
}

// A post from another site does nothing.
func TestLockFromAnotherSite(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	r := s.request(http.MethodPost, boardPath(testkit.Puning, ledgertest.ThisWeek, "/lock"), "application/x-www-form-urlencoded", "unit=a&contact=b&phone=c&filled_on=2024-03-29")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	s.do(r).want(403)
	s.Clock.Advance(time.Minute)
	s.get(boardPath(testkit.Puning, ledgertest.ThisWeek, "")).has(".actions .primary", "锁定本周并上报")
}
