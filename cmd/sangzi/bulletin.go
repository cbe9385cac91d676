package main

import (
	"fmt"
	"io"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/office/docx"
	"github.com/sangzi/sangzi/internal/office/pdf"
	"github.com/sangzi/sangzi/internal/unit"
)

type bulletinCmd struct {
	Draft bulletinDraftCmd `cmd:"" help:"起草月通报 / Draft a monthly bulletin."`
}

type bulletinDraftCmd struct {
	dbFlags
	Unit  string `required:"" placeholder:"CODE" help:"县或市的代码 / The county or city."`
	Month string `required:"" placeholder:"2024-03" help:"月份 / The month."`
	Out   string `short:"o" placeholder:"FILE.docx" help:"写成 Word 公文（GB/T 9704） / Write a Word document."`
	PDF   string `name:"pdf" placeholder:"FILE.pdf" help:"写成 PDF / Write a PDF."`
	JSON  bool   `name:"json" help:"给程序读 / For programs."`
}

func (c *bulletinDraftCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	m, err := bulletin.ParseMonth(c.Month)
	if err != nil {
		return err
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
	form := a.Pack.Ledger
	paper := d.Paper(form)
	if c.Out != "" {
		b, err := docx.Write(paper)
		if err == nil {
			err = writeFile(c.Out, func(f io.Writer) error { _, err := f.Write(b); return err })
		}
		if err != nil {
			return err
		}
	}
	if c.PDF != "" {
		f, err := pdf.Write(paper)
		if err == nil {
			err = writeFile(c.PDF, func(out io.Writer) error { _, err := out.Write(f.Bytes); return err })
		}
		if err != nil {
			return err
		}
	}
	switch {
	case c.JSON:
		return printJSON(w.stdout, draftDocument(&d, form))
	case c.Out == "" && c.PDF == "":
		return printDraft(w.stdout, &d, form)
	}
	return nil
}

// draftFigure is a figure in the JSON of a draft.
type draftFigure struct {
	Ref  string `json:"ref"`
	Unit string `json:"unit"`
	Text string `json:"text"`
}

type draftSection struct {
	Heading    string   `json:"heading"`
	Paragraphs []string `json:"paragraphs"`
}

type draftTable struct {
	Title string     `json:"title"`
	Unit  string     `json:"unit"`
	Heads []string   `json:"heads"`
	Rows  [][]string `json:"rows"`
}

type draftJSON struct {
	Unit     string         `json:"unit"`
	Month    string         `json:"month"`
	Week     string         `json:"week"`
	Title    string         `json:"title"`
	Sections []draftSection `json:"sections"`
	Tables   []draftTable   `json:"tables"`
	Figures  []draftFigure  `json:"figures"`
}

func draftDocument(d *bulletin.Draft, form *campaign.Form) draftJSON {
	out := draftJSON{Unit: d.Snapshot.Unit.String(), Month: d.Snapshot.Month, Week: d.Snapshot.Week.String(), Title: d.Title}
	for _, s := range d.Sections {
		section := draftSection{Heading: s.Heading}
		for _, p := range s.Paragraphs {
			section.Paragraphs = append(section.Paragraphs, read(d, form, p))
		}
		out.Sections = append(out.Sections, section)
	}
	for _, t := range d.Tables {
		table := draftTable{Title: t.Title, Unit: t.Unit, Heads: t.Heads}
		for _, row := range d.Rows(form, t) {
			line := []string{row.Name}
			for _, f := range row.Figures {
				line = append(line, f.Text)
			}
			table.Rows = append(table.Rows, line)
		}
		out.Tables = append(out.Tables, table)
	}
	for _, f := range d.Figures(form) {
		out.Figures = append(out.Figures, draftFigure{f.Ref, f.Unit.String(), f.Text})
	}
	return out
}

// read is a paragraph with its figures in.
func read(d *bulletin.Draft, form *campaign.Form, p bulletin.Paragraph) string {
	text := ""
	for _, r := range d.Runs(form, p) {
		text += r.Text
	}
	return text
}

// printDraft prints the words for people.
func printDraft(w io.Writer, d *bulletin.Draft, form *campaign.Form) error {
	if _, err := fmt.Fprintf(w, "%s\n", d.Title); err != nil {
		return err
	}
	for _, s := range d.Sections {
		if _, err := fmt.Fprintf(w, "\n%s\n", s.Heading); err != nil {
			return err
		}
		for _, p := range s.Paragraphs {
			if _, err := fmt.Fprintf(w, "  %s\n", read(d, form, p)); err != nil {
				return err
			}
		}
	}
	return nil
}
