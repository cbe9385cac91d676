package main

import (
	"context"
	"fmt"
	"maps"
	"runtime"
	"strconv"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/app"
	"github.com/sangzi/sangzi/internal/bulletin"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/task"
	"github.com/sangzi/sangzi/internal/unit"
)

var (
	weekDue = date.MustParse(due)
	office  = access.Actor{Account: 3, Name: "专班", Role: access.CountyOffice, Unit: puning}
)

// recordsPart measures the database args[0], each thing that is not entered args[1] times.
func recordsPart(ctx context.Context, args []string) error {
	runs, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	began := time.Now()
	a, err := app.Open(ctx, app.Options{DB: args[0], Today: today})
	if err != nil {
		return err
	}
	defer a.Close() //nolint:errcheck // what counts is committed
	f := recordsFound{Open: time.Since(began).Seconds()}
	f.Heap = heap()
	if err := a.DB.Reader().QueryRowContext(ctx, "SELECT COUNT(*) FROM records").Scan(&f.Records); err != nil {
		return err
	}
	m := measuring{a, ordinary(a.Units.Tree(weekDue))}
	for _, measure := range []func(context.Context, *recordsFound, int) error{m.entered, m.chain, m.week, m.lists} {
		if err := measure(ctx, &f, runs); err != nil {
			return err
		}
	}
	return tell(f)
}

func heap() float64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return float64(stats.HeapAlloc)
}

// measuring is the program with a county's villages.
type measuring struct {
	*app.App
	villages []unit.Unit
}

// entries is how many records are entered to find how long one takes.
const entries = 400

// planted is a column, and week a demand, that a planting counts for.
const planted, activity = "planted_trees", "3"

func (m *measuring) enter(ctx context.Context, i int) (access.Actor, record.Version, error) {
	v := m.villages[(i*37)%len(m.villages)]
	who := bulkVillage
	who.Unit = v.Code
	version, err := m.Records.Enter(ctx, who, record.Input{Kind: "planting", Unit: v.Code, Day: weekDue, Source: ledger.Source{Kind: ledger.ByForm},
		Key: fmt.Sprintf("bench-%d-%d", time.Now().UnixNano(), i), Fields: map[string]string{"work": "new", "trees": strconv.Itoa(1 + i%40), "occasion": "weekly"}})
	return who, version, err
}

// entered is one record until everything that follows from it can be read.
func (m *measuring) entered(ctx context.Context, f *recordsFound, _ int) error {
	column, _ := m.Pack.Ledger.ColumnIndex(planted)
	for i := range entries {
		village := m.villages[(i*37)%len(m.villages)].Code
		before := int64(0)
		if said := m.Records.Derived(village, weekDue); said != nil && said[column] != ledger.Empty {
			before = int64(said[column])
		}
		began := time.Now()
		who, version, err := m.enter(ctx, i)
		if err != nil {
			return err
		}
		f.Enter.took(time.Since(began))
		row, err := m.Ledger.Row(ctx, who, village, weekDue)
		if err != nil {
			return err
		}
		met, err := m.met(ctx, who, village)
		if err != nil {
			return err
		}
		f.Entered.took(time.Since(began))
		if got := int64(row.Says[column]); got != before+version.Facts.Numbers["trees"] || !met {
			return fmt.Errorf("%s: the row says %d after %d, the task is met: %v", village, got, before, met)
		}
	}
	return nil
}

// met tells whether the village's planting of this week is done.
func (m *measuring) met(ctx context.Context, who access.Actor, village unit.Code) (bool, error) {
	party := record.Party{Unit: village}
	s, err := m.Tasks.On(ctx, who, party, date.Date{})
	if err != nil {
		return false, err
	}
	for i := range s.Duties {
		if s.Duties[i].Key != activity {
			continue
		}
		for _, item := range s.DutyOf(&s.Duties[i], party) {
			if !item.Period.From.After(weekDue) && !item.Period.To.Before(weekDue) {
				return item.State == task.Done, nil
			}
		}
	}
	return false, fmt.Errorf("no such task at %s", village)
}

