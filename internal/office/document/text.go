package document

import "strings"

// Span is a stretch of text. Figure is the key of the figure the text shows, or "" where it is
// only words. The key is the caller's own; it is not printed.
type Span struct {
	Text   string
	Figure string
}

// Text is running text in spans.
type Text []Span

// Words is a text without figures.
func Words(s string) Text { return Text{{Text: s}} }

// Figure is a text that is one figure.
func Figure(key, shown string) Text { return Text{{Text: shown, Figure: key}} }

// String is the text without its keys.
func (t Text) String() string {
	if len(t) == 1 {
		return t[0].Text
	}
	var b strings.Builder
	for _, s := range t {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Figures are the spans of the document that show a figure, in the order they are read: those
// of headings, paragraphs, table cells and charts, of the body first and then of the annexes.
func (d Document) Figures() []Span {
	var out []Span
	add := func(t Text) {
		for _, s := range t {
			if s.Figure != "" {
				out = append(out, s)
			}
		}
	}
	for _, b := range d.Blocks() {
		switch b := b.(type) {
		case Heading:
			add(b.Text)
		case Paragraph:
			add(b.Text)
		case Table:
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					add(cell)
				}
			}
		case Chart:
			for _, s := range b.Series {
				for _, text := range s.Texts {
					add(text)
				}
			}
		}
	}
	return out
}
