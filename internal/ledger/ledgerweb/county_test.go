package ledgerweb_test

import (
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
)

// villages counts the lines of villages on a page of the consolidated ledger.
func villages(p *page) int {
	return p.Find("tbody tr").Length() - p.Find("tbody tr.town-row").Length()
}

func TestConsolidatedLedger(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	here := path(testkit.Puning, ledgertest.ThisWeek, "")
	p := s.get(here).want(200).has("h1", "普宁市乡村绿化工作台账").has(".lead", "已报 520 村，缺 56 村").has(".pages", "共 576 个村（社区）")
	p.count("thead .group", 5).count("thead tr+tr th", 20)
	if n := villages(p); n != 100 {
		t.Errorf("%d villages on a page", n)
	}
	seen, cells := map[string]bool{}, 0
	for next := here; next != ""; {
		p = s.get(next).want(200)
		p.Find("tbody tr:not(.town-row) th a").Each(func(_ int, a *goquery.Selection) {
			href, _ := a.Attr("href")
			if seen[href] {
				t.Errorf("%s stands twice", href)
			}
			seen[href] = true
		})
		cells += p.Find(".changed-cell").Length()
		next, _ = p.Find(".pages a[rel=next]").Attr("href")
	}
	if len(seen) != 576 {
		t.Errorf("%d villages on all pages", len(seen))
	}
	l, err := s.Ledger.Consolidated(t.Context(), testkit.County, testkit.Puning, ledgertest.ThisWeek, ledgertest.FirstWeek.Add(-1))
	if err == nil {
		t.Fatalf("compared with a day that is no week: %d", l.Changed)
	}
	l, err = s.Ledger.Consolidated(t.Context(), testkit.County, testkit.Puning, ledgertest.ThisWeek, noDay)
	if err != nil {
		t.Fatal(err)
	}
	if cells != l.Changed || cells == 0 {
		t.Errorf("%d cells are marked, %d changed", cells, l.Changed)
	}
}

func TestConsolidatedLedgerFilters(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.County)
	here := path(testkit.Puning, ledgertest.ThisWeek, "")
	missing := s.get(here + "?show=missing").want(200)
	if n := villages(missing); n != 56 || missing.Find("tbody td.quiet").Length() != 56 {
		t.Errorf("%d villages are missing", n)
	}
	changed := s.get(here + "?show=changed").want(200)
	changed.Find("tbody tr:not(.town-row)").Each(func(_ int, r *goquery.Selection) {
		if r.Find(".changed-cell").Length() == 0 {
			t.Errorf("nothing changed in %s", clean(r.Find("th").Text()))
		}
	})
	odd := s.get(here + "?show=notes").want(200)
	if villages(odd) != 1 || odd.Find(".odd-cell").Length() != 2 {
		t.Errorf("%d villages, %d cells had to be explained", villages(odd), odd.Find(".odd-cell").Length())
	}
	odd.has(".odd-cell .sr", demo.CorrectNote)
	town := s.get(here + "?town=" + testkit.LihuTown.String()).want(200)
	if villages(town) != 25 || town.Find("tr.town-row").Length() != 1 {
		t.Errorf("%d villages of 里湖镇", villages(town))
	}
	town.count("select#town option[selected]", 1)
	since := s.get(here+"?since=2024-01-30").want(200).has(".lead", "1月30日")
	if since.Find(".changed-cell").Length() <= changed.Find(".changed-cell").Length()/2 {
		t.Error("since the first week little changed")
	}
	s.get(here + "?since=2024-01-31").want(404)
	s.get(here + "?since=x").want(404)
	s.get(here + "?town=" + testkit.Huicheng.String()).want(404)
	s.get(here+"?page=99").want(200).has(".pages [aria-current]", "1")
}

func TestConsolidatedLedgerOfOthers(t *testing.T) {
	s := newSite(t, ledgertest.Busy(t, fridayAfternoon), testkit.Leader)
	locked := s.get(path(testkit.Puning, ledgertest.FirstWeek, "")).want(200)
	if text := locked.Find(".form-head").Text(); strings.Contains(text, "0663-2244668") || !strings.Contains(text, "中共普宁市委组织部") {
		t.Errorf("the head says %s", clean(text))
	}
	s.as(testkit.City).get(path(testkit.Jieyang, ledgertest.ThisWeek, "")).want(200).has("h1", "揭阳市乡村绿化工作台账")
	s.as(testkit.Outsider).get(path(testkit.Puning, ledgertest.ThisWeek, "")).want(404)
	empty := newSite(t, ledgertest.Empty(t, fridayAfternoon), testkit.County)
	empty.get(path(testkit.Puning, ledgertest.ThisWeek, "")).want(200).has(".notice", "这一周还没有镇街上报").has(".lead", "已报 0 村，缺 576 村")
	empty.get(path(testkit.Puning, ledgertest.ThisWeek, "?show=changed")).want(200).has(".empty", "没有要显示的村")
}
