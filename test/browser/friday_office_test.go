package browser_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

const northTown unit.Code = 445281004000 // 流沙北街道, which has not sent anything

// line is the row of a unit in the board's table.
func line(v *visitor, name string) string {
	v.t.Helper()
	return v.ask(fmt.Sprintf(`(Array.from(document.querySelectorAll("#main table tbody tr")).find((r) => r.querySelector("th").innerText.trim() === %q) || {innerText: "no row"}).innerText.replace(/\s+/g, " ")`, name))
}

func countyWaits(t *testing.T, s *stage, _ cast) {
	v := s.desk(t).signIn("puning")
	v.at(boardOf(demo.County))
	v.reads(".needs", "还没有上报（5）")
	if got := v.ask(`Array.from(document.querySelectorAll(".needs li")).find((l) => l.innerText.includes("里湖镇")).innerText`); !strings.Contains(got, "黄志明") {
		t.Errorf("of 里湖镇 it says %q", got)
	}
	if v.ask(`!!document.querySelector('.needs a[href="tel:13800138002"]')`) != "true" {
		t.Error("里湖镇 cannot be called")
	}
	if got := line(v, "里湖镇"); !strings.Contains(got, "待报") {
		t.Errorf("the row of 里湖镇: %s", got)
	}

	// More time for a town, with a reason.
	v.then(func() { v.click(fmt.Sprintf(`a[href^="/board/%s/%s/grant"]`, northTown, thisWeek)) })
	v.date("[name=until]", "2024-03-30T10:00")
	v.fill("[name=reason]", "停电抢修")
	v.follow("同意")
	v.until(`location.pathname.startsWith("/board/")`)
	v.visit(boardOf(demo.County))
	if got := line(v, "流沙北街道"); !strings.Contains(got, "延至 3月30日 10:00") {
		t.Errorf("the row of 流沙北街道: %s", got)
	}
}

func countyReturns(t *testing.T, s *stage, _ cast) {
	v := s.desk(t).signIn("puning")
	if got := line(v, "里湖镇"); !strings.Contains(got, "按时") {
		t.Errorf("the row of 里湖镇: %s", got)
	}
	v.then(func() { v.click(fmt.Sprintf(`a[href^="/board/%s/%s/return"]`, demo.Town, thisWeek)) })
	v.fill("[name=reason]", "联系电话不对，请改正")
	v.follow("退回该镇")
	v.visit(boardOf(demo.County))
	if got := line(v, "里湖镇"); !strings.Contains(got, "退回") {
		t.Errorf("the row of 里湖镇: %s", got)
	}

	c := s.desk(t).signIn("lihu")
	c.reads(".notice.t-returned", "联系电话不对，请改正")
	c.fill("#submit-form [name=phone]", "0663-2281119")
	c.follow("改好了，重新提交（第 3 版）")
	for _, name := range strings.Fields(c.ask(`Array.from(document.querySelectorAll('input[type=radio][value="named"]')).map((i) => i.id).join(" ")`)) {
		c.ask(fmt.Sprintf(`document.getElementById(%q).click()`, name))
	}
	c.follow("确认提交（第 3 版）")
	list := s.submissions(t, demo.Town)
	if last := list[len(list)-1]; last.Version != 3 || last.Head.Phone != "0663-2281119" {
		t.Errorf("sent again: version %d with the number %s", last.Version, last.Head.Phone)
	}
}

