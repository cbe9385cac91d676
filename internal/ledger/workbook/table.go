package workbook

import (
	"strings"

	"github.com/sangzi/sangzi/internal/office/sheet"
)

// table is a ledger found on a sheet: which column holds what, and which rows are its data.
type table struct {
	sheet       *sheet.Sheet
	book        int // index of the sheet
	top, bottom int // the rows of the head
	from, to    int // the rows below it, half open
	left, right int // the columns it may use, half open

	columns []int    // per form column, the sheet's column or -1
	units   []string // per form column, what the head says its figures are in
	names   []int    // the columns of the name, left to right
	town    int      // a column with the town's name, or -1
	county  int
	code    int // a column with 12-digit codes, or -1
	serial  int
	twice   []clash // columns that are there more than once
	found   int     // how many of the form's columns are there
}

// clash is a form column that several columns of the sheet claim to be.
type clash struct{ column, row, col int }

// The seed of a head is a row with this many of the form's head texts.
const seedHeads = 3

// tables finds the ledgers on a sheet, head by head from the top.
func (r *Reader) tables(s *sheet.Sheet, book int) []*table {
	var list []*table
	for row := 0; row < len(s.Rows); row++ {
		if r.hits(s.Rows[row]) < seedHeads {
			continue
		}
		top, bottom := r.headRows(s, row)
		var here []*table
		for _, span := range r.blocks(s, top, bottom) {
			if t := r.readHeads(s, book, top, bottom, span); t != nil {
				here = append(here, t)
			}
		}
		for _, t := range here {
			t.from, t.to = bottom+1, len(s.Rows)
		}
		if len(here) > 0 {
			for _, t := range list {
				t.to = min(t.to, top)
			}
			list = append(list, here...)
		}
		row = max(row, bottom)
	}
	return list
}

// hits counts the different columns of the form whose head texts stand in a row.
func (r *Reader) hits(cells []sheet.Cell) int {
	texts := 0
	for i := range cells {
		if mayBeHead(&cells[i]) {
			texts++
		}
	}
	if texts < seedHeads {
		return 0
	}
	var seen uint64
	n := 0
	for i := range cells {
		if !mayBeHead(&cells[i]) {
			continue
		}
		if t := r.heads.lookup(readHead(cells[i].Text)); t >= 0 && t < 64 && seen&(1<<t) == 0 {
			seen |= 1 << t
			n++
		}
	}
	return n
}

// mayBeHead is false for what fills the cells of data rows: figures, 是 and 否, nothing.
func mayBeHead(c *sheet.Cell) bool {
	if c.Kind != sheet.Text || len(c.Text) < 6 || len(c.Text) > 240 {
		return false
	}
	first, last := c.Text[0], c.Text[len(c.Text)-1]
	return first < '+' || first > '9' || last >= 0x80 || last == ')'
}

// headRows grows the seed to the whole head.
func (r *Reader) headRows(s *sheet.Sheet, seed int) (top, bottom int) {
	top, bottom = seed, seed
	for bottom+1 < len(s.Rows) && bottom < seed+3 && r.continuesHead(s, bottom+1) {
		bottom++
	}
	for top > 0 && top > seed-3 && r.beginsHead(s, top-1) {
		top--
	}
	return top, bottom
}

// continuesHead tells whether a row below head rows is one more of them: it holds head texts,
// nothing but units, or the lower end of a head cell.
func (r *Reader) continuesHead(s *sheet.Sheet, row int) bool {
	units, others := 0, 0
	for _, c := range s.Rows[row] {
		if c.Kind == sheet.Blank {
			continue
		}
		h := readHead(c.Text)
		switch target := r.heads.lookup(h); {
		case c.Kind != sheet.Text:
			others++
		case target >= 0:
			return true
		case h.key == "" && h.unit != "" || headUnits[h.key]:
			units++
		default:
			others++
		}
	}
	if units > 0 && others <= 1 {
		return true
	}
	return others == 0 && units == 0 && r.underHead(s, row)
}

// underHead tells whether merged cells reach from the row above into this one.
func (r *Reader) underHead(s *sheet.Sheet, row int) bool {
	for _, m := range s.Merges {
		if m.R1 < row && m.R2 >= row && m.C1 < mostWidth && r.heads.lookup(readHead(s.At(m.R1, m.C1).Text)) != noTarget {
			return true
		}
	}
	return false
}

// beginsHead tells whether a row above head rows is one more of them: it holds a group, the
// serial or name title, or a column title, but is not the line of 填报单位.
func (r *Reader) beginsHead(s *sheet.Sheet, row int) bool {
	for c, cell := range s.Rows[row] {
		if cell.Kind != sheet.Text || len(cell.Text) > 240 {
			continue
		}
		switch target := r.heads.lookup(readHead(cell.Text)); {
		case target >= 0 && !strings.ContainsAny(cell.Text, ":："):
			return true
		case target == groupTarget, target == serialTarget:
			return true
		case target == nameTarget:
			for _, m := range s.Merges {
				if m.R1 == row && m.C1 == c && m.R2 > row {
					return true
				}
			}
		}
	}
	return false
}

// mostWidth is how many columns of a sheet are looked at for heads.
const mostWidth = 256

// blocks are the spans of columns that hold a ledger each: one, or several side by side, each
// with a name title of its own.
func (r *Reader) blocks(s *sheet.Sheet, top, bottom int) [][2]int {
	width := 0
	for row := top; row <= bottom; row++ {
		width = max(width, min(len(s.Rows[row]), mostWidth))
	}
	var starts []int
	columnsSince := 0
	for c := range width {
		for row := top; row <= bottom; row++ {
			if c >= len(s.Rows[row]) || s.Rows[row][c].Kind != sheet.Text {
				continue
			}
			switch t := r.heads.lookup(readHead(s.Rows[row][c].Text)); {
			case t >= 0:
				columnsSince++
			case t == nameTarget && (len(starts) == 0 || columnsSince >= len(r.form.Columns)/2):
				starts, columnsSince = append(starts, c), 0
			}
		}
	}
	if len(starts) < 2 || columnsSince < len(r.form.Columns)/2 {
		return [][2]int{{0, width}}
	}
	var spans [][2]int
	for i, start := range starts {
		if start > 0 && r.titled(s, top, bottom, start-1, serialTarget) {
			start--
		}
		if i == 0 {
			start = 0
		} else {
			spans[i-1][1] = start
		}
		spans = append(spans, [2]int{start, width})
	}
	return spans
}

func (r *Reader) titled(s *sheet.Sheet, top, bottom, col, target int) bool {
	for row := top; row <= bottom; row++ {
		if col < len(s.Rows[row]) && r.heads.lookup(readHead(s.Rows[row][col].Text)) == target {
			return true
		}
	}
	return false
}
