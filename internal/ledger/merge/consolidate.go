package merge

import (
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

// consolidate puts the rows together in code order. A village without a row stands there with
// blank cells; one that exists in the statistics only stands there only if it has figures.
func (m *merger) consolidate() (workbook.Consolidated, Report) {
	tree := m.o.Tree
	c := workbook.Consolidated{Paper: workbook.PaperFor(m.o.Unit), Head: m.head()}
	report := Report{Unit: m.o.Unit.String(), Missing: []Village{}, Files: []File{}}
	for _, v := range tree.Villages(m.o.Unit) {
		line := workbook.Line{Village: v.Code, Name: tree.FullName(v.Code)}
		at, ok := m.rows[v.Code]
		switch {
		case ok:
			line.Values = at.row().Values
			report.Rows++
			if m.before != nil {
				changed, n := workbook.Changes(line.Values, m.before[v.Code])
				line.Changed = changed
				report.ChangedCells += n
			}
		case v.Kind == unit.Virtual:
			continue
		default:
			line.Standing = workbook.Missing
			town, _ := tree.Unit(v.Code.At(unit.LevelTown))
			report.Missing = append(report.Missing, Village{Code: v.Code.String(), Name: tree.ShortName(v.Code), Town: town.Name})
		}
		c.Lines = append(c.Lines, line)
	}
	for _, in := range m.inputs {
		report.Files = append(report.Files, m.fileReport(in))
	}
	for _, in := range m.previous {
		if f := m.fileReport(in); f.Refused != "" || len(f.Errors) > 0 {
			report.Previous = append(report.Previous, f)
		}
	}
	return c, report
}

// head is the line above the consolidated ledger: the unit, the last day any of the files was
// filled in, and the contact when all is one town's.
func (m *merger) head() ledger.Head {
	u, _ := m.o.Tree.Unit(m.o.Unit)
	h := ledger.Head{Unit: u.Name}
	for _, in := range m.inputs {
		if in.reading == nil {
			continue
		}
		from := in.reading.Head
		if from.FilledOn.After(h.FilledOn) {
			h.FilledOn = from.FilledOn
		}
		if in.reading.Town == m.o.Unit && h.Contact == "" {
			h.Contact, h.Phone = from.Contact, from.Phone
		}
	}
	return h
}
