package feedbackweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/feedback"
	"github.com/sangzi/sangzi/internal/feedback/feedbackdb"
	"github.com/sangzi/sangzi/internal/feedback/feedbackweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// as is Sessions with one of the cast signed in, or nobody.
type as struct{ actor *access.Actor }

func (s as) Actor(*http.Request) (access.Actor, bool, error) {
	return *s.actor, s.actor.Account != 0, nil
}

type site struct {
	t       testing.TB
	h       http.Handler
	actor   access.Actor
	clock   *testkit.Clock
	address string
	headers http.Header
}

func open(t testing.TB, proxied bool) *site {
	t.Helper()
	s := &site{t: t, clock: testkit.NewClock("2024-03-29 16:30"), address: "203.0.113.5:4711", headers: http.Header{}}
	box, err := account.NewBox([]byte(strings.Repeat("k", account.KeyBytes)))
	if err != nil {
		t.Fatal(err)
	}
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	tree := func() *unit.Tree { return r.At(date.Of(2024, 3, 29)) }
	server := web.New(web.Options{Sessions: as{&s.actor}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Site: web.Site{Campaign: "党旗红·乡村绿",
		UnitName: func(context.Context, access.Actor) string { return "普宁市" }}})
	feedbackweb.New(feedbackweb.Config{Feedback: feedback.New(feedbackdb.Open(testkit.SQLite(t), box), tree, s.clock.Now), Tree: tree, Now: s.clock.Now, Proxied: proxied}).
		Register(server.Mux)
	if s.h, err = server.Handler(); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *site) ask(path string, form url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.RemoteAddr = s.address
	for k, v := range s.headers {
		r.Header[k] = v
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	d, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return w, d
}

func text(d *goquery.Document, selector string) string {
	return strings.Join(strings.Fields(d.Find(selector).Text()), " ")
}

func (s *site) tell(content, place string) *httptest.ResponseRecorder {
	w, _ := s.ask("/feedback", url.Values{"content": {content}, "place": {place}, "contact": {"13800138000"}})
	return w
}

// From the foot of a page to an answer, without an account.
func TestComplaint(t *testing.T) {
	s := open(t, false)
	_, d := s.ask("/feedback", nil)
	if d.Find(".site-foot a[href='/feedback']").Length() != 1 || d.Find("form[action='/feedback'] textarea[name=content]").Length() != 1 {
		t.Fatal("no way to complain")
	}
	if trap := d.Find("input[name=homepage]"); trap.AttrOr("tabindex", "") != "-1" || trap.Closest("[aria-hidden=true]").Length() != 1 {
		t.Error("the trap can be reached by people")
	}
	w := s.tell("<script>alert(1)</script>\n树苗死了", "新坛村")
	place := w.Header().Get("Location")
	if w.Code != 303 || !strings.HasPrefix(place, "/feedback/answer?number=") {
		t.Fatalf("sent: %d %s", w.Code, place)
	}
	_, d = s.ask(place, nil)
	number := text(d, ".reference")
	if len(number) != 14 || !strings.Contains(text(d, ".card"), "还没有答复") || !strings.Contains(text(d, ".card"), "<script>alert(1)</script> 树苗死了") || strings.Contains(w.Body.String(), "138") {
		t.Errorf("looked up %q: %s", number, text(d, ".card"))
	}

	s.actor = testkit.County
	_, d = s.ask("/feedback", nil)
	if d.Find("a[href='/feedback/inbox']").Length() != 1 {
		t.Error("the county's office does not find its list")
	}
	s.clock.Advance(48 * time.Hour)
	_, d = s.ask("/feedback/inbox", nil)
	if got := text(d, ".card li"); !strings.Contains(got, "揭阳市普宁市流沙东街道新坛村 · 2024年3月29日 16:30 · 等了 2 天") {
		t.Errorf("list %q", got)
	}
	href := d.Find(".card li a").AttrOr("href", "")
	_, d = s.ask(href, nil)
	if got := text(d, ".card"); !strings.Contains(got, "13800138000") {
		t.Errorf("the contact is missing: %s", got)
	}
	before := d.Find("input[name=before]").AttrOr("value", "")
	if w, d := s.ask(href, url.Values{"answer": {" "}, "before": {before}}); w.Code != 422 || d.Find("#answer-error").Length() != 1 {
		t.Errorf("an empty answer: %d", w.Code)
	}
	if w, _ := s.ask(href, url.Values{"answer": {"本周补种。"}, "before": {before}}); w.Code != 303 {
		t.Errorf("answered: %d", w.Code)
	}
	if w, d := s.ask(href, url.Values{"answer": {"同时的答复"}, "before": {before}}); w.Code != 422 || text(d, "textarea") != "同时的答复" {
		t.Errorf("over another's answer: %d", w.Code)
	}
	_, d = s.ask("/feedback/inbox?answered=1", nil)
	if d.Find(".card li a").Length() != 1 || text(d, ".tile-figure") != "01" {
		t.Errorf("answered: %s", text(d, "main"))
	}

	s.actor = access.Actor{}
	_, d = s.ask("/feedback/answer?number="+url.QueryEscape(strings.ToLower(number)), nil)
	if got := text(d, ".card"); !strings.Contains(got, "本周补种。 揭阳市普宁市 · 2024年3月31日 16:30") || strings.Contains(got, "林晓燕") || strings.Contains(got, "138") {
		t.Errorf("the answer: %s", got)
	}
}

func TestFaults(t *testing.T) {
	s := open(t, false)
	for _, c := range []struct {
		form url.Values
		at   string
	}{
		{url.Values{"content": {""}}, "content"}, {url.Values{"content": {"好"}, "place": {"没有的村"}}, "place"}, {url.Values{"content": {"好"}, "contact": {strings.Repeat("1", 200)}}, "contact"},
		{url.Values{"content": {"好"}, "homepage": {"http://spam"}}, "content"},
	} {
		w, d := s.ask("/feedback", c.form)
		if w.Code != 422 || d.Find("#"+c.at+"-error").Length() != 1 || d.Find(".notice a[href='#"+c.at+"']").Length() != 1 || text(d, "textarea") != c.form.Get("content") {
			t.Errorf("%v: %d", c.form, w.Code)
		}
	}
	if w, d := s.ask("/feedback/answer?number=2222-2222-2222", nil); w.Code != 404 || d.Find("#number-error").Length() != 1 {
		t.Errorf("a wrong number: %d", w.Code)
	}
	if w, d := s.ask("/feedback/answer", nil); w.Code != 200 || d.Find("#number-error").Length() != 0 {
		t.Errorf("no number: %d", w.Code)
	}
	s.actor = testkit.County
	for _, path := range []string{"/feedback/inbox/1", "/feedback/inbox/x"} {
		if w, _ := s.ask(path, nil); w.Code != 404 {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// Who sends or tries too often is held back for a while; others are not.
func TestThrottle(t *testing.T) {
	s := open(t, false)
	for i := range 5 {
		if w := s.tell("树苗死了", ""); w.Code != 303 {
			t.Fatalf("%d: %d", i, w.Code)
		}
	}
	if w := s.tell("树苗死了", ""); w.Code != 429 || !strings.Contains(w.Body.String(), "请过") {
		t.Errorf("the sixth at once: %d", w.Code)
	}
	s.headers.Set("X-Forwarded-For", "198.51.100.9")
	if w := s.tell("树苗死了", ""); w.Code != 429 {
		t.Errorf("with an invented address: %d", w.Code)
	}
	s.address = "203.0.113.6:1"
	if w := s.tell("树苗死了", ""); w.Code != 303 {
		t.Errorf("somebody else: %d", w.Code)
	}
	s.address = "203.0.113.5:1"
	s.actor = testkit.Town
	if w := s.tell("树苗死了", ""); w.Code != 303 {
		t.Errorf("signed in behind the same address: %d", w.Code)
	}
	s.actor = access.Actor{}
	s.clock.Advance(61 * time.Second)
	if w := s.tell("树苗死了", ""); w.Code != 303 {
		t.Errorf("a minute later: %d", w.Code)
	}
	for range 20 {
		s.ask("/feedback/answer?number=2222-2222-2222", nil)
	}
	if w, _ := s.ask("/feedback/answer?number=2222-2222-2222", nil); w.Code != 429 {
		t.Errorf("trying numbers: %d", w.Code)
	}
	for i := range 10 { // one house has 2^64 addresses of IPv6
		s.address = "[2001:db8::" + string(rune('1'+i%9)) + "]:1"
		if w := s.tell("树苗死了", ""); (w.Code == 303) != (i < 5) {
			t.Errorf("IPv6, %d: %d", i, w.Code)
		}
	}

	s = open(t, true)
	for i := range 6 {
		s.headers.Set("X-Forwarded-For", "192.0.2.1, 198.51.100."+string(rune('1'+i)))
		if w := s.tell("树苗死了", ""); w.Code != 303 {
			t.Errorf("behind the proxy, %d: %d", i, w.Code)
		}
	}
}

// Every route by everybody.
func TestWhoMay(t *testing.T) {
	s := open(t, false)
	if w := s.tell("树苗死了", "新坛村"); w.Code != 303 {
		t.Fatal(w.Code)
	}
	for _, a := range append(testkit.Cast(), access.Actor{}) {
		s.actor = a
		answers := a.Role == access.CountyOffice || a.Role == access.CityOffice || a.Role == access.Administrator
		for _, path := range []string{"/feedback", "/feedback/answer"} {
			if w, _ := s.ask(path, nil); w.Code != 200 {
				t.Errorf("%s gets %s: %d", a.Name, path, w.Code)
			}
		}
		for _, path := range []string{"/feedback/inbox", "/feedback/inbox/1"} {
			want := 403
			switch {
			case a.Role == "":
				want = 303 // to sign in
			case answers:
				want = 200
			}
			if w, _ := s.ask(path, nil); w.Code != want {
				t.Errorf("%s gets %s: %d, want %d", a.Name, path, w.Code, want)
			}
		}
	}
	if w := s.tell("树苗死了", "惠来"); w.Code != 303 {
		t.Fatal(w.Code)
	}
	s.actor = testkit.County
	if w, _ := s.ask("/feedback/inbox/2", url.Values{"answer": {"好"}}); w.Code != 404 {
		t.Errorf("another county's: %d", w.Code)
	}
	if _, d := s.ask("/feedback/inbox", nil); d.Find(".card li a").Length() != 1 {
		t.Errorf("the list has %d", d.Find(".card li a").Length())
	}
}
