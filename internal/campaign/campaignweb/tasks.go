package campaignweb

import (
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// tasksView is the list of key tasks as its page draws it.
type tasksView struct {
	Pack    *campaign.Pack
	Source  campaign.Document
	Unit    string // only tasks of this responsible unit
	Text    string // only tasks with this text
	Units   []ui.Choice
	Themes  []themeView
	Shown   int
	Quotas  []quotaView
	Weeks   []weekLine
	Filters bool

	Standing string // where it is shown how far the reader's unit has come; empty: nowhere
}

type themeView struct {
	Title string
	Tasks []campaign.Task
}

type quotaView struct {
	campaign.Quota
	Document string
	Lines    []quotaLine
}

type quotaLine struct{ Name, Amount string }

func (p *Pages) tasksView(unit, text string) tasksView {
	text = strings.TrimSpace(text)
	v := tasksView{Pack: p.pack, Unit: unit, Text: text, Filters: unit != "" || text != ""}
	if len(p.pack.Documents) > 0 {
		v.Source = p.pack.Documents[0]
	}
	v.Units = append(v.Units, ui.Choice{Label: "全部责任单位"})
	for _, name := range responsible(p.pack) {
		v.Units = append(v.Units, ui.Choice{Value: name, Label: name})
	}
	for _, theme := range p.pack.Themes {
		t := themeView{Title: theme.Title}
		for _, task := range p.pack.Tasks[theme.First : theme.First+theme.Count] {
			if v.lets(task) {
				t.Tasks = append(t.Tasks, task)
			}
		}
		if len(t.Tasks) > 0 {
			v.Themes = append(v.Themes, t)
			v.Shown += len(t.Tasks)
		}
	}
	return v
}

func (v tasksView) lets(t campaign.Task) bool {
	if v.Unit != "" && !slices.Contains(t.Responsible, v.Unit) {
		return false
	}
	return v.Text == "" || strings.Contains(t.Theme+t.SubTheme+t.Measure+t.ResponsibleText()+t.Limit, v.Text)
}

// responsible lists every responsible unit of the tasks, in the order of the pack.
func responsible(pack *campaign.Pack) []string {
	var names []string
	for _, t := range pack.Tasks {
		for _, name := range t.Responsible {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func (p *Pages) quotas() []quotaView {
	var out []quotaView
	for _, q := range p.pack.Quotas {
		v := quotaView{Quota: q}
		for _, d := range p.pack.Documents {
			if d.Key == q.Document {
				v.Document = d.Number
			}
		}
		for _, s := range q.Shares {
			v.Lines = append(v.Lines, quotaLine{s.Name, words.Grouped(s.Amount) + " " + q.Unit})
		}
		out = append(out, v)
	}
	return out
}
