package workbook

import (
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// Write writes the form as an .xlsx. The same content gives the same bytes: the file carries
// no time and no author but the form itself. Money is written to the last of its six places
// and shown with two. Texts are text cells whatever they begin with. Read takes the file back
// with every value unchanged.
func Write(w io.Writer, form *campaign.Form, c Consolidated) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing is open: the workbook is in memory
	p := &printer{file: f, form: form, c: &c, sheet: sheetName(form.Title), layout: newLayout(form, c.Lines)}
	for _, step := range []func() error{p.open, p.heading, p.tableHead, p.lines, p.notes} {
		if err := step(); err != nil {
			return err
		}
	}
	if err := p.stream.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

// printer writes one form from top to bottom.
type printer struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	form   *campaign.Form
	c      *Consolidated
	sheet  string
	layout layout
	styles styles
	cells  []any // the row being written
	at     int   // the next row, one based
}

// open names the sheet and sets it up before its rows, as streaming asks.
func (p *printer) open() (err error) {
	if err = p.file.SetSheetName("Sheet1", p.sheet); err != nil {
		return err
	}
	if err = p.file.SetDefaultFont(cellFace); err != nil {
		return err
	}
	if p.styles, err = addStyles(p.file); err != nil {
		return err
	}
	if err = p.pageSetup(); err != nil {
		return err
	}
	if p.stream, err = p.file.NewStreamWriter(p.sheet); err != nil {
		return err
	}
	for i, width := range p.layout.widths {
		if err = p.stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	p.cells = make([]any, p.layout.columns)
	p.at = annexRow
	return p.stream.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: nameCol, YSplit: columnRow,
		TopLeftCell: cellName(firstValue, firstRow), ActivePane: "bottomRight",
	})
}

// row writes p.cells as the next row.
func (p *printer) row(height float64) error {
	err := p.stream.SetRow(cellName(1, p.at), p.cells, excelize.RowOpts{Height: height})
	clear(p.cells)
	p.at++
	return err
}

// band writes one text over all columns as the next row.
func (p *printer) band(text string, style int, height float64) error {
	for i := range p.cells {
		p.cells[i] = excelize.Cell{StyleID: style}
	}
	p.cells[0] = excelize.Cell{StyleID: style, Value: text}
	if err := p.stream.MergeCell(cellName(1, p.at), cellName(p.layout.columns, p.at)); err != nil {
		return err
	}
	return p.row(height)
}

// heading writes the annex number, the title and the line of 填报单位, 联系人, 电话, 填表日期.
func (p *printer) heading() error {
	if err := p.band(p.form.Annex, p.styles.annex, lineHeight); err != nil {
		return err
	}
	if err := p.band(p.form.Title, p.styles.title, titleHeight); err != nil {
		return err
	}
	for i, span := range p.layout.headSpans() {
		for c := span[0]; c <= span[1]; c++ {
			p.cells[c-1] = excelize.Cell{StyleID: p.styles.headLine}
		}
		p.cells[span[0]-1] = excelize.Cell{StyleID: p.styles.headLine, Value: headField(&p.form.Head[i], &p.c.Head)}
		if span[1] > span[0] {
			if err := p.stream.MergeCell(cellName(span[0], p.at), cellName(span[1], p.at)); err != nil {
				return err
			}
		}
	}
	return p.row(lineHeight)
}

func headField(field *campaign.HeadField, head *ledger.Head) string {
	value, blank := "", "________"
	switch field.Key {
	case "unit":
		value = head.Unit
	case "contact":
		value = head.Contact
	case "phone":
		value = head.Phone
	case "filled_on":
		blank = "____年__月__日"
		if !head.FilledOn.IsZero() {
			value = head.FilledOn.Chinese()
		}
	}
	if value = oneLine(value); value == "" {
		value = blank
	}
	return field.Title + "：" + value
}

// oneLine keeps a text that people typed on the line it is printed on.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// tableHead writes the two rows of the head.
func (p *printer) tableHead() error {
	head := func(text string) excelize.Cell { return excelize.Cell{StyleID: p.styles.head, Value: text} }
	for i := range p.cells {
		p.cells[i] = excelize.Cell{StyleID: p.styles.head}
	}
	p.cells[serialCol-1], p.cells[nameCol-1] = head(p.form.SerialTitle), head(p.form.NameTitle)
	for _, col := range []int{serialCol, nameCol} {
		if err := p.stream.MergeCell(cellName(col, groupRow), cellName(col, columnRow)); err != nil {
			return err
		}
	}
	for _, g := range p.form.Groups {
		from, to := firstValue+g.First, firstValue+g.First+g.Count-1
		p.cells[from-1] = head(g.Title)
		if to > from {
			if err := p.stream.MergeCell(cellName(from, groupRow), cellName(to, groupRow)); err != nil {
				return err
			}
		}
	}
	if err := p.row(groupHeight); err != nil {
		return err
	}
	p.cells[serialCol-1], p.cells[nameCol-1] = excelize.Cell{StyleID: p.styles.head}, excelize.Cell{StyleID: p.styles.head}
	for i := range p.form.Columns {
		p.cells[firstValue-1+i] = head(p.form.Columns[i].Title)
	}
	return p.row(p.layout.headTop)
}

// lines writes the villages' rows.
func (p *printer) lines() error {
	for i := range p.c.Lines {
		line := &p.c.Lines[i]
		p.cells[serialCol-1] = excelize.Cell{StyleID: p.styles.integer[0], Value: i + 1}
		p.cells[nameCol-1] = excelize.Cell{StyleID: p.nameStyle(line.Standing), Value: oneLine(line.Name)}
		for c := range p.form.Columns {
			v, marked := ledger.Empty, 0
			if line.Values != nil {
				v = line.Values[c]
			}
			if line.Changed != nil && line.Changed[c] {
				marked = 1
			}
			p.cells[firstValue-1+c] = p.value(&p.form.Columns[c], v, marked)
		}
		if err := p.row(p.layout.rowHeight(line.Name)); err != nil {
			return err
		}
	}
	return nil
}

func (p *printer) nameStyle(s Standing) int {
	switch s {
	case Carried:
		return p.styles.carried
	case Missing:
		return p.styles.missing
	}
	return p.styles.name
}

// value is the cell of a value. Money leaves as the nearest binary fraction of 分 over a
// million: below 10^15 分 its shortest decimal is the amount itself, to the last place.
func (p *printer) value(col *campaign.Column, v ledger.Value, marked int) excelize.Cell {
	switch {
	case col.Type == campaign.YesNo:
		if v == ledger.Empty {
			return excelize.Cell{StyleID: p.styles.plain[marked]}
		}
		return excelize.Cell{StyleID: p.styles.plain[marked], Value: ledger.Format(col, v)}
	case v == ledger.Empty && col.Type == campaign.Money:
		return excelize.Cell{StyleID: p.styles.money[marked]}
	case v == ledger.Empty:
		return excelize.Cell{StyleID: p.styles.integer[marked]}
	case col.Type == campaign.Money:
		return excelize.Cell{StyleID: p.styles.money[marked], Value: float64(v) / campaign.FenPerWan}
	}
	return excelize.Cell{StyleID: p.styles.integer[marked], Value: int64(v)}
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // the form has far fewer columns than a sheet
	}
	return name
}

// sheetName fits a title into the 31 characters and the alphabet of sheet names.
func sheetName(title string) string {
	r := []rune(strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, c) {
			return -1
		}
		return c
	}, title))
	if len(r) == 0 {
		return "台账"
	}
	return string(r[:min(len(r), 31)])
}
