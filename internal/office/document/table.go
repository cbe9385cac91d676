package document

import "strings"

// TableSize is the size of a table's text in twips: 小四 with up to six columns, then 五号, then
// 小五.
func (t Table) TableSize() int {
	switch n := len(t.Columns); {
	case n <= 6:
		return 240
	case n <= 10:
		return 210
	}
	return 180
}

// TableLine is the line pitch inside a table's cells in twips.
func (t Table) TableLine() int { return t.TableSize() * 4 / 3 }

// CellPadding is the room left and right inside a cell in twips, CellGap that above and below.
const (
	CellPadding = 60
	CellGap     = 50
	// TableGap is left below a table.
	TableGap = 160
)

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
