package bulletin

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/office/document"
)

// Paper is the bulletin as an official document: the same words and figures, each figure with its
// key, the tables as annexes.
func (d *Draft) Paper(form *campaign.Form) document.Document {
	p := document.Document{
		Head: document.Head{Issuers: d.Issuers, Suffix: "文件"}, Number: d.Number, Title: d.Title, Addressee: d.Greeting,
		Signers: d.Issuers, Date: d.Date, Imprint: document.Imprint{CopyTo: d.CopyTo, Printer: d.Printer, Printed: d.Date},
	}
	for _, s := range d.Sections {
		p.Body = append(p.Body, document.Heading{Level: 1, Text: document.Words(s.Heading)})
		for _, par := range s.Paragraphs {
			var text document.Text
			for _, r := range d.Runs(form, par) {
				span := document.Span{Text: r.Text}
				if r.Figure != nil {
					span.Figure = r.Figure.Key()
				}
				text = append(text, span)
			}
			p.Body = append(p.Body, document.Paragraph{Text: text})
		}
	}
	for _, t := range d.Tables {
		p.Annexes = append(p.Annexes, document.Annex{Title: t.Title, Body: []document.Block{d.table(form, t)}})
	}
	return p
}

func (d *Draft) table(form *campaign.Form, t Table) document.Table {
	out := document.Table{Unit: t.Unit, Columns: []document.Column{{Title: "单位", Align: document.Left}}}
	for _, head := range t.Heads {
		out.Columns = append(out.Columns, document.Column{Title: head, Align: document.Number})
	}
	for _, row := range d.Rows(form, t) {
		line := document.Row{Strong: row.Total, Cells: []document.Text{document.Words(row.Name)}}
		for _, f := range row.Figures {
			line.Cells = append(line.Cells, document.Figure(f.Key(), f.Text))
		}
		out.Rows = append(out.Rows, line)
	}
	return out
}
