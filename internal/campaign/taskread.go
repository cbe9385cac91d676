package campaign

import "slices"

// readTasks reads departments, bodies and the themes with their tasks.
func readTasks(m *mapping, p *Pack) {
	p.Departments = readDepartments(m.get("departments"))
	p.Bodies = readBodies(m.get("bodies"), p)
	var at []*mapping
	for _, item := range m.get("themes").list() {
		t := item.mapping()
		theme := Theme{Title: t.need("title").text(), First: len(p.Tasks)}
		for _, task := range t.need("tasks").list() {
			tm := task.mapping()
			at = append(at, tm)
			p.Tasks = append(p.Tasks, readTask(tm, theme.Title, p))
		}
		theme.Count = len(p.Tasks) - theme.First
		p.Themes = append(p.Themes, theme)
		t.end()
	}
	for i := range p.Tasks {
		checkMerged(at[i], p.Tasks, i)
	}
}

func readTask(m *mapping, theme string, p *Pack) Task {
	defer m.end()
	number := m.need("number")
	t := Task{
		Number: int(number.number(9999)), Theme: theme, SubTheme: m.get("sub_theme").text(),
		Measure: m.need("measure").text(), Limit: m.need("limit").text(),
		Clause: m.get("clause").text(), Ground: m.get("ground").text(),
	}
	if number.node != nil && t.Number != len(p.Tasks)+1 {
		number.fault("任务要从 1 起依次编号，这里应当是 %d", len(p.Tasks)+1)
	}
	if t.Clause != "" && !slices.ContainsFunc(p.Clauses, func(c Clause) bool { return c.Number == t.Clause }) {
		m.get("clause").fault("没有 %q 这一条", t.Clause)
	}
	for _, r := range m.need("responsible").list() {
		name := r.text()
		_, department := p.Department(name)
		_, body := p.Body(name)
		if !department && !body {
			r.fault("departments 和 bodies 中没有 %q", name)
		}
		t.Responsible = append(t.Responsible, name)
	}
	t.Demands = readDemands(m.get("rule"), t.Responsible, p)
	t.spot = m.spotOf("ground", "ground", "sub_theme", "responsible", "limit", "merged")
	for _, f := range m.get("merged").list() {
		t.Merged = append(t.Merged, oneOf(f, "sub_theme", "responsible", "limit"))
	}
	return t
}

// checkMerged holds a merged field against its neighbours: one of them must have the same
// text, or the cells cannot be one.
func checkMerged(m *mapping, tasks []Task, i int) {
	t := tasks[i]
	if len(t.Merged) > 0 && t.Ground == "" {
		m.get("ground").fault("有合并单元格的任务要写明依据")
	}
	texts := func(t Task) map[string]string {
		return map[string]string{"sub_theme": t.SubTheme, "responsible": t.ResponsibleText(), "limit": t.Limit}
	}
	for _, field := range t.Merged {
		same := i > 0 && texts(tasks[i-1])[field] == texts(t)[field] ||
			i+1 < len(tasks) && texts(tasks[i+1])[field] == texts(t)[field]
		if field != "" && !same {
			m.get("merged").fault("%s 与上下相邻任务都不同，不会是合并单元格", field)
		}
	}
}

func readDepartments(v value) []Department {
	var all []Department
	keys, names := v.unique("key"), map[string]bool{}
	for _, item := range v.list() {
		m := item.mapping()
		d := Department{
			Key: keys.read(m), Name: m.need("name").text(),
			Level: oneOf(m.need("level"), "city", "county", "town"), Also: m.get("also").texts(),
		}
		for _, name := range append([]string{d.Name}, d.Also...) {
			if names[name] && name != "" {
				m.get("name").fault("%q 已是另一个部门的名称", name)
			}
			names[name] = true
		}
		m.end()
		all = append(all, d)
	}
	return all
}

func readBodies(v value, p *Pack) []Body {
	var all []Body
	for _, item := range v.list() {
		m := item.mapping()
		b := Body{Name: m.need("name").text(), Kind: oneOf(m.need("kind"), EveryTown, EveryDepartment, Seconding)}
		if _, taken := p.Department(b.Name); taken {
			m.get("name").fault("%q 已是部门的名称", b.Name)
		}
		m.end()
		all = append(all, b)
	}
	return all
}

func readClauses(v value) []Clause {
	var all []Clause
	for _, item := range v.list() {
		m := item.mapping()
		all = append(all, Clause{Number: m.need("number").text(), Title: m.need("title").text()})
		m.end()
	}
	return all
}

func readOrders(v value, p *Pack) []Order {
	var all []Order
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		o := Order{
			Key: keys.read(m), Document: readDocumentKey(m, p.Documents),
			Clause: m.need("clause").text(), Text: m.need("text").text(), Quote: m.need("quote").text(),
			Demands: readDemands(m.get("rule"), nil, p),
		}
		m.end()
		all = append(all, o)
	}
	return all
}

// readDocumentKey reads the field document, which must be the key of a document.
func readDocumentKey(m *mapping, documents []Document) string {
	v := m.need("document")
	key := v.text()
	if v.node != nil && !slices.ContainsFunc(documents, func(d Document) bool { return d.Key == key }) {
		v.fault("documents 中没有 %q", key)
	}
	return key
}
