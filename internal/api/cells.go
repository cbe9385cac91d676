package api

import (
	"bytes"
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
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

// Schema describes a cell.
func (cell) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Description: "true or false; a whole number; 万元 with up to six places; null for empty. A text is read as people type it.",
		OneOf: []*huma.Schema{{Type: "boolean"}, {Type: "number"}, {Type: "string"}, {Type: "null"}}}
}

func (c cell) text() (string, bool) {
	b := bytes.TrimSpace(c)
	switch {
	case len(b) == 0 || bytes.Equal(b, []byte("null")):
		return "", true
	case bytes.Equal(b, []byte("true")):
		return "是", true
	case bytes.Equal(b, []byte("false")):
		return "否", true
	case b[0] == '"':
		var s string
		err := json.Unmarshal(b, &s)
		return s, err == nil
	case b[0] == '{' || b[0] == '[':
		return "", false
	}
	return string(b), true
}

// cells is a row by column key.
type cells map[string]cell

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

// values reads cells over a row; what cannot be read is told all at once.
func (a *API) values(in cells, over ledger.Values) (ledger.Values, error) {
	form := a.ledger.Form()
	out := append(ledger.Values(nil), over...)
	var found []ledger.Finding
	for key, c := range in {
		i, ok := form.ColumnIndex(key)
		if !ok {
			return nil, ledger.ErrColumn.With("column", key)
		}
		text, ok := c.text()
		if !ok {
			return nil, ErrRequest.With("column", key)
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

// finding is one thing that is wrong or needs a note.
type finding struct {
	Column   string `json:"column,omitempty" doc:"Key of the column"`
	Title    string `json:"title,omitempty" doc:"Title of the column in the form"`
	Severity string `json:"severity" enum:"error,warning"`
	Code     string `json:"code"`
	Message  string `json:"message"`
	Value    string `json:"value,omitempty" doc:"What was sent or stands there"`
}

func (a *API) findings(list []ledger.Finding) []finding {
	out := make([]finding, 0, len(list))
	for i := range list {
		f := finding{Severity: "error", Code: list[i].Code, Message: list[i].Message(), Value: list[i].Value}
		if list[i].Severity == ledger.Warning {
			f.Severity = "warning"
		}
		if c := list[i].Column; c >= 0 {
			f.Column, f.Title = a.ledger.Form().Columns[c].Key, a.ledger.Form().Columns[c].Title
		}
		out = append(out, f)
	}
	return out
}
