package campaign

import "strings"

// maxWan is the largest limit a money column may have, in 万元: the nation's budget and more.
const maxWan = 1_000_000_000

func readForm(v value, corrections []Correction, records *Records) *Form {
	m := v.mapping()
	defer m.end()
	f := &Form{
		Title:       m.need("title").text(),
		Annex:       m.get("annex").text(),
		SerialTitle: m.need("serial_title").text(),
		NameTitle:   m.need("name_title").text(),
		NameAliases: m.get("name_aliases").texts(),
		Notes:       m.get("notes").texts(),
		index:       map[string]int{},
	}
	f.Head = readHead(m.need("head"))
	f.Groups = readGroups(m.need("groups"))
	readColumns(m.need("columns"), f, corrections, records)
	f.Example = readExample(m.need("example"))
	f.Rules = readRules(m.get("rules"), f)
	return f
}

func readHead(v value) []HeadField {
	var all []HeadField
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		key := m.get("key")
		all = append(all, HeadField{Key: keys.read(m), Title: m.need("title").text()})
		if key.node != nil {
			oneOf(key, "unit", "contact", "phone", "filled_on")
		}
		m.end()
	}
	return all
}

func readGroups(v value) []Group {
	var all []Group
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		all = append(all, Group{Key: keys.read(m), Title: m.need("title").text()})
		m.end()
	}
	return all
}

func readExample(v value) Example {
	m := v.mapping()
	defer m.end()
	return Example{
		Serial: m.need("serial").text(), Name: m.need("name").text(),
		YesNo: m.need("yes_no").text(), Number: m.need("number").text(),
	}
}

// readColumns reads the columns and counts them into their groups.
func readColumns(v value, f *Form, corrections []Correction, records *Records) {
	keys, heads, bands := v.unique("key"), map[string]string{}, newBands(f.Groups)
	for i, item := range v.list() {
		m := item.mapping()
		c := readColumn(m, keys)
		f.index[c.Key] = i
		f.Columns = append(f.Columns, c)
		bands.add(m)
		readDerivation(m.get("derive"), &f.Columns[i], records)
		if c.Scanned != "" && !explained(corrections, c.Scanned, c.Title) {
			m.get("scanned").fault("corrections 中没有这一处更正的理由")
		}
		for _, h := range c.Heads() {
			if other, taken := heads[plain(h)]; taken && other != c.Key && h != "" {
				m.get("title").fault("表头 %q 与 %s 列相同，分不清", h, other)
			}
			heads[plain(h)] = c.Key
		}
		m.end()
	}
	bands.end(v)
}

// plain is a head text without what offices add or leave out: blanks and brackets' width.
func plain(head string) string {
	return strings.NewReplacer(" ", "", "　", "", "（", "(", "）", ")").Replace(head)
}

func readColumn(m *mapping, keys *uniques) Column {
	c := Column{
		Key:     keys.read(m),
		Title:   m.need("title").text(),
		Scanned: m.get("scanned").text(),
		Short:   m.need("short").text(),
		Aliases: m.get("aliases").texts(),
		Group:   m.need("group").text(),
		Type:    oneOf(m.need("type"), YesNo, Count, Money),
		Unit:    m.get("unit").text(),
		Grows:   m.get("grows").flag(),
		Keeps:   m.get("keeps").flag(),
	}
	limit, large := m.get("max"), m.get("large")
	switch c.Type {
	case YesNo:
		for _, name := range []string{"max", "large", "grows", "unit"} {
			if at := m.get(name); at.present() {
				at.fault("是/否列没有这个字段")
			}
		}
	case Count:
		m.need("max")
		c.Max, c.Large = limit.number(1e15), large.number(1e15)
	case Money:
		m.need("max")
		c.Max, c.Large = limit.number(maxWan)*FenPerWan, large.number(maxWan)*FenPerWan
		if unit := m.get("unit"); unit.text() != "万元" {
			unit.fault("金额列的单位应当是万元")
		}
	}
	if c.Keeps && c.Type != YesNo && c.Type != "" {
		m.get("keeps").fault("只有是/否列才有这个字段，数字列写 grows")
	}
	if c.Large > 0 && c.Max > 0 && c.Large >= c.Max {
		large.fault("应当小于 max")
	}
	return c
}

// readRules reads the rules between columns; every column must exist and be summable.
func readRules(v value, f *Form) []Rule {
	var all []Rule
	codes := v.unique("code")
	for _, item := range v.list() {
		m := item.mapping()
		r := Rule{
			Code:     codes.read(m),
			Kind:     oneOf(m.need("kind"), AtMost, Sum),
			Severity: oneOf(m.need("severity"), Error, Warning),
			Says:     m.need("says").text(),
		}
		column := m.need("column")
		r.Column = column.text()
		kind := f.numberColumn(column, r.Column)
		against := m.need("against")
		for _, a := range against.list() {
			key := a.text()
			r.Against = append(r.Against, key)
			if other := f.numberColumn(a, key); other != "" && kind != "" && other != kind {
				a.fault("%s 列与 %s 列的类型不同，不能相比", key, r.Column)
			}
			if key == r.Column {
				a.fault("不能与自己相比")
			}
		}
		if n := len(r.Against); against.node != nil && (r.Kind == AtMost && n != 1 || r.Kind == Sum && n < 2) {
			against.fault("at_most 要一列，sum 要两列以上，不是 %d 列", n)
		}
		m.end()
		all = append(all, r)
	}
	return all
}

// numberColumn is the type of the column if it holds numbers; else the fault is reported.
func (f *Form) numberColumn(at value, key string) ColumnType {
	if at.node == nil {
		return ""
	}
	c, ok := f.Column(key)
	switch {
	case !ok:
		at.fault("没有 %q 这一列", key)
		return ""
	case c.Type == YesNo:
		at.fault("%s 是是/否列，应当用数字列", key)
		return ""
	}
	return c.Type
}
