package api

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

type derivedRow struct {
	Unit   string `json:"unit" example:"445281001202"`
	Week   string `json:"week" example:"2024-03-29"`
	Values cells  `json:"values" nullable:"true" doc:"What the records say of each column, null where they say nothing; null for nothing at all"`
}

type counted struct {
	Record
	Late bool `json:"late" doc:"Had happened for an earlier week and was entered after that one's deadline"`
	New  bool `json:"new" doc:"Counts for the first time in this week"`
}

type derivedCell struct {
	Unit    string    `json:"unit" example:"445281001202"`
	Week    string    `json:"week" example:"2024-03-29"`
	Column  string    `json:"column" example:"planted_trees"`
	Value   cell      `json:"value"`
	Records []counted `json:"records" doc:"As they count in that week, the latest day first; none for a column that is typed"`
}

func (a *API) registerDerived() {
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/derived", id: "derived-row", tag: "records", summary: "What the records say of a village's row",
		about: "What had happened by the week's day and was entered by its deadline counts; what is entered later counts in the next week."}, a.derivedRow)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/derived/{column}", id: "derived-cell", tag: "records", summary: "What the records say of a village's cell, and which they are"}, a.derivedCell)
}

// derived is what the records say of a village that there is in a week that there is.
func (a *API) derived(ctx context.Context, actor access.Actor, in *UnitWeek) (unit.Code, date.Date, ledger.Values, error) {
	of, due, err := in.parse()
	if err != nil {
		return 0, due, nil, err
	}
	if _, err := a.ledger.Row(ctx, actor, of, due); err != nil {
		return 0, due, nil, err
	}
	if err := actor.Can(access.ReadRecords, of); err != nil {
		return 0, due, nil, err
	}
	return of, due, a.records.Derived(of, due), nil
}

func (a *API) derivedRow(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[derivedRow], error) {
	of, due, values, err := a.derived(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	return answer(derivedRow{of.String(), due.String(), a.cells(values)}, nil)
}

func (a *API) derivedCell(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Column string `path:"column" maxLength:"60" doc:"Key of the column" example:"planted_trees"`
}) (*body[derivedCell], error) {
	of, due, values, err := a.derived(ctx, actor, &in.UnitWeek)
	if err != nil {
		return nil, err
	}
	i, ok := a.ledger.Form().ColumnIndex(in.Column)
	if !ok {
		return nil, ledger.ErrColumn.With("column", clip(in.Column))
	}
	list, err := a.records.Behind(ctx, actor, of, due, i)
	if err != nil {
		return nil, err
	}
	out := derivedCell{Unit: of.String(), Week: due.String(), Column: in.Column, Value: cell("null"), Records: []counted{}}
	if values != nil {
		out.Value = cellOf(&a.ledger.Form().Columns[i], values[i])
	}
	tree := a.records.Tree(a.records.Today())
	for j := range list {
		out.Records = append(out.Records, counted{a.record(tree, &list[j].Version), list[j].Late, list[j].New})
	}
	return answer(out, nil)
}
