package workbook

import (
	"path/filepath"
	"strings"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// townOf finds whose the sheet is: by 填报单位, else by the title, the sheet's name (when there
// are several) or the file's name, else by its villages. Where these disagree the villages
// decide, when they do so beyond doubt, and the disagreement is said. 0: several towns.
func (p *pass) townOf(tables []*table, b *banner, only bool) unit.Code {
	names := p.villageNames(tables)
	if p.within.Level() >= unit.LevelTown {
		said, _ := p.townSaid(b)
		p.weighForeign(names)
		p.sayTown(tables[0], b, said, p.within.At(unit.LevelTown))
		return p.within.At(unit.LevelTown)
	}
	said, several := p.townSaid(b)
	if said == 0 && !several {
		said = p.townNamed(tables[0], b, only)
	}
	p.weighForeign(names)
	if said != 0 {
		for _, n := range names {
			if len(p.tree.Resolve(said, n)) > 0 {
				p.sayFile(tables[0], said, only)
				return said
			}
		}
	}
	if several {
		return 0
	}
	found := p.townOfVillages(names)
	if found == 0 {
		return said
	}
	p.sayTown(tables[0], b, said, found)
	return found
}

// townSaid is the town 填报单位 names. several: it names the whole unit, or one above.
func (p *pass) townSaid(b *banner) (town unit.Code, several bool) {
	text := b.head.Unit
	if text == "" {
		return 0, false
	}
	towns := p.tree.ResolveTown(p.within, text)
	if len(towns) == 0 {
		towns = p.tree.FindTown(p.within, text)
	}
	switch {
	case len(towns) == 1:
		return towns[0].Code, false
	case len(towns) > 1:
		return 0, false // 大坪: the villages decide
	case p.namesAbove(text):
		return 0, true
	}
	if other := p.tree.ResolveTown(unit.Nation, text); len(other) > 0 {
		p.said, p.saidCode = other[0].Name, other[0].Code
	} else if other := p.tree.FindTown(unit.Nation, text); len(other) == 1 {
		p.said, p.saidCode = other[0].Name, other[0].Code
	}
	return 0, false
}

// weighForeign decides whether a sheet that calls itself another unit's is that: when its
// villages are rather there than here.
func (p *pass) weighForeign(names []string) {
	if p.saidCode == 0 {
		return
	}
	here, there := 0, 0
	for _, n := range names {
		if len(p.tree.Resolve(p.within, n)) > 0 {
			here++
		}
		if len(p.tree.Resolve(p.saidCode, n)) > 0 {
			there++
		}
	}
	p.foreign = p.foreign || there >= here
}

// namesAbove tells whether the text is a name of the unit the file is read for or of one above.
func (p *pass) namesAbove(text string) bool {
	text = strings.TrimSpace(text)
	for _, u := range p.tree.Ancestors(p.within) {
		stem := strings.TrimRight(u.Name, "省市县区")
		if stem != "" && strings.HasPrefix(text, stem) || strings.HasPrefix(text, p.tree.FullName(u.Code)) {
			return true
		}
	}
	return false
}

// townNamed is the one town that the lines above the table, the sheet's name or the file's
// name speak of.
func (p *pass) townNamed(t *table, b *banner, only bool) unit.Code {
	texts := b.titles
	if !only {
		texts = append(texts, t.sheet.Name)
	} else {
		texts = append(texts, fileStem(p.file), t.sheet.Name)
	}
	for _, text := range texts {
		if towns := p.tree.FindTown(p.within, text); len(towns) == 1 {
			return towns[0].Code
		}
	}
	return 0
}

func fileStem(file string) string {
	base := filepath.Base(strings.ReplaceAll(file, `\`, "/"))
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// mostAsked is how many names are looked at to tell whose a sheet is.
const mostAsked = 400

func (p *pass) villageNames(tables []*table) []string {
	var names []string
	for _, t := range tables {
		for row := t.from; row < t.to && len(names) < mostAsked; row++ {
			if n := t.nameText(row); n != "" {
				names = append(names, n)
			}
		}
	}
	return names
}

// townOfVillages is the only town that has all the villages that exist at all, of two or more.
func (p *pass) townOfVillages(names []string) unit.Code {
	var towns map[unit.Code]bool
	known := 0
	for _, n := range names {
		found := p.tree.Resolve(p.within, n)
		if len(found) == 0 {
			continue
		}
		known++
		here := map[unit.Code]bool{}
		for _, v := range found {
			if c := v.Code.At(unit.LevelTown); towns == nil || towns[c] {
				here[c] = true
			}
		}
		if towns = here; len(towns) == 0 {
			return 0
		}
	}
	if known < 2 || len(towns) != 1 {
		return 0
	}
	for c := range towns {
		return c
	}
	return 0
}

// sayTown warns when 填报单位 names another town than the villages'.
func (p *pass) sayTown(t *table, b *banner, said, found unit.Code) {
	other := p.said
	if said != 0 && said != found {
		other = p.name(said)
	}
	if other == "" {
		return
	}
	f := Finding{Sheet: t.sheet.Name, Column: p.unitTitle(), Severity: ledger.Warning, Code: TownDisagrees, Value: b.head.Unit,
		Params: problem.Params{"said": other, "found": p.name(found)}, book: t.book, row: max(b.row, 0), col: max(b.col, 0)}
	if b.row < 0 {
		f.row, f.col, f.Value = t.bottom, t.names[0], ""
	}
	p.reading.add(f)
}

// sayFile warns when the file's name speaks of another town than the sheet. A name that
// speaks of none or several says nothing.
func (p *pass) sayFile(t *table, town unit.Code, only bool) {
	stem := fileStem(p.file)
	u, _ := p.tree.Unit(town)
	if !only || strings.Contains(stem, u.Name) {
		return
	}
	named := p.tree.FindTown(p.within, stem)
	if len(named) != 1 || named[0].Code == town {
		return
	}
	p.reading.add(Finding{Sheet: t.sheet.Name, Column: p.unitTitle(), Severity: ledger.Warning, Code: FileDisagrees, Value: stem,
		Params: problem.Params{"said": named[0].Name, "found": u.Name}, book: t.book, row: t.bottom, col: t.names[0]})
}

func (p *pass) unitTitle() string {
	for _, h := range p.form.Head {
		if h.Key == "unit" {
			return h.Title
		}
	}
	return ""
}

func (p *pass) name(c unit.Code) string {
	u, _ := p.tree.Unit(c)
	return u.Name
}

// refuseForeign refuses a file none of whose villages lie in the unit, when it says itself
// that it is another's.
func (p *pass) refuseForeign() error {
	if p.foreign {
		return ErrForeign.With("unit", p.said).With("within", p.name(p.within))
	}
	if p.inside > 0 {
		return nil
	}
	place, rows := p.said, 0
	for name, n := range p.outside {
		if n > rows || n == rows && name < place {
			place, rows = name, n
		}
	}
	if place == "" || rows < 2 && p.said == "" {
		return nil
	}
	return ErrForeign.With("unit", place).With("within", p.name(p.within))
}

// nameText is the text that names a row's village: its name cells, joined when the name
// stands in two columns.
func (t *table) nameText(row int) string {
	text := ""
	for i, col := range t.names {
		c := t.sheet.At(row, col)
		if c.Kind == sheet.Blank || i > 0 && c.Text == text {
			continue
		}
		text += strings.TrimSpace(c.Text)
	}
	return text
}
