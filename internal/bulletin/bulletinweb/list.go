package bulletinweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// listView is the months of a unit.
type listView struct {
	Months []monthView
	Edits  bool
	Rule   string // where the rule of ranking is
	Ranked string // how tables stand this month
	Others []otherView
}

type monthView struct {
	Name   string // 2024年3月通报 or 2024年第一季度小结
	Href   string // empty: not begun
	Begin  string // where it is begun; empty: it cannot be
	Status bulletin.Status
	Number string // 发文字号 of the issued one
	When   string
	Before bool // an issued version stands before the one that is being corrected
}

// otherView leads to the bulletins of another unit.
type otherView struct{ Name, Href string }

// list is GET /bulletins/{unit}.
func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	months, err := p.bulletin.List(r.Context(), web.ActorOf(r.Context()), of)
	if err != nil {
		return err
	}
	v := listView{Rule: ruleURL(of), Ranked: neutral}
	rules, err := p.bulletin.Rules(r.Context(), web.ActorOf(r.Context()), of)
	if err != nil {
		return err
	}
	if rule := bulletin.InForce(rules, bulletin.MonthOf(p.bulletin.Today())); rule != nil {
		v.Ranked = rule.Note(p.bulletin.Names())
	}
	for _, m := range months {
		v.Edits = v.Edits || m.Begin || m.Latest != m.Issued
		v.Months = append(v.Months, p.month(of, m))
	}
	if v.Others, err = p.others(r, of); err != nil {
		return err
	}
	return web.Render(w, r, web.Page{Title: p.name(of) + "月通报、季小结", Section: section, Styles: styles}, listBody(v))
}

func (p *Pages) month(of unit.Code, m bulletin.PeriodState) monthView {
	v := monthView{Name: m.Period.Chinese() + m.Period.Kind()}
	if m.Begin {
		v.Begin = bulletinURL(of, m.Period, "/begin")
	}
	if m.Latest != nil {
		v.Href, v.Status, v.When = bulletinURL(of, m.Period, ""), m.Latest.Status, p.moment(m.Latest.At)+" "+m.Latest.Actor
	}
	if m.Issued != nil {
		v.Number, v.Before = m.Issued.DocNumber, m.Latest.Number != m.Issued.Number
	}
	return v
}

// others are the units above and below whose bulletins the actor reads.
func (p *Pages) others(r *http.Request, of unit.Code) ([]otherView, error) {
	actor, tree := web.ActorOf(r.Context()), p.Tree()
	units := append(tree.Descendants(of, unit.LevelCounty), tree.Ancestors(of)...)
	var out []otherView
	for _, u := range units {
		if l := u.Code.Level(); u.Code == of || l != unit.LevelCounty && l != unit.LevelCity || actor.CanReceive(u.Code) != nil {
			continue
		}
		months, err := p.bulletin.List(r.Context(), actor, u.Code)
		if err != nil {
			return nil, err
		}
		for _, m := range months {
			if m.Latest != nil {
				out = append(out, otherView{u.Name, listURL(u.Code)})
				break
			}
		}
	}
	return out, nil
}
