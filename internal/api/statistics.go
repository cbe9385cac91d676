package api

import (
	"context"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

type column struct {
	Key   string              `json:"key"`
	Title string              `json:"title"`
	Type  campaign.ColumnType `json:"type" enum:"yes_no,count,money"`
	Unit  string              `json:"unit,omitempty"`
	Group string              `json:"group,omitempty"`
}

type figures struct {
	Villages int    `json:"villages" doc:"Villages expected to report, and virtual areas that did"`
	Reported int    `json:"reported"`
	OnTime   int    `json:"on_time"`
	Late     int    `json:"late"`
	Carried  int    `json:"carried"`
	Values   []cell `json:"values" doc:"In the order of the columns: villages with yes, sums, 万元 with two places"`
}

type figuresRow struct {
	Code string `json:"code"`
	Name string `json:"name"`
	figures
}

type table struct {
	Unit    string       `json:"unit"`
	Week    string       `json:"week"`
	Columns []column     `json:"columns"`
	Rows    []figuresRow `json:"rows"`
	Total   figures      `json:"total"`
}

func (a *API) registerStatistics() {
	operation(a, http.MethodGet, "/statistics/{unit}/{week}", "statistics", "Sums of a unit by the units below it", a.statistics)
}

func (a *API) statistics(ctx context.Context, actor access.Actor, in *struct {
	at
	By string `query:"by" enum:"city,county,town,village" doc:"Level of the rows; the next one below by default"`
}) (*body[table], error) {
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
	out := table{Unit: of.String(), Week: due.String(), Columns: a.columns(), Rows: make([]figuresRow, 0, len(t.Rows)), Total: a.figures(t.Total.Now)}
	for i := range t.Rows {
		r := &t.Rows[i]
		out.Rows = append(out.Rows, figuresRow{r.Unit.Code.String(), t.Tree.ShortName(r.Unit.Code), a.figures(r.Now)})
	}
	return answer(out, nil)
}

func (a *API) columns() []column {
	form := a.ledger.Form()
	out := make([]column, 0, len(form.Columns))
	for _, c := range form.Columns {
		out = append(out, column{c.Key, c.Title, c.Type, c.Unit, c.Group})
	}
	return out
}

func (a *API) figures(f ledger.Figures) figures {
	out := figures{f.Villages, f.Reported, f.OnTime, f.Late, f.Carried, make([]cell, len(f.Sums))}
	for i, n := range f.Sums {
		out.Values[i] = sumOf(&a.ledger.Form().Columns[i], n)
	}
	return out
}

func sumOf(col *campaign.Column, n int64) cell {
	if col.Type == campaign.Money {
		return cell(ledger.FormatMoney(n))
	}
	return cell(strconv.FormatInt(n, 10))
}
