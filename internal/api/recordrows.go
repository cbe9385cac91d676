package api

import (
	"encoding/json"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/record"
)

// rowColumn is a column of a table inside a record.
type rowColumn struct {
	Key      string           `json:"key" example:"place"`
	Title    string           `json:"title" example:"地块名称、位置"`
	Type     campaign.RowType `json:"type" enum:"text,choice,count,tree,names,area,line"`
	Unit     string           `json:"unit,omitempty" example:"株"`
	Required bool             `json:"required"`
	Choices  []choice         `json:"choices,omitempty"`
	Sums     string           `json:"sums,omitempty" doc:"The count field that is its sum, and need not be sent" example:"trees"`
	Distinct string           `json:"distinct,omitempty" doc:"The count field that is how many different names there are"`
	Answers  string           `json:"answers,omitempty" doc:"The yes/no field that is yes when something is drawn"`
}

// rowTable is the table of a field of rows.
type rowTable struct {
	Word    string      `json:"word" doc:"What one line is" example:"地块"`
	Unit    string      `json:"unit" example:"块"`
	Max     int         `json:"max" doc:"Lines at most" example:"60"`
	Counts  string      `json:"counts,omitempty" doc:"The count field that is the number of lines"`
	Columns []rowColumn `json:"columns"`
}

func tableOf(spec *campaign.RowsSpec) *rowTable {
	if spec == nil {
		return nil
	}
	t := &rowTable{spec.Word, spec.Unit, spec.Max, spec.Counts, []rowColumn{}}
	for _, c := range spec.Columns {
		t.Columns = append(t.Columns, rowColumn{c.Key, c.Title, c.Type, c.Unit, c.Required, choices(c.Choices), c.Sums, c.Distinct, c.Answers})
	}
	return t
}

// longestTable is the most bytes of a table that is sent.
const longestTable = 128 << 10

// table is a list of lines as it was sent; ok is false when the value is none.
func (v fieldValue) table() (string, bool) {
	return string(v), strings.HasPrefix(strings.TrimSpace(string(v)), "[") && len(v) <= longestTable
}

// isTable tells whether a field of any kind of that key is a table, so that a list may be sent.
func (a *API) isTable(key string) bool {
	kinds := a.records.Kinds().Kinds
	for i := range kinds {
		if f, ok := kinds[i].Field(key); ok && f.Type == campaign.FieldRows {
			return true
		}
	}
	return false
}

// rowsValue is a table as programs read it: lines by the keys of the columns.
func rowsValue(f *campaign.Field, facts *record.Facts) fieldValue {
	lines := []map[string]any{}
	for i, cells := range facts.RowCells(f) {
		line := map[string]any{}
		for key, text := range cells {
			line[key] = text
			if n, ok := facts.Rows[f.Key][i].Numbers[key]; ok {
				line[key] = n
			}
		}
		lines = append(lines, line)
	}
	b, err := json.Marshal(lines)
	if err != nil {
		return fieldValue("[]")
	}
	return b
}

// unnamedOf is how many names stand in fields and cells that the reader is not shown.
func unnamedOf(facts *record.Facts) map[string]int {
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
	if len(out) == 0 {
		return nil
	}
	return out
}
