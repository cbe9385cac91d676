package unit

import (
	"slices"
	"strings"
)

// ResolveTown finds the towns inside a unit (or the unit itself) that a written name can mean,
// in code order: 流沙东街道, 流沙东, 流沙东办事处, 普宁市流沙东街道, 里湖镇人民政府, 里湖. A full name
// beats a shortened one; otherwise everything that fits comes back (大坪 is 大坪镇 and 大坪农场).
func (t *Tree) ResolveTown(of Code, text string) []Unit {
	text, ok := tidy(text)
	if !ok {
		return nil
	}
	return tryNumbered(text, func(s string) []Unit { return t.resolveTown(of, s) })
}

func (t *Tree) resolveTown(of Code, text string) []Unit {
	var full, short []Unit
	for _, r := range t.readings(of.At(LevelTown), text) {
		for _, u := range within(t.upper, r.scope) {
			if u.Level() != LevelTown || !of.At(LevelTown).Contains(u.Code) {
				continue
			}
			for _, left := range consume(u, r.text) {
				switch {
				case left.text != "":
				case left.weak || r.weak:
					short = append(short, u)
				default:
					full = append(full, u)
				}
			}
		}
	}
	if len(full) > 0 {
		return distinct(full)
	}
	return distinct(short)
}

func distinct(units []Unit) []Unit {
	slices.SortFunc(units, compareSpans)
	return slices.CompactFunc(units, func(a, b Unit) bool { return a.Code == b.Code })
}

// mention is a name of a unit found in a longer text, in bytes.
type mention struct {
	unit       Unit
	start, end int
	weak       bool
}

// notBehindStem are what makes the characters before them the name of something else: 南山村
// and 南山区 are not 南山镇.
var notBehindStem = []string{
	"村", "社区", "居委", "居民委", "镇", "乡", "街道", "市", "县", "区", "旗", "农场", "林场", "茶场", "苗圃",
}

// FindTown finds the towns inside a unit (or the unit itself) that a longer text names, such
// as a file's name or the line 填报单位, in code order. Longer names beat shorter ones at the
// same place (大坪农场 is not 大坪镇), full names beat shortened ones, and a town that does not
// lie in a county or city the text names is left out. Several towns mean that the text does
// not decide.
func (t *Tree) FindTown(of Code, text string) []Unit {
	text, ok := tidy(text)
	if !ok {
		return nil
	}
	found := longest(t.mentions(of.At(LevelTown), text))
	var full, short, above []mention
	for _, m := range found {
		switch {
		case m.unit.Level() != LevelTown:
			above = append(above, m)
		case m.weak:
			short = append(short, m)
		default:
			full = append(full, m)
		}
	}
	towns := full
	if len(towns) == 0 {
		towns = short
	}
	var list []Unit
	for _, m := range towns {
		if agrees(m.unit, above, false) {
			list = append(list, m.unit)
		}
	}
	if list = distinct(list); len(list) > 1 {
		// 揭西坪上: the short name of a county only decides between towns.
		narrowed := slices.DeleteFunc(slices.Clone(list), func(u Unit) bool { return !agrees(u, above, true) })
		if len(narrowed) > 0 {
			return narrowed
		}
	}
	return list
}

// mentions is every place where the text names a town of the unit or anything above towns.
func (t *Tree) mentions(of Code, text string) []mention {
	var list []mention
	add := func(u Unit, p place, name string, weak bool) {
		for at := 0; name != ""; {
			i := strings.Index(text[at:], name)
			if i < 0 {
				return
			}
			start, end := at+i, at+i+len(name)
			at = end
			if weak && u.Level() == LevelTown && namesOther(p, text[end:]) {
				continue
			}
			list = append(list, mention{u, start, end, weak})
		}
	}
	for i := 1; i < len(t.upper); i++ {
		u := t.upper[i]
		if u.Level() == LevelTown && !of.Contains(u.Code) || fillers[u.Name] {
			continue
		}
		p := placeOf(u)
		add(u, p, p.full, false)
		add(u, p, p.bare, false)
		add(u, p, p.stem, true)
	}
	return list
}

func namesOther(p place, behind string) bool {
	for _, o := range streetOffices[:4] { // 办 alone stands before too many other words
		if strings.HasPrefix(behind, o) {
			return !p.street
		}
	}
	for _, n := range notBehindStem {
		if strings.HasPrefix(behind, n) {
			return true
		}
	}
	return false
}

// longest drops mentions that overlap a longer one.
func longest(list []mention) []mention {
	var kept []mention
	for _, m := range list {
		beaten := slices.ContainsFunc(list, func(o mention) bool {
			return o.end-o.start > m.end-m.start && o.start < m.end && m.start < o.end
		})
		if !beaten {
			kept = append(kept, m)
		}
	}
	return kept
}

// agrees tells whether the unit lies in one of the places mentioned of the deepest level.
func agrees(u Unit, above []mention, short bool) bool {
	for l := LevelCounty; l >= LevelProvince; l-- {
		named, in := false, false
		for _, m := range above {
			if m.unit.Level() == l && m.weak == short {
				named = true
				in = in || m.unit.Code.Contains(u.Code)
			}
		}
		if named {
			return in
		}
	}
	return true
}
