package ledgerweb_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/sangzi/sangzi/internal/ledger/ledgertest"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// The keys pressed in the grid are real ones, in Chromium.

const at = `document.querySelector('#r-%s td[data-key="%s"] input')`

func input(village unit.Code, key string) string { return fmt.Sprintf(at, village, key) }

// grid opens the town's grid with a cell active.
func (s *site) grid(village unit.Code, key string) *browser {
	s.t.Helper()
	b := s.open(1440, 900, false)
	b.visit(lihu)
	b.focus(village, key)
	return b
}

func (b *browser) focus(village unit.Code, key string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](input(village, key) + ".focus()"))
}

func (b *browser) wantText(village unit.Code, key, want string) {
	b.t.Helper()
	if got := b.ask(input(village, key) + ".value"); got != want {
		b.t.Errorf("%s of %s is %q, want %q", key, village, got, want)
	}
}

// wantActive wants the cell with the keyboard in it.
func (b *browser) wantActive(village unit.Code, key string) {
	b.t.Helper()
	got := b.ask(`document.activeElement.name`)
	if want := cell(village, key); got != want {
		b.t.Errorf("the keyboard is in %q, want %q", got, want)
	}
}

func (b *browser) paste(text string) {
	b.t.Helper()
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		data.setData("text/plain", %q);
		document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
	})()`, text)))
}

func (b *browser) copied(kind string) string {
	b.t.Helper()
	return b.ask(fmt.Sprintf(`(() => {
		const data = new DataTransfer();
		document.activeElement.dispatchEvent(new ClipboardEvent(%q, {clipboardData: data, bubbles: true, cancelable: true}));
		return data.getData("text/plain");
	})()`, kind))
}

// settled waits until the grid says that everything is saved.
func (b *browser) settled() {
	b.t.Helper()
	b.until(`/^已保存 \d\d:\d\d:\d\d$/.test(document.getElementById("grid-status").textContent)`)
}

// next is the village so many lines below.
func (s *site) next(village unit.Code, n int) unit.Code {
	s.t.Helper()
	villages := s.Tree(ledgertest.ThisWeek).Villages(testkit.LihuTown)
	for i, v := range villages {
		if v.Code == village {
			return villages[i+n].Code
		}
	}
	s.t.Fatal("no such village")
	return 0
}

func TestGridKeys(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planned_trees")
	below := s.next(Nothing, 1)
	first := s.next(Reported, 0)
	last := s.Tree(ledgertest.ThisWeek).Villages(testkit.LihuTown)[24].Code

	for _, step := range []struct {
		keys string
		mod  chromedp.Modifier
		at   unit.Code
		key  string
	}{
		{kb.ArrowDown, 0, below, "planned_trees"},
		{kb.ArrowRight, 0, below, "secured_seedlings"},
		{kb.Tab, 0, below, "planted_trees"},
		{kb.Tab, chromedp.ModifierShift, below, "secured_seedlings"},
		{kb.ArrowUp, 0, Nothing, "secured_seedlings"},
		{kb.Enter, 0, below, "secured_seedlings"},
		{kb.Enter, chromedp.ModifierShift, Nothing, "secured_seedlings"},
		{kb.Home, 0, Nothing, "typical_village"},
		{kb.ArrowLeft, 0, Nothing, "typical_village"},
		{kb.End, 0, Nothing, "social_funds"},
		{kb.Tab, 0, below, "typical_village"},
		{kb.End, chromedp.ModifierCtrl, last, "social_funds"},
		{kb.ArrowDown, 0, last, "social_funds"},
		{kb.Home, chromedp.ModifierCtrl, first, "typical_village"},
	} {
		b.keys(step.keys, step.mod)
		b.wantActive(step.at, step.key)
	}
	b.keys(kb.PageDown)
	if b.ask(`document.activeElement.name`) == cell(first, "typical_village") {
		t.Error("PageDown did not move")
	}
	// What is active is not under the frozen head, the totals or the bar.
	b.keys(kb.End, chromedp.ModifierCtrl)
	if got := b.ask(`document.elementFromPoint(...(r => [r.left + 5, r.top + 5])(document.activeElement.getBoundingClientRect())) === document.activeElement`); got != "true" {
		t.Error("the active cell is covered")
	}
	if lost := b.ask(`document.querySelectorAll("td.unsaved").length`); lost != "0" {
		t.Errorf("moving about changed %s cells", lost)
	}
	// Escape, then Tab, leaves the grid.
	b.keys(kb.Escape)
	b.keys(kb.Tab)
	if got := b.ask(`!!document.activeElement.closest("td")`); got != "false" {
		t.Error("the keyboard is caught in the grid")
	}
}

func TestGridTyping(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planted_trees")
	b.keys("9９0")
	b.wantText(Nothing, "planted_trees", "9９0") // typed over what stood there
	b.keys(kb.Escape)
	before := fmt.Sprint(s.last(Nothing, "planted_trees"))
	b.wantText(Nothing, "planted_trees", before)
	b.keys(kb.F2)
	b.keys(kb.Backspace)
	b.keys("50")
	b.keys(kb.ArrowLeft) // within the text
	b.wantActive(Nothing, "planted_trees")
	b.keys(kb.Enter)
	want := before[:len(before)-1] + "50"
	b.wantText(Nothing, "planted_trees", want)
	b.wantActive(s.next(Nothing, 1), "planted_trees")
	b.settled()
	b.until(`document.querySelector("#r-445281119205 .mark").textContent === "草稿"`)
	if got := s.value(Nothing, "planted_trees"); fmt.Sprint(got) != want {
		t.Errorf("stored %d", got)
	}
	b.focus(Nothing, "seminar_held")
	was := b.ask(input(Nothing, "seminar_held") + ".value")
	b.keys(" ")
	want = map[string]string{"是": "否", "否": "是"}[was]
	b.wantText(Nothing, "seminar_held", want)
	b.keys(kb.Delete)
	b.wantText(Nothing, "seminar_held", "")
	b.keys("z", chromedp.ModifierCtrl)
	b.keys("z", chromedp.ModifierCtrl)
	b.wantText(Nothing, "seminar_held", was)
}

func TestGridNormalisesAndMarks(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	problems := s.doubtful()
	b := s.grid(Nothing, "planted_trees")
	totals := b.ask(`document.querySelector("tfoot").innerText`)
	b.keys("１２００棵\r")
	b.until(input(Nothing, "planted_trees") + `.value === "1200"`)
	b.until(`document.querySelector('#r-445281119205 td[data-key=planted_trees].changed.draft.warn')`)
	if b.ask(`document.querySelector("tfoot").innerText`) == totals {
		t.Error("the totals stayed")
	}
	b.focus(Nothing, "party_members")
	b.keys("几个\r")
	b.until(`document.querySelector('#r-445281119205 td[data-key=party_members].bad')`)
	b.until(fmt.Sprintf(`document.querySelector(".chip[data-count=problems]").textContent === "问题 %d"`, problems+2))
	b.focus(Nothing, "party_members")
	b.until(`!document.getElementById("cell-note").hidden && document.getElementById("cell-note").textContent.includes("不是数字")`)
	b.picture("town-error")
	// The word of explanation is written beside the cell.
	b.focus(Nothing, "planted_trees")
	b.until(`document.getElementById("cell-note").textContent.includes("写一句说明")`)
	b.keys(kb.Enter, chromedp.ModifierAlt)
	b.keys(kb.Enter)
	b.until(`document.activeElement.placeholder`)
	b.keys("买了现成的苗\r")
	b.until(`document.querySelector('#r-445281119205 td[data-key=planted_trees].noted')`)
	if got := s.state(Nothing).Notes["planted_trees"]; got != "买了现成的苗" {
		t.Errorf("note %q", got)
	}
}

func TestGridPasteAndUndo(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planned_trees")
	below := s.next(Nothing, 1)
	before := b.ask(input(below, "planted_trees") + ".value")
	b.paste("1100\t1160\t\"98\"\"0\"\r\n1360\t\"1370\n株\"\t1180\r\n")
	b.wantText(Nothing, "planned_trees", "1100")
	b.wantText(Nothing, "planted_trees", `98"0`)
	b.wantText(below, "planted_trees", "1180")
	b.until(`document.getElementById("cell-info").textContent.includes("贴了 2 行 × 3 列")`)
	if got := b.ask(`document.querySelectorAll("td.sel").length`); got != "6" {
		t.Errorf("%s cells are selected", got)
	}
	b.settled()
	b.until(input(below, "secured_seedlings") + `.value === "1370"`)
	if got := s.value(below, "planted_trees"); got != 1180 {
		t.Errorf("stored %d", got)
	}
	b.keys("z", chromedp.ModifierCtrl)
	b.wantText(below, "planted_trees", before)
	b.keys("y", chromedp.ModifierCtrl)
	b.wantText(below, "planted_trees", "1180")
	b.keys("z", chromedp.ModifierCtrl)
	b.settled()
	b.until(`document.querySelectorAll("#r-445281119205 td.draft, #r-445281119206 td.draft").length === 0`)
	if got := s.state(below).Draft; got != nil && len(got.Inputs) > 0 {
		t.Errorf("undone, but the draft still has %v", got.Inputs)
	}
}

