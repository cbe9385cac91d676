package document

import "strings"

// TableSize is the size of a table's text in twips: 小四 with up to six columns, then 五号, then
// 小五; 五号 at most in rows set closer.
func (t Table) TableSize() int {
	if t.close > 0 {
		return min(t.size(), closeSize)
	}
	return t.size()
}

func (t Table) size() int {
	switch n := len(t.Columns); {
	case n <= 6:
		return 240
	case n <= 10:
		return 210
	}
	return 180
}

// TableLine is the line pitch inside a table's cells in twips.
func (t Table) TableLine() int {
	if t.close > 0 {
		return t.TableSize() * 5 / 4
	}
	return t.TableSize() * 4 / 3
}

// Gap is the room above and below the text of a cell in twips.
func (t Table) Gap() int {
	if t.close > 0 {
		return t.close
	}
	return cellGap
}

const (
	// LastRows is how many rows at the end stay on one page with what is written below: a total
	// does not stand alone.
	LastRows = 3
	// CellPadding is the room left and right inside a cell in twips.
	CellPadding = 60
	// TableGap is left below a table.
	TableGap = 160
	// TableUnitLine and TableNoteLine are the pitches of the lines above and below a table.
	TableUnitLine, TableNoteLine = 360, 320

	cellGap   = 50
	closeSize = 210 // 五号
	closeGap  = 8   // the least above and below the text of a cell
	tableRule = 10
)

// Fitted is the table with its rows set closer, where that makes it stand in a height (in twips)
// which it would leave otherwise; else as it is.
func (t Table) Fitted(room int) Table {
	if t.Height() <= room {
		return t
	}
	tight := t
	tight.close = closeGap
	spare := room - tight.Height()
	if spare < 0 {
		return t
	}
	tight.close = min(cellGap, closeGap+spare/(2*(len(t.Rows)+1)))
	return tight
}

// Height is about how high the table is with what stands above and below it, in twips.
func (t Table) Height() int {
	title, unit := t.Caption()
	h := TableGap
	if title != "" {
		h += LinePitch
	}
	if unit != "" {
		h += TableUnitLine
	}
	if note := Clean(t.Note); note != "" {
		h += 60 + TableNoteLine*inLines("注："+note, TextTwips/210.0)
	}
	widths := t.Widths(TextTwips)
	row := func(lines func(column int) int) {
		most := 1
		for i := range t.Columns {
			most = max(most, lines(i))
		}
		h += most*t.TableLine() + 2*t.Gap() + tableRule
	}
	row(func(i int) int { return len(t.HeadLines(i, widths[i])) })
	for _, r := range t.Rows {
		row(func(i int) int {
			return inLines(r.Cell(i).String(), float64(widths[i]-2*CellPadding)/float64(t.TableSize()))
		})
	}
	return h
}

// AnnexBody is the body of an annex as it is set: a table that is all of it is fitted to the page,
// with the imprint where it is the last.
func (d Document) AnnexBody(i int) []Block {
	a := d.Annexes[i]
	if len(a.Body) != 1 {
		return a.Body
	}
	t, ok := a.Body[0].(Table)
	if !ok {
		return a.Body
	}
	// its mark, its title between blank lines; a twentieth of a line for what programs round
	room := (Lines-3-len(TitleLines(a.Title)))*LinePitch - LinePitch/20
	if i == len(d.Annexes)-1 && !d.Imprint.Empty() {
		room -= 3 * LinePitch
	}
	return []Block{t.Fitted(room)}
}

// Widths shares a width (in twips) among the columns by what stands in them: a cell up to
// twelve characters asks for its length, a title for half of its own, as it may stand in two
// lines. Each has room for a character; the shares add up to total.
func (t Table) Widths(total int) []int {
	n := len(t.Columns)
	if n == 0 {
		return nil
	}
	asks, sum := make([]float64, n), 0.0
	for i, c := range t.Columns {
		asks[i] = max(2, squaresOf(Clean(c.Title))/2)
		for _, r := range t.Rows {
			if i < len(r.Cells) {
				asks[i] = max(asks[i], min(squaresOf(Clean(r.Cells[i].String())), 12))
			}
		}
		sum += asks[i]
	}
	least := min(2*CellPadding+t.TableSize(), total/n)
	widths, left := make([]int, n), total
	for i := range n - 1 {
		widths[i] = least + int(float64(total-n*least)*asks[i]/sum)
		left -= widths[i]
	}
	widths[n-1] = left
	return widths
}

// Cell is the text of a column in a row, cleaned; blank where the row has none.
func (r Row) Cell(column int) Text {
	if column >= len(r.Cells) {
		return nil
	}
	return r.Cells[column].Clean()
}

// Caption is the title and the unit line above the table, cleaned.
func (t Table) Caption() (title, unit string) {
	return strings.TrimSpace(Clean(t.Title)), strings.TrimSpace(Clean(t.Unit))
}
