package bulletin

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/office/document"
)

// Paper is the bulletin as an official document: the same words and figures, each figure with its
// key, tables and large charts as annexes.
func (d *Draft) Paper(form *campaign.Form, names *Names) document.Document {
	p := document.Document{
		Head: document.Head{Issuers: d.Issuers, Suffix: "文件"}, Number: d.Number, Title: d.Title, Addressee: d.Greeting,
		Signers: d.Issuers, Date: d.Date, Imprint: document.Imprint{CopyTo: d.CopyTo, Printer: d.Printer, Printed: d.Date},
	}
	for i, s := range d.Sections {
		if s.Heading != "" {
			p.Body = append(p.Body, document.Heading{Level: 1, Text: document.Words(s.Heading)})
		}
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
		for _, c := range d.ChartsBehind(i) {
			p.Body = append(p.Body, d.charts(form, c)...)
		}
	}
	for _, t := range d.Tables {
		p.Annexes = append(p.Annexes, document.Annex{Title: t.Title, Body: []document.Block{d.table(form, t, names)}})
	}
	for _, c := range d.AnnexCharts() {
		p.Annexes = append(p.Annexes, document.Annex{Title: c.Title, Body: d.charts(form, c)})
	}
	return p
}

func (d *Draft) table(form *campaign.Form, t Table, names *Names) document.Table {
	out := document.Table{}
	if t.Unit != "" {
		out.Unit = "单位：" + t.Unit
	}
	ranked := d.Ranked(t)
	if ranked {
		out.Columns = append(out.Columns, document.Column{Title: "名次"})
	}
	out.Note = d.TableNote(t, names)
	out.Columns = append(out.Columns, document.Column{Title: "单位", Align: document.Left})
	for _, c := range t.Columns {
		out.Columns = append(out.Columns, document.Column{Title: c.Title, Align: document.Number})
	}
	for _, row := range d.Rows(form, t) {
		line := document.Row{Strong: row.Total}
		switch {
		case ranked && row.Place != nil:
			line.Cells = append(line.Cells, document.Figure(row.Place.Key(), row.Place.Text))
		case ranked && !row.Total:
			line.Cells = append(line.Cells, document.Words("—"))
		case ranked:
			line.Cells = append(line.Cells, nil)
		}
		line.Cells = append(line.Cells, document.Words(row.Name))
		for _, f := range row.Figures {
			line.Cells = append(line.Cells, document.Figure(f.Key(), f.Text))
		}
		out.Rows = append(out.Rows, line)
	}
	return out
}

// charts is a chart, cut where it has more bars than a page.
func (d *Draft) charts(form *campaign.Form, c *Chart) []document.Block {
	drawn := d.Drawn(form, c)
	out := document.Chart{Title: c.Title, Unit: c.Unit, Kind: document.BarChart, Labels: drawn.Labels}
	if c.Kind == campaign.ChartWeeks {
		out.Kind = document.LineChart
	}
	for _, series := range drawn.Series {
		one := document.Series{Name: series.Title}
		for _, f := range series.Figures {
			one.Values, one.Texts = append(one.Values, f.Value()), append(one.Texts, document.Figure(f.Key(), f.Text))
		}
		out.Series = append(out.Series, one)
	}
	var blocks []document.Block
	for _, part := range out.Cut() {
		blocks = append(blocks, part)
	}
	return blocks
}

// Signed is the signature in rows and columns as the document has it: the signers and, below the last,
// the date; "" where nobody stands.
func (d *Draft) Signed() [][]string {
	rows := document.SignerRows(d.Issuers)
	columns := 1
	if len(rows) > 0 {
		columns = len(rows[0])
	}
	var out [][]string
	for _, row := range append(rows, []string{document.Day(d.Date)}) {
		out = append(out, append(make([]string, columns-len(row)), row...))
	}
	return out
}
