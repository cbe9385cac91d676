package campaign

import (
	"slices"
	"strings"
)

// readBulletin reads the plans of the bulletins; a campaign may have none.
func readBulletin(v value, form *Form) *Bulletin {
	if !v.present() {
		return nil
	}
	m := v.mapping()
	defer m.end()
	b := &Bulletin{}
	for _, item := range m.need("offices").list() {
		b.Offices = append(b.Offices, readOffice(item.mapping()))
	}
	b.Month = readPlan(m.need("month"), form)
	if q := m.get("quarter"); q.present() {
		b.Quarter = readPlan(q, form)
	}
	return b
}

func readOffice(m *mapping) BulletinOffice {
	defer m.end()
	level := m.need("level")
	o := BulletinOffice{Level: level.text(), Name: m.get("name").text(), Below: m.need("below").text(), Number: officeText(m.get("number")), Greeting: officeText(m.get("greeting")),
		CopyTo: officeText(m.get("copy_to")), Printer: officeText(m.get("printer"))}
	if level.present() && o.Level != "county" && o.Level != "city" {
		level.fault("应当是 county 或 city")
	}
	for _, item := range m.need("issuers").list() {
		o.Issuers = append(o.Issuers, officeText(item))
	}
	return o
}

// officeText reads a text that may hold the unit's name, its kind and the year.
func officeText(v value) string {
	text := v.text()
	pieces, err := Pieces(text)
	if err != nil {
		v.fault("%v", err)
	}
	for _, p := range pieces {
		if p.Ref != "" && p.Ref != "unit" && p.Ref != "kind" && p.Ref != "year" {
			v.fault("花括号里只能写 unit、kind、year，不是 %q", p.Ref)
		}
	}
	return text
}

func readPlan(v value, form *Form) *BulletinPlan {
	m := v.mapping()
	defer m.end()
	b := &BulletinPlan{Title: readPlaced(m.need("title"), form)}
	for _, item := range m.need("sections").list() {
		s := item.mapping()
		heading := s.get("heading")
		section := BulletinSection{Heading: heading.text()}
		if section.Heading == "" && len(b.Sections) > 0 {
			heading.fault("第一节以外都要有小标题")
		}
		for _, p := range s.need("paragraphs").list() {
			section.Paragraphs = append(section.Paragraphs, readParagraph(p.mapping(), form))
		}
		s.end()
		b.Sections = append(b.Sections, section)
	}
	for _, item := range m.get("tables").list() {
		t := item.mapping()
		b.Tables = append(b.Tables, BulletinTable{Title: readPlaced(t.need("title"), form), Unit: t.get("unit").text(), Columns: readFigures(t.need("columns"), form)})
		t.end()
	}
	for _, item := range m.get("charts").list() {
		b.Charts = append(b.Charts, readChart(item.mapping(), form, b.Sections))
	}
	return b
}

func readFigures(v value, form *Form) []BulletinColumn {
	var list []BulletinColumn
	for _, c := range v.list() {
		m := c.mapping()
		list = append(list, BulletinColumn{Title: m.need("title").text(), Of: readRef(m.need("of"), form)})
		m.end()
	}
	return list
}

func readChart(m *mapping, form *Form, sections []BulletinSection) BulletinChart {
	defer m.end()
	kind, section := m.need("kind"), m.get("section")
	c := BulletinChart{Title: readPlaced(m.need("title"), form), Kind: ChartKind(kind.text()), Unit: m.get("unit").text(), Section: section.text(), Figures: readFigures(m.need("figures"), form)}
	if kind.present() && !slices.Contains(ChartKinds(), c.Kind) {
		kind.fault("没有 %q 这种图", c.Kind)
	}
	if c.Section != "" && !slices.ContainsFunc(sections, func(s BulletinSection) bool { return s.Heading == c.Section }) {
		section.fault("没有 %q 这一节", c.Section)
	}
	for i := range c.Figures {
		if err := c.Kind.Takes(c.Figures[i].Of); err != "" {
			m.get("figures").fault("%s", err)
		}
	}
	return c
}

