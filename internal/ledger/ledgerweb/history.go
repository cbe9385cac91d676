package ledgerweb

import (
	"mime"
	"net/http"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// historyView is the life of a cell.
type historyView struct {
	Title, Place string
	Column       *campaign.Column
	Row          string // where the whole row is
	Self         string // the page's own address
	Now          string // the value as it stands
	Sealed       string // what the town last sealed, when that is another value
	Steps        []historyStep
}

// historyStep is one change, or one return that points at the cell.
type historyStep struct {
	Said, Ground        string // whether it is what the records said, and where they are shown
	At, Week, Who, Door string
	From, To            string
	Note, Reason        string
	File                string // the kept workbook
	Kind                string // report, carried, returned
}

// history shows the life of a village's cell, as a page or beside the table that asked for it.
func (p *Pages) history(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	col, ok := at.form.Column(r.PathValue("column"))
	if !ok {
		return web.ErrNotFound
	}
	if at.unit.Level() != unit.LevelVillage {
		return web.ErrNotFound
	}
	steps, err := p.ledger.CellHistory(r.Context(), at.actor, at.unit.Code, col.Key, at.sheet.Week.Due)
	if err != nil {
		return err
	}
	v := historyView{Title: col.Title, Place: at.sheet.Tree.FullName(at.unit.Code), Column: &col, Row: at.url(""), Self: r.URL.Path}
	i, _ := at.form.ColumnIndex(col.Key)
	row, _ := at.sheet.Row(at.unit.Code, p.ledger.Now())
	v.Now = "本周还没有报"
	if row.Values != nil {
		v.Now = withUnit(&col, row.Values[i])
		if row.Sealed != nil && row.Sealed[i] != row.Values[i] {
			v.Sealed = withUnit(&col, row.Sealed[i])
		}
	}
	for k := range steps {
		v.Steps = append(v.Steps, p.historyStep(at, &col, &steps[k]))
	}
	if r.Header.Get("HX-Target") == "cell-panel" {
		return web.Fragment(w, r, 0, historyPanel(v))
	}
	return web.Render(w, r, web.Page{Title: v.Title, Sub: v.Place + " · 截至" + weekName(at.sheet.Week), Section: "ledger", Styles: officeStyles,
		Crumbs: p.historyCrumbs(at, col.Short)}, historyBody(v))
}

func (p *Pages) historyCrumbs(at place, last string) []ui.Crumb {
	crumbs := p.crumbs(at, func(c unit.Code, d date.Date, _ string) string { return ledgerURL(c, d) })
	if len(crumbs) == 0 {
		crumbs = []ui.Crumb{{Label: at.name()}}
	}
	crumbs[len(crumbs)-1].Href = at.url("")
	return append(crumbs, ui.Crumb{Label: last})
}

func (p *Pages) historyStep(at place, col *campaign.Column, c *ledger.CellChange) historyStep {
	s := historyStep{At: moment(c.At, p.ledger.Now()), Who: c.Actor, Door: door(c.Source, c.Cell), Note: c.Note, Reason: c.Reason, Kind: string(c.Status),
		From: withUnit(col, c.From), To: withUnit(col, c.To), Week: c.Week.ShortChinese()}
	if w, ok := p.ledger.Calendar().Week(c.Week); ok {
		s.Week = weekName(w)
	}
	switch {
	case c.Status == ledger.Returned:
		s.Door = ""
	case c.Status == ledger.Carried:
		s.Door = "村里没有报，沿用上次的数"
	case c.OnBehalf && c.Source.Kind != ledger.ByWorkbook:
		s.Door += "，代填"
	}
	if c.Said != ledger.Empty && c.Status == ledger.Reported {
		s.Ground = behindURL(at.unit.Code, c.Week, col.Key)
		if s.Said = "由记录得出"; c.Said != c.To {
			s.Said = "手填，当时记录得出 " + withUnit(col, c.Said)
		}
	}
	if c.Source.Upload != "" && at.actor.May(access.ImportLedger, at.townCode()) {
		s.File = "/history/" + at.unit.Code.String() + "/" + c.Week.String() + "/file/" + c.Source.Upload
	}
	return s
}

// door says by which way a value came in, for a workbook down to its cell.
func door(s ledger.Source, cell string) string {
	switch s.Kind {
	case ledger.ByForm:
		return "村级填报页"
	case ledger.ByGrid:
		return "镇街表格"
	case ledger.ByAPI:
		return "程序接口"
	case ledger.ByWorkbook:
		text := "表格《" + s.File + "》"
		if s.Sheet != "" {
			text += " 工作表“" + s.Sheet + "”"
		}
		if cell != "" {
			text += " " + cell
		}
		return text
	}
	return ""
}

// keptFile gives back the workbook that a row was taken from.
func (p *Pages) keptFile(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	u, err := p.ledger.Upload(r.Context(), at.actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	if !u.Unit.Contains(at.unit.Code) || u.TakenAt.IsZero() {
		return ledger.ErrNoUpload
	}
	return attach(w, u.File, "application/octet-stream", u.Content)
}

// attach sends a file to be saved under its Chinese name (RFC 6266).
func attach(w http.ResponseWriter, name, contentType string, content []byte) error {
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Content-Length", strconv.Itoa(len(content)))
	h.Set("Cache-Control", "private, no-store")
	_, err := w.Write(content)
	return err
}
