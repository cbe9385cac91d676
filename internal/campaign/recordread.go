package campaign

import "slices"

// everyRecord is what every record has beside the fields of its kind.
var everyRecord = []string{"day", "until", "took_part", "place_of_record", "photos", "position"}

// readRecords reads the kinds of records; a campaign without them has only its ledger.
func readRecords(v value, clauses []Clause) *Records {
	r := &Records{index: map[string]int{}}
	if !v.present() {
		return r
	}
	m := v.mapping()
	defer m.end()
	r.Categories, r.Boxes = readChoices(m.get("categories")), readBoxes(m.get("boxes"))
	kinds := m.need("kinds")
	keys := kinds.unique("key")
	for i, item := range kinds.list() {
		k := readRecordKind(item.mapping(), keys, clauses)
		r.index[k.Key] = i
		r.Kinds = append(r.Kinds, k)
	}
	return r
}

func readRecordKind(m *mapping, keys *uniques, clauses []Clause) RecordKind {
	defer m.end()
	k := RecordKind{
		Key: keys.read(m), Title: m.need("title").text(), Tile: m.get("tile").text(), Group: m.need("group").text(),
		People: m.get("people").flag(), Span: m.get("span").flag(), Approval: m.get("approval").flag(), Check: m.get("check").flag(),
		Clause: m.get("clause").text(), index: map[string]int{},
	}
	if k.Clause != "" && !slices.ContainsFunc(clauses, func(c Clause) bool { return c.Number == k.Clause }) {
		m.get("clause").fault("没有 %q 这一条", k.Clause)
	}
	if photos := m.get("photos"); photos.present() {
		k.Photos = oneOf(photos, TreePhoto, ScenePhoto, SketchMap)
	}
	k.Position = m.get("position").flag() || k.Photos == TreePhoto
	if len([]rune(k.Tile)) > 1 {
		m.get("tile").fault("只用一个字")
	}
	for _, at := range m.need("at").list() {
		k.At = append(k.At, oneOf(at, "village", "town", "county"))
	}
	fields := m.get("fields")
	names := fields.unique("key")
	for i, item := range fields.list() {
		f := readField(item.mapping(), names)
		if slices.Contains(everyRecord, f.Key) {
			item.mapping().get("key").fault("%q 是每类记录都有的，请换一个", f.Key)
		}
		k.index[f.Key] = i
		k.Fields = append(k.Fields, f)
	}
	for i, item := range fields.list() {
		if f := k.Fields[i]; f.Type == FieldSpecies {
			if of, ok := k.Field(f.Of); !ok || of.Type != FieldCount {
				item.mapping().get("of").fault("应当是本类记录的一个数量字段")
			}
		}
	}
	checkRows(&k, fields.list())
	return k
}

func readField(m *mapping, keys *uniques) Field {
	defer m.end()
	f := Field{
		Key: keys.read(m), Title: m.need("title").text(), Unit: m.get("unit").text(), Required: m.get("required").flag(), Of: m.get("of").text(),
		Type: oneOf(m.need("type"), FieldCount, FieldMoney, FieldYesNo, FieldChoice, FieldText, FieldNames, FieldSpecies, FieldRows),
		Help: m.get("help").text(), Register: m.get("register").flag(),
	}
	if f.Register && f.Type != FieldNames {
		m.get("register").fault("只有名单字段有这个字段")
	}
	f.Rows = readRows(m, f.Type)
	limit, large := m.get("max"), m.get("large")
	switch f.Type {
	case FieldCount:
		m.need("max")
		f.Max, f.Large = limit.number(1e15), large.number(1e15)
	case FieldMoney:
		m.need("max")
		f.Max, f.Large = limit.number(maxWan)*FenPerWan, large.number(maxWan)*FenPerWan
	default:
		for _, at := range []value{limit, large} {
			if at.present() {
				at.fault("只有数量和金额有这个字段")
			}
		}
	}
	if f.Large > 0 && f.Large >= f.Max {
		large.fault("应当小于 max")
	}
	choices := m.get("choices")
	if f.Type == FieldChoice {
		choices = m.need("choices")
	} else if choices.present() {
		choices.fault("只有选择字段有这个字段")
	}
	f.Choices = readChoices(choices)
	if f.Type != FieldSpecies && f.Of != "" {
		m.get("of").fault("只有树种字段有这个字段")
	}
	return f
}

