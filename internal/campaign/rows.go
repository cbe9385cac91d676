package campaign

import "slices"

// RowsSpec is the table of a field of rows: 地块, 责任区. Its lines can make up figures of the
// record, which then need not be typed.
type RowsSpec struct {
	Word    string // what one line is: 地块
	Unit    string // how lines are counted: 块
	Max     int    // lines
	Counts  string // the count field that is the number of lines; empty: none
	Columns []RowColumn
}

// RowType says what a column of rows holds.
type RowType string

// The types of columns.
const (
	RowText   RowType = "text"
	RowChoice RowType = "choice"
	RowCount  RowType = "count"
	RowTree   RowType = "tree"  // a kind of tree, by its name
	RowNames  RowType = "names" // names of people
	RowArea   RowType = "area"  // an outline on the sketch map
	RowLine   RowType = "line"  // a stroke or a point on the sketch map
)

// Drawn tells whether what it holds is drawn on the sketch map.
func (t RowType) Drawn() bool { return t == RowArea || t == RowLine }

// RowColumn is one column of a field of rows.
type RowColumn struct {
	Key      string
	Title    string
	Type     RowType
	Unit     string
	Required bool
	Max      int64    // of a count
	Choices  []Choice // of a choice
	Sums     string   // of a count: the count field that is its sum
	Distinct string   // of names: the count field that is how many different ones there are
	Answers  string   // of what is drawn: the yes/no field that is yes when something is
}

// Column finds a column by its key.
func (r *RowsSpec) Column(key string) (*RowColumn, bool) {
	for i := range r.Columns {
		if r.Columns[i].Key == key {
			return &r.Columns[i], true
		}
	}
	return nil, false
}

// Gives tells whether a field of the record can follow from the table.
func (r *RowsSpec) Gives(field string) bool {
	if field == "" {
		return false
	}
	return r.Counts == field || slices.ContainsFunc(r.Columns, func(c RowColumn) bool {
		return c.Sums == field || c.Distinct == field || c.Answers == field
	})
}

// Named tells whether the table holds names of people.
func (r *RowsSpec) Named() bool {
	return slices.ContainsFunc(r.Columns, func(c RowColumn) bool { return c.Type == RowNames })
}

// Choice finds an answer by its key.
func (c *RowColumn) Choice(key string) (Choice, bool) {
	for _, one := range c.Choices {
		if one.Key == key {
			return one, true
		}
	}
	return Choice{}, false
}

// Derived tells whether a field can follow from a table of its kind.
func (k *RecordKind) Derived(field string) bool {
	return slices.ContainsFunc(k.Fields, func(f Field) bool { return f.Rows != nil && f.Rows.Gives(field) })
}

// Drawn tells whether something of the kind is drawn on a sketch map.
func (k *RecordKind) Drawn() bool {
	return slices.ContainsFunc(k.Fields, func(f Field) bool {
		return f.Rows != nil && slices.ContainsFunc(f.Rows.Columns, func(c RowColumn) bool { return c.Type.Drawn() })
	})
}
