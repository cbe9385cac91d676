package unit

import "strings"

// ending is how registered names of villages end, longest first within a class.
type ending struct {
	text  string
	class class
}

// class says what sort of village-level unit a name stands for.
type class uint8

const (
	other    class = iota // no ending that tells, or a name that is only itself
	rural                 // 村
	resident              // 居, 社区
)

var registeredEndings = []ending{
	{"社区居民委员会", resident},
	{"社区居委会", resident},
	{"社区居委", resident},
	{"居民委员会", resident},
	{"居委会", resident},
	{"居委", resident},
	{"社区", resident},
	{"村民委员会", rural},
	{"村委会", rural},
	{"村委", rural},
	{"村", rural},
}

// splitName cuts a registered village name into its stem and its ending: 新坛, 村委会. Names
// that are only themselves (虚拟生活区, 嘎查, 农场) have no ending and class other. A name that is
// an ending only is not cut.
func splitName(name string) (stem, end string, c class) {
	if KindOf(name) == Virtual {
		return name, "", other
	}
	for _, e := range registeredEndings {
		if s, ok := strings.CutSuffix(name, e.text); ok && s != "" {
			return s, e.text, e.class
		}
	}
	return name, "", other
}

// shortName is the name as a form prints it: 新坛村委会 is 新坛村, 新村村委会 is 新村,
// 河美社区居委会 is 河美社区, 玉环居委会 stays.
func shortName(name string) string {
	stem, end, c := splitName(name)
	switch {
	case c == rural && strings.HasSuffix(stem, "村"):
		return stem
	case c == rural:
		return stem + "村"
	case c == resident && strings.HasPrefix(end, "社区"):
		return stem + "社区"
	}
	return name
}

// ShortName is a village's name as the form prints it: 村委会 and 村民委员会 become 村,
// 社区居委会 becomes 社区, all else stays as registered. Where two villages of a town would
// look the same, both keep their registered names. Other units have their own name; a code
// that is not in the tree has none.
func (t *Tree) ShortName(c Code) string {
	if c.Level() != LevelVillage {
		u, _ := t.Unit(c)
		return u.Name
	}
	i, ok := find(t.villages, c)
	if !ok {
		return ""
	}
	short := shortName(t.villages[i].Name)
	for _, v := range t.Villages(c.At(LevelTown)) {
		if v.Code != c && strings.HasPrefix(v.Name, short) && shortName(v.Name) == short {
			return t.villages[i].Name
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
