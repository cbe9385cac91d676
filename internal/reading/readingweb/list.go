package readingweb

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// listView is every reading, what is still open first.
type listView struct {
	Place    string
	Asked    bool // the reader's office is who says it
	Waiting  []card
	Differs  []card
	Agreed   []card
	Words    []card
	Duties   []dutyReading
	Changes  []change
	Gone     []gone
	Unlisted int // the year, when its festivals are not listed; 0: they are
	Listed   int
	Jumps    []ui.Jump
}

// change is what to change in the pack, for whoever keeps it.
type change struct {
	Place string
	Title string
	Text  string
	Href  string
	Key   string // of the rule
	Field string
	Line  string
}

// gone is what was said of a reading that the pack has no more.
type gone struct{ Key, Says, By, Wording string }

func (p *Pages) listView(a access.Actor, b *reading.Board) listView {
	v := listView{Place: p.name(b.Unit), Asked: a.Unit == b.Unit && a.May(access.ConfirmReading, b.Unit), Listed: p.Pack.Listed()}
	if today := p.today(); p.Pack.Unlisted(today) {
		v.Unlisted = today.Year()
	}
	at := map[string]*reading.Stand{}
	for i := range b.Stands {
		s := &b.Stands[i]
		at[s.Key] = s
		c := p.card(a, b.Unit, s)
		c.Form.Back = "list"
		switch {
		case c.Waits:
			v.Waiting = append(v.Waiting, c)
		case s.State == reading.Otherwise:
			v.Differs = append(v.Differs, c)
		case s.State == reading.Agreed:
			v.Agreed = append(v.Agreed, c)
		}
		if s.About == "用语" {
			v.Words = append(v.Words, c)
		}
	}
	if a.May(access.ManageAccounts, a.Unit) {
		v.Changes = p.changes(b)
	}
	for _, d := range p.Pack.Duties() {
		v.Duties = append(v.Duties, p.dutyReading(&d, at))
	}
	for i := range b.Gone {
		x := &b.Gone[i]
		v.Gone = append(v.Gone, gone{x.Key, strings.TrimSuffix(verdictWord(x.Verdict)+"，"+x.Text, "，"), p.signed(x), x.Wording})
	}
	v.Jumps = v.jumps()
	return v
}

func (v *listView) jumps() []ui.Jump {
	list := []ui.Jump{{Label: fmt.Sprintf("待确认 %d", len(v.Waiting)), Href: "#waiting"}}
	add := func(n int, label, href string) {
		if n > 0 {
			list = append(list, ui.Jump{Label: fmt.Sprintf("%s %d", label, n), Href: href})
		}
	}
	add(len(v.Differs), "另有理解", "#otherwise")
	add(len(v.Changes), "要改的", "#changes")
	add(len(v.Agreed), "已确认", "#agreed")
	add(len(v.Words), "用语", "#words")
	add(len(v.Duties), "逐项", "#duties")
	return list
}

// changes lists what counties, or the city, read otherwise than the pack does.
func (p *Pages) changes(b *reading.Board) []change {
	var list []change
	for i := range b.Stands {
		s := &b.Stands[i]
		said := append([]reading.Saying{}, s.Below...)
		if s.By != nil {
			said = append(said, *s.By)
		}
		for _, x := range said {
			if x.Verdict != reading.Differs || x.Print != s.Print {
				continue
			}
			list = append(list, change{Place: p.name(x.Unit), Title: strings.TrimSpace(s.About + " " + s.Says + " " + wordsOf(s)), Text: x.Text, Href: Href(s.Key), Key: s.Key, Field: s.Field, Line: fmt.Sprint(s.Line)})
		}
	}
	return list
}

func wordsOf(s *reading.Stand) string {
	if s.About == "用语" {
		return s.Words
	}
	return ""
}

// dutyReading is a task or an order with its rules.
type dutyReading struct {
	ID, Number, Title string
	Quote             string // of an order, as printed
	Responsible       string
	Limit, Clause     string
	Merged            *mark // why merged cells are read so
	Worst             reading.State
	Rules             []ruleReading
}

// ruleReading is one rule in words.
type ruleReading struct {
	campaign.RuleWords
	Says   string
	Ground *mark
}

// mark is a reading beside its rule, with its state.
type mark struct {
	Reads, Href string
	State       reading.State
}

func (m *mark) shown() bool { return m.State != reading.Unasked }

func (p *Pages) dutyReading(d *campaign.Duty, at map[string]*reading.Stand) dutyReading {
	out := dutyReading{ID: "duty-" + d.Key, Number: p.Pack.NumberOf(d), Title: d.Title, Responsible: strings.Join(d.Responsible, "、"), Limit: d.Limit, Clause: d.Clause, Worst: reading.Unasked}
	marked := func(key string) *mark {
		s, ok := at[key]
		if !ok {
			return nil
		}
		if worse(s.State, out.Worst) {
			out.Worst = s.State
		}
		return &mark{s.Reads, Href(s.Key), s.State}
	}
	if d.Number == 0 {
		out.Clause = ""
		for _, o := range p.Pack.Orders {
			if o.Key == d.Key {
				out.Quote = o.Quote
			}
		}
	}
	out.Merged = marked(d.Key)
	for i := range d.Demands {
		x := &d.Demands[i]
		out.Rules = append(out.Rules, ruleReading{p.Pack.RuleWords(x), x.Says, marked(d.Key + "." + x.Key)})
	}
	return out
}

// worse tells whether a state is to be looked at before another.
func worse(s, than reading.State) bool {
	for _, one := range reading.States() {
		if one == than {
			return false
		}
		if one == s {
			return true
		}
	}
	return false
}
