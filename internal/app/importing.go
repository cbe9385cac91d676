package app

import (
	"context"
	"os"
	"path/filepath"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/merge"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/office/sheet"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// ErrNothingTaken: not one row of the files could be taken.
var ErrNothingTaken = problem.New(problem.Invalid, "app.nothing_taken")

// ImportReport is what an import of files came to. Files lists them as a merge does.
type ImportReport struct {
	Unit      string       `json:"unit"`
	Week      string       `json:"week"`
	Taken     int          `json:"taken"`     // rows stored as new versions
	Unchanged int          `json:"unchanged"` // rows that stood so already
	Sealed    int          `json:"sealed"`    // submissions of towns
	Files     []merge.File `json:"files"`
}

// ExitCode is 0 when all was taken, 3 when something was left out and listed, 1 when nothing
// could be done.
func (r *ImportReport) ExitCode() int {
	left := false
	for i := range r.Files {
		left = left || r.Files[i].Refused != "" || len(r.Files[i].Errors) > 0
	}
	switch {
	case r.Taken+r.Unchanged == 0:
		return 1
	case left:
		return 3
	}
	return 0
}

// twoFiles is the sentence for a village in two of the files.
const twoFiles = "ledger.two_files"

// fileLimits is the most a file may have from the command line, where a province comes in one.
var fileLimits = sheet.Limits{Bytes: 512 << 20, Unzipped: 4 << 30, Cells: 60_000_000}

// ImportFiles takes workbooks into a week and seals the towns they belong to. Files are read one
// after another, so that memory does not grow with their number.
func (a *App) ImportFiles(ctx context.Context, actor access.Actor, within unit.Code, due date.Date, paths []string, progress func(done, total int, file string)) (ImportReport, error) {
	report := ImportReport{Unit: within.String(), Week: due.String(), Files: []merge.File{}}
	s, err := a.Ledger.Sheet(ctx, actor, within, due)
	if err != nil {
		return report, err
	}
	if paths, err = merge.Files(paths); err != nil {
		return report, err
	}
	reader := workbook.NewReader(a.Pack.Ledger, s.Tree, within).WithLimits(fileLimits)
	taken := map[unit.Code]string{}
	for i, path := range paths {
		f, result, err := a.importFile(ctx, actor, reader, s.Tree, within, due, path, taken)
		if err != nil {
			return report, err
		}
		report.Files = append(report.Files, f)
		report.Taken += result.Taken
		report.Unchanged += result.Unchanged
		report.Sealed += len(result.Sealed)
		if progress != nil {
			progress(i+1, len(paths), path)
		}
	}
	return report, nil
}

func (a *App) importFile(ctx context.Context, actor access.Actor, reader *workbook.Reader, tree *unit.Tree, within unit.Code, due date.Date, path string, taken map[unit.Code]string) (merge.File, ledger.ImportResult, error) {
	name := filepath.Base(path)
	data, err := os.ReadFile(path)
	if err != nil {
		return merge.Refused(name, err), ledger.ImportResult{}, nil
	}
	reading, err := reader.Read(name, data)
	if err != nil {
		return merge.Refused(name, err), ledger.ImportResult{}, nil
	}
	if err := a.CheckReading(ctx, reading, due); err != nil {
		return merge.File{}, ledger.ImportResult{}, err
	}
	in := ledger.ImportInput{Unit: within, Week: due, File: name, Submit: true, Head: reading.HeadOf}
	for i := range reading.Rows {
		row := &reading.Rows[i]
		if other, ok := taken[row.Village]; ok {
			reading.AboutRow(row, ledger.Error, workbook.VillageTwice, twoFiles,
				problem.Params{"name": tree.ShortName(row.Village), "other": other})
			continue
		}
		in.Rows = append(in.Rows, ledger.ImportRow{Village: row.Village, Values: row.Values, Source: reading.Source(row)})
	}
	result, err := a.Ledger.Import(ctx, actor, in)
	if _, told := problem.Of(err); told { // such as a town whose week is locked: the other files can still be taken
		return refused(reading, tree, err), result, nil
	}
	if err != nil {
		return merge.File{}, result, err
	}
	for i := range in.Rows {
		taken[in.Rows[i].Village] = name
	}
	f := merge.Describe(reading, tree)
	f.Rows = len(in.Rows)
	return f, result, nil
}

// refused describes a file that was read and could not be taken.
func refused(reading *workbook.Reading, tree *unit.Tree, err error) merge.File {
	f, why := merge.Describe(reading, tree), merge.Refused(reading.File, err)
	f.Refused, f.RefusedCode = why.Refused, why.RefusedCode
	return f
}

// CheckReading adds the warnings that need what the villages last reported.
func (a *App) CheckReading(ctx context.Context, reading *workbook.Reading, due date.Date) error {
	var failed error
	reading.Check(func(c unit.Code) ledger.Values {
		last, _, err := a.Ledger.Last(ctx, c, due)
		if err != nil {
			failed = err
		}
		return last
	})
	return failed
}
