package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger/merge"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

type ledgerCmd struct {
	Import ledgerImportCmd `cmd:"" help:"导入镇村报来的工作簿 / Import workbooks into a week."`
	Export ledgerExportCmd `cmd:"" help:"导出台账（附件2），变更处黄底红字 / Export annex 2, changes marked."`
	Check  ledgerCheckCmd  `cmd:"" help:"核对已封存的报送有无改动 / Verify the hashes of sealed submissions."`
	Merge  ledgerMergeCmd  `cmd:"" help:"不用服务器：把一批工作簿合成一份台账 / Without a server: merge workbooks into one ledger."`
}

type ledgerImportCmd struct {
	dbFlags
	unitWeek
	Report string   `placeholder:"FILE.json" help:"问题清单写到文件 / Write the list of problems."`
	JSON   bool     `name:"json" help:"问题清单打印到标准输出 / Print it."`
	Files  []string `arg:"" placeholder:"FILE" help:"工作簿（.xlsx .xls .csv），或装着它们的文件夹 / Workbooks or folders of them."`
}

func (c *ledgerImportCmd) Run(w *world) error {
	debug.SetGCPercent(50) // a province in one file: rather some time than a gigabyte
	of, due, err := c.parse()
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	report, err := a.ImportFiles(w.ctx, access.Operator("命令行", of), of, due, c.Files, progress(w))
	if err != nil {
		return err
	}
	if c.Report != "" {
		if err := writeFile(c.Report, func(f io.Writer) error { return printJSON(f, report) }); err != nil {
			return err
		}
	}
	if c.JSON {
		if err := printJSON(w.stdout, report); err != nil {
			return err
		}
	} else {
		if report.ExitCode() != exitFailed {
			fmt.Fprintf(w.stdout, "已存 %d 行，原样 %d 行，封存 %d 份报送\n", report.Taken, report.Unchanged, report.Sealed)
		}
		listProblems(w.stderr, report.Files)
		listIgnored(w.stderr, report.Ignored)
		listMissing(w.stderr, report.Missing)
	}
	return ended(report.ExitCode())
}

// ended turns an exit code of a wing's report into the command's.
func ended(code int) error {
	switch code {
	case 0:
		return nil
	case exitPartial:
		return partial{}
	}
	return app.ErrNothingTaken
}

type ledgerExportCmd struct {
	dbFlags
	unitWeek
	Since string `placeholder:"DATE" help:"与哪一周比，不写与各村上次报送比 / Compare with this week instead of each village's last."`
	Out   string `short:"o" required:"" placeholder:"FILE.xlsx" help:"写到哪里 / The workbook to write."`
}

func (c *ledgerExportCmd) Run(w *world) error {
	of, due, err := c.parse()
	if err != nil {
		return err
	}
	since, err := dayOr(c.Since, date.Date{})
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	l, err := a.Ledger.Consolidated(w.ctx, access.Operator("命令行", of), of, due, since)
	if err != nil {
		return err
	}
	if err := writeFile(c.Out, func(f io.Writer) error { return workbook.Write(f, a.Pack.Ledger, workbook.Of(&l)) }); err != nil {
		return err
	}
	fmt.Fprintf(w.stdout, "%s：%d 村，缺 %d 村，变更 %d 格\n", filepath.Base(c.Out), len(l.Rows)-len(l.Missing), len(l.Missing), l.Changed)
	return nil
}

// progress shows how far a command is, on a terminal only.
func progress(w *world) func(done, total int, file string) {
	f, ok := w.stderr.(*os.File)
	if !ok || !isTerminal(f) {
		return nil
	}
	return func(done, total int, file string) {
		fmt.Fprintf(f, "\r\033[K%d/%d %s", done, total, filepath.Base(file))
		if done == total {
			fmt.Fprint(f, "\r\033[K")
		}
	}
}

// listProblems tells people what is wrong with the files, cell by cell.
func listProblems(w io.Writer, files []merge.File) {
	for i := range files {
		f := &files[i]
		if f.Refused != "" {
			fmt.Fprintf(w, "%s：%s\n", f.File, f.Refused)
		}
		for _, list := range [][]merge.Finding{f.Errors, f.Warnings} {
			for _, p := range list {
				fmt.Fprintf(w, "%s %s!%s：%s\n", f.File, p.Sheet, p.Cell, p.Message)
			}
		}
	}
}

// listIgnored names what was not read at all: a town's ledger may be in it, packed.
func listIgnored(w io.Writer, ignored []string) {
	if len(ignored) > 0 {
		fmt.Fprintf(w, "没有读取，不是表格文件：%s\n", strings.Join(ignored, "、"))
	}
}

type ledgerMergeCmd struct {
	Unit     string   `required:"" placeholder:"CODE" help:"汇总哪个单位 / The unit to consolidate."`
	Previous []string `placeholder:"DIR|FILE" help:"上周的工作簿，用来标出变更 / Last week's, to mark what changed."`
	Out      string   `short:"o" required:"" placeholder:"OUT.xlsx" help:"汇总台账 / The consolidated ledger."`
	Report   string   `placeholder:"REPORT.json" help:"问题清单 / The list of problems."`
	Campaign string   `placeholder:"FILE" help:"专项行动文件，不写用内置的 / A campaign pack instead of the embedded one."`
	Units    string   `placeholder:"DIR" help:"行政区划，不写用揭阳市 / Units; default Jieyang."`
	On       string   `placeholder:"DATE" help:"按哪一天的行政区划，不写用今天 / Units as of this day."`
	JSON     bool     `name:"json" help:"问题清单打印到标准输出 / Print the list."`
	Files    []string `arg:"" placeholder:"DIR|FILE" help:"本周的工作簿或文件夹 / This week's workbooks or folders."`
}

func (c *ledgerMergeCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	pack, err := app.LoadPack(c.Campaign)
	if err != nil {
		return err
	}
	day, err := dayOr(c.On, date.FromTime(time.Now().In(pack.Spec().Location)))
	if err != nil {
		return err
	}
	tree, err := app.TreeOf(c.Units, day)
	if err != nil {
		return err
	}
	report, err := merge.Run(w.ctx, merge.Options{Tree: tree, Form: pack.Ledger, Unit: of, Inputs: c.Files, Previous: c.Previous,
		Out: c.Out, Report: c.Report, Progress: progress(w)})
	if err != nil {
		return err
	}
	if c.JSON {
		if err := report.WriteJSON(w.stdout); err != nil {
			return err
		}
	} else {
		listProblems(w.stderr, report.Previous)
		listProblems(w.stderr, report.Files)
		listIgnored(w.stderr, report.Ignored)
		if report.ExitCode() != exitFailed { // without any file, that all are missing helps nobody
			fmt.Fprintf(w.stdout, "%d 村，变更 %d 格，缺 %d 村\n", report.Rows, report.ChangedCells, len(report.Missing))
			listMissing(w.stderr, report.Missing)
		}
	}
	return ended(report.ExitCode())
}

// listMissing names those that did not report, one line a town.
func listMissing(w io.Writer, missing []merge.Village) {
	for len(missing) > 0 {
		n := 1
		for n < len(missing) && missing[n].Town == missing[0].Town {
			n++
		}
		names := make([]string, n)
		for i, v := range missing[:n] {
			names[i] = v.Name
		}
		fmt.Fprintf(w, "缺报：%s %d 村：%s\n", missing[0].Town, n, strings.Join(names, "、"))
		missing = missing[n:]
	}
}
