package ledgerweb

import (
	"bytes"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/ledger/workbook"
	"github.com/sangzi/sangzi/internal/web"
)

// sheetType is the media type of an .xlsx.
const sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportLedger gives the consolidated ledger in the form of annex 2, what changed since the
// last submission, or since ?since=, in yellow and red.
func (p *Pages) exportLedger(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	var since date.Date
	if s := r.URL.Query().Get("since"); s != "" {
		if since, err = date.Parse(s); err != nil {
			return ledger.ErrNoWeek.With("day", s)
		}
	}
	l, err := p.ledger.Consolidated(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due, since)
	if err != nil {
		return err
	}
	l.Head = headFor(at.actor, at.unit.Code, l.Head)
	return p.sendForm(w, at, workbook.Of(&l), p.ledger.Form().Title)
}

// exportPrefilled gives the form with the figures as they stand, to be filled in and handed in
// again.
func (p *Pages) exportPrefilled(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	l, err := p.ledger.Prefilled(r.Context(), at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return err
	}
	l.Head.FilledOn = at.sheet.Week.Due
	l.Head = headFor(at.actor, at.unit.Code, l.Head)
	if !at.actor.May(access.SeePhone, at.unit.Code) || !access.Readable(l.Head.Phone) {
		l.Head.Phone = "" // to be filled in, not to be read back with its middle gone
	}
	return p.sendForm(w, at, workbook.ToFill(&l), p.ledger.Form().Title+"（预填）")
}

// sendForm writes the workbook whole before it answers, so that what fails is a page.
func (p *Pages) sendForm(w http.ResponseWriter, at place, c workbook.Consolidated, title string) error {
	var b bytes.Buffer
	if err := workbook.Write(&b, p.ledger.Form(), c); err != nil {
		return err
	}
	return attach(w, at.name()+title+at.sheet.Week.Due.String()+".xlsx", sheetType, b.Bytes())
}

// failed is the sentence for a form that is shown again; errors that are no fault of the form
// come back.
func failed(err error) (string, error) {
	if !isProblem(err) {
		return "", err
	}
	if web.StatusOf(err) == http.StatusNotFound || web.StatusOf(err) == http.StatusForbidden {
		return "", err
	}
	return sentence(err), nil
}
