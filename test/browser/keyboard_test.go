package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
)

// focused says what the keyboard is at, and whether that can be seen: it stands in the window
// and an outline or a frame is drawn around it.
const focused = `(() => {
	const el = document.activeElement;
	if (!el || el === document.body) return "nothing";
	const s = getComputedStyle(el), r = el.getBoundingClientRect();
	const inside = r.bottom > 0 && r.right > 0 && r.top < innerHeight && r.left < innerWidth;
	const framed = (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== "none" || el.closest("td, label, .segment") !== null || el.matches("input[type=date]:not(:focus)"); // in a day, the browser frames its parts
	return [el.tagName, el.name || el.id || el.innerText.trim().slice(0, 20), inside ? "" : "out of sight", framed ? "" : "without a frame"].join("|");
})()`

// tabTo presses Tab until the keyboard is at an element, and wants to see it at every stop. Out
// of the grid's cells it goes as the page advises: with Escape first.
func (v *visitor) tabTo(css string) {
	v.t.Helper()
	var way []string
	for range 150 {
		if v.ask(fmt.Sprintf(`document.activeElement && document.activeElement.matches(%q)`, css)) == "true" {
			return
		}
		if v.ask(`!!document.activeElement.closest("#grid td")`) == "true" {
			v.keys(kb.Escape)
		}
		v.keys(kb.Tab)
		stop := v.ask(focused)
		if strings.Contains(stop, "out of sight") || strings.Contains(stop, "without a frame") {
			v.t.Errorf("at %s the keyboard cannot be seen: %s", v.ask("location.pathname"), stop)
		}
		way = append(way, stop)
	}
	v.t.Fatalf("Tab does not lead to %s: %s", css, strings.Join(way[len(way)-20:], " → "))
}

// TestKeyboardOnly signs in, fills a cell, reports for a village and sends the town's week
// upward without a mouse.
func TestKeyboardOnly(t *testing.T) {
	s := open(t)
	village := s.villages(t, demo.Town)[14].Code
	v := s.desk(t)
	v.visit("/login")
	v.keys("lihu" + kb.Tab + demo.Password) // the first field has the keyboard
	v.then(func() { v.keys(kb.Enter) })
	v.at(ledgerOf(demo.Town))

	// Past the head of the page.
	v.keys(kb.Tab)
	v.reads(":focus", "跳到正文")
	if v.ask(`document.activeElement.getBoundingClientRect().top >= 0`) != "true" {
		t.Error("the skip link cannot be seen")
	}
	v.keys(kb.Enter)
	v.until(`document.activeElement.id === "main"`)

	// Into the grid, down to the village, across to the column.
	v.tabTo("#grid td input")
	for range 14 {
		v.keys(kb.ArrowDown)
	}
	for range s.column(t, "planted_trees") {
		v.keys(kb.ArrowRight)
	}
	if got, want := v.ask("document.activeElement.name"), "cell."+village.String()+".planted_trees"; got != want {
		t.Fatalf("the keyboard is at %s, want %s", got, want)
	}
	more := fmt.Sprint(s.lastWeek(village, "planted_trees") + 1)
	v.keys(more + kb.Enter)
	v.saved()
	if got := s.filled(t, village, "planted_trees"); got != more {
		t.Errorf("kept %s", got)
	}

	// Out of the grid to the village's own line: its box, its name, its page.
	v.keys(kb.ArrowUp)
	v.keys(kb.Escape)
	v.keys(kb.Tab, chromedp.ModifierShift)
	v.until(fmt.Sprintf(`document.activeElement.matches("#r-%s a[data-row]")`, village))
	v.keys(kb.Tab, chromedp.ModifierShift)
	v.keys(" ")
	v.until(fmt.Sprintf(`document.activeElement.matches('#r-%s input[name="unit"]:checked')`, village))
	v.keys(kb.Tab)
	v.then(func() { v.keys(kb.Enter) })
	v.at(ledgerOf(village))
	v.tabTo(`#bar-inner button`)
	v.then(func() { v.keys(kb.Enter) })
	if r := s.row(t, village); r.State != ledger.OnTime || !r.Latest.OnBehalf {
		t.Errorf("reported on behalf: %s, %+v", r.State, r.Latest)
	}

	v.visit(ledgerOf(demo.Town))
	v.tabTo("#submit-part")
	v.then(func() { v.keys(kb.Enter) })
	v.tabTo("main form button.primary")
	v.then(func() { v.keys(kb.Enter) })
	v.reads(".sealed", "第 1 版")
	if list := s.submissions(t, demo.Town); len(list) != 1 || list[0].Status != ledger.Sealed {
		t.Errorf("submissions: %+v", list)
	}
}
