package unit

import (
	"strings"
	"unicode/utf8"
)

// Endings of names above the villages, longest first; what is before them is the stem people
// use alone (普宁, 里湖) when it has at least two characters.
var upperEndings = [...][]string{
	LevelProvince: {"维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"},
	LevelCity:     {"自治州", "地区", "市", "盟"},
	LevelCounty:   {"自治县", "自治旗", "林区", "市", "县", "区", "旗"},
	LevelTown:     {"街道办事处", "民族乡", "街道", "苏木", "农场", "林场", "茶场", "镇", "乡"},
}

// offices may stand behind a town's name: 里湖镇人民政府, 流沙东街道办事处.
var offices = []string{
	"人民政府", "管理委员会", "有限公司", "管委会", "管理处", "委员会", "党工委", "党委", "政府", "委",
}

// ownOffices may be part of a registered name and left out by people.
var ownOffices = []string{"办事处", "管理委员会", "管委会", "管理处", "有限公司"}

// streetOffices stand behind a street's name or stem only.
var streetOffices = []string{"街道办事处", "街道办", "办事处", "街办", "办"}

// place is the ways a unit above the villages is written, cleaned.
type place struct {
	full   string
	bare   string // the full name without its office (管理处, 办事处), or empty
	stem   string // or empty
	street bool
}

func placeOf(u Unit) place {
	p := place{full: clean(u.Name)}
	l := u.Level()
	if l == LevelTown {
		p.street = strings.HasSuffix(p.full, "街道") || strings.HasSuffix(p.full, "办事处")
		for _, o := range ownOffices {
			if s, ok := strings.CutSuffix(p.full, o); ok && utf8.RuneCountInString(s) >= 2 {
				p.bare = s
				break
			}
		}
	}
	for _, e := range upperEndings[l] {
		if s, ok := strings.CutSuffix(p.full, e); ok {
			if utf8.RuneCountInString(s) >= 2 {
				p.stem = s
			}
			break
		}
	}
	return p
}

// remainder is what is left of a text after a unit's name; weak when only its stem was there.
type remainder struct {
	text string
	weak bool
}

// consume gives every way to take the unit's name off the beginning of the text.
func consume(u Unit, text string) []remainder {
	if !sameFirstRune(u.Name, text) && isPlain(u.Name) {
		return nil
	}
	p := placeOf(u)
	var out []remainder
	take := func(base string, weak bool) {
		rest, ok := strings.CutPrefix(text, base)
		if base == "" || !ok {
			return
		}
		out = append(out, remainder{rest, weak})
		if u.Level() != LevelTown {
			return
		}
		for _, o := range offices {
			if r, ok := strings.CutPrefix(rest, o); ok {
				out = append(out, remainder{r, weak})
			}
		}
		if p.street {
			for _, o := range streetOffices {
				if r, ok := strings.CutPrefix(rest, o); ok {
					out = append(out, remainder{r, weak})
				}
			}
		}
	}
	take(p.full, false)
	take(p.bare, false)
	take(p.stem, true)
	return out
}

// reading is a text after some names of units above were taken off it: what is left is to be
// found in scope.
type reading struct {
	scope Code
	remainder
}

// readings gives every way to read the beginning of a text as names of the units above and
// inside the given one, the text as it stands included. A name that contradicts the unit is
// no such name and stays in the text.
func (t *Tree) readings(within Code, text string) []reading {
	scope := within
	var above []Unit
	for _, u := range t.Ancestors(within) {
		if u.Level() < LevelVillage {
			above = append(above, u)
		}
	}
	out := []reading{{scope, remainder{text: text}}}
	var up func(i int, r remainder)
	up = func(i int, r remainder) {
		for ; i < len(above); i++ {
			for _, left := range consume(above[i], r.text) {
				if left.text == "" {
					continue
				}
				left.weak = left.weak || r.weak
				out = append(out, reading{scope, left})
				up(i+1, left)
			}
		}
	}
	up(0, out[0].remainder)
	for i := 0; i < len(out); i++ { // grows while it is walked: names inside names
		if len(out) > maxReadings {
			break
		}
		if out[i].scope.Level() >= LevelTown {
			continue
		}
		for _, u := range t.named(out[i].scope, out[i].text) {
			for _, left := range consume(u, out[i].text) {
				if left.text != "" {
					left.weak = left.weak || out[i].weak
					out = append(out, reading{u.Code, left})
				}
			}
		}
	}
	return out
}

// maxReadings bounds the work a text made up for the purpose can cause.
const maxReadings = 200

// below is the units strictly below a code.
func below(units []Unit, of Code) []Unit {
	list := within(units, of)
	if len(list) > 0 && list[0].Code == of {
		list = list[1:]
	}
	return list
}
