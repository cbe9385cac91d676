package bulletin

import (
	"context"
	"strings"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
)

// Draft is a bulletin's words over a snapshot. The words hold references; Runs puts the figures
// in.
type Draft struct {
	Title    string    `json:"title"`
	Number   string    `json:"number"`
	Greeting string    `json:"greeting"`
	Issuers  []string  `json:"issuers"`
	CopyTo   string    `json:"copy_to"`
	Printer  string    `json:"printer"`
	Date     date.Date `json:"date"`
	Sections []Section `json:"sections"`
	Tables   []Table   `json:"tables"`
	Snapshot Snapshot  `json:"snapshot"`
}

// Section is a heading with its paragraphs.
type Section struct {
	Heading    string      `json:"heading"`
	Paragraphs []Paragraph `json:"paragraphs"`
}

// Paragraph is a text with references, and the units its {list} names by its Pick.
type Paragraph struct {
	Text string      `json:"text"`
	List []unit.Code `json:"list,omitempty"`
	Pick *Pick       `json:"pick,omitempty"`
}

// Table has a row per unit and a total.
type Table struct {
	Title   string   `json:"title"`
	Unit    string   `json:"unit"`
	Heads   []string `json:"heads"`
	Columns []string `json:"columns"` // references
}

// Run is a part of a text: words, or a figure.
type Run struct {
	Text   string
	Figure *Figure // nil for words
}

// Draft drafts a month's bulletin by the campaign's plan.
func (s *Service) Draft(ctx context.Context, a access.Actor, of unit.Code, m Month) (Draft, error) {
	plan, err := s.plan()
	if err != nil {
		return Draft{}, err
	}
	snap, err := s.Snapshot(ctx, a, of, m)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Greeting: plan.Greeting, Issuers: plan.Issuers, CopyTo: plan.CopyTo, Printer: plan.Printer, Date: s.ledger.Today(), Snapshot: snap}
	d.Title, d.Number = d.words(plan.Title), d.words(plan.Number)
	form := s.ledger.Form()
	for _, section := range plan.Sections {
		out := Section{Heading: section.Heading}
		for _, p := range section.Paragraphs {
			if p.List == nil {
				out.Paragraphs = append(out.Paragraphs, Paragraph{Text: p.Text})
				continue
			}
			if list := snap.pick(form, p.List); len(list) > 0 {
				out.Paragraphs = append(out.Paragraphs, Paragraph{Text: p.Text, List: list, Pick: pickOf(p.List)})
			}
		}
		if len(out.Paragraphs) > 0 {
			d.Sections = append(d.Sections, out)
		}
	}
	for _, t := range plan.Tables {
		out := Table{Title: t.Title, Unit: t.Unit}
		for _, c := range t.Columns {
			out.Heads, out.Columns = append(out.Heads, c.Title), append(out.Columns, c.Of.String())
		}
		d.Tables = append(d.Tables, out)
	}
	return d, nil
}

// pick is the units that meet a list's condition, in the order of their codes.
func (s *Snapshot) pick(form *campaign.Form, l *campaign.BulletinList) []unit.Code {
	var list []unit.Code
	for i := range s.Units {
		if c, ok := s.cell(form, &s.Units[i], l.Of); ok && meets(c, l) {
			list = append(list, s.Units[i].Code)
		}
	}
	return list
}

// words fills a text that has no figures in it.
func (d *Draft) words(text string) string {
	var b strings.Builder
	pieces, err := campaign.Pieces(text)
	if err != nil {
		return text // the pack was checked when it was loaded
	}
	for _, p := range pieces {
		if word, ok := d.word(p.Ref, nil); ok && p.Ref != "" {
			b.WriteString(word)
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// word is what one of the words in braces stands for.
func (d *Draft) word(ref string, list []unit.Code) (string, bool) {
	s := &d.Snapshot
	switch ref {
	case "unit":
		return s.Total.Name, true
	case "month":
		return itoa(s.Week.Year()) + "年" + itoa(int(s.Week.Month())) + "月", true
	case "year":
		return itoa(s.Week.Year()), true
	case "week":
		return s.Week.Chinese(), true
	case "since":
		if s.Base.IsZero() {
			return "", true
		}
		return s.Base.Chinese(), true
	case "count":
		return itoa(len(list)), true
	case "list":
		names := make([]string, 0, len(list))
		for _, code := range list {
			if st, ok := s.standing(code); ok {
				names = append(names, st.Name)
			}
		}
		return strings.Join(names, "、"), true
	}
	return "", false
}

// Runs puts the figures into a paragraph. A reference that the snapshot does not have stands as
// it was written: it is seen, not lost.
func (d *Draft) Runs(form *campaign.Form, p Paragraph) []Run {
	pieces, err := campaign.Pieces(p.Text)
	if err != nil {
		return []Run{{Text: p.Text}}
	}
	var runs []Run
	for _, piece := range pieces {
		if piece.Ref == "" {
			runs = append(runs, Run{Text: piece.Text})
			continue
		}
		if word, ok := d.word(piece.Ref, p.List); ok {
			runs = append(runs, Run{Text: word})
			continue
		}
		r, err := campaign.ParseRef(form, piece.Ref)
		if f, ok := d.Snapshot.Figure(form, d.Snapshot.Unit, r); err == nil && ok {
			runs = append(runs, Run{Text: f.Text, Figure: &f})
			continue
		}
		runs = append(runs, Run{Text: "{" + piece.Ref + "}"})
	}
	return runs
}

// Figures lists every figure of the bulletin, in the order in which they are read.
func (d *Draft) Figures(form *campaign.Form) []Figure {
	var all []Figure
	for _, s := range d.Sections {
		for _, p := range s.Paragraphs {
			for _, r := range d.Runs(form, p) {
				if r.Figure != nil {
					all = append(all, *r.Figure)
				}
			}
		}
	}
	for _, t := range d.Tables {
		for _, row := range d.Rows(form, t) {
			all = append(all, row.Figures...)
		}
	}
	return all
}

// Row is a line of a table.
type Row struct {
	Name    string
	Total   bool
	Figures []Figure
}

// Rows are a table's lines: the units in the order of their codes, then the total.
func (d *Draft) Rows(form *campaign.Form, t Table) []Row {
	line := func(st *Standing, total bool) Row {
		row := Row{Name: st.Name, Total: total}
		for _, text := range t.Columns {
			r, err := campaign.ParseRef(form, text)
			f, ok := d.Snapshot.Figure(form, st.Code, r)
			if err != nil || !ok {
				f = Figure{Ref: text, Unit: st.Code, Text: "—"}
			}
			row.Figures = append(row.Figures, f)
		}
		return row
	}
	var rows []Row
	for i := range d.Snapshot.Units {
		rows = append(rows, line(&d.Snapshot.Units[i], false))
	}
	total := line(&d.Snapshot.Total, true)
	total.Name = "合计"
	return append(rows, total)
}
