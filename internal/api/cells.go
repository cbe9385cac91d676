package api

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/statistics"
)

// cell is a value of a row: true or false, a whole number, an amount in 万元 with up to six
// places, null for empty. A text is read as people type it.
type cell json.RawMessage

// MarshalJSON gives the value as it stands.
func (c cell) MarshalJSON() ([]byte, error) { return c, nil }

// UnmarshalJSON takes any scalar.
func (c *cell) UnmarshalJSON(b []byte) error {
	*c = append((*c)[:0], b...)
	return nil
}

// longestCell is the longest text a cell is read from, in characters.
const longestCell = 100

// Schema describes a cell. It says what is taken without letting huma try each type on every cell
// of every row, which cost a quarter of the memory of a report; text refuses all else.
func (cell) Schema(huma.Registry) *huma.Schema {
	longest := longestCell
	return &huma.Schema{
		Description: "By the column's type: yes_no true or false; count a whole number; money 万元 with up to six places. Null is an empty cell. " +
			"A text is read as people type it: 是, √, 1,318 株, 5.76万元.",
		Examples:   []any{1318},
		MaxLength:  &longest,
		Extensions: map[string]any{"type": []string{huma.TypeBoolean, huma.TypeNumber, huma.TypeString, "null"}}}
}

// text is the cell as Parse reads it; ok is false for what is no cell at all.
func (c cell) text() (text string, ok bool) {
	b := bytes.TrimSpace(c)
	switch {
	case len(b) == 0 || bytes.Equal(b, []byte("null")):
		return "", true
	case bytes.Equal(b, []byte("true")):
		return "是", true
	case bytes.Equal(b, []byte("false")):
		return "否", true
	case b[0] == '"':
		err := json.Unmarshal(b, &text)
		return text, err == nil && !hasControl(text) && utf8.RuneCountInString(text) <= longestCell
	case b[0] == '{' || b[0] == '[':
		return "", false
	}
	return string(b), true
}

// cells is a row by column key.
type cells map[string]cell

// UnmarshalJSON splits an object into its members; what they hold is looked at when they are
// read. Package json has found it to be well formed, so that only strings and brackets need
// to be followed.
func (c *cells) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '{' {
		var plain map[string]cell // null, or the error of what is no object
		err := json.Unmarshal(b, &plain)
		*c = plain
		return err
	}
	if *c == nil {
		*c = make(cells, 24)
	}
	own := bytes.Clone(b) // b is used again by its owner
	for i := 1; ; i++ {
		i = skipSpace(own, i)
		if own[i] == '}' {
			return nil
		}
		end := skipValue(own, i)
		var key string
		if name := own[i+1 : end-1]; bytes.IndexByte(name, '\\') < 0 {
			key = string(name)
		} else if err := json.Unmarshal(own[i:end], &key); err != nil {
			return err
		}
		i = skipSpace(own, skipSpace(own, end)+1) // past the colon
		end = skipValue(own, i)
		(*c)[key] = cell(own[i:end:end])
		if i = skipSpace(own, end); own[i] == '}' {
			return nil
		}
	}
}

func skipSpace(b []byte, i int) int {
	for b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r' {
		i++
	}
	return i
}

// skipValue is the end of the JSON value that begins at i of a well-formed text.
func skipValue(b []byte, i int) int {
	for depth := 0; ; i++ {
		switch b[i] {
		case '"':
			for i++; b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
			if depth == 0 {
				return i + 1
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
			if depth < 0 { // of the object around it
				return i
			}
			if depth == 0 {
				return i + 1
			}
		case ',', ' ', '\t', '\n', '\r':
			if depth == 0 {
				return i
			}
		}
	}
}

func (a *API) cells(v ledger.Values) cells {
	if v == nil {
		return nil
	}
	out := make(cells, len(v))
	for i := range a.ledger.Form().Columns {
		out[a.ledger.Form().Columns[i].Key] = cellOf(&a.ledger.Form().Columns[i], v[i])
	}
	return out
}

func cellOf(col *campaign.Column, v ledger.Value) cell {
	switch {
	case v == ledger.Empty:
		return cell("null")
	case col.Type == campaign.YesNo && v == ledger.Yes:
		return cell("true")
	case col.Type == campaign.YesNo:
		return cell("false")
	}
	return cell(ledger.Exact(col, v))
}

// values reads cells over a row; what cannot be read is told all at once, in the form's order.
func (a *API) values(in cells, over ledger.Values) (ledger.Values, error) {
	form := a.ledger.Form()
	for key := range in {
		if _, ok := form.ColumnIndex(key); !ok {
			return nil, ledger.ErrColumn.With("column", clip(key))
		}
	}
	out := append(ledger.Values(nil), over...)
	var found []ledger.Finding
	for i := range form.Columns {
		c, sent := in[form.Columns[i].Key]
		if !sent {
			continue
		}
		text, ok := c.text()
		if !ok {
			return nil, ErrRequest.With("field", "body.values."+form.Columns[i].Key)
		}
		v, f := ledger.Parse(&form.Columns[i], text)
		if f != nil {
			f.Column = i
			found = append(found, *f)
		}
		out[i] = v
	}
	if len(found) > 0 {
		return nil, ledger.NewFindings(found)
	}
	return out, nil
}

// sums gives sums by column key: villages with yes, counts, 万元.
func (a *API) sums(sums []int64) cells {
	out := make(cells, len(sums))
	for i, n := range sums {
		out[a.ledger.Form().Columns[i].Key] = cell(statistics.AmountOf(&a.ledger.Form().Columns[i], n))
	}
	return out
}

// keys names the columns that are marked.
func (a *API) keys(marked []bool) []string {
	out := []string{}
	for i, m := range marked {
		if m {
			out = append(out, a.ledger.Form().Columns[i].Key)
		}
	}
	return out
}

// finding is one thing that is wrong or needs a note.
type finding struct {
	Column   string `json:"column,omitempty" doc:"Key of the column; none: the whole row" example:"planted_trees"`
	Title    string `json:"title,omitempty" doc:"Title of the column in the form" example:"已植树（株）"`
	Severity string `json:"severity" enum:"error,warning" doc:"An error blocks, a warning asks for a note"`
	Code     string `json:"code" doc:"Stable code" example:"ledger.less_than_last"`
	Message  string `json:"message" doc:"What it says to people"`
	Value    string `json:"value,omitempty" doc:"What was sent or stands there"`
}

func (a *API) findings(list []ledger.Finding) []finding {
	out := make([]finding, 0, len(list))
	for i := range list {
		f := finding{Severity: severity(list[i].Severity), Code: list[i].Code, Message: list[i].Message(), Value: list[i].Value}
		if c := list[i].Column; c >= 0 {
			f.Column, f.Title = a.ledger.Form().Columns[c].Key, a.ledger.Form().Columns[c].Title
		}
		out = append(out, f)
	}
	return out
}

func severity(s ledger.Severity) string {
	if s == ledger.Warning {
		return "warning"
	}
	return "error"
}
