package api

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
)

const uploadsPath = "/ledger/{unit}/{week}/uploads"

var (
	// ErrNotInFile: a row is asked for that the workbook does not have. {unit}
	ErrNotInFile = problem.New(problem.Invalid, "api.not_in_file")
	// ErrRowErrors: a row is asked for that has errors. {name}
	ErrRowErrors = problem.New(problem.Invalid, "api.row_errors")
)

func (a *API) registerUploads() {
	operation(a, op{method: http.MethodPost, path: uploadsPath, id: "upload-workbook", tag: "workbooks", status: http.StatusCreated, body: ledger.MaxUpload + 1,
		summary: "Hand in a workbook and see what it would change",
		about: "The body is the file itself: .xlsx, .xls or .csv. Nothing of it is taken until it is imported by its id; what is not imported is forgotten after a day. " +
			"A file that is no ledger is refused with 422 and not kept."}, a.upload)
	operation(a, op{method: http.MethodGet, path: uploadsPath + "/{id}", id: "get-upload", tag: "workbooks", summary: "What a workbook that was handed in would change now"}, a.getUpload)
	operation(a, op{method: http.MethodPost, path: uploadsPath + "/{id}/import", id: "import-upload", tag: "workbooks", summary: "Take rows of a workbook that was handed in",
		about: "Without rows: all that have no errors. A row that somebody has written since its base was read is 409, and nothing is taken. Rows that stand so already are left alone."}, a.importUpload)
}

// UploadPath is the unit, the week and the upload in a path. Its id is random, and as hard to
// guess as a password.
type UploadPath struct {
	UnitWeek
	ID string `path:"id" pattern:"^[A-Z2-7]{26}$" doc:"Of the upload" example:"LBZ4XTMS3ADWJ6WUXXFMEZRSVB"`
}

func (a *API) upload(ctx context.Context, actor access.Actor, in *struct {
	UnitWeek
	File    string `query:"file" required:"true" minLength:"1" maxLength:"200" doc:"Name of the file, with its ending; its town may be read off it" example:"里湖镇台账.xlsx"`
	RawBody []byte `doc:"The workbook"`
}) (*body[preview], error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	if err := actor.Can(access.ImportLedger, of); err != nil {
		return nil, err
	}
	name := ledger.FileName(in.File)
	reading, err := a.read(ctx, actor, of, due, name, in.RawBody)
	if err != nil {
		return nil, err
	}
	u, err := a.ledger.SaveUpload(ctx, actor, of, due, name, in.RawBody)
	if err != nil {
		return nil, err
	}
	return a.previewOf(ctx, actor, u, reading)
}

func (a *API) read(ctx context.Context, actor access.Actor, of unit.Code, due date.Date, name string, content []byte) (*workbook.Reading, error) {
	sheet, err := a.ledger.Sheet(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	return workbook.Read(a.ledger.Form(), sheet.Tree, of, name, content)
}

// kept is an upload of the unit and week in the path, read again.
func (a *API) kept(ctx context.Context, actor access.Actor, in *UploadPath) (ledger.Upload, *workbook.Reading, error) {
	of, due, err := in.parse()
	if err != nil {
		return ledger.Upload{}, nil, err
	}
	u, err := a.ledger.Upload(ctx, actor, in.ID)
	if err != nil {
		return u, nil, err
	}
	if u.Unit != of || u.Week != due {
		return u, nil, ledger.ErrNoUpload
	}
	reading, err := a.read(ctx, actor, of, due, u.File, u.Content)
	return u, reading, err
}

func (a *API) getUpload(ctx context.Context, actor access.Actor, in *UploadPath) (*body[preview], error) {
	u, reading, err := a.kept(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	return a.previewOf(ctx, actor, u, reading)
}

func (a *API) previewOf(ctx context.Context, actor access.Actor, u ledger.Upload, reading *workbook.Reading) (*body[preview], error) {
	p, err := a.preview(ctx, actor, u, reading)
	return answer(p, err)
}

type importRow struct {
	Unit  string            `json:"unit" maxLength:"12" doc:"The village" example:"445281119001"`
	Base  *int32            `json:"base,omitempty" minimum:"-1" maximum:"2147483647" doc:"The version it was looked at, as in the preview" example:"0"`
	Notes map[string]string `json:"notes,omitempty" doc:"Explanations by column key, for its warnings; the file's name stands in where none is given"`
}

type importBody struct {
	Rows   []importRow `json:"rows,omitempty" maxItems:"100000" doc:"Which rows to take; left out: all without errors"`
	Submit bool        `json:"submit,omitempty" doc:"Also seal the towns the rows belong to, with the head the file has; takes the right to submit"`
}

type imported struct {
	Taken     int          `json:"taken" doc:"Rows stored as new versions"`
	Unchanged int          `json:"unchanged" doc:"Rows that stood so already"`
	Sealed    []submission `json:"sealed" doc:"Submissions of towns"`
}

func (a *API) importUpload(ctx context.Context, actor access.Actor, in *struct {
	UploadPath
	Body importBody
}) (*body[imported], error) {
	u, reading, err := a.kept(ctx, actor, &in.UploadPath)
	if err != nil {
		return nil, err
	}
	p, err := a.preview(ctx, actor, u, reading)
	if err != nil {
		return nil, err
	}
	input := ledger.ImportInput{Unit: u.Unit, Week: u.Week, File: u.File, Upload: u.ID, Submit: in.Body.Submit, Head: reading.HeadOf}
	if input.Rows, err = choose(&p, reading, in.Body.Rows); err != nil {
		return nil, err
	}
	if len(input.Rows) == 0 {
		return nil, ledger.ErrNothing
	}
	result, err := a.ledger.Import(ctx, actor, input)
	if err != nil {
		return nil, err
	}
	out := imported{Taken: result.Taken, Unchanged: result.Unchanged, Sealed: []submission{}}
	for i := range result.Sealed {
		out.Sealed = append(out.Sealed, newSubmission(actor, &result.Sealed[i]))
	}
	return answer(out, nil)
}

// choose gives the rows that are asked for; without any, all that have no errors.
func choose(p *preview, reading *workbook.Reading, asked []importRow) ([]ledger.ImportRow, error) {
	at := map[string]int{}
	for i := range p.Rows {
		at[p.Rows[i].Unit] = i
	}
	take := func(i int, notes map[string]string) ledger.ImportRow {
		r := &reading.Rows[i]
		return ledger.ImportRow{Village: r.Village, Values: r.Values, Source: reading.Source(r), Notes: notes}
	}
	var out []ledger.ImportRow
	if asked == nil {
		for i := range p.Rows {
			if len(p.Rows[i].Errors) == 0 {
				out = append(out, take(i, nil))
			}
		}
		return out, nil
	}
	for _, want := range asked {
		i, ok := at[want.Unit]
		if !ok {
			return nil, ErrNotInFile.With("unit", want.Unit)
		}
		delete(at, want.Unit) // asked for twice, it is not there the second time
		r := &p.Rows[i]
		switch {
		case len(r.Errors) > 0:
			return nil, ErrRowErrors.With("name", r.Name)
		case want.Base != nil && *want.Base != ledger.AnyBase && *want.Base != r.Base:
			return nil, ledger.ErrMoved.With("base", *want.Base).With("version", r.Base)
		}
		out = append(out, take(i, want.Notes))
	}
	return out, nil
}
