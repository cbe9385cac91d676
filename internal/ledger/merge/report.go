package merge

import (
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

// Report is what a merge came to. Its JSON is the interface of ledger merge --report: lists
// are never null, codes are the stable codes of findings.
type Report struct {
	Unit         string    `json:"unit"` // 12-digit code
	Rows         int       `json:"rows"` // villages in the consolidated ledger with figures
	ChangedCells int       `json:"changed_cells"`
	Missing      []Village `json:"missing"`
	Files        []File    `json:"files"`

	Previous []File   `json:"-"` // the files of the week before, as far as they had problems
	Ignored  []string `json:"-"` // what lay in the folders and is no workbook
}

// Village is one that did not report: no row of it could be taken.
type Village struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Town string `json:"town"`
}

// File is one input. Refused is empty, or the sentence that says why nothing of it was taken.
type File struct {
	File     string    `json:"file"`
	Town     string    `json:"town"` // the town's name; empty when the file holds several
	Rows     int       `json:"rows"` // rows taken from it
	Refused  string    `json:"refused"`
	Errors   []Finding `json:"errors"`
	Warnings []Finding `json:"warnings"`

	RefusedCode string    `json:"-"`
	TownCode    unit.Code `json:"-"`
}

// Finding is something wrong at a cell.
type Finding struct {
	Sheet   string `json:"sheet"`
	Cell    string `json:"cell"`   // A1; the village's name cell for a whole row
	Column  string `json:"column"` // the column's title in the form
	Code    string `json:"code"`
	Message string `json:"message"`
	Value   string `json:"value"`
}

// ExitCode is what the command ends with: 0 when all was taken, 3 when something was left out
// and is listed (an error, a refused file, a village that did not report), 1 when no file could
// be taken at all and nothing was written.
func (r *Report) ExitCode() int {
	taken, left := 0, len(r.Missing) > 0
	for i := range r.Files {
		if r.Files[i].Refused == "" {
			taken++
		}
		left = left || r.Files[i].Refused != "" || len(r.Files[i].Errors) > 0
	}
	for i := range r.Previous {
		left = left || r.Previous[i].Refused != ""
	}
	switch {
	case taken == 0:
		return 1
	case left:
		return 3
	}
	return 0
}

// fileReport turns a reading into its part of the report.
func (m *merger) fileReport(in *input) File {
	if in.reading == nil {
		f := Refused(in.label, in.err)
		if towns := m.o.Tree.FindTown(m.o.Unit, in.label); len(towns) == 1 {
			f.Town, f.TownCode = towns[0].Name, towns[0].Code
		}
		return f
	}
	f := Describe(in.reading, m.o.Tree)
	f.File, f.Rows = in.label, in.taken
	return f
}

func said(w *workbook.Finding) Finding {
	return Finding{Sheet: w.Sheet, Cell: w.Cell, Column: w.Column, Code: w.Code, Message: w.Message, Value: w.Value}
}
