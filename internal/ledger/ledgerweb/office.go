package ledgerweb

import (
	"net/http"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
)

// registerOffice adds the routes of the offices above towns, and of histories, which everybody
// reads of his own.
func (p *Pages) registerOffice(m *web.Mux) {
	read := web.Can(access.ReadLedger)
	m.Page("GET /board", read, p.currentBoard)
	m.Page("GET /board/{unit}", read, p.currentBoard)
	m.Page("GET /board/{unit}/{week}", read, p.board)
	m.Page("GET /board/{unit}/{week}/lock", web.Can(access.LockWeek), p.askLock)
	m.Page("POST /board/{unit}/{week}/lock", web.Can(access.LockWeek), p.lock)
	m.Page("GET /board/{unit}/{week}/reopen", web.Can(access.ReopenWeek), p.askReopen)
	m.Page("POST /board/{unit}/{week}/reopen", web.Can(access.ReopenWeek), p.reopen)
	m.Page("GET /board/{unit}/{week}/grant", web.Can(access.GrantTime), p.askGrant)
	m.Page("POST /board/{unit}/{week}/grant", web.Can(access.GrantTime), p.grant)
	m.Page("GET /board/{unit}/{week}/return", web.Can(access.ReturnTown), p.askSendBack)
	m.Page("POST /board/{unit}/{week}/return", web.Can(access.ReturnTown), p.sendBack)
	m.Page("GET /history/{unit}/{week}/{column}", read, p.history)
	m.Page("GET /history/{unit}/{week}/file/{id}", read, p.keptFile, web.Slow)
	m.Page("GET /versions/{unit}/{week}", read, p.versions)
	m.Page("GET /compare/{unit}", read, p.compare)
	m.Page("GET /export/{unit}/{week}/ledger.xlsx", read, p.exportLedger, web.Slow)
	m.Page("GET /export/{unit}/{week}/prefilled.xlsx", read, p.exportPrefilled, web.Slow)
}

// currentBoard leads to the week being reported, of the actor's own unit where none is named.
func (p *Pages) currentBoard(w http.ResponseWriter, r *http.Request) error {
	of := web.ActorOf(r.Context()).Unit
	if r.PathValue("unit") != "" {
		var err error
		if of, err = web.PathUnit(r); err != nil {
			return err
		}
	}
	due := p.ledger.Current().Due
	if of.Level() >= unit.LevelTown {
		return web.Redirect(w, r, ledgerURL(of, due))
	}
	return web.Redirect(w, r, boardURL(of, due, ""))
}

// officeStyles is the stylesheet of the offices' pages.
var officeStyles = []string{"office.css"}
