package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// Unit is one of the tree.
type Unit struct {
	Code     string `json:"code" example:"445281119000"`
	Name     string `json:"name" doc:"As registered" example:"里湖镇"`
	FullName string `json:"full_name" doc:"With those above, from the city down" example:"揭阳市普宁市里湖镇"`
	Level    string `json:"level" enum:"nation,province,city,county,town,village"`
	Virtual  bool   `json:"virtual,omitempty" doc:"Exists in the statistics only and is never expected to report"`
}

func newUnit(tree *unit.Tree, u unit.Unit) Unit {
	return Unit{u.Code.String(), u.Name, tree.FullName(u.Code), u.Level().String(), u.Kind == unit.Virtual}
}

func newUnits(tree *unit.Tree, list []unit.Unit) []Unit {
	out := make([]Unit, 0, len(list))
	for _, u := range list {
		out = append(out, newUnit(tree, u))
	}
	return out
}

// branch is a unit with those directly below it.
type branch struct {
	Unit
	Villages int    `json:"villages" doc:"All below it, virtual ones too"`
	Children []Unit `json:"children"`
}

type found struct {
	Total int    `json:"total" doc:"How many there are; at most 50 are listed"`
	Units []Unit `json:"units" doc:"The best first"`
}

type unitSpan struct {
	Name string `json:"name"`
	From string `json:"from,omitempty" doc:"The first day; none: from the beginning"`
	To   string `json:"to,omitempty" doc:"The day after the last; none: it goes on"`
}

type unitLife struct {
	Code  string     `json:"code"`
	Today bool       `json:"today" doc:"It exists today"`
	Names []unitSpan `json:"names" doc:"One for each name in each span, oldest first"`
	From  []string   `json:"from" doc:"Units that ended into it"`
	Heir  string     `json:"heir,omitempty" doc:"The unit that stands for it today, when it has ended"`
	Weeks []string   `json:"weeks" doc:"Weeks it has reported in, oldest first"`
}

type contact struct {
	Unit  string      `json:"unit"`
	Name  string      `json:"name"`
	Role  access.Role `json:"role"`
	Phone string      `json:"phone" doc:"Whole for who may call, its middle hidden for all others" example:"138****8001"`
	Whole bool        `json:"whole"`
}

func (a *API) registerUnits() {
	operation(a, op{method: http.MethodGet, path: "/units", id: "search-units", tag: "units", summary: "Units by name or code",
		about: "A code is that unit. A name in any usual form (新坛, 新坛村委会, 流沙东街道新坛村) is the towns and villages it can mean; part of a name finds all that hold it."}, a.searchUnits)
	operation(a, op{method: http.MethodGet, path: "/units/{unit}", id: "get-unit", tag: "units", summary: "A unit and those directly below it, as of a day"}, a.unit)
	operation(a, op{method: http.MethodGet, path: "/units/{unit}/history", id: "unit-history", tag: "units", summary: "What a code has been, and what became of it"}, a.unitHistory)
	operation(a, op{method: http.MethodGet, path: "/units/{unit}/contacts", id: "list-contacts", tag: "units", summary: "Whom to call, for a unit and all below it",
		about: "Numbers are whole for roles that may call, and have their middle hidden for all others."}, a.contacts)
}

func (a *API) searchUnits(ctx context.Context, actor access.Actor, in *struct {
	Text   string `query:"q" required:"true" maxLength:"60" doc:"Name or code" example:"新坛"`
	Within string `query:"within" maxLength:"12" doc:"Only in this unit; by default the token's own" example:"445281000000"`
	On     string `query:"on" maxLength:"10" doc:"As of this day; today by default" example:"2024-03-29"`
}) (*body[found], error) {
	within := actor.Unit
	var err error
	if in.Within != "" {
		if within, err = unit.ParseCode(in.Within); err != nil {
			return nil, err
		}
	}
	day, err := dayOr(in.On, date.Date{})
	if err != nil {
		return nil, err
	}
	f, err := a.units.Search(ctx, actor, register.SearchInput{Within: within, Text: in.Text, Day: day})
	if err != nil {
		return nil, err
	}
	return answer(found{f.Total, newUnits(f.Tree, f.Units)}, nil)
}

func (a *API) unit(ctx context.Context, actor access.Actor, in *struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of 2, 4, 6, 9 or 12 digits" example:"445281119000"`
	On   string `query:"on" maxLength:"10" doc:"As of this day; today by default" example:"2024-03-29"`
}) (*body[branch], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	day, err := dayOr(in.On, date.Date{})
	if err != nil {
		return nil, err
	}
	b, err := a.units.Branch(ctx, actor, code, day)
	if err != nil {
		return nil, err
	}
	out := branch{Unit: newUnit(b.Tree, b.Unit), Villages: b.Villages, Children: []Unit{}}
	for _, c := range b.Children {
		out.Children = append(out.Children, newUnit(b.Tree, c.Unit))
	}
	return answer(out, nil)
}

// UnitPath is the unit in a path.
type UnitPath struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of 2, 4, 6, 9 or 12 digits" example:"445281119000"`
}

func (a *API) unitHistory(ctx context.Context, actor access.Actor, in *UnitPath) (*body[unitLife], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	l, err := a.units.History(ctx, actor, code)
	if err != nil {
		return nil, err
	}
	out := unitLife{Code: code.String(), Today: l.Today, Names: []unitSpan{}, From: []string{}, Weeks: []string{}}
	for _, n := range l.Names {
		out.Names = append(out.Names, unitSpan{n.Name, n.From.String(), n.To.String()})
	}
	for _, u := range l.From {
		out.From = append(out.From, u.Code.String())
	}
	if l.Heir.Code != 0 {
		out.Heir = l.Heir.Code.String()
	}
	for _, w := range l.Weeks {
		out.Weeks = append(out.Weeks, w.String())
	}
	return answer(out, nil)
}

func (a *API) contacts(ctx context.Context, actor access.Actor, in *UnitPath) (*body[[]contact], error) {
	code, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	list, err := a.people.Contacts(ctx, actor, code)
	if err != nil {
		return nil, err
	}
	out := []contact{}
	for at, who := range list {
		for _, c := range who {
			out = append(out, contact{at.String(), c.Name, c.Role, c.Phone, c.Whole})
		}
	}
	slices.SortFunc(out, func(x, y contact) int { return cmp.Or(cmp.Compare(x.Unit, y.Unit), cmp.Compare(x.Name, y.Name)) })
	return answer(out, nil)
}
