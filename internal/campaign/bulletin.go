package campaign

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
)

// Bulletin is the campaign's bulletins: who issues them, and the plans of the monthly one (月通报)
// and of the quarterly summary (季小结). Which unit and period one is about is not its business.
type Bulletin struct {
	Offices []BulletinOffice
	Month   *BulletinPlan
	Quarter *BulletinPlan // nil: there is none
}

// BulletinOffice is what a unit's bulletins begin with until it has issued one of its own: the
// first one that fits is taken. Its texts may hold {unit}, {kind} and {year}.
type BulletinOffice struct {
	Level    string // county or city
	Name     string // the unit's; empty: every unit of the level
	Below    string // what the units below are called together: 乡镇场街道
	Number   string // 发文字号 with {year} and a blank for the number; empty: none
	Greeting string // 主送机关
	Issuers  []string
	CopyTo   string // 抄送
	Printer  string // 印发机关
}

// Office is what the bulletins of a unit begin with; ok is false when none fits.
func (b *Bulletin) Office(level, name string) (o BulletinOffice, ok bool) {
	for _, o := range b.Offices {
		if o.Level == level && (o.Name == "" || o.Name == name) {
			return o, true
		}
	}
	return BulletinOffice{}, false
}

// BulletinPlan is a bulletin's words, tables and charts, with references where the figures stand.
type BulletinPlan struct {
	Title    string // with {period}
	Sections []BulletinSection
	Tables   []BulletinTable
	Charts   []BulletinChart
}

// BulletinSection is a heading with its paragraphs. The first may have no heading: it leads in.
type BulletinSection struct {
	Heading    string
	Paragraphs []BulletinParagraph
}

// BulletinParagraph is a text with references in braces. With a list it stands only while somebody
// meets the list's condition; {named} names those with their number, {list} names them and {count}
// tells how many; {limit} and {also} are what the conditions are held against.
type BulletinParagraph struct {
	Text string
	List *BulletinList
}

// ListKind says what a list names.
type ListKind string

// The kinds of lists.
const (
	ListUnits    ListKind = ""         // units below whose figures meet the conditions
	ListVillages ListKind = "villages" // villages by how they report
	ListColumns  ListKind = "columns"  // figures of the unit itself that meet the condition
	ListTasks    ListKind = "tasks"    // key tasks
)

// VillageLists are the villages a list may name: not reported in the last week, late or not
// reported at least twice, counted with an earlier report.
var VillageLists = []string{"missing", "late", "carried"}

// TaskLists are what a list may name of the key tasks: those with their last day in the period that
// comes, or in what is left of the period when its figures are taken, those not done though their day is over, and of a city the counties that record here, each
// with how its tasks stand.
var TaskLists = []string{"due", "ending", "overdue", TasksRecorded}

// TasksRecorded is the list of the counties that record here.
const TasksRecorded = "recorded"

// BulletinList says whom a list names, always in the order of codes and numbers: it is no ranking.
type BulletinList struct {
	Kind ListKind
	Condition
	Also    *Condition       // of units: this too
	Columns []BulletinColumn // of columns: those looked at
	Which   string           // one of VillageLists or TaskLists
}

// Condition is what a figure must meet. Of columns, Of is empty.
type Condition struct {
	Of      Ref
	AtLeast int64 // in the figure's unit: percent of a share, 分 of money; with Below false
	Below   bool  // less than AtLeast instead
}

// BulletinTable is a table with a row per unit below and a total.
type BulletinTable struct {
	Title   string
	Unit    string
	Columns []BulletinColumn
}

// BulletinColumn is a column of a table, or a figure of a chart.
type BulletinColumn struct {
	Title string
	Of    Ref
}

// ChartKind says what a chart is drawn over.
type ChartKind string

// The kinds of charts.
const (
	ChartUnits  ChartKind = "units"  // bars: each figure of each unit below
	ChartWeeks  ChartKind = "weeks"  // lines: each figure of the unit in each of the period's weeks
	ChartShares ChartKind = "shares" // bars: the figures of the unit beside each other
)

// ChartKinds lists the kinds.
func ChartKinds() []ChartKind { return []ChartKind{ChartUnits, ChartWeeks, ChartShares} }

// BulletinChart is a chart. It stands behind a section, or among the annexes.
type BulletinChart struct {
	Title   string
	Kind    ChartKind
	Unit    string
	Section string // the heading of the section behind which it stands; empty: an annex
	Figures []BulletinColumn
}

// RefKind says what a reference stands for.
type RefKind string

// The kinds of references.
const (
	RefSum      RefKind = "sum"      // planted_trees: the sum, or the villages with yes
	RefIncrease RefKind = "increase" // planted_trees+: what the month added
	RefShare    RefKind = "share"    // seminar_held%: villages with yes, of all
	RefRatio    RefKind = "ratio"    // planted_trees/planned_trees%: of two sums
	RefWeek     RefKind = "week"     // planted_trees@2024-03-08: the sum as of a week
	RefCount    RefKind = "count"    // villages, units, expected, on_time, late, missing, tasks
	RefRank     RefKind = "rank"     // rank: the place by the rule of ranking in force
	RefPunctual RefKind = "punctual" // on_time/expected% and the like: of two counts
)

