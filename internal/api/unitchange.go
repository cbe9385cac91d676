package api

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// Dated is what every change of units says beside what it changes; exported, since only so does the
// description see what is embedded.
type Dated struct {
	Day       string `json:"day" maxLength:"10" doc:"From which day it holds; weeks due before it stay as they are" example:"2024-05-01"`
	SeenWeeks int    `json:"seen_weeks,omitempty" minimum:"0" doc:"How many reported weeks due on or after the day you know it to touch, as a preview tells; more than that is 409 register.touches"`
	Preview   bool   `json:"preview,omitempty" doc:"Only tell what it would come to; nothing is stored"`
}

// ChangedUnit is the unit in the path of a change.
type ChangedUnit struct {
	Unit string `path:"unit" maxLength:"12" doc:"Statistical code of 2, 4, 6, 9 or 12 digits" example:"445281119000"`
}

type fate struct {
	What string   `json:"what" enum:"renamed,merged,moved,ended,begun"`
	Was  *unitRef `json:"was,omitempty" doc:"None for a new unit"`
	Now  *unitRef `json:"now,omitempty" doc:"None when the line ends"`
}

type unitRef struct {
	Code string `json:"code" example:"445281119001"`
	Name string `json:"name" example:"里湖居委会"`
}

// effect is what a change of units comes to.
type effect struct {
	Stored   bool      `json:"stored" doc:"False for a preview"`
	Day      string    `json:"day"`
	Fates    []fate    `json:"fates" doc:"What becomes of each unit touched"`
	Weeks    []string  `json:"weeks" doc:"Weeks already reported that are due on or after the day"`
	Accounts []unitMan `json:"accounts" doc:"Who stands at a unit that ends, or below it; accounts are not changed by themselves"`
}

type unitMan struct {
	Login string      `json:"login"`
	Name  string      `json:"name"`
	Role  access.Role `json:"role"`
	Unit  string      `json:"unit"`
}

func refOf(u unit.Unit) *unitRef {
	if u.Code == unit.Nation {
		return nil
	}
	return &unitRef{u.Code.String(), u.Name}
}

func newEffect(e register.Effect, stored bool) effect {
	out := effect{Stored: stored, Day: e.Day.String(), Fates: []fate{}, Weeks: []string{}, Accounts: []unitMan{}}
	for _, f := range e.Fates {
		out.Fates = append(out.Fates, fate{string(f.What), refOf(f.Was), refOf(f.Now)})
	}
	for _, w := range e.Weeks {
		out.Weeks = append(out.Weeks, w.String())
	}
	for _, x := range e.Accounts {
		out.Accounts = append(out.Accounts, unitMan{x.Login, x.Name, x.Role, x.Unit.String()})
	}
	return out
}

func (a *API) registerUnitChanges() {
	post := func(path, id, summary string) op {
		return op{method: http.MethodPost, path: "/units/{unit}/" + path, id: id, tag: "units", summary: summary}
	}
	operation(a, post("rename", "rename-unit", "Give a unit another name from a day on"), a.renameUnit)
	operation(a, post("children", "add-unit", "Add a unit below another from a day on"), a.addUnit)
	operation(a, post("abolish", "abolish-unit", "End a unit on a day"), a.abolishUnit)
	operation(a, post("merge", "merge-units", "Merge units of one level into this code, one of them or a new one"), a.mergeUnits)
	operation(a, post("split", "split-unit", "Split a unit; a part with its own code goes on"), a.splitUnit)
	operation(a, post("move", "move-unit", "Give a unit, and all below it, another code"), a.moveUnit)
}

// changeUnits previews a change, or does it.
func (a *API) changeUnits(ctx context.Context, actor access.Actor, in Dated, c register.Change) (*body[effect], error) {
	do := a.units.Do
	if in.Preview {
		do = a.units.Preview
	}
	e, err := do(ctx, actor, c)
	return answer(newEffect(e, !in.Preview), err)
}

// on reads the path's unit and the day of a change.
func (in Dated) on(path ChangedUnit) (unit.Code, register.On, error) {
	code, err := unit.ParseCode(path.Unit)
	if err != nil {
		return 0, register.On{}, err
	}
	day, err := parseDay(in.Day)
	return code, register.On{Day: day, Seen: in.SeenWeeks}, err
}

