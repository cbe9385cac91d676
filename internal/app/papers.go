package app

import (
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/office/docx"
	"github.com/sangzi/sangzi/internal/office/pdf"
)

var _ bulletin.Press = Papers{}

// Papers makes the files of a bulletin: .docx by GB/T 9704—2012, and PDF.
type Papers struct{ App *App }

// Docx is the bulletin for Word.
func (p Papers) Docx(d bulletin.Draft) ([]byte, error) {
	return docx.Write(d.Paper(p.App.Pack.Ledger, p.App.Bulletin.Names()))
}

// PDF is the bulletin as a PDF.
func (p Papers) PDF(d bulletin.Draft) ([]byte, error) {
	f, err := pdf.Write(d.Paper(p.App.Pack.Ledger, p.App.Bulletin.Names()))
	return f.Bytes, err
}
