package workbook

import (
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/words"
)

// AboutRow adds a finding about a whole row of the reading, at the village's name cell: what
// only shows beside other files. The sentence is the catalogue's for the key.
func (r *Reading) AboutRow(row *Row, severity ledger.Severity, code, sentence string, params problem.Params) {
	r.add(Finding{Sheet: row.Sheet, Column: r.form.NameTitle, Severity: severity, Code: code, Params: params,
		Message: words.Text(sentence, params), Value: row.Name, Village: row.Village, book: row.book, row: row.row, col: row.name})
	r.sort()
}

// Faulty tells whether a cell of the row was wrong, so that its values are not all there is.
func (r *Row) Faulty() bool { return r.faulty }
