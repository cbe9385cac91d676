package record

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
)

const (
	maxText    = 300 // characters of a text
	maxName    = 30  // characters of a name or a kind of tree
	maxEntries = 50  // names, or kinds of trees
)

// peoplePrefix stands before a category's key among the inputs: people.members.
const peoplePrefix = "people."

// readFacts reads what was typed into a kind's fields, by field key, and people.CATEGORY. All
// that is wrong is listed; nothing is guessed.
func readFacts(r *campaign.Records, kind *campaign.RecordKind, inputs map[string]string) (Facts, []Fault) {
	facts := Facts{Numbers: map[string]int64{}, Answers: map[string]string{}, Texts: map[string]string{}, Names: map[string][]string{}, People: map[string]int64{}}
	var faults []Fault
	add := func(field, code string, params problem.Params) { faults = append(faults, Fault{field, code, params}) }
	for _, key := range slices.Sorted(maps.Keys(inputs)) {
		if _, ok := kind.Field(key); !ok && !(kind.People && isCategory(r, strings.TrimPrefix(key, peoplePrefix))) {
			add(key, FieldUnknown, problem.Params{"field": key})
		}
	}
	for i := range kind.Fields {
		f := &kind.Fields[i]
		text := clean(inputs[f.Key])
		if text == "" {
			if f.Required && !facts.willFollow(kind, f.Key, inputs) {
				add(f.Key, FieldMissing, problem.Params{"field": f.Title})
			}
			continue
		}
		facts.readField(f, text, add)
	}
	if kind.People {
		for _, c := range r.Categories {
			facts.readPeople(c, clean(inputs[peoplePrefix+c.Key]), add)
		}
	}
	facts.derive(kind, add)
	facts.checkSpecies(kind, add)
	return facts, faults
}

// willFollow tells whether a figure need not be typed, since a table that it follows from was.
func (*Facts) willFollow(kind *campaign.RecordKind, field string, inputs map[string]string) bool {
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if f.Type != campaign.FieldRows || !f.Rows.Gives(field) {
			continue
		}
		lines, ok := typedRows(f.Rows, clean(inputs[f.Key]))
		if !ok {
			return true // the table itself is wrong
		}
		for _, cells := range lines {
			if !blankRow(f.Rows, cells) {
				return true
			}
		}
	}
	return false
}

func isCategory(r *campaign.Records, key string) bool {
	return slices.ContainsFunc(r.Categories, func(c campaign.Choice) bool { return c.Key == key })
}

type adder func(field, code string, params problem.Params)

func (facts *Facts) readField(f *campaign.Field, text string, add adder) {
	switch f.Type {
	case campaign.FieldCount, campaign.FieldMoney, campaign.FieldYesNo:
		if n, ok := readNumber(f, f.Key, text, add); ok {
			facts.Numbers[f.Key] = n
		}
	case campaign.FieldChoice:
		key := text
		for _, c := range f.Choices {
			if c.Title == text {
				key = c.Key
			}
		}
		if _, ok := f.Choice(key); !ok {
			add(f.Key, FieldChoice, problem.Params{"field": f.Title, "value": text})
			return
		}
		facts.Answers[f.Key] = key
	case campaign.FieldText:
		if long(text, maxText) {
			add(f.Key, FieldLong, problem.Params{"field": f.Title, "max": maxText})
			return
		}
		facts.Texts[f.Key] = text
	case campaign.FieldNames:
		facts.Names[f.Key] = readNames(f, text, add)
	case campaign.FieldSpecies:
		facts.Species = readSpecies(f, text, add)
	case campaign.FieldRows:
		facts.readRows(f, text, add)
	}
}

// readNumber reads a figure as the ledger reads its cells.
func readNumber(f *campaign.Field, at, text string, add adder) (int64, bool) {
	col := campaign.Column{Key: f.Key, Title: f.Title, Type: campaign.ColumnType(f.Type), Unit: f.Unit, Max: f.Max}
	v, finding := ledger.Parse(&col, text)
	switch {
	case finding != nil:
		params := maps.Clone(finding.Params)
		if params == nil {
			params = problem.Params{}
		}
		params["column"] = f.Title
		add(at, finding.Code, params)
		return 0, false
	case v == ledger.Empty:
		if f.Required {
			add(at, FieldMissing, problem.Params{"field": f.Title})
		}
		return 0, false
	case v < 0:
		add(at, ledger.Negative, problem.Params{"column": f.Title, "value": ledger.Format(&col, v)})
		return 0, false
	case col.Type != campaign.YesNo && int64(v) > f.Max:
		add(at, ledger.Absurd, problem.Params{"column": f.Title, "value": ledger.Format(&col, v), "max": ledger.Format(&col, ledger.Value(f.Max))})
		return 0, false
	}
	return int64(v), true
}

func (facts *Facts) readPeople(c campaign.Choice, text string, add adder) {
	if text == "" {
		return
	}
	f := campaign.Field{Key: c.Key, Title: c.Title, Type: campaign.FieldCount, Unit: "人", Max: 100_000}
	if n, ok := readNumber(&f, peoplePrefix+c.Key, text, add); ok && n > 0 {
		facts.People[c.Key] = n
	}
}

