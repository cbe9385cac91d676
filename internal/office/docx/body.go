package docx

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/office/document"
)

// writer writes the main part.
type writer struct {
	x        markup
	pictures [][]byte
	charts   []chartParts
}

func (w *writer) document(d document.Document) error {
	w.x.put(xmlHead+`<w:document %s><w:body>`, namespaces)
	w.head(d)
	w.title(d.Title)
	if a := d.AddresseeLine(); a != "" {
		w.blank(1)
		w.line("Flush", "", a)
	}
	body, together := d.Held()
	if err := w.blocks(body, together); err != nil {
		return err
	}
	w.annexNote(d, together)
	w.closing(d)
	for i, a := range d.Annexes {
		if len(a.Body) == 0 {
			continue
		}
		w.line("AnnexMark", "", d.AnnexMark(i))
		w.blank(1)
		w.title(a.Title)
		w.blank(1)
		if err := w.blocks(d.AnnexBody(i), 0); err != nil {
			return err
		}
	}
	w.imprint(d.Imprint)
	w.section()
	w.x.put(`</w:body></w:document>`)
	return nil
}

// section is the page. The footer's line ends where its dashes are FootDrop below the type area.
func (w *writer) section() {
	mm := document.Twips
	foot := mm(document.PageHeight-document.TopMargin-document.TextHeight-document.FootDrop) - footLine/2
	w.x.put(`<w:sectPr><w:footerReference w:type="default" r:id="odd"/><w:footerReference w:type="even" r:id="even"/>`)
	w.x.put(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="850" w:footer="%d" w:gutter="0"/></w:sectPr>`,
		mm(document.PageWidth), mm(document.PageHeight), mm(document.TopMargin),
		mm(document.PageWidth-document.LeftMargin-document.TextWidth), mm(document.PageHeight-document.TopMargin-document.TextHeight),
		mm(document.LeftMargin), foot)
}

// line is a paragraph of a style; more are properties beside the style's, in the schema's order.
func (w *writer) line(style, more, text string) {
	w.paragraph(style, more, document.Words(text))
}

func (w *writer) paragraph(style, more string, text document.Text) {
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>`, style, more)
	w.runs("", text)
	w.x.put(`</w:p>`)
}

// runs writes a text; properties are beside those of its style and begin with the typefaces, if
// they have any. The hint makes quotation marks and dashes hanzi-wide in Word.
func (w *writer) runs(properties string, text document.Text) {
	clean := text.Clean()
	if len(clean) == 0 {
		return
	}
	own, ok := strings.CutPrefix(properties, "<w:rFonts")
	if !ok {
		own = "/>" + properties
	}
	w.x.put(`<w:r><w:rPr><w:rFonts w:hint="eastAsia"%s</w:rPr><w:t xml:space="preserve">`, own)
	w.x.text(clean.String())
	w.x.put(`</w:t></w:r>`)
}

func (w *writer) blank(lines int) {
	for range lines {
		w.x.put(`<w:p><w:pPr><w:pStyle w:val="Flush"/></w:pPr></w:p>`)
	}
}

// gap is an empty paragraph of a height. Two tables without one between them would become one.
func (w *writer) gap(twips int) { w.kept("", twips) }

// kept is a gap that stays with what follows, if keep says so.
func (w *writer) kept(keep string, twips int) {
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="Flush"/>%s%s</w:pPr></w:p>`, keep, exact(twips))
}

// head is the red head: the drop, the issuers, two blank lines, the number over the rule, two
// blank lines.
func (w *writer) head(d document.Document) {
	lines, suffix, size := d.Head.HeadLines()
	number := document.Clean(d.Number)
	if len(lines) > 0 {
		pitch := size * 6 / 5
		w.gap(document.Twips(document.HeadDrop) - size/10)
		if suffix != "" {
			w.jointHead(lines, suffix, size, pitch)
		} else {
			for _, l := range lines {
				w.headLine(l, "center", size, pitch)
			}
		}
		w.blank(2)
	}
	if number != "" || len(lines) > 0 {
		w.line("Number", "", number)
		w.blank(2)
	}
}

func (w *writer) headLine(text, align string, twips, pitch int) {
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="RedHead"/>%s<w:jc w:val="%s"/></w:pPr>`, exact(pitch), align)
	w.runs(size(twips), document.Words(text))
	w.x.put(`</w:p>`)
}

