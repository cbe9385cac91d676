package main

import (
	"fmt"
	"io"

	"github.com/sangzi/sangzi/internal/access"
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

// printTable prints the statistics for people, one line per figure of the total.
func printTable(w io.Writer, t statistics.Table) error {
	if _, err := fmt.Fprintf(w, "%s %s %s（%s）\n", t.Tree.FullName(t.Unit.Code), t.Week.Due, t.Form.Title, t.Form.Mark); err != nil {
		return err
	}
	for i, c := range t.Form.Columns {
		if _, err := fmt.Fprintf(w, "%s\t%s\n", c.Title, t.Total.Cells[i]); err != nil {
			return err
		}
	}
	return nil
}
