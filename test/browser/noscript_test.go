package browser_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
)

// withoutScript is the visitor with scripts switched off.
func (v *visitor) withoutScript() *visitor {
	v.t.Helper()
	if _, err := chromedp.Call(v.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		v.t.Fatal(err)
	}
	v.scriptless = true
	return v
}

// TestWithoutScript reports a village and sends a town upward in a browser that runs no scripts.
func TestWithoutScript(t *testing.T) {
	s := open(t)

	t.Run("a village", func(t *testing.T) {
		v := s.phone(t).withoutScript().signIn("xintan")
		v.allow("status of 422")
		v.click("#i-planted_trees summary")
		fewer := fmt.Sprint(s.lastWeek(demo.Village, "planted_trees") - 4)
		v.fill(field("planted_trees"), fewer)
		v.follow("有改动：核对无误，报给流沙东街道")
		// It is not taken without a word, and what was typed is still there.
		v.reads(".notice.t-wrong", "还有 1 处要改")
		if got := v.value(field("planted_trees")); got != fewer {
			t.Errorf("the form came back with %s", got)
		}
		v.fill(`[name="note.planted_trees"]`, "台风刮倒四株")
		v.follow("核对无误，报给流沙东街道")
		v.reads(".done-title", "已报给流沙东街道")
		if got := s.row(t, demo.Village).Latest.Notes["planted_trees"]; got != "台风刮倒四株" {
			t.Errorf("the note is %q", got)
		}
	})

	t.Run("a town", func(t *testing.T) {
		village := s.villages(t, demo.Town)[14]
		v := s.desk(t).withoutScript().signIn("lihu")
		more := fmt.Sprint(s.lastWeek(village.Code, "planted_trees") + 1)
		v.fill(cell(village.Code, "planted_trees"), more)
		v.follow("保存表格")
		v.at(ledgerOf(demo.Town))
		if got := s.filled(t, village.Code, "planted_trees"); got != more {
			t.Errorf("kept %s", got)
		}
		v.click(fmt.Sprintf("#r-%s input[type=checkbox]", village.Code))
		v.press("代报")
		v.follow("代报勾选的村")
		v.then(func() { v.touch("main form button.primary", "") })
		if r := s.row(t, village.Code); r.State != ledger.OnTime || s.filled(t, village.Code, "planted_trees") != more {
			t.Errorf("the village is %s with %s", r.State, s.filled(t, village.Code, "planted_trees"))
		}
		v.follow("注明缺 6 村")
		v.follow("确认提交（第 1 版）")
		v.reads(".sealed", "第 1 版")
		if list := s.submissions(t, demo.Town); len(list) != 1 || list[0].Status != ledger.Sealed {
			t.Errorf("submissions: %+v", list)
		}
	})
}
