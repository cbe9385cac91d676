package ledgerweb_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser is a page in Chromium.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string
}

// patience is how long a condition may take to come true.
const patience = 20 * time.Second

// open starts Chromium at a size, on the site.
func (s *site) open(width, height int64, phone bool) *browser {
	s.t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			program = found
			break
		}
	}
	if program == "" {
		s.t.Skip("no Chromium on the PATH: the pages are not tried in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.Flag("lang", "zh-CN"))
	alloc, end := chromedp.NewExecAllocator(s.t.Context(), options...)
	s.t.Cleanup(end)
	ctx, close := chromedp.NewContext(alloc)
	s.t.Cleanup(close)
	b := &browser{t: s.t, ctx: ctx, url: s.server.URL}
	// The first run starts the browser and must not have a time limit of its own.
	if err := chromedp.Do(ctx); err != nil {
		s.t.Fatal(err)
	}
	// Several browsers run at once; each page is to think that it is the one in front.
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		s.t.Fatal(err)
	}
	size := []chromedp.EmulateViewportOption{chromedp.EmulateScale(1)}
	if phone {
		size = []chromedp.EmulateViewportOption{chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch}
	}
	b.do(chromedp.EmulateViewport(width, height, size...))
	return b
}

func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// visit opens a page and waits until its scripts have run.
func (b *browser) visit(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
	b.until(fmt.Sprintf("document.readyState === 'complete' && location.href === %q", b.url+path))
}

// keys presses keys one after another, with modifiers when given.
func (b *browser) keys(keys string, with ...chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(with...)))
}

// until waits for a JavaScript condition, across navigations.
func (b *browser) until(condition string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	for {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool]("!!("+condition+")"))
		if err == nil {
			return
		}
		if ctx.Err() != nil {
			b.t.Fatalf("never came true: %s\n%s", condition, b.ask(`document.body.innerText.slice(0, 800)`))
		}
	}
}

// ask evaluates JavaScript to a string.
func (b *browser) ask(expression string) string {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		b.t.Fatalf("%s: %v", expression, err)
	}
	return s
}

// picture keeps what is to be seen, where SANGZI_PICTURES names a folder.
func (b *browser) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("SANGZI_PICTURES")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
