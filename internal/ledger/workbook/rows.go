package workbook

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// rows reads the data rows of a table. town is whose sheet it is, or 0.
func (p *pass) rows(t *table, town unit.Code, money string) {
	p.indexMerges(t)
	p.section = 0
	suffix := p.suffixes(t, money)
	carried := "" // the last town of a column of towns, for blank cells below it
	for row := t.from; row < t.to; row++ {
		last := p.lastLine(t, row)
		if p.skip(t, row, last) {
			continue
		}
		if t.town >= 0 {
			if c := t.sheet.At(row, t.town); c.Kind == sheet.Text {
				carried = c.Text
			}
		}
		p.village(t, row, last, town, carried, suffix)
		row = last
	}
}

// indexMerges notes the merged cells among the data, by row. Those of names are left out: they
// are read through.
func (p *pass) indexMerges(t *table) {
	p.merges = nil
	budget := 1 << 18
	for _, m := range t.sheet.Merges {
		if m.R2 < t.from || m.R1 >= t.to || m.C2 < t.left || m.C1 >= t.right {
			continue
		}
		if p.merges == nil {
			p.merges = map[int][]sheet.Range{}
		}
		for row := max(m.R1, t.from); row <= min(m.R2, t.to-1) && budget > 0; row++ {
			p.merges[row] = append(p.merges[row], m)
			budget--
		}
	}
}

// lastLine is the last row of a village whose name is merged over several lines.
func (p *pass) lastLine(t *table, row int) int {
	last := row
	for _, m := range p.merges[row] {
		if m.R1 == row && slices.Contains(t.names, m.C1) && m.R2 < t.to && m.R2-m.R1 < 10 {
			// Of a name in two parts only the village's own counts.
			if m.C1 == t.names[len(t.names)-1] || m.C2 >= t.names[len(t.names)-1] {
				last = m.R2
			}
		}
	}
	return last
}

// suffixes is what is put behind the plain figures of each column: the unit its head names
// when that is not the form's own.
func (p *pass) suffixes(t *table, money string) []string {
	list := make([]string, len(t.columns))
	for i, unit := range t.units {
		if p.form.Columns[i].Type == campaign.Money && unit == "" {
			unit = money
		}
		switch {
		case p.form.Columns[i].Type == campaign.Money && unit != "万元" && strings.HasSuffix(unit, "元"):
			list[i] = unit
		case p.form.Columns[i].Type == campaign.Count && strings.HasPrefix(unit, "万"):
			list[i] = "万"
		}
	}
	return list
}

// skip tells whether a row is none of a village: blank, numbers under the head, the example, a
// total, a heading of a town, a note.
func (p *pass) skip(t *table, row, last int) bool {
	if len(t.sheet.Rows[row]) == 0 && last == row {
		return true
	}
	name := t.nameText(row)
	label := name
	if t.serial >= 0 {
		label = t.sheet.At(row, t.serial).Text + " " + name
	} else if t.names[0] > t.left {
		label = t.sheet.At(row, t.names[0]-1).Text + " " + name
	}
	if isExample(label) || name == p.form.Example.Name || isTotal(label) || isTotal(name) {
		return true
	}
	if p.repeatsHead(t, row) || row <= t.bottom+3 && p.isNumbering(t, row, name) {
		return true
	}
	for _, m := range p.merges[row] {
		if m.C2-m.C1 >= 5 && m.C1 <= t.names[0] { // a line across the table
			p.heading(name)
			return true
		}
	}
	filled := 0
	for line := row; line <= last; line++ {
		for _, col := range t.columns {
			if c := p.value(t, line, col); c.Kind != sheet.Blank || c.Formula {
				filled++
			}
		}
	}
	switch {
	case filled > 0 && name != "": // 审核人：… may share its line with a telephone number
		return isNote(name) && !p.hasFigures(t, row) && len(p.tree.Resolve(p.within, name)) == 0
	case filled > 0: // figures without a name, unless they are a signature line
		return !p.hasFigures(t, row)
	case name == "":
		return true
	}
	if len(p.tree.Resolve(p.within, name)) > 0 {
		return false
	}
	if p.heading(name) || isNote(name) || isNote(label) {
		return true
	}
	return !looksLikeVillage(name)
}

