package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/words"
)

type recordCmd struct {
	Import recordImportCmd `cmd:"" help:"按工作簿成批记录 / Record many at once from workbooks."`
	List   recordListCmd   `cmd:"" help:"列出记过的事 / List what has been recorded."`
}

type recordImportCmd struct {
	dbFlags
	Unit  string   `required:"" placeholder:"CODE" help:"在哪个单位里做的：2、4、6、9 或 12 位统计代码 / The unit in which it was done."`
	Kind  string   `required:"" placeholder:"KIND" help:"哪一类，如 planting、visit / The kind of record."`
	JSON  bool     `name:"json" help:"结果打印成 JSON / Print the result as JSON."`
	Files []string `arg:"" placeholder:"FILE" help:"工作簿（.xlsx .xls .csv），或装着它们的文件夹 / Workbooks or folders of them."`
}

func (c *recordImportCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // the writes are committed
	report, err := a.ImportRecords(w.ctx, access.Operator("命令行", of), of, c.Kind, c.Files, progress(w))
	if err != nil {
		return err
	}
	if c.JSON {
		if err := printJSON(w.stdout, report); err != nil {
			return err
		}
	} else {
		if report.ExitCode() != exitFailed {
			fmt.Fprintf(w.stdout, "已记 %d 条，已经记过 %d 条\n", report.Taken, report.Again)
		}
		listIgnored(w.stderr, report.Ignored)
		listRefused(w.stderr, &report)
	}
	return ended(report.ExitCode())
}

// listRefused tells people what was left out, cell by cell.
func listRefused(w io.Writer, report *app.RecordReport) {
	for i := range report.Files {
		f := &report.Files[i]
		if f.Refused != "" {
			fmt.Fprintf(w, "%s：%s\n", f.File, f.Refused)
		}
		for _, p := range f.Errors {
			fmt.Fprintf(w, "%s %s!%s：%s\n", f.File, p.Sheet, p.Cell, p.Message)
		}
	}
}

type recordListCmd struct {
	dbFlags
	Unit string `required:"" placeholder:"CODE" help:"单位的统计代码，连同下面的村 / A unit's code; what is below it is listed too."`
	Kind string `placeholder:"KIND" help:"只列这一类 / Only this kind."`
	From string `placeholder:"DATE" help:"从哪天起 / Only of this day and later."`
	To   string `placeholder:"DATE" help:"到哪天止 / Only of this day and earlier."`
	JSON bool   `name:"json" help:"给程序读 / For programs."`
}

// listed is a record for programs.
type listed struct {
	ID      int64         `json:"id"`
	Version int32         `json:"version"`
	Kind    string        `json:"kind"`
	Unit    string        `json:"unit"`
	Name    string        `json:"name"`
	Day     string        `json:"day"`
	Until   string        `json:"until,omitempty"`
	With    []string      `json:"with"`
	Says    string        `json:"says"`
	Facts   record.Facts  `json:"facts"`
	Status  record.Status `json:"status"`
	Pointed []string      `json:"pointed"`
	Dispute string        `json:"dispute,omitempty"`
	By      string        `json:"entered_by"`
	At      time.Time     `json:"entered_at"`
}

// together is how many records are read at once.
const together = 500

func (c *recordListCmd) Run(w *world) error {
	of, err := unit.ParseCode(c.Unit)
	if err != nil {
		return err
	}
	q := record.Query{Of: of, Kind: c.Kind, Limit: together}
	if q.From, err = dayOr(c.From, date.Date{}); err != nil {
		return err
	}
	if q.To, err = dayOr(c.To, date.Date{}); err != nil {
		return err
	}
	a, err := c.open(w, nil)
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // nothing is written
	tree, all := a.Records.Tree(a.Records.Today()), []listed{}
	for {
		list, err := a.Records.List(w.ctx, access.Operator("命令行", of), q)
		if err != nil {
			return err
		}
		for i := range list {
			v := &list[i]
			one := listed{v.ID, v.Number, v.Kind, v.Unit.String(), tree.ShortName(v.Unit), v.Day.String(), v.Until.String(), append([]string{}, v.With...), a.Records.Says(v), v.Facts,
				v.Status, append([]string{}, v.Pointed...), v.Dispute, v.Entered.Actor, v.Entered.At}
			if !c.JSON {
				printRecord(w.stdout, a.Records, &one)
				continue
			}
			all = append(all, one)
		}
		if len(list) < together {
			break
		}
		q.Offset += together
	}
	if c.JSON {
		return printJSON(w.stdout, all)
	}
	return nil
}

// printRecord prints a record for people, on one line.
func printRecord(w io.Writer, s *record.Service, r *listed) {
	title := r.Kind
	if kind, ok := s.Kinds().Kind(r.Kind); ok {
		title = kind.Title
	}
	line := []string{r.Day, r.Name, title, r.Says, r.By}
	for _, code := range r.Pointed {
		line = append(line, words.Text(code, nil))
	}
	fmt.Fprintln(w, strings.Join(line, "\t"))
}
