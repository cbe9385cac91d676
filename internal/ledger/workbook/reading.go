package workbook

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// mostFindings is how many findings are listed of one file; a hostile or hopeless one has more.
const mostFindings = 5_000

// Reading is what a workbook says: the rows that could be taken, and everything that was wrong
// with it, at its cells.
type Reading struct {
	File       string
	Format     sheet.Format
	Town       unit.Code   // whose file it is; 0 when it holds several towns or does not tell
	Head       ledger.Head // of the first ledger in the file
	Parts      []Part      // one per sheet that holds a ledger
	Rows       []Row       // as they stand in the file, each village once
	Unreported []unit.Code // villages that are named with all their cells blank
	Findings   []Finding   // by sheet and cell

	form   *campaign.Form
	unsaid int             // findings beyond mostFindings
	named  map[*int]string // letters of a table's columns, by their first
}

// Part is one sheet's ledger.
type Part struct {
	Sheet string
	Town  unit.Code // 0 when it holds several towns or does not tell
	Head  ledger.Head
}

// Row is a village's row. Cells that were blank or wrong are Empty in Values.
type Row struct {
	Village unit.Code
	Values  ledger.Values
	Name    string // as it is written
	Sheet   string

	book    int // index of the sheet
	row     int // zero based
	name    int // column of the name
	columns []int
	faulty  bool // a cell of it has an error
}

// Cell is where the value of a form's column was read, in A1 form; "" when the sheet lacks
// the column.
func (r *Row) Cell(column int) string { return sheet.Ref(r.row, r.columns[column]) }

// NameCell is where the village's name stands, in A1 form.
func (r *Row) NameCell() string { return sheet.Ref(r.row, r.name) }

// Source is where the row's values came from, for keeping with them.
func (r *Reading) Source(row *Row) ledger.Source {
	return ledger.Source{Kind: ledger.ByWorkbook, File: r.File, Sheet: row.Sheet, Row: row.row + 1, Columns: r.letters(row.columns)}
}

// letters names the columns of a table: "C D - E", - for one that it lacks. The rows of a table
// share one text, as they share their columns.
func (r *Reading) letters(columns []int) string {
	if len(columns) == 0 {
		return ""
	}
	if text, ok := r.named[&columns[0]]; ok {
		return text
	}
	list := make([]string, len(columns))
	for i, c := range columns {
		if list[i] = "-"; c >= 0 {
			list[i] = strings.TrimSuffix(sheet.Ref(0, c), "1")
		}
	}
	if r.named == nil {
		r.named = map[*int]string{}
	}
	text := strings.Join(list, " ")
	r.named[&columns[0]] = text
	return text
}

// Finding is one thing that is wrong or needs a word, at its cell.
type Finding struct {
	Sheet    string
	Cell     string // A1; the name cell when it is about the whole row
	Column   string // the column's title as the form prints it; the name's title for names
	Severity ledger.Severity
	Code     string
	Params   problem.Params
	Message  string
	Value    string    // what the cell holds
	Village  unit.Code // 0 when it is not about one village

	book, row, col int
}

// Errors counts the findings that block.
func (r *Reading) Errors() int {
	n := 0
	for i := range r.Findings {
		if r.Findings[i].Severity == ledger.Error {
			n++
		}
	}
	return n
}

// Check adds the warnings that need more than one cell: against the village's previous row
// (previous gives nil when there is none) and between the columns of the row. Blank cells have
// been found by Read.
func (r *Reading) Check(previous func(unit.Code) ledger.Values) {
	before := len(r.Findings)
	for i := range r.Rows {
		row := &r.Rows[i]
		var last ledger.Values
		if previous != nil {
			last = previous(row.Village)
		}
		for _, f := range ledger.Check(r.form, row.Values, last) {
			if f.Code == ledger.Blank {
				continue
			}
			at, col := row.name, r.form.NameTitle
			if f.Column >= 0 {
				at, col = row.columns[f.Column], r.form.Columns[f.Column].Title
			}
			if at < 0 {
				at = row.name
			}
			r.add(Finding{Sheet: row.Sheet, Column: col, Severity: f.Severity, Code: f.Code, Params: f.Params,
				Message: f.Message(), Value: f.Value, Village: row.Village, book: row.book, row: row.row, col: at})
		}
	}
	if len(r.Findings) > before {
		r.sort()
	}
}

// add lists a finding, in words, as long as the list is of use to anybody.
func (r *Reading) add(f Finding) {
	if len(r.Findings) >= mostFindings {
		r.unsaid++
		return
	}
	f.Cell = sheet.Ref(f.row, f.col)
	if f.Message == "" {
		f.Message = words.Text(f.Code, f.Params)
	}
	r.Findings = append(r.Findings, f)
}

func (r *Reading) sort() {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.book, b.book), cmp.Compare(a.row, b.row), cmp.Compare(a.col, b.col))
	})
}
