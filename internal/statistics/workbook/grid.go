package workbook

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
)

// Where things stand on a sheet, one based.
const (
	nameCol    = 2
	groupRow   = 4
	columnRow  = 5
	firstRow   = 6
	titleRunes = 5 // characters of a column's title on one line
)

// grid is one sheet: what it says, before it is laid out.
type grid struct {
	sheet, annex, title, line string
	nameTitle                 string
	groups                    []campaign.Group
	columns                   []column
	rows                      []line
	total                     []statistics.Cell
	notes                     []string
}

type line struct {
	name  string
	cells []statistics.Cell
}

// column is a column of a sheet. A share names the columns it is reckoned from, when both
// stand on the sheet; else it is written as the figure it is.
type column struct {
	title       string
	part, whole int // one-based sheet columns; 0 for no share
	at          int // its own
}

func (g *grid) widths() []float64 {
	longest := 6
	for _, r := range g.rows {
		longest = max(longest, len([]rune(r.name)))
	}
	w := []float64{5, min(float64(longest)*2+2, 36)}
	for range g.columns {
		w = append(w, 10.5)
	}
	return w
}

// annexGrid is the form of the statistics.
func annexGrid(t statistics.Table) grid {
	g := common(t)
	g.sheet, g.annex, g.title = sheetName(t.Form.Title), t.Form.Annex, t.Form.Title
	if t.Form.Mark != "" {
		g.title += "（" + t.Form.Mark + "）"
	}
	g.groups = t.Form.Groups
	for i, c := range t.Form.Columns {
		col := column{title: titled(c.Title, c.Unit), at: nameCol + 1 + i}
		switch c.Measure {
		case campaign.YesShare:
			col.part = columnOf(t.Form, campaign.YesCount, c.Column)
			col.whole = columnOf(t.Form, campaign.Villages, "")
		case campaign.Ratio:
			col.part = columnOf(t.Form, campaign.Total, c.Column)
			col.whole = columnOf(t.Form, campaign.Total, c.Per)
		}
		if col.part == 0 || col.whole == 0 {
			col.part, col.whole = 0, 0
		}
		g.columns = append(g.columns, col)
	}
	for i := range t.Rows {
		g.rows = append(g.rows, line{nameOf(t, t.Rows[i].Unit), t.Rows[i].Cells})
	}
	g.total = t.Total.Cells
	g.notes = append(g.notes, "注：1.按各镇（街道）已上报的台账汇总；占比以应报村（社区）数为分母，落实率、完成率、到位率以计划数为分母。")
	if t.Form.Mark != "" {
		g.notes = append(g.notes, "　　2.通知未附本表格式，各栏由附件2推出，"+t.Form.Mark+"。")
	}
	return g
}

// sumsGrid is the sums of the ledger's own columns.
func sumsGrid(t statistics.Table, form *campaign.Form) grid {
	g := common(t)
	g.sheet, g.annex, g.title, g.groups = sumsSheet, form.Annex, form.Title+"各栏合计", form.Groups
	for i, c := range form.Columns {
		title := c.Title
		if c.Type == campaign.YesNo {
			title += "(“是”的村数)"
		}
		g.columns = append(g.columns, column{title: title, at: nameCol + 1 + i})
	}
	cells := func(f ledger.Figures) []statistics.Cell {
		out := make([]statistics.Cell, len(form.Columns))
		for i, c := range form.Columns {
			out[i].Part = f.Sums[i]
			if c.Type == campaign.Money {
				out[i].Kind = statistics.Money
			}
		}
		return out
	}
	for i := range t.Rows {
		g.rows = append(g.rows, line{nameOf(t, t.Rows[i].Unit), cells(t.Rows[i].Now)})
	}
	g.total = cells(t.Total.Now)
	return g
}

func common(t statistics.Table) grid {
	return grid{
		nameTitle: map[unit.Level]string{unit.LevelCity: "市", unit.LevelCounty: "县（市、区）", unit.LevelTown: "乡镇（街道、场）", unit.LevelVillage: "行政村（社区）"}[t.By],
		line:      fmt.Sprintf("填报单位：%s　　　　统计截至：%s（第%d报告周）", oneLine(t.Unit.Name), t.Week.Due.Chinese(), t.Week.No),
	}
}

// nameOf is the unit's name in the table: by the one above it where a table skips a level.
func nameOf(t statistics.Table, u unit.Unit) string {
	name := t.Tree.ShortName(u.Code)
	if up, ok := t.Tree.Parent(u.Code); ok && up.Code != t.Unit.Code && t.Unit.Code.Contains(up.Code) && u.Code != t.Unit.Code {
		return up.Name + name
	}
	return name
}

// columnOf is the sheet column that has a measure of a ledger column; 0 when none has.
func columnOf(form *campaign.Statistics, m campaign.Measure, key string) int {
	for i, c := range form.Columns {
		if c.Measure == m && c.Column == key {
			return nameCol + 1 + i
		}
	}
	return 0
}

// titled puts the unit behind a title that does not end in saying what it counts: 典型村, 党员人数
// and 应报村（社区）数 do, 驻村第一书记包抓 does not.
func titled(title, unit string) string {
	if unit == "" || unit == "%" || strings.HasSuffix(title, unit) || strings.HasSuffix(title, "数") && strings.Contains(title, unit) {
		return title
	}
	return title + "(" + unit + ")"
}

// sheetName fits a title into the 31 characters and the alphabet of sheet names.
func sheetName(title string) string {
	r := []rune(strings.Map(func(c rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, c) {
			return -1
		}
		return c
	}, title))
	if len(r) == 0 || string(r) == sumsSheet {
		return "统计表"
	}
	return string(r[:min(len(r), 31)])
}
