package campaign

import "slices"

// Correction is an evident error of the scanned documents that the pack sets right.
type Correction struct {
	Where     string // 附件2 表头
	Scanned   string
	Corrected string
	Reason    string
}

// List is an enumeration of the notice by name, such as 六个带头.
type List struct {
	Key   string
	Title string
	Items []string
}

// List finds an enumeration by its key.
func (p *Pack) List(key string) (List, bool) {
	for _, l := range p.Lists {
		if l.Key == key {
			return l, true
		}
	}
	return List{}, false
}

func readLists(v value) []List {
	var all []List
	keys := v.unique("key")
	for _, item := range v.list() {
		m := item.mapping()
		all = append(all, List{Key: keys.read(m), Title: m.need("title").text(), Items: m.need("items").texts()})
		m.end()
	}
	return all
}

func readCorrections(v value) []Correction {
	var all []Correction
	for _, item := range v.list() {
		m := item.mapping()
		c := Correction{
			Where: m.need("where").text(), Scanned: m.need("scanned").text(),
			Corrected: m.need("corrected").text(), Reason: m.need("reason").text(),
		}
		if c.Scanned == c.Corrected && c.Scanned != "" {
			m.get("corrected").fault("与 scanned 相同，没有更正")
		}
		m.end()
		all = append(all, c)
	}
	return all
}

// explained tells whether a correction says why the scanned text is not the corrected one.
func explained(all []Correction, scanned, corrected string) bool {
	return slices.ContainsFunc(all, func(c Correction) bool {
		return c.Scanned == scanned && c.Corrected == corrected
	})
}
