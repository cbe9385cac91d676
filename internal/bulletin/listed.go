package bulletin

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// listed is what a paragraph's list names, one after another.
func (d *Draft) listed(form *campaign.Form, p *Paragraph) []Run {
	var out []Run
	s := &d.Snapshot
	if p.Pick == nil || p.Pick.Kind == campaign.ListUnits {
		for _, code := range p.List {
			if st, ok := s.standing(code); ok {
				out = append(out, Run{Text: st.Name})
			}
		}
		return out
	}
	switch p.Pick.Kind {
	case campaign.ListVillages:
		for _, v := range s.Villages[p.Pick.Which] {
			out = append(out, Run{Text: v.Name})
		}
	case campaign.ListTasks:
		if p.Pick.Which == campaign.TasksRecorded {
			for _, st := range s.recorded() {
				out = append(out, Run{Text: st.Name})
			}
			return out
		}
		for _, says := range spokenTasks(s.tasks(p.Pick.Which)) {
			out = append(out, Run{Text: says})
		}
	case campaign.ListColumns:
		for _, c := range p.Pick.Columns {
			r, err := campaign.ParseRef(form, c.Of)
			if f, ok := s.Figure(form, s.Unit, r); err == nil && ok && meets(f.Cell, Condition{c.Of, p.Pick.AtLeast, p.Pick.Below}) {
				out = append(out, Run{Text: c.Title, Figure: &f})
			}
		}
	}
	return out
}

// inner are the quotation marks inside others (GB/T 15834).
var inner = strings.NewReplacer("“", "‘", "”", "’")

// spokenTasks are tasks in words; one that is due several times is named once.
func spokenTasks(list []Task) []string {
	var out []string
	var times [][]string
	at := map[string]int{}
	for _, t := range list {
		says := "“" + inner.Replace(t.Says) + "”（第" + itoa(t.Number) + "项，"
		when := t.By.ShortChinese() + "前"
		if t.Title != "" {
			when = t.Title + when
		}
		i, ok := at[says]
		if !ok {
			i = len(out)
			at[says], out, times = i, append(out, says), append(times, nil)
		}
		times[i] = append(times[i], when)
	}
	for i := range out {
		out[i] += strings.Join(times[i], "，") + "）"
	}
	return out
}

func (s *Snapshot) tasks(which string) []Task {
	switch {
	case which == "due":
		return s.Due
	case s.Tasks != nil && which == "ending":
		return s.Tasks.Ending
	case s.Tasks != nil:
		return s.Tasks.Late
	}
	return nil
}

// The most units, villages and tasks that are named one by one. Of more units those are named that
// are not meant, where they are fewer.
const (
	mostUnits    = 12
	mostVillages = 12
	mostTasks    = 8
	// leastAbove is how many units are not named again where the same were named above.
	leastAbove = 4
)

// naming is a list in words with its number: A、B等2个乡镇场街道; a single one stands alone.
func (d *Draft) naming(form *campaign.Form, p *Paragraph) []Run {
	all := d.listed(form, p)
	kind := campaign.ListUnits
	if p.Pick != nil {
		kind = p.Pick.Kind
	}
	switch n := len(all); kind {
	case campaign.ListUnits:
		switch rest := d.others(p); {
		case n < 2:
			return all
		case n >= leastAbove && d.above(p):
			return []Run{{Text: "上述" + itoa(n) + "个" + d.below()}}
		case n > mostUnits && len(rest) == 0:
			return []Run{{Text: "全部" + itoa(n) + "个" + d.below()}}
		case n > mostUnits && 2*len(rest) <= n:
			return []Run{{Text: itoa(n) + "个" + d.below() + "（" + strings.Join(rest, "、") + "除外）"}}
		}
		return append(enumerated(all), Run{Text: "等" + itoa(n) + "个" + d.below()})
	case campaign.ListVillages:
		return []Run{{Text: d.villages(d.Snapshot.Villages[p.Pick.Which])}}
	case campaign.ListTasks:
		if p.Pick.Which == campaign.TasksRecorded {
			return d.tasksByCounty(form)
		}
		if n <= mostTasks {
			return enumerated(all)
		}
		return append(enumerated(all[:mostTasks]), Run{Text: "等" + itoa(n) + "项"})
	}
	return enumerated(all)
}

