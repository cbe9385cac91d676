package bulletin

import (
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/campaign"
)

// Pick is the condition by which a paragraph's {list} picks units.
type Pick struct {
	Of      string `json:"of"`       // a reference
	AtLeast int64  `json:"at_least"` // percent of a share, 分 of money
	Below   bool   `json:"below,omitempty"`
}

func pickOf(l *campaign.BulletinList) *Pick { return &Pick{l.Of.String(), l.AtLeast, l.Below} }

func (p *Pick) list(form *campaign.Form) (*campaign.BulletinList, error) {
	r, err := campaign.ParseRef(form, p.Of)
	if err != nil {
		return nil, ErrReference.With("name", p.Of).Because(err)
	}
	return &campaign.BulletinList{Of: r, AtLeast: p.AtLeast, Below: p.Below}, nil
}

// String is the condition in a line, for a form: "planted_trees/planned_trees% >= 80".
func (p *Pick) String() string {
	if p == nil {
		return ""
	}
	sign := " >= "
	if p.Below {
		sign = " < "
	}
	return p.Of + sign + strconv.FormatInt(p.AtLeast, 10)
}

// ParsePick reads what String writes; nil is the empty text.
func ParsePick(text string) (*Pick, error) {
	if text == "" {
		return nil, nil
	}
	f := strings.Fields(text)
	if len(f) == 3 && (f[1] == ">=" || f[1] == "<") {
		if n, err := strconv.ParseInt(f[2], 10, 64); err == nil {
			return &Pick{f[0], n, f[1] == "<"}, nil
		}
	}
	return nil, ErrList.With("value", text)
}

// relist picks the units of every list anew.
func (d *Draft) relist(form *campaign.Form) error {
	for i := range d.Sections {
		for j := range d.Sections[i].Paragraphs {
			p := &d.Sections[i].Paragraphs[j]
			if p.Pick == nil {
				continue
			}
			l, err := p.Pick.list(form)
			if err != nil {
				return err
			}
			p.List = d.Snapshot.pick(form, l)
		}
	}
	return nil
}
