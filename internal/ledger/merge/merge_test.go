package merge

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

func run(t testing.TB, o Options) Report {
	t.Helper()
	o.Form, o.Unit = form, puning
	if o.Tree == nil {
		o.Tree = realTree(t)
	}
	report, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func wantTidy(t testing.TB, r *Report) {
	t.Helper()
	for _, f := range r.Files {
		if f.Refused != "" || len(f.Errors) > 0 || len(f.Warnings) > 0 {
			t.Errorf("%s: %q %v %v", f.File, f.Refused, f.Errors, f.Warnings)
		}
	}
}

// The clerk's Friday: the folder becomes the ledger, every value in its place, exactly the
// changed cells marked, against a folder as against last week's consolidated ledger.
func TestFriday(t *testing.T) {
	last := newFriday(t, 1).write()
	this, changed := last.next(2)
	this.write()
	out := filepath.Join(t.TempDir(), "普宁市.xlsx")
	seen := 0
	r := run(t, Options{Inputs: []string{this.dir}, Previous: []string{last.dir}, Out: out, Progress: func(done, total int, _ string) {
		if seen++; done != seen || total != 2*len(this.towns()) {
			t.Errorf("progress %d of %d", done, total)
		}
	}})
	wantTidy(t, &r)
	if r.Rows != len(this.values) || r.ChangedCells != changed || len(r.Missing) != 0 || r.ExitCode() != 0 || r.Unit != "445281000000" {
		t.Errorf("rows %d, changed %d (want %d, %d), missing %v, exit %d", r.Rows, r.ChangedCells, len(this.values), changed, r.Missing, r.ExitCode())
	}
	wantLedger(t, out, this, changed)

	lastOut := filepath.Join(t.TempDir(), "上周.xlsx")
	run(t, Options{Inputs: []string{last.dir}, Out: lastOut})
	again := filepath.Join(t.TempDir(), "普宁市.xlsx")
	r = run(t, Options{Inputs: []string{this.dir}, Previous: []string{lastOut}, Out: again})
	wantTidy(t, &r)
	if a, b := contents(t, out), contents(t, again); !bytes.Equal(a, b) {
		t.Error("against the consolidated ledger of last week it comes out otherwise")
	}
}

func wantLedger(t *testing.T, out string, this *friday, changed int) {
	t.Helper()
	reading, err := workbook.Read(form, this.tree, puning, "x.xlsx", contents(t, out))
	if err != nil {
		t.Fatal(err)
	}
	last := unit.Code(0)
	for i := range reading.Rows {
		row := &reading.Rows[i]
		if row.Village <= last || !slices.Equal(row.Values, this.values[row.Village]) {
			t.Errorf("%v after %v: %v, want %v", row.Village, last, row.Values, this.values[row.Village])
		}
		last = row.Village
	}
	if len(reading.Rows) != len(this.values) {
		t.Errorf("%d rows", len(reading.Rows))
	}
	if n := marked(t, out); n != changed {
		t.Errorf("%d cells in yellow and red, want %d", n, changed)
	}
}

// marked counts the cells with yellow fill and red text.
func marked(t *testing.T, path string) int {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	sheet := book.GetSheetList()[0]
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	n, known := 0, map[int]bool{}
	for r := range rows {
		for c := range len(form.Columns) + 2 {
			name, _ := excelize.CoordinatesToCellName(c+1, r+1)
			id, err := book.GetCellStyle(sheet, name)
			if err != nil {
				t.Fatal(err)
			}
			yes, ok := known[id]
			if !ok {
				style, err := book.GetStyle(id)
				if err != nil {
					t.Fatal(err)
				}
				fill := len(style.Fill.Color) == 1 && strings.TrimPrefix(style.Fill.Color[0], "FF") == "FF00" || len(style.Fill.Color) == 1 && style.Fill.Color[0] == "FFFF00"
				red := style.Font != nil && style.Font.Color == "FF0000"
				if fill != red {
					t.Fatalf("%s: half a mark", name)
				}
				yes = fill && red
				known[id] = yes
			}
			if yes {
				n++
			}
		}
	}
	return n
}

func contents(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheSameFolderGivesTheSameBytes(t *testing.T) {
	f := newFriday(t, 1).write()
	dir := t.TempDir()
	for _, name := range []string{"a", "b"} {
		run(t, Options{Inputs: []string{f.dir}, Out: filepath.Join(dir, name+".xlsx"), Report: filepath.Join(dir, name+".json")})
	}
	for _, ext := range []string{".xlsx", ".json"} {
		if !bytes.Equal(contents(t, filepath.Join(dir, "a"+ext)), contents(t, filepath.Join(dir, "b"+ext))) {
			t.Errorf("two %s differ", ext)
		}
	}
}

// One bad Friday: a file cut short, a web page, another county's file, a village missing, one
// in two files, one wrong cell, and litter in the folder.
func TestBadFriday(t *testing.T) {
	f := newFriday(t, 1).write()
	towns := f.towns()
	damage(t, f.path(towns[0].Name), func(b []byte) []byte { return b[:len(b)/2] })
	damage(t, f.path(towns[1].Name), func([]byte) []byte { return []byte("<html><table><tr><td>登录</td></tr></table></html>") })
	edit(t, f.path(towns[3].Name), func(b *excelize.File, sheet string) error {
		if err := b.SetCellValue(sheet, "D7", "很多"); err != nil {
			return err
		}
		return b.RemoveRow(sheet, 6)
	})
	double := f.tree.FullName(f.lines(towns[4].Code)[0].Village)
	edit(t, f.path(towns[6].Name), func(b *excelize.File, sheet string) error { return b.SetCellValue(sheet, "B6", double) })
	litter := map[string]string{"~$01流沙.xlsx": "x", ".hidden.xlsx": "x", "说明.docx": "x", "照片.jpg": "x"}
	for name, text := range litter {
		if err := os.WriteFile(filepath.Join(f.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	r := run(t, Options{Inputs: []string{f.dir}, Out: filepath.Join(dir, "o.xlsx"), Report: filepath.Join(dir, "r.json")})
	if r.ExitCode() != 3 || !slices.Equal(r.Ignored, []string{"照片.jpg", "说明.docx"}) || len(r.Files) != len(towns) {
		t.Errorf("exit %d, ignored %v, %d files", r.ExitCode(), r.Ignored, len(r.Files))
	}
	if r.Files[0].RefusedCode != "sheet.truncated" || r.Files[1].RefusedCode != "sheet.webpage" || r.Files[0].Town != towns[0].Name || r.Files[0].Refused == "" {
		t.Errorf("%+v\n%+v", r.Files[0], r.Files[1])
	}
	wantErrors(t, &r.Files[3], "D6 党员人数 ledger.not_a_number 很多")
	wantErrors(t, &r.Files[6], "B6 行政村(含涉农社区)名称 ledger.outside_unit "+double)
	left := len(f.lines(towns[0].Code)) + len(f.lines(towns[1].Code)) + 2
	if r.Rows != len(f.values)-left || len(r.Missing) != left {
		t.Errorf("%d rows, %d missing; want %d missing", r.Rows, len(r.Missing), left)
	}
	var back map[string]any
	if err := json.Unmarshal(contents(t, filepath.Join(dir, "r.json")), &back); err != nil {
		t.Fatal(err)
	}
	if len(back) != 5 || strings.Contains(string(contents(t, filepath.Join(dir, "r.json"))), "null") {
		t.Errorf("keys %v", back)
	}
}

func wantErrors(t *testing.T, f *File, want ...string) {
	t.Helper()
	var have []string
	for _, e := range f.Errors {
		have = append(have, strings.Join([]string{e.Cell, e.Column, e.Code, e.Value}, " "))
	}
	if !slices.Equal(have, want) {
		t.Errorf("%s: %v, want %v", f.File, have, want)
	}
}

// A village in two files is taken from neither when they differ, and once when they agree.
func TestVillageInTwoFiles(t *testing.T) {
	f := newFriday(t, 1)
	town := f.towns()[0]
	for _, name := range []string{"甲.xlsx", "乙.xlsx"} {
		if err := f.writeForm(filepath.Join(f.dir, name), town); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, filepath.Join(f.dir, "甲.xlsx"), func(b *excelize.File, sheet string) error { return b.SetCellValue(sheet, "D6", 4999) })
	r := run(t, Options{Inputs: []string{f.dir}, Out: filepath.Join(t.TempDir(), "o.xlsx")})
	n := len(f.lines(town.Code))
	if r.Rows != n-1 || len(r.Files[0].Errors) != 1 || len(r.Files[1].Errors) != 1 || len(r.Files[0].Warnings)+len(r.Files[1].Warnings) < n-1 {
		t.Errorf("%d rows of %d; %v", r.Rows, n, r.Files)
	}
	for _, file := range r.Files {
		if e := file.Errors[0]; e.Cell != "B6" || e.Code != workbook.VillageTwice || !strings.Contains(e.Message, ".xlsx B6") {
			t.Errorf("%+v", e)
		}
	}
}

func TestNothingCanBeDone(t *testing.T) {
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "o.xlsx")
	bad := filepath.Join(dir, "坏.xlsx")
	if err := os.WriteFile(bad, []byte("PK\x03\x04"), 0o644); err != nil {
		t.Fatal(err)
	}
	r := run(t, Options{Inputs: []string{dir}, Out: out})
	if r.ExitCode() != 1 || len(r.Files) != 1 || r.Files[0].Refused == "" {
		t.Errorf("%+v", r)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a ledger of nothing was written")
	}
	for name, c := range map[string]struct {
		o    Options
		want *problem.Problem
	}{
		"no such folder":       {Options{Inputs: []string{filepath.Join(dir, "x")}, Out: out}, ErrNoPlace},
		"an empty folder":      {Options{Inputs: []string{t.TempDir()}, Out: out}, ErrNoFiles},
		"an empty previous":    {Options{Inputs: []string{dir}, Previous: []string{t.TempDir()}, Out: out}, ErrNoFiles},
		"over an input":        {Options{Inputs: []string{bad}, Out: bad}, ErrOverwrites},
		"report over input":    {Options{Inputs: []string{bad}, Out: out, Report: bad}, ErrOverwrites},
		"over the previous":    {Options{Inputs: []string{newFriday(t, 1).write().dir}, Previous: []string{bad}, Out: bad}, ErrOverwrites},
		"a folder that is not": {Options{Inputs: []string{newFriday(t, 1).write().dir}, Out: filepath.Join(dir, "x", "o.xlsx")}, ErrCannotWrite},
	} {
		c.o.Tree, c.o.Form, c.o.Unit = realTree(t), form, puning
		if _, err := Run(context.Background(), c.o); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if string(contents(t, bad)) != "PK\x03\x04" {
		t.Error("an input was changed")
	}
}

// The output lying in the folder from last time is not read as a town's file.
func TestOutputInTheFolder(t *testing.T) {
	f := newFriday(t, 1).write()
	out := filepath.Join(f.dir, "汇总.xlsx")
	for range 2 {
		r := run(t, Options{Inputs: []string{f.dir}, Out: out})
		wantTidy(t, &r)
		if r.ExitCode() != 0 {
			t.Errorf("exit %d", r.ExitCode())
		}
	}
	left, err := filepath.Glob(filepath.Join(f.dir, ".sangzi*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

func TestCancelled(t *testing.T) {
	f := newFriday(t, 1).write()
	ctx, cancel := context.WithCancel(context.Background())
	out := filepath.Join(t.TempDir(), "o.xlsx")
	_, err := Run(ctx, Options{Tree: f.tree, Form: form, Unit: puning, Inputs: []string{f.dir}, Out: out, Progress: func(int, int, string) { cancel() }})
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("written all the same")
	}
}

func damage(t *testing.T, path string, f func([]byte) []byte) {
	t.Helper()
	if err := os.WriteFile(path, f(contents(t, path)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func edit(t *testing.T, path string, f func(b *excelize.File, sheet string) error) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := f(book, book.GetSheetList()[0]); err != nil {
		t.Fatal(err)
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	if err := book.Close(); err != nil {
		t.Fatal(err)
	}
}
