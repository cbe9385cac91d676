package accountweb_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/account/accountdb"
	"github.com/sangzi/sangzi/internal/account/accountweb"
	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/audit/auditdb"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

const password = "lihu-4471-qingtian"

var operator = access.Operator("命令行", unit.Nation)

// house is the whole wing on a server, with one page of another wing beside it.
type house struct {
	t        *testing.T
	handler  http.Handler
	server   *web.Server
	accounts *account.Service
	db       *database.DB
	clock    *testkit.Clock
}

type options struct{ https, proxied bool }

func newHouse(t *testing.T, o options) *house {
	t.Helper()
	h := &house{t: t, db: testkit.SQLite(t), clock: testkit.NewClock("2024-03-29 16:30")}
	// Sessions count by the machine's clock inside the library, so the clock begins there.
	h.clock.Set(time.Now())
	box, err := account.NewBox([]byte(strings.Repeat("k", account.KeyBytes)))
	h.must(err)
	units, err := divisions.Jieyang()
	h.must(err)
	registry, err := unit.NewRegistry(units, nil)
	h.must(err)
	at := registry.At(date.MustParse("2024-03-29"))
	tree := func() *unit.Tree { return at }
	h.accounts, err = account.New(account.Config{Store: accountdb.Open(h.db, box), Tree: tree, Now: h.clock.Now, Hash: account.Params{MemoryKiB: 64, Passes: 1, Threads: 1}})
	h.must(err)
	sessions := accountweb.NewSessions(accountweb.SessionsConfig{Accounts: h.accounts, Store: accountdb.OpenSessions(h.db, h.clock.Now), Now: h.clock.Now, HTTPS: o.https, Proxied: o.proxied})
	h.server = web.New(web.Options{Sessions: sessions, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	accountweb.New(accountweb.Config{Accounts: h.accounts, Audit: audit.New(auditdb.Open(h.db)), Sessions: sessions, Tree: tree, Zone: testkit.Shanghai, Proxied: o.proxied}).
		Register(h.server.Mux)
	h.server.Mux.Page("GET /whoami", web.SignedIn, func(w http.ResponseWriter, r *http.Request) error {
		a := web.ActorOf(r.Context())
		_, err := io.WriteString(w, a.Name+"|"+string(a.Role)+"|"+a.Unit.String())
		return err
	})
	h.handler, err = h.server.Handler()
	h.must(err)
	return h
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

// person makes an account with the password that needs no change.
func (h *house) person(login, name string, role access.Role, at unit.Code) account.Account {
	h.t.Helper()
	in := account.Input{Login: login, Name: name, Role: role, Unit: at}
	if role == access.Department {
		d, err := h.accounts.CreateDepartment(context.Background(), operator, at, name)
		h.must(err)
		in.Department = d.ID
	}
	made, err := h.accounts.Provide(context.Background(), operator, []account.Given{{Input: in, Password: password}})
	h.must(err)
	return made[0]
}

// browser keeps cookies.
type browser struct {
	h       *house
	cookies map[string]string
	header  http.Header
}

func (h *house) browser() *browser {
	return &browser{h: h, cookies: map[string]string{}, header: http.Header{}}
}

// signedIn is a browser in which somebody has signed in.
func (h *house) signedIn(login string) *browser {
	h.t.Helper()
	b := h.browser()
	if page := b.post("/login", "account", login, "password", password); page.status != http.StatusSeeOther {
		h.t.Fatalf("signing in as %s: %d %s", login, page.status, page.text("#messages, .notice"))
	}
	return b
}

// page is an answer.
type page struct {
	t      *testing.T
	status int
	header http.Header
	body   string
	doc    *goquery.Document
}

func (b *browser) get(path string) page { return b.send(http.MethodGet, path, "", nil) }

func (b *browser) post(path string, fields ...string) page {
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
}

func (b *browser) upload(path, name, content string) page {
	b.h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	b.h.must(err)
	_, err = io.WriteString(part, content)
	b.h.must(err)
	b.h.must(form.Close())
	return b.send(http.MethodPost, path, form.FormDataContentType(), &body)
}

func (b *browser) send(method, path, contentType string, body io.Reader) page {
	b.h.t.Helper()
	r := httptest.NewRequest(method, path, body)
	for k, v := range b.header {
		r.Header[k] = v
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.h.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	b.h.must(err)
	return page{b.h.t, w.Code, w.Result().Header, w.Body.String(), doc}
}

func (p page) text(selector string) string {
	return strings.Join(strings.Fields(p.doc.Find(selector).Text()), " ")
}

func (p page) value(selector string) string {
	v, _ := p.doc.Find(selector).Attr("value")
	return v
}

// leads checks that the answer sends the browser on.
func (p page) leads(to string) {
	p.t.Helper()
	if p.status != http.StatusSeeOther || p.header.Get("Location") != to {
		p.t.Errorf("%d to %q, want 303 to %s: %s", p.status, p.header.Get("Location"), to, p.text(".notice, .error, .failure-says"))
	}
}

// shows checks the status and a text at a place of the page.
func (p page) shows(status int, selector, text string) {
	p.t.Helper()
	if got := p.text(selector); p.status != status || !strings.Contains(got, text) {
		p.t.Errorf("%d with %q at %s, want %d with %q", p.status, got, selector, status, text)
	}
}
