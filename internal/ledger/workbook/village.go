package workbook

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// village reads the row of a village, lines row to last.
func (p *pass) village(t *table, row, last int, town unit.Code, townText string, suffix []string) {
	code, ok := p.resolve(t, row, town, townText)
	if !ok {
		return
	}
	p.inside++
	r := Row{Village: code, Name: t.nameText(row), Sheet: t.sheet.Name, book: t.book, row: row, name: t.names[len(t.names)-1], columns: t.columns,
		Values: ledger.NewValues(len(t.columns))}
	filled := false
	var blanks []int
	for i, col := range t.columns {
		if col < 0 {
			continue
		}
		switch v, state := p.cell(t, row, last, i, col, code, suffix[i]); state {
		case readable:
			r.Values[i] = v
			filled = true
		case wrong:
			filled, r.faulty = true, true
		case blank:
			blanks = append(blanks, i)
		}
	}
	if !filled {
		p.reading.Unreported = append(p.reading.Unreported, code)
		return
	}
	for _, i := range blanks {
		f := p.finding(t, row, t.columns[i], ledger.Warning, ledger.Blank, problem.Params{"column": p.form.Columns[i].Title})
		f.Column, f.Village = p.form.Columns[i].Title, code
		p.reading.add(f)
	}
	p.reading.Rows = append(p.reading.Rows, r)
}

// resolve finds the one village a row is about, or says why there is none.
func (p *pass) resolve(t *table, row int, town unit.Code, townText string) (unit.Code, bool) {
	col := t.names[len(t.names)-1]
	text := t.nameText(row)
	coded := p.codeOf(t, row)
	if text == "" && coded == 0 {
		p.reading.add(p.finding(t, row, col, ledger.Error, NoName, problem.Params{}))
		return 0, false
	}
	scope := p.within
	switch {
	case town != 0:
		scope = town
	case p.section != 0:
		scope = p.section
	}
	if townText != "" {
		if towns := p.tree.ResolveTown(p.within, townText); len(towns) == 1 {
			scope = towns[0].Code
		}
	}
	found := p.tree.Resolve(scope, text)
	if coded != 0 {
		return p.byCode(t, row, col, coded, scope, text, found)
	}
	switch len(found) {
	case 1:
		return found[0].Code, true
	case 0:
		p.notFound(t, row, col, scope, text)
	default:
		p.reading.add(p.finding(t, row, col, ledger.Error, AmbiguousVillage,
			problem.Params{"name": clip(text), "candidates": p.fullNames(found)}))
	}
	return 0, false
}

// codeOf is the village a row's 12-digit code names, or 0.
func (p *pass) codeOf(t *table, row int) unit.Code {
	if t.code < 0 {
		return 0
	}
	text := strings.TrimSpace(t.sheet.At(row, t.code).Text)
	if len(text) != 12 {
		return 0
	}
	c, err := unit.ParseCode(text)
	if err != nil || c.Level() != unit.LevelVillage {
		return 0
	}
	return c
}

// byCode takes the village of the code, unless the name beside it is another's.
func (p *pass) byCode(t *table, row, col int, code, scope unit.Code, text string, found []unit.Unit) (unit.Code, bool) {
	u, known := p.tree.Unit(code)
	switch {
	case !known:
		if len(found) == 1 {
			return found[0].Code, true
		}
		p.notFound(t, row, col, scope, text)
		return 0, false
	case !p.within.Contains(code):
		p.outsideUnit(t, row, col, text, []unit.Unit{u})
		return 0, false
	}
	if len(found) == 0 {
		found = p.tree.Resolve(p.within, text)
	}
	if len(found) > 0 && !slices.ContainsFunc(found, func(v unit.Unit) bool { return v.Code == code }) {
		p.reading.add(p.finding(t, row, col, ledger.Error, CodeDisagrees,
			problem.Params{"name": clip(text), "code": code.String(), "other": p.tree.FullName(code)}))
		return 0, false
	}
	return code, true
}

