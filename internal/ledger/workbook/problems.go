package workbook

import "github.com/sangzi/sangzi/internal/problem"

// The reasons a whole file is refused, beside those of package sheet.
var (
	// ErrNoLedger: no sheet of the file holds a ledger.
	ErrNoLedger = problem.New(problem.Invalid, "ledger.no_ledger")
	// ErrForeign: the file belongs to a unit outside the one it was read for; parameters unit
	// and within, both names.
	ErrForeign = problem.New(problem.Invalid, "ledger.foreign_file")
)

// The codes of findings in a workbook, beside those of package ledger.
const (
	UnknownVillage   = "ledger.unknown_village"     // no village of that name here
	AmbiguousVillage = "ledger.ambiguous_village"   // two or more fit
	VillageTwice     = "ledger.village_twice"       // two rows of one village; a warning when they are equal
	OutsideUnit      = "ledger.outside_unit"        // the village belongs to another unit
	CodeDisagrees    = "ledger.code_disagrees"      // the code and the name are two villages
	NoName           = "ledger.no_village_name"     // figures without a village
	ColumnMissing    = "ledger.column_missing"      // the form's column is not in the head
	ColumnTwice      = "ledger.column_twice"        // two columns of the sheet claim to be one
	NotComputed      = "ledger.not_computed"        // a formula whose value was never stored
	MergedCells      = "ledger.merged_cells"        // one cell over several villages or columns
	TwoValues        = "ledger.two_values"          // a village's row of two lines that differ
	NoRows           = "ledger.no_rows"             // a ledger without a village
	TownDisagrees    = "ledger.town_disagrees"      // 填报单位 and the villages say two towns
	FileDisagrees    = "ledger.file_name_disagrees" // the file's name says another town
	TooManyFindings  = "ledger.too_many_findings"   // the rest is not listed
)
