package campaign

import (
	"slices"

	"github.com/sangzi/sangzi/internal/date"
)

// Liaisons says which kind of record tells who answers for a town or village (包抓), and what
// they owe it.
type Liaisons struct {
	Record string // kind of record
	Level  string // its choice field: which leader, team or department
	Post   string // its text field: who it is
	SentBy string // its text field: the unit that sent a team or secretary; empty: none
	Owes   []Owe
}

// Owe is something that those who answer for a place owe it once.
type Owe struct {
	Key    string
	Title  string
	Record string    // kind of record that shows it, at the place
	From   date.Date // the first day on which it counts
	Before date.Date // the first day that is too late
	Clause string
	Levels map[string]map[string][]string // by level: of the record's choice fields, the answers that count
}

// Of tells whether a level owes it.
func (o *Owe) Of(level string) bool {
	_, ok := o.Levels[level]
	return ok
}

// Takes tells whether a record with these answers shows it for a level.
func (o *Owe) Takes(level string, answers map[string]string) bool {
	where, ok := o.Levels[level]
	if !ok {
		return false
	}
	for field, keys := range where {
		if !slices.Contains(keys, answers[field]) {
			return false
		}
	}
	return true
}

// readLiaisons reads what those who answer for a place owe; a campaign may have none.
func readLiaisons(v value, p *Pack) *Liaisons {
	if !v.present() {
		return nil
	}
	m := v.mapping()
	defer m.end()
	l := &Liaisons{Record: m.need("record").text(), Level: m.need("level").text(), Post: m.need("post").text(), SentBy: m.get("sent_by").text()}
	kind, ok := p.Records.Kind(l.Record)
	if !ok {
		m.get("record").fault("records 中没有 %q 这一类", l.Record)
		return nil
	}
	if !kind.Span {
		m.get("record").fault("%s 没有起止", l.Record)
	}
	for name, want := range map[string]FieldType{"level": FieldChoice, "post": FieldText, "sent_by": FieldText} {
		at := m.get(name)
		if f, ok := kind.Field(at.text()); at.present() && (!ok || f.Type != want) {
			at.fault("%s 没有这样的 %s 字段", l.Record, want)
		}
	}
	owes := m.get("owes")
	keys := owes.unique("key")
	for _, item := range owes.list() {
		l.Owes = append(l.Owes, readOwe(item.mapping(), keys, kind, l, p))
	}
	return l
}

func readOwe(m *mapping, keys *uniques, of *RecordKind, l *Liaisons, p *Pack) Owe {
	defer m.end()
	o := Owe{Key: keys.read(m), Title: m.need("title").text(), Record: m.need("record").text(), From: m.get("from").day(), Before: m.need("before").day(),
		Clause: m.get("clause").text(), Levels: map[string]map[string][]string{}}
	if o.From.IsZero() {
		o.From = p.Since
	}
	if !o.From.Before(o.Before) {
		m.get("before").fault("应当在 %s 以后", o.From)
	}
	if o.Clause != "" && !slices.ContainsFunc(p.Clauses, func(c Clause) bool { return c.Number == o.Clause }) {
		m.get("clause").fault("没有 %q 这一条", o.Clause)
	}
	shows, ok := p.Records.Kind(o.Record)
	if !ok {
		m.get("record").fault("records 中没有 %q 这一类", o.Record)
		return o
	}
	levels := m.need("levels").mapping()
	level, _ := of.Field(l.Level)
	for _, name := range levels.order {
		at := levels.get(name)
		if level == nil {
			continue // said above
		}
		if _, ok := level.Choice(name); !ok {
			at.fault("%s 没有 %q 这一项", l.Level, name)
		}
		where, w := map[string][]string{}, at.mapping()
		for _, field := range w.order {
			where[field] = readAnswers(w.get(field), shows, field)
		}
		o.Levels[name] = where
	}
	return o
}
