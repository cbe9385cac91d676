package sheet

import (
	"path/filepath"
	"strings"
)

// readText reads whatever is not a container: a CSV, or a web page or XML that calls itself a
// workbook.
func readText(name string, data []byte, m *meter) ([]Sheet, error) {
	if kind := foreignMagic(data); kind != "" {
		return nil, notWorkbook(kind)
	}
	text, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	if err := refuseMarkup(text); err != nil {
		return nil, err
	}
	rows, err := parseCSV(text, m)
	if err != nil {
		return nil, err
	}
	base := filepath.Base(strings.ReplaceAll(name, `\`, "/"))
	return []Sheet{{Name: strings.TrimSuffix(base, filepath.Ext(base)), Rows: rows}}, nil
}

// parseCSV cuts the text into cells. All texts share the one string; only quoted cells that
// hold quotes, and cells to be cleaned, are written anew.
func parseCSV(text string, m *meter) ([][]Cell, error) {
	delimiter, text := sniffDelimiter(text)
	c := &csvText{s: text, delimiter: delimiter, texts: texts{max: m.lim.Text}}
	g := grid{m: m}
	for row := 0; c.pos < len(text); row++ {
		for col, more := 0, true; more; col++ {
			var field string
			field, more = c.field()
			if field == "" {
				continue
			}
			if err := g.put(row, col, Cell{Kind: Text, Text: field}); err != nil {
				return nil, err
			}
		}
	}
	return g.finish()
}

// csvText walks a text field by field.
type csvText struct {
	s         string
	pos       int
	delimiter byte
	suspect   int // before here, a quote has no partner that would make a credible field
	lineEnd   int // of the line last asked for
	texts     texts
	work      []byte
}

// field gives the next field; more tells that the row goes on behind it.
//
// A lone quote must neither swallow the rows behind it nor make the reader look for its
// partner again and again: a field in quotes is no longer than a cell can be, and behind a
// quote without such a partner, quotes only pair within a line.
func (c *csvText) field() (field string, more bool) {
	if c.pos < len(c.s) && c.s[c.pos] == '"' {
		if c.pos >= c.suspect {
			end := min(len(c.s), c.pos+4*c.texts.max+1024)
			if field, ok := c.quoted(end); ok {
				return field, c.separator()
			}
			c.suspect = end
		}
		if field, ok := c.quoted(c.endOfLine()); ok {
			return field, c.separator()
		}
	}
	start := c.pos
	plain := true
	for c.pos < len(c.s) {
		b := c.s[c.pos]
		if b == c.delimiter || b == '\n' || b == '\r' {
			break
		}
		if b < 0x20 || b == 0x7f || b == 0xc2 {
			plain = false
		}
		c.pos++
	}
	return c.keep(c.s[start:c.pos], plain), c.separator()
}

// separator steps over what ends a field.
func (c *csvText) separator() (more bool) {
	if c.pos == len(c.s) {
		return false
	}
	b := c.s[c.pos]
	c.pos++
	if b == '\r' && c.pos < len(c.s) && c.s[c.pos] == '\n' {
		c.pos++
	}
	return b == c.delimiter
}

func (c *csvText) endOfLine() int {
	if c.lineEnd <= c.pos {
		c.lineEnd = len(c.s)
		if i := strings.IndexAny(c.s[c.pos:], "\r\n"); i >= 0 {
			c.lineEnd = c.pos + i
		}
	}
	return c.lineEnd
}

// quoted reads a field in quotes. A quote inside it counts twice; one that neither counts
// twice nor ends the field is taken as it stands. The closing one must stand before limit.
func (c *csvText) quoted(limit int) (string, bool) {
	s, i := c.s, c.pos+1
	start, doubled := i, false
	for {
		q := strings.IndexByte(s[min(i, limit):limit], '"')
		if q < 0 {
			return "", false
		}
		i += q + 1
		if i == len(s) || s[i] == c.delimiter || s[i] == '\n' || s[i] == '\r' {
			break
		}
		if s[i] == '"' {
			doubled = true
			i++
		}
	}
	c.pos = i
	field := s[start : i-1]
	if doubled {
		c.work = c.work[:0]
		for k := 0; k < len(field); k++ {
			c.work = append(c.work, field[k])
			if field[k] == '"' && k+1 < len(field) && field[k+1] == '"' {
				k++
			}
		}
		return c.texts.keep(c.work), true
	}
	return c.keep(field, !hasControl(field)), true
}

func (c *csvText) keep(field string, plain bool) string {
	if plain && len(field) <= c.texts.max {
		return field
	}
	return c.texts.keep([]byte(field))
}
