package campaign

import "slices"

// Records says what a campaign records where it is done, and who is counted among those who
// took part.
type Records struct {
	Categories []Choice     // of those who took part: 领导干部, 党员, 村民 …
	Kinds      []RecordKind // in the order in which they are offered
	Boxes      []Box        // of counties, roughly; a county without one is not held against any

	index map[string]int
}

// Kind finds a kind of record by its key.
func (r *Records) Kind(key string) (*RecordKind, bool) {
	i, ok := r.index[key]
	if !ok {
		return nil, false
	}
	return &r.Kinds[i], true
}

// RecordKind is one kind of record (记录): 义务植树, 乡贤座谈会, 资金 …
type RecordKind struct {
	Key      string
	Title    string   // 义务植树
	Tile     string   // one character for the phone's tiles: 树
	Group    string   // what the list shows it under: 种植, 组织发动, 保障, 底数
	At       []string // levels of the units it may be done at: village, town, county
	People   bool     // those who took part are counted by category
	Span     bool     // holds from its day until another, and while it has no end
	Approval bool     // counts only once the level above has approved it
	Check    bool     // the county looks at it and says what it thinks; it counts meanwhile
	Fields   []Field
	Clause   string   // of the forwarded notice
	Photos   PhotoUse // empty: it takes none
	Position bool     // where it is may be said in degrees

	index map[string]int
}

// MayBeAt tells whether the kind is done at units of a level: village, town or county.
func (k *RecordKind) MayBeAt(level string) bool { return slices.Contains(k.At, level) }

// Field finds a field by its key.
func (k *RecordKind) Field(key string) (*Field, bool) {
	i, ok := k.index[key]
	if !ok {
		return nil, false
	}
	return &k.Fields[i], true
}

// FieldType says what a field holds.
type FieldType string

// The types of fields.
const (
	FieldCount   FieldType = "count"   // a whole number
	FieldMoney   FieldType = "money"   // 万元, kept in 分
	FieldYesNo   FieldType = "yes_no"  // 是 or 否
	FieldChoice  FieldType = "choice"  // one of its choices
	FieldText    FieldType = "text"    // a line of text
	FieldNames   FieldType = "names"   // several names, each counted once however often it comes
	FieldSpecies FieldType = "species" // kinds of trees, each with a count, which add up to the field Of
	FieldRows    FieldType = "rows"    // a small table, one line for each plot, area …
)

// Field is one thing a record says beside where and when.
type Field struct {
	Key      string
	Title    string
	Type     FieldType
	Unit     string // 株, 人次, 万元
	Required bool
	Max      int64     // above it is absurd; 分 for money
	Large    int64     // above it is pointed out; 分 for money; 0: never
	Choices  []Choice  // of a choice
	Of       string    // of species: the count they add up to
	Help     string    // how it is filled, in a few words; empty: by its type
	Register bool      // of names: they are those of the register of patrons
	Rows     *RowsSpec // of rows
}

// Choice is one of the answers a field may have.
type Choice struct {
	Key   string
	Title string
}

// Choice finds an answer by its key.
func (f *Field) Choice(key string) (Choice, bool) {
	for _, c := range f.Choices {
		if c.Key == key {
			return c, true
		}
	}
	return Choice{}, false
}

// TallyKind says how records become a figure.
type TallyKind string

// The kinds of tallies. All take the records that had happened by a day and were known by a
// deadline.
const (
	TallySum      TallyKind = "sum"      // of a count or money field
	TallyCount    TallyKind = "count"    // how many records
	TallyAny      TallyKind = "any"      // yes as soon as there is one
	TallyStanding TallyKind = "standing" // yes while one holds on the day
	TallyDistinct TallyKind = "distinct" // of the names in a field
	TallyLatest   TallyKind = "latest"   // what the last one says
)

// Tally is a figure over records: which are counted and how.
type Tally struct {
	Kind   TallyKind
	Record string              // key of the kind of record
	Field  string              // what is summed, counted once or read; empty for count, any and standing
	Where  map[string][]string // by choice field, the answers that count; empty: all
	Zero   bool                // of latest: while no record says anything it is 0, not unknown
}

// Additive tells whether a figure is a sum of what each record adds, so that a difference from
// it stays true when more is recorded.
func (m *Tally) Additive() bool {
	return m.Kind == TallySum || m.Kind == TallyCount || m.Kind == TallyDistinct
}

// Takes tells whether a record of the answers given counts.
func (m *Tally) Takes(kind string, answers map[string]string) bool {
	if kind != m.Record {
		return false
	}
	for field, keys := range m.Where {
		if !slices.Contains(keys, answers[field]) {
			return false
		}
	}
	return true
}
