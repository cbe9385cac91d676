package campaignweb_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/campaign/campaignweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/web"
)

type signedIn access.Actor

func (s signedIn) Actor(*http.Request) (access.Actor, bool, error) {
	return access.Actor(s), s.Role != "", nil
}

func site(t *testing.T, a access.Actor, at string) http.Handler {
	t.Helper()
	s := web.New(web.Options{Sessions: signedIn(a), Log: slog.New(slog.DiscardHandler)})
	campaignweb.New(campaign.Default(), testkit.NewClock(at).Now).Register(s.Mux)
	h, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func page(t *testing.T, h http.Handler, path string) *goquery.Document {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", path, nil))
	if w.Code != 200 {
		t.Fatalf("%s: %d", path, w.Code)
	}
	d, err := goquery.NewDocumentFromReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func clean(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

const friday = "2024-03-29 16:18"

// The page shows every task, quota and correction of the pack, word for word.
func TestTasksAreTheNoticeS(t *testing.T) {
	d := page(t, site(t, testkit.Village, friday), "/tasks")
	pack := campaign.Default()
	if n := d.Find("[id^=task-]").Length(); n != 31 {
		t.Errorf("%d tasks", n)
	}
	text := strings.ReplaceAll(clean(d.Find("main")), " ", "")
	for _, task := range pack.Tasks {
		for _, want := range []string{task.Measure, task.ResponsibleText(), task.Limit, task.Theme, task.SubTheme} {
			if !strings.Contains(text, strings.ReplaceAll(want, " ", "")) {
				t.Errorf("task %d lacks %q", task.Number, want)
			}
		}
	}
	for _, q := range pack.Quotas {
		if !strings.Contains(text, strings.ReplaceAll(q.Quote, " ", "")) {
			t.Errorf("no %s", q.Quote)
		}
	}
	for _, c := range pack.Corrections {
		if !strings.Contains(text, strings.ReplaceAll(c.Reason, " ", "")) {
			t.Errorf("no reason for %s", c.Corrected)
		}
	}
	if rows := d.Find("#quotas .card").First().Find("tr"); rows.Length() != 5 || !strings.Contains(clean(rows), "普宁市30,000 株") {
		t.Errorf("the first quota: %s", clean(rows))
	}
}

func TestTasksFiltered(t *testing.T) {
	h := site(t, testkit.Forestry, friday)
	count := func(unit, text string) int {
		return page(t, h, "/tasks?"+url.Values{"unit": {unit}, "text": {text}}.Encode()).Find("[id^=task-]").Length()
	}
	want := 0
	for _, task := range campaign.Default().Tasks {
		for _, r := range task.Responsible {
			if r == "市林业局" {
				want++
			}
		}
	}
	if n := count("市林业局", ""); n != want || n == 0 || n == 31 {
		t.Errorf("市林业局 has %d tasks, want %d", n, want)
	}
	if n := count("", "座谈会"); n == 0 || n == 31 {
		t.Errorf("%d tasks speak of 座谈会", n)
	}
	d := page(t, h, "/tasks?text="+url.QueryEscape(`"><script>`))
	if !strings.Contains(clean(d.Find(".empty")), "没有找到") || d.Find("main script").Length() != 0 {
		t.Error("nothing found is not told")
	}
}

func TestDueDays(t *testing.T) {
	d := page(t, site(t, testkit.County, friday), "/tasks")
	days := d.Find(".due-days")
	for _, want := range []string{"第 1 周 1月30日（周二）17:30", "2月16日（周五） 整周没有工作日，不报", "第 10 周 4月3日（周三）17:30 4月5日（周五）放假，提前"} {
		if !strings.Contains(clean(days), want) {
			t.Errorf("no %q in %s", want, clean(days))
		}
	}
	if now := clean(days.Find("[aria-current]")); !strings.HasPrefix(now, "第 9 周") {
		t.Errorf("now is %s", now)
	}
	if next := clean(page(t, site(t, testkit.County, "2025-03-01 09:00"), "/tasks").Find(".due-days li").First()); strings.Contains(next, "第 1 周") {
		t.Errorf("2025 begins with %s", next)
	}
}

func TestAbout(t *testing.T) {
	d := page(t, site(t, testkit.Leader, friday), "/about")
	for _, want := range []string{"普组〔2024〕6号", "揭市组通〔2024〕5号", "五带头", "六个带头", "1.本台账仅填报2024年以来的工作情况。"} {
		if !strings.Contains(clean(d.Find("main")), want) {
			t.Errorf("no %s", want)
		}
	}
	w := httptest.NewRecorder()
	site(t, access.Actor{}, friday).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/about", nil))
	if w.Code != 303 {
		t.Errorf("nobody gets %d", w.Code)
	}
}
