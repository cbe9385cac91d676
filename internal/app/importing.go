package app

import (
	"context"
	"hash/maphash"
	"maps"
	"os"
	"path/filepath"
	"slices"

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
	Unit      string          `json:"unit"`
	Week      string          `json:"week"`
	Taken     int             `json:"taken"`     // rows stored as new versions
	Unchanged int             `json:"unchanged"` // rows that stood so already
	Sealed    int             `json:"sealed"`    // submissions of towns
	Missing   []merge.Village `json:"missing"`   // villages that the towns were sealed without
	Files     []merge.File    `json:"files"`

	Ignored []string `json:"-"` // what lay in the folders and is no workbook
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

// The sentences for a village in two of the files: the first has been stored when the second
// is read.
const (
	twoFilesFirst = "ledger.two_files_first"
	twoFilesSame  = "ledger.two_files_same"
)

// fileLimits is the most a file may have from the command line, where a province comes in one.
var fileLimits = sheet.Limits{Bytes: 512 << 20, Unzipped: 4 << 30, Cells: 60_000_000}

// ImportFiles takes workbooks into a week and seals the towns they belong to. Files are read one
// after another, so that memory does not grow with their number.
func (a *App) ImportFiles(ctx context.Context, actor access.Actor, within unit.Code, due date.Date, paths []string, progress func(done, total int, file string)) (ImportReport, error) {
	report := ImportReport{Unit: within.String(), Week: due.String(), Missing: []merge.Village{}, Files: []merge.File{}}
	s, err := a.Ledger.Sheet(ctx, actor, within, due)
	if err != nil {
		return report, err
	}
	files, ignored, err := merge.Files(paths)
	if err != nil {
		return report, err
	}
	report.Ignored = ignored
	reader := workbook.NewReader(a.Pack.Ledger, s.Tree, within).WithLimits(fileLimits)
	taken, sealed := map[unit.Code]takenRow{}, map[unit.Code]ledger.Submission{}
	for i, file := range files {
		f, result, err := a.importFile(ctx, actor, reader, s.Tree, within, due, file, i == len(files)-1, taken)
		if err != nil {
			return report, err
		}
		report.Files = append(report.Files, f)
		report.Taken += result.Taken
		report.Unchanged += result.Unchanged
		report.Sealed += len(result.Sealed)
		for _, sub := range result.Sealed { // the last of a town counts
			sealed[sub.Unit] = sub
		}
		if progress != nil {
			progress(i+1, len(files), file.Path)
		}
	}
	for _, town := range slices.Sorted(maps.Keys(sealed)) {
		report.Missing = append(report.Missing, missing(s.Tree, town, sealed[town].Members)...)
	}
	return report, nil
}

// missing lists the members of a town's submission that have not reported and are not let off.
func missing(tree *unit.Tree, town unit.Code, members []ledger.Member) (list []merge.Village) {
	u, _ := tree.Unit(town)
	for _, m := range members {
		if m.Version == 0 && m.State != ledger.Waived {
			list = append(list, merge.Village{Code: m.Unit.String(), Name: tree.ShortName(m.Unit), Town: u.Name})
		}
	}
	return list
}

// takenRow is what is kept of a row that was taken, to compare it with one of another file.
type takenRow struct {
	at     string // its file and cell
	values uint64 // the same for the same values
	faulty bool   // a cell of it was wrong
}

var valuesSeed = maphash.MakeSeed()

func rowTaken(label string, row *workbook.Row) takenRow {
	var h maphash.Hash
	h.SetSeed(valuesSeed)
	for _, v := range row.Values {
		maphash.WriteComparable(&h, v)
	}
	return takenRow{at: label + " " + row.NameCell(), values: h.Sum64(), faulty: row.Faulty()}
}

// sayTwice says that another file already has the village of a row.
func sayTwice(reading *workbook.Reading, tree *unit.Tree, row *workbook.Row, here, other takenRow) {
	severity, sentence := ledger.Error, twoFilesFirst
	if here.values == other.values && !here.faulty && !other.faulty {
		severity, sentence = ledger.Warning, twoFilesSame
	}
	reading.AboutRow(row, severity, workbook.VillageTwice, sentence,
		problem.Params{"name": tree.ShortName(row.Village), "other": other.at})
}

// importFile takes one workbook. What its rows were is remembered for the files after it; the
// last has none.
func (a *App) importFile(ctx context.Context, actor access.Actor, reader *workbook.Reader, tree *unit.Tree, within unit.Code, due date.Date, file merge.Place, last bool, taken map[unit.Code]takenRow) (merge.File, ledger.ImportResult, error) {
	name := filepath.Base(file.Path)
	data, err := os.ReadFile(file.Path)
	if err != nil {
		return merge.Refused(file.Label, err), ledger.ImportResult{}, nil
	}
	reading, err := reader.Read(name, data)
	if err != nil {
		return merge.Refused(file.Label, err), ledger.ImportResult{}, nil
	}
	if err := a.CheckReading(ctx, reading, due); err != nil {
		return merge.File{}, ledger.ImportResult{}, err
	}
	here := map[unit.Code]takenRow{}
	in := ledger.ImportInput{Unit: within, Week: due, File: name, Submit: true, Head: reading.HeadOf}
	for i := range reading.Rows {
		row := &reading.Rows[i]
		if other, ok := taken[row.Village]; ok {
			sayTwice(reading, tree, row, rowTaken(file.Label, row), other)
			continue
		}
		if !last {
			here[row.Village] = rowTaken(file.Label, row)
		}
		in.Rows = append(in.Rows, ledger.ImportRow{Village: row.Village, Values: row.Values, Source: reading.Source(row)})
	}
	result, err := a.Ledger.Import(ctx, actor, in)
	if _, told := problem.Of(err); told { // such as a town whose week is locked: the other files can still be taken
		f := refused(reading, tree, err)
		f.File = file.Label
		return f, result, nil
	}
	if err != nil {
		return merge.File{}, result, err
	}
	maps.Copy(taken, here)
	f := merge.Describe(reading, tree)
	f.File, f.Rows = file.Label, len(in.Rows)
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
