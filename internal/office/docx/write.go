package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/office/document"
)

// part is a file inside the package.
type part struct {
	name string
	data []byte
}

// Write makes the file. It fails on a picture that is no PNG; texts never make it fail.
func Write(d document.Document) ([]byte, error) {
	w := &writer{}
	if err := w.document(d); err != nil {
		return nil, err
	}
	parts := []part{
		{"[Content_Types].xml", w.contentTypes()},
		{"_rels/.rels", []byte(packageRels)},
		{"docProps/core.xml", core(d)},
		{"word/document.xml", w.x.Bytes()},
		{"word/_rels/document.xml.rels", w.rels()},
		{"word/styles.xml", styles()},
		{"word/settings.xml", []byte(settings)},
		{"word/fontTable.xml", fontTable()},
		{"word/footer1.xml", footer("right")},
		{"word/footer2.xml", footer("left")},
	}
	for i, p := range w.pictures {
		parts = append(parts, part{fmt.Sprintf("word/media/image%d.png", i+1), p})
	}
	for i, c := range w.charts {
		name := fmt.Sprintf("chart%d", i+1)
		parts = append(parts, part{"word/charts/" + name + ".xml", c.drawing}, part{"word/embeddings/" + name + ".xlsx", c.book},
			part{"word/charts/_rels/" + name + ".xml.rels", relationships([3]string{"book", relType + "package", "../embeddings/" + name + ".xlsx"})})
	}
	// Readers look for the content types first; the rest is in the order of names.
	slices.SortFunc(parts[1:], func(a, b part) int { return bytes.Compare([]byte(a.name), []byte(b.name)) })
	return pack(parts)
}

// packed is the time of every entry, so that a document made again has the same bytes.
var packed = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func pack(parts []part) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range parts {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: packed})
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(p.data); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
