package workbook

import (
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// state is what a cell came to.
type state uint8

const (
	blank state = iota
	readable
	wrong
)

// cell reads the cell of a form's column in a village's row, lines row to last, and says what
// is wrong with it.
func (p *pass) cell(t *table, row, last, column, col int, village unit.Code, suffix string) (ledger.Value, state) {
	at, c, clear := p.lineOf(t, row, last, col)
	title := p.form.Columns[column].Title
	fail := func(code string) (ledger.Value, state) {
		f := p.finding(t, at, col, ledger.Error, code, problem.Params{"column": title, "value": clip(c.Text), "unit": p.form.Columns[column].Unit})
		f.Column, f.Village, f.Value = title, village, c.Text
		p.reading.add(f)
		return ledger.Empty, wrong
	}
	switch {
	case !clear:
		return fail(TwoValues)
	case p.spread(t, row, last, col):
		if c = t.sheet.At(row, col); c.Kind == sheet.Blank {
			return ledger.Empty, blank
		}
		return fail(MergedCells)
	}
	switch c.Kind {
	case sheet.Blank:
		if c.Formula {
			return fail(NotComputed)
		}
		return ledger.Empty, blank
	case sheet.Date:
		return fail(ledger.IsADate)
	case sheet.Error:
		return fail(ledger.IsAnError)
	}
	if isErrorText(c.Text) {
		return fail(ledger.IsAnError)
	}
	v, f := p.parse(&p.form.Columns[column], c.Text, suffix)
	if f != nil {
		p.reading.add(Finding{Sheet: t.sheet.Name, Column: title, Severity: f.Severity, Code: f.Code, Params: f.Params, Message: f.Message(),
			Value: c.Text, Village: village, book: t.book, row: at, col: col})
		return ledger.Empty, wrong
	}
	if v == ledger.Empty {
		return v, blank
	}
	return v, readable
}

// parse reads a text; a plain figure under a head that names another unit is in that unit.
func (p *pass) parse(col *campaign.Column, text, suffix string) (ledger.Value, *ledger.Finding) {
	v, f := ledger.Parse(col, text)
	if suffix == "" || f == nil && (v == ledger.Empty || v == 0) {
		return v, f
	}
	if folded := ledger.Fold(text); folded == "" || folded[len(folded)-1] < '0' || folded[len(folded)-1] > '9' {
		return v, f
	}
	return ledger.Parse(col, text+suffix)
}

// lineOf finds the filled one of a village's lines; clear is false when two differ.
func (p *pass) lineOf(t *table, row, last, col int) (at int, c sheet.Cell, clear bool) {
	at, c = row, p.value(t, row, col)
	for line := row + 1; line <= last; line++ {
		next := p.value(t, line, col)
		switch {
		case next.Kind == sheet.Blank && !next.Formula:
		case c.Kind == sheet.Blank && !c.Formula:
			at, c = line, next
		case c.Text != next.Text:
			return line, next, false
		}
	}
	return at, c, true
}

// spread tells whether the cell is merged with cells of another village or column.
func (p *pass) spread(t *table, row, last, col int) bool {
	for _, m := range p.merges[row] {
		if m.C1 > col || m.C2 < col {
			continue
		}
		if m.R1 < row || m.R2 > last {
			return true
		}
		for _, other := range t.columns {
			if other != col && m.C1 <= other && other <= m.C2 {
				return true
			}
		}
	}
	return false
}

// isErrorText tells the texts that errors become in a .csv or when pasted as values.
func isErrorText(s string) bool {
	switch s {
	case "#DIV/0!", "#N/A", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!":
		return true
	}
	return len(s) > 2 && strings.Trim(s, "#") == "" // a column too narrow for its figure
}
