package bulletin

// Reading is a draft for programs: the words cut into runs, every figure with its reference. The
// command line prints it and the API answers with it.
type Reading struct {
	Unit     string           `json:"unit" doc:"Whose bulletin it is" example:"445281000000"`
	Period   string           `json:"period" doc:"A month or a quarter, 2024-Q1" example:"2024-03"`
	Week     string           `json:"week" doc:"The week whose sealed figures it tells" example:"2024-03-29"`
	Base     string           `json:"base,omitempty" doc:"The week from which the month's increase is reckoned" example:"2024-02-23"`
	Title    string           `json:"title"`
	Number   string           `json:"number" doc:"发文字号; with a blank until it is issued"`
	Greeting string           `json:"greeting" doc:"主送机关"`
	Issuers  []string         `json:"issuers" doc:"发文机关"`
	CopyTo   string           `json:"copy_to" doc:"抄送"`
	Printer  string           `json:"printer" doc:"印发机关"`
	Date     string           `json:"date" example:"2024-03-30"`
	Sections []ReadingSection `json:"sections"`
	Tables   []ReadingTable   `json:"tables"`
	Charts   []ReadingChart   `json:"charts"`
	Rule     *Rule            `json:"rule,omitempty" doc:"The rule of ranking in force in the period; none: neutral order"`
}

// ReadingChart is a chart: each series has a figure at each label.
type ReadingChart struct {
	Title   string          `json:"title"`
	Kind    string          `json:"kind" enum:"units,weeks,shares"`
	Unit    string          `json:"unit" doc:"Of its figures" example:"株"`
	Section string          `json:"section,omitempty" doc:"The heading of the section behind which it stands; none: an annex"`
	Labels  []string        `json:"labels"`
	Series  []ReadingSeries `json:"series"`
}

// ReadingSeries is the figures of a chart under one title.
type ReadingSeries struct {
	Title   string          `json:"title"`
	Figures []ReadingFigure `json:"figures"`
}

// ReadingSection is a heading with its paragraphs.
type ReadingSection struct {
	Heading    string             `json:"heading"`
	Paragraphs []ReadingParagraph `json:"paragraphs"`
}

// ReadingParagraph is a paragraph as it is written and as it is read.
type ReadingParagraph struct {
	Text string       `json:"text" doc:"With references in braces" example:"累计植树{planted_trees}株"`
	Pick *Pick        `json:"list,omitempty" doc:"Whom {list} names"`
	Runs []ReadingRun `json:"runs" doc:"As it is read: words and figures one after another"`
}

// ReadingRun is words, or a figure.
type ReadingRun struct {
	Text   string         `json:"text"`
	Figure *ReadingFigure `json:"figure,omitempty"`
}

// ReadingFigure is a figure with where it comes from.
type ReadingFigure struct {
	Ref     string `json:"ref" doc:"planted_trees, planted_trees+, seminar_held%, planted_trees/planned_trees%" example:"planted_trees+"`
	Name    string `json:"name" doc:"As people know it" example:"本月新增已植树"`
	Unit    string `json:"unit" example:"445281000000"`
	Text    string `json:"text" doc:"As it is printed" example:"1318"`
	LeadsTo string `json:"leads_to,omitempty" doc:"Where the caller sees what it is made of" example:"/api/v1/statistics/445281000000/2024-03-29"`
}

// ReadingTable is a table with a row per unit and the total.
type ReadingTable struct {
	Title string       `json:"title"`
	Unit  string       `json:"unit" doc:"Of its figures" example:"株"`
	Heads []string     `json:"heads"`
	Rows  []ReadingRow `json:"rows"`
	Note  string       `json:"note,omitempty" doc:"The rule by which the rows are ranked, and which units have no row because they have nothing to report"`
}

// ReadingRow is a unit's line of a table.
type ReadingRow struct {
	Name    string          `json:"name"`
	Place   *ReadingFigure  `json:"place,omitempty" doc:"Of a ranked table"`
	Figures []ReadingFigure `json:"figures"`
}

// Reading is a draft for programs. leads says where a figure leads to; nil: nowhere.
func (s *Service) Reading(d *Draft, leads func(Figure) string) Reading {
	form := s.ledger.Form()
	out := Reading{Unit: d.Snapshot.Unit.String(), Period: d.Snapshot.Period, Week: d.Snapshot.Week.String(), Base: d.Snapshot.Base.String(), Title: d.Title, Number: d.Number,
		Greeting: d.Greeting, Issuers: append([]string{}, d.Issuers...), CopyTo: d.CopyTo, Printer: d.Printer, Date: d.Date.String(), Sections: []ReadingSection{}, Tables: []ReadingTable{}, Charts: []ReadingChart{}, Rule: d.Snapshot.Rule}
	figure := func(f Figure) ReadingFigure {
		doc := ReadingFigure{Ref: f.Ref, Name: s.names.Of(f.Ref), Unit: f.Unit.String(), Text: f.Text}
		if leads != nil {
			doc.LeadsTo = leads(f)
		}
		return doc
	}
	for _, section := range d.Sections {
		doc := ReadingSection{Heading: section.Heading, Paragraphs: []ReadingParagraph{}}
		for _, p := range section.Paragraphs {
			paragraph := ReadingParagraph{Text: p.Text, Pick: p.Pick, Runs: []ReadingRun{}}
			for _, r := range d.Runs(form, p) {
				run := ReadingRun{Text: r.Text}
				if r.Figure != nil {
					f := figure(*r.Figure)
					run.Figure = &f
				}
				paragraph.Runs = append(paragraph.Runs, run)
			}
			doc.Paragraphs = append(doc.Paragraphs, paragraph)
		}
		out.Sections = append(out.Sections, doc)
	}
	for _, t := range d.Tables {
		doc := ReadingTable{Title: t.Title, Unit: t.Unit, Heads: []string{}, Rows: []ReadingRow{}}
		for _, c := range t.Columns {
			doc.Heads = append(doc.Heads, c.Title)
		}
		doc.Note = d.TableNote(t, s.names)
		for _, row := range d.Rows(form, t) {
			line := ReadingRow{Name: row.Name, Figures: []ReadingFigure{}}
			if row.Place != nil {
				place := figure(*row.Place)
				line.Place = &place
			}
			for _, f := range row.Figures {
				line.Figures = append(line.Figures, figure(f))
			}
			doc.Rows = append(doc.Rows, line)
		}
		out.Tables = append(out.Tables, doc)
	}
	for i := range d.Charts {
		c := &d.Charts[i]
		drawn := d.Drawn(form, c)
		doc := ReadingChart{Title: c.Title, Kind: string(c.Kind), Unit: c.Unit, Section: c.Section, Labels: append([]string{}, drawn.Labels...), Series: []ReadingSeries{}}
		for _, series := range drawn.Series {
			one := ReadingSeries{Title: series.Title, Figures: []ReadingFigure{}}
			for _, f := range series.Figures {
				one.Figures = append(one.Figures, figure(f))
			}
			doc.Series = append(doc.Series, one)
		}
		out.Charts = append(out.Charts, doc)
	}
	return out
}
