package workbook

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/ledger"
)

func opened(t *testing.T, data []byte) (f *excelize.File, sheet string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f, f.GetSheetList()[0]
}

func text(t *testing.T, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// part is one file of the workbook's zip.
func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The form of annex 2, cell by cell, as it was printed.
func TestTheFormOfAnnex2(t *testing.T) {
	c := filled(realTree(t), liushaD, 1)
	data := written(t, c)
	f, sheet := opened(t, data)
	for cell, want := range map[string]string{
		"A1": "附件2", "A2": "乡村绿化工作台账", "A3": "填报单位：流沙东街道",
		"A4": "序号", "B4": "行政村(含涉农社区)名称", "C4": "基本情况", "E4": "上级包抓情况", "I4": "组织发动情况", "M4": "工作推进情况", "R4": "资金保障情况",
		"C5": "是否列入省“百千万工程”典型村", "J5": "是否召开乡贤座谈会或外出党员座谈会", "V5": "已筹措社会资金(万元)",
		"A6": "1", "B6": "揭阳市普宁市流沙东街道玉环居委会", "A23": "注：" + form.Notes[0], "A27": "　　" + form.Notes[4], "A28": "",
	} {
		if got := text(t, f, sheet, cell); got != want {
			t.Errorf("%s is %q, want %q", cell, got, want)
		}
	}
	if sheet != form.Title {
		t.Errorf("sheet %q", sheet)
	}
	merges, err := f.GetMergeCells(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var areas []string
	for _, m := range merges {
		areas = append(areas, m.GetStartAxis()+":"+m.GetEndAxis())
	}
	for _, want := range []string{"A1:V1", "A2:V2", "A4:A5", "B4:B5", "C4:D4", "E4:H4", "I4:L4", "M4:Q4", "R4:V4", "A23:V23"} {
		if !slices.Contains(areas, want) {
			t.Errorf("%s is not merged: %v", want, areas)
		}
	}
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	head := strings.Join(rows[headRow-1], "|")
	for _, want := range []string{"联系人：黄志明", "电话：0663-2900000", "填表日期：2024年3月29日"} {
		if strings.Count(head, want) != 1 {
			t.Errorf("%s stands not once in %s", want, head)
		}
	}
}

func TestPrintsAsTheNoticeHasIt(t *testing.T) {
	tree := realTree(t)
	for paper, c := range map[string]Consolidated{"9": filled(tree, liushaD, 1), "8": filled(tree, puning, 1)} {
		data := written(t, c)
		xml := part(t, data, "xl/worksheets/sheet1.xml")
		for _, want := range []string{`orientation="landscape"`, `paperSize="` + paper + `"`, `fitToPage="`, `fitToHeight="0"`, "&amp;P", `state="frozen"`, `xSplit="2"`, `ySplit="5"`, `topLeftCell="C6"`} {
			if !strings.Contains(xml, want) {
				t.Errorf("%s is not in the sheet", want)
			}
		}
		if book := part(t, data, "xl/workbook.xml"); !strings.Contains(book, "_xlnm.Print_Titles") || !strings.Contains(book, "$4:$5") {
			t.Errorf("the head is not repeated: %s", book)
		}
	}
}

// 更新部分请用黄底红字标注: exactly the changed cells, and nothing else.
func TestChangedCellsAreYellowAndRed(t *testing.T) {
	c := filled(realTree(t), liushaD, 1)
	before := slices.Clone(c.Lines[3].Values)
	before[1], before[13], before[19] = before[1]+1, ledger.Empty, before[19]+1
	now := slices.Clone(c.Lines[3].Values)
	now[0] = ledger.Empty
	c.Lines[3].Values = now
	changed, n := Changes(now, before)
	if n != 3 {
		t.Fatalf("%d changes", n)
	}
	c.Lines[3].Changed = changed
	data := written(t, c)
	f, sheet := opened(t, data)
	for row := 1; row <= 27; row++ {
		for col := 1; col <= 22; col++ {
			id, err := f.GetCellStyle(sheet, cellName(col, row))
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			want := row == 9 && (col == 4 || col == 16 || col == 22)
			marked := len(style.Fill.Color) == 1 && style.Fill.Color[0] == markFill && style.Font.Color == markFont
			if marked != want || !want && style.Font != nil && style.Font.Color == markFont {
				t.Errorf("%s: marked %v, want %v", cellName(col, row), marked, want)
			}
		}
	}
	for _, want := range []string{`rgb="FFFFFF00"`, `rgb="FFFF0000"`} {
		if !strings.Contains(part(t, data, "xl/styles.xml"), want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestChangesOfANewVillage(t *testing.T) {
	now := ledger.Values{1, ledger.Empty, 3}
	if changed, n := Changes(now, nil); n != 2 || !slices.Equal(changed, []bool{true, false, true}) {
		t.Errorf("%v %d", changed, n)
	}
	if changed, n := Changes(now, now); n != 0 || changed != nil {
		t.Errorf("%v %d", changed, n)
	}
}

// Text stays text, whatever it begins with; nothing in the file is a formula or a link.
func TestNoTextBecomesAFormula(t *testing.T) {
	nasty := []string{"=1+1", "+1", "-1", "@SUM(A1)", `=HYPERLINK("http://x","y")`, "\t=1", "<b>&", "'=1", "http://example.com", "_x0041_"}
	c := filled(realTree(t), liushaD, 1)
	for i, n := range nasty {
		c.Lines[i].Name = n
	}
	c.Head.Unit, c.Head.Contact, c.Head.Phone = "=1+1", "=2", "-3"
	data := written(t, c)
	xml := part(t, data, "xl/worksheets/sheet1.xml")
	if strings.Contains(xml, "<f>") || strings.Contains(xml, "<f ") || strings.Contains(xml, "hyperlink") {
		t.Error("there is a formula or a link")
	}
	f, sheet := opened(t, data)
	for i, n := range nasty {
		cell := cellName(2, 6+i)
		kind, err := f.GetCellType(sheet, cell)
		if err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
			t.Errorf("%s: type %v, %v", cell, kind, err)
		}
		if got := text(t, f, sheet, cell); got != oneLine(n) {
			t.Errorf("%s is %q, want %q", cell, got, n)
		}
	}
}

func TestWhoDidNotReport(t *testing.T) {
	c := filled(realTree(t), liushaD, 1)
	c.Lines[2].Values, c.Lines[2].Standing = nil, Missing
	c.Lines[4].Values, c.Lines[4].Standing = nil, Missing
	c.Lines[7].Standing = Carried
	f, sheet := opened(t, written(t, c))
	if got := text(t, f, sheet, "A28"); !strings.Contains(got, "未报送的村（社区）2个") || !strings.Contains(got, "：大林居委会、新坛村。") {
		t.Errorf("%q", got)
	}
	if got := text(t, f, sheet, "A29"); !strings.Contains(got, "沿用上期数据的村（社区）1个") {
		t.Errorf("%q", got)
	}
	for cell, want := range map[string]bool{"B8": true, "B10": true, "B13": true, "B6": false} {
		id, err := f.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := f.GetStyle(id)
		if err != nil || style.Font.Italic != want {
			t.Errorf("%s: italic %v, want %v, %v", cell, style.Font.Italic, want, err)
		}
	}
	if got := text(t, f, sheet, "C8"); got != "" {
		t.Errorf("a village that did not report has %q", got)
	}
}

func TestTheSameContentGivesTheSameBytes(t *testing.T) {
	c := filled(realTree(t), liushaD, 1)
	if !bytes.Equal(written(t, c), written(t, c)) {
		t.Error("two files differ")
	}
}

// A form to be filled in has its blanks, and read back it has not been filled in.
func TestFormToBeFilledIn(t *testing.T) {
	tree := realTree(t)
	c := filled(tree, liushaD, 1)
	c.Head = ledger.Head{Unit: "流沙东街道"}
	for i := range c.Lines {
		c.Lines[i].Values, c.Lines[i].Standing = nil, Unfilled
	}
	data := written(t, c)
	f, sheet := opened(t, data)
	if got := text(t, f, sheet, "A28"); got != "" {
		t.Errorf("%q below the notes", got)
	}
	got, err := Read(form, tree, puning, "x.xlsx", data)
	if err != nil || len(got.Rows) != 0 || len(got.Unreported) != len(c.Lines) || len(got.Findings) != 0 || got.Head != c.Head {
		t.Errorf("%v %+v", err, got)
	}
}
