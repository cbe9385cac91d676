package api

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

type cellChange struct {
	Week     string            `json:"week"`
	Version  int32             `json:"version"`
	Status   ledger.Status     `json:"status" enum:"reported,carried,returned"`
	From     cell              `json:"from"`
	To       cell              `json:"to"`
	Actor    string            `json:"actor"`
	At       time.Time         `json:"at"`
	OnBehalf bool              `json:"on_behalf" doc:"Entered by somebody above the village"`
	By       ledger.SourceKind `json:"by" enum:"form,grid,workbook,api" doc:"By which door"`
	File     string            `json:"file,omitempty" doc:"Of a workbook" example:"里湖镇台账.xlsx"`
	Sheet    string            `json:"sheet,omitempty" doc:"Of a workbook"`
	Cell     string            `json:"cell,omitempty" doc:"A1 reference in the sheet" example:"N12"`
	Note     string            `json:"note,omitempty" doc:"The explanation that came with it"`
	Reason   string            `json:"reason,omitempty" doc:"Why the row was returned"`
}

type rowVersion struct {
	Version   int32             `json:"version"`
	Status    ledger.Status     `json:"status" enum:"reported,carried,returned"`
	Values    cells             `json:"values"`
	Unchanged bool              `json:"unchanged"`
	OnBehalf  bool              `json:"on_behalf"`
	Notes     map[string]string `json:"notes,omitempty"`
	By        ledger.SourceKind `json:"by" enum:"form,grid,workbook,api"`
	File      string            `json:"file,omitempty"`
	Reason    string            `json:"reason,omitempty"`
	Actor     string            `json:"actor"`
	At        time.Time         `json:"at"`
}

type diff struct {
	Unit   string `json:"unit"`
	Name   string `json:"name"`
	Column string `json:"column"`
	From   cell   `json:"from"`
	To     cell   `json:"to"`
}

type comparison struct {
	Unit    string   `json:"unit"`
	Diffs   []diff   `json:"diffs"`
	Added   []string `json:"added" doc:"Villages only in b"`
	Removed []string `json:"removed" doc:"Villages only in a"`
}

func (a *API) registerHistory() {
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/history/{column}", id: "cell-history", tag: "history", summary: "How a village's cell came to its value, newest first"}, a.cellHistory)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/versions", id: "row-versions", tag: "history", summary: "Every version of a village's row of the week, oldest first"}, a.rowVersions)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/compare", id: "compare", tag: "history", summary: "What differs between two submissions"}, a.compare)
}

func (a *API) cellHistory(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Column string `path:"column" maxLength:"60" doc:"Key of the column" example:"planted_trees"`
}) (*body[[]cellChange], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	changes, err := a.ledger.CellHistory(ctx, actor, of, in.Column, due)
	if err != nil {
		return nil, err
	}
	col, _ := a.ledger.Form().Column(in.Column) // it is there, or CellHistory had said so
	out := make([]cellChange, 0, len(changes))
	for _, c := range changes {
		out = append(out, cellChange{c.Week.String(), c.Version, c.Status, cellOf(&col, c.From), cellOf(&col, c.To), c.Actor, c.At, c.OnBehalf,
			c.Source.Kind, c.Source.File, c.Source.Sheet, c.Cell, c.Note, c.Reason})
	}
	return answer(out, nil)
}

func (a *API) rowVersions(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[[]rowVersion], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	versions, err := a.ledger.RowHistory(ctx, actor, of, due)
	out := make([]rowVersion, 0, len(versions))
	for _, v := range versions {
		out = append(out, rowVersion{v.Version, v.Status, a.cells(v.Values), v.Unchanged, v.OnBehalf, v.Notes, v.Source.Kind, v.Source.File, v.Reason, v.Actor, v.At})
	}
	return answer(out, err)
}

func (a *API) compare(ctx context.Context, actor access.Actor, in *struct {
	UnitPath
	A string `query:"a" required:"true" maxLength:"22" doc:"A week: what the unit's towns have last sealed; or week:version of a town's or county's submission" example:"2024-03-22"`
	B string `query:"b" required:"true" maxLength:"22" doc:"As a; what differs is told from a to b" example:"2024-03-29:2"`
}) (*body[comparison], error) {
	of, err := unit.ParseCode(in.Unit)
	if err != nil {
		return nil, err
	}
	from, err := parseRef(in.A)
	if err != nil {
		return nil, err
	}
	to, err := parseRef(in.B)
	if err != nil {
		return nil, err
	}
	c, err := a.ledger.Compare(ctx, actor, of, from, to)
	if err != nil {
		return nil, err
	}
	sheet, err := a.ledger.Sheet(ctx, actor, of, to.Week)
	if err != nil {
		return nil, err
	}
	out := comparison{Unit: of.String(), Diffs: []diff{}, Added: []string{}, Removed: []string{}}
	for _, d := range c.Diffs {
		col := &a.ledger.Form().Columns[d.Column]
		out.Diffs = append(out.Diffs, diff{d.Village.String(), sheet.Tree.ShortName(d.Village), col.Key, cellOf(col, d.From), cellOf(col, d.To)})
	}
	for _, v := range c.Added {
		out.Added = append(out.Added, v.String())
	}
	for _, v := range c.Removed {
		out.Removed = append(out.Removed, v.String())
	}
	return answer(out, nil)
}

func parseRef(text string) (ledger.Ref, error) {
	day, version, ok := strings.Cut(text, ":")
	week, err := parseDay(day)
	if err != nil {
		return ledger.Ref{}, err
	}
	if !ok {
		return ledger.Ref{Week: week}, nil
	}
	n, err := strconv.ParseInt(version, 10, 32)
	if err != nil || n < 1 {
		return ledger.Ref{}, ErrDay.With("value", text)
	}
	return ledger.Ref{Week: week, Version: int32(n)}, nil
}