func countyDrills(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("puning")
	v.then(func() { v.touch("#main table th a", "里湖镇") })
	v.at(ledgerOf(demo.Town))
	v.click(cell(c.uploaded.Code, "planted_trees"))
	v.then(func() { v.touch("#cell-info a", "看来历") })
	v.at("/history/" + c.uploaded.Code.String() + "/" + thisWeek.String() + "/planted_trees")
	v.reads(".history-steps li", "900")
	v.reads(".history-steps li", "黄志明")
	v.reads(".history-steps li", "3月29日")
	v.reads(".history-steps li", "里湖镇乡村绿化工作台账（预填）2024-03-29.xlsx")
	row := s.row(t, c.uploaded.Code).Latest
	where := row.Source.Cell(s.column(t, "planted_trees"))
	if where == "" {
		t.Fatal("the row does not know its cell")
	}
	v.reads(".history-steps li", where)
	file := v.download("下载原表")
	if book, err := excelize.OpenFile(file); err != nil {
		t.Errorf("the kept file: %v", err)
	} else if got, err := book.GetCellValue(row.Source.Sheet, where); err != nil || got != "900" {
		t.Errorf("in the kept file %s has %q, %v", where, got, err)
	}
	v.follow("看这个村的全部各栏")
	v.at(ledgerOf(c.uploaded.Code))
	v.follow("填报记录")
	v.reads("main", "黄志明")
}

func countyExports(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("puning")
	file := v.download("导出汇总台账")
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet := book.GetSheetName(0)
	changed := s.cellOf(t, book, c.uploaded.Name, "planted_trees")
	same := s.cellOf(t, book, c.uploaded.Name, "planned_trees")
	if got, err := book.GetCellValue(sheet, changed); err != nil || got != "900" {
		t.Errorf("%s has %q, %v", changed, got, err)
	}
	for at, want := range map[string]bool{changed: true, same: false} {
		if got := marked(t, book, at); got != want {
			t.Errorf("%s is yellow and red: %v, want %v", at, got, want)
		}
	}

	v.follow("统计表")
	v.at("/statistics/" + demo.County.String() + "/" + thisWeek.String())
	statistics, err := excelize.OpenFile(v.download("导出统计表"))
	if err != nil {
		t.Fatal(err)
	}
	defer statistics.Close()
	sheet = statistics.GetSheetName(0)
	rows, err := statistics.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) == 0 || !strings.Contains(row[0]+row[min(1, len(row)-1)], "合计") {
			continue
		}
		formula, err := statistics.GetCellFormula(sheet, fmt.Sprintf("C%d", i+1))
		if err != nil || !strings.Contains(formula, "SUM") {
			t.Errorf("the total in C%d is the formula %q, %v", i+1, formula, err)
		}
		return
	}
	t.Error("the statistics have no line 合计")
}

// marked tells whether a cell is filled yellow and written in red.
func marked(t *testing.T, book *excelize.File, at string) bool {
	t.Helper()
	id, err := book.GetCellStyle(book.GetSheetName(0), at)
	if err != nil {
		t.Fatal(err)
	}
	style, err := book.GetStyle(id)
	if err != nil {
		t.Fatal(err)
	}
	yellow := len(style.Fill.Color) > 0 && strings.HasSuffix(style.Fill.Color[0], "FFFF00")
	red := style.Font != nil && strings.HasSuffix(style.Font.Color, "FF0000")
	return yellow && red
}

func countyLocks(t *testing.T, s *stage, c cast) {
	s.set("18:40")
	clerk := s.desk(t).signIn("lihu") // has the grid open when the week is locked
	before := s.filled(t, c.uploaded.Code, "planted_trees")

	v := s.desk(t).signIn("puning")
	v.follow("锁定本周并上报")
	v.reads(".needs", "没有上报，将注明缺报")
	v.fill("[name=phone]", "0663-2244668")
	v.follow("锁定并上报")
	v.at(boardOf(demo.County))
	v.reads(".lead", "已锁定")

	clerk.allow("status of 409")
	clerk.click(cell(c.uploaded.Code, "planted_trees"))
	clerk.keys("905" + kb.Enter)
	clerk.says("#grid-status", "锁定")
	if got := s.filled(t, c.uploaded.Code, "planted_trees"); got != before {
		t.Errorf("in a locked week %s became %s", before, got)
	}
	if got := clerk.value(cell(c.uploaded.Code, "planted_trees")); got != "905" {
		t.Errorf("what was typed is %q", got)
	}
	p := s.phone(t).signIn("v" + c.idle.Code.String())
	p.reads("main", "县里已锁定这一周")
	p.hasNot("form#row input:not([type=hidden])")
}

