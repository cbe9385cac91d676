package web_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// signedIn is Sessions with one person always signed in.
type signedIn access.Actor

func (s signedIn) Actor(*http.Request) (access.Actor, bool, error) { return access.Actor(s), true, nil }

const (
	puning  = unit.Code(445281000000)
	huilai  = unit.Code(445224000000)
	lihu    = unit.Code(445281107000)
	xiaoyan = "林晓燕"
)

func county() signedIn {
	return signedIn{Account: 3, Name: xiaoyan, Role: access.CountyOffice, Unit: puning}
}

// site starts a server with the routes that register adds.
func site(t *testing.T, o web.Options, register func(*web.Mux)) http.Handler {
	t.Helper()
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(io.Discard, nil))
	}
	s := web.New(o)
	if register != nil {
		register(s.Mux)
	}
	h, err := s.Handler()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	return send(h, http.MethodGet, path, "", headers...)
}

func send(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func parse(t *testing.T, html string) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(strings.NewReader(html))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func failing(err error) web.Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func showing(p web.Page) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.Render(w, r, p, templ.Raw("<p>正文</p>"))
	}
}

var errDisk = errors.New("disk full: /var/lib/secret.db")
