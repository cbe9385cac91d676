package unitweb

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/audit"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/words"
)

var zeroDay date.Date

// verbWords is a verb on buttons and headings.
func verbWords(v register.Verb) string {
	switch v {
	case register.Rename:
		return "更名"
	case register.Add:
		return "新增下级单位"
	case register.Abolish:
		return "撤销"
	case register.Merge:
		return "合并"
	case register.Split:
		return "拆分"
	case register.Move:
		return "改代码"
	}
	return string(v)
}

func levelWord(u unit.Unit) string { return words.Text("level."+u.Level().String(), nil) }

// contents says what is below a unit: 33 个下级单位，580 个村（社区），其中虚拟 3 个不报数.
func contents(b register.Branch) string {
	var parts []string
	if hasUpper(&b) {
		parts = append(parts, fmt.Sprintf("%d 个下级单位", len(b.Children)))
	}
	parts = append(parts, fmt.Sprintf("%s 个村（社区）", words.Grouped(int64(b.Villages))))
	s := strings.Join(parts, "，")
	if b.Virtual > 0 {
		s += fmt.Sprintf("，其中虚拟 %d 个不报数", b.Virtual)
	}
	return s
}

// hasUpper tells whether anything directly below is more than a village.
func hasUpper(b *register.Branch) bool {
	for _, c := range b.Children {
		if c.Level() != unit.LevelVillage {
			return true
		}
	}
	return false
}

// childURL leads down the tree, and from a village to its own page.
func childURL(u unit.Unit, l listing) string {
	if u.Level() == unit.LevelVillage {
		return showURL(u.Code)
	}
	return listURL(u.Code, l.on)
}

// place is where a unit lies: 揭阳市普宁市流沙东街道.
func place(t *unit.Tree, code unit.Code) string {
	if parent, ok := t.Parent(code); ok && parent.Code != unit.Nation {
		return t.FullName(parent.Code)
	}
	return ""
}

func foundWords(l listing) string {
	if l.found.Total > len(l.found.Units) {
		return fmt.Sprintf("找到 %s 个，列出前 %d 个；多写几个字可以缩小范围", words.Grouped(int64(l.found.Total)), len(l.found.Units))
	}
	return fmt.Sprintf("找到 %d 个", l.found.Total)
}

// since is the first day of a span.
func since(d date.Date) string {
	if d.IsZero() {
		return "原有"
	}
	return d.Chinese()
}

// until is the last day of a span, the day before its end.
func until(d date.Date) string {
	if d.IsZero() {
		return "至今"
	}
	return d.Add(-1).Chinese()
}

// eventWords is what was done, in a word.
func eventWords(e audit.Event) string {
	return verbWords(register.Verb(strings.TrimPrefix(e.Action, "unit.")))
}

// eventDay is the day from which it holds.
func eventDay(e audit.Event) string {
	if d, err := date.Parse(e.Subject); err == nil {
		return d.Chinese()
	}
	return ""
}

// fateWords says what became of a unit, behind what it is now.
func fateWords(f register.Fate) string {
	switch f.What {
	case register.Renamed:
		return "更名"
	case register.Merged:
		return "原单位撤销，由它承接"
	case register.Moved:
		return "改代码"
	case register.Begun:
		return "新设"
	}
	return ""
}

// endWords says how a span ended: 更名, 并入 里湖镇, 撤销; nothing when it has not.
func endWords(names []unit.Unit, i int) string {
	switch {
	case names[i].To.IsZero():
		return ""
	case i+1 < len(names) && names[i+1].From == names[i].To:
		return "更名"
	case names[i].Successor != 0:
		return "撤并"
	}
	return "撤销"
}

// dayList is 3月22日、3月29日.
func dayList(days []date.Date) string {
	list := make([]string, len(days))
	for i, d := range days {
		list[i] = d.ShortChinese()
	}
	return strings.Join(list, "、")
}
