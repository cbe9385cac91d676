package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"

	"github.com/sangzi/sangzi/internal/office/document"
)

// markup is XML being written. Markup goes through put, text of a document through text alone.
type markup struct{ bytes.Buffer }

func (m *markup) put(format string, args ...any) { fmt.Fprintf(&m.Buffer, format, args...) }

// text writes words, escaped.
func (m *markup) text(s string) {
	// Writing to a buffer cannot fail, and what XML may not hold Clean has taken out.
	_ = xml.EscapeText(&m.Buffer, []byte(document.Clean(s)))
}

// escaped is text for an attribute.
func escaped(s string) string {
	var m markup
	m.text(s)
	return m.String()
}

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// Namespaces of the main parts.
const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
