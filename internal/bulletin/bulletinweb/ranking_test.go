package bulletinweb_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/testkit"
)

// A rule of ranking is adopted and ended on its page, and printed under the table it orders; who
// may not sees it and no form.
func TestRankingPage(t *testing.T) {
	s := open(t, nil)
	if _, err := s.Begin(context.Background(), testkit.County, testkit.Puning, march); err != nil {
		t.Fatal(err)
	}
	const page = months + "/ranking"
	d := s.page(page)
	has(t, d, "main", "没有排名规则在施行")
	w, wrong := s.send(d, page, url.Values{"name": {"完成率排名办法"}, "reason": {"比进展"}, "minimum": {"几个"}, "first": {"planted_trees/planned_trees%"}})
	has(t, wrong, "#minimum-error", "0 到 1000")
	if w.Code != http.StatusUnprocessableEntity || wrong.Find("[name=name]").AttrOr("value", "") != "完成率排名办法" || wrong.Find("[name=minimum]").AttrOr("value", "") != "几个" {
		t.Errorf("%d, what was typed is lost", w.Code)
	}
	d = s.press(d, page, url.Values{"name": {"完成率排名办法"}, "reason": {"比进展"}, "first": {"planted_trees/planned_trees%"}})
	has(t, d, "main", "按《完成率排名办法》第1版（2024年3月起施行）排列")
	unranked(t, s.page(at))
	d = s.press(s.page(at), at+"/redraft", nil)
	has(t, d, ".paper-note", "第1版（2024年3月起施行）")
	if first := d.Find(".paper-table tbody tr").First(); first.Find("td").First().Text() != "1" {
		t.Errorf("the first line is %s", first.Text())
	}
	s.actor = testkit.Leader
	d = s.page(page)
	has(t, d, ".bulletin-history", "比进展")
	hasNot(t, d, "form[action='"+page+"']")
	s.actor = testkit.County
	d = s.page(page)
	end := fields(d.Find("form[action='" + page + "']").Last())
	end.Set("reason", "先不排")
	if w, _ := s.ask(page, end); w.Code != http.StatusSeeOther {
		t.Errorf("ending: %d", w.Code)
	}
	has(t, s.page(page), "main", "没有排名规则在施行")
	d = s.press(s.page(at), at+"/redraft", nil)
	unranked(t, d)
}

// unranked tells that no table's note speaks of a rule.
func unranked(t testing.TB, d *goquery.Document) {
	t.Helper()
	if note := d.Find(".paper-note").Text(); strings.Contains(note, "排列") {
		t.Errorf("a table is ranked: %s", note)
	}
}
