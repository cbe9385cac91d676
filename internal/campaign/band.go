package campaign

// bands counts columns into the groups of a head while they are read.
type bands struct {
	groups []Group
	index  map[string]int
	at     int // index of the group of the last column
	column int // index of the next column
}

func newBands(groups []Group) *bands {
	b := &bands{groups: groups, index: map[string]int{}, at: -1}
	for i, g := range groups {
		b.index[g.Key] = i
	}
	return b
}

// add puts the next column into the group its field group names. Columns must follow each
// other in the order of the groups.
func (b *bands) add(m *mapping) {
	i := b.column
	b.column++
	v := m.get("group")
	if !v.present() {
		return // reported as missing
	}
	g, ok := b.index[v.text()]
	if !ok {
		v.fault("没有 %q 这个分组", v.text())
		return
	}
	if g < b.at || g > b.at+1 {
		v.fault("各列要按分组的先后排在一起")
	}
	if b.groups[g].Count == 0 {
		b.groups[g].First = i
	}
	b.groups[g].Count++
	b.at = g
}

// end reports the groups without columns.
func (b *bands) end(columns value) {
	for _, g := range b.groups {
		if g.Count == 0 && columns.node != nil {
			columns.fault("分组 %s 没有列", g.Key)
		}
	}
}
