package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/web"
)

const (
	urlencoded = "application/x-www-form-urlencoded"
	multi      = "multipart/form-data; boundary=b"
)

// A form sent when the session had ended goes along through signing in.
func TestFormIsKeptWhenTheSessionHasEnded(t *testing.T) {
	nothing := func(http.ResponseWriter, *http.Request) error { t.Error("served"); return nil }
	h := site(t, web.Options{}, func(m *web.Mux) {
		m.Page("POST /records/{unit}", web.Can(access.ReadLedger), nothing)
		m.Page("POST /password", web.SignedIn, nothing)
		m.Page("POST /logout", web.SignedIn, nothing)
	})
	to := "/records/" + puning.String() + "?from=board"
	form := url.Values{"f.trees": {"25"}, "f.who": {"党员", "村民"}, "note": {"<b>数错了一垄</b>\n“两行”"}}
	parts := "--b\r\nContent-Disposition: form-data; name=\"f.trees\"\r\n\r\n25\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--b--\r\n"
	photo := strings.Replace(parts, `filename=""`, `filename="a.jpg"`, 1)
	for _, c := range []struct {
		name, path, kind, body string
		want                   url.Values // nil: it is said to be lost
		files                  bool
	}{
		{"a form", to, urlencoded, form.Encode(), form, false},
		{"a form with an empty file field", to, multi, parts, url.Values{"f.trees": {"25"}}, false},
		{"a form with a photograph", to, multi, photo, url.Values{"f.trees": {"25"}}, true},
		{"a button alone", to, urlencoded, "", url.Values{}, false},
		{"a file alone", to, multi, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\nPK\r\n--b--\r\n", nil, false},
		{"the key of a robot", to, urlencoded, "name=a&secret=b", nil, false},
		{"something broken", to, multi, "--b\r\n", nil, false},
		{"too much", to, urlencoded, "a=" + strings.Repeat("x", 256<<10), nil, false},
		{"passwords", "/password", urlencoded, "present=secret", nil, false},
	} {
		w := send(h, http.MethodPost, c.path, c.body, "Content-Type", c.kind, "Accept", "text/html")
		if c.want == nil {
			if body := w.Body.String(); w.Code != 401 || !strings.Contains(body, "刚才提交的没有存上") || strings.Contains(body, "secret") || strings.Contains(body, "kept") {
				t.Errorf("%s: %d %s", c.name, w.Code, body)
			}
			continue
		}
		d := parse(t, w.Body.String())
		field := func(name string) string {
			v, _ := d.Find("form[action='/login'] input[name=" + name + "]").Attr("value")
			return v
		}
		got, err := url.ParseQuery(field("kept"))
		if err != nil || w.Code != 401 || field("kept_to") != c.path || got.Encode() != c.want.Encode() || (field("kept_files") != "") != c.files {
			t.Errorf("%s: %d, to %q, %q, files %q (%v)", c.name, w.Code, field("kept_to"), field("kept"), field("kept_files"), err)
		}
		if text := d.Find(".notice").Text(); !strings.Contains(text, "还没有存上") || strings.Contains(text, "照片") != c.files {
			t.Errorf("%s: it says %s", c.name, text)
		}
	}
	w := send(h, http.MethodPost, "/logout", "a=b", "Content-Type", urlencoded, "Accept", "text/html")
	if w.Code != 303 || w.Header().Get("Location") != "/login" {
		t.Errorf("signing out: %d %s", w.Code, w.Header().Get("Location"))
	}
}
