package unit

import "strings"

// ShortName is a village's name as the form prints it: 村委会 and 村民委员会 become 村,
// 社区居委会 and 社区居民委员会 become 社区, all else stays as registered. Where the short name
// would fit another village of the town as well, the registered one is kept, so that what is
// printed can be read back. Other units have their own name; a code that is not in the tree
// has none.
func (t *Tree) ShortName(c Code) string {
	if c.Level() != LevelVillage {
		u, _ := t.Unit(c)
		return u.Name
	}
	i, ok := find(t.villages, c)
	if !ok {
		return ""
	}
	name := t.villages[i].Name
	short := shortName(name)
	if short == name {
		return name
	}
	words := readWritten(short)
	for _, v := range t.Villages(c.At(LevelTown)) {
		if v.Code != c && sameFirstRune(v.Name, short) && fits(v.Name, words) != noFit {
			return name
		}
	}
	return short
}

// fillers are names of places in the list that nobody writes in an address.
var fillers = map[string]bool{
	"市辖区": true, "县": true, "省直辖县级行政区划": true, "自治区直辖县级行政区划": true,
}

// FullName is the name as the form wants it, city to village without blanks:
// 揭阳市普宁市流沙东街道新坛村. In 北京, 天津, 上海 and 重庆 it begins with the municipality, where a
// county hangs under its province directly with the county. Provinces and the nation have
// their own name; a code that is not in the tree has none.
func (t *Tree) FullName(c Code) string {
	if c.Level() <= LevelProvince {
		u, _ := t.Unit(c)
		return u.Name
	}
	u, ok := t.Unit(c)
	if !ok {
		return ""
	}
	var b strings.Builder
	for l := LevelProvince; l < c.Level(); l++ {
		a, ok := t.Unit(c.At(l))
		switch {
		case !ok || a.Code.Level() != l || fillers[a.Name]:
		case l == LevelProvince && !strings.HasSuffix(a.Name, "市"):
		default:
			b.WriteString(a.Name)
		}
	}
	if c.Level() == LevelVillage {
		b.WriteString(t.ShortName(c))
	} else {
		b.WriteString(u.Name)
	}
	return b.String()
}

// Path is the names from the province down to the unit itself, the village's as ShortName.
func (t *Tree) Path(c Code) []string {
	units := t.Ancestors(c)
	names := make([]string, 0, len(units))
	for _, u := range units {
		name := u.Name
		if u.Level() == LevelVillage {
			name = t.ShortName(u.Code)
		}
		names = append(names, name)
	}
	return names
}
