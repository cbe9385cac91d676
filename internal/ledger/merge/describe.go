package merge

import (
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// Place is a workbook that was found.
type Place struct {
	Path  string
	Label string // as reports name it: below the folder given, with slashes
}

// Files lists the workbooks at the places, folders walked, as a merge would read them.
// ignored is what lay in the folders and is no workbook.
func Files(places []string) (list []Place, ignored []string, err error) {
	inputs, ignored, err := gather(places)
	if err != nil {
		return nil, nil, err
	}
	list = make([]Place, len(inputs))
	for i, in := range inputs {
		list[i] = Place{in.path, in.label}
	}
	return list, ignored, nil
}

// Describe lists what is wrong with a workbook that was read. Rows is left to the caller.
func Describe(r *workbook.Reading, tree *unit.Tree) File {
	f := File{File: r.File, Errors: []Finding{}, Warnings: []Finding{}}
	if u, ok := tree.Unit(r.Town); ok && r.Town != 0 {
		f.Town, f.TownCode = u.Name, u.Code
	}
	for i := range r.Findings {
		if w := &r.Findings[i]; w.Severity == ledger.Error {
			f.Errors = append(f.Errors, said(w))
		} else {
			f.Warnings = append(f.Warnings, said(w))
		}
	}
	return f
}

// Refused describes a file of which nothing was taken.
func Refused(name string, err error) File {
	f := File{File: name, Errors: []Finding{}, Warnings: []Finding{}}
	f.Refused, f.RefusedCode = words.Text(Unreadable, nil), Unreadable
	if s, ok := words.Of(err); ok {
		p, _ := problem.Of(err)
		f.Refused, f.RefusedCode = s, p.Code
	}
	return f
}