func readChoices(v value) []Choice {
	var all []Choice
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		all = append(all, Choice{Key: keys.read(m), Title: m.need("title").text()})
		m.end()
	}
	return all
}

// readTally reads a figure over records; missing reads as none.
func readTally(v value, r *Records) *Tally {
	if !v.present() {
		return nil
	}
	m := v.mapping()
	defer m.end()
	return readTallyOf(m, r)
}

// readTallyOf reads a figure's own fields from a mapping that may have others.
func readTallyOf(m *mapping, r *Records) *Tally {
	x := &Tally{Kind: oneOf(m.need("tally"), TallySum, TallyCount, TallyAny, TallyStanding, TallyDistinct, TallyLatest),
		Record: m.need("record").text(), Where: map[string][]string{}}
	kind, ok := r.Kind(x.Record)
	if !ok {
		m.get("record").fault("records 中没有 %q 这一类", x.Record)
		return nil
	}
	if x.Kind == TallyStanding && !kind.Span {
		m.get("tally").fault("%s 没有起止，不能用 standing", x.Record)
	}
	if x.Zero = m.get("zero").flag(); x.Zero && x.Kind != TallyLatest {
		m.get("zero").fault("只有 latest 有这个字段")
	}
	field := m.get("field")
	if x.Kind == TallySum || x.Kind == TallyDistinct || x.Kind == TallyLatest {
		field = m.need("field")
	}
	if x.Field = field.text(); x.Field != "" {
		checkTallied(field, kind, x)
	}
	where := m.get("where")
	if where.present() {
		w := where.mapping()
		for _, name := range w.order {
			x.Where[name] = readAnswers(w.get(name), kind, name)
		}
	}
	return x
}

// talliable are the types of fields that a tally can be made of.
var talliable = map[TallyKind][]FieldType{
	TallySum: {FieldCount, FieldMoney}, TallyDistinct: {FieldNames}, TallyLatest: {FieldCount, FieldMoney, FieldYesNo},
}

func checkTallied(at value, kind *RecordKind, x *Tally) {
	f, ok := kind.Field(x.Field)
	if !ok || !slices.Contains(talliable[x.Kind], f.Type) {
		at.fault("%s 没有可以用于 %s 的字段 %q", kind.Key, x.Kind, x.Field)
	}
}

func readAnswers(v value, kind *RecordKind, name string) []string {
	f, ok := kind.Field(name)
	if !ok || f.Type != FieldChoice {
		v.fault("%s 没有选择字段 %q", kind.Key, name)
		return nil
	}
	answers := v.texts()
	for _, key := range answers {
		if _, ok := f.Choice(key); !ok {
			v.fault("%s 没有 %q 这一项", name, key)
		}
	}
	return answers
}

// readDerivation reads how a column follows from records.
func readDerivation(at value, c *Column, r *Records) {
	c.Derive = readTally(at, r)
	if c.Derive == nil {
		return
	}
	yes := c.Derive.Kind == TallyAny || c.Derive.Kind == TallyStanding
	kind, _ := r.Kind(c.Derive.Record)
	field, has := kind.Field(c.Derive.Field)
	switch {
	case yes && c.Type != YesNo:
		at.fault("%s 得出是或否，%s 列不是", c.Derive.Kind, c.Key)
	case c.Derive.Additive() && c.Type == YesNo:
		at.fault("%s 得出数量，%s 列是是/否列", c.Derive.Kind, c.Key)
	case has && (field.Type == FieldMoney) != (c.Type == Money), has && (field.Type == FieldYesNo) != (c.Type == YesNo):
		at.fault("%s 与 %s 列的类型不同", c.Derive.Field, c.Key)
	}
}
