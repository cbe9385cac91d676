package unit

import (
	"slices"
	"strings"
	"sync"
)

// In a town or a county names are looked up by scanning: a registered name begins with the stem
// people write, so that one comparison of the first character settles nearly all. Above that
// the index of names is asked.

// oddNames holds the villages whose registered names are not plain Chinese characters
// (brackets, digits, letters) as they are compared, found when first asked for.
type oddNames struct {
	once   sync.Once
	index  []int32
	name   []string
	byName nameIndex
}

func (t *Tree) odd() *oddNames {
	t.names.once.Do(func() {
		for i := range t.villages {
			if isPlain(t.villages[i].Name) {
				continue
			}
			t.names.index = append(t.names.index, int32(i))
			t.names.name = append(t.names.name, clean(t.villages[i].Name))
		}
	})
	return t.names
}

// Resolve finds the villages inside a unit that a written name can mean, in code order. It
// reads the usual forms (新坛村, 新坛, 新坛村委会, 新 坛 村, 流沙东新坛村, 广东省揭阳市普宁市流沙东街道
// 新坛村民委员会, 1、新坛村, 新坛村党支部; 玉环居委会, 玉环居, 玉环社区, 玉环) and a 12-digit code. The
// registered name beats other forms, a name alone or behind full names of the units above
// beats one behind a shortened name (南山新村 is 南山新村 before it is 新村 of 南山镇). Otherwise
// everything that fits comes back, and the caller must not choose. A name of another town
// before the village's fits nothing.
func (t *Tree) Resolve(of Code, text string) []Unit {
	text, ok := tidy(text)
	if !ok {
		return nil
	}
	if c, err := ParseCode(text); err == nil && len(text) == 12 && of.Contains(c) && c.Level() == LevelVillage {
		if u, ok := t.Unit(c); ok {
			return []Unit{u}
		}
		return nil
	}
	return tryNumbered(text, func(s string) []Unit { return t.resolve(of, s) })
}

// tidy cleans a text and says whether there is anything sensible in it.
func tidy(text string) (string, bool) {
	if len(text) > longestText {
		return "", false
	}
	text = strings.Trim(clean(text), punctuation)
	return text, text != ""
}

// tryNumbered looks the text up as it stands and, when that finds nothing, without the number
// before it.
func tryNumbered(text string, look func(string) []Unit) []Unit {
	orBranch := func(s string) []Unit {
		if found := look(s); len(found) > 0 {
			return found
		}
		if s, ok := strings.CutPrefix(s, "中共"); ok && s != "" {
			return look(s)
		}
		return nil
	}
	if found := orBranch(text); len(found) > 0 {
		return found
	}
	rest := withoutNumber(text)
	if rest == text || rest == "" {
		return nil
	}
	return orBranch(rest)
}

// match is a village that fits; better ranks are smaller.
type match struct {
	index int32
	rank  uint8
}

const (
	exactRank uint8 = iota
	formRank
	weakRank
)

func (t *Tree) resolve(of Code, text string) []Unit {
	var found []match
	for _, r := range t.readings(of, text) {
		found = t.search(found, r)
	}
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b match) int {
		if a.rank != b.rank {
			return int(a.rank) - int(b.rank)
		}
		return int(a.index) - int(b.index)
	})
	var list []Unit
	for i, m := range found {
		if m.rank != found[0].rank {
			break
		}
		if i > 0 && m.index == found[i-1].index {
			continue
		}
		list = append(list, t.villages[m.index])
	}
	return list
}

// search adds the villages of the reading's scope that fit what is left of the text.
func (t *Tree) search(found []match, r reading) []match {
	words := readWritten(r.text)
	add := func(i int, name string) {
		f := fits(name, words)
		switch {
		case f == noFit:
		case r.weak:
			found = append(found, match{int32(i), weakRank})
		case f == exactFit:
			found = append(found, match{int32(i), exactRank})
		default:
			found = append(found, match{int32(i), formRank})
		}
	}
	lo, hi := t.VillageSpan(r.scope)
	if hi-lo > scanned {
		for _, i := range t.villagesLike(words, lo, hi) {
			add(int(i), clean(t.villages[i].Name))
		}
		return found
	}
	for i := lo; i < hi; i++ {
		if sameFirstRune(t.villages[i].Name, r.text) {
			add(i, t.villages[i].Name)
		}
	}
	odd := t.odd()
	at, _ := slices.BinarySearch(odd.index, int32(lo))
	for ; at < len(odd.index) && int(odd.index[at]) < hi; at++ {
		add(int(odd.index[at]), odd.name[at])
	}
	return found
}
