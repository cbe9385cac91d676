package register

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// SearchInput asks for units by name or code inside a unit, as of a day; the zero day is today.
type SearchInput struct {
	Within unit.Code
	Text   string
	Day    date.Date
}

// Found is what a search gives: the first of them, and how many there are.
type Found struct {
	Tree  *unit.Tree
	Units []unit.Unit
	Total int
}

// MostFound is how many units a search lists.
const MostFound = 50

const longestSearch = 60

// Search finds units inside a unit. A code of 2, 4, 6, 9 or 12 digits is that unit; a name in
// any of the usual forms is the villages and towns it can mean; when there are none, or for
// part of a name, all whose registered name holds the text.
func (s *Service) Search(_ context.Context, a access.Actor, in SearchInput) (Found, error) {
	if err := a.Can(access.ReadLedger, in.Within); err != nil {
		return Found{}, err
	}
	text := strings.Join(strings.Fields(in.Text), "")
	if text == "" || utf8.RuneCountInString(text) > longestSearch || !utf8.ValidString(text) {
		return Found{}, ErrSearchText
	}
	if in.Day.IsZero() {
		in.Day = s.Today()
	}
	f := Found{Tree: s.Store.Registry().At(in.Day)}
	list := named(f.Tree, in.Within, text)
	f.Total = len(list)
	f.Units = list[:min(len(list), MostFound)]
	return f, nil
}

// named is the units a text means, the best first.
func named(t *unit.Tree, within unit.Code, text string) []unit.Unit {
	if code, err := unit.ParseCode(text); err == nil {
		if u, ok := t.Unit(code); ok && within.Contains(code) {
			return []unit.Unit{u}
		}
		return nil
	}
	list := slices.Concat(t.ResolveTown(within, text), t.Resolve(within, text))
	if len(list) > 0 {
		return list
	}
	for u := range t.All {
		if u.Code != unit.Nation && within.Contains(u.Code) && strings.Contains(u.Name, text) {
			list = append(list, u)
		}
	}
	return list
}
