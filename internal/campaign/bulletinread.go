package campaign

import "slices"

// readBulletin reads the plan of the monthly bulletin; a campaign may have none.
func readBulletin(v value, form *Form) *Bulletin {
	if !v.present() {
		return nil
	}
	m := v.mapping()
	defer m.end()
	b := &Bulletin{
		Title: readPlaced(m.need("title"), form), Number: m.get("number").text(), Greeting: m.get("greeting").text(),
		Issuers: m.need("issuers").texts(), CopyTo: m.get("copy_to").text(), Printer: m.get("printer").text(),
	}
	for _, item := range m.need("sections").list() {
		s := item.mapping()
		section := BulletinSection{Heading: s.need("heading").text()}
		for _, p := range s.need("paragraphs").list() {
			section.Paragraphs = append(section.Paragraphs, readParagraph(p.mapping(), form))
		}
		s.end()
		b.Sections = append(b.Sections, section)
	}
	for _, item := range m.get("tables").list() {
		t := item.mapping()
		table := BulletinTable{Title: t.need("title").text(), Unit: t.get("unit").text()}
		for _, c := range t.need("columns").list() {
			cm := c.mapping()
			table.Columns = append(table.Columns, BulletinColumn{Title: cm.need("title").text(), Of: readRef(cm.need("of"), form)})
			cm.end()
		}
		t.end()
		b.Tables = append(b.Tables, table)
	}
	return b
}

func readParagraph(m *mapping, form *Form) BulletinParagraph {
	defer m.end()
	p := BulletinParagraph{Text: readPlaced(m.need("text"), form)}
	if list := m.get("list"); list.present() {
		l := list.mapping()
		p.List = &BulletinList{Of: readRef(l.need("of"), form)}
		atLeast, below := l.get("at_least"), l.get("below")
		if atLeast.present() == below.present() {
			list.fault("at_least 和 below 写其中一个")
		}
		p.List.AtLeast, p.List.Below = atLeast.number(1e15)+below.number(1e15), below.present()
		l.end()
	}
	pieces, err := Pieces(p.Text)
	listed := slices.ContainsFunc(pieces, func(x Piece) bool { return x.Ref == "list" || x.Ref == "count" })
	if err == nil && listed != (p.List != nil) {
		m.get("list").fault("{list} 和 {count} 与 list 要同时有")
	}
	return p
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
