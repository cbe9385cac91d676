package workbook

import (
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// Consolidated is a filled-in form: the ledger of a village, town, county or city for a week,
// or a form to be filled in.
type Consolidated struct {
	Head  ledger.Head // blank fields are printed as blanks to be filled in
	Lines []Line      // in the order in which they are printed
	Paper Paper       // the zero Paper is A4
}

// Line is one village's row of the form.
type Line struct {
	Village unit.Code
	Name    string        // as printed: 揭阳市普宁市流沙东街道新坛村
	Values  ledger.Values // one per column of the form; nil when nothing was reported
	Changed []bool        // columns to be marked as changed, nil for none, see Changes
	Standing
}

// Standing is how a village's row came to stand in the form.
type Standing uint8

// The standings. Missing and Carried rows are told apart by the type of their name and listed
// in a note below the form, so that the form keeps its columns.
const (
	Reported Standing = iota // the village's own figures of the week
	Carried                  // not reported; the last figures were carried along
	Missing                  // not reported; the cells are blank
	Unfilled                 // a form to be filled in; blank cells are no reproach
)

// Paper is the size the form is printed on, always landscape.
type Paper uint8

// The sizes. A4 suits a town, A3 a county or city.
const (
	A4 Paper = iota
	A3
)

// PaperFor is the paper that suits the ledger of a unit.
func PaperFor(of unit.Code) Paper {
	if of.Level() >= unit.LevelTown {
		return A4
	}
	return A3
}

// Changes tells which cells of a row differ from the village's row in the previous
// submission, and how many do. A village that was not in it (before is nil) has changed
// wherever it now has a value. A cell that is Empty now reports nothing and so changes nothing.
func Changes(now, before ledger.Values) (changed []bool, count int) {
	for i, v := range now {
		last := ledger.Empty
		if before != nil {
			last = before[i]
		}
		if v != ledger.Empty && v != last {
			if changed == nil {
				changed = make([]bool, len(now))
			}
			changed[i] = true
			count++
		}
	}
	return changed, count
}
