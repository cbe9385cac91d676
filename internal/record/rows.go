package record

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
)

// Row is one line of a table inside a record, by the keys of its columns.
type Row struct {
	Numbers map[string]int64    `json:"numbers,omitempty"`
	Answers map[string]string   `json:"answers,omitempty"`
	Texts   map[string]string   `json:"texts,omitempty"` // also kinds of trees
	Names   map[string][]string `json:"names,omitempty"` // each once, in order of the alphabet
	Shapes  map[string]Shape    `json:"shapes,omitempty"`
	Unnamed map[string]int      `json:"-"` // how many names, for who is not shown them
}

const (
	maxCell     = 120     // characters of a text in a table
	maxRowsText = 256_000 // bytes of a table as typed
)

// wasKey says, of a line typed by who is not shown names, which line it was before, from 1.
const wasKey = "was"

// CellField is what faults call one cell of a field of rows: plots.2.trees. Lines count from 1.
func CellField(field string, line int, column string) string {
	return field + "." + strconv.Itoa(line) + "." + column
}

// FieldOf is the field that a fault is at: of a cell of a table the table.
func FieldOf(kind *campaign.RecordKind, at string) string {
	field, _, found := strings.Cut(at, ".")
	if f, ok := kind.Field(field); found && ok && f.Type == campaign.FieldRows {
		return field
	}
	return at
}

// readRows reads a table as it was typed, in JSON or line by line; blank lines are no rows.
func (facts *Facts) readRows(f *campaign.Field, text string, add adder) {
	lines, ok := typedRows(f.Rows, text)
	if !ok {
		add(f.Key, RowsUnread, problem.Params{"field": f.Title})
		return
	}
	var rows []Row
	faults := 0
	for i, cells := range lines {
		if blankRow(f.Rows, cells) {
			continue
		}
		if len(rows) == f.Rows.Max {
			add(f.Key, RowsMany, problem.Params{"field": f.Title, "max": f.Rows.Max, "unit": f.Rows.Unit})
			return
		}
		row := Row{}
		for j := range f.Rows.Columns {
			c := &f.Rows.Columns[j]
			row.readCell(c, f.Rows.Word, clean(strings.ReplaceAll(cells[c.Key], "\n", " ")), func(_, code string, params problem.Params) {
				const most = 50 // faults are read by people
				if faults++; faults <= most {
					add(CellField(f.Key, i+1, c.Key), code, params)
				}
			})
		}
		rows = append(rows, row)
	}
	if faults > 0 {
		return // a figure that follows from it would only be wrong too
	}
	if len(rows) == 0 {
		if f.Required {
			add(f.Key, FieldMissing, problem.Params{"field": f.Title})
		}
		return
	}
	if facts.Rows == nil {
		facts.Rows = map[string][]Row{}
	}
	facts.Rows[f.Key] = rows
}

// blankRow tells whether a line says nothing. An answer alone, which a list in a form may have
// chosen by itself, says something.
func blankRow(spec *campaign.RowsSpec, cells map[string]string) bool {
	for _, c := range spec.Columns {
		if clean(cells[c.Key]) != "" {
			return false
		}
	}
	return true
}

func (row *Row) readCell(c *campaign.RowColumn, word, text string, add adder) {
	if text == "" {
		if c.Required {
			add("", FieldMissing, problem.Params{"field": c.Title})
		}
		return
	}
	switch c.Type {
	case campaign.RowCount:
		f := campaign.Field{Key: c.Key, Title: c.Title, Type: campaign.FieldCount, Unit: c.Unit, Max: c.Max, Required: c.Required}
		if n, ok := readNumber(&f, "", text, add); ok {
			set(&row.Numbers, c.Key, n)
		}
	case campaign.RowChoice:
		key := text
		for _, one := range c.Choices {
			if one.Title == text {
				key = one.Key
			}
		}
		if _, ok := c.Choice(key); !ok {
			add("", FieldChoice, problem.Params{"field": c.Title, "value": beginning(text)})
			return
		}
		set(&row.Answers, c.Key, key)
	case campaign.RowNames:
		f := campaign.Field{Key: "", Title: c.Title}
		if names := readNames(&f, text, add); len(names) > 0 {
			set(&row.Names, c.Key, names)
		} else if c.Required && !long(text, maxName) {
			add("", FieldMissing, problem.Params{"field": c.Title})
		}
	case campaign.RowArea, campaign.RowLine:
		shape, ok := ParseShape(text)
		if !ok || c.Type == campaign.RowArea && len(shape) < 3 {
			add("", RowShape, problem.Params{"field": c.Title, "word": word, "max": MaxPoints})
			return
		}
		set(&row.Shapes, c.Key, shape)
	default:
		if long(text, maxCell) {
			add("", FieldLong, problem.Params{"field": c.Title, "max": maxCell})
			return
		}
		set(&row.Texts, c.Key, text)
	}
}

func set[V any](m *map[string]V, key string, v V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = v
}