// separators stand between names and between kinds of trees.
func separators(r rune) bool { return strings.ContainsRune("、，,；;\n/ 　", r) }

// readNames reads 陈木清、黄秀英; a name that comes twice is one.
func readNames(f *campaign.Field, text string, add adder) []string {
	var names []string
	for _, name := range strings.FieldsFunc(text, separators) {
		if long(name, maxName) {
			add(f.Key, FieldLong, problem.Params{"field": f.Title, "max": maxName})
			return nil
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) > maxEntries {
		add(f.Key, FieldLong, problem.Params{"field": f.Title, "max": maxEntries})
		return nil
	}
	slices.Sort(names)
	return names
}

// readSpecies reads 荔枝100、龙眼 20株.
func readSpecies(f *campaign.Field, text string, add adder) []Species {
	var list []Species
	bad := func() []Species {
		add(f.Key, FieldSpecies, problem.Params{"field": f.Title, "value": text})
		return nil
	}
	for _, entry := range strings.FieldsFunc(joinCounts(text), func(r rune) bool { return r != ' ' && r != '　' && separators(r) }) {
		entry = strings.TrimSpace(entry)
		at := strings.IndexFunc(entry, unicode.IsDigit)
		if at <= 0 {
			return bad()
		}
		name := strings.TrimRight(strings.TrimSpace(entry[:at]), "：:×xX* 　")
		count := ledgerCount(entry[at:])
		if name == "" || count <= 0 || long(name, maxName) {
			return bad()
		}
		if i := slices.IndexFunc(list, func(s Species) bool { return s.Name == name }); i >= 0 {
			list[i].Count += count
			continue
		}
		list = append(list, Species{name, count})
	}
	if len(list) > maxEntries {
		return bad()
	}
	slices.SortFunc(list, func(a, b Species) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// joinCounts puts a separator behind each count that is followed by another name: 荔枝100 龙眼20.
func joinCounts(text string) string {
	var b strings.Builder
	digits := false
	for _, r := range text {
		if digits && (r == ' ' || r == '　') {
			b.WriteRune('、')
			digits = false
			continue
		}
		digits = unicode.IsDigit(r) || digits && strings.ContainsRune("株棵", r)
		b.WriteRune(r)
	}
	return b.String()
}

// ledgerCount reads 100, １００株; 0 when it is none.
func ledgerCount(text string) int64 {
	v, finding := ledger.Parse(&campaign.Column{Type: campaign.Count, Unit: "株", Max: 1_000_000_000}, text)
	if finding != nil || v == ledger.Empty {
		return 0
	}
	return int64(v)
}

// checkSpecies wants the kinds of trees to add up to the count they are of.
func (facts *Facts) checkSpecies(kind *campaign.RecordKind, add adder) {
	if len(facts.Species) == 0 {
		return
	}
	for _, f := range kind.Fields {
		of, known := facts.Numbers[f.Of]
		if f.Type != campaign.FieldSpecies || !known {
			continue
		}
		var sum int64
		for _, s := range facts.Species {
			sum += s.Count
		}
		if sum != of {
			add(f.Key, SpeciesSum, problem.Params{"sum": sum, "of": of})
		}
	}
}

// inputs are the facts as they would be typed, for a form or a workbook.
func (facts *Facts) Inputs(kind *campaign.RecordKind) map[string]string {
	in := map[string]string{}
	for _, f := range kind.Fields {
		col := campaign.Column{Type: campaign.ColumnType(f.Type), Unit: f.Unit}
		n, ok := facts.Numbers[f.Key]
		switch {
		case f.Type == campaign.FieldRows && len(facts.Rows[f.Key]) > 0:
			in[f.Key] = facts.RowsText(&f)
		case f.Type == campaign.FieldSpecies && len(facts.Species) > 0:
			var parts []string
			for _, s := range facts.Species {
				parts = append(parts, s.Name+strconv.FormatInt(s.Count, 10))
			}
			in[f.Key] = strings.Join(parts, "、")
		case f.Type == campaign.FieldNames && len(facts.Names[f.Key]) > 0:
			in[f.Key] = strings.Join(facts.Names[f.Key], "、")
		case facts.Answers[f.Key] != "":
			in[f.Key] = facts.Answers[f.Key]
		case facts.Texts[f.Key] != "":
			in[f.Key] = facts.Texts[f.Key]
		case ok:
			in[f.Key] = ledger.Exact(&col, ledger.Value(n))
		}
	}
	for key, n := range facts.People {
		in[peoplePrefix+key] = strconv.FormatInt(n, 10)
	}
	return in
}

func (facts Facts) clone() Facts {
	c := Facts{Numbers: maps.Clone(facts.Numbers), Answers: maps.Clone(facts.Answers), Texts: maps.Clone(facts.Texts), People: maps.Clone(facts.People),
		Species: slices.Clone(facts.Species), Rows: cloneRows(facts.Rows)}
	if facts.Names != nil {
		c.Names = map[string][]string{}
		for k, v := range facts.Names {
			c.Names[k] = slices.Clone(v)
		}
	}
	return c
}

// clean drops what no table keeps and the blanks around.
func clean(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "")))
}

func long(text string, most int) bool { return utf8.RuneCountInString(text) > most }
