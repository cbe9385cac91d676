package campaign

// mostRows is the most lines a pack may allow in one table.
const mostRows = 200

// readRows reads the table of a field of rows; of another field there must be none.
func readRows(m *mapping, t FieldType) *RowsSpec {
	rows := m.get("rows")
	if t != FieldRows {
		if rows.present() {
			rows.fault("只有表格字段有这个字段")
		}
		return nil
	}
	r := m.need("rows").mapping()
	defer r.end()
	spec := &RowsSpec{Word: r.need("word").text(), Unit: r.need("unit").text(), Max: int(r.need("max").number(mostRows)), Counts: r.get("counts").text()}
	columns := r.need("columns")
	keys := columns.unique("key")
	for _, item := range columns.list() {
		spec.Columns = append(spec.Columns, readRowColumn(item.mapping(), keys))
	}
	return spec
}

func readRowColumn(m *mapping, keys *uniques) RowColumn {
	defer m.end()
	c := RowColumn{Key: keys.read(m), Title: m.need("title").text(), Unit: m.get("unit").text(), Required: m.get("required").flag(),
		Type: oneOf(m.need("type"), RowText, RowChoice, RowCount, RowTree, RowNames, RowArea, RowLine),
		Sums: m.get("sums").text(), Distinct: m.get("distinct").text(), Answers: m.get("answers").text()}
	if c.Key == "was" {
		m.get("key").fault("%q 另有用处，请换一个", c.Key)
	}
	limit, choices := m.get("max"), m.get("choices")
	if c.Type == RowCount {
		c.Max = m.need("max").number(1e15)
	} else if limit.present() {
		limit.fault("只有数量列有这个字段")
	}
	if c.Type == RowChoice {
		c.Choices = readChoices(m.need("choices"))
	} else if choices.present() {
		choices.fault("只有选择列有这个字段")
	}
	for name, wrong := range map[string]bool{"sums": c.Sums != "" && c.Type != RowCount, "distinct": c.Distinct != "" && c.Type != RowNames, "answers": c.Answers != "" && !c.Type.Drawn()} {
		if wrong {
			m.get(name).fault("不是 %s 列的字段", c.Type)
		}
	}
	return c
}

// checkRows wants the fields that follow from tables to be there, of the right type, and each to
// follow from one table only.
func checkRows(k *RecordKind, items []value) {
	taken := map[string]bool{}
	for i, item := range items {
		r := k.Fields[i].Rows
		if r == nil {
			continue
		}
		rows := item.mapping().get("rows").mapping()
		want := func(at value, field string, t FieldType) {
			if field == "" {
				return
			}
			if f, ok := k.Field(field); !ok || f.Type != t || taken[field] {
				at.fault("应当是本类记录的一个 %s 字段，没有别的表格推出它", t)
			}
			taken[field] = true
		}
		want(rows.get("counts"), r.Counts, FieldCount)
		for j, at := range rows.get("columns").list() {
			c, m := r.Columns[j], at.mapping()
			want(m.get("sums"), c.Sums, FieldCount)
			want(m.get("distinct"), c.Distinct, FieldCount)
			if c.Answers != "" && taken[c.Answers] {
				continue // something drawn in either table answers it
			}
			want(m.get("answers"), c.Answers, FieldYesNo)
		}
	}
}
