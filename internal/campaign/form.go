package campaign

// ColumnType says what the cells of a column hold.
type ColumnType string

// The column types.
const (
	YesNo ColumnType = "yes_no" // 是 or 否
	Count ColumnType = "count"  // a whole number, not negative
	Money ColumnType = "money"  // 万元, kept in 分 (1 万元 = 1,000,000 分)
)

// FenPerWan is how many 分 one 万元 has: the factor between the printed and the kept amount.
const FenPerWan = 1_000_000

// Form is a ledger form as the notice prints it: head, grouped columns, notes, and the rules
// between columns.
type Form struct {
	Title       string      // 乡村绿化工作台账
	Annex       string      // 附件2
	Head        []HeadField // the line above the table, in order
	SerialTitle string      // 序号
	NameTitle   string      // 行政村(含涉农社区)名称
	NameAliases []string    // other texts that stand over the names
	Groups      []Group
	Columns     []Column // in the order of the form
	Example     Example
	Notes       []string // with their numbers, as printed below the table
	Rules       []Rule

	index map[string]int
}

// ColumnIndex finds a column by its key; ok is false when the form has none such.
func (f *Form) ColumnIndex(key string) (index int, ok bool) {
	index, ok = f.index[key]
	return index, ok
}

// Column finds a column by its key; ok is false when the form has none such.
func (f *Form) Column(key string) (Column, bool) {
	i, ok := f.index[key]
	if !ok {
		return Column{}, false
	}
	return f.Columns[i], true
}

// HeadField is one entry of the line above the table, such as 填报单位.
type HeadField struct {
	Key   string // unit, contact, phone or filled_on
	Title string
}

// Group is a band of neighbouring columns under one title of the upper head row.
type Group struct {
	Key   string
	Title string
	First int // index of its first column
	Count int // number of its columns
}

// Column is one column of the ledger.
type Column struct {
	Key     string   // stable, also in stored rows and in the API
	Title   string   // as the form prints it, scanning errors corrected
	Scanned string   // as the scanned head has it, where that differs
	Short   string   // for screens
	Aliases []string // other head texts that offices type
	Group   string   // key of its group
	Type    ColumnType
	Unit    string // 株, 人, 人次, 万元 or empty
	Grows   bool   // cumulative: less than last week is pointed out
	Keeps   bool   // yes, once said, should stay yes
	Max     int64  // above it is absurd and an error; 分 for money; 0 for yes_no
	Large   int64  // above it is pointed out; 分 for money; 0: never
	Derive  *Tally // how it follows from records; nil: it is typed
}

// Heads lists every text that may stand over the column, the printed title first.
func (c Column) Heads() []string {
	heads := []string{c.Title}
	for _, h := range append([]string{c.Scanned, c.Short}, c.Aliases...) {
		if h != "" && h != heads[0] {
			heads = append(heads, h)
		}
	}
	return heads
}

// Example is the row 填写示范 under the head. Its cells follow the column types, not the
// scanned row, which lost a cell.
type Example struct {
	Serial string // 填写示范
	Name   string
	YesNo  string // what a yes_no cell shows: 是/否
	Number string // what any other cell shows: N
}

// Cell is what the example row shows in a column.
func (e Example) Cell(c Column) string {
	if c.Type == YesNo {
		return e.YesNo
	}
	return e.Number
}

// RuleKind says how a rule holds columns against each other.
type RuleKind string

// The kinds of rules.
const (
	AtMost RuleKind = "at_most" // Column ≤ Against[0]
	Sum    RuleKind = "sum"     // Column = the sum of Against
)

// Severity is how a broken rule is treated: an error blocks, a warning wants a note.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Rule is a rule between columns of one row. A rule with an empty cell among its columns
// says nothing.
type Rule struct {
	Code     string // stable, such as planted_over_secured
	Kind     RuleKind
	Column   string   // key of the column the finding stands at
	Against  []string // keys of the columns it is held against
	Severity Severity
	Says     string // what is wrong, for people, without figures
}
