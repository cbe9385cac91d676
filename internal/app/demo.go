package app

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/clock"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/demo"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

// DemoOptions says how the demonstration is made.
type DemoOptions struct {
	DB    string
	Reset bool   // make it anew even when it is there
	Today string // the moment it is set at
	// Typed makes a quarter in which nobody records anything: every town keeps to workbooks.
	Typed bool
	// Clock is what tells the time, and may be set anew afterwards; nil: one of its own.
	Clock *demo.Clock
	// Progress is told which week is being made; nil: nobody is.
	Progress func(week, of int)
	Log      *slog.Logger
}

// ErrDemoMoment: the demonstration that is there was made for another moment.
var ErrDemoMoment = problem.New(problem.Conflict, "app.demo_moment")

// moment is how the moment of a demonstration is written.
const moment = "2006-01-02T15:04"

// OpenDemo makes the demonstration, or opens the one that is there; fresh tells which.
func OpenDemo(ctx context.Context, o DemoOptions) (a *App, fresh bool, err error) {
	if path, ok := strings.CutPrefix(o.DB, "sqlite:"); ok && o.Reset {
		for _, ending := range []string{"", "-wal", "-shm", ".key"} {
			if err := os.Remove(path + ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return nil, false, err
			}
		}
	}
	c := o.Clock
	if c == nil {
		c = demo.NewClock()
	}
	// Passwords of the demonstration are printed on the screen; hashing them dearly only delays the start.
	a, err = Open(ctx, Options{DB: o.DB, Clock: c.Now, Log: o.Log, Hash: account.Params{MemoryKiB: 1024, Passes: 1, Threads: 1}})
	if err != nil {
		return nil, false, err
	}
	set, err := clock.Parse(o.Today, a.Pack.Spec().Location)
	if err != nil {
		return nil, false, errors.Join(err, a.Close())
	}
	c.Set(set())
	asked := set().In(a.Pack.Spec().Location).Format(moment)
	done, err := a.DB.Setting(ctx, "demonstration")
	if err == nil && done != "" && done != asked {
		err = ErrDemoMoment.With("have", done).With("want", asked)
	}
	if err == nil && done == "" {
		fresh, err = true, a.fillDemo(ctx, c, set(), o)
	}
	if err != nil {
		return nil, false, errors.Join(err, a.Close())
	}
	c.Run(set)
	return a, fresh, nil
}

func (a *App) fillDemo(ctx context.Context, c *demo.Clock, now time.Time, o DemoOptions) error {
	if err := demo.Accounts(ctx, a.Accounts, a.Units.Tree(date.FromTime(now.In(a.Pack.Spec().Location)))); err != nil {
		return err
	}
	stage := demo.Stage{Pack: a.Pack, Tree: a.Units.Tree, Ledger: a.Ledger, Set: c.Set, Progress: o.Progress,
		Workbooks: []unit.Code{445281113000, 445281115000},
		Counties:  []unit.Code{445202000000, 445203000000, 445222000000, 445224000000},
		Open:      []unit.Code{demo.Town, demo.EastTown}}
	// Who was told of records in weeks that are over has nothing to do any more.
	a.Records.UseNotes(nil)
	defer a.Records.UseNotes(recordNotes{a})
	if !o.Typed {
		stage.Records, stage.Photos, stage.Doing = a.Records, true, office{a, &stage}.happenings()
		stage.Doing = append(stage.Doing, demo.Happening{At: now.AddDate(0, 0, -3), Do: func(context.Context) error {
			a.Records.UseNotes(recordNotes{a})
			return nil
		}})
		slices.SortStableFunc(stage.Doing, func(x, y demo.Happening) int { return x.At.Compare(y.At) })
	}
	if err := stage.Fill(ctx, now); err != nil {
		return err
	}
	return a.DB.SetSettings(ctx, map[string]string{"demonstration": now.In(a.Pack.Spec().Location).Format(moment)})
}
