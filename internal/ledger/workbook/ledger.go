package workbook

import (
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Of lays out a consolidated ledger for printing: rows that are there in code order with the
// missing ones at their places.
func Of(l *ledger.Ledger) Consolidated {
	c := Consolidated{Head: l.Head, Paper: PaperFor(l.Unit.Code)}
	missing := l.Missing
	miss := func(before unit.Code) {
		for len(missing) > 0 && missing[0].Code < before {
			c.Lines = append(c.Lines, Line{Village: missing[0].Code, Name: l.Tree.FullName(missing[0].Code), Standing: Missing})
			missing = missing[1:]
		}
	}
	for i := range l.Rows {
		r := &l.Rows[i]
		miss(r.Village.Code)
		line := Line{Village: r.Village.Code, Name: l.Tree.FullName(r.Village.Code), Values: r.Values, Changed: r.Changed}
		if r.Carried {
			line.Standing = Carried
		}
		c.Lines = append(c.Lines, line)
	}
	_, end := l.Unit.Code.Range()
	miss(end)
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
