package ledgerweb

import (
	"fmt"
	"net/url"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// countyRows are the lines that the filter lets through, numbered as in the form.
func (p *Pages) countyRows(at place, v *countyView, odd map[unit.Code]map[int]string) []countyRow {
	var rows []countyRow
	var town unit.Code
	no := 0
	add := func(r countyRow) {
		no++
		code := r.Village.Code.At(unit.LevelTown)
		if v.Town != 0 && !v.Town.Contains(r.Village.Code) || !v.lets(r, odd) {
			return
		}
		r.No, r.Name = no, at.sheet.Tree.ShortName(r.Village.Code)
		if code != town {
			town = code
			u, _ := at.sheet.Tree.Unit(code)
			r.Town, r.TownHref = u.Name, ledgerURL(code, at.sheet.Week.Due)
		}
		rows = append(rows, r)
	}
	for i := range v.Ledger.Rows {
		r := &v.Ledger.Rows[i]
		if r.Values == nil {
			add(countyRow{Village: r.Village, Missing: true})
			continue
		}
		add(countyRow{Village: r.Village, Carried: r.Carried, Cells: cellsOf(v.Form, at, r, odd[r.Village.Code])})
	}
	return rows
}

func cellsOf(form *campaign.Form, at place, r *ledger.LedgerRow, odd map[int]string) []countyCell {
	cells := make([]countyCell, len(form.Columns))
	for c := range form.Columns {
		col := &form.Columns[c]
		cells[c] = countyCell{Text: ledger.Format(col, r.Values[c]), Href: historyURL(r.Village.Code, at.sheet.Week.Due, col.Key),
			Changed: r.Changed != nil && r.Changed[c], Help: odd[c], Odd: odd[c] != "", Number: col.Type != campaign.YesNo}
	}
	return cells
}

// lets tells whether the filter shows a line.
func (v *countyView) lets(r countyRow, odd map[unit.Code]map[int]string) bool {
	switch v.Show {
	case showMissing:
		return r.Missing
	case showOdd:
		return len(odd[r.Village.Code]) > 0
	case showChanged:
		for _, c := range r.Cells {
			if c.Changed {
				return true
			}
		}
		return false
	}
	return true
}

// nameTown writes the town over a row, where a page begins inside it.
func (v *countyView) nameTown(at place, row int) {
	code := v.Rows[row].Village.Code.At(unit.LevelTown)
	u, _ := at.sheet.Tree.Unit(code)
	v.Rows[row].Town, v.Rows[row].TownHref = u.Name+"（续）", ledgerURL(code, at.sheet.Week.Due)
}

// countyChoices are the filters, with how many villages each shows, and the towns.
func (p *Pages) countyChoices(v *countyView, at place, u *url.URL, odd map[unit.Code]map[int]string) {
	changed := 0
	for i := range v.Ledger.Rows {
		for _, c := range v.Ledger.Rows[i].Changed {
			if c {
				changed++
				break
			}
		}
	}
	for _, f := range []struct {
		show, label string
		count       int
	}{{showAll, "全部", len(v.Ledger.Rows)}, {showChanged, "只看变更", changed}, {showOdd, "只看问题", len(odd)}, {showMissing, "缺报", len(v.Ledger.Missing)}} {
		v.Filters = append(v.Filters, ui.Choice{Value: with(u, "show", f.show, "page", ""), Label: fmt.Sprintf("%s %d", f.label, f.count), Disabled: f.show == v.Show})
	}
	v.Towns = append(v.Towns, ui.Choice{Label: "全部镇街"})
	for _, t := range at.sheet.Tree.Towns(at.unit.Code) {
		if at.sheet.Office(t.Code, p.ledger.Now()).Expects > 0 {
			v.Towns = append(v.Towns, ui.Choice{Value: t.Code.String(), Label: t.Name})
		}
	}
	v.Since = append(v.Since, ui.Choice{Label: "上次报送"})
	weeks := p.ledger.Calendar().Until(at.sheet.Week.Due)
	for i := len(weeks) - 2; i >= 0 && i >= len(weeks)-1-shownWeeks; i-- {
		v.Since = append(v.Since, ui.Choice{Value: weeks[i].Due.String(), Label: weekName(weeks[i])})
	}
}
