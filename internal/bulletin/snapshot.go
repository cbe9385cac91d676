package bulletin

import (
	"context"
	"errors"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// Snapshot is the sealed figures a bulletin is made of, as they stood when it was drafted.
type Snapshot struct {
	Unit    unit.Code   `json:"unit"`
	Period  string      `json:"period"`  // 2024-03 or 2024-Q1
	Week    date.Date   `json:"week"`    // the last week due in the period that has come
	Base    date.Date   `json:"base"`    // the last week due before the period; zero: there is none
	Columns []string    `json:"columns"` // keys of the ledger's columns
	Units   []Standing  `json:"units"`   // below the unit, in the order of their codes
	Total   Standing    `json:"total"`   // the unit itself
	Weeks   []date.Date `json:"weeks"`   // of the period, whose reporting is counted

	Course   [][]int64            `json:"course"`          // the unit's sums as of each of Weeks, by column
	Villages map[string][]Village `json:"villages"`        // by campaign.VillageLists
	Day      date.Date            `json:"day"`             // on which the tasks stood so
	Tasks    *Tasks               `json:"tasks,omitempty"` // of a county; nil: nothing was recorded
	Due      []Task               `json:"due"`             // the key tasks with their last day in the period that comes
	Rule     *Rule                `json:"rule,omitempty"`  // of ranking, in force in the period; nil: neutral order
}

// Village is a village that a list may name.
type Village struct {
	Code unit.Code `json:"code"`
	Name string    `json:"name"`
}

// Tasks is how the key tasks (重点任务) stand.
type Tasks struct {
	Total   int64  `json:"total"`
	Done    int64  `json:"done"`
	Overdue int64  `json:"overdue"`
	Late    []Task `json:"late"`             // the overdue ones
	Ending  []Task `json:"ending,omitempty"` // those not done with their last day in what was left of the period
}

// Task is a key task that a list may name.
type Task struct {
	Number int       `json:"number"`
	Says   string    `json:"says"`
	Title  string    `json:"title,omitempty"` // of its time: 清明节
	By     date.Date `json:"by"`              // its last day
}

// TaskBoard tells how the key tasks of a county stand on a day, and which of them end from it until
// another; ok is false where nobody can say: of
// what is no county, and of a county of which nothing was recorded here by the end of that day.
type TaskBoard interface {
	Tasks(ctx context.Context, a access.Actor, of unit.Code, day, until date.Date) (t Tasks, ok bool, err error)
}

// Standing is one unit's figures.
type Standing struct {
	Code     unit.Code `json:"code"`
	Name     string    `json:"name"`
	Villages int64     `json:"villages"`         // expected to report in the last week
	Asked    int64     `json:"asked"`            // those and the ones let off whose last row counts: what shares are of
	Carried  int64     `json:"carried"`          // villages that count with what was sealed for them in an earlier week
	Silent   bool      `json:"silent,omitempty"` // nothing was sealed in the last week
	Sums     []int64   `json:"sums"`             // by column: sums, villages with yes, 分
	Before   []int64   `json:"before"`           // the same in the base week
	Expected int64     `json:"expected"`         // reports expected in the month's weeks
	OnTime   int64     `json:"on_time"`
	Late     int64     `json:"late"`
	Tasks    *Tasks    `json:"tasks,omitempty"` // of a county below a city; nil: nothing was recorded
}

// Service makes snapshots and drafts.
type Service struct {
	ledger *ledger.Service
	store  Store
	names  *Names
	tasks  TaskBoard
	press  Press
}

// New makes the service on the ledger and the table of versions. Without a store it drafts and
// keeps nothing.
func New(l *ledger.Service, store Store) *Service {
	return &Service{ledger: l, store: store, names: NewNames(l.Form())}
}

// UseTasks lets bulletins tell of the key tasks.
func (s *Service) UseTasks(b TaskBoard) { s.tasks = b }

// Form is the campaign's ledger form, by which figures are worked out.
func (s *Service) Form() *campaign.Form { return s.ledger.Form() }

// Begins is the day on which the campaign's first report was due.
func (s *Service) Begins() date.Date {
	first, ok := s.ledger.Calendar().Number(1)
	if !ok {
		return s.ledger.Today()
	}
	return first.Due
}

// Today is the day on the campaign's clock.
func (s *Service) Today() date.Date { return s.ledger.Today() }

// Names are the names of the figures.
func (s *Service) Names() *Names { return s.names }

// Snapshot takes the figures of a period for a county or a city.
func (s *Service) Snapshot(ctx context.Context, a access.Actor, of unit.Code, m Period) (Snapshot, error) {
	if l := of.Level(); l != unit.LevelCounty && l != unit.LevelCity {
		return Snapshot{}, ErrUnit.With("unit", of.String())
	}
	weeks, base := s.weeks(m)
	if len(weeks) == 0 {
		return Snapshot{}, ErrPeriod.With("period", m.String())
	}
	last := weeks[len(weeks)-1].Due
	snap := Snapshot{Unit: of, Period: m.String(), Week: last, Base: base, Columns: make([]string, 0, len(s.ledger.Form().Columns))}
	for _, c := range s.ledger.Form().Columns {
		snap.Columns = append(snap.Columns, c.Key)
	}
	sheet, err := s.ledger.Sheet(ctx, a, of, last)
	if err != nil {
		return Snapshot{}, err
	}
	units := sheet.Tree.Children(of)
	for _, u := range units {
		snap.Units = append(snap.Units, Standing{Code: u.Code, Name: u.Name})
	}
	u, _ := sheet.Tree.Unit(of)
	snap.Total = Standing{Code: of, Name: u.Name}
	all := make([]*Standing, 0, len(units)+1)
	for i := range snap.Units {
		all = append(all, &snap.Units[i])
	}
	all = append(all, &snap.Total)
	codes := make([]unit.Code, len(all))
	for i, st := range all {
		codes[i] = st.Code
	}
	latest, err := s.ledger.Latest(ctx, a, of, last, codes)
	if err != nil {
		return Snapshot{}, err
	}
	for i, st := range all {
		f := latest[i]
		st.Villages, st.Asked, st.Carried, st.Sums = int64(f.Villages), int64(f.Villages+f.Excused), int64(f.Earlier), f.Sums
		st.Silent = f.Villages > 0 && f.Reported+f.Carried == 0
		st.Before = make([]int64, len(snap.Columns))
	}
	if !base.IsZero() {
		if err := s.before(ctx, a, of, base, all); err != nil {
			return Snapshot{}, err
		}
	}
	for _, w := range weeks {
		snap.Weeks = append(snap.Weeks, w.Due)
		if err := s.punctuality(ctx, a, of, w.Due, all); err != nil {
			return Snapshot{}, err
		}
	}
	if err := s.course(ctx, a, &snap); err != nil {
		return Snapshot{}, err
	}
	if err := s.named(ctx, a, &snap); err != nil {
		return Snapshot{}, err
	}
	return snap, s.surroundings(ctx, a, &snap, m)
}

// weeks are those due in the period that have come, and the last due before it.
func (s *Service) weeks(m Period) (weeks []week.Week, base date.Date) {
	for _, w := range s.ledger.Calendar().Until(s.ledger.Today()) {
		switch {
		case m.contains(w.Due):
			weeks = append(weeks, w)
		case w.Due.Before(m.First()):
			base = w.Due
		}
	}
	return weeks, base
}

// before fills in what stood in the base week. A unit that there was not yet had nothing.
func (s *Service) before(ctx context.Context, a access.Actor, of unit.Code, base date.Date, all []*Standing) error {
	sheet, err := s.ledger.Sheet(ctx, a, of, base)
	if errors.Is(err, ledger.ErrNoVillage) {
		return nil
	}
	if err != nil {
		return err
	}
	var there []*Standing
	var codes []unit.Code
	for _, st := range all {
		if _, ok := sheet.Tree.Unit(st.Code); ok {
			there, codes = append(there, st), append(codes, st.Code)
		}
	}
	latest, err := s.ledger.Latest(ctx, a, of, base, codes)
	if err != nil {
		return err
	}
	for i, st := range there {
		st.Before = latest[i].Sums
	}
	return nil
}

// punctuality adds a week's reporting.
func (s *Service) punctuality(ctx context.Context, a access.Actor, of unit.Code, due date.Date, all []*Standing) error {
	sheet, err := s.ledger.Sheet(ctx, a, of, due)
	if errors.Is(err, ledger.ErrNoVillage) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, st := range all {
		if _, ok := sheet.Tree.Unit(st.Code); !ok {
			continue
		}
		f := sheet.Figures(st.Code)
		st.Expected, st.OnTime, st.Late = st.Expected+int64(f.Villages), st.OnTime+int64(f.OnTime), st.Late+int64(f.Late)
	}
	return nil
}

// column is the place of a ledger column in the snapshot.
func (s *Snapshot) column(key string) int {
	for i, c := range s.Columns {
		if c == key {
			return i
		}
	}
	return -1
}

// plan is the campaign's plan of a period's bulletin.
func (s *Service) plan(p Period) (*campaign.BulletinPlan, error) {
	b := s.ledger.Pack().Bulletin
	switch {
	case b != nil && p.Quarter == 0:
		return b.Month, nil
	case b != nil && b.Quarter != nil:
		return b.Quarter, nil
	}
	return nil, ErrPlan
}

// Silent names the units that should have reported in the last week and of which nothing was
// sealed in it: they count with what was sealed for them before.
func (s *Snapshot) Silent() []string {
	var names []string
	for i := range s.Units {
		if s.Units[i].Silent {
			names = append(names, s.Units[i].Name)
		}
	}
	return names
}
