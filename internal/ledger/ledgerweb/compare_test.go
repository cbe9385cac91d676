package ledgerweb_test

import (
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

func TestCompare(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	p := s.get("/compare/" + testkit.LihuTown.String()).want(200)
	p.has("h1", "里湖镇 · 对比两次上报").count("select#a option", 9)
	if v, _ := p.Find("select#b option[selected]").Attr("value"); v != "2024-03-29:1" {
		t.Errorf("it begins with %s", v)
	}
	c, err := s.Ledger.Compare(t.Context(), testkit.County, testkit.LihuTown, ledger.Ref{Week: ledgertest.LastWeek, Version: 1}, ledger.Ref{Week: ledgertest.ThisWeek, Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	if n := p.Find("tbody tr").Length(); n != len(c.Diffs) || n == 0 {
		t.Errorf("%d lines for %d differences", n, len(c.Diffs))
	}
	p.has("tbody", "里湖居委会").has("tbody", corrected(s)).has("tbody", "−0.10")
	s.get("/compare/"+testkit.LihuTown.String()+"?a=2024-03-29:1&b=2024-03-29:1").want(200).has(".empty", "完全相同")
	county := s.get("/compare/445281000000").want(200)
	county.has(".pages", "格不同").has(".notice", "后一次少").has(".notice", "后一次多")
	if href, _ := county.Find(".pages a[rel=next]").Attr("href"); !strings.Contains(href, "page=2") {
		t.Errorf("a county's differences are on one page: %q", href)
	}
}

// Before a week is handed in there is nothing to compare it with, and the page says so.
func TestCompareBeforeItIsHandedIn(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	p := s.get("/ledger/445281108000/2024-03-29").want(200)
	to, _ := p.Find("a[href^='/compare/']").Attr("href")
	p = s.get(to).want(200).has(".empty", "第 9 周 3月29日还没有提交").has(".empty a[href$='?show=changed']", "只看改过的村")
	if p.Find(".notice, .compare-line").Length() != 0 || strings.Contains(p.Find("main").Text(), "完全相同") {
		t.Errorf("it compares with nothing: %s", p.Find("main").Text())
	}
	// Without a version the newest of the week is meant, and stands chosen.
	last := s.get("/compare/" + testkit.LihuTown.String() + "?a=2024-03-22:0&b=2024-03-29:0").want(200)
	for id, want := range map[string]string{"a": "2024-03-22:1", "b": "2024-03-29:1"} {
		if v, _ := last.Find("select#" + id + " option[selected]").Attr("value"); v != want {
			t.Errorf("%s stands on %q", id, v)
		}
	}
}

func TestCompareRefuses(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	town := "/compare/" + testkit.LihuTown.String()
	for _, q := range []string{"?a=x&b=2024-03-29:1", "?a=2024-03-28:1&b=2024-03-29:1", "?a=2024-03-22:7&b=2024-03-29:1", "?a=2024-03-22:-1&b=2024-03-29:1"} {
		s.get(town + q).want(404)
	}
	s.as(testkit.Outsider).get(town).want(404)
	empty := newSite(t, ledgertest.Empty(t, fridayAfternoon), testkit.County)
	empty.get(town).want(200).has(".empty", "还没有上报过")
}
