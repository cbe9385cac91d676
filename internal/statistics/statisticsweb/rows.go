package statisticsweb

import (
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// row is a unit's line. Its name leads one level down, each figure to what it is made of.
func (v *view) row(t statistics.Table, r *statistics.Row, req request) row {
	out := row{Name: t.Tree.ShortName(r.Unit.Code), Code: r.Unit.Code.String(), Cells: v.cells(t, r, req)}
	out.Href = with(tableURL(r.Unit.Code, t.Week.Due), nil, "columns", req.query.Get("columns"))
	if r.Unit.Level() == unit.LevelVillage {
		out.Href = "/ledger/" + r.Unit.Code.String() + "/" + t.Week.Due.String()
	}
	if up, ok := t.Tree.Parent(r.Unit.Code); ok && up.Code != t.Unit.Code && t.Unit.Code.Contains(up.Code) && r.Unit.Code != t.Unit.Code {
		out.Up = up.Name
	}
	return out
}

func (v *view) cells(t statistics.Table, r *statistics.Row, req request) []cell {
	cells := make([]cell, len(v.Columns))
	for i, c := range v.Columns {
		col := &t.Form.Columns[c.At]
		cells[i] = cell{Text: figure(r.Cells[c.At]), Sorted: c.At == req.sort, Href: cellHref(t, r.Unit, col)}
		if !reported(r) && col.Column != "" {
			cells[i].Text, cells[i].Href = "—", ""
			continue
		}
		if col.Measure == campaign.Increase {
			cells[i].Text, cells[i].Tone = increase(r.Cells[c.At])
		}
	}
	return cells
}

// reported tells whether anything of the unit is in the sums.
func reported(r *statistics.Row) bool { return r.Now.Reported+r.Now.Carried > 0 }

// cellHref is where a figure comes from: for a village the life of the cell, for units above
// the same column one level down, for what was reported the board or the ledger.
func cellHref(t statistics.Table, u unit.Unit, col *campaign.StatisticsColumn) string {
	code, due := u.Code.String(), t.Week.Due.String()
	switch {
	case u.Level() == unit.LevelVillage && col.Column != "":
		return "/history/" + code + "/" + due + "/" + col.Column
	case u.Level() == unit.LevelVillage:
		return "/versions/" + code + "/" + due
	case u.Level() == unit.LevelTown && col.Column == "":
		return "/ledger/" + code + "/" + due
	case col.Column == "":
		return "/board/" + code + "/" + due
	}
	return with(tableURL(u.Code, t.Week.Due), nil, "sort", col.Key)
}

// figure writes a figure for the screen: 1,318 · 12,345.67 · 87.5% · —.
func figure(c statistics.Cell) string {
	switch c.Kind {
	case statistics.Share:
		return c.String()
	case statistics.Money:
		return words.GroupedDecimal(c.String())
	}
	return words.Grouped(c.Part)
}

// increase writes what a week added with its sign.
func increase(c statistics.Cell) (text, tone string) {
	text = strings.TrimPrefix(figure(c), "-")
	switch {
	case c.Part > 0:
		return "+" + text, "up"
	case c.Part < 0:
		return "−" + text, "down"
	}
	return text, ""
}

// listed is the parameter for the groups that are shown; all of them is none.
func listed(shown []string, all int) string {
	if len(shown) == all {
		return ""
	}
	return strings.Join(shown, ",")
}
