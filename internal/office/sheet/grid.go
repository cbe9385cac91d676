package sheet

import "slices"

// meter counts what one file has cost so far, over all its sheets.
type meter struct {
	lim      Limits
	cells    int   // filled cells
	slots    int   // cells allocated, blanks between filled ones and rows' own headers included
	merges   int   // merged areas
	unzipped int64 // bytes unzipped
}

// takeSlots accounts for n cells' worth of memory. Honest sheets are dense; one filled cell at
// the end of each of a million rows is not, and must not cost 512 times its share.
func (m *meter) takeSlots(n int) error {
	m.slots += n
	if m.slots > m.lim.Cells+m.lim.Cells/2+1<<12 {
		return tooMany("cells", m.lim.Cells)
	}
	return nil
}

const mergesMax = 1 << 18

func (m *meter) takeMerge() error {
	m.merges++
	if m.merges > mergesMax {
		return tooMany("merges", mergesMax)
	}
	return nil
}

// grid gathers the cells of one sheet, row by row. Cells mostly come in order; a line being
// filled is kept aside and copied out at its exact length when the next row begins.
type grid struct {
	m     *meter
	rows  [][]Cell
	row   int
	line  []Cell
	slab  []Cell // memory rows are cut from
	slabs int    // size of the next slab
}

// put stores a filled cell. A cell stored twice keeps its last value.
func (g *grid) put(r, c int, cell Cell) error {
	if r < 0 || r >= g.m.lim.Rows {
		return tooMany("rows", g.m.lim.Rows)
	}
	if c < 0 || c >= g.m.lim.Columns {
		return tooMany("columns", g.m.lim.Columns)
	}
	g.m.cells++
	if g.m.cells > g.m.lim.Cells {
		return tooMany("cells", g.m.lim.Cells)
	}
	if r != g.row {
		if err := g.flush(); err != nil {
			return err
		}
		g.row = r
	}
	if n := len(g.line); c >= n {
		g.line = slices.Grow(g.line, c+1-n)[:c+1]
		clear(g.line[n:])
	}
	g.line[c] = cell
	return nil
}

// flush copies the line out to its row. A row that comes in several pieces is overlaid.
func (g *grid) flush() error {
	if len(g.line) == 0 {
		return nil
	}
	if grow := g.row + 1 - len(g.rows); grow > 0 {
		if err := g.m.takeSlots(grow); err != nil {
			return err
		}
		n := len(g.rows)
		g.rows = slices.Grow(g.rows, grow)[:g.row+1]
		clear(g.rows[n:])
	}
	old := g.rows[g.row]
	if err := g.m.takeSlots(max(len(g.line), len(old))); err != nil {
		return err
	}
	row := g.cut(max(len(g.line), len(old)))
	copy(row, old)
	for i, cell := range g.line {
		if cell != (Cell{}) {
			row[i] = cell
		}
	}
	g.rows[g.row] = row
	g.line = g.line[:0]
	return nil
}

// cut takes n blank cells from the slab.
func (g *grid) cut(n int) []Cell {
	if n > len(g.slab) {
		g.slabs = min(max(256, g.slabs*2), 1<<15)
		g.slab = make([]Cell, max(n, g.slabs))
	}
	row := g.slab[:n:n]
	g.slab = g.slab[n:]
	return row
}

// finish gives the rows.
func (g *grid) finish() ([][]Cell, error) {
	err := g.flush()
	return g.rows, err
}
