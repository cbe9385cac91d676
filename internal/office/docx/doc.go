// Package docx writes a document.Document as a Word file (Office Open XML, ECMA-376) that Word,
// WPS and LibreOffice set alike: the page of GB/T 9704—2012, 22 lines of 28 characters.
//
// It owns the parts of the file and their order; the same document gives the same bytes. It must
// not know what stands in a document beyond its parts, and reads nothing back. The measures and
// what was tried are in DESIGN.md.
package docx
