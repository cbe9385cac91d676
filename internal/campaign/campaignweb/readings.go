package campaignweb

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// readingsView is how the program takes the notices' words, beside the words.
type readingsView struct {
	Words     []campaign.Reading
	Duties    []dutyReading
	Only      bool // those that wait for the office
	Waiting   int
	Unlisted  int // the year, when its festivals are not listed; 0: they are
	Listed    int
	Corrected bool
}

// dutyReading is a task or an order with its rules.
type dutyReading struct {
	ID, Number, Title string
	Quote             string // of an order, as printed
	Responsible       string
	Limit, Clause     string
	Ground            string // why merged cells are read so
	Waiting           bool
	Rules             []ruleReading
}

// ruleReading is one rule in words.
type ruleReading struct {
	Says, Whom, When string
	Times            []string // of festivals
	Checks           []string
	Only             string
	Ground           string
	Waiting          bool
}

// readings shows, task by task, the notice's words and what the program takes them to mean.
func (p *Pages) readings(w http.ResponseWriter, r *http.Request) error {
	v := readingsView{Words: p.pack.Readings, Only: r.URL.Query().Get("waiting") != "", Listed: p.pack.Listed()}
	if today := p.today(); p.pack.Unlisted(today) {
		v.Unlisted = today.Year()
	}
	quotes, grounds := map[string]string{}, map[string]string{}
	for _, o := range p.pack.Orders {
		quotes[o.Key] = o.Quote
	}
	for _, t := range p.pack.Tasks {
		grounds[fmt.Sprint(t.Number)] = t.Ground
	}
	for _, d := range p.pack.Duties() {
		one := p.dutyReading(&d, quotes[d.Key], grounds[d.Key])
		if one.Waiting {
			v.Waiting++
		}
		if !v.Only || one.Waiting {
			v.Duties = append(v.Duties, one)
		}
	}
	return web.Render(w, r, web.Page{Title: "口径", Sub: "通知的话和本系统的理解", Lead: readingsLead(v), Section: "tasks",
		Crumbs: []ui.Crumb{{Label: "重点任务", Href: "/tasks"}, {Label: "口径"}}, Styles: []string{"office.css", "readings.css"}}, readingsBody(v))
}

func (p *Pages) dutyReading(d *campaign.Duty, quote, ground string) dutyReading {
	out := dutyReading{ID: "duty-" + d.Key, Title: d.Title, Quote: quote, Responsible: strings.Join(d.Responsible, "、"), Limit: d.Limit, Clause: d.Clause, Ground: ground, Waiting: campaign.Unsettled(ground)}
	if d.Number > 0 {
		out.Number = fmt.Sprintf("第 %d 项", d.Number)
	} else {
		out.Number = strings.TrimSpace(numberOf(p.pack, d.Document) + " " + d.Clause)
		out.Clause = ""
	}
	for i := range d.Demands {
		rule := p.ruleReading(&d.Demands[i])
		out.Waiting = out.Waiting || rule.Waiting
		out.Rules = append(out.Rules, rule)
	}
	return out
}

func (p *Pages) ruleReading(x *campaign.Demand) ruleReading {
	r := ruleReading{Says: x.Says, Whom: whom(x), When: when(x), Ground: x.Ground, Waiting: campaign.Unsettled(x.Ground)}
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

// whom says at whom a rule is measured.
func whom(x *campaign.Demand) string {
	return map[campaign.Each]string{campaign.EachVillage: "逐村（社区）", campaign.EachTown: "逐镇街", campaign.EachDepartment: "逐部门", campaign.EachCounty: "全县一次"}[x.Each]
}

var everies = map[campaign.Every]string{campaign.EveryWeek: "每周", campaign.HalfMonth: "每半月", campaign.Quarter: "每季度", campaign.HalfYear: "每半年",
	campaign.Festival: "每个节日、假期前后", campaign.ReportWeek: "每个报告周"}

// when says in which days something is wanted.
func when(x *campaign.Demand) string {
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
func (p *Pages) check(x *campaign.Demand, c *campaign.Check) string {
	var ways []string
	if t := c.Tally; t != nil {
		ways = append(ways, p.tally(x, c, t))
	}
	if c.Column != "" {
		column, _ := p.pack.Ledger.Column(c.Column)
		way := "台账“" + column.Title + "”"
		if column.Type == campaign.YesNo {
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
func (p *Pages) tally(x *campaign.Demand, c *campaign.Check, t *campaign.Tally) string {
	kind, _ := p.pack.Records.Kind(t.Record)
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
	case t.Kind == campaign.TallyStanding:
		return way + "，当时有效"
	case c.Share:
		if i := slices.IndexFunc(p.pack.Quotas, func(q campaign.Quota) bool { return q.Key == x.Quota }); i >= 0 {
			return way + "，不少于本县的指标（" + p.pack.Quotas[i].Title + "）"
		}
	}
	return fmt.Sprintf("%s，不少于 %s %s", way, words.Grouped(c.AtLeast), unit)
}
