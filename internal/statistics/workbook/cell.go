package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
)

// bodyCell is a unit's figure. Shares are formulas over the row's own figures.
func (c column) bodyCell(v statistics.Cell, s kinds, row int) excelize.Cell {
	cell := plain(v, s)
	if v.Kind == statistics.Share && c.part > 0 {
		cell.Formula = share(c, row)
	}
	return cell
}

// totalCell is the total of a column: the sum of the rows above it, or the share of the totals.
func (c column) totalCell(v statistics.Cell, s kinds, row, rows int) excelize.Cell {
	cell := plain(v, s)
	switch {
	case v.Kind == statistics.Share && c.part > 0:
		cell.Formula = share(c, row)
	case v.Kind != statistics.Share && rows > 0:
		cell.Formula = fmt.Sprintf("SUM(%s:%s)", cellName(c.at, firstRow), cellName(c.at, row-1))
	}
	return cell
}

// share divides; a share of nothing is blank.
func share(c column, row int) string {
	part, whole := cellName(c.part, row), cellName(c.whole, row)
	return fmt.Sprintf(`IF(%s=0,"",%s/%s)`, whole, part, whole)
}

// plain is the figure itself, money in 万元 to its last place.
func plain(v statistics.Cell, s kinds) excelize.Cell {
	switch v.Kind {
	case statistics.Money:
		return excelize.Cell{StyleID: s.money, Value: float64(v.Part) / campaign.FenPerWan}
	case statistics.Share:
		if v.Whole == 0 {
			return excelize.Cell{StyleID: s.share}
		}
		return excelize.Cell{StyleID: s.share, Value: float64(v.Part) / float64(v.Whole)}
	}
	return excelize.Cell{StyleID: s.integer, Value: v.Part}
}
