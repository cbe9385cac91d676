package recordweb_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/record/recordweb"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	today     = date.MustParse("2024-03-29")
	eastClerk = access.Actor{Account: 10, Name: "杨海", Role: access.TownClerk, Unit: testkit.EastTown}
)

// who is Sessions with one of the cast signed in.
type who struct {
	mu    sync.Mutex
	actor access.Actor
}

func (s *who) Actor(*http.Request) (access.Actor, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actor, s.actor.Role != "", nil
}

// site is the pages, seen by a browser without scripts.
type site struct {
	t       *testing.T
	who     *who
	clock   *testkit.Clock
	records *record.Service
	pages   *recordweb.Pages
	mux     *web.Mux
	server  *httptest.Server
	client  *http.Client
}

func newSite(t *testing.T) *site {
	t.Helper()
	units, err := divisions.Jieyang()
	if err != nil {
		t.Fatal(err)
	}
	registry, err := unit.NewRegistry(units, nil)
	if err != nil {
		t.Fatal(err)
	}
	store, err := recorddb.Open(context.Background(), testkit.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	s := &site{t: t, who: &who{}, clock: testkit.NewClock("2024-03-29 16:18")}
	pack := campaign.Default()
	if s.records, err = record.New(context.Background(), pack, registry.At, store, s.clock.Now); err != nil {
		t.Fatal(err)
	}
	server := web.New(web.Options{Sessions: s.who, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Site: web.Site{Campaign: "党旗红·乡村绿"}})
	s.pages = recordweb.New(s.records, pack.Ledger)
	s.pages.Register(server.Mux)
	s.mux = server.Mux
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
	header http.Header
}

func (s *site) send(method, path, kind string, body io.Reader) *page {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.server.URL+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	resp, err := s.client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	d, err := goquery.NewDocumentFromReader(bytes.NewReader(b))
	if err != nil {
		s.t.Fatal(err)
	}
	return &page{d, s.t, resp.StatusCode, resp.Request.URL.RequestURI(), string(b), resp.Header}
}

func (s *site) get(path string) *page { s.t.Helper(); return s.send("GET", path, "", nil) }

func (s *site) post(path string, form url.Values) *page {
	s.t.Helper()
	return s.send("POST", path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

// upload posts a file with fields.
func (s *site) upload(path, name string, content []byte, fields ...string) *page {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			s.t.Fatal(err)
		}
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err == nil {
			_, err = part.Write(content)
		}
		if err != nil {
			s.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		s.t.Fatal(err)
	}
	return s.send("POST", path, w.FormDataContentType(), &b)
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
	v := url.Values{}
	f.Find("input, select").Each(func(_ int, in *goquery.Selection) {
		name, named := in.Attr("name")
		if !named {
			return
		}
		value := in.AttrOr("value", "")
		if kind := in.AttrOr("type", ""); kind == "radio" || kind == "checkbox" {
			if _, on := in.Attr("checked"); !on {
				return
			}
		}
		if goquery.NodeName(in) == "select" {
			value = in.Find("option[selected]").AttrOr("value", in.Find("option").AttrOr("value", ""))
		}
		v.Add(name, value)
	})
	return v
}

func clean(s string) string { return strings.Join(strings.Fields(s), " ") }

const (
	village = "/records/445281001202"
	town    = "/records/445281001000"
	county  = "/records/445281000000"
)

// typed fills a form just opened.
func (s *site) typed(path string, fields ...string) url.Values {
	s.t.Helper()
	v := s.get(path).want(200).form("#record")
	for i := 0; i < len(fields); i += 2 {
		v.Set(fields[i], fields[i+1])
	}
	return v
}

// enter records a planting by its form and gives the record's page.
func (s *site) enter(trees string) *page {
	s.t.Helper()
	path := village + "/new/planting"
	return s.post(path, s.typed(path, "f.work", "new", "f.trees", trees)).want(200)
}

// all is every record of the county.
func (s *site) all() []record.Version {
	s.t.Helper()
	list, err := s.records.List(context.Background(), testkit.County, record.Query{Of: testkit.Puning, Withdrawn: true})
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}
