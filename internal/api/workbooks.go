package api

import (
	"bytes"
	"context"
	"io"
	"mime"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
)

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

type ledgerRow struct {
	Unit    string       `json:"unit"`
	Name    string       `json:"name"`
	State   ledger.State `json:"state" enum:"not_due,waived,on_time,late,missing,returned"`
	Values  cells        `json:"values"`
	Changed []string     `json:"changed" doc:"Keys of the columns that differ from the earlier submission"`
	Carried bool         `json:"carried,omitempty" doc:"Not reported; its last figures were carried along"`
}

type missing struct {
	Code string `json:"code"`
	Name string `json:"name"`
	Town string `json:"town"`
}

// consolidated is annex 2 of a unit: what its towns have sealed.
type consolidated struct {
	Unit    string      `json:"unit"`
	Week    string      `json:"week"`
	Since   string      `json:"since,omitempty" doc:"The week it is compared with; none: each village's last submission"`
	Head    head        `json:"head"`
	Rows    []ledgerRow `json:"rows" doc:"In code order"`
	Missing []missing   `json:"missing" doc:"Villages expected and not in it"`
	Changed int         `json:"changed_cells"`
}

// file is a download.
type file struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

func newFile(name string, write func(io.Writer) error) (*file, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, err
	}
	return &file{xlsx, mime.FormatMediaType("attachment", map[string]string{"filename": name}), b.Bytes()}, nil
}

func (a *API) registerWorkbooks() {
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/consolidated", id: "consolidated", tag: "workbooks", summary: "The consolidated ledger of a unit: what its towns have sealed",
		about: "With the cells that changed since each village's last submission, or since a week that is named."}, a.consolidated)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/consolidated.xlsx", id: "consolidated-workbook", tag: "workbooks", gives: xlsx,
		summary: "The consolidated ledger in the form of annex 2, changed cells in yellow fill and red text"}, a.consolidatedFile)
	operation(a, op{method: http.MethodGet, path: "/ledger/{unit}/{week}/prefilled.xlsx", id: "prefilled-workbook", tag: "workbooks", gives: xlsx,
		summary: "The form with the figures as they stand, to be filled in and uploaded again"}, a.prefilledFile)
	a.registerUploads()
}

type sinceInput struct {
	UnitWeek
	Since string `query:"since" maxLength:"10" doc:"Compare with this week instead of each village's last submission" example:"2024-03-22"`
}

func (a *API) consolidate(ctx context.Context, actor access.Actor, in *sinceInput) (ledger.Ledger, error) {
	of, due, err := in.parse()
	if err != nil {
		return ledger.Ledger{}, err
	}
	since, err := dayOr(in.Since, date.Date{})
	if err != nil {
		return ledger.Ledger{}, err
	}
	return a.ledger.Consolidated(ctx, actor, of, due, since)
}

func (a *API) consolidated(ctx context.Context, actor access.Actor, in *sinceInput) (*body[consolidated], error) {
	l, err := a.consolidate(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	out := consolidated{Unit: l.Unit.Code.String(), Week: l.Week.Due.String(), Since: l.Since.String(), Head: newHead(actor, l.Unit.Code, l.Head),
		Rows: []ledgerRow{}, Missing: []missing{}, Changed: l.Changed}
	for i := range l.Rows {
		r := &l.Rows[i]
		if r.Values == nil {
			continue
		}
		out.Rows = append(out.Rows, ledgerRow{r.Village.Code.String(), l.Tree.ShortName(r.Village.Code), r.State, a.cells(r.Values), a.keys(r.Changed), r.Carried})
	}
	for _, v := range l.Missing {
		out.Missing = append(out.Missing, missing{v.Code.String(), l.Tree.ShortName(v.Code), townName(l.Tree, v.Code)})
	}
	return answer(out, nil)
}

func townName(tree *unit.Tree, village unit.Code) string {
	town, _ := tree.Unit(village.At(unit.LevelTown))
	return town.Name
}

func (a *API) consolidatedFile(ctx context.Context, actor access.Actor, in *sinceInput) (*file, error) {
	l, err := a.consolidate(ctx, actor, in)
	if err != nil {
		return nil, err
	}
	l.Head.Phone = actor.Phone(l.Unit.Code, l.Head.Phone)
	return newFile(l.Tree.ShortName(l.Unit.Code)+a.ledger.Form().Title+l.Week.Due.String()+".xlsx",
		func(w io.Writer) error { return workbook.Write(w, a.ledger.Form(), workbook.Of(&l)) })
}

func (a *API) prefilledFile(ctx context.Context, actor access.Actor, in *UnitWeek) (*file, error) {
	of, due, err := in.parse()
	if err != nil {
		return nil, err
	}
	l, err := a.ledger.Prefilled(ctx, actor, of, due)
	if err != nil {
		return nil, err
	}
	l.Head.FilledOn = due
	if !actor.May(access.SeePhone, of) || !access.Readable(l.Head.Phone) {
		l.Head.Phone = "" // to be filled in, not to be read back with its middle gone
	}
	return newFile(l.Tree.ShortName(of)+a.ledger.Form().Title+"（预填）"+due.String()+".xlsx",
		func(w io.Writer) error { return workbook.Write(w, a.ledger.Form(), workbook.ToFill(&l)) })
}