func citySees(t *testing.T, s *stage, _ cast) {
	v := s.desk(t).signIn("jieyang")
	v.at(boardOf(demo.City))
	if got := v.ask(`document.querySelectorAll("#main table tbody tr").length`); got != "5" {
		t.Errorf("%s counties, want 5", got)
	}
	if got := line(v, "普宁市"); !strings.Contains(got, "已锁定") {
		t.Errorf("the row of 普宁市: %s", got)
	}
	v.then(func() { v.touch("#main table th a", "普宁市") })
	v.at(boardOf(demo.County))
	v.reads("h1", "普宁市")
}

func countyReopens(t *testing.T, s *stage, _ cast) {
	v := s.desk(t).signIn("puning")
	v.follow("重新打开")
	v.fill("[name=reason]", "里湖镇一村数字更正")
	v.follow("重新打开")
	v.at(boardOf(demo.County))
	if got := v.text(".lead"); strings.Contains(got, "已锁定") {
		t.Errorf("still locked: %s", got)
	}
	list := s.submissions(t, demo.County)
	if last := list[len(list)-1]; last.Reason != "里湖镇一村数字更正" || last.Status != ledger.Reopened {
		t.Errorf("the last version is %s: %s", last.Status, last.Reason)
	}
	c := s.desk(t).signIn("lihu")
	c.until(`document.querySelector("#grid[data-writable]")`)
}

func leaderReads(t *testing.T, s *stage, _ cast) {
	v := s.phone(t).signIn("lingdao")
	v.at("/dispatch/" + demo.County.String() + "/brief")
	v.follow("报送")
	v.at(boardOf(demo.County))
	// Without scrolling: which week, how many reported, and the trees.
	if got := v.ask(`Array.from(document.querySelectorAll(".tile")).filter((e) => e.getClientRects().length).every((e) => e.getBoundingClientRect().bottom <= innerHeight)`); got != "true" {
		t.Error("the figures do not stand on the first screen")
	}
	v.reads("main", "已植树")
	v.hasNot(`a[href*="/lock"], a[href*="/grant"], a[href*="/return"], a[href*="/reopen"]`)
	v.hasNot(`a[href^="tel:"]`)
}

func departmentReads(t *testing.T, s *stage, _ cast) {
	v := s.desk(t).signIn("linye")
	v.at("/tasks/" + demo.County.String())
	v.visit(boardOf(demo.County))
	v.hasNot(`a[href*="/lock"], a[href*="/grant"], a[href*="/return"], a[href*="/reopen"]`)
	v.visit(ledgerOf(demo.Town))
	v.until(`document.querySelector("#grid:not([data-writable])")`)
	v.hasNot("#grid td input:not([readonly])")
	v.allow("status of 403")
	v.visit(boardOf(demo.County) + "/lock")
	v.reads("main", "没有权限")
}

func outsiderGetsNothing(t *testing.T, s *stage, c cast) {
	v := s.desk(t).signIn("huicheng")
	v.at(ledgerOf(demo.Outside))
	v.allow("status of 404")
	for _, path := range []string{ledgerOf(demo.Town), ledgerOf(c.uploaded.Code), boardOf(demo.County), "/statistics/" + demo.County.String() + "/" + thisWeek.String(),
		"/history/" + c.uploaded.Code.String() + "/" + thisWeek.String() + "/planted_trees", "/compare/" + demo.Town.String()} {
		v.visit(path)
		if got := v.text("main"); strings.Contains(got, c.uploaded.Name) || strings.Contains(got, "里湖镇") || strings.Contains(got, "900") {
			t.Errorf("%s tells the outsider %q", path, got)
		}
		v.hasNot("main table")
	}
	nobody := s.desk(t)
	nobody.visit(ledgerOf(demo.Town))
	nobody.at("/login")
}
