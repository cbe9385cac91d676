package unitweb

import (
	"fmt"
	"slices"
	"time"

	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// shanghai is the zone in which officials read times.
var shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

func (f *form) title() string {
	if f.verb == register.Add {
		return "在“" + f.unit.Name + "”新增单位"
	}
	return verbWords(f.verb) + "“" + f.unit.Name + "”"
}

// about says what a verb does, before it is done.
func about(f *form) string {
	switch f.verb {
	case register.Rename:
		return "只改名称，代码和上下级不变。以前各周仍印原来的名称。"
	case register.Add:
		return "新单位从这一天所在的报告周起要报数。名称里写着“虚拟”的不报数。"
	case register.Abolish:
		return "这一天起不再报数。下面还有单位的，要先把它们划走或撤并。"
	case register.Merge:
		return "并进来的单位从这一天起撤销，它们下面的单位划归合并后的单位，代码随着改。"
	case register.Split:
		return "下面的单位留在保留下来的单位里，要划给新单位的，拆分后逐个“改代码”。"
	case register.Move:
		return "用于划归别的镇街，或者统计部门改了代码。"
	}
	return ""
}

// weeksWords says what happens to weeks that have been reported already.
func weeksWords(v register.Verb) string {
	if v == register.Rename {
		return "这些周的台账会改印新名称，数字不变。"
	}
	return "这些周会改按新的单位汇总，撤并单位在这些周报的数不再计入，请先与县级专班核对。"
}

func successors(f *form) []ui.Choice {
	list := []ui.Choice{{Label: "没有承接单位"}}
	for _, u := range f.siblings {
		list = append(list, ui.Choice{Value: u.Code.String(), Label: u.Name})
	}
	return list
}

// aroundWords counts what is below the parent before and after.
func aroundWords(e register.Effect) string {
	s := fmt.Sprintf("%d 个变为 %d 个", len(e.Before), len(e.After))
	if len(e.Before) == len(e.After) {
		s = fmt.Sprintf("仍是 %d 个", len(e.After))
	}
	if e.VillagesBefore != e.VillagesAfter {
		return s + fmt.Sprintf("，村（社区）由 %d 个变为 %d 个", e.VillagesBefore, e.VillagesAfter)
	}
	return s + fmt.Sprintf("，村（社区）仍是 %d 个", e.VillagesAfter)
}

// line is one code below the parent, before and after.
type line struct {
	code          unit.Code
	before, after string
}

func sideBySide(e register.Effect) []line {
	byCode := map[unit.Code]*line{}
	var codes []unit.Code
	at := func(c unit.Code) *line {
		if byCode[c] == nil {
			byCode[c] = &line{code: c}
			codes = append(codes, c)
		}
		return byCode[c]
	}
	for _, u := range e.Before {
		at(u.Code).before = u.Name
	}
	for _, u := range e.After {
		at(u.Code).after = u.Name
	}
	slices.Sort(codes)
	list := make([]line, len(codes))
	for i, c := range codes {
		list[i] = *byCode[c]
	}
	return list
}