// Ref is a reference to a figure: {planted_trees}, {planted_trees+}, {seminar_held%},
// {planted_trees/planned_trees%}, {on_time/expected%}, {planted_trees@2024-03-08}, {rank}.
type Ref struct {
	Kind   RefKind
	Column string    // a ledger column, or one of RefCounts
	Per    string    // of a ratio
	Week   date.Date // of RefWeek
}

// OfColumns tells whether the reference is of the ledger's columns: what people have done, not how they
// report.
func (r Ref) OfColumns() bool {
	return r.Kind == RefSum || r.Kind == RefIncrease || r.Kind == RefShare || r.Kind == RefRatio
}

// RefCounts are the figures of reporting: of the unit now (carried: the villages that count with
// what was sealed for them in an earlier week), of the period's weeks, and of the key tasks as they
// stand at its end.
var RefCounts = []string{"villages", "units", "carried", "expected", "on_time", "late", "missing", "tasks", "tasks_done", "tasks_overdue", "tasks_open"}

// Percent tells whether the figure is written in percent.
func (r Ref) Percent() bool {
	return r.Kind == RefShare || r.Kind == RefRatio || r.Kind == RefPunctual
}

// String writes the reference as it stands in a text, without its braces.
func (r Ref) String() string {
	switch r.Kind {
	case RefIncrease:
		return r.Column + "+"
	case RefShare:
		return r.Column + "%"
	case RefRatio, RefPunctual:
		return r.Column + "/" + r.Per + "%"
	case RefWeek:
		return r.Column + "@" + r.Week.String()
	}
	return r.Column
}

// ParseRef reads a reference to figures of a form; the error says what is wrong with it.
func ParseRef(f *Form, text string) (Ref, error) {
	text = strings.TrimSpace(text)
	if text == string(RefRank) {
		return Ref{Kind: RefRank, Column: text}, nil
	}
	if name, day, ok := strings.Cut(text, "@"); ok {
		week, err := date.Parse(day)
		if _, known := f.Column(name); err != nil || !known {
			return Ref{}, fmt.Errorf("%q 应写成 列@日期", text)
		}
		return Ref{Kind: RefWeek, Column: name, Week: week}, nil
	}
	body, share := strings.CutSuffix(text, "%")
	body, more := strings.CutSuffix(body, "+")
	name, per, ratio := strings.Cut(body, "/")
	count := isCount(name)
	col, known := f.Column(name)
	switch {
	case !count && !known:
		return Ref{}, fmt.Errorf("没有 %q 这一列或这个数", name)
	case share && more, ratio && !share, more && count:
		return Ref{}, fmt.Errorf("%q 应写成 列、列+、是否列%%、列/列%% 之一", text)
	case ratio && count:
		if !isCount(per) {
			return Ref{}, fmt.Errorf("没有 %q 这个数", per)
		}
		return Ref{Kind: RefPunctual, Column: name, Per: per}, nil
	case ratio:
		other, ok := f.Column(per)
		if !ok || other.Type != col.Type || col.Type == YesNo {
			return Ref{}, fmt.Errorf("%q 不能和 %q 相比", name, per)
		}
		return Ref{Kind: RefRatio, Column: name, Per: per}, nil
	case share && (count || col.Type != YesNo):
		return Ref{}, fmt.Errorf("%q 不是是/否列，占比要写成 列/列%%", name)
	case share:
		return Ref{Kind: RefShare, Column: name}, nil
	case more:
		return Ref{Kind: RefIncrease, Column: name}, nil
	case count:
		return Ref{Kind: RefCount, Column: name}, nil
	}
	return Ref{Kind: RefSum, Column: name}, nil
}

func isCount(name string) bool {
	for _, c := range RefCounts {
		if c == name {
			return true
		}
	}
	return false
}

// BulletinWords are what braces may also hold: words that are no figures. ListWords among them
// belong to a list.
var (
	BulletinWords = []string{"unit", "kind", "below", "period", "next", "week", "since", "year", "unrecorded", "named", "list", "count", "limit", "also"}
	ListWords     = []string{"named", "list", "count", "limit", "also"}
)

// Piece is a part of a text with references: words, or what stands in braces.
type Piece struct {
	Text string
	Ref  string // what stood in the braces; empty for words
}

// Pieces cuts a text at its braces; a brace that is not closed is an error.
func Pieces(text string) ([]Piece, error) {
	var out []Piece
	for text != "" {
		before, rest, open := strings.Cut(text, "{")
		if strings.ContainsRune(before, '}') {
			return nil, fmt.Errorf("有 } 没有 {")
		}
		if before != "" {
			out = append(out, Piece{Text: before})
		}
		if !open {
			break
		}
		ref, after, closed := strings.Cut(rest, "}")
		if !closed || strings.ContainsRune(ref, '{') {
			return nil, fmt.Errorf("有 { 没有 }")
		}
		out = append(out, Piece{Ref: strings.TrimSpace(ref)})
		text = after
	}
	return out, nil
}
