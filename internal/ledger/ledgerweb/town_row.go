package ledgerweb

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// gridRow is a village's line of the grid.
type gridRow struct {
	No         int        `json:"-"`
	Code       string     `json:"unit"`
	Name       string     `json:"-"`
	Base       int32      `json:"base"`
	State      ui.State   `json:"state"`
	Mark       string     `json:"mark"`  // a word beside the name: 待报, 退回, 草稿; empty when reported in time
	Tells      string     `json:"tells"` // the whole of it: 按时 · 陈秋月 3月29日 16:05
	Reported   bool       `json:"reported"`
	Draft      bool       `json:"draft"`
	Carried    bool       `json:"carried"`
	Virtual    bool       `json:"-"`
	Returnable bool       `json:"returnable"`
	Newer      bool       `json:"-"` // the records say more than was reported
	HasLast    bool       `json:"-"`
	Changed    int        `json:"changed"`
	Problems   int        `json:"problems"`
	Moved      bool       `json:"moved,omitempty"` // somebody else has written it meanwhile
	Failed     string     `json:"failed,omitempty"`
	Cells      []gridCell `json:"cells"`
}

// gridCell is a cell of the grid.
type gridCell struct {
	Text    string `json:"v"`
	Class   string `json:"c"`
	Error   string `json:"e,omitempty"`
	Warning string `json:"w,omitempty"`
	Note    string `json:"n,omitempty"`
	Was     string `json:"l,omitempty"` // how it stands to the last report, and what the records say where it is another
	Theirs  string `json:"x,omitempty"` // the other value, when two people changed it
	Clash   bool   `json:"k,omitempty"`
}

// counts tells whether the row goes into the totals: it is reported, carried along or filled.
// What merely stands there from last week does not.
func (row *gridRow) counts() bool { return row.Reported || row.Draft || row.Carried }

// own tells whether the figures are this week's; a row that was given back has its own, too.
func (row *gridRow) own() bool { return row.counts() || row.State == ui.Returned }

// row makes a village's line.
func (pg *gridPage) row(v *ledger.RowView) gridRow {
	row := gridRow{Code: v.Village.Code.String(), Name: pg.sheet.Tree.ShortName(v.Village.Code), Base: v.Chain.Version,
		State: ui.State(v.State), Reported: v.Chain.Status == ledger.Reported, Draft: drafted(v),
		Carried: v.Chain.Status == ledger.Carried, HasLast: v.Last != nil, Newer: v.Newer}
	row.Virtual = virtual(v.Village) && v.Chain.Version == 0
	row.Returnable = row.Reported || row.Carried
	row.Mark, row.Tells = pg.mark(&row, v)
	for i := range pg.form.Columns {
		cell := pg.cell(&row, v, i)
		if v.Changed(i) && row.own() {
			row.Changed++
		}
		if cell.Error != "" || cell.Warning != "" && cell.Note == "" {
			row.Problems++
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// mark is the word beside the name and the whole sentence behind it.
func (pg *gridPage) mark(row *gridRow, v *ledger.RowView) (mark, tells string) {
	state := row.State.Label()
	switch {
	case row.Virtual:
		return "虚拟", "虚拟区域，不用填报"
	case row.Carried:
		return "沿用", "没有填报，镇里沿用了上周的数"
	case !row.Reported || row.State == ui.Late || row.State == ui.Returned:
		mark = state
	}
	tells = state
	if v.Latest != nil && row.Reported {
		by := v.Latest.Actor
		if v.Latest.OnBehalf {
			by += " 代报"
		}
		tells += " · " + by + " " + moment(v.Latest.At, pg.Now)
	}
	if v.Latest != nil && row.State == ui.Returned {
		tells += " · " + v.Latest.Reason
	}
	if v.Newer && !row.Draft {
		mark = "新记录"
		tells += " · 报过以后又有新的记录，请再报一次"
	}
	if row.Draft {
		mark = "草稿"
		tells += fmt.Sprintf(" · 有草稿没报（%s %s）", v.Draft.Actor, moment(v.Draft.At, pg.Now))
	}
	return mark, tells
}

func (pg *gridPage) cell(row *gridRow, v *ledger.RowView, i int) gridCell {
	col := &pg.form.Columns[i]
	cell := gridCell{Text: ledger.Exact(col, v.Filled[i]), Note: v.Notes[col.Key]}
	if text, bad := v.Typed[i]; bad {
		cell.Text = text
	}
	var class []string
	add := func(on bool, name string) {
		if on {
			class = append(class, name)
		}
	}
	if v.Last != nil {
		cell.Was = difference(col, v.Filled[i], v.Last[i])
	}
	if f, ok := v.Finding(i); ok && row.counts() {
		switch {
		case f.Severity == ledger.Warning:
			cell.Warning = f.Message()
		case f.Code != ledger.Blank || !row.Draft || v.Last != nil:
			cell.Error = f.Message()
		}
		add(f.Code == ledger.Blank, "blank")
	}
	if v.Manual(i) {
		if cell.Was != "" {
			cell.Was += " · "
		}
		cell.Was += "手填，记录得出 " + withUnit(col, v.Says[i])
		add(true, "manual")
	}
	add(col.Type == campaign.YesNo, "yn")
	add(v.Changed(i) && row.own(), "changed")
	add(pg.inDraft(v, col.Key), "draft")
	add(!row.own(), "faded")
	add(cell.Error != "", "bad")
	add(cell.Warning != "", "warn")
	add(cell.Note != "", "noted")
	add(pg.pointed(v, col.Key), "pointed")
	cell.Class = strings.Join(class, " ")
	return cell
}

func (pg *gridPage) inDraft(v *ledger.RowView, key string) bool {
	if v.Draft == nil {
		return false
	}
	_, typed := v.Draft.Inputs[key]
	return typed
}

// pointed tells whether a return points at the cell.
func (pg *gridPage) pointed(v *ledger.RowView, key string) bool {
	if v.State != ledger.StateReturned || v.Latest == nil {
		return false
	}
	for _, k := range v.Latest.Cells {
		if k == key {
			return true
		}
	}
	return false
}
