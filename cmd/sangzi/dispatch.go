package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/unit"
)

type dispatchCmd struct {
	dbFlags
	Unit string `required:"" placeholder:"CODE" help:"市、县、镇街或村的统计代码 / Statistical code of a city, county, town or village."`
	Week string `placeholder:"DATE" help:"报告周的截止日，不写是本周 / The day the week is due; default the current week."`
	JSON bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *dispatchCmd) Run(w *world) error {
	code, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	week, err := dayOr(c.Week, date.Date{})
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	page, err := a.Dispatch.Page(w.ctx, access.Operator("命令行", code), code, week)
	if err != nil {
		return err
	}
	doc := page.Agenda(a.Pack)
	if c.JSON {
		return printJSON(w.stdout, doc)
	}
	return printDispatch(w.stdout, a.Pack, page, &doc)
}

// printDispatch prints a page for people: items, the table, what stands out, what villages asked.
func printDispatch(w io.Writer, pack *campaign.Pack, page *dispatch.Page, doc *dispatch.Agenda) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s 第%d周（%s）周调度，截至 %s\n", doc.Name, page.Week.No, doc.Week, page.At.Format("2006-01-02 15:04"))
	fmt.Fprintf(&b, "\n没有办结的事项 %d 件\n", len(page.Items))
	for i := range doc.Items {
		d := &doc.Items[i]
		state := d.Due + "前"
		switch {
		case d.Closed:
			state = "已办结"
		case d.Late:
			state += "，超期"
		}
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\t%s\n", d.ID, state, d.To.Name, strings.ReplaceAll(d.Text, "\n", " "), moved(d))
	}
	b.WriteString("\n单位\t报送")
	for _, c := range doc.Columns {
		fmt.Fprintf(&b, "\t%s（%s）\t本周", c.Title, c.Unit)
	}
	b.WriteString("\n")
	for _, r := range append(doc.Rows, doc.Total) {
		fmt.Fprintf(&b, "%s\t%d/%d", r.Name, r.Reported, r.Villages)
		for k := range r.Now {
			fmt.Fprintf(&b, "\t%s\t%s", r.Now[k], r.Added[k])
		}
		b.WriteString("\n")
	}
	for i := range page.Groups {
		g := &page.Groups[i]
		if len(g.At) == 0 || g.Rule.Kind == campaign.PointAsked {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", g.Rule.Title)
		for _, d := range doc.Points {
			if d.Rule == g.Rule.Key {
				fmt.Fprintf(&b, "%s\t%s\t%s\n", d.Party.Name, d.Figure.Says, d.Says+strings.Join(d.Tasks, "；"))
			}
		}
	}
	fmt.Fprintf(&b, "\n村里所求 %d 件\n", len(doc.Requests))
	for _, r := range doc.Requests {
		ask, _ := pack.Dispatch.Ask(r.Ask)
		fmt.Fprintf(&b, "%d\t%s\t%s\t%s\n", r.ID, r.Party.Name, ask.Title, strings.ReplaceAll(r.Text, "\n", " "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// moved is how the figure of an item stood when it was opened and stands now.
func moved(d *dispatch.AgendaItem) string {
	switch {
	case d.Then == nil:
		return ""
	case d.Now == nil:
		return d.Then.Says
	case d.Now.Units == 0:
		return d.Then.Says + " → 没有了"
	}
	return d.Then.Says + " → " + d.Now.Says
}