// heading takes a line such as 里湖镇 between the villages of a county for the town of those
// below it.
func (p *pass) heading(text string) bool {
	if towns := p.tree.ResolveTown(p.within, text); len(towns) == 1 {
		p.section = towns[0].Code
		return true
	}
	return false
}

// repeatsHead is true for a head printed again that has too few texts to be one on its own.
func (p *pass) repeatsHead(t *table, row int) bool {
	c := t.sheet.At(row, t.names[0])
	return c.Kind == sheet.Text && p.heads.lookup(readHead(c.Text)) == nameTarget && len(p.tree.Resolve(p.within, c.Text)) == 0
}

// isNumbering is the row 1 2 3 … that numbers the columns.
func (p *pass) isNumbering(t *table, row int, name string) bool {
	if len(name) > 9 || name != "" && !isOrdinal(name) {
		return false
	}
	before, rising := 0, 0
	for col := t.left; col < min(t.right, len(t.sheet.Rows[row])); col++ {
		n := 0
		for _, d := range strings.Trim(t.sheet.Rows[row][col].Text, "()（） ") {
			if d < '0' || d > '9' || n > 999 {
				n = 0
				break
			}
			n = n*10 + int(d-'0')
		}
		if n > 0 && (n == before+1 || before == 0) {
			rising++
		}
		if n > 0 {
			before = n
		}
	}
	return rising*2 > t.found
}

func isOrdinal(s string) bool {
	s = strings.Trim(s, "()（） ")
	return s == "甲" || s == "乙" || s == "栏次" || s == "A" || s == "B" || strings.Trim(s, "0123456789") == ""
}

// hasFigures tells whether any cell of the row holds a value of its column.
func (p *pass) hasFigures(t *table, row int) bool {
	for i, col := range t.columns {
		if c := p.value(t, row, col); c.Kind != sheet.Blank {
			if v, f := ledger.Parse(&p.form.Columns[i], c.Text); f == nil && v != ledger.Empty {
				return true
			}
		}
	}
	return false
}

func isExample(s string) bool {
	for _, w := range []string{"填写示范", "填写示例", "填报示例", "填报示范", "填表示范", "示例", "样例", "某某"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return strings.HasPrefix(strings.TrimSpace(s), "例：") || strings.HasPrefix(strings.TrimSpace(s), "例:")
}

func isTotal(s string) bool {
	if len(s) > 60 {
		return false
	}
	key := readHead(s).key
	for _, w := range []string{"合计", "小计", "总计", "共计", "累计", "汇总"} {
		if strings.HasPrefix(key, w) || strings.HasSuffix(key, w) {
			return true
		}
	}
	return key == "计"
}

func isNote(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) > 120 || strings.ContainsAny(s, "：:。；") {
		return true
	}
	for _, w := range []string{"注", "备注", "说明", "填表", "填报", "审核", "制表", "抄送"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

func looksLikeVillage(name string) bool {
	name = readHead(name).key
	for _, w := range []string{"村", "社区", "居委", "居委会", "委员会", "居", "村委"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// value is a value cell as it stands, merged or not; col -1 is a column the sheet lacks.
func (p *pass) value(t *table, row, col int) sheet.Cell {
	if col < 0 || row >= len(t.sheet.Rows) || col >= len(t.sheet.Rows[row]) {
		return sheet.Cell{}
	}
	return t.sheet.Rows[row][col]
}

func (p *pass) finding(t *table, row, col int, severity ledger.Severity, code string, params problem.Params) Finding {
	return Finding{Sheet: t.sheet.Name, Column: p.form.NameTitle, Severity: severity, Code: code, Params: params,
		Value: t.sheet.At(row, max(col, 0)).Text, book: t.book, row: row, col: col}
}
