package web_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/gallery"
	"github.com/sangzi/sangzi/internal/web/ui"
)

var galleryPages = []string{"/gallery", "/gallery/county", "/gallery/sheet", "/gallery/phone", "/gallery/login",
	"/gallery/offline", "/gallery/error/403", "/gallery/error/404", "/gallery/error/409", "/gallery/error/500", "/gallery/error/503"}

func TestSecurityHeadersOnEverything(t *testing.T) {
	h := site(t, web.Options{HTTPS: true}, gallery.Register)
	for _, path := range append(galleryPages, "/nowhere", web.Embedded().URL("app.css"), "/healthz") {
		w := get(h, path)
		csp := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || !strings.Contains(csp, "frame-ancestors 'none'") {
			t.Errorf("%s: policy %q", path, csp)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Strict-Transport-Security": "max-age=31536000"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s %q", path, name, got)
			}
		}
		if strings.HasPrefix(path, "/gallery") && w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept", path)
		}
	}
}

// What the policy forbids is not there: no style or script in the page, no handler attribute,
// nothing htmx would have to evaluate, nothing from elsewhere.
func TestPagesKeepToThePolicy(t *testing.T) {
	h := site(t, web.Options{Sessions: county()}, gallery.Register)
	for _, path := range galleryPages {
		d := parse(t, get(h, path).Body.String())
		if n := d.Find("style, [style], script:not([src]), iframe, object, embed").Length(); n != 0 {
			t.Errorf("%s: %d inline styles or scripts", path, n)
		}
		d.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:") {
					t.Errorf("%s: <%s %s=%q>", path, s.Nodes[0].Data, a.Key, a.Val)
				}
				if (a.Key == "src" || a.Key == "href") && strings.Contains(a.Val, "//") {
					t.Errorf("%s: loads %s", path, a.Val)
				}
			}
		})
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	done := 0
	h := site(t, web.Options{Sessions: county()}, func(m *web.Mux) {
		m.Page("POST /lock", web.SignedIn, func(w http.ResponseWriter, r *http.Request) error {
			done++
			return web.Redirect(w, r, "/")
		})
	})
	for _, c := range []struct {
		header, value string
		status, done  int
	}{
		{"Sec-Fetch-Site", "cross-site", 403, 0},
		{"Sec-Fetch-Site", "same-site", 403, 0},
		{"Origin", "https://evil.example", 403, 0},
		{"Sec-Fetch-Site", "same-origin", 303, 1},
	} {
		done = 0
		if w := send(h, "POST", "/lock", "", c.header, c.value); w.Code != c.status || done != c.done {
			t.Errorf("%s %s: %d, done %d times", c.header, c.value, w.Code, done)
		}
	}
}

func TestBodyLimits(t *testing.T) {
	read := func(w http.ResponseWriter, r *http.Request) error {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			return err
		}
		return web.Redirect(w, r, "/")
	}
	h := site(t, web.Options{}, func(m *web.Mux) {
		m.Page("POST /form", web.Public, read)
		m.Page("POST /upload", web.Public, read, web.Body(3<<20))
	})
	two := strings.Repeat("x", 2<<20)
	if w := send(h, "POST", "/form", two); w.Code != 413 || !strings.Contains(w.Body.String(), "最多 1 MB") {
		t.Errorf("form: %d", w.Code)
	}
	if w := send(h, "POST", "/upload", two); w.Code != 303 {
		t.Errorf("upload of 2 MiB with 3 allowed: %d", w.Code)
	}
	if w := send(h, "POST", "/upload", two+two); w.Code != 413 {
		t.Errorf("upload of 4 MiB with 3 allowed: %d", w.Code)
	}
}

func TestPagesAreCompressed(t *testing.T) {
	h := site(t, web.Options{Sessions: county()}, gallery.Register)
	plain := get(h, "/gallery")
	w := get(h, "/gallery", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" || !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
		t.Fatalf("headers %v", w.Header())
	}
	if w.Body.Len()*3 > plain.Body.Len() {
		t.Errorf("%d of %d bytes", w.Body.Len(), plain.Body.Len())
	}
	z, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	html, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	if string(html) != plain.Body.String() {
		t.Error("another page when unpacked")
	}
}

