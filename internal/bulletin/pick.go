package bulletin

import (
	"encoding/json"
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// Pick is the condition by which a paragraph's list names units, villages, figures or tasks.
type Pick struct {
	Kind    campaign.ListKind `json:"kind,omitempty" doc:"Nothing for units below, else villages, columns or tasks"`
	Of      string            `json:"of,omitempty" doc:"Of units: a reference"`
	AtLeast int64             `json:"at_least" doc:"Percent of a share, 分 of money"`
	Below   bool              `json:"below,omitempty" doc:"Less than at_least instead"`
	Also    *Condition        `json:"also,omitempty" doc:"Of units: this too"`
	Columns []Titled          `json:"columns,omitempty" doc:"Of columns: the figures looked at"`
	Which   string            `json:"which,omitempty" doc:"Of villages: missing, late, carried; of tasks: due, ending, overdue, and of a city recorded: its counties that record"`
	Except  []unit.Code       `json:"except,omitempty" doc:"Of units: those that are left out"`
}

// Condition is what a figure must meet.
type Condition struct {
	Of      string `json:"of" doc:"A reference"`
	AtLeast int64  `json:"at_least"`
	Below   bool   `json:"below,omitempty"`
}

// Titled is a figure under a title: of a table, a chart or a list.
type Titled struct {
	Title string `json:"title"`
	Of    string `json:"of" doc:"A reference"`
}

func pickOf(l *campaign.BulletinList) *Pick {
	p := &Pick{Kind: l.Kind, AtLeast: l.AtLeast, Below: l.Below, Which: l.Which}
	if l.Kind == campaign.ListUnits {
		p.Of = l.Of.String()
	}
	if l.Also != nil {
		p.Also = &Condition{l.Also.Of.String(), l.Also.AtLeast, l.Also.Below}
	}
	p.Columns = columnsOf(l.Columns)
	return p
}

func columnsOf(list []campaign.BulletinColumn) []Titled {
	var out []Titled
	for _, c := range list {
		out = append(out, Titled{c.Title, c.Of.String()})
	}
	return out
}

// conditions are what a unit must meet.
func (p *Pick) conditions() []Condition {
	list := []Condition{{p.Of, p.AtLeast, p.Below}}
	if p.Also != nil {
		list = append(list, *p.Also)
	}
	return list
}

// check tells what is wrong with a condition as people have put it.
func (p *Pick) check(form *campaign.Form, s *Snapshot) error {
	if p.AtLeast < 0 || p.AtLeast > maxLimit || p.Also != nil && (p.Also.AtLeast < 0 || p.Also.AtLeast > maxLimit) {
		return ErrLimit.With("value", p.AtLeast)
	}
	bad := func(ref string) error {
		r, err := campaign.ParseRef(form, ref)
		if err != nil || r.Kind == campaign.RefRank {
			return ErrReference.With("name", ref)
		}
		return nil
	}
	switch {
	case p.Kind == campaign.ListUnits:
		for _, c := range p.conditions() {
			if err := bad(c.Of); err != nil {
				return err
			}
		}
		for _, code := range p.Except {
			if _, ok := s.standing(code); !ok {
				return ErrReference.With("name", code.String())
			}
		}
	case p.Kind == campaign.ListColumns && len(p.Columns) > 0 && len(p.Columns) <= MaxColumns:
		for _, c := range p.Columns {
			if err := bad(c.Of); err != nil {
				return err
			}
		}
	case p.Kind == campaign.ListVillages && slices.Contains(campaign.VillageLists, p.Which):
	case p.Kind == campaign.ListTasks && slices.Contains(campaign.TaskLists, p.Which):
	default:
		return ErrList.With("value", string(p.Kind)+p.Which)
	}
	return nil
}

// meets tells whether a figure meets a condition. A share of nothing meets none: nothing can be
// said of it.
func (s *Snapshot) meets(form *campaign.Form, of *Standing, c Condition) bool {
	r, err := campaign.ParseRef(form, c.Of)
	if err != nil {
		return false
	}
	cell, ok := s.cell(form, of, r)
	return ok && meets(cell, c)
}

// pick is the units below that meet a condition, in the order of their codes.
func (s *Snapshot) pick(form *campaign.Form, p *Pick) []unit.Code {
	var list []unit.Code
	for i := range s.Units {
		of := &s.Units[i]
		if of.Villages == 0 && of.Expected == 0 { // nobody there has anything to report
			continue
		}
		if !slices.Contains(p.Except, of.Code) && !slices.ContainsFunc(p.conditions(), func(c Condition) bool { return !s.meets(form, of, c) }) {
			list = append(list, of.Code)
		}
	}
	return list
}

// String is the condition for a form.
func (p *Pick) String() string {
	if p == nil {
		return ""
	}
	b, err := json.Marshal(p)
	if err != nil {
		return "" // plain data is always written
	}
	return string(b)
}

// ParsePick reads what String writes; nil is the empty text.
func ParsePick(text string) (*Pick, error) {
	if text == "" {
		return nil, nil
	}
	p := &Pick{}
	if err := json.Unmarshal([]byte(text), p); err != nil {
		return nil, ErrList.With("value", text)
	}
	return p, nil
}

// relist picks the units of every list anew.
func (d *Draft) relist(form *campaign.Form) error {
	for i := range d.Sections {
		for j := range d.Sections[i].Paragraphs {
			p := &d.Sections[i].Paragraphs[j]
			if p.List = nil; p.Pick == nil {
				continue
			}
			if err := p.Pick.check(form, &d.Snapshot); err != nil {
				return err
			}
			if p.Pick.Kind == campaign.ListUnits {
				p.List = d.Snapshot.pick(form, p.Pick)
			}
		}
	}
	return nil
}