// Takes says why a chart of the kind cannot draw a figure; nothing when it can.
func (k ChartKind) Takes(r Ref) string {
	switch {
	case k == ChartWeeks && r.Kind != RefSum:
		return "按周的图只能画累计数"
	case r.Kind == RefRank || r.Kind == RefWeek || strings.HasPrefix(r.Column, "tasks"):
		return "图里不能画这个数"
	}
	return ""
}

func readParagraph(m *mapping, form *Form) BulletinParagraph {
	defer m.end()
	p := BulletinParagraph{Text: readPlaced(m.need("text"), form)}
	if list := m.get("list"); list.present() {
		p.List = readList(list, form)
	}
	if fault := bracketFault(p.Text); fault != "" {
		m.get("text").fault("%s", fault)
	}
	pieces, err := Pieces(p.Text)
	listed := slices.ContainsFunc(pieces, func(x Piece) bool { return slices.Contains(ListWords, x.Ref) })
	if err == nil && listed != (p.List != nil) {
		m.get("list").fault("{named}、{list} 等与 list 要同时有")
	}
	return p
}

func readList(v value, form *Form) *BulletinList {
	m := v.mapping()
	defer m.end()
	l := &BulletinList{}
	which := func(kind ListKind, known []string) {
		l.Kind, l.Which = kind, m.get(string(kind)).text()
		if !slices.Contains(known, l.Which) {
			v.fault("%s 应当是 %s 之一", kind, strings.Join(known, "、"))
		}
	}
	switch {
	case m.get("villages").present():
		which(ListVillages, VillageLists)
	case m.get("tasks").present():
		which(ListTasks, TaskLists)
	case m.get("columns").present():
		l.Kind = ListColumns
		l.Columns = readFigures(m.get("columns"), form)
		l.Condition = readCondition(m, form, false)
	default:
		l.Condition = readCondition(m, form, true)
		if also := m.get("also"); also.present() {
			am := also.mapping()
			c := readCondition(am, form, true)
			am.end()
			l.Also = &c
		}
	}
	return l
}

func readCondition(m *mapping, form *Form, named bool) Condition {
	c := Condition{}
	if named {
		c.Of = readRef(m.need("of"), form)
	}
	atLeast, below := m.get("at_least"), m.get("below")
	if atLeast.present() == below.present() {
		m.fault("at_least 和 below 写其中一个")
	}
	c.AtLeast, c.Below = atLeast.number(1e15)+below.number(1e15), below.present()
	return c
}

func readRef(v value, form *Form) Ref {
	if v.node == nil {
		return Ref{}
	}
	r, err := ParseRef(form, v.text())
	if err != nil {
		v.fault("%v", err)
	}
	return r
}

// bracketFault tells what is wrong with the parts in square brackets of a paragraph, which are left
// out where their figures are all nought.
func bracketFault(text string) string {
	for text != "" {
		before, rest, open := strings.Cut(text, "[")
		part, after, closed := strings.Cut(rest, "]")
		switch {
		case strings.Contains(before, "]"):
			return "有 ] 没有 ["
		case open && (!closed || strings.Contains(part, "[")):
			return "有 [ 没有 ]"
		case open && !strings.Contains(part, "{"):
			return "方括号里要有引用，引用都是零时这一部分不写"
		}
		text = after
	}
	return ""
}

// readPlaced reads a text whose braces must hold references or one of the words.
func readPlaced(v value, form *Form) string {
	text := v.text()
	pieces, err := Pieces(text)
	if err != nil {
		v.fault("%v", err)
		return text
	}
	for _, p := range pieces {
		if p.Ref == "" || slices.Contains(BulletinWords, p.Ref) {
			continue
		}
		if _, err := ParseRef(form, p.Ref); err != nil {
			v.fault("%v", err)
		}
	}
	return text
}
