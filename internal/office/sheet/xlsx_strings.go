package sheet

// sharedStrings is the table that text cells point into: one block of text and where each
// string ends in it, four bytes a string, because a hostile table has very many empty ones.
type sharedStrings struct {
	block string
	ends  []uint32
}

func (s *sharedStrings) at(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	start := uint32(0)
	if i > 0 {
		start = s.ends[i-1]
	}
	return s.block[start:s.ends[i]], true
}

// stringsBuilder gathers a table.
type stringsBuilder struct {
	block []byte
	ends  []uint32
	max   int
}

func (b *stringsBuilder) add(raw []byte) {
	if isPlain(raw) && len(raw) <= b.max {
		b.block = append(b.block, raw...)
	} else {
		b.block = appendClean(b.block, raw, b.max)
	}
	b.ends = append(b.ends, uint32(len(b.block)))
}

func (b *stringsBuilder) table() sharedStrings {
	return sharedStrings{block: string(b.block), ends: b.ends}
}

// readStrings reads the shared strings: plain <si><t>, rich <si><r><t>, without the phonetic
// readings in <rPh>.
func (w *workbook) readStrings(name string) error {
	if err := w.pkg.open(name, &w.scan); err != nil {
		return err
	}
	s := &w.scan
	b := stringsBuilder{max: w.m.lim.Text}
	var item []byte
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		switch t {
		case noToken:
			w.strings = b.table()
			return nil
		case startTag:
			switch string(s.name) {
			case "si":
				item = item[:0]
			case "t":
				if item, err = s.appendText(item); err != nil {
					return err
				}
			case "rPh":
				if err := s.skip(); err != nil {
					return err
				}
			}
		case endTag:
			if string(s.name) == "si" {
				b.add(item)
			}
		}
	}
}

// appendText appends the text of the element whose start tag was given last, with Office's
// escapes resolved, and reads past the element.
func (s *xmlScan) appendText(dst []byte) ([]byte, error) {
	from := len(dst)
	dst, err := s.appendRaw(dst)
	if err != nil {
		return dst, err
	}
	for i := from; i+6 < len(dst); i++ {
		if dst[i] == '_' && dst[i+1] == 'x' {
			return append(dst[:from], appendUnescaped(nil, dst[from:])...), nil
		}
	}
	return dst, nil
}

// appendRaw is appendText without the escapes.
func (s *xmlScan) appendRaw(dst []byte) ([]byte, error) {
	for out := s.depth - 1; s.depth > out; {
		t, err := s.next()
		if err != nil {
			return dst, err
		}
		switch t {
		case noToken:
			return dst, errXML
		case textRun:
			dst = append(dst, s.text...)
		}
	}
	return dst, nil
}
