package api

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/unit"
)

type column struct {
	Key   string              `json:"key"`
	Title string              `json:"title"`
	Type  campaign.ColumnType `json:"type" enum:"yes_no,count,money"`
	Unit  string              `json:"unit,omitempty"`
	Group string              `json:"group,omitempty"`
}

func (a *API) registerStatistics() {
	operation(a, http.MethodGet, "/statistics/{unit}/{week}", "statistics", "Sums of a unit by the units below it", a.statistics)
}

func (a *API) statistics(ctx context.Context, actor access.Actor, in *struct {
	at
	By string `query:"by" enum:"city,county,town,village" doc:"Level of the rows; the next one below by default"`
}) (*body[statistics.Document], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	by := unit.LevelNation
	if in.By != "" {
		if by, err = unit.ParseLevel(in.By); err != nil {
			return nil, err
		}
	}
	t, err := a.stats.Table(ctx, actor, of, due, by)
	if err != nil {
		return nil, err
	}
	return answer(t.Document(a.ledger.Form()), nil)
}

func (a *API) columns() []column {
	form := a.ledger.Form()
	out := make([]column, 0, len(form.Columns))
	for _, c := range form.Columns {
		out = append(out, column{c.Key, c.Title, c.Type, c.Unit, c.Group})
	}
	return out
}
