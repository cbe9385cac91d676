package campaign

// readDispatch reads the weekly dispatch; a pack without one has no pages of it.
func readDispatch(v value, form *Form) *Dispatch {
	if !v.present() {
		return nil
	}
	m := v.mapping()
	defer m.end()
	d := &Dispatch{}
	columns := m.need("columns")
	for _, item := range columns.list() {
		d.Columns = append(d.Columns, readDispatchColumn(item.mapping(), form))
	}
	if columns.present() && len(d.Columns) == 0 {
		columns.fault("至少要有一列")
	}
	points := m.need("points")
	keys := points.unique("key")
	for _, item := range points.list() {
		d.Points = append(d.Points, readPoint(item.mapping(), keys, form))
	}
	d.Asks = readChoices(m.need("asks"))
	return d
}

func readDispatchColumn(m *mapping, form *Form) DispatchColumn {
	defer m.end()
	c := DispatchColumn{Title: m.need("title").text(), Of: m.need("of").text(), Per: m.get("per").text()}
	kind := form.numberColumn(m.get("of"), c.Of)
	if per := m.get("per"); per.present() {
		if other := form.numberColumn(per, c.Per); other != "" && kind != "" && other != kind {
			per.fault("%s 列与 %s 列的类型不同，不能相比", c.Per, c.Of)
		}
	}
	return c
}

// longestStuck is the most weeks a rule may look back.
const longestStuck = 12

func readPoint(m *mapping, keys *uniques, form *Form) PointRule {
	defer m.end()
	r := PointRule{Key: keys.read(m), Kind: oneOf(m.need("kind"), PointStuck, PointSilent, PointGap, PointOverdue, PointAsked),
		Title: m.need("title").text(), Short: m.need("short").text(), Says: m.need("says").text()}
	if r.Kind == PointStuck || r.Kind == PointSilent {
		weeks := m.need("weeks")
		if r.Weeks = int(weeks.number(longestStuck)); r.Weeks < 1 && weeks.present() {
			weeks.fault("至少是 1")
		}
	}
	switch r.Kind {
	case PointStuck:
		r.Column, r.Below = m.need("column").text(), m.need("below").text()
		kind := form.numberColumn(m.get("column"), r.Column)
		if other := form.numberColumn(m.get("below"), r.Below); kind != "" && other != "" && kind != other {
			m.get("below").fault("%s 列与 %s 列的类型不同，不能相比", r.Below, r.Column)
		}
	case PointGap:
		readGap(m, &r, form)
	}
	return r
}

// readGap reads a difference: its thresholds are in the unit of the column, money in 万元.
func readGap(m *mapping, r *PointRule, form *Form) {
	r.Column = m.need("column").text()
	kind := form.numberColumn(m.get("column"), r.Column)
	less := m.need("less")
	for _, item := range less.list() {
		key := item.text()
		if other := form.numberColumn(item, key); kind != "" && other != "" && kind != other {
			item.fault("%s 列与 %s 列的类型不同，不能相减", key, r.Column)
		}
		r.Less = append(r.Less, key)
	}
	if less.present() && len(r.Less) == 0 {
		less.fault("至少要有一列")
	}
	least := m.need("at_least")
	if r.AtLeast = least.number(1e9); r.AtLeast < 1 && least.present() {
		least.fault("至少是 1")
	}
	if kind == Money {
		r.AtLeast *= FenPerWan
	}
	r.Percent = m.get("percent").number(100)
}
