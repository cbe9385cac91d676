package main

import (
	"fmt"
	"strings"

	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/register"
)

// unitChange are the flags of every change of units.
type unitChange struct {
	dbFlags
	On      string `required:"" placeholder:"DATE" help:"从哪一天起 / From which day it holds."`
	Weeks   int    `placeholder:"N" help:"知道会涉及几个已报的周（看 --preview） / How many reported weeks you know it to touch."`
	Preview bool   `help:"只看会怎样，不办理 / Only tell what it would come to."`
	JSON    bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *unitChange) on() (register.On, error) {
	day, err := date.Parse(c.On)
	return register.On{Day: day, Seen: c.Weeks}, err
}

// carryOut previews a change or does it, and prints what it comes to.
func (c *unitChange) carryOut(w *world, change register.Change) error {
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the write is committed
	do := a.Register.Do
	if c.Preview {
		do = a.Register.Preview
	}
	e, err := do(w.ctx, unitOperator, change)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w.stdout, newUnitEffect(e, !c.Preview))
	}
	for _, f := range e.Fates {
		fmt.Fprintf(w.stdout, "%s\t%s → %s\n", unitFates[f.What], unitText(f.Was), unitText(f.Now))
	}
	for _, d := range e.Weeks {
		fmt.Fprintf(w.stdout, "已报的周\t%s\n", d)
	}
	for _, x := range e.Accounts {
		fmt.Fprintf(w.stdout, "账号要另行处理\t%s %s（%s）\n", x.Login, x.Name, x.Unit)
	}
	if !c.Preview {
		fmt.Fprintf(w.stdout, "已办理，%s 起\n", e.Day)
	}
	return nil
}

var unitFates = map[register.What]string{
	register.Renamed: "更名", register.Merged: "并入", register.Moved: "改代码", register.Ended: "撤销", register.Begun: "新设",
}

func unitText(u unit.Unit) string {
	if u.Code == unit.Nation {
		return "无"
	}
	return u.Code.String() + " " + u.Name
}

// unitEffect is what a change comes to, for programs.
type unitEffect struct {
	Stored   bool       `json:"stored"`
	Day      date.Date  `json:"day"`
	Fates    []unitFate `json:"fates"`
	Weeks    []string   `json:"weeks"`
	Accounts []string   `json:"accounts"`
}

type unitFate struct {
	What    register.What `json:"what"`
	Was     string        `json:"was,omitempty"`
	WasName string        `json:"was_name,omitempty"`
	Now     string        `json:"now,omitempty"`
	NowName string        `json:"now_name,omitempty"`
}

func newUnitEffect(e register.Effect, stored bool) unitEffect {
	out := unitEffect{Stored: stored, Day: e.Day, Fates: []unitFate{}, Weeks: []string{}, Accounts: []string{}}
	code := func(u unit.Unit) string {
		if u.Code == unit.Nation {
			return ""
		}
		return u.Code.String()
	}
	for _, f := range e.Fates {
		out.Fates = append(out.Fates, unitFate{f.What, code(f.Was), f.Was.Name, code(f.Now), f.Now.Name})
	}
	for _, d := range e.Weeks {
		out.Weeks = append(out.Weeks, d.String())
	}
	for _, x := range e.Accounts {
		out.Accounts = append(out.Accounts, x.Login)
	}
	return out
}

// unitArg is the unit that a change is about.
type unitArg struct {
	Unit string `arg:"" placeholder:"CODE" help:"单位代码 / The unit."`
}

// read gives the unit and the day.
func (c unitArg) read(f *unitChange) (unit.Code, register.On, error) {
	code, err := unit.ParseCode(c.Unit)
	if err != nil {
		return 0, register.On{}, err
	}
	on, err := f.on()
	return code, on, err
}

type unitRenameCmd struct {
	unitChange
	unitArg
	Name string `arg:"" help:"新名称 / The new name."`
}

func (c *unitRenameCmd) Run(w *world) error {
	code, on, err := c.read(&c.unitChange)
	if err != nil {
		return err
	}
	return c.carryOut(w, register.RenameInput{On: on, Unit: code, Name: c.Name})
}

type unitAddCmd struct {
	unitChange
	unitArg
	Name string `arg:"" help:"名称；写着“虚拟”的不报数 / Its name."`
}

func (c *unitAddCmd) Run(w *world) error {
	code, on, err := c.read(&c.unitChange)
	if err != nil {
		return err
	}
	return c.carryOut(w, register.AddInput{On: on, Unit: code, Name: c.Name})
}

type unitMergeCmd struct {
	unitChange
	Into   string   `arg:"" placeholder:"CODE" help:"合并后的代码，可以是新代码 / The code afterwards, maybe a new one."`
	Name   string   `required:"" help:"合并后的名称 / The name afterwards."`
	Others []string `arg:"" name:"merged" placeholder:"CODE" help:"合并哪些单位，原代码继续用的也要写上 / What is merged; a unit that goes on is among them."`
}

func (c *unitMergeCmd) Run(w *world) error {
	into, on, err := unitArg{c.Into}.read(&c.unitChange)
	if err != nil {
		return err
	}
	in := register.MergeInput{On: on, Into: into, Name: c.Name}
	for _, text := range c.Others {
		code, err := unit.ParseCode(text)
		if err != nil {
			return err
		}
		in.Units = append(in.Units, code)
	}
	return c.carryOut(w, in)
}

type unitSplitCmd struct {
	unitChange
	unitArg
	Parts []string `arg:"" placeholder:"CODE=NAME" help:"拆成的单位；写着原代码的就是保留下来的 / The parts; one with the old code goes on."`
}

// errPart: a part is not written as CODE=NAME.
var errPart = problem.New(problem.Invalid, "unit.part")

func (c *unitSplitCmd) Run(w *world) error {
	code, on, err := c.read(&c.unitChange)
	if err != nil {
		return err
	}
	in := register.SplitInput{On: on, Unit: code}
	for _, text := range c.Parts {
		number, name, ok := strings.Cut(text, "=")
		if !ok {
			return errPart.With("value", text)
		}
		part, err := unit.ParseCode(number)
		if err != nil {
			return err
		}
		in.Parts = append(in.Parts, register.Part{Code: part, Name: name})
	}
	return c.carryOut(w, in)
}

type unitAbolishCmd struct {
	unitChange
	unitArg
	Successor string `placeholder:"CODE" help:"由谁承接 / Who takes over."`
}

func (c *unitAbolishCmd) Run(w *world) error {
	code, on, err := c.read(&c.unitChange)
	if err != nil {
		return err
	}
	in := register.AbolishInput{On: on, Unit: code}
	if c.Successor != "" {
		if in.Successor, err = unit.ParseCode(c.Successor); err != nil {
			return err
		}
	}
	return c.carryOut(w, in)
}

type unitMoveCmd struct {
	unitChange
	unitArg
	To string `arg:"" placeholder:"CODE" help:"新代码 / The new code."`
}

func (c *unitMoveCmd) Run(w *world) error {
	code, on, err := c.read(&c.unitChange)
	if err != nil {
		return err
	}
	to, err := unit.ParseCode(c.To)
	if err != nil {
		return err
	}
	return c.carryOut(w, register.MoveInput{On: on, Unit: code, To: to})
}
