package workbook

import "github.com/sangzi/sangzi/internal/problem"

// The reasons a whole file is refused, beside those of package sheet.
var (
	// ErrNoTable: no sheet has the head row of the kind. {kind}
	ErrNoTable = problem.New(problem.Invalid, "record.no_table")
	// ErrColumns: the head row lacks columns without which nothing can be recorded. {columns}
	ErrColumns = problem.New(problem.Invalid, "record.columns_missing")
	// ErrNoRows: the table is empty.
	ErrNoRows = problem.New(problem.Invalid, "record.no_rows")
	// ErrTooManyRows: more rows than are read at once. {max}
	ErrTooManyRows = problem.New(problem.Invalid, "record.too_many_rows")
)

// NotComputed: a cell holds a formula whose value was never stored.
const NotComputed = "ledger.not_computed"
