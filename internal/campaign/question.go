package campaign

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Question is one reading of the notices' words that an office can confirm or read otherwise:
// why merged cells of a task are read so, the ground of a demand, words read alike throughout,
// the form of annex 3.
type Question struct {
	Key     string // 4, 4.park, leaders_liaison.typical, words.某月底前, statistics; kept with what is said, keep it
	Duty    string // key of its duty; empty for words and the form of annex 3
	Demand  string // key of its demand; empty for merged cells
	About   string // 第 4 项, 普组〔2024〕6号 二, 用语, 附件3
	Says    string // what is wanted, in short; empty where nothing is
	Words   string // the notice's words
	Reads   string // what they are taken to mean, without the mark 待确认
	Rules   []string
	Waiting bool   // the pack marks it as waiting for the office
	Print   string // a fingerprint of what the pack says: another one asks again
	Field   string // where it stands in the pack: themes[0].tasks[3].rule[0].ground
	Line    int    // and in which line
}

// Wording is all that is confirmed, in one text.
func (q *Question) Wording() string {
	return strings.Join(slices.Concat([]string{q.Reads}, q.Rules), "\n")
}

// spot is where a reading stands in the file, and a fingerprint of what it says.
type spot struct {
	at    place
	print string
}

// spotOf is where a reading stands, and the fingerprint of the fields that make it up: all there
// are, when none is named.
func (m *mapping) spotOf(field string, fields ...string) spot {
	s := spot{m.get(field).at, m.print()}
	if len(fields) > 0 {
		part := &yaml.Node{Kind: yaml.MappingNode}
		for _, name := range fields {
			if n := m.fields[name]; n != nil {
				part.Content = append(part.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: name}, n)
			}
		}
		s.print = value{node: part}.print()
	}
	return s
}

// Questions lists every reading of the pack: words, then tasks and orders, then annex 3.
func (p *Pack) Questions() []Question {
	var all []Question
	for i := range p.Readings {
		r := &p.Readings[i]
		all = append(all, Question{Key: "words." + r.Words, About: "用语", Words: r.Words, Reads: Unmarked(r.Reads)}.at(r.spot, r.Reads))
	}
	grounds, quotes := map[string]*Task{}, map[string]string{}
	for i := range p.Tasks {
		grounds[strconv.Itoa(p.Tasks[i].Number)] = &p.Tasks[i]
	}
	for _, o := range p.Orders {
		quotes[o.Key] = o.Quote
	}
	for _, d := range p.Duties() {
		base := Question{Duty: d.Key, About: p.NumberOf(&d), Words: d.Title}
		if quote := quotes[d.Key]; quote != "" {
			base.Words = quote
		}
		if t := grounds[d.Key]; t != nil && t.Ground != "" {
			q := base
			q.Key, q.Says, q.Reads = d.Key, "合并单元格", Unmarked(t.Ground)
			q.Rules = []string{"责任单位：" + t.ResponsibleText(), "完成时限：" + t.Limit}
			all = append(all, q.at(t.spot, t.Ground))
		}
		for i := range d.Demands {
			if x := &d.Demands[i]; x.Ground != "" {
				q := base
				q.Key, q.Demand, q.Says, q.Reads, q.Rules = d.Key+"."+x.Key, x.Key, x.Says, Unmarked(x.Ground), p.rules(x)
				all = append(all, q.at(x.spot, x.Ground))
			}
		}
	}
	if s := p.Statistics; s != nil {
		q := Question{Key: "statistics", About: s.Annex, Words: "《" + s.Title + "》", Reads: "通知未附这张表的格式，各栏由附件2推出。", Rules: p.bands()}
		all = append(all, q.at(s.spot, s.Mark))
	}
	return all
}

// Question finds a reading by its key.
func (p *Pack) Question(key string) (Question, bool) {
	all := p.Questions()
	if i := slices.IndexFunc(all, func(q Question) bool { return q.Key == key }); i >= 0 {
		return all[i], true
	}
	return Question{}, false
}

func (q Question) at(s spot, marked string) Question {
	q.Field, q.Line, q.Print, q.Waiting = s.at.field, s.at.line, s.print, Unsettled(marked)
	return q
}

// NumberOf says which task, or which clause of which document, a duty is.
func (p *Pack) NumberOf(d *Duty) string {
	if d.Number > 0 {
		return fmt.Sprintf("第 %d 项", d.Number)
	}
	for _, doc := range p.Documents {
		if doc.Key == d.Document {
			return strings.TrimSpace(doc.Number + " " + d.Clause)
		}
	}
	return d.Clause
}

// bands says which columns annex 3 has, group by group.
func (p *Pack) bands() []string {
	var all []string
	for _, g := range p.Statistics.Groups {
		var titles []string
		for _, c := range p.Statistics.Columns {
			if c.Group == g.Key {
				titles = append(titles, c.Title)
			}
		}
		all = append(all, g.Title+"："+strings.Join(titles, "、"))
	}
	return all
}
