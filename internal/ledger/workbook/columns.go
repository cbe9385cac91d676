package workbook

import (
	"slices"

	"github.com/sangzi/sangzi/internal/office/sheet"
)

// How sure it is that a column of the sheet is a column of the form; smaller is surer.
const (
	byPrint = iota // the printed title
	byAlias        // another known text
	byGuess        // see guess
)

// leaf is what stands over one column of a sheet.
type leaf struct {
	texts []headText // from the lowest row up, without blanks and without what spans columns
	over  []headText // what spans it and other columns, groups of the form left out
	group int        // index of the form's group above it, or -1
	row   int        // of the lowest text
	first bool       // the column where a text over several columns begins
}

// readHeads says which column holds what. It gives nil when this is no ledger: fewer than half
// of the form's columns, or no column of names.
func (r *Reader) readHeads(s *sheet.Sheet, book, top, bottom int, span [2]int) *table {
	t := &table{sheet: s, book: book, top: top, bottom: bottom, left: span[0], right: span[1], town: -1, county: -1, code: -1, serial: -1}
	n := len(r.form.Columns)
	t.columns, t.units = make([]int, n), make([]string, n)
	quality := make([]int, n)
	for i := range t.columns {
		t.columns[i] = -1
	}
	leaves := make([]leaf, span[1]-span[0])
	groups := make([]int, bottom-top+1)
	for i := range groups {
		groups[i] = -1
	}
	var open []int // columns of the sheet nobody has claimed
	for i := range leaves {
		col := span[0] + i
		leaves[i] = r.leaf(s, top, bottom, col, groups)
		target, q := r.known(&leaves[i])
		switch {
		case target >= 0:
			r.claim(t, quality, target, q, col, &leaves[i])
		case target == noTarget || target == manyTarget:
			if len(leaves[i].texts) > 0 {
				open = append(open, col)
			}
		default:
			t.special(target, col)
		}
	}
	for _, col := range open {
		l := &leaves[col-span[0]]
		if target := r.guessed(l); target >= 0 && t.columns[target] < 0 {
			r.claim(t, quality, target, byGuess, col, l)
		}
	}
	for _, c := range t.twice {
		t.columns[c.column] = -1
	}
	for i := range t.columns {
		if t.columns[i] >= 0 {
			t.found++
		}
	}
	if len(t.names) == 0 {
		t.names = r.namesByContent(t, bottom+1)
	}
	if len(t.names) == 0 || t.found+len(t.twice) < (n+1)/2 {
		return nil
	}
	slices.Sort(t.names)
	return t
}

// leaf gathers the texts over a column. groups holds, per head row, the last group title seen
// to the left: a group's title may stand in its first cell only.
func (r *Reader) leaf(s *sheet.Sheet, top, bottom, col int, groups []int) leaf {
	l := leaf{group: -1, first: true}
	last := sheet.Range{R1: -1}
	for row := bottom; row >= top; row-- {
		m, merged := merge(s, row, col)
		if merged && m == last {
			continue
		}
		cell := s.At(row, col)
		if cell.Kind != sheet.Text && cell.Kind != sheet.Number {
			continue
		}
		h := readHead(cell.Text)
		if g, ok := r.heads.groups[h.key]; ok {
			groups[row-top] = g
			continue
		}
		if merged {
			last = m
			if m.C2 > m.C1 && (m.R2 < bottom && len(l.texts) > 0 || r.heads.lookup(h) == noTarget) {
				l.over = append(l.over, h)
				continue // a title over several columns says nothing about one of them alone
			}
			l.first = l.first && m.C1 == col
		}
		if len(l.texts) == 0 {
			l.row = row
		}
		if h.key != "" || h.unit != "" {
			l.texts = append(l.texts, h)
		}
	}
	for _, g := range groups {
		if g >= 0 {
			l.group = g
		}
	}
	return l
}

