package ledgerweb

import (
	"context"
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/week"
)

// Options is what the pages need beside the ledger.
type Options struct {
	// Phone gives the telephone of the actor's own account, for the head of the form; nil: none.
	Phone func(ctx context.Context, a access.Actor) (string, error)
	// Contacts tells whom to call at a unit; nil: only the heads of submissions do.
	Contacts Contacts
	// Tiles lead to where what is done at a unit is recorded; nil: there is no such place.
	Tiles func(a access.Actor, of unit.Code) []Tile
	// Asks is where a village asks for what it needs of those above; nil or empty: there is no such
	// place.
	Asks func(village unit.Code) string
}

// Pages is the pages of the ledger.
type Pages struct {
	ledger  *ledger.Service
	options Options
}

// New makes the pages.
func New(l *ledger.Service, o Options) *Pages { return &Pages{ledger: l, options: o} }

// uploadLimit is the most a request with a workbook may have: the file and a little around it.
const uploadLimit = ledger.MaxUpload + 1<<20

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read, report := web.Can(access.ReadLedger), web.Can(access.ReportRow)
	m.Page("GET /ledger", read, p.current)
	m.Page("GET /ledger/{unit}", read, p.current)
	m.Page("GET /ledger/{unit}/{week}", read, p.show)
	m.Page("POST /ledger/{unit}/{week}/draft", report, p.draft)
	m.Page("POST /ledger/{unit}/{week}/report", report, p.report)
	m.Page("POST /ledger/{unit}/{week}/unchanged", report, p.unchanged)
	m.Page("POST /ledger/{unit}/{week}/discard", report, p.discard)
	m.Page("GET /ledger/{unit}/{week}/return", web.Can(access.ReturnRow), p.askReturn)
	m.Page("POST /ledger/{unit}/{week}/return", web.Can(access.ReturnRow), p.doReturn)
	m.Page("GET /ledger/{unit}/{week}/submit", web.Can(access.SubmitTown), p.askSubmit)
	m.Page("POST /ledger/{unit}/{week}/submit", web.Can(access.SubmitTown), p.submit)
	m.Page("GET /ledger/{unit}/{week}/upload", web.Can(access.ImportLedger), p.askUpload)
	m.Page("POST /ledger/{unit}/{week}/upload", web.Can(access.ImportLedger), p.upload, web.Body(uploadLimit))
	m.Page("GET /ledger/{unit}/{week}/upload/{id}", web.Can(access.ImportLedger), p.preview, web.Slow)
	m.Page("POST /ledger/{unit}/{week}/upload/{id}/confirm", web.Can(access.ImportLedger), p.confirmUpload, web.Slow)
	p.registerOffice(m)
}

// current leads to the week being reported of a unit, or of the actor's own.
func (p *Pages) current(w http.ResponseWriter, r *http.Request) error {
	of := web.ActorOf(r.Context()).Unit
	if r.PathValue("unit") != "" {
		var err error
		if of, err = web.PathUnit(r); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, ledgerURL(of, p.ledger.Current().Due))
}

// show is the week of a unit: a village's form, a town's grid, or the consolidated ledger.
func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	of, err := web.PathUnit(r)
	if err != nil {
		return err
	}
	switch of.Level() {
	case unit.LevelVillage:
		return p.showVillage(w, r)
	case unit.LevelTown:
		return p.showTown(w, r)
	}
	return p.showOffice(w, r)
}

// place is what every page of the wing is about: a unit and a week that the actor may read.
type place struct {
	actor    access.Actor
	unit     unit.Unit
	sheet    *ledger.Sheet
	form     *campaign.Form
	calendar *week.Calendar
	today    date.Date
}

// at reads the place from the path.
func (p *Pages) at(r *http.Request) (place, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return place{}, err
	}
	due, err := web.PathWeek(r)
	if err != nil {
		return place{}, err
	}
	actor := web.ActorOf(r.Context())
	sheet, err := p.ledger.Sheet(r.Context(), actor, of, due)
	if err != nil {
		return place{}, err
	}
	u, _ := sheet.Tree.Unit(of)
	return place{actor: actor, unit: u, sheet: sheet, form: p.ledger.Form(), calendar: p.ledger.Calendar(), today: p.ledger.Today()}, nil
}

// name is the unit as the form prints it, villages as 新坛村.
func (pl place) name() string { return pl.sheet.Tree.ShortName(pl.unit.Code) }

// ledgerURL is where a unit's week is.
func ledgerURL(of unit.Code, due date.Date) string {
	return "/ledger/" + of.String() + "/" + due.String()
}

// url is the place's own address with what follows it: "/draft".
func (pl place) url(rest string) string { return ledgerURL(pl.unit.Code, pl.sheet.Week.Due) + rest }