// chain is one record up to the county's statistics.
func (m *measuring) chain(ctx context.Context, f *recordsFound, _ int) error {
	const few = 40
	for i := range few {
		began := time.Now()
		who, _, err := m.enter(ctx, i)
		if err != nil {
			return err
		}
		v, err := m.Ledger.Row(ctx, who, who.Unit, weekDue)
		if err != nil {
			return err
		}
		notes := map[string]string{}
		maps.Copy(notes, v.Notes)
		for _, x := range v.Findings {
			notes[m.Pack.Ledger.Columns[x.Column].Key] = "已核对"
		}
		if _, err := m.Ledger.Report(ctx, who, ledger.ReportInput{Unit: who.Unit, Week: weekDue, Base: v.Chain.Version, Values: v.Filled, Notes: notes, Source: ledger.Source{Kind: ledger.ByForm}}); err != nil {
			return fmt.Errorf("%s: %w: %+v", who.Unit, err, v.Findings)
		}
		town := who.Unit.At(unit.LevelTown)
		clerk := access.Actor{Account: 2, Name: "镇街办事员", Role: access.TownClerk, Unit: town}
		if _, err := m.Ledger.Submit(ctx, clerk, ledger.SubmitInput{Unit: town, Week: weekDue, Base: ledger.AnyBase,
			Head: ledger.Head{Unit: "镇街", Contact: "镇街办事员", Phone: "1", FilledOn: weekDue}}); err != nil {
			return err
		}
		if _, err := m.Statistics.Table(ctx, office, puning, weekDue, unit.LevelTown); err != nil {
			return err
		}
		f.Chain.took(time.Since(began))
	}
	return nil
}

// week is the county's week worked out anew.
func (m *measuring) week(ctx context.Context, f *recordsFound, runs int) error {
	month, err := bulletin.ParsePeriod(due[:7])
	if err != nil {
		return err
	}
	for range runs {
		for _, part := range []struct {
			into *spread
			work func() error
		}{
			{&f.Rows, func() error { _, err := m.Ledger.Rows(ctx, office, puning, weekDue); return err }},
			{&f.Sums, func() error {
				_, err := m.Statistics.Table(ctx, office, puning, weekDue, unit.LevelTown)
				return err
			}},
			{&f.States, func() error { return m.states(ctx) }},
			{&f.Dispatch, func() error { _, err := m.Dispatch.Page(ctx, office, puning, weekDue); return err }},
			{&f.Bulletin, func() error { _, err := m.Bulletin.Draft(ctx, office, puning, month); return err }},
		} {
			began := time.Now()
			if err := part.work(); err != nil {
				return err
			}
			part.into.took(time.Since(began))
		}
	}
	return nil
}

// states is every state of every task at the county and at all who answer to it.
func (m *measuring) states(ctx context.Context) error {
	if _, _, err := m.enter(ctx, 0); err != nil { // so that what was worked out before is out of date
		return err
	}
	county := record.Party{Unit: puning}
	s, err := m.Tasks.On(ctx, office, county, date.Date{})
	if err != nil {
		return err
	}
	parties := map[record.Party]bool{county: true}
	for i := range s.Duties {
		for j := range s.Duties[i].Demands {
			for _, p := range s.Answerable(&s.Duties[i].Demands[j], puning) {
				parties[p] = true
			}
		}
	}
	n := 0
	for p := range parties {
		n += len(s.Of(p))
	}
	if n == 0 {
		return fmt.Errorf("no tasks")
	}
	return nil
}

// lists is pages of records as they are asked for.
func (m *measuring) lists(ctx context.Context, f *recordsFound, runs int) error {
	const page = 50
	town := m.villages[0].Code.At(unit.LevelTown)
	for _, l := range []struct {
		name string
		q    record.Query
	}{
		{"the latest of the county", record.Query{Of: puning}},
		{"the latest 500 of the county", record.Query{Of: puning, Limit: 500}},
		{"the county's, of a kind that is seldom", record.Query{Of: puning, Kind: "grove"}},
		{"the county's with something pointed out", record.Query{Of: puning, Pointed: true}},
		{"the county's that wait for approval", record.Query{Of: puning, Awaiting: m.Records.Awaiting()}},
		{"the county's in which a department took part", record.Query{Of: puning, With: "团市委"}},
		{"the city's latest", record.Query{Of: puning.At(unit.LevelCity)}},
		{"a town's latest", record.Query{Of: town}},
		{"a town's, of a kind that is seldom", record.Query{Of: town, Kind: "grove"}},
		{"a village's, of a day", record.Query{Of: m.villages[7].Code, From: weekDue, To: weekDue}},
	} {
		if l.q.Limit == 0 {
			l.q.Limit = page
		}
		found := listFound{Name: l.name}
		for range max(runs, 3) {
			began := time.Now()
			if _, err := m.Records.List(ctx, access.Operator("bench", unit.Nation), l.q); err != nil {
				return err
			}
			found.Took.took(time.Since(began))
		}
		f.Lists = append(f.Lists, found)
	}
	return nil
}
