package campaign

import (
	"fmt"
	"strings"
)

// Bulletin is the pack's plan of a monthly bulletin (月通报): its words, with references where the
// figures stand. Which unit and month it is about is not its business.
type Bulletin struct {
	Title    string // with {month}
	Number   string // 发文字号 with {year} and a blank for the number; empty: none
	Greeting string // 主送机关
	Issuers  []string
	CopyTo   string // 抄送
	Printer  string // 印发机关
	Sections []BulletinSection
	Tables   []BulletinTable
}

// BulletinSection is a heading with its paragraphs.
type BulletinSection struct {
	Heading    string
	Paragraphs []BulletinParagraph
}

// BulletinParagraph is a text with references in braces. With a list it stands only while some
// unit meets the list's condition; {list} names those and {count} tells how many.
type BulletinParagraph struct {
	Text string
	List *BulletinList
}

// BulletinList picks units, always named in the order of their codes: a list is no ranking.
type BulletinList struct {
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

// BulletinColumn is a column of a table.
type BulletinColumn struct {
	Title string
	Of    Ref
}

// RefKind says what a reference stands for.
type RefKind string

// The kinds of references.
const (
	RefSum      RefKind = "sum"      // planted_trees: the sum, or the villages with yes
	RefIncrease RefKind = "increase" // planted_trees+: what the month added
	RefShare    RefKind = "share"    // seminar_held%: villages with yes, of all
	RefRatio    RefKind = "ratio"    // planted_trees/planned_trees%: of two sums
	RefCount    RefKind = "count"    // villages, units, expected, on_time, late, missing
	RefPunctual RefKind = "punctual" // on_time/expected% and the like: of two counts
)

// Ref is a reference to a figure: {planted_trees}, {planted_trees+}, {seminar_held%},
// {planted_trees/planned_trees%}, {on_time/expected%}.
type Ref struct {
	Kind   RefKind
	Column string // a ledger column, or one of RefCounts
	Per    string // of a ratio
}

// RefCounts are the figures of reporting: of the unit now (carried: the villages that count with
// what was sealed for them in an earlier week), and of the month's weeks.
var RefCounts = []string{"villages", "units", "carried", "expected", "on_time", "late", "missing"}

// String writes the reference as it stands in a text, without its braces.
func (r Ref) String() string {
	switch r.Kind {
	case RefIncrease:
		return r.Column + "+"
	case RefShare:
		return r.Column + "%"
	case RefRatio, RefPunctual:
		return r.Column + "/" + r.Per + "%"
	}
	return r.Column
}

// ParseRef reads a reference to figures of a form; the error says what is wrong with it.
func ParseRef(f *Form, text string) (Ref, error) {
	text = strings.TrimSpace(text)
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
		return Ref{RefPunctual, name, per}, nil
	case ratio:
		other, ok := f.Column(per)
		if !ok || other.Type != col.Type || col.Type == YesNo {
			return Ref{}, fmt.Errorf("%q 不能和 %q 相比", name, per)
		}
		return Ref{RefRatio, name, per}, nil
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

// BulletinWords are what braces may also hold: words that are no figures.
var BulletinWords = []string{"unit", "month", "week", "since", "year", "list", "count"}

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
