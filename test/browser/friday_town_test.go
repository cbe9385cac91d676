package browser_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
)

func townTypes(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("lihu")
	v.at(ledgerOf(demo.Town))
	v.says(".chip[data-count=villages]", "25 村 · 已报 19")
	below := s.villages(t, demo.Town)[15]

	// About by the keyboard.
	v.click(cell(c.uploaded.Code, "planned_trees"))
	v.keys(kb.ArrowRight)
	v.keys(kb.ArrowDown)
	if got, want := v.ask("document.activeElement.name"), "cell."+below.Code.String()+".secured_seedlings"; got != want {
		t.Fatalf("the keyboard is at %s, want %s", got, want)
	}

	// A block from another program's table, and back.
	before := [2]string{v.value(cell(c.uploaded.Code, "planted_trees")), v.value(cell(below.Code, "planted_trees"))}
	v.click(cell(c.uploaded.Code, "planned_trees"))
	v.paste("950\t940\t930\r\n1010\t600\t450\r\n")
	v.says("#cell-info", "贴了 2 行 × 3 列")
	v.saved()
	for key, want := range map[string]string{"planned_trees": "950", "secured_seedlings": "940", "planted_trees": "930"} {
		if got := s.filled(t, c.uploaded.Code, key); got != want {
			t.Errorf("pasted %s is kept as %s, want %s", key, got, want)
		}
	}
	v.keys("z", chromedp.ModifierCtrl)
	v.until(fmt.Sprintf(`document.querySelector(%q).value === %q && document.querySelector(%q).value === %q`,
		cell(c.uploaded.Code, "planted_trees"), before[0], cell(below.Code, "planted_trees"), before[1]))
	v.saved()
	v.says(fmt.Sprintf("#r-%s .mark", c.uploaded.Code), "待报")

	// A mistake is said at its cell.
	v.click(cell(c.uploaded.Code, "planted_trees"))
	v.keys("几百棵" + kb.Enter)
	v.until(fmt.Sprintf(`document.querySelector(%q).closest("td.bad")`, cell(c.uploaded.Code, "planted_trees")))
	v.click(cell(c.uploaded.Code, "planted_trees"))
	v.says("#cell-note", "不是数字")
	v.keys("z", chromedp.ModifierCtrl)
	v.saved()
	v.until(`document.querySelectorAll("td.bad").length === 0`)
}

