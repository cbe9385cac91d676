package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
)

type boardRow struct {
	Unit     string               `json:"unit"`
	Name     string               `json:"name"`
	State    ledger.State         `json:"state" enum:"not_due,waived,on_time,late,missing,returned"`
	Version  int32                `json:"version" doc:"Of its submission; 0 for none"`
	Expected int                  `json:"expected" doc:"Villages expected to report"`
	Villages map[ledger.State]int `json:"villages" doc:"Villages by state"`
	Towns    map[ledger.State]int `json:"towns,omitempty" doc:"Towns by state, for a county"`
	Changed  int                  `json:"changed_cells" doc:"Cells that differ from the submission before"`
	Trail    []ledger.State       `json:"trail" doc:"This and up to eight earlier weeks, oldest first"`
	Sums     cells                `json:"sums" doc:"Of the sealed rows, by column key: villages with yes, sums, 万元"`
}

type board struct {
	Unit   string               `json:"unit"`
	Week   string               `json:"week"`
	No     int                  `json:"no"`
	Due    time.Time            `json:"deadline"`
	Locked bool                 `json:"locked"`
	States map[ledger.State]int `json:"states" doc:"Rows by state"`
	Rows   []boardRow           `json:"rows" doc:"A county's towns, a city's counties, in code order"`
}

func (a *API) registerBoard() {
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/board", id: "board", tag: "submissions", summary: "How the towns or counties of a unit stand"}, a.board)
}

func (a *API) board(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[board], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	sheet, err := a.ledger.Sheet(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	b, err := a.ledger.Board(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	out := board{Unit: of.String(), Week: due.String(), No: b.Week.No, Due: b.Week.Deadline, Locked: b.Locked, States: b.States, Rows: []boardRow{}}
	for i := range b.Rows {
		r := &b.Rows[i]
		out.Rows = append(out.Rows, boardRow{Unit: r.Office.Unit.Code.String(), Name: sheet.Tree.ShortName(r.Office.Unit.Code), State: r.Office.State,
			Version: r.Office.Chain.Version, Expected: r.Office.Expects, Villages: r.Villages, Towns: r.Towns, Changed: r.Changed, Trail: r.Trail,
			Sums: a.sums(r.Figures.Sums)})
	}
	return answer(out, nil)
}
