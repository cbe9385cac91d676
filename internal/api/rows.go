package api

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"time"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
)

// row is a village's row of a week.
type row struct {
	Unit     string            `json:"unit" example:"445281119001"`
	Name     string            `json:"name"`
	Week     string            `json:"week" example:"2024-03-29"`
	State    ledger.State      `json:"state" enum:"not_due,waived,on_time,late,missing,returned"`
	Version  int32             `json:"version" doc:"Latest version; 0 for none. Send it as base when reporting."`
	Values   cells             `json:"values" nullable:"true" doc:"Latest version, by column key; null for none"`
	Sealed   cells             `json:"sealed" nullable:"true" doc:"What the town last submitted; null for none"`
	Last     cells             `json:"last" nullable:"true" doc:"The last report before this week; null for none"`
	LastWeek string            `json:"last_week,omitempty"`
	Changed  []string          `json:"changed" doc:"Keys of the columns that differ from the last report"`
	Draft    map[string]string `json:"draft,omitempty" doc:"What is typed and not reported, as typed; only for who may report the row"`
	Notes    map[string]string `json:"notes,omitempty" doc:"Explanations by column key"`
	Findings []finding         `json:"findings" doc:"What the row with its draft still has to answer for"`
	Virtual  bool              `json:"virtual,omitempty" doc:"Never expected to report"`
	Carried  bool              `json:"carried,omitempty" doc:"The sealed row was carried along, not reported"`
	Locked   bool              `json:"locked" doc:"The county has locked the week"`
	Deadline time.Time         `json:"deadline" doc:"With extensions"`
	Reason   string            `json:"reason,omitempty" doc:"Why it was returned"`
}

