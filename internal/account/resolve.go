package account

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/unit"
)

// resolve finds the units inside a unit that a written code or name can mean: a village or a
// town in any usual form, a county or above by its full name, with or without those above it.
func resolve(tree *unit.Tree, of unit.Code, text string) []unit.Unit {
	if code, err := unit.ParseCode(text); err == nil {
		if u, ok := tree.Unit(code); ok && of.Contains(code) {
			return []unit.Unit{u}
		}
		return nil
	}
	for _, level := range []unit.Level{unit.LevelCounty, unit.LevelCity, unit.LevelProvince} {
		for _, u := range tree.Descendants(of, level) {
			if named(tree, u, text) {
				return []unit.Unit{u}
			}
		}
	}
	if found := tree.ResolveTown(of, text); len(found) > 0 {
		return slices.DeleteFunc(slices.Clone(found), func(u unit.Unit) bool { return !of.Contains(u.Code) })
	}
	return tree.Resolve(of, text)
}

func named(tree *unit.Tree, u unit.Unit, text string) bool {
	full := tree.FullName(u.Code)
	return text == u.Name || text == full || text == strings.Join(tree.Path(u.Code), "")
}
