package workbook

import (
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// Reader reads the workbooks of one unit. It may be used by several goroutines.
type Reader struct {
	form   *campaign.Form
	tree   *unit.Tree
	within unit.Code
	heads  *heads
	limits sheet.Limits
}

// NewReader is a reader for the ledgers of a unit and what is below it.
func NewReader(form *campaign.Form, tree *unit.Tree, within unit.Code) *Reader {
	return &Reader{form: form, tree: tree, within: within, heads: newHeads(form)}
}

// WithLimits is the reader with other bounds on what one file may cost.
func (r *Reader) WithLimits(limits sheet.Limits) *Reader {
	other := *r
	other.limits = limits
	return &other
}

// Read reads one workbook for a unit, see Reader.Read.
func Read(form *campaign.Form, tree *unit.Tree, within unit.Code, file string, data []byte) (*Reading, error) {
	return NewReader(form, tree, within).Read(file, data)
}

// mostMerges and mostTables bound what a hostile sheet can cost beyond its cells.
const (
	mostMerges = 20_000
	mostTables = 400
)

// Read reads one workbook. The error is a problem of package sheet, ErrNoLedger or ErrForeign,
// and then the file is refused as a whole; everything smaller is a finding.
func (r *Reader) Read(file string, data []byte) (*Reading, error) {
	book, err := sheet.Read(file, data, r.limits)
	if err != nil {
		return nil, err
	}
	reading := &Reading{File: file, Format: book.Format, form: r.form}
	tables, err := r.ledgers(book)
	if err != nil {
		return nil, err
	}
	p := &pass{Reader: r, reading: reading, file: file}
	for len(tables) > 0 {
		n := 1
		for n < len(tables) && tables[n].book == tables[0].book {
			n++
		}
		p.part(tables[:n], n == len(tables) && len(reading.Parts) == 0)
		tables = tables[n:]
	}
	if err := p.refuseForeign(); err != nil {
		return nil, err
	}
	p.settle()
	return reading, nil
}

// ledgers finds the tables of the visible sheets, or of the hidden ones when no other has any.
func (r *Reader) ledgers(book *sheet.Book) ([]*table, error) {
	for _, hidden := range []bool{false, true} {
		var list []*table
		for i := range book.Sheets {
			s := &book.Sheets[i]
			if s.Hidden != hidden {
				continue
			}
			if len(s.Merges) > mostMerges {
				return nil, sheet.ErrTooManyCells.With("what", "merges").With("max", mostMerges)
			}
			list = append(list, r.tables(s, i)...)
			if len(list) > mostTables {
				return nil, sheet.ErrTooManyCells.With("what", "tables").With("max", mostTables)
			}
		}
		if len(list) > 0 {
			return list, nil
		}
	}
	return nil, ErrNoLedger
}

// pass is one reading under way.
type pass struct {
	*Reader
	reading *Reading
	file    string

	inside   int                   // names found inside the unit
	outside  map[string]int        // names of places outside it and how many rows name them
	merges   map[int][]sheet.Range // of the table being read, by row
	section  unit.Code             // the town of the last heading row between the villages
	said     string                // the town outside the unit that 填报单位 names
	saidCode unit.Code
	foreign  bool // the file is that town's
}

// part reads the tables of one sheet.
func (p *pass) part(tables []*table, only bool) {
	first := tables[0]
	b := p.readBanner(first.sheet, 0, first.top)
	for i, t := range tables {
		var around banner
		if i > 0 {
			around = p.readBanner(t.sheet, tables[i-1].bottom+1, t.top)
		}
		if b.head.Unit == "" && around.head.Unit != "" {
			b.head.Unit, b.row, b.col = around.head.Unit, around.row, around.col
		}
		if b.money == "" {
			b.money = around.money
		}
	}
	last := tables[len(tables)-1]
	below := p.readBanner(last.sheet, last.bottom+1, len(last.sheet.Rows))
	fillHead(&b, &below)
	town := p.townOf(tables, &b, only)
	for i, t := range tables {
		if i == 0 || !sameColumns(t, tables[i-1]) {
			p.missingColumns(t)
		}
		p.rows(t, town, b.money)
	}
	if len(p.reading.Parts) == 0 {
		p.reading.Head = b.head
	}
	p.reading.Parts = append(p.reading.Parts, Part{Sheet: first.sheet.Name, Town: town, Head: b.head})
}

// fillHead takes from the lines below the table what those above it lack.
func fillHead(b, below *banner) {
	if b.head.Unit == "" && below.head.Unit != "" {
		b.head.Unit, b.row, b.col = below.head.Unit, below.row, below.col
	}
	if b.head.Contact == "" {
		b.head.Contact = below.head.Contact
	}
	if b.head.Phone == "" {
		b.head.Phone = below.head.Phone
	}
	if b.head.FilledOn.IsZero() {
		b.head.FilledOn = below.head.FilledOn
	}
}

func sameColumns(a, b *table) bool {
	for i := range a.columns {
		if a.columns[i] != b.columns[i] {
			return false
		}
	}
	return true
}

// missingColumns says which of the form's columns the head lacks, and which it has twice.
func (p *pass) missingColumns(t *table) {
	f := Finding{Sheet: t.sheet.Name, book: t.book, Severity: ledger.Error}
	clashing := map[int]bool{}
	for _, c := range t.twice {
		if clashing[c.column] {
			continue
		}
		clashing[c.column] = true
		f.row, f.col, f.Code, f.Column = c.row, c.col, ColumnTwice, p.form.Columns[c.column].Title
		f.Value, f.Params = t.sheet.At(c.row, c.col).Text, problem.Params{"column": f.Column}
		p.reading.add(f)
	}
	for i, col := range t.columns {
		if col >= 0 || clashing[i] {
			continue
		}
		f.row, f.col, f.Code, f.Column, f.Value = t.bottom, t.names[0], ColumnMissing, p.form.Columns[i].Title, ""
		f.Params = problem.Params{"column": f.Column}
		p.reading.add(f)
	}
}