func (a *API) row(v *ledger.RowView, tree *unit.Tree, week string) row {
	out := row{Unit: v.Village.Code.String(), Name: tree.ShortName(v.Village.Code), Week: week, State: v.State, Version: v.Chain.Version,
		Values: a.cells(v.Values), Sealed: a.cells(v.Sealed), Last: a.cells(v.Last), LastWeek: v.LastWeek.String(), Changed: []string{},
		Notes: v.Notes, Findings: a.findings(v.Findings), Virtual: v.Village.Kind == unit.Virtual, Carried: v.Carried, Locked: v.Locked, Deadline: v.Due.Deadline}
	for i := range a.ledger.Form().Columns {
		if v.Values != nil && v.Last != nil && v.Values[i] != v.Last[i] {
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

// Based is the version that was read; nothing stands for whatever there is now. It is a pointer
// because 0, "none yet", is something else than nothing. Exported, since only so does the
// description see what is embedded.
type Based struct {
	Base *int32 `json:"base,omitempty" minimum:"-1" maximum:"2147483647" doc:"The version it was read at, 0 for none yet; -1, or nothing, for whatever stands" example:"2"`
}

func (b Based) version() int32 {
	if b.Base == nil {
		return ledger.AnyBase
	}
	return *b.Base
}

// report is a row to be reported.
type report struct {
	Based
	Values    cells             `json:"values,omitempty" doc:"Cells by column key; those left out stay as they are with their notes, or as last reported" example:"{\"planted_trees\": 1318, \"invested_funds\": 5.76, \"plan_made\": true}"`
	Notes     map[string]string `json:"notes,omitempty" doc:"Explanations by column key" example:"{\"invested_funds\": \"上周误填\"}"`
	Unchanged bool              `json:"unchanged,omitempty" doc:"Nothing changed since the last report; values are not looked at"`
}

// reported is what a report came to.
type reported struct {
	Unit    string        `json:"unit"`
	Week    string        `json:"week"`
	Version int32         `json:"version" doc:"The version that stands now"`
	Status  ledger.Status `json:"status" enum:"reported,carried,returned,sealed,reopened"`
	At      time.Time     `json:"at"`
	Actor   string        `json:"actor"`
}

func (a *API) registerRows() {
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/rows", id: "list-rows", tag: "rows", summary: "The rows of all villages of a unit, in code order"}, a.listRows)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/row", id: "get-row", tag: "rows", summary: "A village's row"}, a.getRow)
	operation(a, op{method: http.MethodPut, path: "/ledger/{unit}/{week}/row", id: "report-row", tag: "rows", summary: "Report a village's row",
		about: "Stored as its next version, durably, before the answer. Errors, and warnings without a note, are 422 with findings, and nothing is stored."}, a.reportRow)
	operation(a, op{method: http.MethodPut, path: "/ledger/{unit}/{week}/draft", id: "save-draft", tag: "rows", summary: "Keep what is typed, without reporting",
		about: "Cells are laid over the draft one by one, right or wrong; a village's draft is one for all who may report it."}, a.saveDraft)
	operation(a, op{method: http.MethodDelete, path: "/ledger/{unit}/{week}/draft", id: "drop-draft", tag: "rows", status: http.StatusNoContent, summary: "Discard what is typed"}, a.dropDraft)
}

func (a *API) listRows(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[[]row], error) {
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

func (a *API) getRow(ctx context.Context, actor access.Actor, in *UnitWeek) (*body[row], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	return a.oneRow(ctx, actor, of, due)
}

func (a *API) oneRow(ctx context.Context, actor access.Actor, village unit.Code, due date.Date) (*body[row], error) {
	sheet, err := a.ledger.Sheet(ctx, actor, village, due)
	if err != nil {
		return nil, err
	}
	v, err := a.ledger.Row(ctx, actor, village, due)
	if err != nil {
		return nil, err
	}
	return answer(a.row(&v, sheet.Tree, due.String()), nil)
}

func (a *API) reportRow(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Body report
}) (*body[reported], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	input := ledger.ReportInput{Unit: of, Week: due, Base: in.Body.version(), Notes: in.Body.Notes, Unchanged: in.Body.Unchanged, Source: ledger.Source{Kind: ledger.ByAPI}}
	columns := len(a.ledger.Form().Columns)
	if in.Body.Unchanged || len(in.Body.Values) >= columns {
		if !in.Body.Unchanged {
			if input.Values, err = a.values(in.Body.Values, ledger.NewValues(columns)); err != nil {
				return nil, err
			}
		}
		r, err := a.ledger.Report(ctx, actor, input)
		return answer(newReported(&r), err)
	}
	return a.reportPart(ctx, actor, input, in.Body.Values)
}

// reportPart lays some cells over the row as it stands. It reports on the very version they were
// laid over, so that what somebody else writes at the same moment is not undone.
func (a *API) reportPart(ctx context.Context, actor access.Actor, input ledger.ReportInput, part cells) (*body[reported], error) {
	if err := actor.Can(access.ReportRow, input.Unit); err != nil {
		return nil, err
	}
	const tries = 5
	asked, notes := input.Base, input.Notes
	for try := 1; ; try++ {
		v, err := a.ledger.Row(ctx, actor, input.Unit, input.Week)
		if err != nil {
			return nil, err
		}
		over := v.Values
		switch {
		case over != nil:
		case v.Last != nil:
			over = v.Last
		default:
			over = ledger.NewValues(len(a.ledger.Form().Columns))
		}
		if input.Values, err = a.values(part, over); err != nil {
			return nil, err
		}
		if asked == ledger.AnyBase {
			input.Base = v.Chain.Version
		}
		input.Notes = notesOver(v.Latest, part, notes)
		r, err := a.ledger.Report(ctx, actor, input)
		if errors.Is(err, ledger.ErrMoved) && asked == ledger.AnyBase && try < tries {
			continue
		}
		return answer(newReported(&r), err)
	}
}

// notesOver are the notes that are sent, and those of the version that stands for cells that are
// not sent.
func notesOver(latest *ledger.RowVersion, part cells, sent map[string]string) map[string]string {
	if latest == nil {
		return sent
	}
	out := map[string]string{}
	for key, note := range latest.Notes {
		if _, touched := part[key]; !touched {
			out[key] = note
		}
	}
	maps.Copy(out, sent)
	return out
}

func newReported(r *ledger.RowVersion) reported {
	return reported{r.Unit.String(), r.Week.String(), r.Version, r.Status, r.At, r.Actor}
}

func (a *API) saveDraft(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	Body struct {
		Based
		Inputs map[string]string `json:"inputs,omitempty" doc:"By column key, as typed, right or wrong" example:"{\"planted_trees\": \"1318株\"}"`
		Notes  map[string]string `json:"notes,omitempty" doc:"By column key; an empty note is taken back"`
	}
}) (*body[row], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	if _, err := a.ledger.SaveDraft(ctx, actor, ledger.DraftInput{Unit: of, Week: due, Base: in.Body.version(), Inputs: in.Body.Inputs, Notes: in.Body.Notes}); err != nil {
		return nil, err
	}
	return a.oneRow(ctx, actor, of, due)
}

func (a *API) dropDraft(ctx context.Context, actor access.Actor, in *UnitWeek) (*struct{}, error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	return nil, a.ledger.DropDraft(ctx, actor, of, due)
}
