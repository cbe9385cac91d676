// Package statistics is annex 3, 乡村绿化工作统计表: per unit how many villages reported, in how
// many something is so, the sums of the counts and funds, how far plans are met and what this
// week added. It owns the columns' arithmetic; the sums come ready from the ledger and are never
// added up row by row. It knows no SQL, no HTTP and no workbook.
package statistics

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// ErrLevel: the unit has no such level below it.
var ErrLevel = problem.New(problem.Invalid, "statistics.level")

// Row is a unit's figures of the week and what it added.
type Row struct {
	Unit  unit.Unit
	Now   ledger.Figures
	Added ledger.Increase
	Cells []Cell // one per column of the form of the statistics
}

// Table is the statistics of a unit by the units of one level below it.
type Table struct {
	Unit  unit.Unit
	Week  week.Week
	By    unit.Level
	Form  *campaign.Statistics
	Rows  []Row
	Total Row
	Tree  *unit.Tree
}

// Service gives tables.
type Service struct {
	ledger    *ledger.Service
	confirmed Confirmed
}

// Confirmed tells whether the office of a unit's county or city has confirmed the form of the
// statistics, which then is no longer marked as waiting for that.
type Confirmed func(ctx context.Context, a access.Actor, of unit.Code) (bool, error)

// New makes the service on the ledger.
func New(l *ledger.Service) *Service { return &Service{ledger: l} }

// UseConfirmed has tables say whether their form is confirmed.
func (s *Service) UseConfirmed(c Confirmed) { s.confirmed = c }

// form is the form of the statistics as it stands at a unit.
func (s *Service) form(ctx context.Context, a access.Actor, of unit.Code) (*campaign.Statistics, error) {
	form := s.ledger.Pack().Statistics
	if s.confirmed == nil || form.Mark == "" {
		return form, nil
	}
	done, err := s.confirmed(ctx, a, of)
	if err != nil || !done {
		return form, err
	}
	plain := *form
	plain.Mark = ""
	return &plain, nil
}

// Table gives the statistics of a unit by a level below it. The level LevelNation stands for
// the next one that exists.
func (s *Service) Table(ctx context.Context, a access.Actor, of unit.Code, due date.Date, by unit.Level) (Table, error) {
	sheet, err := s.ledger.Sheet(ctx, a, of, due)
	if err != nil {
		return Table{}, err
	}
	u, _ := sheet.Tree.Unit(of)
	units := sheet.Tree.Children(of)
	switch {
	case by == unit.LevelNation && len(units) > 0:
		by = units[0].Level()
	case by == unit.LevelNation || by == of.Level():
		units, by = []unit.Unit{u}, of.Level()
	case by == unit.LevelVillage:
		units = sheet.Tree.Villages(of)
	default:
		units = sheet.Tree.Descendants(of, by)
	}
	if by < of.Level() {
		return Table{}, ErrLevel.With("level", by.String())
	}
	form, err := s.form(ctx, a, of)
	if err != nil {
		return Table{}, err
	}
	t := Table{Unit: u, Week: sheet.Week, By: by, Form: form, Tree: sheet.Tree}
	all := append(slices.Clone(units), u)
	now := sheet.FiguresOf(all)
	added, err := s.ledger.Increase(ctx, a, of, due, all)
	if err != nil {
		return Table{}, err
	}
	calc := newReckoner(s.ledger.Form(), t.Form)
	t.Rows = make([]Row, 0, len(units))
	for i, of := range all {
		row := Row{Unit: of, Now: now[i], Added: added[i]}
		row.Cells = calc.cells(row.Now, row.Added)
		if i < len(units) {
			t.Rows = append(t.Rows, row)
		} else {
			t.Total = row
		}
	}
	return t, nil
}
