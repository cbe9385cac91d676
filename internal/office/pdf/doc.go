// Package pdf sets a document.Document on pages and writes them as a PDF with the typefaces
// embedded: the same page as office/docx makes, without a word processor.
//
// It owns where each character stands. Lines are cut by office/linebreak, widths come from
// office/font, the file is written by gopdf. It must not know what stands in a document beyond
// its parts. The same document gives the same bytes.
package pdf