// notFound says that a village is unknown, or where it belongs when that is elsewhere.
func (p *pass) notFound(t *table, row, col int, scope unit.Code, text string) {
	if scope != p.within {
		if found := p.tree.Resolve(p.within, text); len(found) > 0 {
			p.inside++
			p.outsideUnit(t, row, col, text, found)
			return
		}
	}
	if found := p.tree.Resolve(unit.Nation, text); len(found) == 1 {
		if p.outside == nil {
			p.outside = map[string]int{}
		}
		p.outside[p.name(found[0].Code.At(unit.LevelTown))]++
		p.outsideUnit(t, row, col, text, found)
		return
	}
	f := p.finding(t, row, col, ledger.Error, UnknownVillage, problem.Params{"name": clip(text), "within": p.name(scope)})
	f.Value = text
	p.reading.add(f)
}

func (p *pass) outsideUnit(t *table, row, col int, text string, found []unit.Unit) {
	f := p.finding(t, row, col, ledger.Error, OutsideUnit, problem.Params{"name": clip(text), "belongs": p.fullNames(found)})
	f.Value = text
	p.reading.add(f)
}

// fullNames lists units for a sentence, five at most.
func (p *pass) fullNames(units []unit.Unit) string {
	const most = 5
	var names []string
	for i, u := range units {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, p.tree.FullName(u.Code))
	}
	return strings.Join(names, "、")
}

func clip(s string) string {
	const most = 40
	s = oneLine(s)
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// settle says what can be said only when the whole file has been read: villages that came
// twice, a file without any, findings beyond the list.
func (p *pass) settle() {
	p.twice()
	r := p.reading
	if r.Rows == nil && r.Findings == nil && r.Unreported == nil && p.expectsRows() {
		r.add(Finding{Sheet: r.Parts[0].Sheet, Column: p.form.NameTitle, Severity: ledger.Error, Code: NoRows})
	}
	if r.unsaid > 0 {
		r.Findings = append(r.Findings, Finding{Sheet: r.Parts[0].Sheet, Cell: sheet.Ref(0, 0), Column: p.form.NameTitle,
			Severity: ledger.Error, Code: TooManyFindings, Params: problem.Params{"count": r.unsaid}})
		last := &r.Findings[len(r.Findings)-1]
		last.Message = words.Text(last.Code, last.Params)
		last.book = 1 << 30
	}
	r.sort()
	if len(r.Parts) == 1 {
		r.Town = r.Parts[0].Town
	}
	for i := 1; i < len(r.Parts); i++ {
		if r.Parts[i].Town != r.Parts[0].Town {
			return
		}
		r.Town = r.Parts[i].Town
	}
}

// expectsRows tells whether a ledger without any village lacks something: the ledger of a town
// that has areas of the statistics only does not.
func (p *pass) expectsRows() bool {
	town := p.reading.Parts[0].Town
	if town == 0 {
		town = p.within
	}
	return slices.ContainsFunc(p.tree.Villages(town), func(v unit.Unit) bool { return v.Kind == unit.Ordinary })
}

// twice finds villages that several rows are about. Of equal rows the first is taken; of
// different ones none, for nobody can tell which is meant.
func (p *pass) twice() {
	r := p.reading
	rows := map[unit.Code]int{}
	drop := map[unit.Code]bool{}
	kept := r.Rows[:0:0]
	for i := range r.Rows {
		row := &r.Rows[i]
		first, again := rows[row.Village]
		if !again {
			rows[row.Village] = i
			continue
		}
		other := &r.Rows[first]
		severity := ledger.Error
		if slices.Equal(row.Values, other.Values) && !row.faulty && !other.faulty {
			severity = ledger.Warning
		} else if !drop[row.Village] {
			drop[row.Village] = true
			r.add(p.repeated(other, row, severity))
		}
		r.add(p.repeated(row, other, severity))
	}
	if len(rows) == len(r.Rows) {
		return
	}
	for i := range r.Rows {
		if v := r.Rows[i].Village; rows[v] == i && !drop[v] {
			kept = append(kept, r.Rows[i])
		}
	}
	r.Rows = kept
}

func (p *pass) repeated(row, other *Row, severity ledger.Severity) Finding {
	at := other.NameCell()
	if other.Sheet != row.Sheet {
		at = "“" + other.Sheet + "”" + at
	}
	sentence := "ledger.village_twice"
	if severity == ledger.Warning {
		sentence = "ledger.village_repeated"
	}
	params := problem.Params{"name": p.tree.ShortName(row.Village), "other": at}
	return Finding{Sheet: row.Sheet, Column: p.form.NameTitle, Severity: severity, Code: VillageTwice, Params: params,
		Message: words.Text(sentence, params), Value: row.Name, Village: row.Village, book: row.book, row: row.row, col: row.name}
}
