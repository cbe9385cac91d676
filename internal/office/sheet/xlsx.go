package sheet

import (
	"bytes"
	"strings"
)

// readXLSX reads an Office Open XML workbook, transitional or strict.
func readXLSX(data []byte, m *meter) ([]Sheet, error) {
	pkg, err := openPackage(data, m)
	if err != nil {
		return nil, err
	}
	w := &workbook{pkg: pkg, m: m, texts: texts{max: m.lim.Text}}
	if err := w.open(); err != nil {
		return nil, err
	}
	sheets := make([]Sheet, 0, len(w.tabs))
	for _, tab := range w.tabs {
		part, ok := w.parts[tab.relation]
		if !ok {
			return nil, ErrTruncated
		}
		if !strings.HasSuffix(part.kind, "/worksheet") {
			continue
		}
		s, err := w.readSheet(part.name)
		if err != nil {
			return nil, err
		}
		s.Name, s.Hidden = tab.name, tab.hidden
		s.indexMerges()
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// workbook is what the sheets of one file share.
type workbook struct {
	pkg       *pack
	m         *meter
	scan      xmlScan
	texts     texts
	tabs      []tab
	parts     map[string]relation
	epoch1904 bool
	formats   []numberFormat // by cell style
	strings   sharedStrings
}

// tab is a sheet as the workbook lists it.
type tab struct {
	name     string
	relation string
	hidden   bool
}

// open reads everything but the sheets.
func (w *workbook) open() error {
	main, err := w.mainPart()
	if err != nil {
		return err
	}
	if err := w.readWorkbook(main); err != nil {
		return err
	}
	if w.parts, err = w.relations(main); err != nil {
		return err
	}
	for _, part := range w.parts {
		switch {
		case strings.HasSuffix(part.kind, "/styles") && w.pkg.has(part.name):
			err = w.readStyles(part.name)
		case strings.HasSuffix(part.kind, "/sharedStrings") && w.pkg.has(part.name):
			err = w.readStrings(part.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// mainPart finds the workbook part, or says what the zip holds instead.
func (w *workbook) mainPart() (string, error) {
	if kind := w.pkg.foreign(); kind != "" {
		return "", notWorkbook(kind)
	}
	name := "xl/workbook.xml"
	if w.pkg.has("_rels/.rels") {
		relations, err := w.relations("")
		if err != nil {
			return "", err
		}
		for _, r := range relations {
			if strings.HasSuffix(r.kind, "/officeDocument") {
				name = r.name
			}
		}
	}
	switch {
	case strings.HasSuffix(name, ".bin"):
		return "", notWorkbook("xlsb")
	case strings.HasPrefix(name, "word/"):
		return "", notWorkbook("docx")
	case strings.HasPrefix(name, "ppt/"):
		return "", notWorkbook("pptx")
	case !w.pkg.has(name):
		return "", notWorkbook("zip")
	}
	return name, nil
}

// readWorkbook reads the tabs and the epoch of dates.
func (w *workbook) readWorkbook(name string) error {
	if err := w.pkg.open(name, &w.scan); err != nil {
		return err
	}
	s := &w.scan
	for {
		t, err := s.next()
		if err != nil {
			return err
		}
		if t == noToken {
			return nil
		}
		if t != startTag {
			continue
		}
		switch string(s.name) {
		case "workbookPr":
			w.epoch1904 = isTrue(s.attrNamed("date1904"))
		case "sheet":
			if len(w.tabs) == w.m.lim.Sheets {
				return tooMany("sheets", w.m.lim.Sheets)
			}
			state := s.attrNamed("state")
			w.tabs = append(w.tabs, tab{
				name:     w.texts.keep([]byte(s.attrNamed("name"))),
				relation: s.attrNamed("id"),
				hidden:   state == "hidden" || state == "veryHidden",
			})
		default:
			if s.depth == 1 && !bytes.Equal(s.name, []byte("workbook")) {
				return notWorkbook("")
			}
		}
	}
}

func isTrue(v string) bool { return v == "1" || v == "true" || v == "on" }
