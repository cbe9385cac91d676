package ledgerweb_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/ledger/ledgerweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

// who is Sessions with one of the cast signed in; as changes who.
type who struct {
	mu    sync.Mutex
	actor access.Actor
}

func (s *who) Actor(*http.Request) (access.Actor, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actor, s.actor.Role != "", nil
}

// site is the pages on a world, seen by a browser without scripts.
type site struct {
	*ledgertest.World
	t      *testing.T
	who    *who
	server *httptest.Server
	client *http.Client
}

func newSite(t *testing.T, w *ledgertest.World, a access.Actor) *site {
	t.Helper()
	return newSiteWith(t, w, a, nil)
}

func newSiteWith(t *testing.T, w *ledgertest.World, a access.Actor, tiles func(access.Actor, unit.Code) []ledgerweb.Tile) *site {
	t.Helper()
	s := &site{World: w, t: t, who: &who{actor: a}}
	server := web.New(web.Options{Sessions: s.who, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Site: web.Site{Campaign: "党旗红 · 乡村绿", Demonstration: true,
			Navigation: func(context.Context, access.Actor) []web.NavItem {
				return []web.NavItem{{Label: "本周台账", Href: "/ledger", Section: "ledger"}, {Label: "重点任务", Href: "/tasks", Section: "tasks"}}
			},
			UnitName: func(_ context.Context, a access.Actor) string {
				return w.Tree(ledgertest.ThisWeek).ShortName(a.Unit)
			}}})
	ledgerweb.New(w.Ledger, ledgerweb.Options{Phone: func(context.Context, access.Actor) (string, error) { return "0663-2345678", nil }, Tiles: tiles}).Register(server.Mux)
	h, err := server.Handler()
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(h)
	t.Cleanup(s.server.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s.client = &http.Client{Jar: jar}
	return s
}

func (s *site) as(a access.Actor) *site {
	s.who.mu.Lock()
	defer s.who.mu.Unlock()
	s.who.actor = a
	return s
}

// page is an answer.
type page struct {
	*goquery.Document
	t      *testing.T
	status int
	path   string // where it came from, after redirects
	body   string
}

func (s *site) do(r *http.Request) *page {
	s.t.Helper()
	resp, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	d, err := goquery.NewDocumentFromReader(strings.NewReader(string(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	return &page{Document: d, t: s.t, status: resp.StatusCode, path: resp.Request.URL.RequestURI(), body: string(body)}
}

func (s *site) request(method, path, kind, body string) *http.Request {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.server.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return r
}

func (s *site) get(path string) *page { s.t.Helper(); return s.do(s.request("GET", path, "", "")) }

func (s *site) post(path string, form url.Values) *page {
	s.t.Helper()
	return s.do(s.request("POST", path, "application/x-www-form-urlencoded", form.Encode()))
}

// htmx posts one field as htmx does.
func (s *site) htmx(path string, form url.Values) *page {
	s.t.Helper()
	r := s.request("POST", path, "application/x-www-form-urlencoded", form.Encode())
	r.Header.Set("HX-Request", "true")
	return s.do(r)
}

func (p *page) want(status int) *page {
	p.t.Helper()
	if p.status != status {
		p.t.Fatalf("%s: status %d, want %d: %s", p.path, p.status, status, clean(p.Find("main").Text()))
	}
	return p
}

// has wants a piece of the page whose text holds the words.
func (p *page) has(selector, words string) *page {
	p.t.Helper()
	found := p.Find(selector)
	if !strings.Contains(clean(found.Text()), words) {
		p.t.Errorf("%s: %q says %q, want %q in it", p.path, selector, clean(found.Text()), words)
	}
	return p
}

func (p *page) hasNot(selector string) *page {
	p.t.Helper()
	if n := p.Find(selector).Length(); n > 0 {
		p.t.Errorf("%s: %d times %q, want none: %s", p.path, n, selector, clean(p.Find(selector).First().Text()))
	}
	return p
}

func (p *page) count(selector string, n int) *page {
	p.t.Helper()
	if got := p.Find(selector).Length(); got != n {
		p.t.Errorf("%s: %d times %q, want %d", p.path, got, selector, n)
	}
	return p
}

// form is the fields of a form as a browser would send them.
func (p *page) form(selector string) url.Values {
	p.t.Helper()
	f := p.Find(selector)
	if f.Length() != 1 {
		p.t.Fatalf("%s: %d forms %q", p.path, f.Length(), selector)
	}
	fields := f.Find("input, textarea")
	if id, ok := f.Attr("id"); ok {
		fields = fields.AddSelection(p.Find(fmt.Sprintf("input[form=%q]", id)))
	}
	v := url.Values{}
	fields.Each(func(_ int, in *goquery.Selection) {
		name, named := in.Attr("name")
		if _, off := in.Attr("disabled"); !named || off {
			return
		}
		if kind := in.AttrOr("type", "text"); kind == "radio" || kind == "checkbox" {
			if _, on := in.Attr("checked"); !on {
				return
			}
		}
		value := in.AttrOr("value", "")
		if goquery.NodeName(in) == "textarea" {
			value = in.Text()
		}
		v.Add(name, value)
	})
	return v
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

func path(of unit.Code, due date.Date, rest string) string {
	return "/ledger/" + of.String() + "/" + due.String() + rest
}

// state is where a village stands in this week.
func (s *site) state(village unit.Code) ledger.RowView {
	s.t.Helper()
	v, err := s.Ledger.Row(s.t.Context(), testkit.County, village, ledgertest.ThisWeek)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// value is a cell of a village as its page shows it.
func (s *site) value(village unit.Code, key string) ledger.Value {
	s.t.Helper()
	i, ok := s.Pack.Ledger.ColumnIndex(key)
	if !ok {
		s.t.Fatal("no column " + key)
	}
	return s.state(village).Filled[i]
}
