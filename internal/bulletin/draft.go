package bulletin

import (
	"context"
	"slices"
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
	Below    string    `json:"below"` // what the units below are called together
	Date     date.Date `json:"date"`
	Sections []Section `json:"sections"`
	Tables   []Table   `json:"tables"`
	Charts   []Chart   `json:"charts"`
	Snapshot Snapshot  `json:"snapshot"`
}

// Section is a heading with its paragraphs. The first may have no heading: it leads in.
type Section struct {
	Heading    string      `json:"heading"`
	Paragraphs []Paragraph `json:"paragraphs"`
}

// Paragraph is a text with references, and the units its list names by its Pick.
type Paragraph struct {
	Text string      `json:"text"`
	List []unit.Code `json:"list,omitempty"`
	Pick *Pick       `json:"pick,omitempty"`
}

// Table has a row per unit and a total.
type Table struct {
	Title   string   `json:"title"`
	Unit    string   `json:"unit"`
	Columns []Titled `json:"columns"`
}

// Run is a part of a text: words, or a figure.
type Run struct {
	Text   string
	Figure *Figure // nil for words
}

// Draft drafts a period's bulletin by the campaign's plan. A paragraph whose figures the unit does
// not have, or whose list names nobody, is left out.
func (s *Service) Draft(ctx context.Context, a access.Actor, of unit.Code, m Period) (Draft, error) {
	plan, err := s.plan(m)
	if err != nil {
		return Draft{}, err
	}
	snap, err := s.Snapshot(ctx, a, of, m)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{Date: s.ledger.Today(), Snapshot: snap}
	if err := s.sign(ctx, &d); err != nil {
		return Draft{}, err
	}
	d.Title = d.words(plan.Title)
	form := s.ledger.Form()
	for _, section := range plan.Sections {
		out := Section{Heading: section.Heading}
		for _, p := range section.Paragraphs {
			paragraph := Paragraph{Text: snap.spoken(form, p.Text)}
			if paragraph.Text == "" {
				continue
			}
			if p.List != nil {
				paragraph.Pick = pickOf(p.List)
				if p.List.Kind == campaign.ListUnits {
					paragraph.List = snap.pick(form, paragraph.Pick)
				}
				if len(d.listed(form, &paragraph)) == 0 {
					continue
				}
			}
			if _, wrong := s.check(&d, paragraph.Text); wrong == nil {
				out.Paragraphs = append(out.Paragraphs, paragraph)
			}
		}
		if len(out.Paragraphs) > 0 {
			d.Sections = append(d.Sections, out)
		}
	}
	for _, t := range plan.Tables {
		d.Tables = append(d.Tables, Table{d.words(t.Title), t.Unit, columnsOf(t.Columns)})
	}
	d.place(plan.Charts)
	return d, nil
}

// sign puts in who issues it: as the unit's last issued bulletin has it, else as the pack says.
func (s *Service) sign(ctx context.Context, d *Draft) error {
	of, level := d.Snapshot.Unit, d.Snapshot.Unit.Level().String()
	o, _ := s.ledger.Pack().Bulletin.Office(level, d.Snapshot.Total.Name)
	d.Below = o.Below
	d.Greeting, d.CopyTo, d.Printer, d.Number = d.words(o.Greeting), d.words(o.CopyTo), d.words(o.Printer), d.words(o.Number)
	for _, issuer := range o.Issuers {
		d.Issuers = append(d.Issuers, d.words(issuer))
	}
	if s.store == nil {
		return nil
	}
	heads, err := s.store.Heads(ctx, of)
	if err != nil {
		return err
	}
	last := Version{}
	for _, h := range heads {
		if h.Status == Issued && (last.Number == 0 || h.Period.sorts() >= last.Period.sorts()) {
			last = h
		}
	}
	if last.Number == 0 {
		return nil
	}
	if last, err = s.store.Version(ctx, of, last.Period, last.Number); err != nil {
		return err
	}
	l := last.Draft
	d.Issuers, d.Greeting, d.CopyTo, d.Printer = slices.Clone(l.Issuers), l.Greeting, l.CopyTo, l.Printer
	if mark, _, ok := strings.Cut(l.Number, "〔"); ok {
		d.Number = mark + "〔" + itoa(d.Snapshot.Week.Year()) + "〕　号"
	}
	return nil
}

