package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/test/house"
)

// uploadScenarios stand for the operations whose scenarios are in upload_test.go, which need
// a file.
var uploadScenarios = []scenario{
	{op: "upload-workbook", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/uploads?file=a.xlsx", body: "PK"},
	{op: "get-upload", as: "lihu", path: "/ledger/{town}/{week}/uploads/{upload a}"},
	{op: "add-photo", as: "xintan", method: "POST", path: "/records/{xintan}/photos?kind=planting", body: "PK"}, // in photos_test.go
	{op: "get-photo", as: "xintan", path: "/photos/1"},
	{op: "get-photo-file", as: "xintan", path: "/photos/1/thumb"},
	{op: "import-upload", as: "lihu", method: "POST", path: "/ledger/{town}/{week}/uploads/{upload a}/import", body: "{}"},
}

// sample gives for each operation a request that went well in the scenarios.
func (s *stage) sample() map[string]scenario {
	out := map[string]scenario{}
	for _, c := range append(append([]scenario(nil), scenarios...), uploadScenarios...) {
		if c.method == "" {
			c.method = http.MethodGet
		}
		if _, ok := out[c.op]; !ok && c.code == "" {
			out[c.op] = c
		}
	}
	return out
}

// Every operation has a scenario in which it goes well and one in which it is refused, or is
// open to everybody signed in and cannot be refused.
func TestEveryOperationHasScenarios(t *testing.T) {
	s := sqlite(t)
	d, _ := s.document()
	good, bad := s.sample(), map[string]bool{"me": true, "campaign": true, "list-weeks": true, "list-contacts": true, "unit-history": true,
		"list-grants": true, "board": true, "list-submissions": true, "row-versions": true, "drop-draft": true, "prefilled-workbook": true,
		"add-unit": true, "merge-units": true, "split-unit": true, "move-unit": true, // refused in TestEveryOperationAsksWhoAndWhere
		"upload-workbook": true, "get-upload": true, "import-upload": true, // refused in upload_test.go
		"add-photo": true, "get-photo": true, "get-photo-file": true} // refused in photos_test.go
	for _, c := range scenarios {
		if c.code != "" {
			bad[c.op] = true
		}
	}
	known := map[string]bool{}
	d.each(func(_, _ string, o operation) {
		known[o.OperationID] = true
		if _, ok := good[o.OperationID]; !ok {
			t.Errorf("%s has no scenario in which it goes well", o.OperationID)
		}
		if !bad[o.OperationID] {
			t.Errorf("%s has no scenario in which it is refused", o.OperationID)
		}
	})
	for id := range good {
		if !known[id] {
			t.Errorf("scenarios speak of an operation %s", id)
		}
	}
}

// Every operation asks for a token that is good, keeps a unit from those outside, knows a code
// and a week when it sees one, and takes no other method and no other media type.
func TestEveryOperationAsksWhoAndWhere(t *testing.T) {
	on(t, func(s *stage) {
		s.ids["a"] = decode[shownPreview](s.t, s.uploadTo("lihu", "{town}", "里湖镇.xlsx", s.book(testkit.LihuTown, nil)), 201).ID
		s.remind()
		revoked := s.revoked()
		d, _ := s.document()
		sample := s.sample()
		for _, person := range demo.Cast() {
			s.as(person.Login)
		}
		before := s.Fingerprint()
		d.each(func(method, pattern string, o operation) {
			c := sample[o.OperationID]
			path, body := "/api/v1"+s.say(c.path), s.say(c.body)
			send := func(client *house.Client, path string) house.Reply {
				s.t.Helper()
				kind := "application/json"
				if o.RequestBody != nil && len(o.RequestBody.Content["application/octet-stream"].Schema) > 0 {
					kind = "application/octet-stream"
				}
				return client.Do(method, path, kind, body)
			}
			s.t.Run(o.OperationID, func(t *testing.T) {
				refused(t, send(s.Nobody(), path), 401, "web.signed_out")
				refused(t, send(s.Program("szt_unknown"), path), 401, "web.signed_out")
				refused(t, send(s.Program(revoked), path), 401, "web.signed_out")
				if strings.Contains(pattern, "{unit}") {
					s.asksWhere(t, pattern, path, o, c, send)
				}
				if o.RequestBody != nil && len(o.RequestBody.Content["application/json"].Schema) > 0 {
					refused(t, s.as(c.as).Do(method, path, "text/plain", body), 415, "api.media_type")
					refused(t, s.as(c.as).Do(method, path, "application/json", ""), 400, "api.no_body")
					refused(t, s.as(c.as).Do(method, path, "application/json", `{"a":"`+strings.Repeat("a", 1<<20)+`"}`), 413, "web.body_too_large")
				}
				r := s.as(c.as).Do(http.MethodPatch, path, "", "")
				if refused(t, r, 405, "web.method"); !strings.Contains(r.Header.Get("Allow"), method) {
					t.Errorf("allow %q", r.Header.Get("Allow"))
				}
			})
		})
		if s.Fingerprint() != before {
			s.t.Error("something was written")
		}
	})
}

func (s *stage) asksWhere(t *testing.T, pattern, path string, o operation, c scenario, send func(*house.Client, string) house.Reply) {
	t.Helper()
	code := s.codeIn(pattern, path)
	outside := "access.outside"
	if strings.Contains(pattern, "{id}") {
		outside = "ledger.no_upload"
	}
	refused(t, send(s.as("huicheng"), path), 404, outside)
	refused(t, send(s.as(c.as), strings.Replace(path, code, "44528111900x", 1)), 422, "unit.bad_code")
	if strings.Contains(pattern, "{week}") {
		refused(t, send(s.as(c.as), strings.Replace(path, "2024-03-29", "29.3.24", 1)), 422, "api.day")
		if code := "ledger.no_week"; !strings.Contains(pattern, "{id}") && o.OperationID != "drop-draft" && o.OperationID != "upload-workbook" {
			refused(t, send(s.as(c.as), strings.Replace(path, "2024-03-29", "2024-03-28", 1)), 404, code)
		}
	}
	if c.method != http.MethodGet && o.OperationID != "import-upload" {
		refused(t, send(s.as("lingdao"), path), 403, "access.forbidden")
	}
}

// codeIn is the unit's code in a path of the pattern.
func (s *stage) codeIn(pattern, path string) string {
	at := strings.Index("/"+strings.TrimPrefix(pattern, "/"), "{unit}")
	rest := path[at:]
	if i := strings.IndexAny(rest, "/?"); i >= 0 {
		rest = rest[:i]
	}
	return rest
}

// revoked is a token that was good.
func (s *stage) revoked() string {
	ctx := context.Background()
	clerk, err := s.App.AccountByLogin(ctx, access.Operator("test", unit.Nation), "lihu")
	if err != nil {
		s.t.Fatal(err)
	}
	token, text, err := s.App.Accounts.CreateToken(ctx, clerk.Actor(), account.TokenInput{Name: "old", Role: clerk.Role, Unit: clerk.Unit, ExpiresAt: time.Now().Add(time.Hour)})
	if err != nil {
		s.t.Fatal(err)
	}
	if r := s.Program(text).Get("/api/v1/me"); r.Status != http.StatusOK {
		s.t.Fatalf("a fresh token: %d", r.Status)
	}
	if err := s.App.Accounts.RevokeToken(ctx, clerk.Actor(), token.ID); err != nil {
		s.t.Fatal(err)
	}
	return text
}

// A token may be narrower than who made it, and then is.
func TestTokenIsBoundToItsUnitAndRole(t *testing.T) {
	on(t, func(s *stage) {
		ctx := context.Background()
		county, err := s.App.AccountByLogin(ctx, access.Operator("test", unit.Nation), "puning")
		if err != nil {
			s.t.Fatal(err)
		}
		make := func(role access.Role, at unit.Code) *house.Client {
			_, text, err := s.App.Accounts.CreateToken(ctx, county.Actor(), account.TokenInput{Name: "narrow", Role: role, Unit: at, ExpiresAt: time.Now().Add(time.Hour)})
			if err != nil {
				s.t.Fatal(err)
			}
			return s.Program(text)
		}
		v := s.Villages(testkit.LihuTown)[0].Code
		reader, village := make(access.Leader, testkit.LihuTown), make(access.VillageReporter, v)
		if r := reader.Get(s.say("/api/v1/ledger/{town}/{week}/rows")); r.Status != 200 {
			s.t.Errorf("its town: %d", r.Status)
		}
		refused(s.t, reader.Get(s.say("/api/v1/ledger/{east}/{week}/rows")), 404, "access.outside")
		refused(s.t, reader.Get(s.say("/api/v1/ledger/{county}/{week}/board")), 404, "access.outside")
		before := s.Fingerprint()
		refused(s.t, reader.JSON(http.MethodPut, "/api/v1/ledger/"+v.String()+"/2024-03-29/row", s.say(rowOf(v.String()))), 403, "access.forbidden")
		refused(s.t, village.Get(s.say("/api/v1/ledger/{v1}/{week}/row")), 404, "access.outside")
		refused(s.t, village.JSON(http.MethodPut, s.say("/api/v1/ledger/{v1}/{week}/row"), s.say(rowOf("{v1}"))), 404, "access.outside")
		if s.Fingerprint() != before {
			s.t.Error("something was written")
		}
		if r := village.JSON(http.MethodPut, "/api/v1/ledger/"+v.String()+"/2024-03-29/row", s.say(rowOf(v.String()))); r.Status != 200 {
			s.t.Errorf("its own row: %d %s", r.Status, r.Body)
		}
	})
}
