package api_test

import (
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/test/house"
)

// hostile are bodies of report-row that programs should not send, and what they are told.
var hostile = []struct {
	name, body string
	status     int
	code       string
}{
	{"no JSON", `hello`, 400, "api.json"},
	{"half of it", `{"base":0,"values":{"planted_trees"`, 400, "api.json"},
	{"two values", `{"unchanged":true}{"unchanged":true}`, 400, "api.json"},
	{"a list", `[]`, 422, "api.request"},
	{"null", `null`, 422, "api.request"},
	{"a key twice", `{"base":0,"base":1,"unchanged":true}`, 400, "api.json"},
	{"a cell twice", `{"values":{"planted_trees":1,"planted_trees":2}}`, 400, "api.json"},
	{"a key twice in disguise", `{"values":{"planted_trees":1,"planted\u005ftrees":2}}`, 400, "api.json"},
	{"another case", `{"Unchanged":true}`, 422, "api.request"},
	{"an unknown field", `{"unchanged":true,"force":true}`, 422, "api.request"},
	{"nested deep", strings.Repeat(`{"values":`, 5000) + `1` + strings.Repeat(`}`, 5000), 400, "api.json"},
	{"nested deep lists", strings.Repeat(`[`, 100000), 400, "api.json"},
	{"a number of no float", `{"values":{"planted_trees":1e400}}`, 400, "api.json"},
	{"NaN", `{"values":{"planted_trees":NaN}}`, 400, "api.json"},
	{"infinity", `{"values":{"planted_trees":Infinity}}`, 400, "api.json"},
	{"no UTF-8", "{\"values\":{\"planted_trees\":\"\xff\"}}", 400, "api.json"},
	{"a cell that is a list", `{"values":{"planted_trees":[1]}}`, 422, "api.request"},
	{"a cell that is an object", `{"values":{"planted_trees":{"n":1}}}`, 422, "api.request"},
	{"a long text", `{"values":{"planted_trees":"` + strings.Repeat("9", 101) + `"}}`, 422, "api.request"},
	{"a megabyte of text", `{"values":{"planted_trees":"` + strings.Repeat("9", 1<<19) + `"}}`, 422, "api.request"},
	{"digits apart by a control character", `{"values":{"planted_trees":"1\u00002"}}`, 422, "api.request"},
	{"digits on two lines", `{"values":{"planted_trees":"1\n2"}}`, 422, "api.request"},
	{"a number with an exponent", `{"values":{"planted_trees":1e3}}`, 422, "ledger.findings"},
	{"a number beyond int64", `{"values":{"planted_trees":123456789012345678901234567890}}`, 422, "ledger.findings"},
	{"the number that stands for empty", `{"values":{"planted_trees":-9223372036854775808}}`, 422, "ledger.findings"},
	{"a base that is a text", `{"base":"0","unchanged":true}`, 422, "api.request"},
	{"a base with a part", `{"base":0.5,"unchanged":true}`, 422, "api.request"},
	{"a base too large", `{"base":4294967296,"unchanged":true}`, 422, "api.request"},
	{"a base below", `{"base":-2,"unchanged":true}`, 422, "api.request"},
	{"a note that is a number", `{"unchanged":true,"notes":{"planted_trees":1}}`, 422, "api.request"},
	{"a note of no column", `{"unchanged":true,"notes":{"x":"y"}}`, 422, "ledger.unknown_column"},
	{"a note too long", `{"unchanged":true,"notes":{"planted_trees":"` + strings.Repeat("长", 501) + `"}}`, 422, "ledger.too_long"},
	{"a column with a long name", `{"values":{"` + strings.Repeat("x", 100000) + `":1}}`, 422, "ledger.unknown_column"},
}

// Nothing that is sent makes the program fail, takes an effect, or is told back at length.
func TestHostileBodies(t *testing.T) {
	on(t, func(s *stage) {
		client := s.as("xintan")
		before := s.Fingerprint()
		for _, c := range hostile {
			s.t.Run(c.name, func(t *testing.T) {
				refused(t, client.JSON(http.MethodPut, s.say("/api/v1/ledger/{xintan}/{week}/row"), c.body), c.status, c.code)
			})
		}
		if s.Fingerprint() != before {
			s.t.Error("something was written")
		}
	})
}

// Texts that are kept come back without what no table keeps, and as text.
func TestTextsComeBackAsText(t *testing.T) {
	on(t, func(s *stage) {
		const evil = "=HYPERLINK(\"http://x\") <script>alert(1)</script> \u0000\u001b[31m" + `'; DROP TABLE drafts; --`
		r := s.as("xintan").JSON(http.MethodPut, s.say("/api/v1/ledger/{xintan}/{week}/draft"), `{"inputs":{"planted_trees":`+marshal(evil)+`},"notes":{"planted_trees":`+marshal(evil)+`}}`)
		got := decode[struct{ Draft, Notes map[string]string }](s.t, r, 200)
		want := "=HYPERLINK(\"http://x\") <script>alert(1)</script> [31m'; DROP TABLE drafts; --"
		if got.Draft["planted_trees"] != want || got.Notes["planted_trees"] != want {
			s.t.Errorf("%q", got)
		}
	})
}

// Any body gets a clean answer: a report that is stored, or a problem and nothing stored.
func FuzzReportRow(f *testing.F) {
	for _, c := range hostile {
		if len(c.body) < 1000 {
			f.Add(c.body)
		}
	}
	f.Add(`{"base":-1,"unchanged":true}`)
	f.Add(`{"values":{"planted_trees":"1,318 株","invested_funds":5.76,"plan_made":true,"social_funds":null},"notes":{"planted_trees":"核"}}`)
	h := house.Open(f, "sqlite:"+filepath.Join(f.TempDir(), "sangzi.db"))
	client := h.As("xintan")
	path := "/api/v1/ledger/" + testkit.Xintan.String() + "/2024-03-29/row"
	f.Fuzz(func(t *testing.T, body string) {
		h, client := h.For(t), client.For(t)
		before := h.Versions(testkit.Xintan)
		r := client.JSON(http.MethodPut, path, body)
		after := h.Versions(testkit.Xintan)
		var p struct {
			Status      any
			Code, Title string
		}
		if err := json.Unmarshal([]byte(r.Body), &p); err != nil {
			t.Fatalf("%v: %q", err, r.Body)
		}
		switch r.Status {
		case 200:
			if after != before+1 {
				t.Fatalf("%d versions, then %d", before, after)
			}
		case 400, 409, 413, 422:
			if after != before || p.Code == "" || p.Title == "" || p.Status != float64(r.Status) {
				t.Fatalf("%d versions, then %d: %+v", before, after, p)
			}
		default:
			t.Fatalf("%d: %s", r.Status, r.Body)
		}
	})
}
