package bulletinweb

import (
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/unit"
)

// paper is a bulletin as it is read, each figure with where it leads.
type paper struct {
	bulletin.Draft
	Sections []paperSection
	Tables   []paperTable
	Charts   []paperChart // among the annexes
	Signed   [][]string   // the signers in rows and the date, each in its column; "" where nobody stands
	Printed  string       // 2024年3月30日
}

type paperSection struct {
	Heading    string
	Paragraphs [][]paperRun
	Charts     []paperChart
}

type paperRun struct {
	Text, Href, Help string
	Figure           bool
}

type paperTable struct {
	Title, Unit string
	Ranked      bool
	Note        string // the rule of ranking
	Heads       []string
	Rows        []paperRow
}

type paperRow struct {
	Name, Href string
	Total      bool
	Place      *paperRun
	Cells      []paperRun
}

// paper lays a draft out for an actor.
func (p *Pages) paper(a access.Actor, d *bulletin.Draft) paper {
	form := p.bulletin.Form()
	v := paper{Draft: *d, Signed: d.Signed(), Printed: d.Date.Chinese()}
	drawn, headings := 0, 0
	for i, s := range d.Sections {
		out := paperSection{}
		if s.Heading != "" {
			out.Heading = numbered(headings, s.Heading)
			headings++
		}
		for _, paragraph := range s.Paragraphs {
			var runs []paperRun
			for _, r := range d.Runs(form, paragraph) {
				if r.Figure == nil {
					runs = append(runs, paperRun{Text: r.Text})
				} else {
					runs = append(runs, p.run(a, &d.Snapshot, *r.Figure))
				}
			}
			out.Paragraphs = append(out.Paragraphs, runs)
		}
		for _, c := range d.ChartsBehind(i) {
			drawn++
			out.Charts = append(out.Charts, p.chart(a, d, c, drawn))
		}
		v.Sections = append(v.Sections, out)
	}
	for _, t := range d.Tables {
		out := paperTable{Title: t.Title, Unit: t.Unit, Ranked: d.Ranked(t)}
		out.Note = d.TableNote(t, p.bulletin.Names())
		for _, c := range t.Columns {
			out.Heads = append(out.Heads, c.Title)
		}
		for _, row := range d.Rows(form, t) {
			line := paperRow{Name: row.Name, Total: row.Total}
			if row.Place != nil {
				place := p.run(a, &d.Snapshot, *row.Place)
				line.Place = &place
			}
			for _, f := range row.Figures {
				line.Cells = append(line.Cells, p.run(a, &d.Snapshot, f))
			}
			out.Rows = append(out.Rows, line)
		}
		v.Tables = append(v.Tables, out)
	}
	for _, c := range d.AnnexCharts() {
		drawn++
		v.Charts = append(v.Charts, p.chart(a, d, c, drawn))
	}
	return v
}

func (p *Pages) run(a access.Actor, s *bulletin.Snapshot, f bulletin.Figure) paperRun {
	return paperRun{Text: f.Text, Figure: true, Href: lead(p.bulletin.Form(), a, s, f), Help: p.bulletin.Names().Of(f.Ref)}
}

// lead is the page on which a figure is seen with what it is made of, one level down: what
// reports came at the board, sums at the statistics, a town's at its villages' rows. It is empty
// for who may not read them, as when a village reads the county's bulletin.
func lead(form *campaign.Form, a access.Actor, s *bulletin.Snapshot, f bulletin.Figure) string {
	r, err := campaign.ParseRef(form, f.Ref)
	if err != nil || !a.May(access.ReadLedger, f.Unit) {
		return ""
	}
	page, week := "/statistics/", s.Week
	switch {
	case r.Kind == campaign.RefWeek:
		week = r.Week
	case r.Kind == campaign.RefCount && strings.HasPrefix(r.Column, "tasks"):
		return tasksURL(f.Unit, s)
	case f.Unit.Level() >= unit.LevelTown:
		page = "/ledger/"
	case r.Kind == campaign.RefCount || r.Kind == campaign.RefPunctual:
		page = "/board/"
	}
	return page + f.Unit.String() + "/" + week.String()
}

// tasksURL is where the key tasks are seen as they stood when the figures were taken.
func tasksURL(of unit.Code, s *bulletin.Snapshot) string {
	return "/tasks/" + of.String() + "?date=" + s.Day.String()
}

// signClass names how many stand beside one another.
func signClass(rows [][]string) string { return "of-" + strconv.Itoa(len(rows[0])) }

const numerals = "一二三四五六七八九十"

// numbered is a heading with its number, as official papers have it, unless it was written with
// one.
func numbered(i int, heading string) string {
	if before, _, ok := strings.Cut(heading, "、"); ok && before != "" && strings.Trim(before, numerals) == "" {
		return heading
	}
	digits := []rune(numerals)
	n := ""
	switch i++; {
	case i <= 10:
		n = string(digits[i-1])
	case i < 20:
		n = "十" + string(digits[i-11])
	default:
		n = "二十"
		if i > 20 {
			n += string(digits[i-21])
		}
	}
	return n + "、" + heading
}
