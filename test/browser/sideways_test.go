package browser_test

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/unit"
)

//go:embed testdata/audit.js
var audit string

// known are the words in Latin letters that people in offices read every day, and the logins
// of the cast.
func known() string {
	words := []string{"WPS", "Excel", "Sheet", "xlsx", "xls", "csv", "docx", "MB", "KB", "API"}
	for _, p := range demo.Cast() {
		words = append(words, strings.Split(p.Login, "-")...)
	}
	return "/^(" + strings.Join(words, "|") + ")$/"
}

// TestNoPageScrollsSideways opens every page that each of the cast can reach by links on a
// small phone, and holds it against what every page owes: it fits, it can be read, its fields
// have names, and no link leads nowhere.
func TestNoPageScrollsSideways(t *testing.T) {
	s := open(t)
	logins := []string{""}
	for _, p := range demo.Cast() {
		logins = append(logins, p.Login)
	}
	for _, login := range logins {
		t.Run("as "+login, func(t *testing.T) {
			t.Parallel()
			v := s.phone(t)
			if v.visit("/login"); login != "" {
				v.signIn(login)
			}
			t.Logf("%d pages", crawl(v))
		})
	}
}

// crawl follows the links from the first page, one of each kind of page, and tells how many.
func crawl(v *visitor) int {
	v.t.Helper()
	seen := map[string]bool{}
	queue := []string{v.ask("location.pathname + location.search")}
	n := 0
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		kind := kindOf(path)
		if seen[kind] {
			continue
		}
		seen[kind] = true
		n++
		queue = append(queue, v.inspect(path)...)
	}
	return n
}

// inspect opens a page, says what is wrong with it and gives its links.
func (v *visitor) inspect(path string) []string {
	v.t.Helper()
	v.do(chromedp.Navigate(v.s.server.URL + path))
	if status := v.ask(`performance.getEntriesByType("navigation")[0].responseStatus`); status != "200" {
		v.t.Errorf("%s answers %s", path, status)
	}
	var found struct{ Wrong, Links []string }
	if err := json.Unmarshal([]byte(v.ask(strings.Replace(audit, "KNOWN", known(), 1))), &found); err != nil {
		v.t.Fatalf("%s: %v", path, err)
	}
	for _, w := range found.Wrong {
		v.t.Errorf("%s: %s", path, w)
	}
	return slices.DeleteFunc(found.Links, func(link string) bool { return downloads.MatchString(link) })
}

var (
	downloads = regexp.MustCompile(`\.xlsx|/file/|/template$`)
	codes     = regexp.MustCompile(`\b\d{12}\b`)
	days      = regexp.MustCompile(`\b20\d\d-\d\d-\d\d(:\d+)?\b`)
	numbers   = regexp.MustCompile(`/\d+\b`)
	duties    = regexp.MustCompile(`^(/tasks/[^/]+)/[^/]+(/[^/]+/[^/]+)?$`)
	columns   = regexp.MustCompile(`^(/history/[^/]+/[^/]+)/.*`)
	forms     = regexp.MustCompile(`^(/records/)[^/]+(/new/.*)`)
)

// kindOf is what pages of one kind have in common: units by level, no days, no columns, a form of
// records of any unit. A query counts by its names.
func kindOf(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		return path
	}
	kind := codes.ReplaceAllStringFunc(u.Path, func(c string) string {
		code, err := unit.ParseCode(c)
		if err != nil {
			return c
		}
		return fmt.Sprintf("level%d", code.Level())
	})
	kind = numbers.ReplaceAllString(days.ReplaceAllString(kind, "day"), "/n")
	if m := duties.FindStringSubmatch(kind); m != nil {
		kind = m[1] + map[bool]string{true: "/item", false: "/duty"}[m[2] != ""]
	}
	kind = columns.ReplaceAllString(kind, "$1/column")
	kind = forms.ReplaceAllString(kind, "$1unit$2")
	var names []string
	for name := range u.Query() {
		names = append(names, name)
	}
	slices.Sort(names)
	return kind + "?" + strings.Join(names, "&")
}

// TestFirstPageIsLight counts what comes over the line before a village, a town and a county can read.
func TestFirstPageIsLight(t *testing.T) {
	s := open(t)
	const limit = 100_000
	for _, login := range []string{"xintan", "lihu", "puning"} {
		v := s.phone(t).signIn(login)
		path := v.ask("location.pathname")
		weight := v.weigh(path)
		t.Logf("%s as %s: %d bytes", path, login, weight)
		if weight > limit {
			t.Errorf("%s as %s weighs %d bytes, more than %d", path, login, weight, limit)
		}
	}
}

// weigh counts the bytes on the line while a page is opened with an empty cache.
func (v *visitor) weigh(path string) int {
	v.t.Helper()
	if err := chromedp.Do(v.ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, network.ClearBrowserCache, cdp.Empty{})
		return err
	})); err != nil {
		v.t.Fatal(err)
	}
	var mu sync.Mutex
	sum := 0.0
	if err := chromedp.Listen(v.ctx, func(ev any) {
		if done, ok := ev.(*network.EventLoadingFinished); ok {
			mu.Lock()
			sum += done.EncodedDataLength
			mu.Unlock()
		}
	}); err != nil {
		v.t.Fatal(err)
	}
	v.visit(path)
	mu.Lock()
	defer mu.Unlock()
	if sum == 0 {
		v.t.Fatal("nothing came over the line")
	}
	return int(sum)
}
