package bulletinweb_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/testkit"
)

// Where there is no bulletin the page says so, when it can be begun and by whom, and leads to those
// there are; only who may has the button, and it begins.
func TestNotBegun(t *testing.T) {
	s := open(t, plain{})
	february := bulletin.Period{Year: 2024, Month: 2}
	if _, err := s.Begin(ctx, testkit.County, testkit.Puning, february); err != nil {
		t.Fatal(err)
	}
	const of = "/bulletin/445281000000/"
	for _, c := range []struct {
		path, title, says string
		begin, who        bool
	}{
		{of + "2024-03", "还没有起草", "这一期的报告周已经全部截止，可以起草，数取到2024年3月29日。", true, true},
		{of + "2024-03/edit", "还没有起草", "可以起草", true, true},
		{of + "2024-03/tables", "还没有起草", "可以起草", true, true},
		{of + "2024-03/compare", "还没有起草", "可以起草", true, true},
		{of + "2024-03/paper.docx", "还没有起草", "可以起草", true, true},
		{of + "2024-Q1", "还没有起草", "可以起草", true, true},
		{of + "2024-04", "还没有起草", "要到2024年4月3日才有可以通报的数", false, true},
		{of + "2024-Q2", "还没有起草", "要到2024年6月7日才有可以通报的数", false, true},
		{of + "2023-06", "还没有起草", "活动第一个报告周在2024年1月30日截止", false, false},
		{of + "9998-12", "还没有起草", "这一期里没有报告周", false, false},
		{of + "2024-13", "没有这个月份或季度", "月份写成 2024-03", false, false},
		{of + "%3Cb%3E", "没有这个月份或季度", "月份写成 2024-03", false, false},
	} {
		w, d := s.ask(c.path, nil)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", c.path, w.Code)
		}
		has(t, d, ".missing h2", c.title)
		has(t, d, ".missing", c.says)
		if got := d.Find(".missing form").Length() == 1; got != c.begin {
			t.Errorf("%s: it can be begun: %v", c.path, got)
		}
		if d.Find(".filters a[href='"+of+"2024-02']").Length() != 1 || d.Find("a[href='"+months+"']").Length() == 0 {
			t.Errorf("%s: it leads nowhere: %s", c.path, d.Find("main").Text())
		}
		if got := strings.Contains(d.Find(".missing").Text(), "由普宁市县级专班起草，揭阳市市级专班也可以起草。"); got != c.who {
			t.Errorf("%s: who begins it is told: %v", c.path, got)
		}
	}
	for _, reader := range []string{"village", "leader"} {
		s.actor = testkit.Village
		if reader == "leader" {
			s.actor = testkit.Leader
		}
		for _, period := range []string{"2024-02", "2024-03"} { // a draft is not told of
			w, d := s.ask(of+period, nil)
			if w.Code != http.StatusNotFound || d.Find(".missing form").Length() != 0 {
				t.Errorf("%s, %s: %d", reader, period, w.Code)
			}
			has(t, d, ".missing h2", "还没有印发")
			has(t, d, ".missing", "审定、印发以后在这里看。")
			hasNot(t, d, ".filters a")
		}
	}
	for _, path := range []string{"/bulletin/445281119000/2024-03", "/bulletin/445281119000/x", "/bulletin/44528100000x/2024-13", "/bulletin/441300000000/2024-03"} {
		if w, d := s.ask(path, nil); w.Code != http.StatusNotFound || d.Find(".missing").Length() != 0 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	s.actor = testkit.County
	_, d := s.ask(at, nil)
	d = s.press(d, at+"/begin", url.Values{})
	has(t, d, ".notice", "已起草")
}
