package recordweb

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

const (
	inMore    = "more" // the table that is to get more lines
	moreLines = 3      // how many at a time
	fewLines  = 3      // how many an empty table has
	onePhone  = 1      // and on a phone, where each is a card
)

// cell is the input of one cell of a table; lines count from 1.
func cell(field *campaign.Field, line int, column string) string {
	return fieldPrefix + record.CellField(field.Key, line, column)
}

// lastLine is the last line of a table that the form holds anything of.
func (f *form) lastLine(field *campaign.Field) int {
	last := 0
	for name := range f.typed {
		rest, ok := strings.CutPrefix(name, fieldPrefix+field.Key+".")
		if !ok {
			continue
		}
		number, column, _ := strings.Cut(rest, ".")
		if _, known := field.Rows.Column(column); !known {
			continue
		}
		if n, err := strconv.Atoi(number); err == nil && n > last && n <= field.Rows.Max+moreLines {
			last = n
		}
	}
	return last
}

// filledLine is the last line of a table in which something is typed.
func (f *form) filledLine(field *campaign.Field) int {
	for line := f.lastLine(field); line > 0; line-- {
		for _, c := range field.Rows.Columns {
			if strings.TrimSpace(f.value(cell(field, line, c.Key))) != "" {
				return line
			}
		}
	}
	return 0
}

// lines is how many lines of a table are shown: what was sent and a few to go on with.
func (f *form) lines(field *campaign.Field) int {
	few := fewLines
	if f.village() {
		few = onePhone
	}
	n := max(few, f.lastLine(field), f.filledLine(field)+1)
	if f.value(inMore) == field.Key {
		n = max(few, f.lastLine(field)) + moreLines
	}
	return min(n, max(field.Rows.Max, f.filledLine(field)))
}

// rowsTyped is a table as the service reads it; blank lines stay, so that a fault is at the line
// that is wrong.
func (f *form) rowsTyped(field *campaign.Field) string {
	var lines []map[string]string
	for line := range f.filledLine(field) {
		cells := map[string]string{}
		for _, c := range field.Rows.Columns {
			if text := f.value(cell(field, line+1, c.Key)); text != "" {
				cells[c.Key] = text
			}
		}
		if was := f.value(cell(field, line+1, "was")); was != "" && f.correcting() {
			cells["was"] = was
		}
		lines = append(lines, cells)
	}
	if len(lines) == 0 && f.correcting() {
		return "[]" // nothing is left of it, which is not the same as left out
	}
	return record.RowsJSON(lines)
}

// fillRows types the tables of a version into the form. What follows from them is left blank, so
// that it goes on following.
func (f *form) fillRows(facts *record.Facts) {
	for i := range f.kind.Fields {
		field := &f.kind.Fields[i]
		if field.Type != campaign.FieldRows {
			continue
		}
		f.typed.Del(fieldPrefix + field.Key)
		for line, cells := range facts.RowCells(field) {
			for key, text := range cells {
				f.typed.Set(cell(field, line+1, key), text)
			}
			f.typed.Set(cell(field, line+1, "was"), strconv.Itoa(line+1))
		}
		for _, other := range f.kind.Fields {
			if len(facts.Rows[field.Key]) > 0 && field.Rows.Gives(other.Key) && other.Type == campaign.FieldCount {
				f.typed.Del(fieldPrefix + other.Key)
			}
		}
	}
}

// rowInputs are a table's inputs in the order in which they stand.
func (f *form) rowInputs(field *campaign.Field) []string {
	if field.Type != campaign.FieldRows {
		return nil
	}
	var list []string
	for line := range f.lines(field) {
		for _, c := range field.Rows.Columns {
			list = append(list, cell(field, line+1, c.Key))
		}
	}
	return list
}

// tableOf is the table that a figure can follow from; nil for none.
func (f *form) tableOf(figure string) *campaign.Field {
	for i := range f.kind.Fields {
		if r := f.kind.Fields[i].Rows; r != nil && r.Gives(figure) {
			return &f.kind.Fields[i]
		}
	}
	return nil
}

// tables tells whether the form has any table.
func (f *form) tables() bool {
	for i := range f.kind.Fields {
		if f.kind.Fields[i].Type == campaign.FieldRows {
			return true
		}
	}
	return false
}

// cellData is what one cell of a table shows.
func (f *form) cellData(field *campaign.Field, line int, c *campaign.RowColumn) ui.FieldData {
	d := f.data(cell(field, line, c.Key), c.Title)
	d.Suffix, d.MaxLength = c.Unit, 120
	switch c.Type {
	case campaign.RowCount:
		d.InputMode, d.MaxLength = "numeric", 20
	case campaign.RowNames:
		d.MaxLength = 600
		if n := f.unseen[record.CellField(field.Key, line, c.Key)]; n > 0 {
			d.Help = "已记 " + words.Number(int64(n)) + " 人，不改就留空"
		}
	}
	return d
}

// cellChoices are the answers of a cell, none first.
func cellChoices(c *campaign.RowColumn) []ui.Choice {
	list := []ui.Choice{{Label: "请选择"}}
	for _, one := range c.Choices {
		list = append(list, ui.Choice{Value: one.Key, Label: one.Title})
	}
	return list
}

// rowsHelp says how a table is filled.
func rowsHelp(field *campaign.Field) string {
	text := "一行一" + measure(field) + "，不要的一行清空就行"
	if field.Rows.Named() {
		text += "。姓名只有本村和本镇看得到"
	}
	return text
}

func measure(field *campaign.Field) string { return field.Rows.Unit + field.Rows.Word }

// wantsMore tells whether a form was sent to get more lines and not to be saved.
func wantsMore(values url.Values) bool { return values.Get(inMore) != "" }

// unseenOf is how many names stand in each field and cell that the reader is not shown.
func unseenOf(facts *record.Facts) map[string]int {
	out := map[string]int{}
	for key, n := range facts.Unnamed {
		out[key] = n
	}
	for field, rows := range facts.Rows {
		for i := range rows {
			for column, n := range rows[i].Unnamed {
				out[record.CellField(field, i+1, column)] = n
			}
		}
	}
	return out
}

// onMap tells whether a table is only there for strokes and words on the sketch map.
func onMap(field *campaign.Field) bool {
	for _, c := range field.Rows.Columns {
		if c.Type == campaign.RowLine {
			return true
		}
	}
	return false
}

// rowsWrong tells whether something is wrong in a table.
func (f *form) rowsWrong(field *campaign.Field) bool {
	if f.errors[fieldPrefix+field.Key] != "" {
		return true
	}
	for _, input := range f.rowInputs(field) {
		if f.errors[input] != "" {
			return true
		}
	}
	return false
}
