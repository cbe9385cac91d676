package sheet

import (
	"bytes"
	"fmt"
	"strconv"
)

// readSheet reads one worksheet part.
func (w *workbook) readSheet(part string) (Sheet, error) {
	if err := w.pkg.open(part, &w.scan); err != nil {
		return Sheet{}, err
	}
	r := sheetReader{w: w, s: &w.scan, g: grid{m: w.m}, row: -1}
	if err := r.read(); err != nil {
		return Sheet{}, err
	}
	rows, err := r.g.finish()
	return Sheet{Rows: rows, Merges: r.merges}, err
}

// sheetReader walks a worksheet part.
type sheetReader struct {
	w        *workbook
	s        *xmlScan
	g        grid
	row, col int // the last ones seen; rows and cells may leave their place unsaid
	value    []byte
	merges   []Range
	work     []byte
}

func (r *sheetReader) read() error {
	for {
		t, err := r.s.next()
		if err != nil {
			return err
		}
		if t == noToken {
			return nil
		}
		if t != startTag {
			continue
		}
		switch string(r.s.name) {
		case "row":
			err = r.readRow()
		case "mergeCell":
			err = r.readMerge()
		case "worksheet", "sheetData", "mergeCells":
		default:
			if r.s.depth == 1 {
				return ErrTruncated.Because(fmt.Errorf("a sheet part begins with <%s>", r.s.name))
			}
			err = r.s.skip()
		}
		if err != nil {
			return err
		}
	}
}

func (r *sheetReader) readMerge() error {
	m, ok := parseRange([]byte(r.s.attrNamed("ref")))
	if !ok || m.R1 == m.R2 && m.C1 == m.C2 {
		return nil
	}
	r.merges = append(r.merges, m)
	return r.w.m.takeMerge()
}

func (r *sheetReader) readRow() error {
	r.row++
	r.col = -1
	for name, value, rest := attr(r.s.attrs); name != nil; name, value, rest = attr(rest) {
		if string(name) == "r" {
			n, err := strconv.Atoi(string(value))
			if err != nil || n < 1 || n > maxRefRow {
				return ErrTruncated.Because(fmt.Errorf("row number %q", value))
			}
			r.row = n - 1
		}
	}
	for out := r.s.depth - 1; r.s.depth > out; {
		t, err := r.s.next()
		if err != nil {
			return err
		}
		if t != startTag {
			if t == noToken {
				return errXML
			}
			continue
		}
		if string(r.s.name) == "c" {
			err = r.readCell()
		} else {
			err = r.s.skip()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// cellTag is what the start tag of a cell says.
type cellTag struct {
	row, col int
	kind     byte // first and telling letter of the type, see cellKind
	format   numberFormat
}

func (r *sheetReader) cellTag() (c cellTag, err error) {
	r.col++
	c.row, c.kind = r.row, 'n'
	for name, value, rest := attr(r.s.attrs); name != nil; name, value, rest = attr(rest) {
		switch string(name) {
		case "r":
			row, col, ok := parseRef(value)
			if !ok {
				return c, ErrTruncated.Because(fmt.Errorf("cell %q", value))
			}
			c.row, r.col = row, col
		case "s":
			if n, err := strconv.Atoi(string(value)); err == nil && n >= 0 && n < len(r.w.formats) {
				c.format = r.w.formats[n]
			}
		case "t":
			c.kind = cellKind(value)
		}
	}
	c.col = r.col
	return c, nil
}

// cellKind tells the types by a letter: s(hared), t(ext), b(ool), e(rror), d(ate), n(umber).
func cellKind(t []byte) byte {
	switch string(t) {
	case "s", "b", "e", "d", "n":
		return t[0]
	case "":
		return 'n'
	}
	return 't' // str, inlineStr
}

func (r *sheetReader) readCell() error {
	tag, err := r.cellTag()
	if err != nil {
		return err
	}
	cell := Cell{}
	valued := false
	r.value = r.value[:0]
	for out := r.s.depth - 1; r.s.depth > out; {
		t, err := r.s.next()
		if err != nil {
			return err
		}
		if t != startTag {
			if t == noToken {
				return errXML
			}
			continue
		}
		switch string(r.s.name) {
		case "f":
			cell.Formula = true
			err = r.s.skip()
		case "v":
			valued = true
			if tag.kind == 't' {
				r.value, err = r.s.appendText(r.value)
			} else {
				r.value, err = r.s.appendRaw(r.value)
			}
		case "t":
			valued = true
			r.value, err = r.s.appendText(r.value)
		case "is", "r": // the text is inside
		default:
			err = r.s.skip()
		}
		if err != nil {
			return err
		}
	}
	if valued {
		if err := r.fill(&cell, tag); err != nil {
			return err
		}
	}
	if cell.Kind == Blank && !cell.Formula {
		return nil
	}
	return r.g.put(tag.row, tag.col, cell)
}

// fill gives the cell its kind and text from the value read.
func (r *sheetReader) fill(cell *Cell, tag cellTag) error {
	if tag.kind == 't' {
		cell.Text = r.w.texts.keep(r.value)
		if cell.Text != "" || cell.Formula {
			cell.Kind = Text
		}
		return nil
	}
	value := bytes.TrimSpace(r.value)
	if len(value) == 0 {
		return nil
	}
	switch tag.kind {
	case 's':
		i, err := strconv.Atoi(string(value))
		text, ok := r.w.strings.at(i)
		if err != nil || !ok {
			return ErrTruncated.Because(fmt.Errorf("no shared string %q", value))
		}
		if cell.Text = text; text != "" || cell.Formula {
			cell.Kind = Text
		}
	case 'b':
		cell.Kind, cell.Text = Bool, boolText(isTrue(string(value)))
	case 'e':
		cell.Kind, cell.Text = Error, r.w.texts.keep(value)
	case 'd':
		cell.Kind = Date
		var ok bool
		if cell.Text, ok = isoDate(string(value)); !ok {
			cell.Kind, cell.Text = Text, r.w.texts.keep(value)
		}
	default:
		x, err := strconv.ParseFloat(string(value), 64)
		if err != nil && x == 0 {
			cell.Kind, cell.Text = Text, r.w.texts.keep(value)
			return nil
		}
		r.work, cell.Kind = appendCellNumber(r.work[:0], x, tag.format, r.w.epoch1904)
		cell.Text = r.w.texts.store(r.work)
	}
	return nil
}

func boolText(v bool) string {
	if v {
		return "TRUE"
	}
	return "FALSE"
}