func TestGridPasteThatDoesNotFit(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	last := s.Tree(ledgertest.ThisWeek).Villages(testkit.LihuTown)[24].Code
	b := s.grid(last, "collective_funds")
	b.paste("1\t2\t3\n4\t5\t6\n7\t8\t9")
	b.until(`document.getElementById("cell-info").textContent.includes("还剩 2 行没有地方贴")`)
	if got := b.ask(`document.getElementById("cell-info").textContent`); !strings.Contains(got, "右边多出 1 列") || !strings.Contains(got, "麻园村") {
		t.Errorf("said %q", got)
	}
	b.wantText(last, "social_funds", "2")
}

func TestGridSelectionCopyAndFill(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planned_trees")
	below := s.next(Nothing, 1)
	b.keys(kb.ArrowRight, chromedp.ModifierShift)
	b.keys(kb.ArrowDown, chromedp.ModifierShift)
	want := strings.Join([]string{
		b.ask(input(Nothing, "planned_trees")+".value") + "\t" + b.ask(input(Nothing, "secured_seedlings")+".value"),
		b.ask(input(below, "planned_trees")+".value") + "\t" + b.ask(input(below, "secured_seedlings")+".value"),
	}, "\r\n")
	if got := b.copied("copy"); got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
	b.paste("7")
	b.wantText(Nothing, "secured_seedlings", "7")
	b.wantText(below, "planned_trees", "7")
	if got := b.copied("cut"); got != "7\t7\r\n7\t7" {
		t.Errorf("cut %q", got)
	}
	b.wantText(below, "secured_seedlings", "")
	// With the mouse.
	b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const from = %s, to = %s;
		from.dispatchEvent(new MouseEvent("mousedown", {bubbles: true, cancelable: true, button: 0}));
		to.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
		document.dispatchEvent(new MouseEvent("mouseup", {bubbles: true}));
	})()`, input(Nothing, "planned_funds"), input(below, "fiscal_funds"))))
	if got := b.ask(`document.querySelectorAll("td.sel").length`); got != "6" {
		t.Errorf("%s cells selected by the mouse", got)
	}
}

// A lost connection loses nothing that was typed.
func TestGridSurvivesALostConnection(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	var down atomic.Bool
	inner := s.server.Config.Handler
	s.server.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if down.Load() && r.Method == http.MethodPost {
			panic(http.ErrAbortHandler)
		}
		inner.ServeHTTP(w, r)
	})
	b := s.grid(Nothing, "planted_trees")
	down.Store(true)
	b.keys("980\r")
	b.until(`document.getElementById("grid-status").textContent.includes("没有网络，1 格还在本页")`)
	b.wantText(Nothing, "planted_trees", "980")
	if got := b.ask(`(() => { const e = new Event("beforeunload", {cancelable: true}); window.dispatchEvent(e); return e.defaultPrevented })()`); got != "true" {
		t.Error("the page may be left with something unsaved")
	}
	down.Store(false)
	b.do(chromedp.Evaluate[chromedp.Void](`window.dispatchEvent(new Event("online"))`))
	b.settled()
	if got := s.value(Nothing, "planted_trees"); got != 980 {
		t.Errorf("stored %d", got)
	}
}

// Two people write one row: the grid shows both values and lets the clerk decide.
func TestGridShowsBothValues(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planted_trees")
	s.as(reporter(Nothing))
	form := s.get(path(Nothing, ledgertest.ThisWeek, "")).form("#row")
	theirs, mine := s.more(Nothing, 6), s.more(Nothing, 11)
	form.Set("cell.planted_trees", theirs)
	s.post(path(Nothing, ledgertest.ThisWeek, "/report"), form).want(200)
	s.as(testkit.Town)
	b.keys(mine + "\r")
	b.until(`document.querySelector("td.clash")`)
	b.focus(Nothing, "planted_trees")
	b.until(`document.getElementById("cell-note").textContent.includes("现在是“` + theirs + `”")`)
	b.picture("town-clash")
	b.keys(kb.Enter, chromedp.ModifierAlt)
	b.keys(kb.Enter)
	b.until(`document.querySelector('#r-445281119205 td[data-key=planted_trees].draft')`)
	if got := s.value(Nothing, "planted_trees"); fmt.Sprint(got) != mine {
		t.Errorf("stored %d", got)
	}
}

func TestGridFiltersAndReturns(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planted_trees")
	b.do(chromedp.Click(`.chip[data-show="pending"]`))
	if got := b.ask(`Array.from(document.querySelectorAll("#grid tbody tr")).filter(tr => !tr.hidden).length`); got != "7" {
		t.Errorf("%s rows are left", got)
	}
	b.do(chromedp.Click(`.chip[data-show=""]`))
	b.do(chromedp.Click(row(Reported) + ` .mark`))
	b.until(`document.getElementById("cell-note").textContent.includes("退回该村")`)
	b.picture("town-row")
	b.do(chromedp.Click(`#cell-note a[data-return]`))
	b.until(`document.querySelector("#grid-dialog[open] textarea")`)
	b.do(chromedp.SendKeys(`#grid-dialog textarea`, "请核对"))
	b.picture("town-return")
	b.do(chromedp.Click(`#grid-dialog button`))
	b.until(`document.querySelector("#r-445281119001 .mark") && document.querySelector("#r-445281119001 .mark").textContent === "退回"`)
}

// What is still on its way is saved before a form is sent.
func TestGridSavesBeforeItSubmits(t *testing.T) {
	s := newSite(t, friday(t), testkit.Town)
	b := s.grid(Nothing, "planted_trees")
	b.picture("town")
	b.keys("980")
	b.do(chromedp.Click(`#submit-part`))
	b.until(`document.querySelector("form.submit")`)
	b.picture("submit")
	if got := s.value(Nothing, "planted_trees"); got != 980 {
		t.Errorf("stored %d", got)
	}
	if got := b.ask(`document.querySelector("main").innerText.includes("有改动没报的 4 村")`); got != "true" {
		t.Error("the row typed last is not among the drafts")
	}
}