// jointHead sets the names of several issuers under one another, as wide as the longest, and the
// suffix at half their height (§7.2.4).
func (w *writer) jointHead(lines []string, suffix string, size, pitch int) {
	left, right := document.JointWidths(lines, suffix, size)
	w.x.put(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>%s</w:tblPr><w:tblGrid><w:gridCol w:w="%d"/><w:gridCol w:w="%d"/></w:tblGrid>`, left+right, cellMargin(0), left, right)
	for i, l := range lines {
		w.x.put(`<w:tr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, left)
		w.headLine(l, "distribute", size, pitch)
		merge := ""
		if i == 0 {
			merge = ` w:val="restart"`
		}
		w.x.put(`</w:tc><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vMerge%s/><w:vAlign w:val="center"/></w:tcPr>`, right, merge)
		if i == 0 {
			w.headLine(suffix, "right", size, pitch)
		} else {
			w.headLine("", "right", size, pitch)
		}
		w.x.put(`</w:tc></w:tr>`)
	}
	w.x.put(`</w:tbl>`)
}

func (w *writer) title(title string) {
	lines := document.TitleLines(title)
	if len(lines) == 0 {
		return
	}
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>`)
	w.lines("", lines)
	w.x.put(`</w:p>`)
}

// lines writes lines with breaks between them.
func (w *writer) lines(properties string, lines []string) {
	for i, l := range lines {
		if i > 0 {
			w.x.put(`<w:r><w:br/></w:r>`)
		}
		w.runs(properties, document.Words(l))
	}
}

// Properties of paragraphs that stay with the next one, whole or with their last two lines.
const (
	keepNext  = `<w:keepNext/>`
	keepWhole = keepNext + `<w:keepLines/>`
	keepLast  = keepNext + `<w:widowControl/>`
)

// blocks writes blocks, of which a number at the end stay on one page with what follows, the first
// of those with its last two lines.
func (w *writer) blocks(blocks []document.Block, together int) error {
	var n document.Numbering
	for i, b := range blocks {
		keep := ""
		switch from := len(blocks) - together; {
		case i == from:
			keep = keepLast
		case i > from:
			keep = keepWhole
		}
		switch b := b.(type) {
		case document.Heading:
			text := append(document.Words(n.Next(b.Level)), b.Text...)
			w.paragraph(fmt.Sprintf("Heading%d", document.Level(b.Level)), "", text)
		case document.Paragraph:
			if b.GoesOn() {
				keep += `<w:ind w:firstLine="0"/>`
			}
			w.paragraph("Body", keep, b.Text)
		case document.Table:
			w.table(b, keep)
			w.kept(keep, document.TableGap)
		case document.Picture:
			if err := w.picture(b, keep); err != nil {
				return err
			}
		case document.Chart:
			if err := w.chart(b, keep); err != nil {
				return err
			}
		}
	}
	return nil
}

// annexNote stands a blank line below the body; lines after the first are set under its text,
// and what runs over hangs there too. It stays with the signature.
func (w *writer) annexNote(d document.Document, together int) {
	const mark = 5 * document.CharPitch // two characters in, and 附件：
	notes := d.AnnexNote()
	keeps := func(i int) string {
		if len(d.Closing()) > 0 && (together > 0 || i >= len(notes)-document.WithSignature) {
			return keepWhole
		}
		return ""
	}
	for i, line := range notes {
		if i == 0 {
			w.kept(keeps(0), document.LinePitch)
			w.line("Flush", fmt.Sprintf(`%s<w:ind w:left="%d" w:hanging="%d"/>`, keeps(0), mark, mark-2*document.CharPitch), line)
			continue
		}
		w.line("Flush", fmt.Sprintf(`%s<w:ind w:left="%d"/>`, keeps(i), mark), line)
	}
}

func (w *writer) closing(d document.Document) {
	lines := d.Closing()
	if len(lines) > 0 {
		w.kept(keepNext, document.LinePitch)
		w.kept(keepNext, document.LinePitch)
	}
	for i, l := range lines {
		together := ""
		if i < len(lines)-1 {
			together = keepNext
		}
		switch {
		case len(l.Row) > 0:
			w.signers(l.Row, together)
		case l.Text == "":
			w.kept(together, document.LinePitch)
		default:
			w.line("Closing", fmt.Sprintf(`%s<w:ind w:right="%d"/>`, together, int(l.Right*document.CharPitch)), l.Text)
		}
	}
}

// signers is a line of names, each centred on a tab.
func (w *writer) signers(row []document.Placed, together string) {
	w.x.put(`<w:p><w:pPr><w:pStyle w:val="Closing"/>%s<w:tabs>`, together)
	for _, p := range row {
		w.x.put(`<w:tab w:val="center" w:pos="%d"/>`, int(p.Middle*document.CharPitch))
	}
	w.x.put(`</w:tabs><w:jc w:val="left"/></w:pPr>`)
	for _, p := range row {
		w.x.put(`<w:r><w:tab/></w:r>`)
		w.runs("", document.Words(p.Text))
	}
	w.x.put(`</w:p>`)
}
