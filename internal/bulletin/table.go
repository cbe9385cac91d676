package bulletin

import (
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/problem"
)

// The most that is kept of tables and charts.
const (
	MaxTables  = 10
	MaxColumns = 12 // of a table, a chart or a list
	MaxCharts  = 8
	maxSeries  = 4 // of a chart of units or weeks
)

// tables puts other tables and charts into the draft: which figures stand in them, never the
// figures themselves.
func (r *rewording) tables(w Words) {
	if w.Tables != nil {
		r.draft.Tables = nil
		for i, t := range w.Tables {
			r.draft.Tables = append(r.draft.Tables, r.table("tables."+strconv.Itoa(i), t))
		}
		if len(w.Tables) > MaxTables {
			r.fault("tables", 0, 0, ErrMany.With("max", MaxTables))
		}
	}
	if w.Charts != nil {
		r.draft.Charts = nil
		for i, c := range w.Charts {
			r.draft.Charts = append(r.draft.Charts, r.chart("charts."+strconv.Itoa(i), c))
		}
		if len(w.Charts) > MaxCharts {
			r.fault("charts", 0, 0, ErrMany.With("max", MaxCharts))
		}
	}
}

func (r *rewording) table(at string, t Table) Table {
	out := Table{Title: r.line(at+".title", t.Title, true), Unit: r.line(at+".unit", t.Unit, false)}
	out.Columns = r.columns(at, t.Columns, MaxColumns, func(ref campaign.Ref) *problem.Problem {
		if ref.Kind == campaign.RefRank || ref.Kind == campaign.RefWeek {
			return ErrReference.With("name", ref.String())
		}
		return nil
	})
	return out
}

func (r *rewording) chart(at string, c Chart) Chart {
	out := Chart{Title: r.line(at+".title", c.Title, true), Unit: r.line(at+".unit", c.Unit, false), Kind: c.Kind, Section: oneLine(c.Section)}
	if !slices.Contains(campaign.ChartKinds(), c.Kind) {
		r.fault(at+".kind", 0, 0, ErrBlank.With("field", "kind"))
	}
	most := maxSeries
	if c.Kind == campaign.ChartShares {
		most = MaxColumns
	}
	out.Figures = r.columns(at, c.Figures, most, func(ref campaign.Ref) *problem.Problem {
		if c.Kind.Takes(ref) != "" {
			return ErrChart.With("name", r.service.names.Of(ref.String()))
		}
		return nil
	})
	return out
}

// columns reads the columns of a table or a chart. One without a figure is left out.
func (r *rewording) columns(at string, list []Titled, most int, fits func(campaign.Ref) *problem.Problem) []Titled {
	out := []Titled{}
	for i, c := range list {
		field := at + ".columns." + strconv.Itoa(i)
		of := r.service.names.ref(c.Of)
		if of == "" {
			continue
		}
		ref, err := campaign.ParseRef(r.service.ledger.Form(), of)
		if err != nil {
			r.fault(field+".of", 0, 0, ErrReference.With("name", c.Of))
			continue
		}
		if wrong := fits(ref); wrong != nil {
			r.fault(field+".of", 0, 0, wrong)
		}
		title := oneLine(c.Title)
		if title == "" {
			title = r.service.names.Of(of)
		}
		if utf8.RuneCountInString(title) > MaxLine {
			r.fault(field+".title", 0, 0, ErrLong.With("max", MaxLine))
		}
		out = append(out, Titled{title, ref.String()})
	}
	switch {
	case len(out) == 0:
		r.fault(at+".columns.0.of", 0, 0, ErrBlank.With("field", "column"))
	case len(out) > most:
		r.fault(at+".columns."+strconv.Itoa(most)+".of", 0, 0, ErrMany.With("max", most))
	}
	return out
}
