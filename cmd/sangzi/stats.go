package main

import (
	"fmt"
	"io"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/statistics"
	statsbook "github.com/sangzi/sangzi/internal/statistics/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

type statsCmd struct {
	dbFlags
	unitWeek
	By   string `enum:",town,county,village,city" default:"" help:"按 town、county 或 village 列出 / One row per town, county or village."`
	Out  string `short:"o" placeholder:"FILE.xlsx" help:"写成工作簿 / Write a workbook."`
	JSON bool   `name:"json" help:"给程序读 / For programs."`

	Typed bool `help:"改为数各周有多少格是人工填的 / Instead: how many cells were typed, week by week."`
}

func (c *statsCmd) Run(w *world) error {
	of, due, err := c.parse()
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	if c.Typed {
		return c.typed(w, a, of, due)
	}
	by := unit.LevelNation
	if c.By != "" {
		if by, err = unit.ParseLevel(c.By); err != nil {
			return err
		}
	}
	t, err := a.Statistics.Table(w.ctx, access.Operator("命令行", of), of, due, by)
	if err != nil {
		return err
	}
	if c.Out != "" {
		return writeFile(c.Out, func(f io.Writer) error { return statsbook.Write(f, t, a.Pack.Ledger) })
	}
	if c.JSON {
		return printJSON(w.stdout, t.Document(a.Pack.Ledger))
	}
	return printTable(w.stdout, t)
}

// typed prints how many cells of the ledger were typed in the weeks up to one.
func (c *statsCmd) typed(w *world, a *app.App, of unit.Code, due date.Date) error {
	weeks, err := a.Ledger.Typing(w.ctx, access.Operator("命令行", of), of, due)
	if err != nil {
		return err
	}
	if c.JSON {
		type line struct {
			Week          string `json:"week"`
			Villages      int    `json:"villages"`
			Recorded      int    `json:"recorded"`
			Untyped       int    `json:"untyped"`
			Cells         int    `json:"cells"`
			CellsRecorded int    `json:"cells_recorded"`
		}
		list := []line{}
		for _, t := range weeks {
			list = append(list, line{t.Week.String(), t.Villages, t.Recorded, t.Untyped, t.Cells, t.CellsRecorded})
		}
		return printJSON(w.stdout, list)
	}
	if _, err := fmt.Fprintln(w.stdout, "截止日\t上报村\t有记录的村\t一格没填的村\t人工填的格\t其中有记录的村填的"); err != nil {
		return err
	}
	for _, t := range weeks {
		if _, err := fmt.Fprintf(w.stdout, "%s\t%d\t%d\t%d\t%d\t%d\n", t.Week, t.Villages, t.Recorded, t.Untyped, t.Cells, t.CellsRecorded); err != nil {
			return err
		}
	}
	return nil
}

// printTable prints the statistics for people, one line per figure of the total.
func printTable(w io.Writer, t statistics.Table) error {
	title := t.Form.Title
	if t.Form.Mark != "" {
		title += "（" + t.Form.Mark + "）"
	}
	if _, err := fmt.Fprintf(w, "%s %s %s\n", t.Tree.FullName(t.Unit.Code), t.Week.Due, title); err != nil {
		return err
	}
	for i, c := range t.Form.Columns {
		if _, err := fmt.Fprintf(w, "%s\t%s\n", c.Title, t.Total.Cells[i]); err != nil {
			return err
		}
	}
	return nil
}
