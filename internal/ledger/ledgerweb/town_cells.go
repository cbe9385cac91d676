package ledgerweb

import (
	"encoding/json"
	"net/http"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/problem"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// errCells: the grid sent something that is not cells.
var errCells = problem.New(problem.Invalid, "ledger.cells")

// sentCells is what the grid sends: per village the changed cells and notes, as typed.
type sentCells struct {
	Rows []struct {
		Unit  string            `json:"unit"`
		Base  int32             `json:"base"`
		Cells map[string]string `json:"cells"`
		Notes map[string]string `json:"notes"`
	} `json:"rows"`
}

// cellsAnswer is what the grid gets back: the rows it sent as they now stand, with what is
// wrong at each cell, and the totals and counts of all.
type cellsAnswer struct {
	At     string     `json:"at"` // 16:18:04
	Rows   []gridRow  `json:"rows"`
	Totals []string   `json:"totals"`
	Count  gridCounts `json:"count"`
}

// draftCells keeps the changed cells of a grid. A row that cannot be kept says why, the others
// are kept all the same.
func (p *Pages) draftCells(w http.ResponseWriter, r *http.Request) error {
	var sent sentCells
	if err := json.NewDecoder(r.Body).Decode(&sent); err != nil {
		return errCells.Because(err)
	}
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	outcomes := map[string]outcome{}
	for _, row := range sent.Rows {
		village, err := unit.ParseCode(row.Unit)
		if err != nil || !pl.unit.Code.Contains(village) {
			return errCells.With("unit", row.Unit)
		}
		o, err := p.keepRow(r, pl, village, typed{base: row.Base, cells: row.Cells, notes: row.Notes})
		if err != nil {
			return err
		}
		outcomes[village.String()] = o
	}
	pg, err := p.gridPage(r)
	if err != nil {
		return err
	}
	answer := cellsAnswer{At: p.ledger.Now().Format("15:04:05"), Totals: pg.Totals, Count: pg.Count}
	for i := range pg.Rows {
		if o, asked := outcomes[pg.Rows[i].Code]; asked {
			row := pg.Rows[i]
			o.lay(&row, pg)
			answer.Rows = append(answer.Rows, row)
		}
	}
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(answer)
}

// outcome is what became of a row that was sent.
type outcome struct {
	moved   bool
	clashes []clash
	failed  string
	sent    typed
}

// keepRow saves a row's cells. Where somebody else has written the row meanwhile, what does not
// clash is kept over the new version and what does is left to be decided.
func (p *Pages) keepRow(r *http.Request, pl place, village unit.Code, in typed) (outcome, error) {
	err := p.keep(r, pl, village, in)
	switch {
	case err == nil:
		return outcome{}, nil
	case ledger.IsMoved(err):
	case isProblem(err):
		return outcome{failed: sentence(err), sent: in}, nil
	default:
		return outcome{}, err
	}
	mine, clashes, err := p.sortOut(r, pl, village, in)
	if err != nil {
		return outcome{}, err
	}
	if len(mine)+len(in.notes) > 0 {
		if err := p.keep(r, pl, village, typed{base: ledger.AnyBase, cells: mine, notes: in.notes}); err != nil {
			return outcome{}, err
		}
	}
	return outcome{moved: true, clashes: clashes, sent: in}, nil
}

// lay writes the outcome over the row that is answered.
func (o outcome) lay(row *gridRow, pg *gridPage) {
	row.Moved, row.Failed = o.moved, o.failed
	for _, c := range o.clashes {
		i, _ := pg.form.ColumnIndex(c.Column.Key)
		cell := &row.Cells[i]
		cell.Text, cell.Theirs, cell.Clash = c.Mine, c.Their, true
		cell.Class += " clash"
	}
	if o.failed != "" {
		for key, text := range o.sent.cells {
			if i, ok := pg.form.ColumnIndex(key); ok {
				row.Cells[i].Text = text
				row.Cells[i].Error = o.failed
				row.Cells[i].Class += " bad"
			}
		}
	}
}

// draftGrid keeps the whole grid sent as a form, where there is no script.
func (p *Pages) draftGrid(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	kept, err := p.keepGrid(r, pl)
	if err != nil {
		return err
	}
	if err := web.Say(w, keptNotice(kept, p.ledger.Now())); err != nil {
		return err
	}
	return web.Redirect(w, r, pl.url(""))
}
