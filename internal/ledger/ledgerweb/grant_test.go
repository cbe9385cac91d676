package ledgerweb_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

func TestGrant(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	const nanjing unit.Code = 445281108000 // 南径镇
	ask := boardPath(nanjing, ledgertest.ThisWeek, "/grant")
	p := s.get(ask + "?from=" + url.QueryEscape(boardPath(testkit.Puning, ledgertest.ThisWeek, "?state=not_due"))).want(200)
	p.has(".lead", "南径镇").has(".confirm", "原截止时间 3月29日（周五）17:30")
	action, _ := p.Find("form.confirm").Attr("action")
	form := p.form("form.confirm")
	s.post(action, form).want(422).has(".notice", "请写明原因")
	form.Set("reason", "停电")
	form.Set("until", "2024-03-29T17:00")
	s.post(action, form).want(422).has(".notice", "延期时间必须晚于原截止时间")
	form.Set("until", "下周")
	s.post(action, form).want(422).has(".notice", "请写明延到什么时候")
	form.Set("until", "2024-03-30T09:00")
	p = s.post(action, form).want(200)
	if p.path != boardPath(testkit.Puning, ledgertest.ThisWeek, "?state=not_due") {
		t.Errorf("it leads back to %s", p.path)
	}
	p.has(".notice", "南径镇延至 3月30日 09:00").has(".needs", "停电")
	s.get(ask).want(200).has(".needs", "延至 3月30日 09:00")

	s.post(boardPath(testkit.Puning, ledgertest.ThisWeek, "/grant"), url.Values{"kind": {"other"}, "reason": {"x"}}).want(422)
	s.post(ask, url.Values{"kind": {"waiver"}, "reason": {"整镇搬迁"}}).want(200).has(".notice", "南径镇免报")
	s.as(testkit.Leader).get(ask).want(403)
	s.as(testkit.Town).get(ask).want(404)
	elsewhere := s.as(testkit.County).get(ask + "?from=" + url.QueryEscape("https://example.com/x")).want(200)
	if href, _ := elsewhere.Find(".confirm-actions a").Attr("href"); strings.Contains(href, "example.com") {
		t.Errorf("it leads away to %s", href)
	}
}
