package main

import (
	"fmt"
	"io"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

type tasksCmd struct {
	dbFlags
	Unit       string `required:"" placeholder:"CODE" help:"县、镇街或村的统计代码 / Statistical code of a county, town or village."`
	Department string `placeholder:"NAME" help:"县里的一个部门，如市林业局 / A department of the county."`
	Date       string `placeholder:"DATE" help:"哪一天的情况，不写是今天 / As of this day; default today."`
	JSON       bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *tasksCmd) Run(w *world) error {
	code, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	day, err := dayOr(c.Date, date.Date{})
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	party := record.Party{Unit: code, Department: c.Department}
	if d, ok := a.Pack.Department(c.Department); ok {
		party.Department = d.Name
	}
	standing, err := a.Tasks.On(w.ctx, access.Operator("命令行", code), party, day)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w.stdout, standing.Statement(party))
	}
	return printTasks(w.stdout, standing, party)
}

// printTasks prints a party's tasks for people: what is owed first, in order of the last day.
func printTasks(w io.Writer, s *task.Standing, p record.Party) error {
	items := s.Of(p)
	counts := task.Count(items)
	if _, err := fmt.Fprintf(w, "%s %s：共 %d 件，完成 %d，逾期 %d\n", s.Name(p), s.Day, counts.Total(), counts.Done(), counts[task.Overdue]); err != nil {
		return err
	}
	list := task.Owed(items)
	for i := range items {
		if !items[i].State.Owed() {
			list = append(list, items[i])
		}
	}
	for i := range list {
		x := &list[i]
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", words.Text("task_state."+string(x.State), nil), x.Period.To, taskNumber(x), x.Demand.Says, taskDetail(s, x)); err != nil {
			return err
		}
	}
	return nil
}

func taskNumber(x *task.Item) string {
	if x.Duty.Number > 0 {
		return "第" + strconv.Itoa(x.Duty.Number) + "项"
	}
	return "正文" + x.Duty.Clause
}

// taskDetail is the period and what is missing, or when it was done.
func taskDetail(s *task.Standing, x *task.Item) string {
	text := x.Period.Title
	add := func(more string) {
		if text != "" && more != "" {
			text += "；"
		}
		text += more
	}
	switch {
	case x.State.Met():
		add(x.On.String())
	case x.State == task.NotApplicable:
		add(x.Reason)
	case x.Of > 0:
		add(fmt.Sprintf("%d/%d", x.Met, x.Of))
		const most = 5
		for i, p := range x.Missing {
			if i == most {
				add("等")
				break
			}
			add(s.Name(p))
		}
	default:
		for _, l := range x.Lacks {
			add(l.Says + " " + strconv.FormatInt(l.Have, 10) + "/" + strconv.FormatInt(l.Want, 10))
		}
	}
	return text
}
