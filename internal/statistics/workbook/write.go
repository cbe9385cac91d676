package workbook

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
)

// sumsSheet is the name of the sheet with the plain sums.
const sumsSheet = "台账各栏合计"

// Write writes a table as an .xlsx: the form of the statistics on the first sheet, the sums of
// the ledger form's columns on the second.
func Write(w io.Writer, t statistics.Table, form *campaign.Form) error {
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // nothing is open: the workbook is in memory
	styles, err := addStyles(f)
	if err != nil {
		return err
	}
	for i, g := range []grid{annexGrid(t), sumsGrid(t, form)} {
		if i == 0 {
			err = f.SetSheetName("Sheet1", g.sheet)
		} else {
			_, err = f.NewSheet(g.sheet)
		}
		if err != nil {
			return err
		}
		p := &printer{file: f, styles: styles, grid: g}
		if err := p.print(); err != nil {
			return fmt.Errorf("sheet %s: %w", g.sheet, err)
		}
	}
	if err := f.SetDocProps(&excelize.DocProperties{Creator: "sangzi", Title: t.Form.Title,
		Created: "2024-01-01T00:00:00Z", Modified: "2024-01-01T00:00:00Z"}); err != nil {
		return err
	}
	return f.Write(w)
}

// printer writes one grid from top to bottom.
type printer struct {
	file   *excelize.File
	stream *excelize.StreamWriter
	styles styles
	grid   grid
	cells  []any
	at     int // the next row, one based
}

func (p *printer) print() error {
	for _, step := range []func() error{p.open, p.heading, p.head, p.rows, p.total, p.notes} {
		if err := step(); err != nil {
			return err
		}
	}
	return p.stream.Flush()
}

func (p *printer) open() (err error) {
	if err = p.page(); err != nil {
		return err
	}
	if p.stream, err = p.file.NewStreamWriter(p.grid.sheet); err != nil {
		return err
	}
	p.cells, p.at = make([]any, len(p.grid.columns)+nameCol), 1
	for i, width := range p.grid.widths() {
		if err = p.stream.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	return p.stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: nameCol, YSplit: columnRow,
		TopLeftCell: cellName(nameCol+1, firstRow), ActivePane: "bottomRight"})
}

func (p *printer) row(height float64) error {
	err := p.stream.SetRow(cellName(1, p.at), p.cells, excelize.RowOpts{Height: height})
	clear(p.cells)
	p.at++
	return err
}

// band writes one text over all columns.
func (p *printer) band(text string, style int, height float64) error {
	for i := range p.cells {
		p.cells[i] = excelize.Cell{StyleID: style}
	}
	p.cells[0] = excelize.Cell{StyleID: style, Value: text}
	if err := p.stream.MergeCell(cellName(1, p.at), cellName(len(p.cells), p.at)); err != nil {
		return err
	}
	return p.row(height)
}

func (p *printer) heading() error {
	for _, b := range []struct {
		text   string
		style  int
		height float64
	}{{p.grid.annex, p.styles.annex, 22}, {p.grid.title, p.styles.title, 34}, {p.grid.line, p.styles.line, 22}} {
		if err := p.band(b.text, b.style, b.height); err != nil {
			return err
		}
	}
	return nil
}

// head writes the groups over the column titles; serial and name reach over both rows.
func (p *printer) head() error {
	for i := range p.cells {
		p.cells[i] = excelize.Cell{StyleID: p.styles.head}
	}
	p.cells[0] = excelize.Cell{StyleID: p.styles.head, Value: "序号"}
	p.cells[1] = excelize.Cell{StyleID: p.styles.head, Value: p.grid.nameTitle}
	for col := 1; col <= nameCol; col++ {
		if err := p.stream.MergeCell(cellName(col, groupRow), cellName(col, columnRow)); err != nil {
			return err
		}
	}
	for _, g := range p.grid.groups {
		from, to := nameCol+1+g.First, nameCol+g.First+g.Count
		p.cells[from-1] = excelize.Cell{StyleID: p.styles.head, Value: g.Title}
		if to > from {
			if err := p.stream.MergeCell(cellName(from, groupRow), cellName(to, groupRow)); err != nil {
				return err
			}
		}
	}
	if err := p.row(22); err != nil {
		return err
	}
	most := 1
	for i := range p.cells {
		p.cells[i] = excelize.Cell{StyleID: p.styles.head}
	}
	for i, c := range p.grid.columns {
		p.cells[nameCol+i] = excelize.Cell{StyleID: p.styles.head, Value: c.title}
		most = max(most, (len([]rune(c.title))+titleRunes-1)/titleRunes)
	}
	return p.row(float64(most)*14 + 8)
}

func (p *printer) rows() error {
	for i, r := range p.grid.rows {
		p.cells[0] = excelize.Cell{StyleID: p.styles.body.integer, Value: i + 1}
		p.cells[1] = excelize.Cell{StyleID: p.styles.name, Value: oneLine(r.name)}
		for c := range p.grid.columns {
			p.cells[nameCol+c] = p.grid.columns[c].bodyCell(r.cells[c], p.styles.body, p.at)
		}
		if err := p.row(20); err != nil {
			return err
		}
	}
	return nil
}

// total writes the last row: sums of the rows above, shares of those sums.
func (p *printer) total() error {
	p.cells[0] = excelize.Cell{StyleID: p.styles.totalName}
	p.cells[1] = excelize.Cell{StyleID: p.styles.totalName, Value: "合计"}
	for c := range p.grid.columns {
		p.cells[nameCol+c] = p.grid.columns[c].totalCell(p.grid.total[c], p.styles.total, p.at, len(p.grid.rows))
	}
	return p.row(22)
}

func (p *printer) notes() error {
	for _, note := range p.grid.notes {
		if err := p.band(note, p.styles.note, 18); err != nil {
			return err
		}
	}
	return nil
}

func cellName(col, row int) string {
	name, err := excelize.CoordinatesToCellName(col, row)
	if err != nil {
		panic(err) // a table has far fewer columns than a sheet
	}
	return name
}

// oneLine keeps a name on the line it is printed on.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
