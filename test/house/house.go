// Package house is the whole application for tests: opened on a database of its own, with the
// cast's accounts and two weeks of figures, behind a real server that is reached as a browser or
// a program reaches it. Nothing outside tests imports it.
package house

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// The weeks of a house: the last is reported and sealed by three towns, this one is open.
var (
	LastWeek = date.MustParse("2024-03-22")
	ThisWeek = date.MustParse("2024-03-29")
)

// Now is what the clock of a house shows: an hour and twelve minutes before the deadline.
const Now = "2024-03-29 16:18"

// Cheap makes hashing passwords cost little; what it costs is tested where it is written.
var Cheap = account.Params{MemoryKiB: 64, Passes: 1, Threads: 1}

// House is one application.
type House struct {
	App    *app.App
	Clock  *testkit.Clock
	Server *httptest.Server

	t testing.TB
}

// Open opens the application on a database that nothing has been made in, and fills it.
func Open(t testing.TB, url string) *House {
	t.Helper()
	h := open(t, url)
	h.fill()
	h.serve()
	return h
}

// Again opens the application once more on a database that a house was opened on, as another
// server does, or the same after a restart.
func Again(t testing.TB, url string) *House {
	t.Helper()
	h := open(t, url)
	h.serve()
	return h
}

func open(t testing.TB, url string) *House {
	t.Helper()
	h := &House{Clock: testkit.NewClock(Now), t: t}
	var err error
	if h.App, err = app.Open(context.Background(), app.Options{DB: url, Clock: h.Clock.Now, Hash: Cheap}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.App.Close(); err != nil {
			t.Errorf("closing the application: %v", err)
		}
	})
	return h
}

func (h *House) serve() {
	h.t.Helper()
	handler, err := h.App.NewServer(app.ServerOptions{}).Handler()
	if err != nil {
		h.t.Fatal(err)
	}
	h.Server = httptest.NewServer(handler)
	h.t.Cleanup(h.Server.Close)
}

func (h *House) fill() {
	ctx := context.Background()
	tree := h.App.Units.Tree(ThisWeek)
	if err := demo.Accounts(ctx, h.App.Accounts, tree); err != nil {
		h.t.Fatal(err)
	}
	stage := demo.Stage{Pack: h.App.Pack, Tree: h.App.Units.Tree, Ledger: h.App.Ledger, Set: h.Clock.Set}
	week, _ := h.App.Ledger.Calendar().Week(LastWeek)
	h.Clock.Set(LastWeek.In(testkit.Shanghai).Add(14 * time.Hour))
	for i, code := range []unit.Code{testkit.EastTown, testkit.LihuTown, testkit.Huicheng} {
		town, _ := tree.Unit(code)
		if err := stage.Hand(ctx, town, i, week, week); err != nil {
			h.t.Fatal(err)
		}
	}
	h.Clock.Set(testkit.NewClock(Now).Now())
}

// Villages are the ordinary villages of a unit in this week.
func (h *House) Villages(of unit.Code) []unit.Unit {
	var list []unit.Unit
	for _, v := range h.App.Units.Tree(ThisWeek).Villages(of) {
		if v.Kind == unit.Ordinary {
			list = append(list, v)
		}
	}
	return list
}

// Person is one of the cast, by login.
func Person(login string) demo.Person {
	for _, p := range demo.Cast() {
		if p.Login == login {
			return p
		}
	}
	panic("nobody of the cast logs in as " + login)
}

// Token makes a token for a login of the cast.
func (h *House) Token(login string) string {
	h.t.Helper()
	one, err := h.App.AccountByLogin(context.Background(), access.Operator("test", unit.Nation), login)
	if err != nil {
		h.t.Fatal(err)
	}
	_, text, err := h.App.Accounts.CreateToken(context.Background(), one.Actor(),
		account.TokenInput{Name: "test", Role: one.Role, Unit: one.Unit, ExpiresAt: time.Now().Add(time.Hour)})
	if err != nil {
		h.t.Fatal(err)
	}
	return text
}

// Client is a browser or a program that talks to the house. It does not follow redirects.
type Client struct {
	house  *House
	http   *http.Client
	header http.Header
}

// Nobody is a client that is not signed in.
func (h *House) Nobody() *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return &Client{h, &http.Client{Jar: jar, Transport: h.Server.Client().Transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}, http.Header{}}
}

// Program is a client that sends a token.
func (h *House) Program(token string) *Client {
	c := h.Nobody()
	c.header.Set("Authorization", "Bearer "+token)
	return c
}

// Browser is a client that one of the cast has signed in with.
func (h *House) Browser(login string) *Client {
	h.t.Helper()
	c := h.Nobody()
	r := c.Do(http.MethodPost, "/login", "application/x-www-form-urlencoded",
		url.Values{"account": {login}, "password": {demo.Password}}.Encode())
	if r.Status != http.StatusSeeOther {
		h.t.Fatalf("%s cannot sign in: %d %s", login, r.Status, r.Body)
	}
	return c
}

// As is a login of the cast as a program, or, when it may not have a token, as a browser.
func (h *House) As(login string) *Client {
	h.t.Helper()
	switch {
	case login == "":
		return h.Nobody()
	case Person(login).Actor.Role == access.Administrator:
		return h.Browser(login)
	}
	return h.Program(h.Token(login))
}

