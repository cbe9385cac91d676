package browser_test

import (
	"fmt"
	"testing"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// shown is a cell as the village's page shows it.
func (s *stage) shown(t *testing.T, values ledger.Values, key string) string {
	t.Helper()
	i := s.column(t, key)
	col := &s.Pack.Ledger.Columns[i]
	text := ledger.Format(col, values[i])
	if col.Unit != "" {
		text += " " + col.Unit
	}
	return text
}

// lastWeek is what stood in a village's cell the week before.
func (s *stage) lastWeek(village unit.Code, key string) int64 {
	i, ok := s.Pack.Ledger.ColumnIndex(key)
	if !ok {
		panic(key)
	}
	return int64(demo.Figures(s.Pack.Ledger, village, 8)[i])
}

// field is the input of a column in the village's form.
func field(key string) string { return fmt.Sprintf(`[name="cell.%s"]`, key) }

func villageChangesOneField(t *testing.T, s *stage, _ cast) {
	v := s.phone(t).signIn("xintan")
	v.at(ledgerOf(demo.Village))
	last := demo.Figures(s.Pack.Ledger, demo.Village, 8)
	for _, col := range s.Pack.Ledger.Columns {
		v.reads("#s-"+col.Key+" .entry-value", s.shown(t, last, col.Key))
	}

	// A mistake is said at the field, and not saved over.
	v.click("#i-planted_trees summary")
	v.fill(field("planted_trees"), "三百多\t")
	v.says("#m-planted_trees .error", "不是数字")

	// Less than last week needs a sentence.
	before := s.lastWeek(demo.Village, "planted_trees")
	fewer := fmt.Sprint(before - 4)
	v.fill(field("planted_trees"), fewer+"\t")
	v.says("#m-planted_trees .warning", fmt.Sprintf("由 %d 减为 %s", before, fewer))
	v.until(`!document.querySelector("#m-planted_trees .error")`)
	v.fill(`[name="note.planted_trees"]`, "台风刮倒四株\t")
	v.until(`/已保存 \d\d:\d\d:\d\d/.test(document.querySelector("#bar-inner").innerText)`)
	v.until(`document.querySelector("#s-planted_trees .entry-value.changed")`)

	// The draft was kept without being asked.
	v.visit(ledgerOf(demo.Village))
	v.reads("#s-planted_trees", fewer+" 株")
	v.reads("#changed-title", "本周有变化的 1 项")
	if got := v.value(`[name="note.planted_trees"]`); got != "台风刮倒四株" {
		t.Errorf("after reloading the note is %q", got)
	}
	if r := s.row(t, demo.Village); r.State == ledger.OnTime || r.Latest != nil {
		t.Errorf("a draft counts as reported: %s", r.State)
	}

	v.follow("核对无误，报给流沙东街道")
	v.says(".done-title", "已报给流沙东街道")
	r := s.row(t, demo.Village)
	if r.State != ledger.OnTime {
		t.Errorf("the village is %s", r.State)
	}
	if got := s.shown(t, r.Latest.Values, "planted_trees"); got != fewer+" 株" {
		t.Errorf("reported %s", got)
	}
	if got := r.Latest.Notes["planted_trees"]; got != "台风刮倒四株" {
		t.Errorf("the note that travels upward is %q", got)
	}
}

func villageUnchanged(t *testing.T, s *stage, c cast) {
	v := s.phone(t).signIn(s.reporter(t, c.idle))
	v.at(ledgerOf(c.idle.Code))
	v.follow("本周无变化，直接报送")
	v.says(".done", "本周无变化")
	r := s.row(t, c.idle.Code)
	if r.State != ledger.OnTime || !r.Latest.Unchanged {
		t.Errorf("state %s, unchanged %v", r.State, r.Latest.Unchanged)
	}
}
