package bulletin

import (
	"slices"

	"github.com/sangzi/sangzi/internal/campaign"
)

// Chart is a chart of a draft. Its figures are references as those of tables are.
type Chart struct {
	Title   string             `json:"title"`
	Kind    campaign.ChartKind `json:"kind"`
	Unit    string             `json:"unit"`
	Section string             `json:"section,omitempty"` // the heading behind whose section it stands; empty: an annex
	Figures []Titled           `json:"figures"`
}

// Drawn is what a chart shows: a figure of each series at each label.
type Drawn struct {
	Labels []string
	Series []Series
}

// Series is the figures under one title.
type Series struct {
	Title   string
	Figures []Figure
}

// place puts the plan's charts into the draft; one whose section is not there stands among the
// annexes.
func (d *Draft) place(charts []campaign.BulletinChart) {
	for _, c := range charts {
		d.Charts = append(d.Charts, Chart{d.words(c.Title), c.Kind, c.Unit, c.Section, columnsOf(c.Figures)})
	}
	d.settle()
}

// settle moves charts whose section is gone among the annexes.
func (d *Draft) settle() {
	charts := slices.Clone(d.Charts)
	for i := range charts {
		if at := charts[i].Section; at != "" && !slices.ContainsFunc(d.Sections, func(s Section) bool { return s.Heading == at }) {
			charts[i].Section = ""
		}
	}
	d.Charts = charts
}

// ChartsBehind are the charts behind a section, which is the first of its heading.
func (d *Draft) ChartsBehind(section int) []*Chart {
	at := d.Sections[section].Heading
	if at == "" || slices.IndexFunc(d.Sections, func(s Section) bool { return s.Heading == at }) != section {
		return nil
	}
	return d.chartsAt(at)
}

// AnnexCharts are the charts among the annexes.
func (d *Draft) AnnexCharts() []*Chart { return d.chartsAt("") }

func (d *Draft) chartsAt(heading string) []*Chart {
	var list []*Chart
	for i := range d.Charts {
		if d.Charts[i].Section == heading {
			list = append(list, &d.Charts[i])
		}
	}
	return list
}

// Drawn works out a chart's figures. One that the snapshot does not have is left out, and so are
// units where nobody has anything to report.
func (d *Draft) Drawn(form *campaign.Form, c *Chart) Drawn {
	s := &d.Snapshot
	out := Drawn{}
	if c.Kind == campaign.ChartShares {
		series := Series{Title: c.Title}
		for _, col := range c.Figures {
			r, err := campaign.ParseRef(form, col.Of)
			if f, ok := s.Figure(form, s.Unit, r); err == nil && ok {
				out.Labels, series.Figures = append(out.Labels, col.Title), append(series.Figures, f)
			}
		}
		out.Series = []Series{series}
		return out
	}
	units := s.busy()
	if c.Kind == campaign.ChartWeeks {
		for _, w := range s.Weeks {
			out.Labels = append(out.Labels, w.ShortChinese())
		}
	} else {
		for _, st := range units {
			out.Labels = append(out.Labels, st.Name)
		}
	}
	for _, col := range c.Figures {
		r, err := campaign.ParseRef(form, col.Of)
		if err != nil {
			continue
		}
		series := Series{Title: col.Title}
		for i := range out.Labels {
			of, ref := s.Unit, campaign.Ref{Kind: campaign.RefWeek, Column: r.Column}
			if c.Kind == campaign.ChartWeeks {
				ref.Week = s.Weeks[i]
			} else {
				of, ref = units[i].Code, r
			}
			if f, ok := s.Figure(form, of, ref); ok {
				series.Figures = append(series.Figures, f)
			}
		}
		if len(series.Figures) == len(out.Labels) {
			out.Series = append(out.Series, series)
		}
	}
	return out
}
