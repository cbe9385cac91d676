package recordweb

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/words"
)

// factTable is a table inside a record as pages show it.
type factTable struct {
	key     string
	title   string
	heads   []string
	numeric []bool
	rows    [][]string
	totals  []string // none where nothing is summed
	drawn   bool     // only what is drawn on the map counts in it; it is folded into the map
}

// tablesOf are the tables of a version; columns in which nothing is said are left out.
func tablesOf(kind *campaign.RecordKind, facts *record.Facts) []factTable {
	var list []factTable
	for i := range kind.Fields {
		field := &kind.Fields[i]
		rows := facts.Rows[field.Key]
		if field.Type != campaign.FieldRows || len(rows) == 0 {
			continue
		}
		t := factTable{key: field.Key, title: field.Title + " " + words.Number(int64(len(rows))) + " " + field.Rows.Unit, rows: make([][]string, len(rows))}
		sums := false
		for j := range field.Rows.Columns {
			c := &field.Rows.Columns[j]
			column, sum, said := columnOf(rows, c)
			if c.Type.Drawn() {
				t.drawn = t.drawn || c.Type == campaign.RowLine
			}
			if !said {
				continue
			}
			t.heads, t.numeric = append(t.heads, headOf(c)), append(t.numeric, c.Type == campaign.RowCount)
			for line := range rows {
				t.rows[line] = append(t.rows[line], column[line])
			}
			total := ""
			if c.Sums != "" {
				total, sums = words.Number(sum), true
			}
			t.totals = append(t.totals, total)
		}
		if !sums {
			t.totals = nil
		}
		list = append(list, t)
	}
	return list
}

func headOf(c *campaign.RowColumn) string {
	if c.Unit != "" {
		return c.Title + "（" + c.Unit + "）"
	}
	return c.Title
}

// columnOf is one column of a table, its sum, and whether it says anything.
func columnOf(rows []record.Row, c *campaign.RowColumn) (texts []string, sum int64, said bool) {
	texts = make([]string, len(rows))
	for i := range rows {
		texts[i] = rows[i].Says(c)
		if n, ok := rows[i].Numbers[c.Key]; ok && c.Type == campaign.RowCount {
			texts[i], sum = words.Number(n), sum+n
		}
		if c.Type == campaign.RowArea && len(rows[i].Shapes[c.Key]) > 0 {
			texts[i] = "已画"
		}
		said = said || texts[i] != ""
	}
	return texts, sum, said
}

// shapesOf is what is drawn in a table, as one text.
func shapesOf(v *record.Version, field string) string {
	text := ""
	for i, row := range v.Facts.Rows[field] {
		for _, shape := range row.Shapes {
			text += words.Number(int64(i)) + ":" + shape.String() + ";"
		}
	}
	return text
}
