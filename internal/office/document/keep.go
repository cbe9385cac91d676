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

// closingGap is the blank lines above the signature.
const closingGap = 2

// tailLines is about how many lines stand behind the body: 附件说明 and the signature.
func (d Document) tailLines() int { return d.NoteLines() + closingGap + len(d.Closing()) }

// Held is the body for programs that lay it out themselves, and how many of its last blocks stay with
// the signature so that WithSignature lines of text stand above it; none where no page would hold
// them. A heading stays with what it stands above. Blocks are taken whole: LibreOffice does not cut a
// paragraph that stays with the next one, and keeps nothing together where they are more than a
// page. A paragraph that is too long for that is given as two.
func (d Document) Held() (body []Block, together int) {
	tail := d.tailLines()
	if len(d.Closing()) == 0 || WithSignature+tail > Lines {
		return d.Body, 0
	}
	body = d.Body
	n := 0
	for lines := 0; n < len(d.Body); {
		b := d.Body[len(d.Body)-1-n]
		_, heading := b.(Heading)
		if lines >= WithSignature && !heading {
			break
		}
		more := blockLines(b)
		// a line to spare: programs differ in what a line takes
		if p, ok := b.(Paragraph); ok && lines+more+tail >= Lines {
			if first, rest, ok := p.cut(max(WithSignature-lines, Lines-1-tail-lines)); ok {
				at := len(d.Body) - 1 - n
				body = append(append(append([]Block(nil), d.Body[:at]...), first, rest), d.Body[at+1:]...)
				return body, n + 1
			}
		}
		if n > 0 && lines+more+tail > Lines {
			break
		}
		lines += more
		n++
	}
	return body, n
}

// blockLines is about how many lines a block takes; of what is no text only that it is enough.
func blockLines(b Block) int {
	switch b := b.(type) {
	case Heading:
		return ParagraphLines(b.Text.String(), 2, 0)
	case Paragraph:
		return ParagraphLines(b.Text.String(), 2, 0)
	}
	return WithSignature
}