// above tells that an earlier paragraph names the same units, and none since then as many others.
func (d *Draft) above(p *Paragraph) bool {
	named := false
	for _, section := range d.Sections {
		for _, q := range section.Paragraphs {
			if q.Text == p.Text && slices.Equal(q.List, p.List) {
				return named
			}
			if len(q.List) == len(p.List) && strings.Contains(q.Text, "{named}") && q.Pick != nil && q.Pick.Kind == campaign.ListUnits {
				named = slices.Equal(q.List, p.List)
			}
		}
	}
	return false
}

// others are the units with villages that a list does not name.
func (d *Draft) others(p *Paragraph) []string {
	var names []string
	for i := range d.Snapshot.Units {
		if st := &d.Snapshot.Units[i]; st.Villages > 0 && !slices.Contains(p.List, st.Code) {
			names = append(names, st.Name)
		}
	}
	return names
}

// enumerated puts marks between runs. A figure's run is its title, with the figure behind it in
// brackets.
func enumerated(list []Run) []Run {
	var out []Run
	for i, r := range list {
		if i > 0 {
			out = append(out, Run{Text: "、"})
		}
		if r.Figure == nil {
			out = append(out, r)
			continue
		}
		out = append(out, Run{Text: r.Text + "（"}, Run{Text: r.Figure.Text, Figure: r.Figure}, Run{Text: "）"})
	}
	return out
}

// villages names villages under their towns; of many only how many each town has, and of those of
// many towns only how many they are.
func (d *Draft) villages(list []Village) string {
	var towns []unit.Code
	byTown := map[unit.Code][]string{}
	for _, v := range list {
		t := v.Code.At(unit.LevelTown)
		if d.Snapshot.Unit.Level() == unit.LevelCity {
			t = v.Code.At(unit.LevelCounty)
		}
		if byTown[t] == nil {
			towns = append(towns, t)
		}
		byTown[t] = append(byTown[t], v.Name)
	}
	slices.Sort(towns)
	parts := make([]string, 0, len(towns))
	for _, t := range towns {
		name := ""
		if st, ok := d.Snapshot.standing(t); ok {
			name = st.Name
		}
		if len(list) > mostVillages {
			parts = append(parts, name+itoa(len(byTown[t]))+"个")
		} else {
			parts = append(parts, name+strings.Join(byTown[t], "、"))
		}
	}
	switch n := itoa(len(list)); {
	case len(towns) > mostUnits:
		return itoa(len(towns)) + "个" + d.below() + "的" + n + "个村（社区）"
	case len(list) > mostVillages && len(towns) > 1:
		return strings.Join(parts, "、") + "，共" + n + "个村（社区）"
	case len(list) > mostVillages:
		return parts[0] + "村（社区）"
	case len(list) > 1:
		return strings.Join(parts, "，") + "等" + n + "个村（社区）"
	}
	return strings.Join(parts, "")
}

// below is what the units below are called together.
func (d *Draft) below() string {
	if d.Below != "" {
		return d.Below
	}
	return "单位"
}

// limit is what a condition is held against, in words.
func limit(form *campaign.Form, c Condition) string {
	r, err := campaign.ParseRef(form, c.Of)
	col, _ := form.Column(r.Column)
	switch {
	case err == nil && r.Percent():
		return itoa(int(c.AtLeast)) + "%"
	case err == nil && col.Type == campaign.Money:
		return ledger.FormatMoney(c.AtLeast) + "万元"
	}
	return itoa(int(c.AtLeast)) + col.Unit
}
