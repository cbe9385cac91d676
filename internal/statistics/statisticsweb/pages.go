package statisticsweb

import (
	"bytes"
	"mime"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/statistics"
	"github.com/sangzi/sangzi/internal/statistics/workbook"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// Pages is the pages of the statistics.
type Pages struct {
	statistics *statistics.Service
	ledger     *ledger.Service
}

// New makes the pages.
func New(s *statistics.Service, l *ledger.Service) *Pages { return &Pages{s, l} }

// Register adds the routes of the wing.
func (p *Pages) Register(m *web.Mux) {
	read := web.Can(access.ReadLedger)
	m.Page("GET /statistics", read, p.current)
	m.Page("GET /statistics/{unit}", read, p.current)
	m.Page("GET /statistics/{unit}/{week}", read, p.show)
	m.Page("GET /export/{unit}/{week}/statistics.xlsx", read, p.export, web.Slow)
}

// current leads to the week being reported, of the actor's own unit where none is named.
func (p *Pages) current(w http.ResponseWriter, r *http.Request) error {
	of := web.ActorOf(r.Context()).Unit
	if r.PathValue("unit") != "" {
		var err error
		if of, err = web.PathUnit(r); err != nil {
			return err
		}
	}
	return web.Redirect(w, r, tableURL(of, p.ledger.Current().Due))
}

// levels are what ?by= may name.
var levels = map[string]unit.Level{"city": unit.LevelCity, "county": unit.LevelCounty, "town": unit.LevelTown, "village": unit.LevelVillage}

// table reads the table a request is about.
func (p *Pages) table(r *http.Request) (statistics.Table, error) {
	of, err := web.PathUnit(r)
	if err != nil {
		return statistics.Table{}, err
	}
	due, err := web.PathWeek(r)
	if err != nil {
		return statistics.Table{}, err
	}
	by := unit.LevelNation
	if name := r.URL.Query().Get("by"); name != "" {
		level, ok := levels[name]
		if !ok {
			return statistics.Table{}, statistics.ErrLevel.With("level", name)
		}
		by = level
	}
	return p.statistics.Table(r.Context(), web.ActorOf(r.Context()), of, due, by)
}

// export gives the table as a workbook whose totals are live formulas.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	t, err := p.table(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := workbook.Write(&b, t, p.ledger.Form()); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{
		"filename": t.Tree.ShortName(t.Unit.Code) + t.Form.Title + t.Week.Due.String() + ".xlsx"}))
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	h.Set("Cache-Control", "private, no-store")
	_, err = w.Write(b.Bytes())
	return err
}
