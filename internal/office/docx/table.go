package docx

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/office/document"
)

const rules = `<w:tblBorders><w:top %[1]s/><w:left %[1]s/><w:bottom %[1]s/><w:right %[1]s/><w:insideH %[1]s/><w:insideV %[1]s/></w:tblBorders>`

// cellMargin is the room left and right in the cells of a table. Every table names it: programs
// differ in what they take where none is named.
func cellMargin(twips int) string {
	return fmt.Sprintf(`<w:tblCellMar><w:left w:w="%d" w:type="dxa"/><w:right w:w="%d" w:type="dxa"/></w:tblCellMar>`, twips, twips)
}

// table writes a table; keep are properties by which its last row stays with what follows.
func (w *writer) table(t document.Table, keep string) {
	if len(t.Columns) == 0 {
		return
	}
	title, unit := t.Caption()
	if title != "" {
		w.line("TableTitle", "", title)
	}
	if unit != "" {
		w.line("TableUnit", "", unit)
	}
	widths := t.Widths(document.TextTwips)
	w.x.put(`<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:jc w:val="center"/>`, document.TextTwips)
	w.x.put(rules, `w:val="single" w:sz="4" w:space="0" w:color="000000"`)
	w.x.put(`<w:tblLayout w:type="fixed"/>%s</w:tblPr><w:tblGrid>`, cellMargin(document.CellPadding))
	for _, width := range widths {
		w.x.put(`<w:gridCol w:w="%d"/>`, width)
	}
	w.x.put(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i := range t.Columns {
		w.cell(t, widths[i], document.Centre, true, "", t.HeadLines(i, widths[i])...)
	}
	w.x.put(`</w:tr>`)
	for n, row := range t.Rows {
		last := ""
		switch left := len(t.Rows) - n; {
		case left == 1 && keep != "":
			last = keep
		case left <= document.LastRows && (left > 1 || document.Clean(t.Note) != ""):
			last = keepNext
		}
		w.x.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		for i, c := range t.Columns {
			w.cell(t, widths[i], c.Align, row.Strong, last, row.Cell(i).String())
		}
		w.x.put(`</w:tr>`)
	}
	w.x.put(`</w:tbl>`)
	if note := document.Clean(t.Note); note != "" {
		w.line("TableNote", keep, "注："+note)
	}
}

func (w *writer) cell(t document.Table, width int, align document.Align, strong bool, keep string, lines ...string) {
	jc := "center"
	switch align {
	case document.Left:
		jc = "left"
	case document.Number:
		jc = "right"
	}
	run := size(t.TableSize())
	if strong {
		run = fonts(heiti) + run
	}
	w.x.put(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>%s%s<w:jc w:val="%s"/></w:pPr>`,
		width, keep, fmt.Sprintf(`<w:spacing w:before="%[1]d" w:after="%[1]d" w:line="%[2]d" w:lineRule="exact"/>`, t.Gap(), t.TableLine()), jc)
	w.lines(run, lines)
	w.x.put(`</w:p></w:tc>`)
}

// imprint is 版记: a table with rules above, between and below, at the foot of the last page's
// type area. The rules are 0.35 mm outside and 0.25 mm inside. It is placed by the page's edge:
// LibreOffice leaves a table that is as wide as the type area in the flow of the text.
func (w *writer) imprint(m document.Imprint) {
	if m.Empty() {
		return
	}
	office, day := m.PrintedLine()
	w.gap(20)
	w.x.put(`<w:tbl><w:tblPr><w:tblpPr w:vertAnchor="margin" w:horzAnchor="page" w:tblpX="%d" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/><w:tblW w:w="%d" w:type="dxa"/>`, document.Twips(document.LeftMargin), document.TextTwips)
	w.x.put(`<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="8" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tblBorders>`)
	w.x.put(`<w:tblLayout w:type="fixed"/>%s</w:tblPr><w:tblGrid><w:gridCol w:w="%d"/></w:tblGrid>`, cellMargin(0), document.TextTwips)
	row := func(write func()) {
		w.x.put(`<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, document.TextTwips)
		write()
		w.x.put(`</w:tc></w:tr>`)
	}
	if c := m.CopyLine(); c != "" {
		row(func() {
			w.line("Imprint", fmt.Sprintf(`<w:ind w:left="%d" w:right="%d" w:hanging="%d"/>`, 4*document.SmallSize, document.SmallSize, 3*document.SmallSize), c)
		})
	}
	if office != "" || day != "" {
		row(func() {
			if !m.OneLine() {
				w.line("Imprint", `<w:jc w:val="left"/>`, office)
				w.line("Imprint", `<w:jc w:val="right"/>`, day)
				return
			}
			w.x.put(`<w:p><w:pPr><w:pStyle w:val="Imprint"/><w:tabs><w:tab w:val="right" w:pos="%d"/></w:tabs><w:jc w:val="left"/></w:pPr>`, document.TextTwips-document.SmallSize)
			w.runs("", document.Words(office))
			w.x.put(`<w:r><w:tab/></w:r>`)
			w.runs("", document.Words(day))
			w.x.put(`</w:p>`)
		})
	}
	w.x.put(`</w:tbl>`)
	w.gap(20)
}