// derive gives the figures that follow from tables. One that was typed must agree.
func (facts *Facts) derive(kind *campaign.RecordKind, add adder) {
	for i := range kind.Fields {
		f := &kind.Fields[i]
		rows := facts.Rows[f.Key]
		if f.Type != campaign.FieldRows || len(rows) == 0 {
			continue
		}
		follow := func(field string, n int64) {
			if field == "" {
				return
			}
			typed, said := facts.Numbers[field]
			of, _ := kind.Field(field)
			switch {
			case said && typed != n:
				add(field, RowsSum, problem.Params{"field": of.Title, "table": f.Title, "sum": n, "typed": typed})
			case n > of.Max:
				add(field, RowsMax, problem.Params{"field": of.Title, "table": f.Title, "sum": n, "max": of.Max})
			default:
				facts.Numbers[field] = n
			}
		}
		follow(f.Rows.Counts, int64(len(rows)))
		for j := range f.Rows.Columns {
			c := &f.Rows.Columns[j]
			follow(c.Sums, sumOf(rows, c.Key))
			if c.Distinct != "" {
				follow(c.Distinct, distinctOf(rows, c.Key))
			}
			if c.Answers != "" && drawnOf(rows, c.Key) > 0 {
				facts.Numbers[c.Answers] = 1
			}
		}
	}
}

func sumOf(rows []Row, column string) int64 {
	var n int64
	for i := range rows {
		n += rows[i].Numbers[column]
	}
	return n
}

func distinctOf(rows []Row, column string) int64 {
	seen := map[string]bool{}
	for i := range rows {
		for _, name := range rows[i].Names[column] {
			seen[name] = true
		}
	}
	return int64(len(seen))
}

func drawnOf(rows []Row, column string) int {
	n := 0
	for i := range rows {
		if len(rows[i].Shapes[column]) > 0 {
			n++
		}
	}
	return n
}

// cellOf is a cell as it would be typed.
func (row *Row) cellOf(c *campaign.RowColumn) string {
	switch c.Type {
	case campaign.RowCount:
		if n, ok := row.Numbers[c.Key]; ok {
			return strconv.FormatInt(n, 10)
		}
		return ""
	case campaign.RowChoice:
		return row.Answers[c.Key]
	case campaign.RowNames:
		return strings.Join(row.Names[c.Key], "、")
	case campaign.RowArea, campaign.RowLine:
		return row.Shapes[c.Key].String()
	}
	return row.Texts[c.Key]
}

// Says is a cell as it is read out; a shape is not.
func (row *Row) Says(c *campaign.RowColumn) string {
	switch {
	case c.Type.Drawn():
		return ""
	case c.Type == campaign.RowNames && row.Unnamed[c.Key] > 0:
		return strconv.Itoa(row.Unnamed[c.Key]) + " 人"
	case c.Type == campaign.RowChoice:
		if one, ok := c.Choice(row.Answers[c.Key]); ok {
			return one.Title
		}
	}
	return row.cellOf(c)
}

// RowCells are the cells of a table as they would be typed, line by line.
func (facts *Facts) RowCells(f *campaign.Field) []map[string]string {
	var lines []map[string]string
	for i := range facts.Rows[f.Key] {
		row := &facts.Rows[f.Key][i]
		cells := map[string]string{}
		for j := range f.Rows.Columns {
			c := &f.Rows.Columns[j]
			if text := row.cellOf(c); text != "" {
				cells[c.Key] = text
			}
		}
		lines = append(lines, cells)
	}
	return lines
}

// readRowsOut is a table in words: 2 块：村口，村旁，荔枝，120 株；河边，60 株.
func (facts *Facts) readRowsOut(f *campaign.Field) string {
	rows := facts.Rows[f.Key]
	if len(rows) == 0 {
		return ""
	}
	lines := make([]string, len(rows))
	for i := range rows {
		var parts []string
		for j := range f.Rows.Columns {
			c := &f.Rows.Columns[j]
			if text := rows[i].Says(c); text != "" {
				if c.Unit != "" {
					text += " " + c.Unit
				}
				parts = append(parts, text)
			}
		}
		lines[i] = strings.Join(parts, "，")
	}
	return rowsCount(f, len(rows)) + "：" + strings.Join(lines, "；")
}

func rowsCount(f *campaign.Field, n int) string { return strconv.Itoa(n) + " " + f.Rows.Unit }

func cloneRows(rows map[string][]Row) map[string][]Row {
	if rows == nil {
		return nil
	}
	out := make(map[string][]Row, len(rows))
	for key, list := range rows {
		copied := make([]Row, len(list))
		for i, row := range list {
			copied[i] = Row{Numbers: maps.Clone(row.Numbers), Answers: maps.Clone(row.Answers), Texts: maps.Clone(row.Texts)}
			for k, names := range row.Names {
				set(&copied[i].Names, k, slices.Clone(names))
			}
			for k, shape := range row.Shapes {
				set(&copied[i].Shapes, k, slices.Clone(shape))
			}
		}
		out[key] = copied
	}
	return out
}

// unnamedRows are tables with the number of names instead of the names.
func unnamedRows(rows map[string][]Row) map[string][]Row {
	out := cloneRows(rows)
	for _, list := range out {
		for i := range list {
			for k, names := range list[i].Names {
				set(&list[i].Unnamed, k, len(names))
			}
			list[i].Names = nil
		}
	}
	return out
}