// words fills a text that has no figures in it.
func (d *Draft) words(text string) string {
	var b strings.Builder
	pieces, err := campaign.Pieces(text)
	if err != nil {
		return text // the pack was checked when it was loaded
	}
	for _, p := range pieces {
		if word, ok := d.word(p.Ref); ok && p.Ref != "" {
			b.WriteString(word)
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

// word is what one of the words in braces stands for, outside a list.
func (d *Draft) word(ref string) (string, bool) {
	s := &d.Snapshot
	switch ref {
	case "unit":
		return s.Total.Name, true
	case "kind":
		name := []rune(s.Total.Name)
		return string(name[max(0, len(name)-1):]), true
	case "below":
		return d.below(), true
	case "period", "next":
		p, err := ParsePeriod(s.Period)
		if err == nil && ref == "next" {
			p = p.Next()
		}
		return p.Chinese(), err == nil
	case "year":
		return itoa(s.Week.Year()), true
	case "week":
		return s.Week.Chinese(), true
	case "unrecorded":
		return d.unrecorded(), true
	case "since":
		if s.Base.IsZero() {
			return "", true
		}
		return s.Base.Chinese(), true
	}
	return "", false
}

// listWord is what one of the words of a list stands for in a paragraph.
func (d *Draft) listWord(form *campaign.Form, ref string, p *Paragraph) ([]Run, bool) {
	one := func(text string) ([]Run, bool) { return []Run{{Text: text}}, true }
	switch ref {
	case "named":
		return d.naming(form, p), true
	case "list":
		return enumerated(d.listed(form, p)), true
	case "count":
		return one(itoa(len(d.listed(form, p))))
	case "limit":
		switch {
		case p.Pick == nil:
			return one("")
		case p.Pick.Kind == campaign.ListColumns && len(p.Pick.Columns) > 0:
			return one(limit(form, Condition{p.Pick.Columns[0].Of, p.Pick.AtLeast, p.Pick.Below}))
		}
		return one(limit(form, p.Pick.conditions()[0]))
	case "also":
		if p.Pick == nil || p.Pick.Also == nil {
			return one("")
		}
		return one(limit(form, *p.Pick.Also))
	}
	return nil, false
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
		if word, ok := d.word(piece.Ref); ok {
			runs = append(runs, Run{Text: word})
			continue
		}
		if list, ok := d.listWord(form, piece.Ref, &p); ok {
			runs = append(runs, list...)
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
			if row.Place != nil {
				all = append(all, *row.Place)
			}
			all = append(all, row.Figures...)
		}
	}
	for i := range d.Charts {
		for _, series := range d.Drawn(form, &d.Charts[i]).Series {
			all = append(all, series.Figures...)
		}
	}
	return all
}

// Row is a line of a table.
type Row struct {
	Name    string
	Total   bool
	Place   *Figure // in a ranked table; nil in others and for who has no place
	Figures []Figure
}

// Rows are a table's lines: the units in the order of their codes, or of their places where the
// table is ranked, then the total. Units where nobody has anything to report have none.
func (d *Draft) Rows(form *campaign.Form, t Table) []Row {
	line := func(st *Standing, total bool) Row {
		row := Row{Name: st.Name, Total: total}
		for _, c := range t.Columns {
			r, err := campaign.ParseRef(form, c.Of)
			f, ok := d.Snapshot.Figure(form, st.Code, r)
			if err != nil || !ok {
				f = Figure{Ref: c.Of, Unit: st.Code, Text: "—"}
			}
			row.Figures = append(row.Figures, f)
		}
		return row
	}
	var rows []Row
	ranked := d.Ranked(t)
	for _, st := range d.Snapshot.order(form, ranked) {
		if st.idle() {
			continue
		}
		row := line(st, false)
		if f, ok := d.Snapshot.Figure(form, st.Code, campaign.Ref{Kind: campaign.RefRank, Column: "rank"}); ok && ranked {
			row.Place = &f
		}
		rows = append(rows, row)
	}
	total := line(&d.Snapshot.Total, true)
	total.Name = "合计"
	return append(rows, total)
}
