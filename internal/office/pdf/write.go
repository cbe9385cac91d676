package pdf

import (
	"fmt"
	"slices"

	"github.com/signintech/gopdf"

	"github.com/sangzi/sangzi/internal/office/document"
	"github.com/sangzi/sangzi/internal/office/font"
)

// File is a PDF and what is to be known of it.
type File struct {
	Bytes []byte
	Pages int
	// Missing are the characters no typeface here has, in code point order; 〓 stands for each.
	Missing []rune
}

// Write makes the file. It fails on a picture that is no PNG; texts never make it fail.
func Write(d document.Document) (File, error) {
	fonts, err := font.Load()
	if err != nil {
		return File{}, err
	}
	t := &typesetter{fonts: fonts, missing: map[rune]bool{}}
	if err := t.open(document.Clean(d.Title)); err != nil {
		return File{}, err
	}
	t.document(d)
	if t.err != nil {
		return File{}, fmt.Errorf("pdf: %w", t.err)
	}
	data, err := t.out.GetBytesPdfReturnErr()
	if err != nil {
		return File{}, fmt.Errorf("pdf: %w", err)
	}
	f := File{Bytes: data, Pages: t.pages}
	for r := range t.missing {
		f.Missing = append(f.Missing, r)
	}
	slices.Sort(f.Missing)
	return f, nil
}

func (t *typesetter) open(title string) error {
	t.out = &gopdf.GoPdf{}
	t.out.Start(gopdf.Config{PageSize: gopdf.Rect{W: document.Points(document.PageWidth), H: document.Points(document.PageHeight)}})
	t.out.SetInfo(gopdf.PdfInfo{Title: title})
	for _, f := range []*font.Face{t.fonts.Song, t.fonts.Title, t.fonts.Hei} {
		if err := t.out.AddTTFFontFromFontContainer(f.Name, t.fonts.Container); err != nil {
			return fmt.Errorf("pdf: %s: %w", f.Name, err)
		}
	}
	t.newPage()
	return t.err
}
