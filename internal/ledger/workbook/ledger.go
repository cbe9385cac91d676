package workbook

import (
	"slices"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Of lays out a consolidated ledger for printing: its villages in code order, those that did
// not report marked so, those let off blank.
func Of(l *ledger.Ledger) Consolidated {
	c := Consolidated{Head: l.Head, Paper: PaperFor(l.Unit.Code), Lines: make([]Line, 0, len(l.Rows))}
	for i := range l.Rows {
		r := &l.Rows[i]
		line := Line{Village: r.Village.Code, Name: l.Tree.FullName(r.Village.Code), Values: r.Values, Changed: r.Changed}
		switch {
		case r.Values == nil && slices.ContainsFunc(l.Missing, func(u unit.Unit) bool { return u.Code == r.Village.Code }):
			line.Standing = Missing
		case r.Values == nil:
			line.Standing = Unfilled
		case r.Carried:
			line.Standing = Carried
		}
		c.Lines = append(c.Lines, line)
	}
	return c
}

// ToFill lays out a ledger as a form to be filled in.
func ToFill(l *ledger.Ledger) Consolidated {
	c := Of(l)
	for i := range c.Lines {
		c.Lines[i].Standing, c.Lines[i].Changed = Unfilled, nil
	}
	return c
}
