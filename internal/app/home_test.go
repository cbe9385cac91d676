package app_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sangzi/sangzi/test/house"
)

// Everybody lands on what is his, and that page is there.
func TestHomeOfEverybody(t *testing.T) {
	h := house.Open(t, "sqlite:"+filepath.Join(t.TempDir(), "sangzi.db"))
	for login, want := range map[string]string{
		"xintan":       "/ledger/445281001202",
		"lihu":         "/ledger/445281119000",
		"puning":       "/board/445281000000",
		"jieyang":      "/board/445200000000",
		"linye":        "/tasks/445281000000?department=" + url.QueryEscape("普宁市林业局"),
		"lingdao":      "/dispatch/445281000000/brief",
		"puning-admin": "/accounts",
	} {
		b := h.Browser(login)
		if r := b.Get("/"); r.Status != http.StatusSeeOther || r.Header.Get("Location") != want {
			t.Errorf("%s lands on %d %s, want %s", login, r.Status, r.Header.Get("Location"), want)
		}
		for path, hops := want, 0; ; hops++ {
			r := b.Get(path)
			if r.Status == http.StatusSeeOther && hops < 3 {
				path = r.Header.Get("Location")
				continue
			}
			if r.Status != http.StatusOK {
				t.Errorf("%s: %s is %d", login, path, r.Status)
			}
			if login == "linye" && !strings.Contains(string(r.Body), "林业局") {
				t.Errorf("the department's page does not name it")
			}
			break
		}
	}
}
