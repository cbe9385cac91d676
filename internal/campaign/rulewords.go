package campaign

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/words"
)

// RuleWords is a demand in words: what is computed, at whom, over which days.
type RuleWords struct {
	Whom   string
	When   string
	Checks []string // what has to be there
	Only   string   // where it applies, and why not elsewhere; empty: everywhere
	Times  []string // of festivals
}

// RuleWords says in words how a demand is computed.
func (p *Pack) RuleWords(x *Demand) RuleWords {
	r := RuleWords{Whom: whom(x), When: when(x)}
	for _, t := range x.Times {
		r.Times = append(r.Times, fmt.Sprintf("%s %s至%s", t.Title, t.From.Chinese(), t.To.ShortChinese()))
	}
	if x.Reported {
		r.Checks = []string{"没有记录可以证明，由责任单位报告、办公室确认"}
	}
	for i := range x.Checks {
		r.Checks = append(r.Checks, p.check(x, &x.Checks[i]))
	}
	var only []string
	for _, c := range x.Only {
		only = append(only, c.Says)
	}
	if len(only) > 0 {
		r.Only = "只对有" + strings.Join(only, "或") + "的；别处不适用：" + x.Except
	}
	return r
}

// rules is a demand in words, line by line.
func (p *Pack) rules(x *Demand) []string {
	r := p.RuleWords(x)
	all := append([]string{r.Whom + "，" + r.When}, r.Checks...)
	if r.Only != "" {
		all = append(all, r.Only)
	}
	return append(all, r.Times...)
}

// whom says at whom a rule is measured.
func whom(x *Demand) string {
	return map[Each]string{EachVillage: "逐村（社区）", EachTown: "逐镇街", EachDepartment: "逐部门", EachCounty: "全县一次"}[x.Each]
}

var everies = map[Every]string{EveryWeek: "每周", HalfMonth: "每半月", Quarter: "每季度", HalfYear: "每半年",
	Festival: "每个节日、假期前后", ReportWeek: "每个报告周"}

// when says in which days something is wanted.
func when(x *Demand) string {
	from := x.From.Chinese() + "起"
	until := "没有最后一天"
	if !x.Before.IsZero() {
		until = x.Before.Add(-1).Chinese() + "止"
	}
	if often, ok := everies[x.Every]; ok {
		return often + "，" + from + "，" + until
	}
	return from + "，" + until
}

// check says what has to be there: records, or a column of the ledger.
func (p *Pack) check(x *Demand, c *Check) string {
	var ways []string
	if t := c.Tally; t != nil {
		ways = append(ways, p.tally(x, c, t))
	}
	if c.Column != "" {
		column, _ := p.Ledger.Column(c.Column)
		way := "台账“" + column.Title + "”"
		if column.Type == YesNo {
			way += "为是"
		} else {
			way += fmt.Sprintf("不少于 %s", words.Grouped(c.AtLeast))
		}
		ways = append(ways, way)
	}
	if c.Submitted {
		ways = append(ways, "本周的台账已封存报送")
	}
	return c.Says + "：" + strings.Join(ways, "，或")
}

// tally says which records are counted, and how many are wanted.
func (p *Pack) tally(x *Demand, c *Check, t *Tally) string {
	kind, _ := p.Records.Kind(t.Record)
	way := "记录“" + kind.Title + "”"
	var answers []string
	for _, f := range kind.Fields {
		for _, key := range t.Where[f.Key] {
			if choice, ok := f.Choice(key); ok {
				answers = append(answers, choice.Title)
			}
		}
	}
	if len(answers) > 0 {
		way += "（" + strings.Join(answers, "、") + "）"
	}
	unit := "次"
	if f, ok := kind.Field(t.Field); ok {
		way += "的" + f.Title
		if unit = f.Unit; unit == "" {
			unit = "个"
		}
	}
	if c.Own {
		way += "，只算本级自己的"
	}
	switch {
	case t.Kind == TallyStanding:
		return way + "，当时有效"
	case c.Share:
		if i := slices.IndexFunc(p.Quotas, func(q Quota) bool { return q.Key == x.Quota }); i >= 0 {
			return way + "，不少于本县的指标（" + p.Quotas[i].Title + "）"
		}
	}
	return fmt.Sprintf("%s，不少于 %s %s", way, words.Grouped(c.AtLeast), unit)
}
