package ledgerweb

import (
	"context"
	"fmt"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// preview is what a workbook would change, before any of it is taken.
type preview struct {
	place
	Upload   ledger.Upload
	Reading  *workbook.Reading
	Rows     []previewRow // in the order of the file
	Blank    []string     // villages named in the file with nothing behind them
	Absent   []string     // ordinary villages that the file does not name
	Loose    []workbook.Finding
	Stale    int  // rows that somebody wrote since the preview was made
	MayDraft bool // rows with errors can be kept as drafts
}

// previewRow is a village's row of the file against the row as it stands.
type previewRow struct {
	Village unit.Code
	Code    string
	Name    string
	Town    string // named when the file is for more than one
	Base    int32
	Changes []previewCell
	Faults  []workbook.Finding
	Asked   []previewCell      // warnings at cells that stay as they are
	Hints   []workbook.Finding // what was odd about the row and does not keep it out
	Same    bool               // stands so already
	Draft   bool               // somebody has typed in it without reporting
	Moved   bool
	Back    bool // given back, and in the file as it was before
	Taken   bool // ticked
	read    *workbook.Row
}

// previewCell is one cell that would change, or that needs a word.
type previewCell struct {
	Key, Column, Cell string
	From, To          string
	Warning           string
	Note              string
}

// preview shows what a kept workbook would change.
func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	pv, err := p.previewOf(r)
	if err != nil {
		return err
	}
	return p.renderPreview(w, r, pv, http.StatusOK)
}

func (p *Pages) renderPreview(w http.ResponseWriter, r *http.Request, pv *preview, status int) error {
	page := web.Page{Title: "核对表格", Sub: fmt.Sprintf("%s · 第 %d 报告周 · 《%s》", pv.name(), pv.sheet.Week.No, pv.Upload.File), Shape: web.Desk,
		Section: "ledger", Status: status,
		Crumbs: []ui.Crumb{{Label: pv.name(), Href: pv.url("")}, {Label: "上传表格", Href: pv.url("/upload")}, {Label: "核对"}}}
	return web.Render(w, r, page, previewBody(pv))
}

// previewOf reads the kept workbook again and holds it against the rows as they stand now.
func (p *Pages) previewOf(r *http.Request) (*preview, error) {
	pl, err := p.at(r)
	if err != nil {
		return nil, err
	}
	u, err := p.ledger.Upload(r.Context(), pl.actor, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if u.Unit != pl.unit.Code || u.Week != pl.sheet.Week.Due {
		return nil, ledger.ErrNoUpload
	}
	pv := &preview{place: pl, Upload: u, MayDraft: pl.actor.May(access.ReportRow, pl.unit.Code)}
	if pv.Reading, err = workbook.Read(pl.form, pl.sheet.Tree, pl.unit.Code, u.File, u.Content); err != nil {
		return nil, err
	}
	return pv, p.fillPreview(r.Context(), pv)
}

func (p *Pages) fillPreview(ctx context.Context, pv *preview) error {
	views, err := p.ledger.Rows(ctx, pv.actor, pv.unit.Code, pv.sheet.Week.Due)
	if err != nil {
		return err
	}
	standing := make(map[unit.Code]*ledger.RowView, len(views))
	for i := range views {
		standing[views[i].Village.Code] = &views[i]
	}
	faults := map[unit.Code][]workbook.Finding{}
	for _, f := range pv.Reading.Findings {
		if _, ours := standing[f.Village]; ours && f.Village != 0 {
			faults[f.Village] = append(faults[f.Village], f)
		} else {
			pv.Loose = append(pv.Loose, f)
		}
	}
	for i := range pv.Reading.Rows {
		row := &pv.Reading.Rows[i]
		pv.Rows = append(pv.Rows, p.previewRow(pv, row, standing[row.Village], faults[row.Village]))
		delete(standing, row.Village)
		delete(faults, row.Village)
	}
	for _, left := range faults {
		pv.Loose = append(pv.Loose, left...)
	}
	for _, code := range pv.Reading.Unreported {
		pv.Blank = append(pv.Blank, pv.sheet.Tree.ShortName(code))
		delete(standing, code)
	}
	for i := range views {
		if v := standing[views[i].Village.Code]; v != nil && !virtual(v.Village) {
			pv.Absent = append(pv.Absent, pv.sheet.Tree.ShortName(v.Village.Code))
		}
	}
	return nil
}

// previewRow holds one row of the file against the village's row.
func (p *Pages) previewRow(pv *preview, read *workbook.Row, v *ledger.RowView, faults []workbook.Finding) previewRow {
	row := previewRow{Village: read.Village, Code: read.Village.String(), Name: pv.sheet.Tree.ShortName(read.Village), Base: v.Chain.Version,
		Draft: drafted(v), read: read}
	if pv.unit.Level() != unit.LevelTown {
		row.Town = pv.sheet.Tree.ShortName(read.Village.At(unit.LevelTown))
	}
	wrong := map[string]bool{}
	for _, f := range faults {
		if f.Severity == ledger.Error {
			row.Faults = append(row.Faults, f)
			wrong[f.Column] = true
		} else {
			row.Hints = append(row.Hints, f)
		}
	}
	before := v.Values
	if before == nil {
		before = v.Last
	}
	warned := p.warnings(pv, &row, v.Last, wrong)
	same := v.Chain.Status == ledger.Reported
	for i := range pv.form.Columns {
		col := &pv.form.Columns[i]
		if wrong[col.Title] {
			same = false
			continue
		}
		c := previewCell{Key: col.Key, Column: col.Short, Cell: read.Cell(i), To: ledger.Exact(col, read.Values[i]), Warning: warned[col.Key]}
		if c.Warning != "" {
			c.Note = "据表格《" + pv.Upload.File + "》"
		}
		was := ledger.Empty
		if before != nil {
			was = before[i]
		}
		c.From = ledger.Exact(col, was)
		switch {
		case was != read.Values[i]:
			row.Changes, same = append(row.Changes, c), false
		case c.Warning != "":
			row.Asked = append(row.Asked, c)
		}
	}
	row.Same = same
	row.Back = v.Chain.Status == ledger.Returned && len(row.Changes) == 0 && len(row.Faults) == 0
	row.Taken = !same && !row.Back && len(row.Faults) == 0
	return row
}

// warnings are the sentences about cells that need a word, by column key. Errors between
// columns join the row's faults.
func (p *Pages) warnings(pv *preview, row *previewRow, last ledger.Values, wrong map[string]bool) map[string]string {
	out := map[string]string{}
	for _, f := range p.ledger.Open(row.read.Values, last) {
		col := &pv.form.Columns[f.Column]
		switch {
		case wrong[col.Title]:
		case f.Severity == ledger.Warning:
			out[col.Key] = f.Message()
		default:
			row.Faults = append(row.Faults, workbook.Finding{Sheet: row.read.Sheet, Cell: row.read.Cell(f.Column), Column: col.Title,
				Severity: f.Severity, Code: f.Code, Message: f.Message(), Value: f.Value, Village: row.Village})
			wrong[col.Title] = true
		}
	}
	return out
}

// tally counts what the preview says on its first line.
type tally struct{ rows, cells, faulty, same int }

func (pv *preview) tally() tally {
	var t tally
	for i := range pv.Rows {
		row := &pv.Rows[i]
		switch {
		case row.Same:
			t.same++
		case len(row.Faults) > 0:
			t.faulty++
		default:
			t.rows++
		}
		t.cells += len(row.Changes)
	}
	return t
}
