package document

import "github.com/sangzi/sangzi/internal/office/linebreak"

// WithSignature is how many lines of the text stand at least on the page of the signature: a page
// of signature and seal alone is not made (§7.3.5.5).
const WithSignature = 2

// ParagraphLines is about how many lines a text takes in the type area; the first begins indent
// characters in, the others left.
func ParagraphLines(text string, indent, left int) int {
	r := []rune(Clean(text))
	return max(1, len(linebreak.Break(r, func(i int) float64 { return squares(r[i]) }, float64(Chars-indent), float64(Chars-left))))
}

// inLines is about how many lines of a width in characters a text takes.
func inLines(text string, width float64) int {
	r := []rune(text)
	return max(1, len(linebreak.Break(r, func(i int) float64 { return squares(r[i]) }, width, width)))
}

// NoteLines is about how many lines 附件说明 takes, with the blank one above it.
func (d Document) NoteLines() int {
	n := 0
	for i, line := range d.AnnexNote() {
		indent := 5
		if i == 0 {
			indent, n = 2, 1
		}
		n += ParagraphLines(line, indent, 5)
	}
	return n
}

// Together is how many of the body's last blocks stay with the signature so that WithSignature
// lines of text stand above it; none where no page would hold them. A heading stays with what it
// stands above. Blocks are taken whole: LibreOffice does not cut a paragraph that stays with the
// next one, and keeps nothing together where they are more than a page.
func (d Document) Together() int {
	signed := len(d.Closing())
	tail := d.NoteLines() + 2 + signed
	if signed == 0 || WithSignature+tail > Lines {
		return 0
	}
	n := 0
	for lines := 0; n < len(d.Body); {
		b := d.Body[len(d.Body)-1-n]
		more := WithSignature
		_, heading := b.(Heading)
		switch b := b.(type) {
		case Heading:
			more = ParagraphLines(b.Text.String(), 2, 0)
		case Paragraph:
			more = ParagraphLines(b.Text.String(), 2, 0)
		}
		if lines >= WithSignature && !heading || n > 0 && lines+more+tail > Lines {
			break
		}
		lines += more
		n++
	}
	return n
}