func TestStaticFilesAreKeptForAYear(t *testing.T) {
	h := site(t, web.Options{}, nil)
	for _, name := range []string{"app.css", "app.js", "htmx.js", "icon.svg"} {
		url := web.Embedded().URL(name)
		w := get(h, url, "Accept-Encoding", "gzip")
		if w.Code != 200 || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" || w.Header().Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %v", url, w.Code, w.Header())
		}
		etag := w.Header().Get("ETag")
		if !strings.Contains(url, strings.Trim(etag, `"`)) || etag == "" {
			t.Errorf("%s: tag %s", url, etag)
		}
		if w := get(h, url, "If-None-Match", `"other", W/`+etag); w.Code != 304 || w.Body.Len() != 0 {
			t.Errorf("%s asked again: %d, %d bytes", url, w.Code, w.Body.Len())
		}
		if w := get(h, url, "If-None-Match", `"other"`); w.Code != 200 {
			t.Errorf("%s changed: %d", url, w.Code)
		}
	}
	if w := get(h, "/static/app.000000000000.css"); w.Code != 404 {
		t.Errorf("a file of another version: %d", w.Code)
	}
}

// The first page, with all it loads, is under 100 KB on the wire, and the stylesheet under 12.
func TestFirstPageIsSmall(t *testing.T) {
	h := site(t, web.Options{}, gallery.Register)
	size := func(path string) int { return get(h, path, "Accept-Encoding", "gzip").Body.Len() }
	d := parse(t, get(h, "/gallery/login").Body.String())
	total := size("/gallery/login")
	d.Find("link[href], script[src], img[src]").Each(func(_ int, s *goquery.Selection) {
		url := s.AttrOr("href", s.AttrOr("src", ""))
		n := size(url)
		if n == 0 {
			t.Errorf("%s is empty", url)
		}
		total += n
	})
	if total > 100_000 {
		t.Errorf("the first page is %d bytes", total)
	}
	if n := size(web.Embedded().URL("app.css")); n > 12_000 {
		t.Errorf("the stylesheet is %d bytes", n)
	}
	t.Logf("first page %d bytes compressed", total)
}

func TestSaidOnce(t *testing.T) {
	h := site(t, web.Options{Sessions: county()}, func(m *web.Mux) {
		m.Page("POST /save", web.SignedIn, func(w http.ResponseWriter, r *http.Request) error {
			if err := web.Say(w, ui.Notice{Tone: ui.Saved, Title: "已锁定 <b>"}); err != nil {
				return err
			}
			return web.Redirect(w, r, "/board")
		})
		m.Page("GET /board", web.SignedIn, showing(web.Page{Title: "周调度"}))
	})
	saved := send(h, "POST", "/save", "")
	cookie := saved.Result().Cookies()[0]
	if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode {
		t.Errorf("cookie %+v", cookie)
	}
	w := get(h, "/board", "Cookie", cookie.Name+"="+cookie.Value)
	if got := strings.TrimSpace(parse(t, w.Body.String()).Find(".notice.t-saved .notice-title").Text()); got != "已锁定 <b>" {
		t.Errorf("said %q", got)
	}
	if c := w.Result().Cookies(); len(c) != 1 || c[0].MaxAge >= 0 {
		t.Errorf("would be said again: %v", c)
	}
	for _, bad := range []string{"%%%", "bm90IGpzb24", "e30"} {
		if n := parse(t, get(h, "/board", "Cookie", "said="+bad).Body.String()).Find(".notice").Length(); n != 0 {
			t.Errorf("said from %q", bad)
		}
	}
}

func TestSafeNext(t *testing.T) {
	for next, want := range map[string]string{
		"/board/445281000000/2024-03-29?sort=name": "/board/445281000000/2024-03-29?sort=name",
		"":                      "/",
		"board":                 "/",
		"//evil.example":        "/",
		"/\\evil.example":       "/",
		"https://evil.example/": "/",
		"javascript:alert(1)":   "/",
		"/a\r\nSet-Cookie: x=y": "/",
	} {
		if got := web.SafeNext(next); got != want {
			t.Errorf("%q: %q", next, got)
		}
	}
}

func TestRoutesCanBeWalked(t *testing.T) {
	s := web.New(web.Options{})
	s.Mux.Page("GET /ledger/{unit}", web.Can(access.ReadLedger), showing(web.Page{}))
	s.Mux.Page("GET /login", web.Public, showing(web.Page{}))
	s.Mux.Programs(web.SignedIn).HandleFunc("GET /api/v1/units", func(http.ResponseWriter, *http.Request) {})
	got := s.Mux.Routes()
	if len(got) != 3 || got[0].Method != "GET" || got[0].Path != "/ledger/{unit}" || got[0].Need.Action() != access.ReadLedger ||
		!got[1].Need.IsPublic() || got[2].Need.IsPublic() || got[2].Surface != web.ForPrograms {
		t.Errorf("%+v", got)
	}
}

func TestHealth(t *testing.T) {
	if w := get(site(t, web.Options{}, nil), "/healthz"); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
