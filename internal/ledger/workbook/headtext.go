package workbook

import (
	"strings"
	"unicode"

	"github.com/sangzi/sangzi/internal/campaign"
)

// What may stand over a column of a sheet beside the form's own columns, as targets below 0.
const (
	noTarget = -1 - iota
	serialTarget
	nameTarget
	townTarget
	countyTarget
	codeTarget
	groupTarget
	manyTarget // a text that fits several
)

// Head texts that any ledger may have beside those of its form.
var (
	serialHeads = []string{"序号", "序", "编号", "no"}
	nameHeads   = []string{"村", "村居", "村社区", "村别", "村居名称", "行政村社区", "行政村居", "所在村", "村名称", "村社区名称", "村居社区", "行政村居委名称", "村委会名称", "村委会", "村级名称"}
	townHeads   = []string{"镇", "镇街", "乡镇", "街道", "乡镇街道", "镇街道", "镇街名称", "乡镇名称", "镇名", "镇名称", "所属乡镇", "所属镇街", "所在乡镇", "乡镇场街道", "镇场街道", "镇乡街道", "乡镇街道名称", "镇街道名称"}
	countyHeads = []string{"县", "市县", "县区", "县市区", "所属县市区", "区县", "县级"}
	codeHeads   = []string{"编码", "代码", "村编码", "村代码", "统计代码", "区划代码", "统计用区划代码", "行政区划代码", "单位编码", "单位代码", "行政村代码", "行政村编码"}
	// Words in brackets that make a column another one: 已植树数量(本周).
	otherPeriods = []string{"本周", "本月", "本期", "本次", "上周", "上月", "上期", "新增", "增加", "去年", "上年", "当年", "较"}
)

// headText is a head text brought to the shape in which heads are compared: half width, no
// blanks, quotes or punctuation, what stands in brackets taken out. The unit in brackets or
// at the end is kept aside; off says that the brackets make it another column.
type headText struct {
	key  string
	unit string
	off  bool
}

// headUnits are units a head may name. Those of money and counts that change a figure's size
// are put behind the plain numbers under them.
var headUnits = map[string]bool{
	"株": true, "万株": true, "棵": true, "人": true, "人次": true, "名": true, "万人": true,
	"元": true, "百元": true, "千元": true, "万元": true, "亿元": true,
}

func readHead(text string) headText {
	var h headText
	var b, bracket strings.Builder
	depth := 0
	for _, r := range text {
		if r >= 0xFF01 && r <= 0xFF5E {
			r -= 0xFEE0
		}
		switch r {
		case '〔', '【', '[', '{', '〈', '《', '<':
			r = '('
		case '〕', '】', ']', '}', '〉', '》', '>':
			r = ')'
		}
		switch {
		case r == '(':
			depth++
		case r == ')':
			if depth > 0 {
				depth--
				h.bracketed(bracket.String())
				bracket.Reset()
			}
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
		case depth > 0:
			bracket.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	if bracket.Len() > 0 { // never closed
		h.bracketed(bracket.String())
	}
	h.key = strings.TrimPrefix(strings.TrimLeft(b.String(), "0123456789"), "其中")
	for _, u := range []string{"单位万元", "单位元", "单位株", "万元", "株"} {
		if s, ok := strings.CutSuffix(h.key, u); ok && s != "" {
			h.key = s
			if h.unit == "" {
				h.unit = strings.TrimPrefix(u, "单位")
			}
			break
		}
	}
	return h
}

func (h *headText) bracketed(s string) {
	if u := strings.TrimPrefix(s, "单位"); headUnits[u] {
		h.unit = u
		return
	}
	for _, p := range otherPeriods {
		h.off = h.off || strings.Contains(s, p)
	}
}

// heads knows the head texts of a form.
type heads struct {
	form   *campaign.Form
	exact  map[string]int
	groups map[string]int // index of the group
	keys   [][]string     // per column, the printed title first
}

func newHeads(form *campaign.Form) *heads {
	h := &heads{form: form, exact: map[string]int{}, groups: map[string]int{}}
	put := func(key string, target int) {
		if old, ok := h.exact[key]; ok && old != target {
			target = manyTarget
		}
		h.exact[key] = target
	}
	for i := range form.Columns {
		var keys []string
		for _, text := range form.Columns[i].Heads() {
			keys = append(keys, readHead(text).key)
		}
		h.keys = append(h.keys, keys)
		for _, k := range keys {
			put(k, i)
		}
	}
	for i := range form.Columns { // after all full texts, so that none is lost to a cut one
		for _, k := range h.keys[i] {
			if s := withoutAsking(k); s != k {
				if old, ok := h.exact[s]; !ok || old == i {
					h.exact[s] = i
				} else if _, cut := h.exact["是否"+s]; cut {
					h.exact[s] = manyTarget
				}
			}
		}
	}
	special := func(target int, lists ...[]string) {
		for _, list := range lists {
			for _, text := range list {
				if k := readHead(text).key; k != "" {
					if _, taken := h.exact[k]; !taken {
						h.exact[k] = target
					}
				}
			}
		}
	}
	special(nameTarget, []string{form.NameTitle}, form.NameAliases, nameHeads)
	special(serialTarget, []string{form.SerialTitle}, serialHeads)
	special(townTarget, townHeads)
	special(countyTarget, countyHeads)
	special(codeTarget, codeHeads)
	for i, g := range form.Groups {
		k := readHead(g.Title).key
		h.groups[k] = i
		if _, taken := h.exact[k]; !taken {
			h.exact[k] = groupTarget
		}
	}
	return h
}

// withoutAsking drops the question of a yes/no title: 是否列入典型村 is 列入典型村.
func withoutAsking(key string) string {
	for _, p := range []string{"是否有", "是否已", "是否", "有无"} {
		if s, ok := strings.CutPrefix(key, p); ok && s != "" {
			return s
		}
	}
	return key
}

// lookup says what a head text names.
func (h *heads) lookup(t headText) int {
	if t.off || t.key == "" {
		return noTarget
	}
	if target, ok := h.exact[t.key]; ok {
		return target
	}
	if s := withoutAsking(t.key); s != t.key {
		if target, ok := h.exact[s]; ok && target >= 0 {
			return target
		}
	}
	return noTarget
}

// printed tells whether the text is the column's own title or the scanned one.
func (h *heads) printed(t headText, column int) bool {
	c := &h.form.Columns[column]
	return t.key == h.keys[column][0] || c.Scanned != "" && t.key == readHead(c.Scanned).key
}
