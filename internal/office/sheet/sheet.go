package sheet

// Format is the kind of file a book was read from, told by its content.
type Format uint8

// The formats that can be read.
const (
	XLSX Format = iota + 1
	XLS
	CSV
)

// String names the format as its usual file extension.
func (f Format) String() string {
	switch f {
	case XLSX:
		return "xlsx"
	case XLS:
		return "xls"
	case CSV:
		return "csv"
	}
	return "unknown"
}

// Kind says what a cell holds.
type Kind uint8

// The kinds. The zero Cell is Blank. In a CSV every filled cell is Text.
const (
	Blank Kind = iota
	Text
	Number
	Bool
	Date
	Error
)

// String names the kind.
func (k Kind) String() string {
	switch k {
	case Blank:
		return "blank"
	case Text:
		return "text"
	case Number:
		return "number"
	case Bool:
		return "bool"
	case Date:
		return "date"
	case Error:
		return "error"
	}
	return "unknown"
}

// Cell is one cell as a clerk sees it. Text is the stored value, not its display: a Number has
// at most 15 significant digits and no exponent below 1e21; a Bool is "TRUE" or "FALSE"; an
// Error is "#DIV/0!" and the like; a Date is "2024-03-29", "2024-03-29 08:30:00", a bare time
// "08:30:00", or hours elapsed "36:00:00" where the format counts them.
//
// Formula is set on computed cells. Blank with Formula means no program has computed the cell
// yet; Text with Formula and no characters means the formula gave an empty text.
type Cell struct {
	Kind    Kind
	Formula bool
	Text    string
}

// Range is a rectangle of cells, zero based, both corners included.
type Range struct{ R1, C1, R2, C2 int }

// Sheet is one worksheet. Rows[0] is row 1; a row ends at its last filled cell and the sheet
// at its last filled row. Merged areas are not expanded here, see At.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   [][]Cell
	Merges []Range // by first row, then first column

	reach []int // reach[i] is the lowest row that Merges[:i+1] touch
}

// Book is a workbook: its worksheets in the order of their tabs, hidden ones too. Chart and
// macro sheets are left out. A CSV is a book of one sheet.
type Book struct {
	Name   string
	Format Format
	Sheets []Sheet
}