func (a *API) renameUnit(ctx context.Context, actor access.Actor, in *struct {
	ChangedUnit
	Body struct {
		Dated
		Name string `json:"name" maxLength:"60" doc:"As registered" example:"里湖社区居委会"`
	}
}) (*body[effect], error) {
	code, on, err := in.Body.on(in.ChangedUnit)
	if err != nil {
		return nil, err
	}
	return a.changeUnits(ctx, actor, in.Body.Dated, register.RenameInput{On: on, Unit: code, Name: in.Body.Name})
}

func (a *API) addUnit(ctx context.Context, actor access.Actor, in *struct {
	ChangedUnit
	Body struct {
		Dated
		Code string `json:"code" maxLength:"12" example:"445281119226"`
		Name string `json:"name" maxLength:"60" example:"河东村委会"`
	}
}) (*body[effect], error) {
	above, on, err := in.Body.on(in.ChangedUnit)
	if err != nil {
		return nil, err
	}
	code, err := unit.ParseCode(in.Body.Code)
	if err != nil {
		return nil, err
	}
	if !above.Contains(code) || above == code {
		return nil, unit.ErrNoParent.With("code", code.String()).With("day", on.Day)
	}
	return a.changeUnits(ctx, actor, in.Body.Dated, register.AddInput{On: on, Unit: code, Name: in.Body.Name})
}

func (a *API) abolishUnit(ctx context.Context, actor access.Actor, in *struct {
	ChangedUnit
	Body struct {
		Dated
		Successor string `json:"successor,omitempty" maxLength:"12" doc:"Who takes over; none by default"`
	}
}) (*body[effect], error) {
	code, on, err := in.Body.on(in.ChangedUnit)
	if err != nil {
		return nil, err
	}
	c := register.AbolishInput{On: on, Unit: code}
	if in.Body.Successor != "" {
		if c.Successor, err = unit.ParseCode(in.Body.Successor); err != nil {
			return nil, err
		}
	}
	return a.changeUnits(ctx, actor, in.Body.Dated, c)
}

func (a *API) mergeUnits(ctx context.Context, actor access.Actor, in *struct {
	ChangedUnit
	Body struct {
		Dated
		Units []string `json:"units" minItems:"1" maxItems:"100" doc:"What is merged; the path's unit may be among them"`
		Name  string   `json:"name" maxLength:"60"`
	}
}) (*body[effect], error) {
	into, on, err := in.Body.on(in.ChangedUnit)
	if err != nil {
		return nil, err
	}
	c := register.MergeInput{On: on, Into: into, Name: in.Body.Name}
	for _, text := range in.Body.Units {
		code, err := unit.ParseCode(text)
		if err != nil {
			return nil, err
		}
		c.Units = append(c.Units, code)
	}
	return a.changeUnits(ctx, actor, in.Body.Dated, c)
}

func (a *API) splitUnit(ctx context.Context, actor access.Actor, in *struct {
	ChangedUnit
	Body struct {
		Dated
		Parts []unitRef `json:"parts" minItems:"2" maxItems:"100"`
	}
}) (*body[effect], error) {
	code, on, err := in.Body.on(in.ChangedUnit)
	if err != nil {
		return nil, err
	}
	c := register.SplitInput{On: on, Unit: code}
	for _, p := range in.Body.Parts {
		part, err := unit.ParseCode(p.Code)
		if err != nil {
			return nil, err
		}
		c.Parts = append(c.Parts, register.Part{Code: part, Name: p.Name})
	}
	return a.changeUnits(ctx, actor, in.Body.Dated, c)
}

func (a *API) moveUnit(ctx context.Context, actor access.Actor, in *struct {
	ChangedUnit
	Body struct {
		Dated
		To string `json:"to" maxLength:"12"`
	}
}) (*body[effect], error) {
	code, on, err := in.Body.on(in.ChangedUnit)
	if err != nil {
		return nil, err
	}
	to, err := unit.ParseCode(in.Body.To)
	if err != nil {
		return nil, err
	}
	return a.changeUnits(ctx, actor, in.Body.Dated, register.MoveInput{On: on, Unit: code, To: to})
}
