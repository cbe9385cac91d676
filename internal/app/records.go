package app

import (
	"context"
	"os"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger/merge"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

// RecordReport is what an import of records came to.
type RecordReport struct {
	Unit  string       `json:"unit"`
	Kind  string       `json:"kind"`
	Taken int          `json:"taken"` // rows recorded
	Again int          `json:"again"` // rows that are recorded already
	Files []RecordFile `json:"files"`

	Ignored []string `json:"-"` // what lay in the folders and is no workbook
}

// RecordFile is one file of an import.
type RecordFile struct {
	File        string             `json:"file"`
	Taken       int                `json:"taken"`
	Again       int                `json:"again"`
	Refused     string             `json:"refused,omitempty"` // why nothing of it could be taken
	RefusedCode string             `json:"refused_code,omitempty"`
	Errors      []workbook.Finding `json:"errors"` // why rows were left out
}

// ExitCode is 0 when all was taken or is there already, 3 when something was left out and listed,
// 1 when nothing could be done.
func (r *RecordReport) ExitCode() int {
	left := false
	for i := range r.Files {
		left = left || r.Files[i].Refused != "" || len(r.Files[i].Errors) > 0
	}
	switch {
	case r.Taken+r.Again == 0:
		return 1
	case left:
		return 3
	}
	return 0
}

// twinRow is the sentence for a row that says what one above it says.
const twinRow = "record.twin"

// ImportRecords takes workbooks of records of one kind. Rows that are wrong, and rows of a file
// that say the same twice, are left out and listed; those that are recorded already are counted.
func (a *App) ImportRecords(ctx context.Context, actor access.Actor, within unit.Code, key string, paths []string, progress func(done, total int, file string)) (RecordReport, error) {
	report := RecordReport{Unit: within.String(), Kind: key, Files: []RecordFile{}}
	kind, ok := a.Records.Kinds().Kind(key)
	if !ok {
		return report, record.ErrKind.With("kind", key)
	}
	if _, ok := a.Units.Tree(a.today()).Unit(within); !ok {
		return report, access.ErrOutside.With("unit", within.String())
	}
	files, ignored, err := merge.Files(paths)
	if err != nil {
		return report, err
	}
	report.Ignored = ignored
	for i, file := range files {
		f, err := a.importRecords(ctx, actor, within, kind, file)
		if err != nil {
			return report, err
		}
		report.Files = append(report.Files, f)
		report.Taken += f.Taken
		report.Again += f.Again
		if progress != nil {
			progress(i+1, len(files), file.Label)
		}
	}
	return report, nil
}

func (a *App) importRecords(ctx context.Context, actor access.Actor, within unit.Code, kind *campaign.RecordKind, file merge.Place) (RecordFile, error) {
	f := RecordFile{File: file.Label, Errors: []workbook.Finding{}}
	refuse := func(err error) RecordFile {
		said := merge.Refused(f.File, err)
		f.Refused, f.RefusedCode = said.Refused, said.RefusedCode
		return f
	}
	data, err := os.ReadFile(file.Path)
	if err != nil {
		return refuse(err), nil
	}
	reading, err := workbook.Read(ctx, a.Records, actor, within, kind, f.File, data)
	if _, told := problem.Of(err); told {
		return refuse(err), nil
	}
	if err != nil {
		return f, err
	}
	var inputs []record.Input
	for i := range reading.Rows {
		row := &reading.Rows[i]
		f.Errors = append(f.Errors, row.Findings...)
		switch {
		case row.Version == nil:
		case row.Again:
			f.Again++
		case row.Twin > 0:
			f.Errors = append(f.Errors, workbook.Finding{Sheet: row.Sheet, Cell: row.Cell, Code: twinRow, Message: words.Text(twinRow, problem.Params{"row": row.Twin})})
		default:
			inputs = append(inputs, row.Input)
		}
	}
	if len(inputs) == 0 {
		return f, nil
	}
	if _, err := a.Records.EnterAll(ctx, actor, inputs); err != nil {
		return f, err
	}
	f.Taken = len(inputs)
	return f, nil
}
