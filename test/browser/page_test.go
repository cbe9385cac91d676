package browser_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/unit"
)

// patience is how long anything may take to come true.
const patience = 30 * time.Second

// visitor is somebody at a browser of his own.
type visitor struct {
	t     *testing.T
	s     *stage
	ctx   context.Context
	phone bool

	mu      sync.Mutex
	faults  []string // what the console said
	allowed []string // what it may say
	asked   int      // how often the page asked whether to leave it

	scriptless bool          // its pages run no script, not even one that waits
	whole      chan struct{} // a page has become whole since somebody last looked
}

// phone is somebody with a small telephone.
func (s *stage) phone(t *testing.T) *visitor {
	return s.visitor(t, 380, 800, chromedp.EmulateScale(1), chromedp.EmulateMobile, chromedp.EmulateTouch)
}

// desk is somebody at an office's screen.
func (s *stage) desk(t *testing.T) *visitor { return s.visitor(t, 1440, 900, chromedp.EmulateScale(1)) }

func (s *stage) visitor(t *testing.T, width, height int64, size ...chromedp.EmulateViewportOption) *visitor {
	t.Helper()
	parent, err := chromium()
	if err != nil {
		t.Fatalf("no Chromium (SANGZI_SKIP_BROWSER=1 leaves these tests out): %v", err)
	}
	v := &visitor{t: t, s: s, phone: width < 500, whole: make(chan struct{}, 1)}
	ctx, end := chromedp.NewContext(parent, chromedp.WithNewBrowserContext(), chromedp.WithListener(v.listen))
	v.ctx = ctx
	t.Cleanup(func() {
		end()
		v.mu.Lock()
		defer v.mu.Unlock()
		for _, f := range v.faults {
			t.Errorf("the console said: %s", f)
		}
	})
	// The first action opens the page and must not have a time limit of its own.
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height, size...)); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	return v
}

// listen collects what went wrong in the page, and answers its questions with yes.
func (v *visitor) listen(ev any) {
	switch ev := ev.(type) {
	case *runtime.EventExceptionThrown:
		v.fault("exception: " + ev.ExceptionDetails.Text + " " + exception(ev))
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeWarning {
			v.fault(fmt.Sprintf("%s: %s", ev.Type, arguments(ev.Args)))
		}
	case *log.EventEntryAdded:
		if ev.Entry.Level == log.EntryLevelError || ev.Entry.Source == log.EntrySourceSecurity {
			v.fault(fmt.Sprintf("%s: %s %s", ev.Entry.Source, ev.Entry.Text, ev.Entry.URL))
		}
	case *page.EventLoadEventFired:
		select {
		case v.whole <- struct{}{}:
		default:
		}
	case *page.EventJavascriptDialogOpening:
		v.mu.Lock()
		v.asked++
		v.mu.Unlock()
		go func() {
			_, err := chromedp.Call(v.ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
			if err != nil && v.ctx.Err() == nil {
				v.fault("answering a question: " + err.Error())
			}
		}()
	}
}

func exception(ev *runtime.EventExceptionThrown) string {
	if ev.ExceptionDetails.Exception == nil {
		return ""
	}
	return ev.ExceptionDetails.Exception.Description
}

func arguments(args []*runtime.RemoteObject) string {
	var b strings.Builder
	for _, a := range args {
		b.WriteString(" " + string(a.Value) + a.Description)
	}
	return b.String()
}

func (v *visitor) fault(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, ok := range v.allowed {
		if strings.Contains(text, ok) {
			return
		}
	}
	v.faults = append(v.faults, text)
}

// allow says that the console may speak of something from now on: a refusal that is wanted.
func (v *visitor) allow(text string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.allowed = append(v.allowed, text)
}

func (v *visitor) do(steps ...chromedp.Action[chromedp.Void]) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		v.t.Fatal(err)
	}
}

// ask evaluates JavaScript to a text.
func (v *visitor) ask(expression string) string {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string]("String("+expression+")"))
	if err != nil {
		v.t.Fatalf("%s: %v", expression, err)
	}
	return s
}

// until waits for a condition in JavaScript to come true, across navigations.
func (v *visitor) until(condition string) {
	v.t.Helper()
	if err := v.wait(condition); err != nil {
		v.t.Fatalf("never came true: %s\nat %s:\n%s", condition, v.ask("location.href"), v.ask(`document.body.innerText.slice(0, 500)`))
	}
}

