package api_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/api"
	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web"
)

// noAccounts is a world in which nobody stands anywhere.
type noAccounts struct{}

func (noAccounts) Accounts(context.Context, access.Actor, unit.Code) ([]register.Account, error) {
	return nil, nil
}

// whoever is Sessions with one actor signed in.
type whoever struct{ actor *access.Actor }

func (s whoever) Actor(*http.Request) (access.Actor, bool, error) { return *s.actor, true, nil }

// Every change of units over the API: previewed, refused for who may not, done, read again.
func TestUnitChanges(t *testing.T) {
	w := ledgertest.Busy(t, "2024-03-29 18:00")
	units := register.New(register.Config{Store: w.Units, Reports: w.Store, People: noAccounts{}, Now: w.Ledger.Now, Changed: w.Ledger.UnitsChanged})
	actor := testkit.Head
	server := web.New(web.Options{Sessions: whoever{&actor}, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	api.Register(server.Mux, api.Parts{Ledger: w.Ledger, Statistics: statistics.New(w.Ledger), Units: units})
	h, err := server.Handler()
	if err != nil {
		t.Fatal(err)
	}
	type told struct {
		Stored bool
		Code   string
		Weeks  []string
		Fates  []struct {
			What     string
			Was, Now struct{ Code, Name string }
		}
	}
	raw := ""
	post := func(path, body string) (int, told) {
		t.Helper()
		r := httptest.NewRequest(http.MethodPost, "/api/v1/units/"+path, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		raw = rec.Body.String()
		var out told
		if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
			t.Fatalf("%s: %s", path, rec.Body)
		}
		return rec.Code, out
	}
	const lihu = "445281119000"
	changes := []struct{ path, body, what string }{
		{lihu + "/rename", `"name":"里湖街道"`, "renamed"},
		{lihu + "/children", `"name":"河东村委会","code":"445281119301"`, "begun"},
		{"445281119001/merge", `"name":"里湖居委会","units":["445281119001","445281119002"]`, "merged"},
		{"445281119001/split", `"parts":[{"code":"445281119001","name":"里湖居委会"},{"code":"445281119050","name":"里湖东居委会"}]`, "begun"},
		{"445281119201/abolish", `"successor":"445281119202"`, "merged"},
		{"445281119203/move", `"to":"445281119303"`, "moved"},
	}
	for _, c := range changes {
		before := w.Units.Registry()
		if code, out := post(c.path, `{"day":"2024-03-30","preview":true,`+c.body+`}`); code != 200 || out.Stored || len(out.Fates) != 1 || out.Fates[0].What != c.what {
			t.Errorf("preview of %s: %d %+v %s", c.path, code, out, raw)
		}
		for _, a := range []access.Actor{testkit.County, testkit.Town, testkit.Leader} {
			actor = a
			if code, out := post(c.path, `{"day":"2024-03-30",`+c.body+`}`); code != 403 || out.Code != "access.forbidden" {
				t.Errorf("%s, %s: %d %+v", a.Name, c.path, code, out)
			}
		}
		for _, a := range []access.Actor{testkit.Outsider, {Account: 10, Name: "惠来县管理员", Role: access.Administrator, Unit: testkit.Huilai}} {
			actor = a
			if code, out := post(c.path, `{"day":"2024-03-30",`+c.body+`}`); code != 404 || out.Code != "access.outside" {
				t.Errorf("%s, %s: %d %+v", a.Name, c.path, code, out)
			}
		}
		if w.Units.Registry() != before {
			t.Fatalf("%s changed something before it should", c.path)
		}
		actor = testkit.CountyHead
		if code, out := post(c.path, `{"day":"2024-03-30",`+c.body+`}`); code != 200 || !out.Stored {
			t.Errorf("%s: %d %+v", c.path, code, out)
		}
	}
	for path, body := range map[string]string{
		"445281119004/rename":   `{"day":"gestern","name":"甲村委会"}`,
		"445281119004/abolish":  `{"day":"2024-03-30","successor":"x"}`,
		lihu + "/children":      `{"day":"2024-03-30","name":"甲村委会","code":"445281120301"}`,
		"445281119004/merge":    `{"day":"2024-03-30","name":"甲村委会","units":[]}`,
		"44528111900x/rename":   `{"day":"2024-03-30","name":"甲村委会"}`,
		"445281119204/split":    `{"day":"2024-03-30","parts":[{"code":"445281119204","name":"甲"}]}`,
		"445281119204/move":     `{"day":"2024-03-30","to":"12345"}`,
		"445281119204/rename":   `{"day":"2024-03-30","name":""}`,
		"445281119204/children": `{"day":"2024-03-30","name":"甲村委会","code":"445281119204"}`,
	} {
		if code, out := post(path, body); code < 400 || code >= 500 || out.Code == "" {
			t.Errorf("%s %s: %d %+v", path, body, code, out)
		}
	}
	back := `{"day":"2024-03-22","name":"甲村委会"`
	if code, out := post("445281119205/rename", back+`}`); code != 409 || out.Code != "register.touches" {
		t.Errorf("into reported weeks: %d %+v", code, out)
	}
	if code, out := post("445281119205/rename", back+`,"seen_weeks":2}`); code != 200 || len(out.Weeks) != 2 {
		t.Errorf("knowing of them: %d %+v", code, out)
	}
}
