package api

import (
	"context"
	"io"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/statistics"
	statsbook "github.com/sangzi/sangzi/internal/statistics/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

func (a *API) registerStatistics() {
	operation(a, op{method: http.MethodGet, path: "/statistics/{unit}/{week}", id: "statistics", tag: "statistics", summary: "Sums of a unit's sealed rows, by the units below it",
		about: "Values stand in the order of the form's columns: villages with yes, sums of counts, 万元 with two places."}, a.statistics)
	operation(a, op{method: http.MethodGet, path: "/statistics/{unit}/{week}/statistics.xlsx", id: "statistics-workbook", tag: "statistics", gives: xlsx,
		summary: "The statistics in the form of annex 3, totals as live formulas"}, a.statisticsFile)
}

type statisticsInput struct {
	UnitWeek
	By string `query:"by" enum:"city,county,town,village" doc:"Level of the rows; the next one below by default" example:"town"`
}

func (a *API) table(ctx context.Context, actor access.Actor, in *statisticsInput) (statistics.Table, error) {
	of, due, err := in.parse()
	if err != nil {
		return statistics.Table{}, err
	}
	by := unit.LevelNation
	if in.By != "" {
		if by, err = unit.ParseLevel(in.By); err != nil {
			return statistics.Table{}, err
		}
	}
	return a.stats.Table(ctx, actor, of, due, by)
}

func (a *API) statistics(ctx context.Context, actor access.Actor, in *statisticsInput) (*body[statistics.Document], error) {
	t, err := a.table(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	return answer(t.Document(a.ledger.Form()), nil)
}

func (a *API) statisticsFile(ctx context.Context, actor access.Actor, in *statisticsInput) (*file, error) {
	t, err := a.table(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	return newFile(t.Tree.ShortName(t.Unit.Code)+t.Form.Title+t.Week.Due.String()+".xlsx",
		func(w io.Writer) error { return statsbook.Write(w, t, a.ledger.Form()) })
}