func townUploads(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("lihu")
	file := v.download("下载预填表")
	if got, want := filepath.Base(file), "里湖镇乡村绿化工作台账（预填）2024-03-29.xlsx"; got != want {
		t.Errorf("the file is called %s, want %s", got, want)
	}
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	trees := s.cellOf(t, book, c.uploaded.Name, "planted_trees")
	write(t, book, trees, 900)
	write(t, book, s.cellOf(t, book, c.uploaded.Name, "seminar_held"), "√")
	members := s.cellOf(t, book, c.faulty.Name, "party_members")
	write(t, book, members, "很多")
	// The village that is to be late is left empty: it is not in the workbook.
	row := strings.TrimLeft(s.cellOf(t, book, c.late.Name, "party_members"), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	for _, column := range append([]string{"B"}, letters(s)...) {
		write(t, book, column+row, nil)
	}
	if err := errors.Join(book.SaveAs(file), book.Close()); err != nil {
		t.Fatal(err)
	}

	v.follow("上传表格")
	v.do(chromedp.SetUploadFiles(chromedp.CSS("input[type=file]"), []string{file}))
	v.follow("读出来看看")
	v.reads("h1", "核对表格")
	uploaded, faulty := "#r-"+c.uploaded.Code.String(), "#r-"+c.faulty.Code.String()
	v.reads(uploaded+" .cell-changes", "900")
	if got := v.ask(fmt.Sprintf(`document.querySelector(%q).title`, uploaded+" .cell-changes li:last-child")); !strings.HasSuffix(got, trees) {
		t.Errorf("the changed cell is called %q, want %s", got, trees)
	}
	v.reads(faulty+" .error", members)
	v.reads(".absent", "表里没有的 1 村")
	if got := s.row(t, c.uploaded.Code).Latest; got != nil {
		t.Fatal("the preview has stored something")
	}
	// Only the one village is taken.
	for _, box := range strings.Fields(v.ask(`Array.from(document.querySelectorAll("input[name=take]:checked")).map((i) => i.value).join(" ")`)) {
		if box != c.uploaded.Code.String() {
			v.click(fmt.Sprintf("input[name=take][value=%q]", box))
		}
	}
	v.follow("取入勾选的村")
	v.says("#messages", "取入 1 村")
	r := s.row(t, c.uploaded.Code)
	if r.State != ledger.OnTime || s.filled(t, c.uploaded.Code, "planted_trees") != "900" {
		t.Errorf("the uploaded village is %s with %s", r.State, s.filled(t, c.uploaded.Code, "planted_trees"))
	}
	if got := s.row(t, c.faulty.Code).State; got != ledger.NotDue {
		t.Errorf("the village with the mistake is %s", got)
	}
}

// letters are the columns of the ledger's workbook.
func letters(s *stage) []string {
	var list []string
	for i := range s.Pack.Ledger.Columns {
		list = append(list, string(rune('C'+i)))
	}
	return list
}

// cellOf finds the cell of a village and a column in a ledger's workbook.
func (s *stage) cellOf(t *testing.T, book *excelize.File, village, key string) string {
	t.Helper()
	sheet := book.GetSheetName(0)
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	short := strings.TrimSuffix(strings.TrimSuffix(village, "民委员会"), "委会")
	for i, row := range rows {
		if len(row) > 1 && strings.Contains(row[1], short) {
			return fmt.Sprintf("%s%d", letters(s)[s.column(t, key)], i+1)
		}
	}
	t.Fatalf("%s is not in the workbook", short)
	return ""
}

func write(t *testing.T, book *excelize.File, at string, value any) {
	t.Helper()
	if err := book.SetCellValue(book.GetSheetName(0), at, value); err != nil {
		t.Fatal(err)
	}
}

func townReturns(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("lihu")
	v.click(fmt.Sprintf("#r-%s .mark", c.idle.Code))
	v.touch("#cell-note a", "退回该村")
	v.until(`document.querySelector("#grid-dialog[open] textarea")`)
	v.fill("#grid-dialog textarea", "党员人数请按花名册核对")
	v.click(`#grid-dialog input[value="party_members"]`)
	v.then(func() { v.touch("#grid-dialog button", "退回该村") })
	v.says(fmt.Sprintf("#r-%s .mark", c.idle.Code), "退回")

	p := s.phone(t).signIn("v" + c.idle.Code.String())
	p.reads(".notice.t-returned", "里湖镇 退回了这张表")
	p.reads(".notice.t-returned", "党员人数请按花名册核对")
	p.reads("#s-party_members", "镇里请核对这一项")
	p.click("#i-party_members summary")
	was := p.value(field("party_members"))
	p.fill(field("party_members"), was+"0\t")
	p.says("#bar-inner", "已保存")
	p.follow("改好了，再报给里湖镇")
	p.says(".done", "变更 1 项")
	if got := s.filled(t, c.idle.Code, "party_members"); got != was+"0" {
		t.Errorf("reported %s, want %s0", got, was)
	}
}

func townSubmits(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("lihu")
	// On behalf of the village that has only begun.
	v.click(fmt.Sprintf("#r-%s input[type=checkbox]", c.begun.Code))
	v.press("代报")
	v.follow("代报勾选的村")
	v.then(func() { v.touch("main form button.primary", "") })
	r := s.row(t, c.begun.Code)
	if r.State != ledger.OnTime || !r.Latest.OnBehalf {
		t.Errorf("reported on behalf: %s, %v", r.State, r.Latest.OnBehalf)
	}

	v.follow("注明缺 4 村")
	v.reads("main", "没有报的 4 村")
	v.reads("main", "里湖镇")
	v.follow("确认提交（第 1 版）")
	v.says("#messages", "第 1 版已提交")
	v.reads(".sealed", "第 1 版")
	list := s.submissions(t, demo.Town)
	if len(list) != 1 || list[0].Status != ledger.Sealed {
		t.Fatalf("submissions: %+v", list)
	}
	named := map[string]bool{}
	for _, m := range list[0].Members {
		if m.Version == 0 {
			named[m.Unit.String()] = true
		}
	}
	if len(named) != 4 || !named[c.late.Code.String()] || !named[c.faulty.Code.String()] || !named[c.returned.Code.String()] {
		t.Errorf("named as missing: %v", named)
	}
}

func lateVillage(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("lihu")
	s.set("17:45")
	v.visit(ledgerOf(demo.Town))
	v.reads(".lead", "已过截止时间")
	v.click(fmt.Sprintf("#r-%s .mark", c.late.Code))
	v.then(func() { v.touch("#cell-note button", "本周无变化") })
	if got := s.row(t, c.late.Code).State; got != ledger.Late {
		t.Errorf("the village that came after the deadline is %s", got)
	}
	v.reads(".sealed.stale", "提交后又有改动")
	v.follow("有改动，重新提交（第 4 版）")
	v.reads("main", "没有报的 3 村")
	for _, name := range strings.Fields(v.ask(`Array.from(document.querySelectorAll('input[type=radio][value="named"]')).map((i) => i.id).join(" ")`)) {
		v.ask(fmt.Sprintf(`document.getElementById(%q).click()`, name))
	}
	v.follow("确认提交（第 4 版）")
	list := s.submissions(t, demo.Town)
	last := list[len(list)-1]
	if last.Version != 4 || last.Status != ledger.Sealed {
		t.Fatalf("the last submission is version %d, %s", last.Version, last.Status)
	}
	for _, m := range last.Members {
		if m.Unit == c.late.Code && (m.Version == 0 || m.State != ledger.Late) {
			t.Errorf("in it the late village is %+v", m)
		}
	}
}
