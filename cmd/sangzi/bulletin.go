package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/unit"
)

type bulletinCmd struct {
	Draft bulletinDraftCmd `cmd:"" help:"按已提交的台账起草月通报或季小结，只打印，不存 / Draft a month's or a quarter's bulletin from sealed figures and print it; nothing is stored."`
}

type bulletinDraftCmd struct {
	dbFlags
	Unit    string `required:"" placeholder:"CODE" help:"县或市的统计代码 / The county's or city's statistical code."`
	Month   string `xor:"period" required:"" placeholder:"MONTH" help:"哪个月，如 2024-03 / The month."`
	Quarter string `xor:"period" required:"" placeholder:"QUARTER" help:"哪个季度，如 2024-Q1 / The quarter, for its summary."`
	Out     string `short:"o" placeholder:"FILE.docx" help:"写成 Word 公文（GB/T 9704—2012） / Write a Word document."`
	PDF     string `name:"pdf" placeholder:"FILE.pdf" help:"写成 PDF / Write a PDF."`
	JSON    bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *bulletinDraftCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	m, err := bulletin.ParsePeriod(c.Month + c.Quarter)
	if err != nil {
		return err
	}
	if (m.Quarter > 0) != (c.Quarter != "") {
		return bulletin.ErrPeriod.With("period", c.Month+c.Quarter)
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	d, err := a.Bulletin.Draft(w.ctx, access.Operator("命令行", of), of, m)
	if err != nil {
		return err
	}
	papers := app.Papers{App: a}
	for _, f := range []struct {
		path string
		make func(bulletin.Draft) ([]byte, error)
	}{{c.Out, papers.Docx}, {c.PDF, papers.PDF}} {
		if f.path == "" {
			continue
		}
		b, err := f.make(d)
		if err != nil {
			return err
		}
		if err := writeFile(f.path, func(out io.Writer) error { _, err := out.Write(b); return err }); err != nil {
			return err
		}
	}
	r := a.Bulletin.Reading(&d, nil)
	switch {
	case c.JSON:
		return printJSON(w.stdout, r)
	case c.Out != "" || c.PDF != "":
		return nil
	}
	return printBulletin(w.stdout, &r)
}

// printBulletin prints a bulletin for people, tables with tabs between.
func printBulletin(w io.Writer, r *bulletin.Reading) error {
	var b strings.Builder
	line := func(parts ...string) { b.WriteString(strings.Join(parts, "\t") + "\n") }
	line(r.Number)
	line()
	line(r.Title)
	line()
	if r.Greeting != "" {
		line(r.Greeting + "：")
	}
	for _, s := range r.Sections {
		line()
		if s.Heading != "" {
			line(s.Heading)
		}
		for _, p := range s.Paragraphs {
			b.WriteString("　　")
			for _, run := range p.Runs {
				b.WriteString(run.Text)
			}
			line()
		}
	}
	line()
	for _, issuer := range r.Issuers {
		line(issuer)
	}
	line(r.Date)
	for _, t := range r.Tables {
		line()
		line(t.Title + "（" + t.Unit + "）")
		heads := append([]string{"单位"}, t.Heads...)
		ranked := slices.ContainsFunc(t.Rows, func(row bulletin.ReadingRow) bool { return row.Place != nil })
		if ranked {
			heads = append([]string{"名次"}, heads...)
		}
		line(heads...)
		for _, row := range t.Rows {
			cells := []string{row.Name}
			switch {
			case row.Place != nil:
				cells = []string{row.Place.Text, row.Name}
			case ranked:
				cells = []string{"", row.Name}
			}
			for _, f := range row.Figures {
				cells = append(cells, f.Text)
			}
			line(cells...)
		}
		if t.Note != "" {
			line("注：" + t.Note)
		}
	}
	for _, c := range r.Charts {
		printChart(line, &c)
	}
	line()
	if r.CopyTo != "" {
		line("抄送：" + r.CopyTo)
	}
	line(r.Printer)
	_, err := fmt.Fprint(w, b.String())
	return err
}

// printChart prints a chart's figures, a line for each label.
func printChart(line func(...string), c *bulletin.ReadingChart) {
	line()
	line(c.Title + "（" + c.Unit + "）")
	heads := []string{""}
	for _, s := range c.Series {
		heads = append(heads, s.Title)
	}
	line(heads...)
	for k, label := range c.Labels {
		cells := []string{label}
		for _, s := range c.Series {
			cells = append(cells, s.Figures[k].Text)
		}
		line(cells...)
	}
}