func (v *visitor) wait(condition string) error {
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	for {
		came, err := v.came(ctx, "!!("+condition+")")
		if err == nil && came {
			return nil
		}
		// A page that goes away under the condition is waited for; so is nothing else.
		if ctx.Err() != nil {
			return errors.Join(ctx.Err(), err)
		}
	}
}

// came asks the page to watch for a condition. A page without scripts has nothing that could
// watch, no timer and no frame: there the condition is looked at now and whenever a page has
// become whole.
func (v *visitor) came(ctx context.Context, condition string) (bool, error) {
	if !v.scriptless {
		return chromedp.Run(ctx, chromedp.Poll[bool](condition, chromedp.WithPollingTimeout(patience)))
	}
	came, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition))
	if err != nil || came {
		return came, err
	}
	select {
	case <-v.whole:
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// loaded waits until the page at hand is whole and its scripts have run.
const loaded = `document.readyState === "complete"`

// visit opens a page of the site.
func (v *visitor) visit(path string) {
	v.t.Helper()
	v.do(chromedp.Navigate(v.s.server.URL + path))
	v.until(loaded)
}

// signIn goes in by the door and ends at the visitor's own page.
func (v *visitor) signIn(login string) *visitor {
	v.t.Helper()
	v.visit("/login")
	v.fill("[name=account]", login)
	v.fill("[name=password]", demo.Password)
	v.follow("登录")
	v.until(`!location.pathname.startsWith("/login")`)
	return v
}

// at wants the page to be at a path.
func (v *visitor) at(path string) {
	v.t.Helper()
	if got := v.ask("location.pathname"); got != path {
		v.t.Fatalf("at %s, want %s", got, path)
	}
}

// text is what is to be read in the first element of a kind.
func (v *visitor) text(css string) string {
	v.t.Helper()
	return v.ask(fmt.Sprintf(`(document.querySelector(%q) || {innerText: "nothing at %s"}).innerText.replace(/\s+/g, " ").trim()`, css, strings.ReplaceAll(css, `"`, "'")))
}

// reads wants words in an element.
func (v *visitor) reads(css, words string) {
	v.t.Helper()
	if got := v.text(css); !strings.Contains(got, words) {
		v.t.Fatalf("%s reads %q, want %q in it", css, got, words)
	}
}

// says waits for words in an element.
func (v *visitor) says(css, words string) {
	v.t.Helper()
	v.until(fmt.Sprintf(`Array.from(document.querySelectorAll(%q)).some((e) => e.innerText.replace(/\s+/g, " ").includes(%q))`, css, words))
}

// hasNot wants nothing of a kind on the page.
func (v *visitor) hasNot(css string) {
	v.t.Helper()
	if n := v.ask(fmt.Sprintf(`document.querySelectorAll(%q).length`, css)); n != "0" {
		v.t.Fatalf("%s times %s, want none: %s", n, css, v.text(css))
	}
}

// pressable finds what carries the words and can be pressed, scrolls it into sight and tells
// where it is; nothing while it is not there, switched off, or covered by something else.
const pressable = `((css, words) => {
	for (const el of document.querySelectorAll(css)) {
		if (words !== "" && !el.innerText.replace(/\s+/g, " ").includes(words)) continue;
		if (el.disabled || !el.getClientRects().length) continue;
		el.scrollIntoView({block: "center", inline: "center"});
		const r = el.getClientRects()[0];
		const x = r.left + r.width / 2, y = r.top + r.height / 2;
		const top = document.elementFromPoint(x, y);
		if (top && (el.contains(top) || (el.labels && [...el.labels].includes(top)))) return x + " " + y;
	}
	return "";
})`

// touch presses the first element of a kind with the words, by finger or by mouse.
func (v *visitor) touch(css, words string) {
	v.t.Helper()
	find := fmt.Sprintf("%s(%q, %q)", pressable, css, words)
	if err := v.wait(find); err != nil {
		v.t.Fatalf("nothing to press: %s %q\nat %s:\n%s", css, words, v.ask("location.href"), v.ask(`document.body.innerText.slice(0, 500)`))
	}
	x, y, _ := strings.Cut(v.ask(find), " ")
	px, errx := strconv.ParseFloat(x, 64)
	py, erry := strconv.ParseFloat(y, 64)
	if err := errors.Join(errx, erry); err != nil {
		v.t.Fatalf("%s %q: %v", css, words, err)
	}
	if v.phone {
		v.do(chromedp.TapXY(px, py))
	} else {
		v.do(chromedp.MouseClickXY(px, py))
	}
}

// press presses the button or link that carries the words.
func (v *visitor) press(words string) { v.t.Helper(); v.touch("button, a, summary, label", words) }

// click presses an element.
func (v *visitor) click(css string) { v.t.Helper(); v.touch(css, "") }

// follow presses and waits for the page that comes of it.
func (v *visitor) follow(words string) {
	v.t.Helper()
	v.then(func() { v.press(words) })
}

// then waits until what was done has brought another page.
func (v *visitor) then(what func()) {
	v.t.Helper()
	v.ask(`window.sangziOld = true`)
	what()
	v.until(`!window.sangziOld && ` + loaded)
}

// fill writes into a field as if it had been empty.
func (v *visitor) fill(css, text string) {
	v.t.Helper()
	v.until(fmt.Sprintf(`document.querySelector(%q)`, css))
	v.ask(fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.focus(); if (e.select) e.select(); })()`, css))
	v.keys(text)
}

// date sets a field that is not typed into: a day, or a day and a time.
func (v *visitor) date(css, value string) {
	v.t.Helper()
	v.ask(fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.value = %q; e.dispatchEvent(new Event("change", {bubbles: true})); })()`, css, value))
}

