package readingweb

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// card is one reading with what was said of it, as pages draw it.
type card struct {
	reading.Stand
	ID     string
	Href   string
	Title  string
	Waits  bool
	By     string // 普宁市 林晓燕 1月12日
	Text   string // the office's own words
	Was    string // what the pack said when it was said, where that was something else
	Above  string // 揭阳市 同意这样理解
	Across []across
	Office string // who is asked
	Form   form
}

// shownRules is how many lines of a rule stand open.
const shownRules = 4

// across is what the counties of a city have said, one state after the other.
type across struct {
	State reading.State
	Names []string
}

// form is what the office can say; closed to all others.
type form struct {
	May     bool
	Base    string
	Print   string
	Back    string // list: back to the list
	Retract bool   // there is something to take back
	Text    string // as typed
	Wrong   string
}

func (p *Pages) card(a access.Actor, at unit.Code, s *reading.Stand) card {
	c := card{Stand: *s, ID: "r-" + s.Key, Href: Href(s.Key), Title: strings.TrimSpace(s.About + " " + s.Says), Waits: s.State.Waits(), Office: p.name(at) + "专班"}
	if s.About == "用语" {
		c.Title = "用语“" + s.Words + "”"
	}
	if s.By != nil {
		c.By = p.signed(s.By)
		c.Text = s.By.Text
		if s.State == reading.Changed {
			c.Was = s.By.Wording
			c.Text = ""
			if s.By.Verdict == reading.Differs {
				c.Text = s.By.Text
			}
		}
	}
	if s.Above != nil && s.Above != s.By {
		c.Above = p.signed(s.Above) + "：" + verdictWord(s.Above.Verdict)
		if s.Above.Text != "" {
			c.Above += "，" + s.Above.Text
		}
	}
	if at.Level() == unit.LevelCity && a.Unit.Contains(at) {
		c.Across = p.across(at, s)
	}
	c.Form = form{May: a.Unit == at && a.May(access.ConfirmReading, at), Print: s.Print, Base: "0"}
	if s.Own != nil {
		c.Form.Base = strconv.Itoa(s.Own.Number)
		c.Form.Retract = s.Own.Verdict != reading.Retracts
	}
	return c
}

func (p *Pages) signed(x *reading.Saying) string {
	return fmt.Sprintf("%s %s %s", p.name(x.Unit), x.Actor, p.day(x.At))
}

// across sorts the counties of a city by where the reading stands at them.
func (p *Pages) across(city unit.Code, s *reading.Stand) []across {
	said := map[unit.Code]*reading.Saying{}
	for i := range s.Below {
		said[s.Below[i].Unit] = &s.Below[i]
	}
	at := map[reading.State][]string{}
	for _, u := range p.Tree().Descendants(city, unit.LevelCounty) {
		one := reading.StandOf(s.Question, said[u.Code], s.Own)
		at[one.State] = append(at[one.State], u.Name)
	}
	var list []across
	for _, state := range reading.States() {
		if names := at[state]; len(names) > 0 {
			list = append(list, across{state, names})
		}
	}
	return list
}

func (c across) says() string {
	return fmt.Sprintf("%s %d：%s", stateWord(c.State), len(c.Names), strings.Join(c.Names, "、"))
}

func stateWord(s reading.State) string { return words.Text("reading_state."+string(s), nil) }

func verdictWord(v reading.Verdict) string {
	switch v {
	case reading.Agrees:
		return "同意这样理解"
	case reading.Differs:
		return "另有理解"
	}
	return "撤回了先前的表态"
}
