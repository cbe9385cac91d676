package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/web"
)

func of(kind problem.Kind, code string) error {
	return fmt.Errorf("loading: %w", &problem.Problem{Kind: kind, Code: code, Params: problem.Params{"column": "党员人数"}})
}

func TestKindsBecomeStatuses(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		title  string // of the page
		says   string
	}{
		{of(problem.Invalid, "ledger.blank"), 422, "没有办成", "“党员人数”没有填"},
		{of(problem.NotFound, "ledger.no_village"), 404, "没有找到", "这一周没有这个村（社区）"},
		{of(problem.Forbidden, "ledger.reason"), 403, "没有权限", "请写明原因"},
		{of(problem.Conflict, "ledger.moved"), 409, "情况已变", "这一行刚有人改过，请刷新后再办"},
		{of(problem.Unavailable, "ledger.nothing"), 503, "暂时不能办理", "没有可以办理的内容"},
		{web.ErrTooMany, 429, "操作太频繁", "操作太频繁"},
		{errDisk, 500, "系统出了点问题", "系统出了点问题，已记下"},
	} {
		h := site(t, web.Options{Sessions: county()}, func(m *web.Mux) {
			m.Page("GET /x", web.SignedIn, failing(c.err))
			m.Handle("GET /api/v1/x", web.Public, http.NotFoundHandler())
		})
		page := get(h, "/x")
		d := parse(t, page.Body.String())
		if page.Code != c.status || d.Find("h1").Text() != c.title || !strings.Contains(d.Find(".failure-says").Text(), c.says) {
			t.Errorf("%v: page %d %q %q", c.err, page.Code, d.Find("h1").Text(), d.Find(".failure-says").Text())
		}

		part := get(h, "/x", "HX-Request", "true")
		d = parse(t, part.Body.String())
		if part.Code != c.status || d.Find("main").Length() != 0 || !strings.Contains(d.Find(".notice[role=alert]").Text(), c.says) {
			t.Errorf("%v: fragment %d %s", c.err, part.Code, part.Body)
		}
		if part.Header().Get("HX-Retarget") != "#messages" {
			t.Errorf("%v: fragment would land anywhere", c.err)
		}

		told := get(h, "/x", "Accept", "application/json")
		var f web.Failure
		if err := json.Unmarshal(told.Body.Bytes(), &f); err != nil {
			t.Errorf("%v: %v in %s", c.err, err, told.Body)
		}
		if told.Code != c.status || f.Status != c.status || !strings.Contains(f.Title, c.says) || f.Code == "" || f.RequestID == "" {
			t.Errorf("%v: json %d %+v", c.err, told.Code, f)
		}
		for _, w := range []string{page.Body.String(), part.Body.String(), told.Body.String()} {
			if strings.Contains(w, "secret.db") || strings.Contains(w, "loading:") {
				t.Errorf("%v: internals are shown: %s", c.err, w)
			}
		}
	}
}

func TestInternalFailureIsLoggedWithTheNumberOnThePage(t *testing.T) {
	for name, h := range map[string]web.Handler{
		"error": failing(errDisk),
		"panic": func(http.ResponseWriter, *http.Request) error { panic(errDisk) },
	} {
		var log bytes.Buffer
		s := site(t, web.Options{Log: slog.New(slog.NewJSONHandler(&log, nil))}, func(m *web.Mux) { m.Page("GET /x", web.Public, h) })
		w := get(s, "/x")
		id := w.Header().Get("X-Request-Id")
		if w.Code != 500 || len(id) != 8 || !strings.Contains(w.Body.String(), id) {
			t.Errorf("%s: %d, number %q not on the page", name, w.Code, id)
		}
		for line := range strings.Lines(log.String()) {
			if !strings.Contains(line, `"request":"`+id+`"`) {
				t.Errorf("%s: line without the number: %s", name, line)
			}
		}
		if !strings.Contains(log.String(), "secret.db") {
			t.Errorf("%s: the cause is not in the log: %s", name, log.String())
		}
	}
}

func TestBrokenDownloadIsCutOff(t *testing.T) {
	h := site(t, web.Options{}, func(m *web.Mux) {
		m.Page("GET /x", web.Public, func(w http.ResponseWriter, _ *http.Request) error {
			if _, err := w.Write([]byte("half of a workbook")); err != nil {
				return err
			}
			return errDisk
		})
	})
	defer func() {
		if v := recover(); v != http.ErrAbortHandler {
			t.Errorf("went on with %v: a half answer would look whole", v)
		}
	}()
	get(h, "/x")
}

func TestSignedOut(t *testing.T) {
	h := site(t, web.Options{}, func(m *web.Mux) {
		m.Page("/ledger/{unit}", web.Can(access.ReadLedger), showing(web.Page{Title: "台账"}))
		m.Programs(web.SignedIn).HandleFunc("GET /api/v1/units", func(http.ResponseWriter, *http.Request) { t.Error("served") })
	})
	for _, c := range []struct {
		method, path, header, value string
		status                      int
		location                    string
	}{
		{"GET", "/ledger/445281000000?sort=name", "Accept", "text/html", 303, "/login?next=%2Fledger%2F445281000000%3Fsort%3Dname"},
		{"POST", "/ledger/445281000000", "Accept", "text/html", 401, ""},
		{"GET", "/api/v1/units", "Accept", "*/*", 401, ""},
	} {
		w := send(h, c.method, c.path, "", c.header, c.value)
		if w.Code != c.status || w.Header().Get("Location") != c.location {
			t.Errorf("%s %s: %d %q", c.method, c.path, w.Code, w.Header().Get("Location"))
		}
	}
	w := get(h, "/ledger/445281000000", "HX-Request", "true", "HX-Current-URL", "http://example.com/ledger/445281000000")
	if w.Code != 204 || w.Header().Get("HX-Redirect") != "/login?next=%2Fledger%2F445281000000" {
		t.Errorf("htmx: %d %v", w.Code, w.Header())
	}
}

func TestNeedIsHeldAtTheUnitOfThePath(t *testing.T) {
	h := site(t, web.Options{Sessions: county()}, func(m *web.Mux) {
		m.Page("GET /ledger/{unit}", web.Can(access.ReadLedger), showing(web.Page{}))
		m.Page("GET /accounts", web.Can(access.ManageAccounts), showing(web.Page{}))
		m.Page("GET /tasks", web.Can(access.ReadCampaign), showing(web.Page{}))
	})
	for path, want := range map[string]int{
		"/ledger/445281000000": 200,
		"/ledger/445281107000": 200,
		"/ledger/445224000000": 404, // outside
		"/ledger/nonsense":     404,
		"/accounts":            403,
		"/tasks":               200,
	} {
		if w := get(h, path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

func TestNoSuchPage(t *testing.T) {
	h := site(t, web.Options{}, func(m *web.Mux) { m.Page("POST /ledger", web.Public, showing(web.Page{})) })
	if w := get(h, "/nowhere"); w.Code != 404 {
		t.Errorf("unknown page: %d", w.Code)
	}
	if w := get(h, "/ledger"); w.Code != 405 || w.Header().Get("Allow") != "POST" {
		t.Errorf("wrong method: %d %q", w.Code, w.Header().Get("Allow"))
	}
}
