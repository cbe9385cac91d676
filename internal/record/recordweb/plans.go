package recordweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/sangzi/sangzi/internal/record"
	"github.com/sangzi/sangzi/internal/unit"
	"github.com/sangzi/sangzi/internal/web"
	"github.com/sangzi/sangzi/internal/web/ui"
	"github.com/sangzi/sangzi/internal/words"
)

// planLine is a village in the list of plans.
type planLine struct {
	record.Plan
	town   string
	name   string
	href   string
	trees  int64
	state  string
	tone   ui.Tone
	check  string
	checkT ui.Tone
	enter  string // where its plan is entered; empty: there is one, or not by this reader
}

// plansPage is the villages of a unit with their plans.
type plansPage struct {
	place
	kind      string
	only      string // none, waiting, unchecked, remarks; empty: all
	lines     []planLine
	below     []planBelow // of a county and above, unless it is narrowed: the units just below
	pages     ui.PagesData
	showsTown bool
	planTally
}

// planTally counts plans over the villages of a unit.
type planTally struct {
	villages, have, approved, checked, remarks, plots int
	trees                                             int64
}

// planBelow is a unit just below the page's.
type planBelow struct {
	name, href string
	planTally
}

// linesPerPage is how many villages, or of those who answer for them, a page lists.
const linesPerPage = 60

func plansURL(of unit.Code) string { return "/plans/" + of.String() }

// href is the list narrowed to one state.
func (pg *plansPage) href(only string) string {
	if only == "" {
		return plansURL(pg.unit.Code)
	}
	return plansURL(pg.unit.Code) + "?only=" + url.QueryEscape(only)
}

// ownPlans leads to the plans of the actor's own unit.
func (p *Pages) ownPlans(w http.ResponseWriter, r *http.Request) error {
	return web.Redirect(w, r, plansURL(web.ActorOf(r.Context()).Unit))
}

// plans is GET /plans/{unit}: ?only=.
func (p *Pages) plans(w http.ResponseWriter, r *http.Request) error {
	pl, err := p.at(r)
	if err != nil {
		return err
	}
	kind, ok := p.records.PlanKind()
	if !ok {
		return web.ErrNotFound
	}
	list, err := p.records.Plans(r.Context(), pl.actor, pl.unit.Code)
	if err != nil {
		return err
	}
	pg := plansPage{place: pl, kind: kind.Title, only: r.URL.Query().Get("only"), showsTown: pl.unit.Code.Level() < unit.LevelTown}
	tallies := map[unit.Code]*planTally{}
	for i := range list {
		l := p.planLine(&pl, &list[i], kind.Key, record.PlannedTrees(kind))
		pg.count(&l)
		under := pl.below(l.Unit.Code)
		if tallies[under] == nil {
			tallies[under] = &planTally{}
		}
		tallies[under].count(&l)
		if pg.takes(&l) {
			pg.lines = append(pg.lines, l)
		}
	}
	if pg.showsTown && pg.only == "" {
		for _, u := range pl.tree.Children(pl.unit.Code) {
			if t := tallies[u.Code]; t != nil {
				pg.below = append(pg.below, planBelow{pl.name(u.Code), plansURL(u.Code), *t})
			}
		}
	} else {
		pg.lines, pg.pages = cut(r, pg.lines, pg.href(pg.only))
	}
	title := pl.name(pl.unit.Code) + "的" + kind.Title
	if pl.village() {
		title = kind.Title
	}
	page := pl.page(title, ui.Crumb{Label: kind.Title})
	page.Styles = append(page.Styles, "register.css")
	return web.Render(w, r, page, plansBody(&pg))
}

func (p *Pages) planLine(pl *place, plan *record.Plan, kind, trees string) planLine {
	l := planLine{Plan: *plan, name: pl.name(plan.Unit.Code), town: pl.name(plan.Unit.Code.At(unit.LevelTown)), state: "没有规划", tone: ui.Wrong, check: "—", checkT: ui.Neutral}
	if plan.Latest == nil {
		if len(p.Tiles(pl.actor, plan.Unit.Code)) > 0 {
			l.enter = newURL(plan.Unit.Code, kind)
		}
		return l
	}
	l.href, l.trees = recordURL(plan.Latest.ID, ""), plan.Latest.Facts.Numbers[trees]
	l.state, l.tone = "待审定", ui.Info
	if plan.Approved() {
		l.state, l.tone = "已审定", ui.Saved
	}
	l.check = "未核对"
	switch v := plan.Verdict(); v {
	case record.Agreed:
		l.check, l.checkT = words.Text("record_check."+string(v), nil), ui.Saved
	case record.Remarks:
		l.check, l.checkT = words.Text("record_check."+string(v), nil), ui.Warn
	}
	return l
}

// cut is the page of a list that a request asks for.
func cut[T any](r *http.Request, list []T, href string) ([]T, ui.PagesData) {
	last := max(1, (len(list)+linesPerPage-1)/linesPerPage)
	n, err := strconv.Atoi(r.URL.Query().Get("page"))
	if err != nil {
		n = 1
	}
	n = min(max(n, 1), last)
	join := "?"
	if strings.Contains(href, "?") {
		join = "&"
	}
	pages := ui.PagesData{Page: n, Last: last, Href: func(n int) string { return href + join + "page=" + strconv.Itoa(n) }}
	return list[(n-1)*linesPerPage : min(n*linesPerPage, len(list))], pages
}

func (pg *planTally) count(l *planLine) {
	pg.villages++
	if l.Latest == nil {
		return
	}
	pg.have++
	pg.plots += l.Plots
	pg.trees += l.trees
	if l.Approved() {
		pg.approved++
	}
	if l.Verdict() != "" {
		pg.checked++
	}
	if l.Verdict() == record.Remarks {
		pg.remarks++
	}
}

func (pg *plansPage) takes(l *planLine) bool {
	switch pg.only {
	case "none":
		return l.Latest == nil
	case "waiting":
		return l.Latest != nil && !l.Approved()
	case "unchecked":
		return l.Latest != nil && l.Verdict() == ""
	case "remarks":
		return l.Verdict() == record.Remarks
	}
	return true
}

func (pg *plansPage) tiles() []ui.Tile {
	n := func(i int) string { return words.Number(int64(i)) }
	return []ui.Tile{
		{Figure: n(pg.have), Label: "村有规划", Extra: "共 " + n(pg.villages) + " 村", Href: pg.href("")},
		{Figure: n(pg.villages - pg.have), Label: "村没有规划", Href: pg.href("none")},
		{Figure: n(pg.approved), Label: "村已审定", Extra: "待审定 " + n(pg.have-pg.approved), Href: pg.href("waiting")},
		{Figure: n(pg.checked), Label: "村县级已核对", Extra: "有意见 " + n(pg.remarks), Href: pg.href("unchecked")},
		{Figure: words.Grouped(pg.trees), Label: "株能种", Extra: "地块 " + n(pg.plots) + " 块"},
	}
}
