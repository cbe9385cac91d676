package main

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/testkit"
	"github.com/sangzi/sangzi/internal/unit"
)

// kitted runs the tests with the kit round them.
type kitted struct{ *testing.M }

func (k kitted) Run() int { return testkit.Run(k.M) }

func TestMain(m *testing.M) {
	testscript.Main(kitted{m}, map[string]func(){"sangzi": main})
}

// The scripts run the real command, each in a folder of its own. What they have beside it stands
// in the functions below.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, file := range files {
		testscript.Run(t, testscript.Params{
			Files:               []string{file},
			UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") == "1",
			RequireExplicitExec: true,
			RequireUniqueNames:  true,
			Setup: func(env *testscript.Env) error {
				env.Setenv("HOME", env.WorkDir)
				env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
				return nil
			},
			Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
				"code":    code,
				"mkbook":  mkbook,
				"encrypt": encrypt,
				"cut":     cut,
				"marked":  marked,
				"counted": counted,
				"sql":     execute,
				"pack":    pack,
				"pgurl":   func(ts *testscript.TestScript, _ bool, args []string) { ts.Setenv(args[0], testkit.PostgresURL(t)) },
			},
		})
	}
}

const packFile = "../../internal/campaign/pack/dangqihong-2024.yaml"

// code N COMMAND…: the command ends with exactly this code.
func code(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var ended interface{ ExitCode() int }
	got := 0
	if err != nil {
		e, ok := err.(interface{ ExitCode() int })
		if !ok {
			ts.Fatalf("%v", err)
		}
		ended = e
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("ended with %d, want %d", got, want)
	}
}

var theForm = campaign.Default().Ledger

func theTree() *unit.Tree {
	tree, err := app.TreeOf("", date.MustParse("2024-03-29"))
	if err != nil {
		panic(err)
	}
	return tree
}

// mkbook FILE TOWN [no=9] [drop=VILLAGE] [cell=VILLAGE:KEY:TEXT] writes a town's workbook of
// invented figures, without a village or with another text in a cell.
func mkbook(ts *testscript.TestScript, _ bool, args []string) {
	town, err := unit.ParseCode(args[1])
	ts.Check(err)
	no, drop, cells := 9, map[unit.Code]bool{}, map[string]string{}
	for _, option := range args[2:] {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "no":
			no, err = strconv.Atoi(value)
			ts.Check(err)
		case "drop":
			c, err := unit.ParseCode(value)
			ts.Check(err)
			drop[c] = true
		case "cell":
			part := strings.SplitN(value, ":", 3)
			cells[part[0]+":"+part[1]] = part[2]
		default:
			ts.Fatalf("mkbook: %s", option)
		}
	}
	c, b, err := bookOf(town, no, drop)
	ts.Check(err)
	path := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o755))
	if len(cells) == 0 {
		ts.Check(os.WriteFile(path, b, 0o644))
		return
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	ts.Check(err)
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	ts.Check(err)
	first := 0
	for i, r := range rows {
		if len(r) > 1 && r[1] == c.Lines[0].Name {
			first = i + 1
		}
	}
	for i, line := range c.Lines {
		for j := range theForm.Columns {
			text, ok := cells[line.Village.String()+":"+theForm.Columns[j].Key]
			if !ok {
				continue
			}
			ref, err := excelize.CoordinatesToCellName(3+j, first+i)
			ts.Check(err)
			ts.Check(f.SetCellStr(sheet, ref, text))
			delete(cells, line.Village.String()+":"+theForm.Columns[j].Key)
		}
	}
	if len(cells) > 0 {
		ts.Fatalf("mkbook: no cells %v", cells)
	}
	ts.Check(f.SaveAs(path))
}

// bookOf is a town's workbook of the week no, without some of its villages.
func bookOf(town unit.Code, no int, drop map[unit.Code]bool) (workbook.Consolidated, []byte, error) {
	tree := theTree()
	u, _ := tree.Unit(town)
	c := workbook.Consolidated{Head: ledger.Head{Unit: u.Name, Contact: "黄志明", Phone: "0663-2244668", FilledOn: date.MustParse("2024-03-29")}}
	for _, v := range tree.Villages(town) {
		if v.Kind == unit.Ordinary && !drop[v.Code] {
			c.Lines = append(c.Lines, workbook.Line{Village: v.Code, Name: tree.FullName(v.Code), Values: demo.Figures(theForm, v.Code, no)})
		}
	}
	var b bytes.Buffer
	err := workbook.Write(&b, theForm, c)
	return c, b.Bytes(), err
}

// encrypt FROM TO gives a workbook a password.
func encrypt(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(f.SaveAs(ts.MkAbs(args[1]), excelize.Options{Password: "geheim"}))
}

// cut FROM TO keeps the first half of a file.
func cut(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), b[:len(b)/2], 0o644))
}

// marked FILE N: so many cells have a yellow fill and red text, and no others a yellow one.
func marked(ts *testscript.TestScript, _ bool, args []string) {
	f, err := excelize.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	ts.Check(err)
	n := 0
	for i := range rows {
		for j := 1; j <= 2+len(theForm.Columns); j++ {
			ref, err := excelize.CoordinatesToCellName(j, i+1)
			ts.Check(err)
			id, err := f.GetCellStyle(sheet, ref)
			ts.Check(err)
			style, err := f.GetStyle(id)
			ts.Check(err)
			if len(style.Fill.Color) == 0 || !strings.HasSuffix(strings.ToUpper(style.Fill.Color[0]), "FFFF00") {
				continue
			}
			if n++; style.Font == nil || !strings.HasSuffix(strings.ToUpper(style.Font.Color), "FF0000") {
				ts.Fatalf("%s is yellow and not red", ref)
			}
		}
	}
	if want := args[1]; strconv.Itoa(n) != want {
		ts.Fatalf("%d cells are marked, want %s", n, want)
	}
}

// pack FILE writes the embedded campaign pack.
func pack(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(packFile)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o644))
}

// sql URL STATEMENT changes a database behind the program's back.
func execute(ts *testscript.TestScript, _ bool, args []string) {
	ctx := context.Background()
	address := args[0]
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		address = "sqlite:" + ts.MkAbs(path)
	}
	db, err := database.Open(ctx, address)
	ts.Check(err)
	defer db.Close()
	ts.Check(db.Write(ctx, func(tx *sql.Tx) error {
		result, err := tx.ExecContext(ctx, args[1])
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return fmt.Errorf("%d rows changed, %w", n, err)
		}
		return nil
	}))
}