// For is the house as another test sees it: what fails, fails there.
func (h *House) For(t testing.TB) *House {
	other := *h
	other.t = t
	return &other
}

// For is the client as another test uses it.
func (c *Client) For(t testing.TB) *Client {
	other := *c
	other.house = c.house.For(t)
	return &other
}

// Reply is what was answered.
type Reply struct {
	Status int
	Header http.Header
	Body   string
}

// Do sends a request. A failing network ends the test.
func (c *Client) Do(method, path, contentType, body string) Reply {
	c.house.t.Helper()
	req, err := http.NewRequest(method, c.house.Server.URL+path, strings.NewReader(body))
	if err != nil {
		c.house.t.Fatal(err)
	}
	for k, v := range c.header {
		req.Header[k] = v
	}
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		c.house.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		c.house.t.Fatal(err)
	}
	return Reply{resp.StatusCode, resp.Header, string(b)}
}

// Get reads a path.
func (c *Client) Get(path string) Reply {
	c.house.t.Helper()
	return c.Do(http.MethodGet, path, "", "")
}

// JSON sends a body of JSON.
func (c *Client) JSON(method, path, body string) Reply {
	c.house.t.Helper()
	return c.Do(method, path, "application/json", body)
}

// Fingerprint tells the state of all tables that a request can change, sessions and failed
// sign-ins aside: two are equal when nothing was written in between.
func (h *House) Fingerprint() string {
	h.t.Helper()
	var b strings.Builder
	for _, q := range []string{
		`SELECT value FROM counters WHERE name = 'ledger'`,
		`SELECT value FROM counters WHERE name = 'units'`,
		`SELECT value FROM counters WHERE name = 'records'`,
		`SELECT COUNT(*) FROM photos`,
		`SELECT COUNT(*) FROM row_versions`,
		`SELECT COUNT(*) FROM submissions`,
		`SELECT COUNT(*) FROM grants`,
		`SELECT COALESCE(SUM(revision), 0) + 1000000 * COUNT(*) FROM drafts`,
		`SELECT COALESCE(SUM(CASE WHEN taken_at > 0 THEN 1000001 ELSE 1 END), 0) FROM uploads`,
		`SELECT COUNT(*) FROM accounts`,
		`SELECT COUNT(*) FROM tokens`,
		`SELECT COUNT(*) FROM audit_events`,
		`SELECT COUNT(*) FROM feedback`,
		`SELECT COUNT(*) FROM inbox_messages`,
		`SELECT COUNT(*) FROM inbox_reads`,
		`SELECT COUNT(*) FROM robots WHERE removed_at = 0`,
		`SELECT COUNT(*) FROM outbox_messages`,
		`SELECT COUNT(*) FROM bulletin_versions`,
		`SELECT COUNT(*) FROM dispatch_events`,
		`SELECT COUNT(*) FROM bulletin_rules`,
	} {
		var n int64
		if err := h.App.DB.Reader().QueryRow(q).Scan(&n); err != nil {
			h.t.Fatalf("%s: %v", q, err)
		}
		fmt.Fprintf(&b, "%d ", n)
	}
	return b.String()
}

// Versions counts the versions of a village's row of this week.
func (h *House) Versions(village unit.Code) int {
	h.t.Helper()
	list, err := h.App.Ledger.RowHistory(context.Background(), access.Operator("test", unit.Nation), village, ThisWeek)
	if err != nil {
		h.t.Fatal(err)
	}
	return len(list)
}

// Submissions counts the versions of a town's or county's submission of this week.
func (h *House) Submissions(of unit.Code) int {
	h.t.Helper()
	list, err := h.App.Ledger.Submissions(context.Background(), access.Operator("test", unit.Nation), of, ThisWeek)
	if err != nil {
		h.t.Fatal(err)
	}
	return len(list)
}

// IssueBulletin issues 普宁市's bulletin of a month: the county drafts and submits it, the city
// approves it.
func (h *House) IssueBulletin(m bulletin.Period) bulletin.Version {
	h.t.Helper()
	ctx, on := context.Background(), bulletin.On{Unit: testkit.Puning, Period: m}
	v, err := h.App.Bulletin.Begin(ctx, testkit.County, on.Unit, m)
	for _, step := range []func() (bulletin.Version, error){
		func() (bulletin.Version, error) { return h.App.Bulletin.Submit(ctx, testkit.County, on) },
		func() (bulletin.Version, error) { return h.App.Bulletin.Approve(ctx, testkit.City, on) },
		func() (bulletin.Version, error) {
			return h.App.Bulletin.Issue(ctx, testkit.County, on, bulletin.Issuing{DocNumber: "普组通〔2024〕8号", Day: v.Draft.Date})
		},
	} {
		if err == nil {
			on.Base = v.Number
			v, err = step()
		}
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// Full is a village's whole row of the week as a program sends it, by column key.
func (h *House) Full(village unit.Code, no int) map[string]any {
	form, out := h.App.Pack.Ledger, map[string]any{}
	for i, v := range demo.Figures(form, village, no) {
		out[form.Columns[i].Key] = ledger.Exact(&form.Columns[i], v)
	}
	return out
}
