package workbook

import (
	"io"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
)

const (
	headFace = "黑体"
	cellFace = "宋体"
	format   = 49 // @, so that editing a text cannot make a formula of it
)

// Template writes the empty table of a kind: a head row, lists to choose from where there are
// answers, and a sheet that says what goes where. The same kind gives the same bytes.
func Template(w io.Writer, r *campaign.Records, kind *campaign.RecordKind) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing is open: the workbook is in memory
	t := &template{file: f, kind: kind, columns: columnsOf(r, kind), sheet: sheetName(kind.Title)}
	for _, step := range []func() error{t.open, t.head, t.lists, t.about} {
		if err := step(); err != nil {
			return err
		}
	}
	return f.Write(w)
}

type template struct {
	file    *excelize.File
	kind    *campaign.RecordKind
	columns []column
	sheet   string
}

func (t *template) open() error {
	if err := t.file.SetSheetName("Sheet1", t.sheet); err != nil {
		return err
	}
	if err := t.file.SetDefaultFont(cellFace); err != nil {
		return err
	}
	return t.file.SetPanes(t.sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"})
}

// head writes the head row and gives each column its width and form.
func (t *template) head() error {
	frame := []excelize.Border{{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"}, {Type: "top", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"}}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	bold, err := t.file.NewStyle(&excelize.Style{Font: &excelize.Font{Family: headFace, Size: 11}, Alignment: centre, Border: frame, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"EEF5F0"}}})
	if err != nil {
		return err
	}
	plain, err := t.file.NewStyle(&excelize.Style{NumFmt: format})
	if err != nil {
		return err
	}
	dayFormat := "yyyy-mm-dd"
	day, err := t.file.NewStyle(&excelize.Style{CustomNumFmt: &dayFormat})
	if err != nil {
		return err
	}
	for i, c := range t.columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		style := plain
		switch {
		case c.field == record.DayField || c.field == record.UntilField:
			style = day
		case c.of != nil && (c.of.Type == campaign.FieldCount || c.of.Type == campaign.FieldMoney):
			style = 0
		}
		width := min(max(float64(utf8.RuneCountInString(c.title))*2.2, 12), 30)
		if err := t.file.SetColWidth(t.sheet, name, name, width); err != nil {
			return err
		}
		if err := t.file.SetColStyle(t.sheet, name, style); err != nil {
			return err
		}
		if err := t.file.SetCellStr(t.sheet, name+"1", c.title); err != nil {
			return err
		}
		if err := t.file.SetCellStyle(t.sheet, name+"1", name+"1", bold); err != nil {
			return err
		}
	}
	return t.file.SetRowHeight(t.sheet, 1, 32)
}

// lists lets answers be chosen. A list longer than a workbook can hold is left to the
// explanations.
func (t *template) lists() error {
	const most = 255
	for i, c := range t.columns {
		var titles []string
		switch {
		case c.of == nil:
		case c.of.Type == campaign.FieldYesNo:
			titles = []string{"是", "否"}
		case c.of.Type == campaign.FieldChoice:
			for _, one := range c.of.Choices {
				titles = append(titles, one.Title)
			}
		}
		n := 0
		for _, one := range titles {
			n += len(one) + 1
		}
		if len(titles) == 0 || n > most {
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.Sqref = name + "2:" + name + "2001"
		if err := v.SetDropList(titles); err != nil {
			return err
		}
		if err := t.file.AddDataValidation(t.sheet, v); err != nil {
			return err
		}
	}
	return nil
}

// about writes the sheet of explanations.
func (t *template) about() error {
	const sheet = "说明"
	if _, err := t.file.NewSheet(sheet); err != nil {
		return err
	}
	rows := [][]string{{"栏目", "要不要填", "怎么填"}}
	for _, c := range t.columns {
		must := "可以不填"
		if c.required || c.field == record.PlaceField {
			must = "要填"
		}
		rows = append(rows, []string{c.title, must, c.about})
	}
	rows = append(rows, []string{"一行记一件事，第一行的栏目名不要改。同样的文件再传一次，已经记过的会标出来，不会重复记。", "", ""})
	for i, row := range rows {
		for j, text := range row {
			cell, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				return err
			}
			if err := t.file.SetCellStr(sheet, cell, text); err != nil {
				return err
			}
		}
	}
	for name, width := range map[string]float64{"A": 24, "B": 12, "C": 90} {
		if err := t.file.SetColWidth(sheet, name, name, width); err != nil {
			return err
		}
	}
	return nil
}

// sheetName fits a title into the 31 characters and the alphabet of sheet names.
func sheetName(title string) string {
	out := []rune{}
	for _, r := range title {
		switch r {
		case ':', '\\', '/', '?', '*', '[', ']', '\'':
		default:
			out = append(out, r)
		}
	}
	return string(out[:min(len(out), 31)])
}
