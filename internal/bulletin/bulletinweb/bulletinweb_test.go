package bulletinweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/bulletin/bulletindb"
	"github.com/sangzi/sangzi/internal/bulletin/bulletinweb"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

func TestMain(m *testing.M) { testkit.Main(m) }

var (
	ctx       = context.Background()
	march     = bulletin.Period{Year: 2024, Month: 3}
	colleague = access.Actor{Account: 30, Name: "陈文", Role: access.CountyOffice, Unit: testkit.Puning}
)

const (
	months = "/bulletins/445281000000"
	at     = "/bulletin/445281000000/2024-03"
)

// as is Sessions with one of the cast signed in.
type as struct{ actor *access.Actor }

func (s as) Actor(*http.Request) (access.Actor, bool, error) {
	return *s.actor, s.actor.Account != 0, nil
}

type site struct {
	*bulletin.Service
	t     testing.TB
	h     http.Handler
	actor access.Actor
	said  []*http.Cookie
}

func open(t testing.TB, press bulletin.Press) *site {
	t.Helper()
	w := ledgertest.Busy(t, "2024-03-30 09:00")
	s := &site{Service: bulletin.New(w.Ledger, bulletindb.Open(testkit.SQLite(t))), t: t, actor: testkit.County}
	server := web.New(web.Options{Sessions: as{&s.actor}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Site: web.Site{Campaign: "党旗红·乡村绿",
		UnitName: func(context.Context, access.Actor) string { return "普宁市" }}})
	if press != nil {
		s.UsePress(press)
	}
	bulletinweb.New(s.Service, bulletinweb.Options{Tree: func() *unit.Tree { return w.Tree(ledgertest.ThisWeek) }, Now: w.Ledger.Now}).Register(server.Mux)
	var err error
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
	for _, c := range s.said {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	s.said = w.Result().Cookies()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	return w, d
}

// page asks for a page that is there.
func (s *site) page(path string) *goquery.Document {
	s.t.Helper()
	w, d := s.ask(path, nil)
	if w.Code != http.StatusOK {
		s.t.Fatalf("%s: %d %s", path, w.Code, d.Find("main").Text())
	}
	return d
}

// press sends the form with an action, changed as given, and follows to the page it leads to.
func (s *site) press(d *goquery.Document, action string, change url.Values) *goquery.Document {
	s.t.Helper()
	w, after := s.send(d, action, change)
	if w.Code == http.StatusSeeOther {
		return s.page(w.Header().Get("Location"))
	}
	s.t.Fatalf("%s: %d %s", action, w.Code, after.Find("main").Text())
	return nil
}

func (s *site) send(d *goquery.Document, action string, change url.Values) (*httptest.ResponseRecorder, *goquery.Document) {
	s.t.Helper()
	form := d.Find("form[action='" + action + "']").First()
	if form.Length() != 1 {
		s.t.Fatalf("no form to %s", action)
	}
	values := fields(form)
	for k, v := range change {
		values[k] = v
	}
	return s.ask(action, values)
}

// fields is what a browser would send of a form.
func fields(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input, textarea, select").Each(func(_ int, f *goquery.Selection) {
		name, _ := f.Attr("name")
		if f.AttrOr("type", "") == "checkbox" && !f.Is("[checked]") {
			return
		}
		if goquery.NodeName(f) == "select" {
			chosen := f.Find("option[selected]")
			if chosen.Length() == 0 {
				chosen = f.Find("option").First()
			}
			values.Add(name, chosen.AttrOr("value", ""))
			return
		}
		if goquery.NodeName(f) == "textarea" {
			values.Add(name, strings.ReplaceAll(strings.TrimPrefix(f.Text(), "\n"), "\n", "\r\n"))
		} else {
			values.Add(name, f.AttrOr("value", ""))
		}
	})
	return values
}

func has(t testing.TB, d *goquery.Document, css, want string) {
	t.Helper()
	if got := d.Find(css).Text(); !strings.Contains(got, want) {
		t.Errorf("%s reads %q, want %q", css, got, want)
	}
}

func hasNot(t testing.TB, d *goquery.Document, css string) {
	t.Helper()
	if found := d.Find(css); found.Length() != 0 {
		t.Errorf("%s is there: %s", css, found.Text())
	}
}
