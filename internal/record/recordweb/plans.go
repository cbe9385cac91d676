package recordweb

import (
	"net/http"
	"net/url"

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
	villages  int
	have      int
	approved  int
	checked   int
	remarks   int
	plots     int
	trees     int64
	showsTown bool
}

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
	pg := plansPage{place: pl, kind: kind.Title, only: r.URL.Query().Get("only"), villages: len(list), showsTown: pl.unit.Code.Level() < unit.LevelTown}
	for i := range list {
		l := p.planLine(&pl, &list[i], kind.Key, record.PlannedTrees(kind))
		pg.count(&l)
		if pg.takes(&l) {
			pg.lines = append(pg.lines, l)
		}
	}
	page := pl.page(pl.name(pl.unit.Code)+"的"+kind.Title, ui.Crumb{Label: kind.Title})
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

func (pg *plansPage) count(l *planLine) {
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
		{Figure: words.Number(pg.trees), Label: "株能种", Extra: "地块 " + n(pg.plots) + " 块"},
	}
}
