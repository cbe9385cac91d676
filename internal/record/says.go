package record

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
)

// Item is one thing a record says, as people read it: 株数, 120 株.
type Item struct {
	Key   string // of the field, or people.CATEGORY
	Title string
	Text  string
	Field *campaign.Field // nil for who took part
}

// Items are what a version says, in the order of its kind's fields, then who took part. Of a kind
// that the campaign no longer has it is nothing.
func (s *Service) Items(v *Version) []Item {
	kind, ok := s.records.Kind(v.Kind)
	if !ok {
		return nil
	}
	var items []Item
	for i := range kind.Fields {
		f := &kind.Fields[i]
		if text := v.Facts.read(f); text != "" {
			items = append(items, Item{f.Key, f.Title, text, f})
		}
	}
	for _, c := range s.records.Categories {
		if n, ok := v.Facts.People[c.Key]; ok {
			items = append(items, Item{peoplePrefix + c.Key, c.Title, strconv.FormatInt(n, 10) + " 人", nil})
		}
	}
	return items
}

// read is a field as it is read out; empty when nothing is said.
func (facts *Facts) read(f *campaign.Field) string {
	switch f.Type {
	case campaign.FieldChoice:
		if c, ok := f.Choice(facts.Answers[f.Key]); ok {
			return c.Title
		}
		return facts.Answers[f.Key]
	case campaign.FieldText:
		return facts.Texts[f.Key]
	case campaign.FieldNames:
		if n := facts.Unnamed[f.Key]; n > 0 {
			return strconv.Itoa(n) + " 人"
		}
		return strings.Join(facts.Names[f.Key], "、")
	case campaign.FieldRows:
		return facts.readRowsOut(f)
	case campaign.FieldSpecies:
		parts := make([]string, len(facts.Species))
		for i, one := range facts.Species {
			parts[i] = one.Name + strconv.FormatInt(one.Count, 10)
		}
		return strings.Join(parts, "、")
	}
	n, said := facts.Numbers[f.Key]
	if !said {
		return ""
	}
	col := campaign.Column{Type: campaign.ColumnType(f.Type), Unit: f.Unit}
	text := ledger.Format(&col, ledger.Value(n))
	if f.Unit != "" {
		text += " " + f.Unit
	}
	return text
}

// Says is a version in one line: 新种 120 株 · 荔枝80、龙眼40 · 党员 12 人.
func (s *Service) Says(v *Version) string {
	items := s.Items(v)
	figures := 0
	for i := range items {
		if f := items[i].Field; isFigure(f) || f != nil && f.Type == campaign.FieldYesNo {
			figures++
		}
	}
	var parts []string
	for i := range items {
		it := &items[i]
		switch {
		case it.Field == nil, isFigure(it.Field) && figures > 1, it.Field.Type == campaign.FieldYesNo:
			parts = append(parts, it.Title+" "+it.Text)
		case isFigure(it.Field) && i > 0 && items[i-1].Field.Type == campaign.FieldChoice && len(parts) > 0:
			parts[len(parts)-1] += " " + it.Text // 新种 120 株
		case it.Field.Type == campaign.FieldRows:
			parts = append(parts, it.Field.Title+" "+rowsCount(it.Field, len(v.Facts.Rows[it.Key])))
		case it.Field.Type == campaign.FieldText:
			parts = append(parts, beginning(it.Text))
		default:
			parts = append(parts, it.Text)
		}
	}
	return strings.Join(parts, " · ")
}

func isFigure(f *campaign.Field) bool {
	return f != nil && (f.Type == campaign.FieldCount || f.Type == campaign.FieldMoney)
}

// beginning is a text cut at 40 characters, on one line.
func beginning(text string) string {
	const most = 40
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) > most {
		return string(r[:most]) + "…"
	}
	return string(r)
}

// Columns are the places of the ledger's columns that a record of a village counts for.
func (s *Service) Columns(v *Version) []int {
	var list []int
	for _, i := range s.book.byKind[v.Kind] {
		if takes(s.book.columns[i], v) {
			list = append(list, i)
		}
	}
	slices.Sort(list)
	return list
}
