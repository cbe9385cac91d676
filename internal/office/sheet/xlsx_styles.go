package sheet

import "strconv"

// stylesMax bounds the cell styles of a workbook; Excel itself allows 65,490.
const stylesMax = 1 << 17

// readStyles learns which cell styles show a number as a date.
func (w *workbook) readStyles(name string) error {
	if err := w.pkg.open(name, &w.scan); err != nil {
		return err
	}
	s := &w.scan
	custom := map[int]numberFormat{}
	cellStyles := false
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case noToken:
			return nil
		case endTag:
			if string(s.name) == "cellXfs" {
				cellStyles = false
			}
		case startTag:
			switch string(s.name) {
			case "numFmt":
				id, err := strconv.Atoi(s.attrNamed("numFmtId"))
				if err == nil && len(custom) < stylesMax && !cellStyles {
					custom[id] = parseFormat(s.attrNamed("formatCode"))
				}
			case "cellXfs":
				cellStyles = true
			case "dxfs": // conditional formats have their own numFmt elements
				if err := s.skip(); err != nil {
					return err
				}
			case "xf":
				if !cellStyles || len(w.formats) == stylesMax {
					continue
				}
				w.formats = append(w.formats, formatOf(s.attrNamed("numFmtId"), custom))
			}
		}
	}
}

// formatOf resolves a format number; a file may spell out even a built-in one in its own way.
func formatOf(number string, custom map[int]numberFormat) numberFormat {
	id, err := strconv.Atoi(number)
	if err != nil {
		return plainNumber
	}
	if f, ok := custom[id]; ok {
		return f
	}
	return builtinFormat(id)
}