// keys presses keys one after another.
func (v *visitor) keys(keys string, with ...chromedp.Modifier) {
	v.t.Helper()
	v.do(chromedp.KeyEvent(keys, chromedp.KeyModifiers(with...)))
}

// download presses a link and gives the file that comes.
func (v *visitor) download(words string) string {
	v.t.Helper()
	dir := v.t.TempDir()
	events := true
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	progress := chromedp.Events(ctx, browser.DownloadProgress)
	begins := chromedp.Events(ctx, browser.DownloadWillBegin)
	if _, err := chromedp.Call(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{BrowserContextID: chromedp.FromContext(v.ctx).BrowserContextID,
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &events}); err != nil {
		v.t.Fatal(err)
	}
	v.press(words)
	name := ""
	for ev, err := range begins {
		if err != nil {
			v.t.Fatalf("nothing came of %q: %v", words, err)
		}
		name = ev.SuggestedFilename
		break
	}
	for ev, err := range progress {
		if err != nil {
			v.t.Fatalf("the file of %q did not come: %v", words, err)
		}
		if ev.State != browser.DownloadProgressStateCompleted {
			continue
		}
		file := filepath.Join(dir, name)
		if err := os.Rename(filepath.Join(dir, ev.GUID), file); err != nil {
			v.t.Fatal(err)
		}
		return file
	}
	return ""
}

// cell is the field of a village's column in the town's grid.
func cell(village unit.Code, key string) string {
	return fmt.Sprintf(`#r-%s td[data-key="%s"] input`, village, key)
}

func (v *visitor) value(css string) string {
	v.t.Helper()
	return v.ask(fmt.Sprintf(`document.querySelector(%q).value`, css))
}

// saved waits until the grid says that everything is kept.
func (v *visitor) saved() {
	v.t.Helper()
	v.until(`/^已保存 \d\d:\d\d:\d\d$/.test(document.getElementById("grid-status").textContent)`)
}

func ledgerOf(of unit.Code) string { return "/ledger/" + of.String() + "/" + thisWeek.String() }
func boardOf(of unit.Code) string  { return "/board/" + of.String() + "/" + thisWeek.String() }

// paste lays a text on the clipboard, as another program would, and pastes it.
func (v *visitor) paste(text string) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, patience)
	defer cancel()
	if _, err := chromedp.CallBrowser(ctx, browser.SetPermission, browser.SetPermissionParams{BrowserContextID: chromedp.FromContext(v.ctx).BrowserContextID,
		Permission: &browser.PermissionDescriptor{Name: "clipboard-write"}, Setting: browser.PermissionSettingGranted}); err != nil {
		v.t.Fatal(err)
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`navigator.clipboard.writeText(%q).then(() => "")`, text), chromedp.EvalAwaitPromise)); err != nil {
		v.t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, input.DispatchKeyEvent, input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "v", Code: "KeyV",
		WindowsVirtualKeyCode: 86, Modifiers: 2, Commands: []string{"paste"}}); err != nil {
		v.t.Fatal(err)
	}
}
