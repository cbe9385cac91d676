package ledgerweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/sangzi/sangzi/internal/access"
	"github.com/sangzi/sangzi/internal/campaign"
	"github.com/sangzi/sangzi/internal/date"
	"github.com/sangzi/sangzi/internal/ledger"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
)

// countyPage is how many villages one page of the consolidated ledger shows.
const countyPage = 100

// What of the consolidated ledger is shown.
const (
	showAll     = ""
	showChanged = "changed"
	showOdd     = "notes"
	showMissing = "missing"
)

// countyView is the consolidated ledger as its page draws it.
type countyView struct {
	Unit    unit.Unit
	Ledger  *ledger.Ledger
	Head    ledger.Head
	Form    *campaign.Form
	Menu    ui.WeekNavData
	Show    string
	Town    unit.Code // only this town's; 0 all
	Filters []ui.Choice
	Towns   []ui.Choice
	Rows    []countyRow
	Pages   ui.PagesData
	Since   []ui.Choice
	Blank   bool // nothing has been submitted
}

// countyRow is a village's line; Town is set where a new town begins.
type countyRow struct {
	No       int
	Town     string
	TownHref string
	Village  unit.Unit
	Name     string
	Missing  bool
	Carried  bool
	Cells    []countyCell
}

type countyCell struct {
	Text, Href, Help string
	Changed, Odd     bool
	Number           bool
}

// showOffice is the consolidated ledger of a county or above.
func (p *Pages) showOffice(w http.ResponseWriter, r *http.Request) error {
	at, err := p.at(r)
	if err != nil {
		return err
	}
	v, err := p.countyView(r.Context(), at, r.URL)
	if err != nil {
		return err
	}
	of, due := at.unit.Code, at.sheet.Week.Due
	return web.Render(w, r, web.Page{Title: at.unit.Name + p.ledger.Form().Title, Lead: countyLead(v), Actions: countyActions(v), Section: "ledger", Styles: officeStyles,
		Crumbs: p.crumbs(at, func(c unit.Code, d date.Date, _ string) string { return ledgerURL(c, d) }), Shape: web.Sheet, Htmx: true,
		Notices: emptyNotice(v, of, due)}, countyBody(v))
}

func (p *Pages) countyView(ctx context.Context, at place, u *url.URL) (countyView, error) {
	q := u.Query()
	v := countyView{Unit: at.unit, Form: p.ledger.Form(), Show: q.Get("show"),
		Menu: p.weekNav(at.sheet.Week, func(d date.Date) string { return ledgerURL(at.unit.Code, d) })}
	var since date.Date
	if s := q.Get("since"); s != "" {
		var err error
		if since, err = date.Parse(s); err != nil {
			return v, ledger.ErrNoWeek.With("day", s)
		}
	}
	if t := q.Get("town"); t != "" {
		code, err := unit.ParseCode(t)
		if err != nil || !at.unit.Code.Contains(code) {
			return v, access.ErrOutside.With("unit", t)
		}
		v.Town = code
	}
	l, err := p.ledger.Consolidated(ctx, at.actor, at.unit.Code, at.sheet.Week.Due, since)
	if err != nil {
		return v, err
	}
	v.Ledger, v.Head, v.Blank = &l, headFor(at.actor, at.unit.Code, l.Head), len(l.Rows) == len(l.Missing)
	odd, err := p.oddCells(ctx, at)
	if err != nil {
		return v, err
	}
	rows := p.countyRows(at, &v, odd)
	page, last := 1, max(1, (len(rows)+countyPage-1)/countyPage)
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n >= 1 && n <= last {
		page = n
	}
	v.Rows = rows[(page-1)*countyPage : min(page*countyPage, len(rows))]
	v.Pages = ui.PagesData{Page: page, Last: last, Total: "共 " + strconv.Itoa(len(rows)) + " 个村（社区）",
		Href: func(n int) string { return with(u, "page", strconv.Itoa(n)) }}
	p.countyChoices(&v, at, u, odd)
	if len(v.Rows) > 0 && v.Rows[0].Town == "" {
		v.nameTown(at, 0)
	}
	return v, nil
}

// oddCells are the sealed cells that had to be explained, by village and column, in words.
func (p *Pages) oddCells(ctx context.Context, at place) (map[unit.Code]map[int]string, error) {
	views, err := p.ledger.Rows(ctx, at.actor, at.unit.Code, at.sheet.Week.Due)
	if err != nil {
		return nil, err
	}
	odd := map[unit.Code]map[int]string{}
	for i := range views {
		v := &views[i]
		if v.Sealed == nil {
			continue
		}
		for _, f := range ledger.Check(p.ledger.Form(), v.Sealed, v.Last) {
			if odd[v.Village.Code] == nil {
				odd[v.Village.Code] = map[int]string{}
			}
			text := f.Message()
			if note := v.Notes[p.ledger.Form().Columns[f.Column].Key]; note != "" && v.SealedAt == v.Chain.Version {
				text += " 说明：" + note
			}
			odd[v.Village.Code][f.Column] = text
		}
	}
	return odd, nil
}
