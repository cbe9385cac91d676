package api

import (
	"context"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// row is a village's row of a week.
type row struct {
	Unit     string            `json:"unit"`
	Name     string            `json:"name"`
	Week     string            `json:"week"`
	State    ledger.State      `json:"state" enum:"not_due,waived,on_time,late,missing,returned"`
	Version  int32             `json:"version" doc:"Latest version; 0 for none. Send it as base when reporting."`
	Values   cells             `json:"values" doc:"Latest version; null for none"`
	Sealed   cells             `json:"sealed" doc:"What the town last submitted; null for none"`
	Last     cells             `json:"last" doc:"The last report before this week; null for none"`
	LastWeek string            `json:"last_week,omitempty"`
	Changed  []string          `json:"changed" doc:"Keys of the columns that differ from the last report"`
	Draft    map[string]string `json:"draft,omitempty" doc:"What is typed and not reported, as typed"`
	Notes    map[string]string `json:"notes,omitempty" doc:"Explanations by column key"`
	Findings []finding         `json:"findings" doc:"What the row with its draft still has to answer for"`
	Virtual  bool              `json:"virtual,omitempty"`
	Carried  bool              `json:"carried,omitempty" doc:"The sealed row was carried along, not reported"`
	Locked   bool              `json:"locked"`
	Deadline time.Time         `json:"deadline" doc:"With extensions"`
	Reason   string            `json:"reason,omitempty" doc:"Why it was returned"`
}

func (a *API) row(v *ledger.RowView, tree *unit.Tree, week string) row {
	out := row{Unit: v.Village.Code.String(), Name: tree.ShortName(v.Village.Code), Week: week, State: v.State, Version: v.Chain.Version,
		Values: a.cells(v.Values), Sealed: a.cells(v.Sealed), Last: a.cells(v.Last), LastWeek: v.LastWeek.String(), Changed: []string{},
		Notes: v.Notes, Findings: a.findings(v.Findings), Virtual: v.Village.Kind == unit.Virtual, Carried: v.Carried, Locked: v.Locked, Deadline: v.Due.Deadline}
	for i := range a.ledger.Form().Columns {
		if v.Values != nil && v.Changed(i) {
			out.Changed = append(out.Changed, a.ledger.Form().Columns[i].Key)
		}
	}
	if v.Draft != nil {
		out.Draft = v.Draft.Inputs
	}
	if v.Latest != nil {
		out.Reason = v.Latest.Reason
	}
	return out
}

// report is a row to be reported.
type report struct {
	Base      int32             `json:"base,omitempty" default:"-1" doc:"The version it was read at; -1 for whatever stands"`
	Values    cells             `json:"values,omitempty" doc:"Cells by column key; those left out stay as they are, or as last reported"`
	Notes     map[string]string `json:"notes,omitempty" doc:"Explanations by column key"`
	Unchanged bool              `json:"unchanged,omitempty" doc:"Nothing changed since the last report"`
}

// reported is what a report came to.
type reported struct {
	Unit    string        `json:"unit"`
	Week    string        `json:"week"`
	Version int32         `json:"version"`
	Status  ledger.Status `json:"status"`
	At      time.Time     `json:"at"`
	Actor   string        `json:"actor"`
}

func (a *API) registerRows() {
	operation(a, http.MethodGet, "/ledger/{unit}/{week}/rows", "list-rows", "The rows of all villages of a unit", a.listRows)
	operation(a, http.MethodPut, "/ledger/{unit}/{week}/row", "report-row", "Report a village's row; stored durably before the answer", a.reportRow)
	operation(a, http.MethodPut, "/ledger/{unit}/{week}/draft", "save-draft", "Keep what is typed, without reporting", a.saveDraft)
	operation(a, http.MethodDelete, "/ledger/{unit}/{week}/draft", "drop-draft", "Discard what is typed", a.dropDraft)
	operation(a, http.MethodPost, "/ledger/{unit}/{week}/return", "return", "Return a village's row, or a town's week, with a reason", a.returnUnit)
}

func (a *API) listRows(ctx context.Context, actor access.Actor, in *at) (*body[[]row], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	sheet, err := a.ledger.Sheet(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	views, err := a.ledger.Rows(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	out := make([]row, 0, len(views))
	for i := range views {
		out = append(out, a.row(&views[i], sheet.Tree, due.String()))
	}
	return answer(out, nil)
}

func (a *API) reportRow(ctx context.Context, actor access.Actor, in *struct {
	at
	Body report
}) (*body[reported], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	input := ledger.ReportInput{Unit: of, Week: due, Base: in.Body.Base, Notes: in.Body.Notes, Unchanged: in.Body.Unchanged, Source: ledger.Source{Kind: ledger.ByAPI}}
	if !in.Body.Unchanged {
		start := ledger.NewValues(len(a.ledger.Form().Columns))
		if len(in.Body.Values) < len(start) {
			if start, err = a.ledger.Standing(ctx, actor, of, due); err != nil {
				return nil, err
			}
		}
		if input.Values, err = a.values(in.Body.Values, start); err != nil {
			return nil, err
		}
	}
	r, err := a.ledger.Report(ctx, actor, input)
	return answer(reported{r.Unit.String(), r.Week.String(), r.Version, r.Status, r.At, r.Actor}, err)
}

func (a *API) saveDraft(ctx context.Context, actor access.Actor, in *struct {
	at
	Body struct {
		Base   int32             `json:"base,omitempty" default:"-1" doc:"The row version it is typed over; -1 for whatever stands"`
		Inputs map[string]string `json:"inputs,omitempty" doc:"By column key, as typed, right or wrong"`
		Notes  map[string]string `json:"notes,omitempty" doc:"By column key; an empty note is taken back"`
	}
}) (*body[row], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	if _, err := a.ledger.SaveDraft(ctx, actor, ledger.DraftInput{Unit: of, Week: due, Base: in.Body.Base, Inputs: in.Body.Inputs, Notes: in.Body.Notes}); err != nil {
		return nil, err
	}
	sheet, err := a.ledger.Sheet(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	v, err := a.ledger.Row(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	return answer(a.row(&v, sheet.Tree, due.String()), nil)
}

func (a *API) dropDraft(ctx context.Context, actor access.Actor, in *at) (*struct{}, error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	return nil, a.ledger.DropDraft(ctx, actor, of, due)
}

func (a *API) returnUnit(ctx context.Context, actor access.Actor, in *struct {
	at
	Body struct {
		Reason string    `json:"reason" minLength:"1"`
		Cells  []string  `json:"cells,omitempty" doc:"Keys of the columns it is about"`
		Due    time.Time `json:"due,omitempty" doc:"By when it is wanted again"`
	}
}) (*body[reported], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	input := ledger.ReturnInput{Unit: of, Week: due, Reason: in.Body.Reason, Cells: in.Body.Cells, Due: in.Body.Due}
	if of.Level() == unit.LevelVillage {
		r, err := a.ledger.Return(ctx, actor, input)
		return answer(reported{of.String(), due.String(), r.Version, r.Status, r.At, r.Actor}, err)
	}
	s, err := a.ledger.ReturnTown(ctx, actor, input)
	return answer(reported{of.String(), due.String(), s.Version, s.Status, s.At, s.Actor}, err)
}