func merge(s *sheet.Sheet, row, col int) (sheet.Range, bool) {
	for _, m := range s.Merges {
		if m.R1 <= row && row <= m.R2 && m.C1 <= col && col <= m.C2 {
			return m, true
		}
		if m.R1 > row {
			break
		}
	}
	return sheet.Range{}, false
}

// forms are the readings of what stands over a column: the lowest text, then it joined to
// those above.
func (l *leaf) forms() []headText {
	var list []headText
	unit, joined := "", ""
	off := false
	for _, h := range l.texts {
		if h.unit != "" && unit == "" {
			unit = h.unit
		}
		off = off || h.off
		if headUnits[h.key] && joined == "" { // a row of units
			unit = h.key
			continue
		}
		if h.key == "" {
			continue
		}
		joined = h.key + joined
		list = append(list, headText{key: joined, unit: unit, off: off})
	}
	for _, over := range l.over {
		if joined == "" || over.key == "" {
			continue
		}
		if unit == "" {
			unit = over.unit
		}
		off = off || over.off
		if totals[joined] {
			list = append(list, headText{key: over.key, off: off})
		}
		list = append(list, headText{key: joined + over.key, off: off}, headText{key: over.key + joined, off: off})
	}
	for i := range list {
		list[i].unit = unit
	}
	return list
}

// totals are heads of the column that sums those beside it.
var totals = map[string]bool{"合计": true, "小计": true, "总计": true, "总数": true, "总额": true, "共计": true, "总量": true}

func (r *Reader) known(l *leaf) (target, quality int) {
	for _, h := range l.forms() {
		if t := r.heads.lookup(h); t != noTarget && t != manyTarget {
			if t >= 0 && r.heads.printed(h, t) {
				return t, byPrint
			}
			return t, byAlias
		}
	}
	return noTarget, 0
}

func (r *Reader) guessed(l *leaf) int {
	for _, h := range l.forms() {
		if t := r.heads.guess(h, l.group); t >= 0 {
			return t
		}
	}
	return noTarget
}

// claim gives a form column its column of the sheet. Of two that claim the same the surer one
// has it; two equally sure ones are a clash and neither has it.
func (r *Reader) claim(t *table, quality []int, target, q, col int, l *leaf) {
	if !l.first {
		return
	}
	unit := ""
	for _, h := range l.forms() {
		unit = h.unit
	}
	if t.columns[target] >= 0 {
		switch {
		case q > quality[target]:
			return
		case q == quality[target]:
			t.twice = append(t.twice, clash{target, l.row, col})
			return
		}
		t.twice = slices.DeleteFunc(t.twice, func(c clash) bool { return c.column == target })
	}
	t.columns[target], quality[target], t.units[target] = col, q, unit
}

// special notes the columns beside the form's own. A name over two columns is in two parts.
func (t *table) special(target, col int) {
	switch target {
	case nameTarget:
		t.names = append(t.names, col)
	case townTarget:
		if t.town < 0 {
			t.town = col
		}
	case countyTarget:
		if t.county < 0 {
			t.county = col
		}
	case codeTarget:
		if t.code < 0 {
			t.code = col
		}
	case serialTarget:
		if t.serial < 0 {
			t.serial = col
		}
	}
}

// namesByContent finds the column of names under a head nobody knows: the one where most
// cells name villages.
func (r *Reader) namesByContent(t *table, from int) []int {
	const looked = 24
	for col := t.left; col < t.right; col++ {
		if slices.Contains(t.columns, col) {
			continue
		}
		texts, villages := 0, 0
		for row := from; row < min(len(t.sheet.Rows), from+looked); row++ {
			c := t.sheet.At(row, col)
			if c.Kind != sheet.Text {
				continue
			}
			texts++
			if len(r.tree.Resolve(r.within, c.Text)) > 0 {
				villages++
			}
		}
		if villages > 0 && villages*3 >= texts*2 {
			return []int{col}
		}
	}
	return nil
}
