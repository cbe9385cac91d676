package ledger

import (
	"context"
	"slices"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/week"
)

// BoardRow is one town (or, for a city, county) on the board of a week.
type BoardRow struct {
	Office   OfficeState
	Villages map[State]int // its villages by state; they sum to those expected and those that reported unexpected
	Towns    map[State]int // its towns by state, for a county
	Figures  Figures       // of the sealed rows
	Increase Increase
	Changed  int     // cells that differ from the last submission
	Trail    []State // this and up to eight earlier weeks, oldest first
}

// Board is how a unit's towns or counties stand in a week.
type Board struct {
	Unit     unit.Unit
	Week     week.Week
	Previous week.Week // zero for the first week
	Office   OfficeState
	Rows     []BoardRow
	States   map[State]int // of the rows
	Figures  Figures
	Increase Increase
	Changed  int
	Locked   bool
}

// trail is how many weeks a board shows.
const trail = 9

// Board gives the board of a county (its towns), of a city (its counties), or of a town (its
// villages are on its table; here its own line).
func (s *Service) Board(ctx context.Context, a access.Actor, of unit.Code, due date.Date) (Board, error) {
	sheet, err := s.Sheet(ctx, a, of, due)
	if err != nil {
		return Board{}, err
	}
	now := s.Now()
	u, _ := sheet.Tree.Unit(of)
	b := Board{Unit: u, Week: sheet.Week, Office: sheet.Office(of, now), States: map[State]int{}, Figures: sheet.Figures(of), Locked: sheet.Locked(of)}
	if p, ok := s.Calendar().Previous(sheet.Week); ok {
		b.Previous = p
	}
	sheets, err := s.trail(ctx, sheet.Week)
	if err != nil {
		return b, err
	}
	ledger, err := s.Consolidated(ctx, a, of, due, date.Date{})
	if err != nil {
		return b, err
	}
	b.Changed = ledger.Changed
	children := sheet.Tree.Children(of)
	if of.Level() == unit.LevelTown {
		children = []unit.Unit{u}
	}
	added, err := s.Increase(ctx, a, of, due, append(slices.Clone(children), u))
	if err != nil {
		return b, err
	}
	b.Increase = added[len(children)]
	for i, child := range children {
		row := BoardRow{Increase: added[i], Office: sheet.Office(child.Code, now), Villages: map[State]int{}, Towns: map[State]int{}, Figures: sheet.Figures(child.Code)}
		for _, r := range sheet.Rows(child.Code, now) {
			if r.Village.Kind == unit.Ordinary || r.Chain.Version > 0 {
				row.Villages[r.State]++
			}
		}
		if child.Level() < unit.LevelTown {
			for _, town := range sheet.Tree.Descendants(child.Code, unit.LevelTown) {
				row.Towns[sheet.Office(town.Code, now).State]++
			}
		}
		for _, l := range ledger.Rows {
			if child.Code.Contains(l.Village.Code) {
				for _, changed := range l.Changed {
					if changed {
						row.Changed++
					}
				}
			}
		}
		for _, old := range sheets {
			row.Trail = append(row.Trail, old.Office(child.Code, now).State)
		}
		b.States[row.Office.State]++
		b.Rows = append(b.Rows, row)
	}
	return b, nil
}

// trail is the sheets of a week and the eight before it, oldest first.
func (s *Service) trail(ctx context.Context, w week.Week) ([]*Sheet, error) {
	weeks := s.Calendar().Until(w.Due)
	if len(weeks) > trail {
		weeks = weeks[len(weeks)-trail:]
	}
	var out []*Sheet
	for _, w := range weeks {
		sheet, err := s.book.Sheet(ctx, w.Due)
		if err != nil {
			return nil, err
		}
		out = append(out, sheet)
	}
	return out, nil
}
