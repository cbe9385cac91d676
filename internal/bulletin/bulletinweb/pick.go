package bulletinweb

import (
	"errors"
	"strings"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// The answers to whom a list names. Columns are offered only where the paragraph came with them.
const (
	whoUnits   = "units"
	whoColumns = "columns"
)

func whoChoices(p typedParagraph) []ui.Choice {
	list := []ui.Choice{{Value: "", Label: "没有名单"}, {Value: whoUnits, Label: "够条件的下级单位"}}
	if p.Who == whoColumns || strings.Contains(p.Pick, `"columns"`) {
		list = append(list, ui.Choice{Value: whoColumns, Label: "够条件的工作项目"})
	}
	for _, which := range campaign.VillageLists {
		list = append(list, ui.Choice{Value: "villages." + which, Label: words.Text("bulletin_list."+which, nil)})
	}
	for _, which := range campaign.TaskLists {
		list = append(list, ui.Choice{Value: "tasks." + which, Label: words.Text("bulletin_list."+which, nil)})
	}
	return list
}

const (
	atLeast = "at_least"
	below   = "below"
)

func signs() []ui.Choice {
	return []ui.Choice{{Value: atLeast, Label: "不低于"}, {Value: below, Label: "低于"}}
}

func sign(isBelow bool) string {
	if isBelow {
		return below
	}
	return atLeast
}

// named tells whether a paragraph has words of a list, by name or as they are kept.
func (p typedParagraph) named(names *bulletin.Names) bool {
	for _, w := range campaign.ListWords {
		if strings.Contains(p.Text, "{"+w+"}") || strings.Contains(p.Text, "{"+names.Of(w)+"}") {
			return true
		}
	}
	return p.Who != ""
}

func (p *Pages) paragraphTyped(d *bulletin.Draft, w bulletin.ParagraphWords) typedParagraph {
	out := typedParagraph{Text: w.Text, Pick: w.Pick.String()}
	if w.Pick == nil {
		return out
	}
	first := bulletin.Condition{Of: w.Pick.Of, AtLeast: w.Pick.AtLeast, Below: w.Pick.Below}
	switch w.Pick.Kind {
	case campaign.ListVillages, campaign.ListTasks:
		out.Who = string(w.Pick.Kind) + "." + w.Pick.Which
		return out
	case campaign.ListColumns:
		out.Who = whoColumns
		first.Of = w.Pick.Columns[0].Of
	default:
		out.Who = whoUnits
	}
	t := p.bulletin.TypedOf(first)
	out.Of, out.Sign, out.Value = t.Of, sign(t.Below), t.Value
	if w.Pick.Also != nil {
		t := p.bulletin.TypedOf(*w.Pick.Also)
		out.Also, out.AlsoSign, out.AlsoValue = t.Of, sign(t.Below), t.Value
	}
	out.Except = d.UnitNames(w.Pick.Except)
	return out
}

// pick reads the condition of a paragraph; faults stand at the fields of the id.
func (p *Pages) pick(t typedParagraph, d *bulletin.Draft, id string) (*bulletin.Pick, []ui.FieldError) {
	var wrong []ui.FieldError
	fault := func(field string, err error) {
		sentence, _ := words.Of(err)
		wrong = append(wrong, ui.FieldError{Field: id + field, Message: sentence})
	}
	if !t.named(p.bulletin.Names()) || t.Who == "" {
		return nil, nil
	}
	if kind, which, ok := strings.Cut(t.Who, "."); ok {
		return &bulletin.Pick{Kind: campaign.ListKind(kind), Which: which}, nil
	}
	out := &bulletin.Pick{}
	if t.Who == whoColumns {
		was, err := bulletin.ParsePick(t.Pick)
		if err != nil || was == nil || len(was.Columns) == 0 {
			fault("-who", bulletin.ErrList)
			return nil, wrong
		}
		out.Kind, out.Columns, t.Of = campaign.ListColumns, was.Columns, was.Columns[0].Of
	}
	c, err := p.bulletin.Condition(bulletin.Typed{Of: t.Of, Below: t.Sign == below, Value: t.Value})
	if err != nil {
		field := "-of"
		if t.Who == whoColumns || errors.Is(err, bulletin.ErrLimit) {
			field = "-value"
		}
		fault(field, err)
	}
	out.AtLeast, out.Below = c.AtLeast, c.Below
	if out.Kind == campaign.ListColumns {
		return out, wrong
	}
	out.Of = c.Of
	if strings.TrimSpace(t.Also) != "" {
		c, err := p.bulletin.Condition(bulletin.Typed{Of: t.Also, Below: t.AlsoSign == below, Value: t.AlsoValue})
		if err != nil {
			fault("-also", err)
		}
		out.Also = &c
	}
	if out.Except, err = d.UnitsNamed(t.Except); err != nil {
		fault("-except", err)
	}
	return out, wrong
}
