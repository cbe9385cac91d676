package record

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
)

// A table is typed in one of two ways. From a form or a program it comes as JSON, a list of
// objects by the keys of the columns. In a cell of a workbook it is one line for each row, its
// cells in the order of the columns with | between them; \| is the sign itself.

// RowsJSON writes typed lines as the JSON that is read again.
func RowsJSON(lines []map[string]string) string {
	if len(lines) == 0 {
		return ""
	}
	b, err := json.Marshal(lines)
	if err != nil {
		return "" // texts always can be written
	}
	return string(b)
}

// typedRows are the lines of a table as typed, by the keys of its columns; false when it cannot
// be read as one.
func typedRows(spec *campaign.RowsSpec, text string) ([]map[string]string, bool) {
	if len(text) > maxRowsText {
		return nil, false
	}
	if head := strings.TrimSpace(text); strings.HasPrefix(head, "[{") || strings.HasPrefix(head, "[") && json.Valid([]byte(text)) {
		return jsonRows(spec, text)
	}
	const most = 2_000
	lines := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	if len(lines) > most {
		return nil, false
	}
	out := make([]map[string]string, len(lines))
	for i, line := range lines {
		cells := splitCells(line)
		if len(cells) > len(spec.Columns) {
			return nil, false
		}
		out[i] = map[string]string{}
		for j, cell := range cells {
			out[i][spec.Columns[j].Key] = cell
		}
	}
	return out, true
}

func jsonRows(spec *campaign.RowsSpec, text string) ([]map[string]string, bool) {
	var lines []map[string]json.RawMessage
	d := json.NewDecoder(strings.NewReader(text))
	if err := d.Decode(&lines); err != nil || d.More() {
		return nil, false
	}
	out := make([]map[string]string, len(lines))
	for i, line := range lines {
		out[i] = map[string]string{}
		for key, raw := range line {
			if _, ok := spec.Column(key); !ok && key != wasKey {
				return nil, false
			}
			cell, ok := jsonCell(raw)
			if !ok {
				return nil, false
			}
			out[i][key] = cell
		}
	}
	return out, true
}

// jsonCell is one value of JSON as people would type it.
func jsonCell(raw json.RawMessage) (string, bool) {
	switch {
	case bytes.Equal(raw, []byte("null")):
		return "", true
	case raw[0] == '"':
		var text string
		err := json.Unmarshal(raw, &text)
		return text, err == nil
	case raw[0] == '{', raw[0] == '[', raw[0] == 't', raw[0] == 'f':
		return "", false
	}
	if n, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return strconv.FormatInt(n, 10), true
	}
	return string(raw), true // a fraction is refused where it stands
}

// splitCells splits a line at | and ｜.
func splitCells(line string) []string {
	var cells []string
	var b strings.Builder
	escaped := false
	for _, r := range line {
		switch {
		case escaped:
			b.WriteRune(r)
			escaped = false
		case r == '\\':
			escaped = true
		case r == '|' || r == '｜':
			cells = append(cells, strings.TrimSpace(b.String()))
			b.Reset()
		default:
			b.WriteRune(r)
		}
	}
	return append(cells, strings.TrimSpace(b.String()))
}

var escapeCell = strings.NewReplacer(`\`, `\\`, "|", `\|`, "｜", `\｜`, "\n", " ")

// RowsText writes a table as it is typed into a cell of a workbook.
func (facts *Facts) RowsText(f *campaign.Field) string {
	var lines []string
	for _, cells := range facts.RowCells(f) {
		parts := make([]string, len(f.Rows.Columns))
		last := 0
		for j, c := range f.Rows.Columns {
			if parts[j] = escapeCell.Replace(cells[c.Key]); parts[j] != "" {
				last = j
			}
		}
		line := strings.Join(parts[:last+1], " | ")
		if strings.HasPrefix(line, "[") {
			line = `\` + line
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// keepRowNames puts the names of the lines before where somebody who is not shown them left their
// cells blank: a line says with was which it is.
func keepRowNames(f *campaign.Field, before *Facts, text string) string {
	lines, ok := typedRows(f.Rows, text)
	if !ok {
		return text
	}
	kept := before.RowCells(f)
	for _, cells := range lines {
		was, err := strconv.Atoi(strings.TrimSpace(cells[wasKey]))
		delete(cells, wasKey)
		if err != nil || was < 1 || was > len(kept) || blankRow(f.Rows, cells) {
			continue
		}
		for _, c := range f.Rows.Columns {
			if c.Type == campaign.RowNames && clean(cells[c.Key]) == "" {
				cells[c.Key] = kept[was-1][c.Key]
			}
		}
	}
	return RowsJSON(lines)
}
