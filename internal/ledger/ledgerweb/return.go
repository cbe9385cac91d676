package ledgerweb

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// returnPage asks why a village's row is given back, which cells it is about and by when it is
// wanted again.
type returnPage struct {
	place
	View   ledger.RowView
	Now    time.Time
	Reason string
	Cells  []string
	Due    string // as a datetime-local field has it
	Errors map[string]string
}

// dueLayout is how a datetime-local field writes an instant.
const dueLayout = "2006-01-02T15:04"

func (p *Pages) returnPage(r *http.Request) (*returnPage, error) {
	pl, err := p.at(r)
	if err != nil {
		return nil, err
	}
	if pl.unit.Level() != unit.LevelVillage {
		return nil, ledger.ErrNoVillage.With("unit", pl.unit.Code.String())
	}
	view, err := p.ledger.Row(r.Context(), pl.actor, pl.unit.Code, pl.sheet.Week.Due)
	if err != nil {
		return nil, err
	}
	return &returnPage{place: pl, View: view, Now: p.ledger.Now(), Errors: map[string]string{}}, nil
}

// askReturn shows the question, as a page or inside the grid's dialog.
func (p *Pages) askReturn(w http.ResponseWriter, r *http.Request) error {
	pg, err := p.returnPage(r)
	if err != nil {
		return err
	}
	pg.Cells = r.URL.Query()["cell"]
	if r.Header.Get("HX-Request") == "true" {
		return web.Fragment(w, r, http.StatusOK, returnForm(pg))
	}
	return p.renderReturn(w, r, pg, http.StatusOK)
}

func (p *Pages) renderReturn(w http.ResponseWriter, r *http.Request, pg *returnPage, status int) error {
	page := web.Page{Title: "退回" + pg.name(), Shape: web.Plain, Section: "ledger", Status: status}
	return web.Render(w, r, page, returnBody(pg))
}

// doReturn gives the row back.
func (p *Pages) doReturn(w http.ResponseWriter, r *http.Request) error {
	if err := web.ParseForm(r); err != nil {
		return err
	}
	pg, err := p.returnPage(r)
	if err != nil {
		return err
	}
	pg.Reason, pg.Cells, pg.Due = r.PostForm.Get("reason"), r.PostForm["cell"], r.PostForm.Get("due")
	due, ok := pg.readDue()
	if !ok {
		pg.Errors["due"] = "新的截止时间要晚于现在"
		return p.renderReturn(w, r, pg, http.StatusUnprocessableEntity)
	}
	_, err = p.ledger.Return(r.Context(), pg.actor, ledger.ReturnInput{Unit: pg.unit.Code, Week: pg.sheet.Week.Due, Reason: pg.Reason, Cells: pg.Cells, Due: due})
	switch {
	case errors.Is(err, ledger.ErrReason), errors.Is(err, ledger.ErrTooLong):
		pg.Errors["reason"] = sentence(err)
		return p.renderReturn(w, r, pg, http.StatusUnprocessableEntity)
	case err != nil:
		return err
	}
	if err := web.Say(w, ui.Notice{Tone: ui.Info, Title: "已退回" + pg.name(), Text: strings.TrimSpace(pg.Reason), At: p.ledger.Now()}); err != nil {
		return err
	}
	return web.Redirect(w, r, ledgerURL(pg.townCode(), pg.sheet.Week.Due)+"#r-"+pg.unit.Code.String())
}

// readDue is by when the row is wanted again; nothing is by the week's own deadline.
func (pg *returnPage) readDue() (time.Time, bool) {
	if pg.Due == "" {
		return time.Time{}, true
	}
	t, err := time.ParseInLocation(dueLayout, pg.Due, pg.Now.Location())
	return t, err == nil && t.After(pg.Now)
}

func (pg *returnPage) points(key string) bool { return slices.Contains(pg.Cells, key) }

// possible tells whether there is something to give back.
func (pg *returnPage) possible() bool {
	s := pg.View.Chain.Status
	return !pg.View.Locked && (s == ledger.Reported || s == ledger.Carried)
}
