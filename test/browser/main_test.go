// Package browser_test walks the pages as their users do: in Chromium, on a demonstration of
// the whole application, on a phone and on a desk, with keys, touches and files. Every journey
// has a demonstration of its own, copied from one that is made once, and a clock of its own, so
// that a deadline can pass while somebody types.
//
// It needs Chromium on the PATH. SANGZI_SKIP_BROWSER=1 leaves it out.
package browser_test

import (
	"context"
	"flag"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

var update = flag.Bool("update", false, "take the pictures of README anew")

func TestMain(m *testing.M) {
	flag.Parse()
	code := m.Run()
	if closeBrowser != nil {
		closeBrowser()
	}
	os.Exit(code)
}

var closeBrowser func()

// chromium is the one browser of the test binary; every visitor gets a profile of his own in it.
var chromium = sync.OnceValues(func() (context.Context, error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "zh-CN"), chromedp.Flag("accept-lang", "zh-CN"),
		chromedp.Env("LANGUAGE=zh_CN", "LC_ALL=C.UTF-8", "LANG=C.UTF-8"), chromedp.Flag("hide-scrollbars", true))
	alloc, end := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(alloc)
	closeBrowser = func() { quit(); end() }
	return ctx, chromedp.Do(ctx)
})

// The week that is open, and the one before it.
var (
	thisWeek = date.MustParse("2024-03-29")
	lastWeek = date.MustParse("2024-03-22")
)

// friday is a demonstration's database with its key, made once: with all that is recorded in the
// quarter, or one in which everything is typed.
var (
	recorded = sync.OnceValues(func() ([2][]byte, error) { return friday(app.DemoOptions{}) })
	typed    = sync.OnceValues(func() ([2][]byte, error) { return friday(app.DemoOptions{Typed: true}) })
)

func friday(o app.DemoOptions) (files [2][]byte, err error) {
	dir, err := os.MkdirTemp("", "sangzi-browser-")
	if err != nil {
		return files, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "friday.db")
	o.DB, o.Today = "sqlite:"+file, demo.Today
	a, _, err := app.OpenDemo(context.Background(), o)
	if err != nil {
		return files, err
	}
	if err := a.Close(); err != nil {
		return files, err
	}
	if files[0], err = os.ReadFile(file); err != nil {
		return files, err
	}
	files[1], err = os.ReadFile(a.KeyFile)
	return files, err
}

// stage is a demonstration of its own, an hour and twelve minutes before the deadline.
type stage struct {
	*app.App
	clock  *demo.Clock
	server *httptest.Server
}

// open is a Friday on which villages type.
func open(t *testing.T) *stage {
	t.Helper()
	return openFrom(t, typed)
}

// openRecorded is a Friday on which nobody needs to type.
func openRecorded(t *testing.T) *stage {
	t.Helper()
	return openFrom(t, recorded)
}

func openFrom(t *testing.T, from func() ([2][]byte, error)) *stage {
	t.Helper()
	if os.Getenv("SANGZI_SKIP_BROWSER") == "1" {
		t.Skip("SANGZI_SKIP_BROWSER=1: the pages are not walked in a browser")
	}
	files, err := from()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "friday.db")
	for i, name := range []string{file, file + ".key"} {
		if err := os.WriteFile(name, files[i], 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := &stage{clock: demo.NewClock()}
	var fresh bool
	if s.App, fresh, err = app.OpenDemo(context.Background(), app.DemoOptions{DB: "sqlite:" + file, Today: demo.Today, Clock: s.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.App.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	if fresh {
		t.Fatal("the copy of the demonstration was empty")
	}
	s.set("16:18")
	handler, err := s.NewServer(app.ServerOptions{Demonstration: true}).Handler()
	if err != nil {
		t.Fatal(err)
	}
	s.server = httptest.NewServer(handler)
	t.Cleanup(s.server.Close)
	return s
}

// set stops the clock at a time of the Friday.
func (s *stage) set(clock string) {
	t, err := time.ParseInLocation("2006-01-02 15:04", thisWeek.String()+" "+clock, testkit.Shanghai)
	if err != nil {
		panic(err)
	}
	s.clock.Set(t)
}

// villages are those of a town that report, in the order of the form.
func (s *stage) villages(t *testing.T, town unit.Code) []unit.Unit {
	t.Helper()
	var list []unit.Unit
	for _, v := range s.Units.Tree(thisWeek).Villages(town) {
		if v.Kind == unit.Ordinary {
			list = append(list, v)
		}
	}
	return list
}

// reporter makes an account for a village and gives its login.
func (s *stage) reporter(t *testing.T, village unit.Unit) string {
	t.Helper()
	login := fmt.Sprintf("v%d", village.Code)
	_, err := s.Accounts.Provide(context.Background(), access.Operator("test", unit.Nation), []account.Given{{Password: demo.Password,
		Input: account.Input{Login: login, Name: village.Name + "填报员", Role: access.VillageReporter, Unit: village.Code}}})
	if err != nil {
		t.Fatal(err)
	}
	return login
}

// row is where a village stands in this week.
func (s *stage) row(t *testing.T, village unit.Code) ledger.RowView {
	t.Helper()
	v, err := s.Ledger.Row(context.Background(), access.Operator("test", unit.Nation), village, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// column is the place of a column in the form.
func (s *stage) column(t *testing.T, key string) int {
	t.Helper()
	i, ok := s.Pack.Ledger.ColumnIndex(key)
	if !ok {
		t.Fatalf("no column %s", key)
	}
	return i
}

// filled is what a page shows in a cell: the draft over what was reported.
func (s *stage) filled(t *testing.T, village unit.Code, key string) string {
	t.Helper()
	i := s.column(t, key)
	return ledger.Format(&s.Pack.Ledger.Columns[i], s.row(t, village).Filled[i])
}

// submissions are the versions of a town or a county in this week, oldest first.
func (s *stage) submissions(t *testing.T, of unit.Code) []ledger.Submission {
	t.Helper()
	list, err := s.Ledger.Submissions(context.Background(), access.Operator("test", unit.Nation), of, thisWeek)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
