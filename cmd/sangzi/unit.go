package main

import (
	"fmt"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

type unitCmd struct {
	List    unitListCmd    `cmd:"" help:"列出一个单位的下级 / List what is below a unit."`
	Show    unitShowCmd    `cmd:"" help:"一个单位的来龙去脉 / What a unit has been."`
	Rename  unitRenameCmd  `cmd:"" help:"更名 / Rename a unit."`
	Add     unitAddCmd     `cmd:"" help:"新增 / Add a unit."`
	Merge   unitMergeCmd   `cmd:"" help:"合并 / Merge units."`
	Split   unitSplitCmd   `cmd:"" help:"拆分 / Split a unit."`
	Abolish unitAbolishCmd `cmd:"" help:"撤销 / Abolish a unit."`
	Move    unitMoveCmd    `cmd:"" help:"改代码，下面的单位随着改 / Give a unit another code."`
}

// unitLine is a unit as unit list gives it to programs.
type unitLine struct {
	Code    string `json:"code"`
	Name    string `json:"name"`
	Level   string `json:"level"`
	Virtual bool   `json:"virtual,omitempty"`
}

type unitListCmd struct {
	dbFlags
	Unit string `arg:"" optional:"" default:"0" placeholder:"CODE" help:"哪个单位，不写从顶上列起 / Whose; the whole by default."`
	On   string `placeholder:"DATE" help:"哪一天的，不写是今天 / As of a day; today by default."`
	JSON bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *unitListCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	var on date.Date
	if c.On != "" {
		if on, err = date.Parse(c.On); err != nil {
			return err
		}
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	b, err := a.Register.Branch(w.ctx, unitOperator, of, on)
	if err != nil {
		return err
	}
	lines := []unitLine{}
	for _, u := range b.Children {
		lines = append(lines, unitLine{u.Code.String(), u.Name, u.Level().String(), u.Kind == unit.Virtual})
	}
	if c.JSON {
		return printJSON(w.stdout, lines)
	}
	for i, l := range lines {
		note := ""
		if l.Virtual {
			note = "\t虚拟"
		} else if n := b.Children[i].Villages; n > 0 {
			note = fmt.Sprintf("\t%d 村", n)
		}
		if _, err := fmt.Fprintf(w.stdout, "%s\t%s%s\n", l.Code, l.Name, note); err != nil {
			return err
		}
	}
	return nil
}

// unitOperator is who changes units at the machine's own command line.
var unitOperator = access.Operator("命令行", unit.Nation)

type unitShowCmd struct {
	dbFlags
	Unit string `arg:"" placeholder:"CODE" help:"单位代码 / The unit."`
}

func (c *unitShowCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	l, err := a.Register.History(w.ctx, unitOperator, of)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s\t%s\n", of, l.Tree.FullName(of))
	for _, n := range l.Names {
		fmt.Fprintf(w.stdout, "%s 至 %s\t%s\n", or(n.From.String(), "原有"), or(n.To.String(), "今"), n.Name)
	}
	for _, u := range l.From {
		fmt.Fprintf(w.stdout, "%s 并入\t%s %s\n", u.To, u.Code, u.Name)
	}
	if l.Heir.Code != 0 {
		fmt.Fprintf(w.stdout, "由谁承接\t%s %s\n", l.Heir.Code, l.Heir.Name)
	}
	for _, e := range l.Events {
		fmt.Fprintf(w.stdout, "%s\t%s %s：%s → %s（%s 起）\n", e.At.In(a.Pack.Spec().Location).Format("2006-01-02 15:04"), e.Actor, e.Action, e.Before, e.After, e.Subject)
	}
	return nil
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
